//! Chains: for everything that reaches a node, the relationship it came by and the operator it came from.

use rayon::prelude::*;

use super::graph::Graph;
use super::rules::Rules;
use super::walk::{Arrival, Arrivals, carried_at};
use super::{Finding, Flow, Grades, bits, without};
use crate::register::{PartyId, RelationshipId};

/// By which relationship something reached a node, and from which operator.
#[derive(Debug, Clone, Copy)]
struct Lead {
    via: RelationshipId,
    operator: PartyId,
}

/// A lead for every obligation and grade of every arrival.
#[derive(Debug, Default)]
pub(super) struct Leads {
    /// Where the leads of each arrival start.
    starts: Vec<usize>,
    leads: Vec<Lead>,
}

/// The position of a grade's obligation among the leads of an arrival.
fn rank(new: Grades, grade: usize, obligation: u8) -> usize {
    let before: u32 = new[..grade].iter().map(|set| set.count_ones()).sum();
    let below = new[grade] & ((1_u64 << obligation) - 1);
    (before + below.count_ones()) as usize
}

impl Leads {
    /// Finds every lead: first by which relationship, then, tier by tier, from which operator.
    pub(super) fn new(graph: &Graph, rules: &Rules, arrivals: &Arrivals) -> Leads {
        let mut starts = Vec::with_capacity(arrivals.all().len() + 1);
        let mut total = 0;
        for arrival in arrivals.all() {
            starts.push(total);
            total += arrival
                .new
                .iter()
                .map(|set| set.count_ones() as usize)
                .sum::<usize>();
        }
        starts.push(total);
        let vias = arrivals
            .all()
            .par_iter()
            .flat_map_iter(|arrival| vias(graph, rules, arrivals, arrival));
        let unknown = PartyId(u32::MAX);
        let leads = vias
            .map(|via| Lead {
                via,
                operator: unknown,
            })
            .collect();
        let mut leads = Leads { starts, leads };
        leads.find_operators(graph, arrivals);
        leads
    }

    fn find_operators(&mut self, graph: &Graph, arrivals: &Arrivals) {
        let mut done = 0;
        for level in arrivals.all().chunk_by(|a, b| a.tier == b.tier) {
            let leads = &*self;
            let found = level
                .par_iter()
                .enumerate()
                .flat_map_iter(|(offset, arrival)| {
                    let first = leads.starts[done + offset];
                    entries(arrival.new).enumerate().map(move |(rank, entry)| {
                        let via = leads.leads[first + rank].via;
                        match leads.before(graph, arrivals, via, entry, arrival.tier) {
                            Some(before) => leads.leads[before].operator,
                            None => graph.relationships.customer(via),
                        }
                    })
                });
            let operators: Vec<PartyId> = found.collect();
            let first = self.starts[done];
            for (lead, operator) in self.leads[first..].iter_mut().zip(operators) {
                lead.operator = operator;
            }
            done += level.len();
        }
    }

    /// The position of the lead of an obligation at a grade of an arrival.
    fn position(&self, arrival: (usize, &Arrival), grade: usize, obligation: u8) -> usize {
        self.starts[arrival.0] + rank(arrival.1.new, grade, obligation)
    }

    /// The step before `via` on a walk that it ends at `tier`: the lead that of those it supports comes first in
    /// register order; none at tier 1.
    fn before(
        &self,
        graph: &Graph,
        arrivals: &Arrivals,
        via: RelationshipId,
        entry: (usize, u8),
        tier: u32,
    ) -> Option<usize> {
        if tier == 1 {
            return None;
        }
        let (grade, obligation) = entry;
        let sources = graph.sources(via);
        let positions = sources.iter().filter_map(|(node, takes)| {
            let arrival = arrivals.at_tier(node, tier - 1)?;
            let has = takes[grade] & arrival.1.new[grade];
            (has >> obligation & 1 == 1).then(|| self.position(arrival, grade, obligation))
        });
        positions.min_by_key(|&position| self.leads[position].via)
    }
}

/// The grades and obligations of an arrival, in the order of its leads.
fn entries(new: Grades) -> impl Iterator<Item = (usize, u8)> {
    (0..3).flat_map(move |grade| bits(new[grade]).map(move |obligation| (grade, obligation)))
}

