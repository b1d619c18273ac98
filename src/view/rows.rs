//! The rows of result files.

use std::borrow::Cow;
use std::fmt::Display;
use std::ops::Range;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::View;
use super::words::binding_word;
use crate::assess::Proven;
use crate::diagnostic::Diagnostic;
use crate::flow::{Finding, Origins};
use crate::lang::Lang;

/// A row of `findings.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingRow<'a> {
    /// The party's id.
    pub party: &'a str,
    /// The party's name.
    pub name: &'a str,
    /// The obligation's id.
    pub obligation: &'a str,
    /// How sure it is.
    pub status: &'static str,
    /// Steps from the operator.
    pub tier: u32,
    /// The last relationship of the chain; none at tier 0.
    pub via: Option<Cow<'a, str>>,
    /// The operator's id.
    pub operator: &'a str,
    /// How many operators reach the party on their own, to `64+`; none for an unconfirmed finding.
    #[serde(serialize_with = "shown")]
    pub origins: Option<Origins>,
    /// What makes it owed; none where the pack does not say.
    pub binding: Option<&'static str>,
    /// What proves it.
    pub evidence: &'static str,
    /// The last day of what proves it.
    #[serde(serialize_with = "shown")]
    pub expires: Option<Date>,
    /// The position in its chain of the first relationship whose clause is not in force.
    pub gap: Option<u32>,
}

/// A row of `clauses.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClauseRow<'a> {
    /// The relationship's id.
    pub relationship: Cow<'a, str>,
    /// The customer's id.
    pub customer: &'a str,
    /// The supplier's id.
    pub supplier: &'a str,
    /// The contract's reference.
    pub contract: Option<&'a str>,
    /// The obligation's id.
    pub obligation: &'a str,
    /// How sure it is.
    pub status: &'static str,
    /// Steps from the operator.
    pub tier: u32,
    /// What makes it owed; none where the pack does not say.
    pub binding: Option<&'static str>,
    /// What proves it.
    pub evidence: &'static str,
    /// The last day of what proves it.
    #[serde(serialize_with = "shown")]
    pub expires: Option<Date>,
}

/// A row of `register-issues.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssueRow<'a> {
    /// The file.
    pub file: &'a str,
    /// The row as a spreadsheet counts; none where it is the whole file.
    pub row: Option<u32>,
    /// The column's heading.
    pub column: &'a str,
    /// How much it matters.
    pub severity: &'static str,
    /// The kind.
    pub code: &'static str,
    /// The text that is wrong.
    pub text: &'a str,
    /// What is wrong.
    pub message: String,
    /// What would be valid.
    pub valid: &'a [String],
    /// The valid word nearest to the text.
    pub nearest: Option<&'a str>,
    /// How to mend it, or what was done instead.
    pub help: String,
}

/// As result files have it: a day as YYYY-MM-DD, a count of operators to `64+`.
fn shown<S: Serializer>(cell: &Option<impl Display>, serializer: S) -> Result<S::Ok, S::Error> {
    match cell {
        Some(cell) => serializer.collect_str(cell),
        None => serializer.serialize_none(),
    }
}

/// A finding with what a row says of it beside.
pub(crate) struct FindingAt<'a> {
    pub(crate) finding: &'a Finding,
    pub(crate) proven: Proven,
    /// What the last relationship of the chain is called; nothing at tier 0.
    pub(crate) via: Cow<'a, str>,
    /// The id of the party where the chain starts.
    pub(crate) operator: &'a str,
    pub(crate) gap: Option<u32>,
}

impl View<'_> {
    /// The row of `findings.csv` at a position.
    pub fn finding(&self, position: usize) -> FindingRow<'_> {
        let flow = self.assessment.flow;
        let (parties, relationships) = (&flow.register.parties, &flow.register.relationships);
        let finding = &self.assessment.findings[position];
        let proven = self.assessment.proven[position];
        FindingRow {
            party: parties.id(finding.party),
            name: parties.name(finding.party),
            obligation: &flow.policy.obligations[usize::from(finding.obligation)].id,
            status: finding.status.as_str(),
            tier: finding.tier,
            via: finding.via.map(|via| relationships.label(via)),
            operator: parties.id(finding.operator),
            origins: finding.origins,
            binding: finding.binding.map(binding_word),
            evidence: proven.proof.as_str(),
            expires: proven.expires,
            gap: self.assessment.gap_position(position),
        }
    }

    /// What the rows of `findings.csv` at some positions say: [`View::finding`] for many.
    pub(crate) fn finding_batch(
        &self,
        positions: Range<usize>,
    ) -> impl Iterator<Item = FindingAt<'_>> {
        let register = &self.assessment.flow.register;
        let findings = &self.assessment.findings[positions.clone()];
        // Texts are strewn over all of memory: where nothing is done between, the processor waits for many at once.
        let texts = |finding: &Finding| {
            let via = finding.via.map(|via| register.relationships.label(via));
            let operator = register.parties.id(finding.operator);
            (via.unwrap_or_default(), operator)
        };
        let texts: Vec<(Cow<str>, &str)> = findings.iter().map(texts).collect();
        let found = self.assessment.iter_in(positions.clone());
        let found = found.zip(texts).zip(positions);
        found.map(
            |(((finding, proven), (via, operator)), position)| FindingAt {
                finding,
                proven,
                via,
                operator,
                gap: self.assessment.gap_position(position),
            },
        )
    }

    /// The row of `clauses.csv` at a position.
    pub fn clause(&self, position: usize) -> ClauseRow<'_> {
        let flow = self.assessment.flow;
        let (parties, relationships) = (&flow.register.parties, &flow.register.relationships);
        let (clause, proven) = self.assessment.clauses()[position];
        ClauseRow {
            relationship: relationships.label(clause.relationship),
            customer: parties.id(relationships.customer(clause.relationship)),
            supplier: parties.id(relationships.supplier(clause.relationship)),
            contract: relationships.contract(clause.relationship),
            obligation: &flow.policy.obligations[usize::from(clause.obligation)].id,
            status: clause.status.as_str(),
            tier: clause.tier,
            binding: clause.binding.map(binding_word),
            evidence: proven.proof.as_str(),
            expires: proven.expires,
        }
    }

    /// The rows of `register-issues.csv`, by file and row.
    pub fn issues(&self) -> Vec<IssueRow<'_>> {
        let lang = self.lang;
        fn row(diagnostic: Diagnostic<'_>, lang: Lang) -> IssueRow<'_> {
            let Diagnostic {
                file, row, fault, ..
            } = diagnostic;
            IssueRow {
                file,
                row: Some(row).filter(|&row| row > 0),
                column: &fault.column,
                severity: fault.code.severity().as_str(),
                code: fault.code.as_str(),
                text: &fault.text,
                message: fault.message(lang),
                valid: &fault.valid,
                nearest: fault.nearest(),
                help: fault.help(lang),
            }
        }
        self.diagnostics
            .sorted()
            .into_iter()
            .map(|diagnostic| row(diagnostic, lang))
            .collect()
    }
}
