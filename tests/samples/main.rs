//! What the READMEs of the samples say is what the samples show.
//!
//! The tables of a README are read from it and compared by their headings; a table of a kind that nothing here knows is
//! a mistake. Sentences are compared one by one: a test quotes a sentence, proves it, and fails if it no longer stands
//! in the README.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod canada_contracts;
mod cloud_partner;
mod lookup;
mod tables;
mod typography;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use ciiflow::assess::{Assessment, Missing, Proof, tell_operators};
use ciiflow::diagnostic::Severity;
use ciiflow::flow::{Flow, Status};
use ciiflow::lang::Lang;
use ciiflow::policy::{FactId, Policy, packs};
use ciiflow::read::{self, Assumption, Reading};
use ciiflow::register::{Dated, PartyId, Shows};
use ciiflow::view::{ClauseRow, FindingRow, View};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use tables::{hold_tables, lapsing};

const DAY: Date = date(2026, 11, 1);
const CANADA_DAY: Date = date(2020, 1, 1);

/// A sample, read.
struct Sample {
    folder: PathBuf,
    policy: Policy,
    reading: Reading,
}

impl Sample {
    fn cloud_partner() -> Sample {
        Sample::with(&folder("cloud-partner"), &[])
    }

    fn canada() -> Sample {
        Sample::with(&folder("canada-contracts"), &[])
    }

    /// The sample in a folder under its own pack, else the embedded one; assumed facts have given values.
    fn with(folder: &Path, assumed: &[(&str, &str)]) -> Sample {
        let source = fs::read_to_string(folder.join("policy.toml"));
        let embedded = packs::embedded().iter().find(|(id, _)| *id == "cn-cii");
        let source = source.unwrap_or_else(|_| embedded.unwrap().1.to_owned());
        let policy = Policy::parse(&source, "pack").expect("the pack is valid");
        let assumptions = assumed.iter();
        let assumptions =
            assumptions.map(|(fact, value)| Assumption::everywhere(&policy, fact, value).unwrap());
        let assumptions: Vec<_> = assumptions.collect();
        let reading = read::read(folder, &policy, &assumptions).expect("the sample can be read");
        Sample {
            folder: folder.to_owned(),
            policy,
            reading,
        }
    }

    /// Shows the sample as of a day, in English.
    fn look<T>(&self, day: Date, look: impl FnOnce(&View) -> T) -> T {
        self.look_in(Lang::En, day, look)
    }

    /// Shows the sample as of a day in a language.
    fn look_in<T>(&self, lang: Lang, day: Date, look: impl FnOnce(&View) -> T) -> T {
        let flow = Flow::new(&self.reading.register, &self.policy, day);
        let assessment = Assessment::new(&flow);
        let mut diagnostics = self.reading.diagnostics.clone();
        assessment.tell_evidence(&mut diagnostics);
        tell_operators(&self.reading.register, &self.policy, &mut diagnostics);
        let name = "sample".to_owned();
        look(&View::new(
            &assessment,
            &self.reading,
            &diagnostics,
            name,
            lang,
        ))
    }

    fn readme(&self) -> String {
        readme(&self.folder)
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("samples")
        .join(name)
}

fn readme(folder: &Path) -> String {
    let text = fs::read_to_string(folder.join("README.md")).unwrap();
    text.replace("\r\n", "\n")
}

/// The sentences of a README that a test vouches for.
struct Prose(String);

impl Prose {
    fn of(sample: &Sample) -> Prose {
        let readme = sample.readme();
        Prose(readme.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The README says so, and it is so.
    #[track_caller]
    fn says(&self, sentence: &str, is_so: bool) {
        assert!(self.0.contains(sentence), "no longer said: {sentence}");
        assert!(is_so, "no longer so: {sentence}");
    }
}

fn findings<'v>(view: &'v View) -> Vec<FindingRow<'v>> {
    let positions = 0..view.assessment.findings.len();
    positions.map(|position| view.finding(position)).collect()
}

fn clauses<'v>(view: &'v View) -> Vec<ClauseRow<'v>> {
    let positions = 0..view.assessment.clauses().len();
    positions.map(|position| view.clause(position)).collect()
}

fn finding<'v>(view: &'v View, party: &str, obligation: &str) -> Option<FindingRow<'v>> {
    let mut rows = findings(view).into_iter();
    rows.find(|row| row.party == party && row.obligation == obligation)
}

fn clause<'v>(view: &'v View, relationship: &str, obligation: &str) -> Option<ClauseRow<'v>> {
    let mut rows = clauses(view).into_iter();
    rows.find(|row| row.relationship == relationship && row.obligation == obligation)
}

/// The parties whose findings, or findings of one obligation, are as wanted.
fn parties_where(view: &View, wanted: impl Fn(&FindingRow) -> bool) -> BTreeSet<String> {
    let rows = findings(view).into_iter().filter(wanted);
    rows.map(|row| row.party.to_owned()).collect()
}

fn party(view: &View, id: &str) -> PartyId {
    let found = view.assessment.flow.register.parties.find(id);
    found.unwrap_or_else(|| panic!("no party {id}"))
}

/// The operator and the relationships of a finding's chain: `bank, R01, R02`.
fn chain(view: &View, id: &str, obligation: &str) -> String {
    let assessment = view.assessment;
    let named = |position: &usize| view.finding(*position).obligation == obligation;
    let mut range = assessment.findings_of(party(view, id));
    let position = range.find(named).expect(obligation);
    let finding = &assessment.findings[position];
    let mut steps = vec![view.id(finding.operator).to_owned()];
    let relationships = assessment.flow.chain(finding).into_iter();
    steps.extend(relationships.map(|relationship| view.label(relationship)));
    steps.join(", ")
}

/// Every command of a README runs, and ends as it should.
fn run_commands(sample: &Sample) {
    let scratch = tempfile::tempdir().unwrap();
    let readme = sample.readme();
    let commands = readme
        .lines()
        .filter_map(|line| line.strip_prefix("ciiflow "));
    let mut ran = 0;
    for command in commands {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let arguments =
            command
                .split_whitespace()
                .map(|word| match word.strip_prefix("samples/") {
                    Some(name) => root.join("samples").join(name).into_os_string(),
                    None => word.into(),
                });
        assert!(command.contains("--as-of"), "{command}");
        let code = i32::from(command.starts_with("check "));
        let mut run = Command::cargo_bin("ciiflow").unwrap();
        run.current_dir(&scratch)
            .args(arguments)
            .assert()
            .code(code);
        ran += 1;
    }
    assert!(ran > 0);
}
