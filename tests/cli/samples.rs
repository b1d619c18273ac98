//! The real register, against figures that were counted without this program.

use std::path::Path;

use super::workbench::{Run, Workbench, program};

#[test]
fn contracts_of_canada() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let bench = Workbench::empty();
    let mut command = program(&samples);
    command.args(["analyze", "canada-contracts", "--as-of", "2020-01-01"]);
    command.args(["--write", "findings,clauses,register-issues", "-o"]);
    let run = Run::of(command.arg(bench.path("out")));
    run.exit(0)
        .prints("6369 parties, 14793 relationships (8328 active)")
        .prints("57 customers with blank or unreadable `sensitivity`")
        .says("and 865 more of ends-before-starts");
    let rows = |name: &str| {
        let text = bench.read(&format!("out/{name}"));
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
        reader.records().map(Result::unwrap).collect::<Vec<_>>()
    };
    let findings = rows("findings.csv");
    assert_eq!(findings.len(), 843);
    assert!(
        findings.iter().all(|row| &row[4] == "1"),
        "there is one tier"
    );
    assert_eq!(rows("clauses.csv").len(), 1318);
}
