//! What goes through a party: which walks of an obligation start at it, or reach it and go on.

use std::collections::BTreeMap;

use super::graph::Node;
use super::word::{Word, bit_of, group_of, pack};
use super::{Flow, Status};
use crate::register::{PartyId, RelationshipId};

/// What reaches a node by walks through the party, for one group of obligations.
#[derive(Debug, Clone, Copy, Default)]
struct Passing {
    reached: Word,
    /// The part of it that may travel a step more.
    goes_on: Word,
}

/// Everything that walks through one party reach.
pub struct Through<'f, 'a> {
    flow: &'f Flow<'a>,
    party: PartyId,
    /// Group by group, for each node.
    groups: Vec<Vec<Passing>>,
}

impl<'a> Flow<'a> {
    /// Walks on from a party, with what the relationships out of it carry.
    pub fn through(&self, party: PartyId) -> Through<'_, 'a> {
        let groups = 0..self.walks.len();
        Through {
            flow: self,
            party,
            groups: groups.map(|group| self.passing(party, group)).collect(),
        }
    }

    /// The walk out of a party, a level at a time. Relationships out of it carry at different tiers, so a level also takes
    /// in what starts there; what came at a lesser tier goes at least as far, and so is all that counts.
    fn passing(&self, party: PartyId, group: usize) -> Vec<Passing> {
        let mut passing = vec![Passing::default(); self.graph.nodes()];
        let onward = &self.walks[group].onward;
        let mut levels = self.leaving(party, group);
        while let Some((tier, arriving)) = levels.pop_first() {
            let reaching = self.rules.reaching_word(tier + 1, group);
            let mut next: Vec<(Node, Word)> = Vec::new();
            for (node, word) in arriving {
                let at = &mut passing[node as usize];
                let new = word & !at.reached;
                at.reached |= new;
                at.goes_on |= new & reaching;
                if new & reaching == 0 {
                    continue;
                }
                let edges = self.graph.out_of.get(node).iter();
                let carried =
                    edges.map(|edge| (edge.to, new & reaching & onward[edge.code.index()]));
                next.extend(
                    carried.filter(|&(to, word)| word & !passing[to as usize].reached != 0),
                );
            }
            if !next.is_empty() {
                levels.entry(tier + 1).or_default().append(&mut next);
            }
        }
        passing
    }

    /// What the relationships out of a party carry, by tier, at the nodes that they lead to.
    fn leaving(&self, party: PartyId, group: usize) -> BTreeMap<u32, Vec<(Node, Word)>> {
        let mut levels: BTreeMap<u32, Vec<(Node, Word)>> = BTreeMap::new();
        for relationship in self.supplies_to(party) {
            let Some(outcome) = self.graph.outcome(relationship) else {
                continue;
            };
            let targets = self.graph.targets(relationship);
            let walk = &self.walks[group];
            for (tier, word) in self.carried_by_tier(walk, group, relationship, outcome) {
                if word != 0 {
                    let targets = targets.iter().flatten().map(|&to| (to, word));
                    levels.entry(tier).or_default().extend(targets);
                }
            }
        }
        levels
    }
}

impl Through<'_, '_> {
    /// Whether some walk of an obligation at a status goes through the party and reaches another one, or comes back.
    pub fn reaches(&self, party: PartyId, obligation: u8, status: Status) -> bool {
        let passing = self.groups[group_of(obligation)][party.index()];
        passing.reached >> bit_of(status.grade(), obligation) & 1 == 1
    }

    /// Whether a relationship carries an obligation at a status by some walk through the party.
    pub fn carries(&self, relationship: RelationshipId, obligation: u8, status: Status) -> bool {
        let flow = self.flow;
        if flow.register.relationships.customer(relationship) == self.party {
            return flow.carries(relationship, obligation, status);
        }
        let Some(outcome) = flow.graph.outcome(relationship) else {
            return false;
        };
        let group = group_of(obligation);
        let onward = pack(flow.rules.onward(outcome), group);
        let mut carried = 0;
        flow.graph.each_source(relationship, |node, takes| {
            carried |= self.groups[group][node as usize].goes_on & onward & takes.word();
        });
        carried >> bit_of(status.grade(), obligation) & 1 == 1
    }
}
