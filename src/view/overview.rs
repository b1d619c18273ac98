//! A party in one line: what it owes, how much of it is shown, and where the clauses above it break.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Proof, Status, View};
use crate::assess::Concern;
use crate::policy::Binding;
use crate::register::RelationshipId;

/// Findings of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Owed {
    /// All of them.
    pub all: usize,
    /// Those that evidence in force does not fully show.
    pub open: usize,
}

/// What one party owes, in counts.
#[derive(Debug, Clone, Default)]
pub struct Overview {
    /// What applies by statute.
    pub statute: Owed,
    /// What applies by contract.
    pub contract: Owed,
    /// What a standard or practice recommends.
    pub recommended: Owed,
    /// What applies, and what makes it owed is not known or not said.
    pub undetermined: Owed,
    /// What is conditional.
    pub conditional: Owed,
    /// What is unconfirmed.
    pub unconfirmed: Owed,
    /// The worst state of evidence among what applies; none where nothing does.
    pub worst: Option<Proof>,
    /// Where chains of what applies break, and how many; the most first.
    pub breaks: Vec<(RelationshipId, usize)>,
}

impl Overview {
    fn owed(&mut self, status: Status, binding: Option<Binding>) -> &mut Owed {
        match (status, binding) {
            (Status::Unconfirmed, _) => &mut self.unconfirmed,
            (Status::Conditional, _) => &mut self.conditional,
            (Status::Applies, Some(Binding::Statute)) => &mut self.statute,
            (Status::Applies, Some(Binding::Contract)) => &mut self.contract,
            (Status::Applies, Some(Binding::Standard | Binding::Practice)) => &mut self.recommended,
            (Status::Applies, Some(Binding::Undetermined) | None) => &mut self.undetermined,
        }
    }
}

impl View<'_> {
    /// What a party owes, in counts.
    pub fn overview(&self, concern: &Concern) -> Overview {
        let assessment = self.assessment;
        let mut overview = Overview::default();
        let mut breaks: BTreeMap<RelationshipId, usize> = BTreeMap::new();
        for at in assessment.findings_of(concern.party) {
            let (finding, proof) = (&assessment.findings[at], assessment.proven[at].proof);
            let owed = overview.owed(finding.status, finding.binding);
            owed.all += 1;
            owed.open += usize::from(!proof.in_force());
            if finding.status != Status::Applies {
                continue;
            }
            overview.worst = overview.worst.max(Some(proof));
            if let Some(gap) = assessment.gap(at) {
                *breaks.entry(gap.relationship).or_default() += 1;
            }
        }
        overview.breaks = breaks.into_iter().collect();
        overview.breaks.sort_by_key(|(_, count)| Reverse(*count));
        overview
    }
}
