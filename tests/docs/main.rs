//! What the documents say is true: their packs parse, their examples bring about what they are of, their excerpts are printed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod formats;
#[cfg(unix)]
mod guide;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ciiflow::assess::{Assessment, tell_operators};
use ciiflow::diagnostic::{Code, Diagnostics};
use ciiflow::flow::Flow;
use ciiflow::lang::Lang;
use ciiflow::policy::{Policy, PolicyFaultCode, packs};
use ciiflow::read::{self, ReadError};

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
        Ok(mut reading) => {
            let answers = register.join("answers.csv");
            if answers.exists() {
                let taken = read::take_answers(&mut reading, &[answers], policy);
                taken.expect("the file is there");
            }
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
            "unreadable-answers",
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
