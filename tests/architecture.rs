//! The architecture as `docs/architecture.md` tells it: who may import whom, and which crate is whose.

use std::fs;
use std::path::{Path, PathBuf};

/// For each part of the library the parts that it may import; a part that is not here may import none.
const IMPORTS: [(&str, &[&str]); 14] = [
    ("country", &[]),
    ("digest", &[]),
    ("lang", &[]),
    ("diagnostic", &["lang"]),
    ("register", &["country"]),
    ("policy", &["country", "digest", "lang"]),
    (
        "read",
        &[
            "country",
            "diagnostic",
            "digest",
            "lang",
            "policy",
            "register",
        ],
    ),
    (
        "redact",
        &["diagnostic", "lang", "policy", "read", "register"],
    ),
    ("flow", &["policy", "register"]),
    (
        "assess",
        &["country", "diagnostic", "flow", "policy", "register"],
    ),
    (
        "view",
        &[
            "assess",
            "diagnostic",
            "flow",
            "lang",
            "policy",
            "read",
            "register",
        ],
    ),
    ("chart", &["lang", "view"]),
    (
        "report",
        &[
            "assess",
            "country",
            "diagnostic",
            "digest",
            "flow",
            "lang",
            "policy",
            "read",
            "register",
            "view",
        ],
    ),
    ("lib", &[]),
];

/// What only some parts may name. Tests inside the sources are free to use what they need.
const OWNERS: [(&str, &[&str]); 30] = [
    ("petgraph", &["flow"]),
    ("plotters", &["chart"]),
    ("resvg", &["chart"]),
    ("skrifa", &["chart"]),
    ("calamine", &["read"]),
    ("zip", &["read", "report"]),
    ("quick_xml", &["read"]),
    ("cfb", &["read"]),
    ("csv_core", &["read"]),
    ("encoding_rs", &["read"]),
    ("serde", &["read", "view"]),
    ("serde_json", &["read", "report"]),
    ("toml", &["read", "policy"]),
    ("annotate_snippets", &["policy"]),
    ("csv", &["report", "redact"]),
    ("pulldown_cmark", &["report"]),
    ("base64", &["report"]),
    ("rust_xlsxwriter", &["report"]),
    ("anstyle", &["report"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("anyhow", &["cli"]),
    ("indicatif", &["cli"]),
    ("tempfile", &["cli"]),
    ("std::fs", &["read", "cli"]),
    ("std::env", &["cli"]),
    ("std::process", &["cli", "main"]),
    ("std::net", &[]),
    ("std::time", &["cli", "read"]),
];

/// What only the command line does: print, and ask what day it is.
const ONLY_CLI: [&str; 8] = [
    "println!(",
    "print!(",
    "eprintln!(",
    "eprint!(",
    "dbg!(",
    "stdout(",
    "stderr(",
    "::now()",
];

/// A line of code: no comment, no text of tests that stand in the sources.
struct Line {
    file: PathBuf,
    number: usize,
    /// The part of the source tree: the first folder or file under `src`.
    part: String,
    /// How deep the module is: 1 for `src/flow/mod.rs`, 2 for `src/flow/walk.rs`.
    depth: usize,
    text: String,
}

impl Line {
    /// Whether the line names a crate or a path of the standard library.
    fn names(&self, path: &str) -> bool {
        let mut rest = self.text.as_str();
        while let Some(at) = rest.find(path) {
            let before = rest[..at].chars().next_back();
            let after = &rest[at + path.len()..];
            let starts =
                before.is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '_' | ':' | '.' | '"')));
            let ends = ["::", ";", " as "].iter().any(|end| after.starts_with(end))
                || (path.contains("::")
                    && !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
            if starts && ends {
                return true;
            }
            rest = after;
        }
        false
    }

    fn place(&self) -> String {
        format!("{}:{}", self.file.display(), self.number)
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder of sources")
        .map(|entry| entry.expect("a folder of sources").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every line of code under `src`.
fn lines() -> Vec<Line> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&src, &mut paths);
    let mut lines = Vec::new();
    for path in paths {
        let inside = path
            .strip_prefix(&src)
            .expect("found there")
            .with_extension("");
        let mut modules: Vec<String> = inside
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        modules.pop_if(|last| last == "mod");
        if modules.last().is_some_and(|last| last == "tests") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source");
        for (number, text) in (1..).zip(text.lines()) {
            // Tests stand at the end of a file.
            if text == "mod tests {" {
                break;
            }
            if !text.trim_start().starts_with("//") {
                lines.push(Line {
                    file: Path::new("src").join(path.strip_prefix(&src).expect("found there")),
                    number,
                    part: modules[0].clone(),
                    depth: modules.len(),
                    text: text.to_owned(),
                });
            }
        }
    }
    assert!(lines.len() > 1000, "the sources were found");
    lines
}

/// The parts of the library that a line names as `crate::part`.
fn imports(line: &Line) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = line.text.as_str();
    while let Some(at) = rest.find("crate::") {
        rest = &rest[at + "crate::".len()..];
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        parts.push(rest[..end].to_owned());
    }
    parts
}

#[test]
fn imports_point_down() {
    let mut faults = Vec::new();
    for line in lines() {
        if line.part == "cli" || line.part == "main" {
            continue;
        }
        let Some((_, allowed)) = IMPORTS.iter().find(|(part, _)| *part == line.part) else {
            faults.push(format!(
                "{}: `{}` has no place in the architecture",
                line.place(),
                line.part
            ));
            continue;
        };
        for part in imports(&line) {
            if part != line.part && !allowed.contains(&part.as_str()) {
                faults.push(format!(
                    "{}: `{}` must not import `crate::{part}`",
                    line.place(),
                    line.part
                ));
            }
        }
        // `super` may lead around inside a part, but not out of it.
        let supers = line.text.matches("super::").count();
        if line.text.contains(&"super::".repeat(line.depth)) && supers >= line.depth {
            faults.push(format!("{}: `super` leaves the part", line.place()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_part_of_the_library_has_its_imports_told() {
    let library = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"));
    for line in library.unwrap().lines() {
        let part = line
            .trim_start_matches("pub ")
            .strip_prefix("mod ")
            .and_then(|part| part.strip_suffix(';'));
        if let Some(part) = part {
            assert!(
                IMPORTS.iter().any(|(known, _)| *known == part),
                "`{part}` is not in the list"
            );
        }
    }
}

#[test]
fn each_crate_stays_with_its_part() {
    let mut faults = Vec::new();
    for line in lines() {
        for (named, owners) in OWNERS {
            if line.names(named) && !owners.contains(&line.part.as_str()) {
                faults.push(format!(
                    "{}: `{}` must not name `{named}`",
                    line.place(),
                    line.part
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_the_command_line_prints_and_knows_the_day() {
    let mut faults = Vec::new();
    for line in lines().iter().filter(|line| line.part != "cli") {
        for word in ONLY_CLI {
            if line.text.contains(word) {
                faults.push(format!("{}: `{word}` outside `cli`", line.place()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
