//! What differs between two assessments: findings and clauses that enter, leave, strengthen and weaken.

use std::cmp::Ordering;

use super::{Assessment, Proven};
use crate::flow::{Clause, Finding, Status};
use crate::policy::Binding;

/// How something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// It was not there before.
    Enters,
    /// It is surer, or binds more.
    Strengthens,
    /// It is less sure, or binds less.
    Weakens,
    /// It is no longer there.
    Leaves,
}

impl Turn {
    /// Every turn, in the order in which they are told.
    pub const ALL: [Turn; 4] = [Turn::Enters, Turn::Strengthens, Turn::Weakens, Turn::Leaves];

    /// The word for it, as result files have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Turn::Enters => "enters",
            Turn::Strengthens => "strengthens",
            Turn::Weakens => "weakens",
            Turn::Leaves => "leaves",
        }
    }
}

/// A finding or a clause that changed: its position in each assessment that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// How.
    pub turn: Turn,
    /// Its position before.
    pub before: Option<usize>,
    /// Its position after.
    pub after: Option<usize>,
}

/// Two assessments under one policy, and what differs.
pub struct Delta<'a> {
    /// The assessment before.
    pub before: &'a Assessment<'a>,
    /// The assessment after.
    pub after: &'a Assessment<'a>,
    /// The findings that changed, in their order.
    pub findings: Vec<Change>,
    /// The clauses that changed, in their order.
    pub clauses: Vec<Change>,
}

impl<'a> Delta<'a> {
    /// Compares two assessments under one policy: findings by party and obligation, clauses by relationship and
    /// obligation.
    pub fn new(before: &'a Assessment<'a>, after: &'a Assessment<'a>) -> Delta<'a> {
        let party = |of: &'a Assessment<'a>, finding: &Finding| {
            let id = of.flow.register.parties.id(finding.party);
            (id, finding.obligation)
        };
        let findings = changes(
            &before.findings,
            &after.findings,
            |one, other| party(before, one).cmp(&party(after, other)),
            |finding| (finding.status, finding.binding),
        );
        let contract = |of: &'a Assessment<'a>, (clause, _): &(Clause, Proven)| {
            let label = of.flow.register.relationships.label(clause.relationship);
            (label, clause.obligation)
        };
        let clauses = changes(
            before.clauses(),
            after.clauses(),
            |one, other| contract(before, one).cmp(&contract(after, other)),
            |(clause, _)| (clause.status, clause.binding),
        );
        Delta {
            before,
            after,
            findings,
            clauses,
        }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty() && self.clauses.is_empty()
    }
}

/// What differs between two lists in one order.
fn changes<T>(
    before: &[T],
    after: &[T],
    order: impl Fn(&T, &T) -> Ordering,
    weight: impl Fn(&T) -> (Status, Option<Binding>),
) -> Vec<Change> {
    let mut changes = Vec::new();
    let change = |turn, before, after| Change {
        turn,
        before,
        after,
    };
    let (mut one, mut other) = (0, 0);
    loop {
        let next = match (before.get(one), after.get(other)) {
            (None, None) => return changes,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => order(a, b),
        };
        match next {
            Ordering::Less => changes.push(change(Turn::Leaves, Some(one), None)),
            Ordering::Greater => changes.push(change(Turn::Enters, None, Some(other))),
            Ordering::Equal => {
                let turn = turn(weight(&before[one]), weight(&after[other]));
                changes.extend(turn.map(|turn| change(turn, Some(one), Some(other))));
            }
        }
        one += usize::from(next != Ordering::Greater);
        other += usize::from(next != Ordering::Less);
    }
}

/// Whether something became surer or less sure; where it is as sure as it was, whether it binds more or less.
fn turn(before: (Status, Option<Binding>), after: (Status, Option<Binding>)) -> Option<Turn> {
    let weight = |(status, binding): (Status, Option<Binding>)| {
        // What nobody can tell or the pack does not say binds least.
        (
            status,
            binding.map_or(usize::MAX, |binding| binding as usize),
        )
    };
    match weight(after).cmp(&weight(before)) {
        Ordering::Less => Some(Turn::Strengthens),
        Ordering::Greater => Some(Turn::Weakens),
        Ordering::Equal => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_compared_by_their_keys() {
        let applies = (Status::Applies, Some(Binding::Contract));
        let statute = (Status::Applies, Some(Binding::Statute));
        let perhaps = (Status::Unconfirmed, Some(Binding::Statute));
        let before = [
            ("a", applies),
            ("b", perhaps),
            ("d", statute),
            ("e", applies),
        ];
        let after = [
            ("b", applies),
            ("c", applies),
            ("d", applies),
            ("e", applies),
        ];
        let found = changes(&before, &after, |a, b| a.0.cmp(b.0), |item| item.1);
        let expected = [
            (Turn::Leaves, Some(0), None),
            (Turn::Strengthens, Some(1), Some(0)),
            (Turn::Enters, None, Some(1)),
            (Turn::Weakens, Some(2), Some(2)),
        ];
        let found: Vec<_> = found
            .into_iter()
            .map(|change| (change.turn, change.before, change.after))
            .collect();
        assert_eq!(found, expected);
        assert_eq!(
            changes(&before, &before, |a, b| a.0.cmp(b.0), |item| item.1),
            []
        );
    }
}
