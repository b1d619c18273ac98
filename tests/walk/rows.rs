//! Findings and clauses as rows of text, and the difference between two lists of rows.

use ciiflow::flow::{Clause, Finding, Flow};
use ciiflow::policy::Binding;
use ciiflow::register::RelationshipId;

/// The columns of findings that tests compare; a case may have more.
pub(crate) const FINDINGS: &[&str] = &[
    "party",
    "obligation",
    "status",
    "tier",
    "via",
    "operator",
    "origins",
    "binding",
];

/// The columns of clauses that tests compare; a case may have more.
pub(crate) const CLAUSES: &[&str] = &["relationship", "obligation", "status", "tier", "binding"];

/// Rows of text, the cells of each in the order of its columns.
pub(crate) type Rows = Vec<Vec<String>>;

/// These columns of every finding.
pub(crate) fn findings(flow: &Flow, columns: &[&str]) -> Rows {
    let row = |finding: &Finding| -> Vec<String> {
        let cells = columns.iter();
        cells
            .map(|column| of_finding(flow, finding, column))
            .collect()
    };
    flow.findings().iter().map(row).collect()
}

/// These columns of every clause.
pub(crate) fn clauses(flow: &Flow, columns: &[&str]) -> Rows {
    let row = |clause: &Clause| -> Vec<String> {
        let cells = columns.iter();
        cells
            .map(|column| of_clause(flow, clause, column))
            .collect()
    };
    flow.clauses().iter().map(row).collect()
}

/// One cell of a finding; `chain` is its chain, step after step.
fn of_finding(flow: &Flow, finding: &Finding, column: &str) -> String {
    let party = |party| flow.register.parties.id(party).to_owned();
    match column {
        "party" => party(finding.party),
        "obligation" => obligation(flow, finding.obligation),
        "status" => finding.status.as_str().to_owned(),
        "tier" => finding.tier.to_string(),
        "via" => finding.via.map_or(String::new(), |via| label(flow, via)),
        "operator" => party(finding.operator),
        "origins" => finding
            .origins
            .map_or(String::new(), |origins| origins.to_string()),
        "binding" => binding(finding.binding),
        "chain" => {
            let chain = flow.chain(finding);
            let steps: Vec<String> = chain.iter().map(|&step| label(flow, step)).collect();
            steps.join(" > ")
        }
        other => panic!("findings have no column {other}"),
    }
}

/// One cell of a clause.
fn of_clause(flow: &Flow, clause: &Clause, column: &str) -> String {
    match column {
        "relationship" => label(flow, clause.relationship),
        "obligation" => obligation(flow, clause.obligation),
        "status" => clause.status.as_str().to_owned(),
        "tier" => clause.tier.to_string(),
        "binding" => binding(clause.binding),
        other => panic!("clauses have no column {other}"),
    }
}

fn obligation(flow: &Flow, position: u8) -> String {
    flow.policy.obligations[usize::from(position)].id.clone()
}

/// The id of a relationship, or `row N`.
pub(crate) fn label(flow: &Flow, relationship: RelationshipId) -> String {
    flow.register.relationships.label(relationship).into_owned()
}

fn binding(binding: Option<Binding>) -> String {
    let word = match binding {
        None => "",
        Some(Binding::Statute) => "statute",
        Some(Binding::Contract) => "contract",
        Some(Binding::Standard) => "standard",
        Some(Binding::Practice) => "practice",
        Some(Binding::Undetermined) => "undetermined",
    };
    word.to_owned()
}

/// What differs between two lists of rows, a line a row: `-` is missing, `+` is too much; nothing if they are equal.
pub(crate) fn difference(what: &str, expected: &Rows, actual: &Rows) -> Option<String> {
    if expected == actual {
        return None;
    }
    let mut lines = vec![format!("{what}:")];
    let only = |of: &Rows, other: &Rows, sign: char| -> Vec<String> {
        let missing = of.iter().filter(|row| !other.contains(row));
        missing
            .map(|row| format!("  {sign} {}", row.join(",")))
            .collect()
    };
    lines.extend(only(expected, actual, '-'));
    lines.extend(only(actual, expected, '+'));
    if lines.len() == 1 {
        let first = expected.iter().zip(actual).find(|(a, b)| a != b);
        let row = first.map(|(expected, _)| expected.join(","));
        let place = row.unwrap_or_else(|| "the end".to_owned());
        lines.push(format!(
            "  the same rows in another order or number, from {place}"
        ));
    }
    Some(lines.join("\n"))
}
