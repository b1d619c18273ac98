//! Gates for programs: how many findings, parties or faults each rule counts, none of which opens it.

use super::View;
use crate::assess::{Proof, Proven};
use crate::diagnostic::Severity;
use crate::flow::{Finding, Status};
use crate::lang::Lang;
use crate::policy::Binding;
use crate::register::PartyId;

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

    /// What it counts.
    pub fn means(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Gate::Open, Lang::En) => "Findings that apply and whose evidence is not in force",
            (Gate::Open, Lang::Zh) => "适用但无有效证据的结论",
            (Gate::OpenStatute, Lang::En) => {
                "Findings that a statute binds, that apply and whose evidence is not in force"
            }
            (Gate::OpenStatute, Lang::Zh) => "适用、法定但无有效证据的结论",
            (Gate::Expired, Lang::En) => "Findings that apply and whose evidence has lapsed",
            (Gate::Expired, Lang::Zh) => "适用但证据已过期的结论",
            (Gate::Gap, Lang::En) => {
                "Findings that apply and along whose chain a clause is missing"
            }
            (Gate::Gap, Lang::Zh) => "适用但链条上缺少合同条款的结论",
            (Gate::Unconfirmed, Lang::En) => "Findings that rest on something unknown",
            (Gate::Unconfirmed, Lang::Zh) => "取决于未知事实的结论",
            (Gate::UnclearCustomer, Lang::En) => "Customers whose status is blank or unreadable",
            (Gate::UnclearCustomer, Lang::Zh) => "状态为空或无法识别的客户",
            (Gate::RegisterError, Lang::En) => "Errors of the register",
            (Gate::RegisterError, Lang::Zh) => "台账的错误",
            (Gate::RegisterWarning, Lang::En) => "Errors and warnings of the register",
            (Gate::RegisterWarning, Lang::Zh) => "台账的错误和警告",
        }
    }
}

/// What closes a gate.
pub(super) enum Closing<'v> {
    /// Findings, by their positions.
    Findings(Vec<usize>),
    /// Customers.
    Customers(&'v [PartyId]),
}

impl View<'_> {
    /// How many there are of what a rule counts.
    pub fn gate(&self, gate: Gate) -> usize {
        let faults = |severity| self.diagnostics.count(severity);
        match gate {
            Gate::RegisterError => faults(Severity::Error),
            Gate::RegisterWarning => faults(Severity::Error) + faults(Severity::Warning),
            Gate::UnclearCustomer => self.unclear_customers().len(),
            _ => self.closing_findings(gate).count(),
        }
    }

    /// What a rule counts; none where that is faults of the register.
    pub(super) fn closing(&self, gate: Gate) -> Option<Closing<'_>> {
        match gate {
            Gate::RegisterError | Gate::RegisterWarning => None,
            Gate::UnclearCustomer => Some(Closing::Customers(self.unclear_customers())),
            _ => Some(Closing::Findings(self.closing_findings(gate).collect())),
        }
    }

    /// The positions of the findings that a rule counts.
    fn closing_findings(&self, gate: Gate) -> impl Iterator<Item = usize> {
        let all = self.assessment.iter().enumerate();
        let counted = move |at: usize, finding: &Finding, proven: Proven| {
            let applies = finding.status == Status::Applies;
            let proof = proven.proof;
            match gate {
                Gate::Open => applies && !proof.in_force(),
                Gate::OpenStatute => {
                    applies && !proof.in_force() && finding.binding == Some(Binding::Statute)
                }
                Gate::Expired => applies && proof == Proof::Expired,
                Gate::Gap => applies && self.assessment.gap_position(at).is_some(),
                Gate::Unconfirmed => finding.status == Status::Unconfirmed,
                Gate::UnclearCustomer | Gate::RegisterError | Gate::RegisterWarning => false,
            }
        };
        let found = all.filter(move |&(at, (finding, proven))| counted(at, finding, proven));
        found.map(|(at, _)| at)
    }
}
