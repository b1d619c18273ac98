//! What the documents say is true: their packs parse, their examples bring about what they are of, their excerpts are printed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ciiflow::assess::Assessment;
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
        Ok(reading) => {
            let flow = Flow::new(&reading.register, policy, jiff::civil::date(2026, 11, 1));
            let mut diagnostics = reading.diagnostics.clone();
            Assessment::new(&flow).tell_evidence(&mut diagnostics);
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
        let mut files: BTreeMap<&str, String> = BTreeMap::from([
            ("parties.csv", parties.clone()),
            ("relationships.csv", relationships.clone()),
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
                other => panic!("{code}: a block of `{other}`"),
            };
            files.insert(file, table);
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
    // What a document cannot show, or nothing raises yet.
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

#[test]
fn excerpts_in_the_readme_are_what_is_printed() {
    let text = document("README.md");
    let mut found = 0;
    for excerpt in text.split("<!-- excerpt: ciiflow ").skip(1) {
        let (command, rest) = excerpt.split_once(" -->\n").unwrap();
        let (_, excerpt) = blocks(rest).remove(0);
        let output = assert_cmd::Command::cargo_bin("ciiflow")
            .unwrap()
            .current_dir(root())
            .args(command.split(' '))
            .output()
            .unwrap();
        assert!(output.status.success(), "{command}");
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(
            printed.contains(&excerpt),
            "the README has other words than `ciiflow {command}`, which prints:\n{printed}"
        );
        found += 1;
    }
    assert_eq!(found, 2);
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
