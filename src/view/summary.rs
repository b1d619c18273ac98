//! The counts that every summary opens with.

use rayon::prelude::*;
use serde::Serialize;

use crate::assess::{Assessment, Proven};
use crate::flow::{Finding, Status};
use crate::lang::{Lang, say};
use crate::policy::Binding;
use crate::read::Reading;

/// Findings by binding, for programs: in the order of [`Summary::BINDINGS`].
#[derive(Debug, Serialize)]
pub(super) struct BindingCounts {
    statute: usize,
    contract: usize,
    standard: usize,
    practice: usize,
    undetermined: usize,
    not_said: usize,
}

impl From<[usize; Summary::BINDINGS.len()]> for BindingCounts {
    fn from(counts: [usize; Summary::BINDINGS.len()]) -> BindingCounts {
        let [
            statute,
            contract,
            standard,
            practice,
            undetermined,
            not_said,
        ] = counts;
        BindingCounts {
            statute,
            contract,
            standard,
            practice,
            undetermined,
            not_said,
        }
    }
}

/// What was found, in counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Parties in the register.
    pub parties: usize,
    /// Relationships in the register.
    pub relationships: usize,
    /// Relationships active on the day.
    pub active: usize,
    /// Operators that start something, sure or potential.
    pub operators: usize,
    /// Of those, how many are only possible operators.
    pub possible_operators: usize,
    /// Parties with findings, operators included.
    pub carriers: usize,
    /// Parties with findings from tier 1 on.
    pub partners: usize,
    /// Of those, how many by the strongest status of what reaches them.
    pub partners_by_status: [usize; 3],
    /// The greatest tier of a finding.
    pub tiers: u32,
    /// Findings by status, and within it by binding: see [`Summary::BINDINGS`].
    pub findings: [[usize; 6]; 3],
    /// Findings that are not in force, by status.
    pub open: [usize; 3],
    /// Rows set aside.
    pub set_aside: usize,
    /// Parties that relationships name and no row lists.
    pub implied: usize,
}

impl Summary {
    /// The bindings by which findings are counted, in order; the last is where the pack does not say.
    pub const BINDINGS: [Option<Binding>; 6] = [
        Some(Binding::Statute),
        Some(Binding::Contract),
        Some(Binding::Standard),
        Some(Binding::Practice),
        Some(Binding::Undetermined),
        None,
    ];

    /// Where a binding stands among [`Summary::BINDINGS`].
    pub(crate) fn binding_at(binding: Option<Binding>) -> usize {
        let bindings = Summary::BINDINGS.iter();
        bindings.take_while(|known| **known != binding).count()
    }

    pub(super) fn new(assessment: &Assessment, reading: &Reading) -> Summary {
        let register = assessment.flow.register;
        let mut summary = Summary {
            parties: register.parties.len(),
            relationships: register.relationships.len(),
            active: assessment.flow.active(),
            operators: register
                .parties
                .iter()
                .filter(|&party| assessment.flow.operator(party).is_some())
                .count(),
            possible_operators: register
                .parties
                .iter()
                .filter(|&party| assessment.flow.operator(party) == Some(Status::Conditional))
                .count(),
            set_aside: reading.set_aside(),
            implied: register.parties.implied(),
            ..Summary::default()
        };
        let batches = assessment.batches().into_par_iter();
        let parts = batches.map(|batch| Summary::of_findings(assessment.iter_in(batch)));
        for part in parts.collect::<Vec<Summary>>() {
            summary.add(&part);
        }
        summary.partners = summary.partners_by_status.iter().sum();
        summary
    }

    /// Counts findings; those of a party stand together.
    fn of_findings<'f>(findings: impl Iterator<Item = (&'f Finding, Proven)>) -> Summary {
        let mut summary = Summary::default();
        let mut carrier = None;
        let mut strongest: Option<Status> = None;
        for (finding, proven) in findings {
            let binding = Summary::binding_at(finding.binding);
            summary.findings[finding.status as usize][binding] += 1;
            summary.open[finding.status as usize] += usize::from(!proven.proof.in_force());
            summary.tiers = summary.tiers.max(finding.tier);
            if carrier != Some(finding.party) {
                carrier = Some(finding.party);
                summary.carriers += 1;
                if let Some(strongest) = strongest.take() {
                    summary.partners_by_status[strongest as usize] += 1;
                }
            }
            if finding.tier > 0 {
                strongest =
                    Some(strongest.map_or(finding.status, |so_far| so_far.min(finding.status)));
            }
        }
        if let Some(strongest) = strongest {
            summary.partners_by_status[strongest as usize] += 1;
        }
        summary
    }

    /// Adds the counts of other findings.
    fn add(&mut self, other: &Summary) {
        self.carriers += other.carriers;
        self.tiers = self.tiers.max(other.tiers);
        for status in Status::ALL.map(|status| status as usize) {
            self.partners_by_status[status] += other.partners_by_status[status];
            self.open[status] += other.open[status];
            let counts = self.findings[status].iter_mut();
            let pairs = counts.zip(other.findings[status]);
            pairs.for_each(|(count, more)| *count += more);
        }
    }

    /// How many findings have a status.
    pub fn of_status(&self, status: Status) -> usize {
        self.findings[status as usize].iter().sum()
    }

    /// Where the bindings that any finding has stand among [`Summary::BINDINGS`].
    pub fn bindings_found(&self) -> Vec<usize> {
        let is_found = |&at: &usize| self.findings.iter().any(|counts| counts[at] > 0);
        (0..Summary::BINDINGS.len()).filter(is_found).collect()
    }

    /// The operators in words, those that are only possible apart.
    pub fn operators_words(&self, lang: Lang) -> String {
        let sure = self.operators - self.possible_operators;
        let possible = self.possible_operators;
        let sure_words = lang.count(sure, "operator", "operators", "家运营者");
        let possible_words = lang.count(
            possible,
            "possible operator",
            "possible operators",
            "家可能的运营者",
        );
        match (sure, possible) {
            (_, 0) => sure_words,
            (0, _) => possible_words,
            _ => say!(
                lang,
                "{sure_words} and {possible_words}",
                "{sure_words}和 {possible_words}"
            ),
        }
    }

    /// Relationships not active on the day.
    pub fn inactive(&self) -> usize {
        self.relationships - self.active
    }
}
