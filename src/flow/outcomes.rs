//! What the rules come to for parties and relationships that share their facts.

use super::{Grades, ObligationSet, Status};
use crate::policy::{Binding, BindingRule, Obligation, Policy, Step, TestId, Truth};

/// Obligations for which a rule is true, and for which it is true or unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Outcome {
    holds: ObligationSet,
    possible: ObligationSet,
}

impl Outcome {
    fn add(&mut self, obligation: usize, truth: Truth) {
        self.holds |= u64::from(truth == Truth::True) << obligation;
        self.possible |= u64::from(truth.possible()) << obligation;
    }

    pub(super) fn grades(self) -> Grades {
        [self.holds, self.holds, self.possible]
    }
}

/// What the rules say of parties that share a profile.
#[derive(Debug, Clone, Default)]
pub(super) struct PartyOutcome {
    /// Which operators the party is one of.
    pub(super) operator: Option<Status>,
    pub(super) origin: Outcome,
    pub(super) own: Outcome,
    pub(super) bindings: Vec<Option<Binding>>,
}

/// What the rules say of relationships, however they came to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct RelationshipOutcome {
    pub(super) direct: Outcome,
    pub(super) onward: Outcome,
    pub(super) direct_bindings: Vec<Option<Binding>>,
    pub(super) onward_bindings: Vec<Option<Binding>>,
}

impl PartyOutcome {
    pub(super) fn new(
        policy: &Policy,
        operator: Option<Status>,
        test: &impl Fn(TestId) -> Truth,
    ) -> PartyOutcome {
        let mut outcome = PartyOutcome {
            operator,
            ..PartyOutcome::default()
        };
        for (position, obligation) in policy.obligations.iter().enumerate() {
            outcome.origin.add(position, obligation.origin.truth(test));
            outcome
                .own
                .add(position, holds(obligation.own.as_ref(), test));
            outcome
                .bindings
                .push(binding(obligation.own.as_ref(), test));
        }
        outcome
    }
}

impl RelationshipOutcome {
    pub(super) fn new(policy: &Policy, test: &impl Fn(TestId) -> Truth) -> RelationshipOutcome {
        let mut outcome = RelationshipOutcome::default();
        for (position, Obligation { direct, onward, .. }) in policy.obligations.iter().enumerate() {
            outcome.direct.add(position, holds(direct.as_ref(), test));
            outcome.onward.add(position, holds(onward.as_ref(), test));
            outcome.direct_bindings.push(binding(direct.as_ref(), test));
            outcome.onward_bindings.push(binding(onward.as_ref(), test));
        }
        outcome
    }
}

/// A step that is missing never holds.
fn holds(step: Option<&Step>, test: &impl Fn(TestId) -> Truth) -> Truth {
    step.map_or(Truth::False, |step| step.when.truth(test))
}

/// The first entry that is true; undetermined if an earlier one is unknown or none is true; none without entries.
fn binding(step: Option<&Step>, test: &impl Fn(TestId) -> Truth) -> Option<Binding> {
    let rules: &[BindingRule] = step.map_or(&[], |step| &step.binding);
    let decisive = rules
        .iter()
        .map(|rule| (rule.when.truth(test), rule.is))
        .find(|(truth, _)| truth.possible());
    match decisive {
        Some((Truth::True, binding)) => Some(binding),
        _ if rules.is_empty() => None,
        _ => Some(Binding::Undetermined),
    }
}