/// For each entry of an arrival the first relationship in register order that carries it there.
fn vias(
    graph: &Graph,
    rules: &Rules,
    arrivals: &Arrivals,
    arrival: &Arrival,
) -> Vec<RelationshipId> {
    let total: u32 = arrival.new.iter().map(|set| set.count_ones()).sum();
    let mut vias = vec![RelationshipId(u32::MAX); total as usize];
    let mut wanted = arrival.new;
    for &relationship in graph.leads_to(arrival.node) {
        let carried = carried_at(graph, rules, arrivals, relationship, arrival.tier);
        for (grade, (&set, &carried)) in wanted.iter().zip(&carried).enumerate() {
            for obligation in bits(set & carried) {
                vias[rank(arrival.new, grade, obligation)] = relationship;
            }
        }
        wanted = without(wanted, carried);
        if wanted == [0; 3] {
            break;
        }
    }
    debug_assert_eq!(wanted, [0; 3], "an arrival comes by some relationship");
    vias
}

impl Flow<'_> {
    /// By which relationship something reaches a party at a tier, and from which operator its chain starts.
    pub(super) fn lead(
        &self,
        arrival: (usize, &Arrival),
        grade: usize,
        obligation: u8,
    ) -> (RelationshipId, PartyId) {
        let lead = self.leads.leads[self.leads.position(arrival, grade, obligation)];
        (lead.via, lead.operator)
    }

    /// The relationships of a finding's chain, from the operator to the party; none at tier 0.
    pub fn chain(&self, finding: &Finding) -> Vec<RelationshipId> {
        let mut chain = Vec::with_capacity(finding.tier as usize);
        let entry = (finding.status.grade(), finding.obligation);
        let (mut via, mut tier) = (finding.via, finding.tier);
        while let Some(step) = via {
            chain.push(step);
            let before = self
                .leads
                .before(&self.graph, &self.arrivals, step, entry, tier);
            via = before.map(|before| self.leads.leads[before].via);
            tier -= 1;
        }
        chain.reverse();
        chain
    }

    /// For everything that reaches a party or delivery, the first step of its chain of which `is_it` is true, tier by
    /// tier; `is_it` is asked of a step's relationship, obligation and tier.
    pub(crate) fn first_steps(&self, is_it: impl Fn(&ChainStep) -> bool + Sync) -> FirstSteps {
        let mut first_steps: Vec<Option<(u32, RelationshipId)>> =
            vec![None; self.leads.leads.len()];
        let mut done = 0;
        for level in self.arrivals.all().chunk_by(|a, b| a.tier == b.tier) {
            let (earlier, is_it) = (&first_steps, &is_it);
            let found = level
                .par_iter()
                .enumerate()
                .flat_map_iter(|(offset, arrival)| {
                    let first = self.leads.starts[done + offset];
                    entries(arrival.new).enumerate().map(move |(rank, entry)| {
                        let via = self.leads.leads[first + rank].via;
                        let tier = arrival.tier;
                        let before =
                            self.leads
                                .before(&self.graph, &self.arrivals, via, entry, tier);
                        let step = ChainStep {
                            relationship: via,
                            obligation: entry.1,
                            tier,
                        };
                        let earlier = before.and_then(|before| earlier[before]);
                        earlier.or_else(|| is_it(&step).then_some((tier, via)))
                    })
                });
            let found: Vec<_> = found.collect();
            let first = self.leads.starts[done];
            first_steps[first..first + found.len()].copy_from_slice(&found);
            done += level.len();
        }
        FirstSteps(first_steps)
    }

    /// The first step found for a finding's chain: its position from 1, and its relationship.
    pub(crate) fn first_step(
        &self,
        steps: &FirstSteps,
        finding: &Finding,
    ) -> Option<(u32, RelationshipId)> {
        let arrival = self.arrivals.at_tier(finding.party.0, finding.tier)?;
        let grade = finding.status.grade();
        steps.0[self.leads.position(arrival, grade, finding.obligation)]
    }
}

/// One step of the chains of an obligation.
pub(crate) struct ChainStep {
    pub(crate) relationship: RelationshipId,
    pub(crate) obligation: u8,
    pub(crate) tier: u32,
}

/// For every lead the first step of its chain that was looked for.
pub(crate) struct FirstSteps(Vec<Option<(u32, RelationshipId)>>);
