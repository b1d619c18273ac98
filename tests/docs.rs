//! What the documents say is true: their packs parse, their examples bring about what they are of, their excerpts are printed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ciiflow::assess::{Assessment, tell_operators};
use ciiflow::diagnostic::{Code, Diagnostics};
use ciiflow::flow::Flow;
use ciiflow::lang::Lang;
use ciiflow::policy::{Policy, PolicyFaultCode, packs};
use ciiflow::read::{self, Format, ReadError};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn document(name: &str) -> String {
    let text = fs::read_to_string(root().join(name)).expect(name);
    text.replace("\r\n", "\n")
}

/// The fenced blocks of a document: what stands behind the fence, and the text.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(info), None) => open = Some((info.to_owned(), String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some((_, block))) => {
                block.push_str(line);
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    blocks
}

#[test]
fn packs_in_the_policy_format_parse() {
    let mut found = 0;
    for (info, pack) in blocks(&document("docs/policy-format.md")) {
        if info == "toml pack" {
            found += 1;
            if let Err(faults) = Policy::parse(&pack, "docs/policy-format.md") {
                panic!("{}", faults.render(Lang::En, false));
            }
        }
    }
    assert_eq!(found, 2);
}

#[test]
fn every_diagnostic_has_one_section_with_its_severity() {
    let text = document("docs/diagnostics.md");
    for &code in Code::ALL {
        let heading = format!("\n## {}\n", code.as_str());
        let sections: Vec<&str> = text.split(heading.as_str()).skip(1).collect();
        let [section] = sections.as_slice() else {
            panic!("{} has {} sections", code.as_str(), sections.len());
        };
        let severity = section.trim_start().split('.').next().unwrap();
        assert_eq!(
            severity.to_lowercase(),
            code.severity().as_str(),
            "{}",
            code.as_str()
        );
    }
    let known: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    for heading in text.lines().filter_map(|line| line.strip_prefix("## ")) {
        assert!(known.contains(&heading), "`{heading}` is no code");
    }
}

#[test]
fn every_fault_of_a_pack_is_told() {
    let text = document("docs/diagnostics.md");
    let (_, packs) = text.split_once("\n# Policy packs\n").unwrap();
    for code in PolicyFaultCode::ALL {
        let row = format!("\n| `{code}` |");
        assert!(packs.contains(&row), "{code} is not told");
    }
    assert_eq!(
        packs.matches("\n| `").count(),
        PolicyFaultCode::ALL.len(),
        "a code is told that there is not"
    );
}

