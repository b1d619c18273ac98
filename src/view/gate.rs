//! Gates for programs: how many findings, parties or faults each rule counts, none of which opens it.

use super::View;
use crate::assess::Proof;
use crate::diagnostic::Severity;
use crate::flow::Status;
use crate::policy::Binding;

/// A rule that closes a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gate {
    /// Findings that apply and whose evidence is not in force.
    Open,
    /// Those of them that a statute binds.
    OpenStatute,
    /// Findings that apply and whose evidence has lapsed.
    Expired,
    /// Findings that apply and along whose chain a clause is missing.
    Gap,
    /// Findings that rest on something unknown.
    Unconfirmed,
    /// Customers whose status is blank or unreadable, so that they start nothing.
    UnclearCustomer,
    /// Rows that are set aside, and whatever else is an error of the register.
    RegisterError,
    /// Whatever is an error or a warning of the register.
    RegisterWarning,
}

impl Gate {
    /// Every rule.
    pub const ALL: [Gate; 8] = [
        Gate::Open,
        Gate::OpenStatute,
        Gate::Expired,
        Gate::Gap,
        Gate::Unconfirmed,
        Gate::UnclearCustomer,
        Gate::RegisterError,
        Gate::RegisterWarning,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Gate::Open => "open",
            Gate::OpenStatute => "open-statute",
            Gate::Expired => "expired",
            Gate::Gap => "gap",
            Gate::Unconfirmed => "unconfirmed",
            Gate::UnclearCustomer => "unclear-customer",
            Gate::RegisterError => "register-error",
            Gate::RegisterWarning => "register-warning",
        }
    }
}

impl View<'_> {
    /// How many there are of what a rule counts.
    pub fn gate(&self, gate: Gate) -> usize {
        let faults = |severity| self.diagnostics.count(severity);
        match gate {
            Gate::Open => self.count_applying(|proof, _| !proof.in_force()),
            Gate::OpenStatute => self.count_applying(|proof, binding| {
                !proof.in_force() && binding == Some(Binding::Statute)
            }),
            Gate::Expired => self.count_applying(|proof, _| proof == Proof::Expired),
            Gate::Gap => {
                let findings = self.assessment.findings.iter().enumerate();
                let applying = findings.filter(|(_, finding)| finding.status == Status::Applies);
                let gaps = applying.filter(|(at, _)| self.assessment.gap_position(*at).is_some());
                gaps.count()
            }
            Gate::Unconfirmed => self.summary.of_status(Status::Unconfirmed),
            Gate::UnclearCustomer => self.unclear_customers().len(),
            Gate::RegisterError => faults(Severity::Error),
            Gate::RegisterWarning => faults(Severity::Error) + faults(Severity::Warning),
        }
    }

    fn count_applying(&self, fits: impl Fn(Proof, Option<Binding>) -> bool) -> usize {
        let applying = self.assessment.iter();
        let applying = applying.filter(|(finding, _)| finding.status == Status::Applies);
        let found = applying.filter(|(finding, proven)| fits(proven.proof, finding.binding));
        found.count()
    }
}
