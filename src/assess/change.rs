//! What differs between two assessments: findings and clauses that enter, leave, strengthen and weaken, and evidence
//! that lapses or is gained.

use std::cmp::Ordering;

use crate::flow::Status;
use crate::policy::Binding;

/// How a finding or a clause changed.
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

    /// Whether what was there before shows how it came about, not what is there now.
    pub fn is_of_before(self) -> bool {
        matches!(self, Turn::Weakens | Turn::Leaves)
    }
}

/// How the evidence of a finding or a clause changed that stands on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProofTurn {
    /// It was in force and is no longer.
    Lapses,
    /// It is in force and was not.
    Gained,
}

impl ProofTurn {
    /// The word for it, as result files have it.
    pub fn as_str(self) -> &'static str {
        match self {
            ProofTurn::Lapses => "lapses",
            ProofTurn::Gained => "gained",
        }
    }
}

/// Something that changed: its position in each assessment that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<T = Turn> {
    /// How.
    pub turn: T,
    /// Its position before.
    pub before: Option<usize>,
    /// Its position after.
    pub after: Option<usize>,
}

/// A finding or a clause as far as two assessments are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing<K> {
    /// What it is known by in both.
    pub key: K,
    /// How sure it is.
    pub status: Status,
    /// What makes it owed; none where the pack does not say.
    pub binding: Option<Binding>,
    /// Whether its evidence is in force.
    pub in_force: bool,
    /// Its position in its assessment.
    pub at: usize,
}

/// What changed of findings, or of clauses, in the order of their keys.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Those that changed.
    pub turns: Vec<Change>,
    /// Those that stand on both sides and whose evidence changed.
    pub proofs: Vec<Change<ProofTurn>>,
}

impl Changes {
    /// Compares what stands before with what stands after. Of several with one key the first counts.
    pub fn new<K: Ord>(before: Vec<Standing<K>>, after: Vec<Standing<K>>) -> Changes {
        let [before, after] = [before, after].map(in_order);
        let mut changes = Changes::default();
        let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
        loop {
            let next = match (before.peek(), after.peek()) {
                (None, None) => return changes,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(a), Some(b)) => a.key.cmp(&b.key),
            };
            let one = before.next_if(|_| next != Ordering::Greater);
            let other = after.next_if(|_| next != Ordering::Less);
            changes.add(one, other);
        }
    }

    fn add<K>(&mut self, before: Option<&Standing<K>>, after: Option<&Standing<K>>) {
        let at = |side: Option<&Standing<K>>| side.map(|side| side.at);
        let (from, to) = (at(before), at(after));
        let turn = match (before, after) {
            (Some(before), Some(after)) => turn(before, after),
            (Some(_), None) => Some(Turn::Leaves),
            (None, _) => Some(Turn::Enters),
        };
        self.turns.extend(turn.map(|turn| Change {
            turn,
            before: from,
            after: to,
        }));
        let proof = match [before, after].map(|side| side.map(|side| side.in_force)) {
            [Some(true), Some(false)] => Some(ProofTurn::Lapses),
            [Some(false), Some(true)] => Some(ProofTurn::Gained),
            _ => None,
        };
        self.proofs.extend(proof.map(|turn| Change {
            turn,
            before: from,
            after: to,
        }));
    }
}

/// In the order of their keys, each key once.
fn in_order<K: Ord>(mut standings: Vec<Standing<K>>) -> Vec<Standing<K>> {
    standings.sort_by(|a, b| a.key.cmp(&b.key));
    standings.dedup_by(|next, first| next.key == first.key);
    standings
}

/// Whether something became surer or less sure; where it is as sure as it was, whether it binds more or less.
fn turn<K>(before: &Standing<K>, after: &Standing<K>) -> Option<Turn> {
    let weight = |of: &Standing<K>| {
        // What nobody can tell or the pack does not say binds least.
        let binding = of.binding.map_or(usize::MAX, |binding| binding as usize);
        (of.status, binding)
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
        let side = |rows: &[(&'static str, Status, Binding, bool)]| -> Vec<Standing<&str>> {
            let standing = |(at, &(key, status, binding, in_force))| Standing {
                key,
                status,
                binding: Some(binding),
                in_force,
                at,
            };
            rows.iter().enumerate().map(standing).collect()
        };
        let (applies, perhaps) = (Status::Applies, Status::Unconfirmed);
        let before = side(&[
            ("a", applies, Binding::Contract, true),
            ("b", perhaps, Binding::Statute, true),
            ("d", applies, Binding::Statute, false),
            ("e", applies, Binding::Contract, true),
            ("e", perhaps, Binding::Contract, false),
        ]);
        let after = side(&[
            ("e", applies, Binding::Contract, false),
            ("b", applies, Binding::Contract, true),
            ("c", applies, Binding::Contract, false),
            ("d", applies, Binding::Contract, true),
        ]);
        let changes = Changes::new(before.clone(), after);
        let turns = changes
            .turns
            .iter()
            .map(|change| (change.turn, change.before, change.after));
        let expected = [
            (Turn::Leaves, Some(0), None),
            (Turn::Strengthens, Some(1), Some(1)),
            (Turn::Enters, None, Some(2)),
            (Turn::Weakens, Some(2), Some(3)),
        ];
        assert_eq!(turns.collect::<Vec<_>>(), expected);
        let proofs = changes
            .proofs
            .iter()
            .map(|change| (change.turn, change.before, change.after));
        let expected = [
            (ProofTurn::Gained, Some(2), Some(3)),
            (ProofTurn::Lapses, Some(3), Some(0)),
        ];
        assert_eq!(proofs.collect::<Vec<_>>(), expected);
        assert_eq!(Changes::new(before.clone(), before), Changes::default());
    }
}
