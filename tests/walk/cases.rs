//! The cases of the specification: small registers with the findings and clauses that they require.

use std::path::{Path, PathBuf};

use ciiflow::flow::Flow;
use ciiflow::policy::Policy;
use ciiflow::read::read;
use jiff::civil::{Date, date};

use crate::rows::{self, CLAUSES, FINDINGS, Rows, difference};

/// The day that every case is about.
pub(crate) const DAY: Date = date(2026, 6, 30);

#[test]
fn every_case_has_its_findings_and_clauses() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 25, "only {} cases", cases.len());
    let faults: Vec<String> = cases.iter().filter_map(|case| check(case)).collect();
    assert!(
        faults.is_empty(),
        "- is required and missing, + is there and should not be\n\n{}",
        faults.join("\n\n")
    );
}

/// What a case requires and does not get, or gets and does not require.
fn check(case: &Path) -> Option<String> {
    let name = case.file_name()?.to_string_lossy();
    let source = std::fs::read_to_string(case.join("policy.toml")).unwrap();
    let policy = Policy::parse(&source, &name).unwrap_or_else(|faults| {
        panic!("{name}: {}", faults.render(false));
    });
    let reading = read(case, &policy, &[]).unwrap();
    let flow = Flow::new(&reading.register, &policy, DAY);
    let differences = [
        difference(
            "findings",
            &required(&case.join("findings.csv"), FINDINGS),
            &rows::findings(&flow, FINDINGS),
        ),
        difference(
            "clauses",
            &required(&case.join("clauses.csv"), CLAUSES),
            &rows::clauses(&flow, CLAUSES),
        ),
    ];
    let told: Vec<String> = differences.into_iter().flatten().collect();
    (!told.is_empty()).then(|| format!("{name}\n{}", told.join("\n")))
}

/// These columns of the rows that a case requires.
fn required(file: &Path, columns: &[&str]) -> Rows {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let headings = reader.headers().unwrap().clone();
    let position = |column: &&str| headings.iter().position(|heading| heading == *column);
    let positions: Vec<usize> = columns
        .iter()
        .map(|column| {
            position(column).unwrap_or_else(|| panic!("{} has no {column}", file.display()))
        })
        .collect();
    let records = reader.records().map(|record| record.unwrap());
    records
        .map(|record| positions.iter().map(|&at| record[at].to_owned()).collect())
        .collect()
}
