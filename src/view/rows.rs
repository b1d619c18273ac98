//! The rows of result files.

use std::borrow::Cow;

use super::View;
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::policy::Binding;

/// A row of `findings.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// The last relationship of the chain.
    pub via: Cow<'a, str>,
    /// The operator's id.
    pub operator: &'a str,
    /// How many operators reach the party on their own.
    pub origins: String,
    /// What makes it owed.
    pub binding: &'static str,
    /// What proves it.
    pub evidence: &'static str,
    /// The last day of what proves it.
    pub expires: String,
    /// Where the chain of clauses breaks.
    pub gap: String,
}

/// A row of `clauses.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseRow<'a> {
    /// The relationship's id.
    pub relationship: Cow<'a, str>,
    /// The customer's id.
    pub customer: &'a str,
    /// The supplier's id.
    pub supplier: &'a str,
    /// The contract's reference.
    pub contract: &'a str,
    /// The obligation's id.
    pub obligation: &'a str,
    /// How sure it is.
    pub status: &'static str,
    /// Steps from the operator.
    pub tier: u32,
    /// What makes it owed.
    pub binding: &'static str,
    /// What proves it.
    pub evidence: &'static str,
    /// The last day of what proves it.
    pub expires: String,
}

/// A row of `register-issues.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueRow<'a> {
    /// The file.
    pub file: &'a str,
    /// The row as a spreadsheet counts; blank where it is the whole file.
    pub row: String,
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
    pub valid: String,
    /// The valid word nearest to the text.
    pub nearest: &'a str,
    /// How to mend it, or what was done instead.
    pub help: String,
}

/// The word for a binding, as result files have it.
pub(super) fn binding_word(binding: Option<Binding>) -> &'static str {
    match binding {
        None => "",
        Some(Binding::Statute) => "statute",
        Some(Binding::Contract) => "contract",
        Some(Binding::Standard) => "standard",
        Some(Binding::Practice) => "practice",
        Some(Binding::Undetermined) => "undetermined",
    }
}

fn or_blank(value: Option<impl ToString>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

impl View<'_> {
    /// The row of `findings.csv` at a position.
    pub fn finding(&self, position: usize) -> FindingRow<'_> {
        let flow = self.assessment.flow;
        let (parties, relationships) = (&flow.register.parties, &flow.register.relationships);
        let finding = &self.assessment.findings[position];
        let proven = self.assessment.proven[position];
        let gap = self.assessment.gaps[position];
        FindingRow {
            party: parties.id(finding.party),
            name: parties.name(finding.party),
            obligation: &flow.policy.obligations[usize::from(finding.obligation)].id,
            status: finding.status.as_str(),
            tier: finding.tier,
            via: finding
                .via
                .map_or(Cow::Borrowed(""), |via| relationships.label(via)),
            operator: parties.id(finding.operator),
            origins: or_blank(finding.origins),
            binding: binding_word(finding.binding),
            evidence: proven.proof.as_str(),
            expires: or_blank(proven.expires),
            gap: or_blank(gap.map(|gap| gap.position)),
        }
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
            contract: relationships
                .contract(clause.relationship)
                .unwrap_or_default(),
            obligation: &flow.policy.obligations[usize::from(clause.obligation)].id,
            status: clause.status.as_str(),
            tier: clause.tier,
            binding: binding_word(clause.binding),
            evidence: proven.proof.as_str(),
            expires: or_blank(proven.expires),
        }
    }

    /// The rows of `register-issues.csv`, by file and row.
    pub fn issues(&self) -> Vec<IssueRow<'_>> {
        let lang = self.lang;
        fn row(diagnostic: Diagnostic<'_>, lang: Lang) -> IssueRow<'_> {
            let Diagnostic { file, row, fault } = diagnostic;
            IssueRow {
                file,
                row: or_blank(Some(row).filter(|&row| row > 0)),
                column: &fault.column,
                severity: fault.code.severity().as_str(),
                code: fault.code.as_str(),
                text: &fault.text,
                message: fault.message(lang),
                valid: fault.valid.join("; "),
                nearest: fault.nearest().unwrap_or_default(),
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
