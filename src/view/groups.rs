//! Ownership groups: parties with a common ultimate owner, and what they owe together.
//!
//! Ownership carries no obligation; a group only shows what one owner has to see to.

use super::{Summary, View};
use crate::flow::{ObligationSet, Status};
use crate::register::PartyId;

/// The owner of a party is not known yet.
const UNKNOWN: u32 = u32::MAX;
/// The party is on the way that is being followed.
const FOLLOWED: u32 = u32::MAX - 1;

/// Parties with a common ultimate owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The ultimate owner; of owners that own each other the first by id.
    pub owner: PartyId,
    /// Every party of the group, the owner too, by the bytes of the id.
    pub members: Vec<PartyId>,
    /// The operators among them, sure or potential.
    pub operators: Vec<PartyId>,
    /// How many members have findings.
    pub carriers: usize,
    /// The findings that apply, by binding: see [`Summary::BINDINGS`].
    pub applies: [usize; 6],
    /// How many of those are not in force.
    pub open: usize,
    /// Which obligations apply to any member.
    pub obligations: ObligationSet,
}

impl View<'_> {
    /// The groups of two or more parties of which one is an operator or two have findings: those with the most findings
    /// that apply and are not in force first, then by the bytes of the owner's id.
    pub(super) fn find_groups(&self) -> Vec<Group> {
        let flow = self.assessment.flow;
        let owners = self.ultimate_owners();
        let mut sizes = vec![0_u32; owners.len()];
        owners.iter().for_each(|owner| sizes[owner.index()] += 1);
        let mut at = vec![None; owners.len()];
        let mut groups: Vec<Group> = Vec::new();
        for party in flow.parties_by_id() {
            let owner = owners[party.index()];
            if sizes[owner.index()] < 2 {
                continue;
            }
            let at = *at[owner.index()].get_or_insert_with(|| {
                groups.push(Group {
                    owner,
                    members: Vec::new(),
                    operators: Vec::new(),
                    carriers: 0,
                    applies: [0; 6],
                    open: 0,
                    obligations: 0,
                });
                groups.len() - 1
            });
            groups[at].members.push(party);
            if flow.operator(party).is_some() {
                groups[at].operators.push(party);
            }
        }
        let mut last = None;
        for (finding, proven) in self.assessment.iter() {
            let Some(at) = at[owners[finding.party.index()].index()] else {
                continue;
            };
            let group = &mut groups[at];
            group.carriers += usize::from(last.replace(finding.party) != Some(finding.party));
            if finding.status == Status::Applies {
                group.applies[Summary::binding_at(finding.binding)] += 1;
                group.open += usize::from(!proven.proof.in_force());
                group.obligations |= 1 << finding.obligation;
            }
        }
        groups.retain(|group| group.carriers > 1 || !group.operators.is_empty());
        groups.sort_by_key(|group| (std::cmp::Reverse(group.open), flow.rank(group.owner)));
        groups
    }

    /// The ultimate owner of each party, itself if it has none.
    fn ultimate_owners(&self) -> Vec<PartyId> {
        let flow = self.assessment.flow;
        let parties = &flow.register.parties;
        let mut owners = vec![UNKNOWN; parties.len()];
        let mut way: Vec<PartyId> = Vec::new();
        for party in parties.iter() {
            let mut at = party;
            let owner = loop {
                match owners[at.index()] {
                    UNKNOWN => {
                        owners[at.index()] = FOLLOWED;
                        way.push(at);
                        match parties.owner(at) {
                            Some(owner) => at = owner,
                            None => break at,
                        }
                    }
                    FOLLOWED => {
                        // Owners own each other: no one of them is above the others.
                        let start = way.iter().rposition(|&met| met == at).unwrap_or(0);
                        let ring = way[start..].iter().copied();
                        break ring.min_by_key(|&met| flow.rank(met)).unwrap_or(at);
                    }
                    owner => break PartyId(owner),
                }
            };
            for met in way.drain(..) {
                owners[met.index()] = owner.0;
            }
        }
        owners.into_iter().map(PartyId).collect()
    }
}
