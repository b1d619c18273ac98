//! Loops: parties that, directly or through others, supply each other.
//!
//! In a register of any size most parties in loops are in one great loop. What can be reached from one of its parties and
//! what can reach it is found in a few sweeps over the relationships as they stand, without a graph; only the rest is made
//! into one for petgraph, with `kosaraju_scc`, because `tarjan_scc` there recurses, and a long chain would overflow the stack.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering::Relaxed};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use rayon::prelude::*;

use super::graph::Node;
use super::{Flow, ObligationSet, Status};
use crate::register::{PartyId, RelationshipId};

/// Relationships that one task looks at.
const BATCH: usize = 1 << 16;
/// So many sweeps at most: long chains are left to petgraph.
const SWEEPS: usize = 8;

/// The party can be reached from the one that was chosen.
const REACHED: u8 = 1;
/// The party reaches it.
const REACHES: u8 = 2;
/// The parties of its loop have both.
const BOTH: u8 = REACHED | REACHES;

impl Flow<'_> {
    /// The groups of two or more parties that supply each other in a loop, each by party, the first party's group first.
    pub fn loops(&self) -> Vec<Vec<PartyId>> {
        let parties = self.register.parties.len() as Node;
        let is_active = self.register.relationships.active_on(self.as_of);
        let great = self.great_loop(&is_active);
        let in_great = |&party: &Node| great[party as usize] == BOTH;
        let rest: DiGraph<(), (), Node> = DiGraph::from_edges(self.rest(&great, &is_active));
        let others = kosaraju_scc(&rest).into_iter();
        let others =
            others.map(|group| group.into_iter().map(|node| node.index() as Node).collect());
        let groups = [(0..parties).filter(in_great).collect()];
        let groups = groups.into_iter().chain(others);
        let mut loops: Vec<Vec<PartyId>> = groups
            .filter(|group: &Vec<Node>| group.len() > 1)
            .map(|mut group| {
                group.sort_unstable();
                group.into_iter().map(PartyId).collect()
            })
            .collect();
        loops.sort_unstable();
        loops
    }

    /// For each of some groups of parties what applies on relationships from one of its parties to another.
    pub(crate) fn carried_within(&self, groups: &[Vec<PartyId>]) -> Vec<ObligationSet> {
        let mut group_of = vec![u32::MAX; self.register.parties.len()];
        for (group, parties) in (0..).zip(groups) {
            parties
                .iter()
                .for_each(|party| group_of[party.index()] = group);
        }
        let relationships = &self.register.relationships;
        let within: Vec<AtomicU64> = groups.iter().map(|_| AtomicU64::default()).collect();
        let all = (0..relationships.len() as u32)
            .into_par_iter()
            .with_min_len(BATCH);
        all.map(RelationshipId).for_each(|relationship| {
            let customer = group_of[relationships.customer(relationship).index()];
            let supplier = group_of[relationships.supplier(relationship).index()];
            if let Some(within) = within
                .get(customer as usize)
                .filter(|_| customer == supplier)
            {
                within.fetch_or(self.carried(relationship)[Status::Applies.grade()], Relaxed);
            }
        });
        within.into_iter().map(AtomicU64::into_inner).collect()
    }

    /// Customer and supplier of each relationship, where neither is in the great loop.
    fn rest(
        &self,
        great: &[u8],
        is_active: &impl Fn(RelationshipId) -> bool,
    ) -> impl Iterator<Item = (Node, Node)> {
        let relationships = &self.register.relationships;
        let is_rest = |party: PartyId| great[party.index()] != BOTH;
        let ends = move |relationship| {
            let customer = relationships.customer(relationship);
            let supplier = relationships.supplier(relationship);
            let is_rest = is_rest(customer) && is_rest(supplier) && is_active(relationship);
            is_rest.then_some((customer.0, supplier.0))
        };
        relationships.iter().filter_map(ends)
    }

    /// Marks the parties of the loop of the party with the most relationships both ways; nothing if that takes long.
    fn great_loop(&self, is_active: &(impl Fn(RelationshipId) -> bool + Sync)) -> Vec<u8> {
        let marks: Vec<AtomicU8> = std::iter::repeat_with(AtomicU8::default)
            .take(self.register.parties.len())
            .collect();
        let ways = |party: &PartyId| {
            let (out_of, into) = (&self.graph.out_of, &self.graph.into);
            out_of.range(party.0).len() as u64 * into.range(party.0).len() as u64
        };
        let Some(chosen) = self.graph.parties().max_by_key(ways) else {
            return Vec::new();
        };
        marks[chosen.index()].store(BOTH, Relaxed);
        for _ in 0..SWEEPS {
            if !self.sweep(&marks, is_active) {
                return marks.into_iter().map(AtomicU8::into_inner).collect();
            }
        }
        vec![0; marks.len()]
    }

    /// Carries marks along every relationship, and tells whether any went on.
    ///
    /// A mark that two threads write over is carried again by the next sweep: the last one finds nothing to carry.
    fn sweep(
        &self,
        marks: &[AtomicU8],
        is_active: &(impl Fn(RelationshipId) -> bool + Sync),
    ) -> bool {
        let relationships = &self.register.relationships;
        let customers = relationships.customers().par_chunks(BATCH);
        let suppliers = relationships.suppliers().par_chunks(BATCH);
        let batches = customers.zip(suppliers).enumerate();
        let went_on = batches.map(|(batch, (customers, suppliers))| {
            let mut went_on = false;
            let all = (batch * BATCH..).zip(customers.iter().zip(suppliers));
            for (relationship, (customer, supplier)) in all {
                let (customer, supplier) = (&marks[customer.index()], &marks[supplier.index()]);
                let (before, after) = (customer.load(Relaxed), supplier.load(Relaxed));
                let reached = before & !after & REACHED;
                let reaches = after & !before & REACHES;
                if reached | reaches == 0 || !is_active(RelationshipId(relationship as u32)) {
                    continue;
                }
                if reached != 0 {
                    supplier.store(after | reached, Relaxed);
                }
                if reaches != 0 {
                    customer.store(before | reaches, Relaxed);
                }
                went_on = true;
            }
            went_on
        });
        went_on.reduce(|| false, |a, b| a | b)
    }
}
