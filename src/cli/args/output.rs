//! The results that `analyze` can write.

use clap::ValueEnum;

/// A result to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// findings.csv
    Findings,
    /// clauses.csv
    Clauses,
    /// exposure.csv: a party a row, with counts and its place in the order of concern
    Exposure,
    /// questions.csv: what to ask, with what each answer would change
    Questions,
    /// screening.csv, if the pack screens: whom to ask whether they are operators
    Screening,
    /// register-issues.csv
    RegisterIssues,
    /// assessment.json
    Json,
    /// report.md
    Report,
    /// report.html: the same with tables to search, a page for each party and the graph of chains, in one file
    Html,
    /// report.xlsx: a workbook to filter and to work from
    Workbook,
    /// charts/: exposure, heatmap, evidence and timeline, each as .svg and .png
    Charts,
    /// ciiflow.sarif: faults of the register and what --fail-on counts, for pipelines
    Sarif,
}

impl Output {
    /// What is written where nothing else is asked for.
    pub(super) const USUAL: [Output; 11] = [
        Output::Findings,
        Output::Clauses,
        Output::Exposure,
        Output::Questions,
        Output::Screening,
        Output::RegisterIssues,
        Output::Json,
        Output::Report,
        Output::Html,
        Output::Workbook,
        Output::Charts,
    ];
}
