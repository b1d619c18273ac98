//! What stands where: the strongest status of every obligation of every party, to be compared with that of another walk.

use super::word::{Word, bit_of, bits, group_of, meaning};
use super::{Flow, ObligationSet, Status};
use crate::register::{PartyId, RelationshipId};

/// The strongest status of every obligation of every party.
pub struct Statuses {
    /// Group by group, for each party.
    groups: Vec<Vec<Word>>,
}

/// A finding that is otherwise in another walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turned {
    /// Whose.
    pub party: PartyId,
    /// Position of the obligation in the policy.
    pub obligation: u8,
    /// How sure it was; none if it was not there.
    pub before: Option<Status>,
    /// How sure it is; none if it is no longer there.
    pub after: Option<Status>,
}

impl Flow<'_> {
    /// The strongest status of every obligation of every party.
    pub fn statuses(&self) -> Statuses {
        let parties = self.register.parties.len();
        let mut groups = vec![Vec::with_capacity(parties); self.walks.len()];
        for party in self.register.parties.iter() {
            let words = self.found(party).map(|(_, word)| word);
            groups
                .iter_mut()
                .zip(words)
                .for_each(|(group, word)| group.push(word));
        }
        Statuses { groups }
    }

    /// What a relationship carries or may, but not for certain.
    pub(crate) fn doubtful(&self, relationship: RelationshipId) -> ObligationSet {
        let [applies, _, unconfirmed] = self.carried(relationship);
        unconfirmed & !applies
    }

    /// Whether a relationship carries anything, or may.
    pub(crate) fn may_carry(&self, relationship: RelationshipId) -> bool {
        self.carried(relationship) != [0; 3]
    }

    /// Whether an obligation reaches a party or may, from tier 1 on.
    pub(crate) fn may_reach(&self, party: PartyId, obligation: u8) -> bool {
        let bit = bit_of(Status::Unconfirmed.grade(), obligation);
        let arrivals = self.walks[group_of(obligation)].arrivals.get(party.0);
        arrivals.iter().any(|arrival| arrival.new >> bit & 1 == 1)
    }
}

impl Statuses {
    /// What is otherwise in another walk of the same register, in which parties may have been added.
    pub fn turned(&self, after: &Statuses) -> Vec<Turned> {
        let mut turned = Vec::new();
        for (group, (words, others)) in self.groups.iter().zip(&after.groups).enumerate() {
            for (at, &word) in others.iter().enumerate() {
                let before = words.get(at).copied().unwrap_or(0);
                if before != word {
                    turned.extend(differences(PartyId(at as u32), group, before, word));
                }
            }
        }
        turned.sort_unstable();
        turned
    }
}

/// The obligations whose strongest status differs in two words.
fn differences(
    party: PartyId,
    group: usize,
    before: Word,
    after: Word,
) -> impl Iterator<Item = Turned> {
    let set = bits(before ^ after).fold(0, |set: ObligationSet, bit| {
        let (_, obligation) = meaning(bit, group);
        set | 1 << obligation
    });
    let status = |word: Word, obligation: u8| {
        let has = |status: &Status| word >> bit_of(status.grade(), obligation) & 1 == 1;
        Status::ALL.into_iter().find(has)
    };
    bits(set).map(move |obligation| Turned {
        party,
        obligation: obligation as u8,
        before: status(before, obligation as u8),
        after: status(after, obligation as u8),
    })
}
