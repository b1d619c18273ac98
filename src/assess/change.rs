//! What differs between two assessments: findings and clauses that enter, leave, strengthen and weaken.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

use super::Assessment;
use crate::flow::{Clause, Status};
use crate::policy::Binding;
use crate::register::Register;

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

/// What differs between two assessments under one policy.
#[derive(Debug)]
pub struct Delta {
    /// The findings that changed, in their order.
    pub findings: Vec<Change>,
    /// The clauses that changed, in their order.
    pub clauses: Vec<Change>,
}

/// How relationships of two assessments are known to be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    /// By what they are called: of one register, in part thought otherwise.
    Label,
    /// By their ids; without one by customer, supplier, contract and their order among those: rows may have moved.
    Content,
}

impl Delta {
    /// Compares two assessments under one policy: findings by party and obligation, clauses by relationship and
    /// obligation.
    pub fn new<'a>(
        before: &'a Assessment<'a>,
        after: &'a Assessment<'a>,
        sameness: Sameness,
    ) -> Delta {
        let party = |of: &'a Assessment<'a>| {
            let keys = of.findings.iter().map(|finding| {
                let id = of.flow.register.parties.id(finding.party);
                ((id, finding.obligation), (finding.status, finding.binding))
            });
            keys.collect::<Vec<_>>()
        };
        let findings = changes(&party(before), &party(after));
        let [clauses, others] = [before, after].map(|of| clause_keys(of, sameness));
        let mut changed = changes(&clauses, &others);
        // Back to the order in which each assessment has them.
        changed.iter_mut().for_each(|change| {
            change.before = change.before.map(|at| clauses[at].0.2);
            change.after = change.after.map(|at| others[at].0.2);
        });
        Delta {
            findings,
            clauses: changed,
        }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty() && self.clauses.is_empty()
    }
}

/// How sure something is, and what makes it owed.
type Weight = (Status, Option<Binding>);

/// What a clause is known by, its position, and its weight.
type ClauseKey<'a> = (Keyed<'a>, Weight);

/// The name of a relationship, an obligation, and the position of the clause, which plays no part in comparing.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Keyed<'a>(Cow<'a, str>, u8, usize);

impl Ord for Keyed<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.0, self.1).cmp(&(&other.0, other.1))
    }
}

impl PartialOrd for Keyed<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The clauses by what they are known by, in that order.
fn clause_keys<'a>(of: &'a Assessment<'a>, sameness: Sameness) -> Vec<ClauseKey<'a>> {
    let relationships = &of.flow.register.relationships;
    let names = match sameness {
        Sameness::Label => Vec::new(),
        Sameness::Content => relationship_keys(of.flow.register),
    };
    let key = |(position, (clause, _)): (usize, &(Clause, _))| {
        let name = match names.get(clause.relationship.index()) {
            Some(name) => Cow::Owned(name.clone()),
            None => relationships.label(clause.relationship),
        };
        let keyed = Keyed(name, clause.obligation, position);
        (keyed, (clause.status, clause.binding))
    };
    let mut keys: Vec<_> = of.clauses().iter().enumerate().map(key).collect();
    keys.sort_by(|a, b| a.0.cmp(&b.0));
    keys
}

/// What each relationship is known by: its id; without one its customer, supplier and contract, and its place among
/// those that share them.
fn relationship_keys(register: &Register) -> Vec<String> {
    let relationships = &register.relationships;
    let mut met: HashMap<String, usize> = HashMap::new();
    let key = |relationship| {
        if relationships.has_id(relationship) {
            return relationships.label(relationship).into_owned();
        }
        let id = |party| register.parties.id(party);
        let contract = relationships.contract(relationship).unwrap_or_default();
        let ends = (
            id(relationships.customer(relationship)),
            id(relationships.supplier(relationship)),
        );
        let same = format!("{} < {}, {contract}", ends.0, ends.1);
        let count = met.entry(same.clone()).or_insert(0);
        *count += 1;
        format!("{same} ({count})")
    };
    relationships.iter().map(key).collect()
}

/// What differs between two lists that are in the order of their keys.
fn changes<K: Ord>(before: &[(K, Weight)], after: &[(K, Weight)]) -> Vec<Change> {
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
            (Some(a), Some(b)) => a.0.cmp(&b.0),
        };
        match next {
            Ordering::Less => changes.push(change(Turn::Leaves, Some(one), None)),
            Ordering::Greater => changes.push(change(Turn::Enters, None, Some(other))),
            Ordering::Equal => {
                let turn = turn(before[one].1, after[other].1);
                changes.extend(turn.map(|turn| change(turn, Some(one), Some(other))));
            }
        }
        one += usize::from(next != Ordering::Greater);
        other += usize::from(next != Ordering::Less);
    }
}

/// Whether something became surer or less sure; where it is as sure as it was, whether it binds more or less.
fn turn(before: Weight, after: Weight) -> Option<Turn> {
    let weight = |(status, binding): Weight| {
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
        let found = changes(&before, &after);
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
        assert_eq!(changes(&before, &before), []);
    }
}
