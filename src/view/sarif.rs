//! What is wrong with a register and what closes a gate as SARIF 2.1.0, which pipelines show beside the lines of files.

mod form;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Component, Path};

use super::View;
use super::gate::{Closing, Gate};
use super::words::{proof_word, status_word};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::lang::{Lang, say};
use crate::register::Place;
use form::{
    Artifact, Configuration, Driver, Invocation, Location, Message, Notification, Outcome,
    PhysicalLocation, Properties, Region, Rule, Run, Tool,
};

pub use form::Sarif;

/// Results of a rule that are listed; the run tells how many there are.
pub const MOST_RESULTS: usize = 1000;

impl View<'_> {
    /// Every diagnostic, and what each of the gates counts; `folder` stands before the names of files.
    pub fn sarif(&self, gates: &[Gate], folder: &str) -> Sarif {
        let mut log = Log {
            view: self,
            folder,
            rules: Vec::new(),
            results: Vec::new(),
            totals: BTreeMap::new(),
        };
        let diagnostics = self.diagnostics.sorted();
        let codes: BTreeSet<Code> = diagnostics.iter().map(|found| found.fault.code).collect();
        let codes: Vec<Code> = codes.into_iter().collect();
        codes.iter().for_each(|code| log.rule_of_code(*code));
        for found in &diagnostics {
            let rule = codes.binary_search(&found.fault.code).unwrap_or_default();
            log.diagnostic(rule, found);
        }
        for &gate in gates {
            log.gate(gate);
        }
        log.finish()
    }
}

/// A log being made.
struct Log<'v, 'a> {
    view: &'v View<'a>,
    folder: &'v str,
    rules: Vec<Rule>,
    results: Vec<Outcome>,
    totals: BTreeMap<&'static str, usize>,
}

impl Log<'_, '_> {
    fn rule_of_code(&mut self, code: Code) {
        let (id, summary) = (code.as_str(), code.summary(self.view.lang));
        let help = say!(
            self.view.lang,
            "{summary} docs/diagnostics.md#{id}",
            "{summary}（docs/diagnostics.md#{id}）"
        );
        self.rule(id, summary, help, code.severity().as_str());
    }

    fn rule(&mut self, id: &'static str, summary: &str, help: String, level: &'static str) {
        let text = |text: &str| Message {
            text: text.to_owned(),
        };
        self.rules.push(Rule {
            id,
            short_description: text(summary),
            full_description: text(summary),
            help: Message { text: help },
            default_configuration: Configuration { level },
        });
    }

    /// Counts a result of a rule, and lists it as long as few are.
    fn result(
        &mut self,
        rule: usize,
        level: &'static str,
        make: impl FnOnce() -> (String, Option<PhysicalLocation>),
    ) {
        let id = self.rules[rule].id;
        let total = self.totals.entry(id).or_default();
        *total += 1;
        if *total > MOST_RESULTS {
            return;
        }
        let (text, place) = make();
        let locations = place.map(|physical_location| Location { physical_location });
        self.results.push(Outcome {
            rule_id: id,
            rule_index: rule,
            level,
            message: Message {
                text: without_links(text),
            },
            locations: locations.into_iter().collect(),
        });
    }

    fn diagnostic(&mut self, rule: usize, found: &Diagnostic) {
        let (lang, folder) = (self.view.lang, self.folder);
        let fault = found.fault;
        self.result(rule, fault.code.severity().as_str(), || {
            let of_answers = self.view.folder_of_answers(found.file);
            let folder = of_answers.as_deref().unwrap_or(folder);
            let (place, inside) = place(folder, found.file, found.row);
            // A row of a sheet or of a file in an archive is no line of the file that holds it.
            let reference = inside.map(|_| found.reference()).unwrap_or_default();
            let column = fault.column.as_str();
            let words = [inside.unwrap_or_default(), &reference, column];
            let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
            let whereabouts = match words.join(" ") {
                words if words.is_empty() => words,
                words => say!(lang, "{words}: ", "{words}："),
            };
            let (message, help) = (fault.message(lang), fault.help(lang));
            let text = say!(
                lang,
                "{whereabouts}{message}. {help}",
                "{whereabouts}{message}。{help}"
            );
            (text.trim_end().to_owned(), Some(place))
        });
    }

