//! The cases of the specification: small registers with the findings and clauses that they require.

use std::path::{Path, PathBuf};

use ciiflow::assess::Assessment;
use ciiflow::flow::Flow;
use ciiflow::lang::Lang;
use ciiflow::policy::Policy;
use ciiflow::read::read;
use ciiflow::report::tables;
use ciiflow::view::View;
use jiff::civil::{Date, date};

use crate::rows::{Rows, difference};

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
        panic!("{name}: {}", faults.render(Lang::En, false));
    });
    let reading = read(case, &policy, &[]).unwrap();
    let flow = Flow::new(&reading.register, &policy, DAY);
    let assessment = Assessment::new(&flow);
    let diagnostics = &reading.diagnostics;
    let view = View::new(
        &assessment,
        &reading,
        diagnostics,
        name.to_string(),
        Lang::En,
    );
    let (mut findings, mut clauses) = (Vec::new(), Vec::new());
    tables::findings(&view, &mut findings).unwrap();
    tables::clauses(&view, &mut clauses).unwrap();
    let written = [("findings", findings), ("clauses", clauses)];
    let differences = written.map(|(what, written)| {
        let required = std::fs::read(case.join(format!("{what}.csv"))).unwrap();
        let (columns, required) = rows(&required, None);
        let (_, written) = rows(&written, Some(&columns));
        difference(what, &required, &written)
    });
    let told: Vec<String> = differences.into_iter().flatten().collect();
    (!told.is_empty()).then(|| format!("{name}\n{}", told.join("\n")))
}

/// The headings and rows of a CSV file; only these columns of it, if they are given.
fn rows(csv: &[u8], columns: Option<&[String]>) -> (Vec<String>, Rows) {
    let text = csv.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(csv);
    let mut reader = csv::Reader::from_reader(text);
    let headings: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let columns = columns.unwrap_or(&headings);
    let position = |column: &String| {
        let found = headings.iter().position(|heading| heading == column);
        found.unwrap_or_else(|| panic!("there is no column {column}"))
    };
    let positions: Vec<usize> = columns.iter().map(position).collect();
    let cells =
        |record: csv::StringRecord| positions.iter().map(|&at| record[at].to_owned()).collect();
    let rows = reader
        .records()
        .map(|record| cells(record.unwrap()))
        .collect();
    (columns.to_vec(), rows)
}