/// The codes that a register brings about under `cn-cii`.
fn codes(register: &Path, policy: &Policy) -> Vec<Code> {
    let collect = |diagnostics: &Diagnostics| diagnostics.iter().map(|d| d.fault.code).collect();
    match read::read(register, policy, &[]) {
        Ok(reading) => {
            let flow = Flow::new(&reading.register, policy, jiff::civil::date(2026, 11, 1));
            let mut diagnostics = reading.diagnostics.clone();
            Assessment::new(&flow).tell_evidence(&mut diagnostics);
            tell_operators(&reading.register, policy, &mut diagnostics);
            collect(&diagnostics)
        }
        Err(ReadError::Tables(diagnostics)) => collect(&diagnostics),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn examples_bring_about_their_diagnostics() {
    let (id, source) = packs::embedded()[0];
    let policy = Policy::parse(source, id).unwrap();
    let text = document("docs/diagnostics.md");
    let usual: Vec<String> = blocks(text.split("\n# The files\n").next().unwrap())
        .into_iter()
        .map(|(_, table)| table)
        .collect();
    let [parties, relationships] = usual.as_slice() else {
        panic!("two usual tables")
    };
    let mut without = Vec::new();
    for section in text.split("\n## ").skip(1) {
        let code = section.lines().next().unwrap();
        let section = section.split("\n# ").next().unwrap();
        let mut files: BTreeMap<String, String> = BTreeMap::from([
            ("parties.csv".to_owned(), parties.clone()),
            ("relationships.csv".to_owned(), relationships.clone()),
        ]);
        let examples = blocks(section);
        if examples.is_empty() {
            without.push(code.to_owned());
            continue;
        }
        for (info, table) in examples {
            let file = match info.as_str() {
                "csv parties" => "parties.csv",
                "csv relationships" => "relationships.csv",
                "csv evidence" => "evidence.csv",
                "toml register" => "register.toml",
                other if other.starts_with("csv ") && other.ends_with(".csv") => &other[4..],
                other => panic!("{code}: a block of `{other}`"),
            };
            files.insert(file.to_owned(), table);
        }
        let directory = tempfile::tempdir().unwrap();
        for (file, table) in files {
            fs::write(directory.path().join(file), table).unwrap();
        }
        let codes = codes(directory.path(), &policy);
        assert!(
            codes.iter().any(|found| found.as_str() == code),
            "the example of {code} gives {codes:?}"
        );
    }
    // What a document cannot show.
    assert_eq!(
        without,
        [
            "unreadable-file",
            "locked-workbook",
            "broken-workbook",
            "workbook-too-large",
            "missing-sheet",
            "unknown-sheet",
            "hidden-sheet",
            "unsafe-path",
            "undecodable-bytes",
            "mixed-encodings",
            "unsure-encoding",
            "control-character",
            "cell-too-long",
            "error-cell",
            "missing-glyph"
        ]
    );
}

/// The blocks of a document that stand below such a mark, each with what the mark says.
fn marked(text: &str, mark: &str) -> Vec<(String, String)> {
    let mark = format!("<!-- {mark}: ");
    let below = text.split(mark.as_str()).skip(1);
    let found = below.map(|rest| {
        let (says, rest) = rest.split_once(" -->\n").unwrap();
        (says.to_owned(), blocks(rest).remove(0).1)
    });
    found.collect()
}

#[test]
fn excerpts_are_what_is_printed() {
    for (document_name, count) in [
        ("README.md", 2),
        ("docs/formats/dora-roi.md", 1),
        ("docs/formats/gleif.md", 2),
    ] {
        let excerpts = marked(&document(document_name), "excerpt");
        assert_eq!(excerpts.len(), count, "{document_name}");
        for (command, excerpt) in excerpts {
            let output = assert_cmd::Command::cargo_bin("ciiflow")
                .unwrap()
                .current_dir(root())
                .args(command.split(' ').skip(1))
                .output()
                .unwrap();
            let is_check = command.starts_with("ciiflow check ");
            let gate = output.status.code() == Some(1);
            assert!(output.status.success() || is_check && gate, "{command}");
            let printed = String::from_utf8(output.stdout).unwrap();
            assert!(
                printed.contains(&excerpt),
                "{document_name} has other words than `{command}`, which prints:\n{printed}"
            );
        }
    }
}

#[test]
fn files_shown_on_the_pages_of_formats_are_those_in_the_tests() {
    for format in ["dora-roi", "gleif"] {
        let shown = marked(&document(&format!("docs/formats/{format}.md")), "file");
        assert_eq!(shown.len(), 1, "{format}");
        for (file, text) in shown {
            assert_eq!(document(&file), text, "{file}");
        }
    }
}

/// What stands between marks of code.
fn code(cell: &str) -> Vec<String> {
    let parts = cell.split('`').skip(1).step_by(2);
    parts.map(str::to_owned).collect()
}

/// A file, or blank where its name may be any; a heading; and the column that it becomes, or a constant.
type Becomes = BTreeSet<[String; 3]>;

/// What a page says becomes of a format's columns.
fn told(page: &str) -> Becomes {
    let (_, table) = page
        .split_once("| File | Column | Becomes |\n|---|---|---|\n")
        .unwrap();
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    let told = rows.map(|row| {
        let cells: Vec<&str> = row.split('|').collect();
        let [_, file, column, becomes, _] = cells.as_slice() else {
            panic!("three cells: {row}")
        };
        let headings = code(column).join(", ");
        let becomes = match (headings.is_empty(), code(becomes)) {
            (false, words) => words[0].clone(),
            (true, words) => format!("{} = {}", words[0], words[1]),
        };
        [code(file).concat(), headings, becomes]
    });
    told.collect()
}

/// What the mapping of a format says becomes of them.
fn mapped(mapping: &toml::Table) -> Becomes {
    let text = |value: &toml::Value| value.as_str().unwrap().to_owned();
    let of = |value: &toml::Value, key: &str| -> toml::Table {
        let part = value.get(key).and_then(toml::Value::as_table);
        part.cloned().unwrap_or_default()
    };
    let named = |value: &toml::Value| {
        let file = text(&value["file"]);
        let is_any = file.contains('*');
        if is_any { String::new() } else { file }
    };
    let mut found = BTreeSet::new();
    for table in mapping["table"].as_array().unwrap() {
        let joins = table.get("join").and_then(toml::Value::as_array);
        let joins = joins.cloned().unwrap_or_default();
        for (column, heading) in of(table, "columns") {
            let heading = text(&heading);
            let joined = joins.iter().find_map(|join| {
                let there = join["columns"].get(&heading)?;
                Some([named(join), text(there), column.clone()])
            });
            found.insert(joined.unwrap_or([named(table), heading, column]));
        }
        for (column, cell) in of(table, "constants") {
            let constant = format!("{column} = {}", text(&cell));
            found.insert([named(table), String::new(), constant]);
        }
    }
    found
}

/// The words of a format that mean something, with what they mean, as a row of its page has them.
fn words(mapping: &toml::Table) -> Vec<[String; 2]> {
    let tables = mapping["table"].as_array().unwrap().iter();
    let values = tables.filter_map(|table| table.get("values")?.as_table());
    let words = values.flat_map(|values| values.values().filter_map(toml::Value::as_table));
    let pairs = words.flatten().map(|(word, cell)| {
        let cell = cell.as_str().unwrap();
        [word.clone(), cell.to_owned()]
    });
    pairs.filter(|[_, cell]| !cell.is_empty()).collect()
}

#[test]
fn every_format_has_a_page_that_says_what_becomes_of_it() {
    let index = document("docs/formats/README.md");
    let rows: Vec<&str> = index.lines().filter(|line| line.contains("](")).collect();
    let mut expected = Vec::new();
    for format in Format::all() {
        let (id, title, reads) = (format.id(), format.title(), format.reads());
        for text in [&title, &reads] {
            let [en, zh] = [Lang::En, Lang::Zh].map(|lang| text.get(lang));
            assert!(!en.is_empty() && !zh.is_empty(), "{id}");
        }
        assert_ne!(reads.get(Lang::En), reads.get(Lang::Zh), "{id}");
        let [title, reads] = [title, reads].map(|text| text.get(Lang::En).to_owned());
        expected.push(format!("| [{title}]({id}.md) | `{id}` | {reads} |"));

        let page = document(&format!("docs/formats/{id}.md"));
        assert!(
            page.starts_with(&format!("# {title}\n\nId `{id}`.")),
            "{id}"
        );
        for heading in [
            "How it is recognised",
            "What becomes what",
            "What is left unknown, and why",
            "Traps",
        ] {
            assert!(
                page.contains(&format!("\n## {heading}\n")),
                "{id}: {heading}"
            );
        }
        let mapping: toml::Table = toml::from_str(format.toml).unwrap();
        assert_eq!(told(&page), mapped(&mapping), "the page of {id}");
        for [word, cell] in words(&mapping) {
            let has = |line: &str| [&word, &cell].iter().all(|text| code(line).contains(text));
            let is_there = page.lines().any(|line| line.starts_with('|') && has(line));
            assert!(
                is_there,
                "the page of {id} does not say that {word} is {cell}"
            );
        }

        // The workbook is made by the test, because it is no text.
        let fixture = match id {
            "ciso-assistant" => format!("tests/cli/snapshots/cli__formats__format_{id}.snap"),
            _ => format!("tests/formats/{id}"),
        };
        assert!(root().join(&fixture).exists(), "{fixture}");
    }
    let listed: Vec<&str> = rows
        .into_iter()
        .filter(|row| row.starts_with("| ["))
        .collect();
    assert_eq!(listed, expected, "the index has the formats in their order");
}

#[test]
fn mappings_in_the_documents_are_understood() {
    let (id, source) = packs::embedded()[0];
    let policy = Policy::parse(source, id).unwrap();
    let mut found = 0;
    for name in [
        "README.md",
        "docs/register-format.md",
        "docs/formats/README.md",
        "docs/formats/workbook.md",
    ] {
        for (info, mapping) in blocks(&document(name)) {
            if info != "toml" || !mapping.contains("[[table]]") {
                continue;
            }
            found += 1;
            let directory = tempfile::tempdir().unwrap();
            // The data of a format are elsewhere; no other file of a mapping is there, which is told and is no fault of it.
            let fixture = root().join("tests/formats/nist-scrm");
            let mapping = mapping.replace(
                "\"export\"",
                &format!("{:?}", fixture.display().to_string()),
            );
            fs::write(directory.path().join("register.toml"), &mapping).unwrap();
            match read::read(directory.path(), &policy, &[]) {
                Err(ReadError::Tables(diagnostics)) => {
                    let missing = diagnostics
                        .iter()
                        .filter(|d| d.fault.code == Code::MissingFile);
                    assert!(missing.count() > 0, "{name}:\n{mapping}");
                }
                other => panic!("{name}:\n{mapping}\n{:?}", other.err()),
            }
        }
    }
    assert_eq!(found, 5);
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut names = vec!["README.md".to_owned(), "CHANGELOG.md".to_owned()];
    for folder in ["docs", "docs/formats"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            names.extend(name.ends_with(".md").then(|| format!("{folder}/{name}")));
        }
    }
    for name in names {
        let text = document(&name);
        for link in text.split("](").skip(1) {
            let target = link.split([')', '#']).next().unwrap();
            if target.is_empty() || target.starts_with("https://") {
                continue;
            }
            let path = root().join(&name).parent().unwrap().join(target);
            assert!(path.exists(), "{name} links to {target}");
        }
    }
}