    fn gate(&mut self, gate: Gate) {
        if self.rules.iter().any(|rule| rule.id == gate.as_str()) {
            return;
        }
        let (view, folder, lang) = (self.view, self.folder, self.view.lang);
        let rule = self.rules.len();
        let means = gate.means(lang);
        let level = Severity::Error.as_str();
        // Faults of the register are results by themselves.
        let Some(found) = view.closing(gate) else {
            return;
        };
        self.rule(gate.as_str(), means, means.to_owned(), level);
        match found {
            Closing::Findings(findings) => {
                for at in findings {
                    self.result(rule, level, || {
                        (view.finding_words(at), view.finding_place(at, folder))
                    });
                }
            }
            Closing::Customers(customers) => {
                for &party in customers {
                    let (name, id) = (view.name(party), view.id(party));
                    let text = say!(
                        lang,
                        "{name} ({id}): its status is blank or unreadable, so it starts nothing",
                        "{name}（{id}）：其状态为空或无法识别，因此不发起任何义务"
                    );
                    let row = view.assessment.flow.register.parties.place(party);
                    let place = row.and_then(|row| view.row_place(row, folder));
                    self.result(rule, level, || (text, place));
                }
            }
        }
    }

    fn finish(self) -> Sarif {
        let lang = self.view.lang;
        let over = self
            .totals
            .iter()
            .filter(|(_, total)| **total > MOST_RESULTS);
        let told = over.map(|(rule, total)| {
            let text = say!(
                lang,
                "{rule}: {MOST_RESULTS} of {total} results are listed",
                "{rule}：共 {total} 项结果，列出 {MOST_RESULTS} 项"
            );
            Notification {
                level: "warning",
                message: Message { text },
            }
        });
        let told = told.collect();
        Sarif {
            schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [Run {
                tool: Tool {
                    driver: Driver {
                        name: "ciiflow",
                        semantic_version: env!("CARGO_PKG_VERSION"),
                        language: match lang {
                            Lang::En => "en",
                            Lang::Zh => "zh",
                        },
                        rules: self.rules,
                    },
                },
                column_kind: "unicodeCodePoints",
                invocations: [Invocation {
                    execution_successful: true,
                    tool_execution_notifications: told,
                }],
                results: self.results,
                properties: Properties {
                    register: self.view.register_name.clone(),
                    as_of: self.view.assessment.flow.as_of.to_string(),
                    totals: self.totals,
                },
            }],
        }
    }
}

impl View<'_> {
    /// A finding in one sentence, with its chain.
    fn finding_words(&self, at: usize) -> String {
        let lang = self.lang;
        let finding = &self.assessment.findings[at];
        let policy = self.assessment.flow.policy;
        let (name, id) = (self.name(finding.party), self.id(finding.party));
        let obligation = &policy.obligations[usize::from(finding.obligation)];
        let (title, obligation) = (obligation.title.get(lang), &obligation.id);
        let (status, tier) = (status_word(finding.status, lang), finding.tier);
        let evidence = proof_word(self.assessment.proven[at].proof, lang);
        let chain = (tier > 0 && tier <= super::document::LONGEST_CHAIN).then(|| {
            let chain = self.assessment.flow.chain(finding);
            let chain: Vec<String> = chain.into_iter().map(|step| self.label(step)).collect();
            let chain = chain.join(" → ");
            say!(lang, ", by {chain}", "，经由 {chain}")
        });
        let chain = chain.unwrap_or_default();
        say!(
            lang,
            "{name} ({id}): {title} ({obligation}), {status} at tier {tier}, evidence {evidence}{chain}",
            "{name}（{id}）：{title}（{obligation}），{status}，第 {tier} 层，证据{evidence}{chain}"
        )
    }

    /// What stands before the name of a file of answers, which is in no folder of the register; none of other files.
    fn folder_of_answers(&self, file: &str) -> Option<String> {
        let holder = file.split_once('!').map_or(file, |(holder, _)| holder);
        let mut files = self
            .reading
            .answers
            .iter()
            .flat_map(|answers| &answers.files);
        let found = files.find(|known| known.file == file || known.file == holder)?;
        let mut folder = String::new();
        let is_named = found.path.file_name() == Some(OsStr::new(&found.file));
        let parent = found.path.parent().filter(|_| is_named);
        for part in parent.into_iter().flat_map(Path::components) {
            match part {
                Component::CurDir => {}
                Component::Normal(part) => folder += &format!("{}/", part.to_string_lossy()),
                _ => return Some(String::new()),
            }
        }
        Some(folder)
    }

    /// The row of the last relationship of a finding's chain, at tier 0 that of its party.
    fn finding_place(&self, at: usize, folder: &str) -> Option<PhysicalLocation> {
        let finding = &self.assessment.findings[at];
        let register = self.assessment.flow.register;
        let row = match finding.via {
            Some(via) => register.relationships.place(via),
            None => register.parties.place(finding.party),
        };
        self.row_place(row?, folder)
    }

    fn row_place(&self, row: Place, folder: &str) -> Option<PhysicalLocation> {
        let table = self.reading.tables.get(usize::from(row.table))?;
        Some(place(folder, &table.file, row.row).0)
    }
}

/// The place of a row, and what it is in where that is a sheet of a workbook or a file of an archive.
fn place<'f>(folder: &str, file: &'f str, row: u32) -> (PhysicalLocation, Option<&'f str>) {
    let holders = [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".zip", ".docx"];
    let split = file.split_once('!').filter(|(holder, _)| {
        let holder = holder.to_lowercase();
        holders.iter().any(|ending| holder.ends_with(ending))
    });
    let (file, inside) = match split {
        Some((holder, inside)) => (holder, Some(inside)),
        None => (file, None),
    };
    let region = (row > 0 && inside.is_none()).then_some(Region { start_line: row });
    let artifact_location = Artifact {
        uri: uri(&format!("{folder}{file}")),
    };
    let place = PhysicalLocation {
        artifact_location,
        region,
    };
    (place, inside)
}

/// A message whose cells make no link: SARIF reads `[words](target)` as one, and `\[` as the sign itself.
fn without_links(text: String) -> String {
    match text.contains("](") {
        true => text
            .replace('\\', "\\\\")
            .replace('[', "\\[")
            .replace(']', "\\]"),
        false => text,
    }
}

/// A path as a relative reference.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'\\' => out.push('/'),
            b'/' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            byte => out += &format!("%{byte:02X}"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_places_by_their_kind() {
        for (file, row, expected, line, held) in [
            ("parties.csv", 3, "r/parties.csv", Some(3), None),
            ("parties.csv", 0, "r/parties.csv", None, None),
            ("a b#1.csv", 2, "r/a%20b%231.csv", Some(2), None),
            ("合同.csv", 2, "r/%E5%90%88%E5%90%8C.csv", Some(2), None),
            ("sub\\x:y.csv", 2, "r/sub/x%3Ay.csv", Some(2), None),
            ("b.XLSX!Suppliers", 2, "r/b.XLSX", None, Some("Suppliers")),
            ("r.zip!p!q.csv", 2, "r/r.zip", None, Some("p!q.csv")),
            ("a!b.csv", 2, "r/a%21b.csv", Some(2), None),
        ] {
            let (place, inside) = place("r/", file, row);
            let found = place.region.map(|region| region.start_line);
            let uri = place.artifact_location.uri;
            assert_eq!((uri.as_str(), found, inside), (expected, line, held));
        }
    }

    #[test]
    fn cells_make_no_links() {
        for (cell, expected) in [
            ("a [b] (c)", "a [b] (c)"),
            ("[pay](https://x)", "\\[pay\\](https://x)"),
            ("\\[pay](1)", "\\\\\\[pay\\](1)"),
        ] {
            assert_eq!(without_links(cell.to_owned()), expected);
        }
    }
}
