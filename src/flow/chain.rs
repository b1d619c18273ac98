//! Chains: for everything that reaches a node, the relationship it came by and the step before.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use rayon::prelude::*;

use super::graph::{EdgeIn, Graph, Node, Takes};
use super::word::{bit_of, group_of, rank};
use super::{Clause, Finding, Flow, Status};
use crate::register::RelationshipId;

/// The step before the first, and the lead of what an operator bears itself.
pub(super) const NO_LEAD: u32 = u32::MAX;
/// Leads of a level that are worth sharing out.
const TASK: usize = 1 << 13;

/// By which edge something reached a node, and from which operator.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lead {
    /// The position of the edge among all edges into nodes.
    pub(super) edge: u32,
    /// The lead of the step before, [`NO_LEAD`] at tier 1.
    pub(super) before: u32,
    pub(super) operator: Node,
    pub(super) what: u8,
}

impl Lead {
    /// The obligation in six bits, then whether the step rests on something unknown.
    pub(super) fn what((grade, obligation): (usize, u8), is_known: bool) -> u8 {
        let is_open = grade == Status::Unconfirmed.grade() && !is_known;
        obligation | u8::from(is_open) << 6
    }

    fn obligation(self) -> u8 {
        self.what & 63
    }

    fn is_open(self) -> bool {
        self.what >> 6 == 1
    }
}

/// A lead for every obligation and grade of every arrival, tier after tier.
#[derive(Debug, Default)]
pub(super) struct Leads {
    all: Vec<Lead>,
    /// Where the leads of each tier start, from tier 1.
    tiers: Vec<u32>,
}

impl Leads {
    pub(super) fn len(&self) -> u32 {
        self.all.len() as u32
    }

    /// The lead at a position, none at [`NO_LEAD`].
    pub(super) fn get(&self, position: u32) -> Option<&Lead> {
        self.all.get(position as usize)
    }

    /// Appends the leads of one tier more. They come with their customers as operators, which is so at tier 1 only.
    pub(super) fn append_level(&mut self, mut parts: Vec<Vec<Lead>>) {
        // In a pass of its own, because the steps before are strewn over all of memory.
        let take = |lead: &mut Lead| {
            if let Some(before) = self.all.get(lead.before as usize) {
                lead.operator = before.operator;
            }
        };
        if parts.len() == 1 {
            parts.iter_mut().flatten().for_each(take);
        } else {
            parts
                .par_iter_mut()
                .for_each(|part| part.iter_mut().for_each(take));
        }
        self.tiers.push(self.len());
        parts.into_iter().for_each(|part| self.all.extend(part));
    }

    /// The tier that a lead reaches.
    fn tier(&self, position: u32) -> u32 {
        self.tiers.partition_point(|&start| start <= position) as u32
    }

    /// For each lead the first one of its chain of which `is_it` is true: a single pass, tier after tier.
    fn first_steps(
        &self,
        edges: &[EdgeIn],
        is_it: &(impl Fn(&ChainStep) -> bool + Sync),
    ) -> Vec<u32> {
        let mut first_steps = vec![NO_LEAD; self.all.len()];
        for (tier, &start) in (1..).zip(&self.tiers) {
            let end = self.tiers.get(tier as usize).map_or(self.len(), |&end| end);
            let (earlier, rest) = first_steps.split_at_mut(start as usize);
            let level = &self.all[start as usize..end as usize];
            let find = |position: u32, lead: &Lead| match earlier.get(lead.before as usize) {
                Some(&found) if found != NO_LEAD => found,
                _ if is_it(&ChainStep::new(edges, *lead, tier)) => position,
                _ => NO_LEAD,
            };
            let found = &mut rest[..level.len()];
            if level.len() < TASK {
                let steps = found.iter_mut().zip(level).zip(start..);
                steps.for_each(|((found, lead), position)| *found = find(position, lead));
            } else {
                let steps = found
                    .par_iter_mut()
                    .zip(level)
                    .enumerate()
                    .with_min_len(TASK / 4);
                steps.for_each(|(at, (found, lead))| *found = find(start + at as u32, lead));
            }
        }
        first_steps
    }
}

impl Graph<'_> {
    /// The relationship of a lead.
    pub(super) fn via(&self, lead: &Lead) -> RelationshipId {
        self.into.all()[lead.edge as usize].relationship
    }
}

impl Flow<'_> {
    /// The relationships of a finding's chain, from the operator to the party; none at tier 0.
    pub fn chain(&self, finding: &Finding) -> Vec<RelationshipId> {
        self.chain_to(group_of(finding.obligation), finding.lead)
    }

    /// The relationships of a clause's chain, from the operator to its own; of several as short that whose last step
    /// but one is the first in the register.
    pub fn clause_chain(&self, clause: &Clause) -> Vec<RelationshipId> {
        let (group, bit) = (
            group_of(clause.obligation),
            bit_of(clause.status.grade(), clause.obligation),
        );
        let walk = &self.walks[group];
        let mut before: Option<(RelationshipId, u32)> = None;
        self.graph
            .each_source(clause.relationship, |node, takes: Takes| {
                let arrivals = walk.arrivals.get(node).iter();
                let leads = arrivals.filter_map(|arrival| {
                    let carried = walk.goes_on(arrival) & takes.word();
                    let fits = arrival.tier + 1 == clause.tier && carried >> bit & 1 == 1;
                    fits.then(|| arrival.first_lead + rank(arrival.new, bit))
                });
                for at in leads {
                    let step = walk.leads.get(at).map(|lead| (self.graph.via(lead), at));
                    let known = before.or(step);
                    before = known.zip(step).map(|(known, step)| known.min(step));
                }
            });
        let mut chain = before.map_or(Vec::new(), |(_, lead)| self.chain_to(group, lead));
        chain.push(clause.relationship);
        chain
    }

    /// The relationships up to a lead.
    fn chain_to(&self, group: usize, lead: u32) -> Vec<RelationshipId> {
        let leads = &self.walks[group].leads;
        let mut chain = Vec::new();
        let mut next = lead;
        while let Some(lead) = leads.get(next) {
            chain.push(self.graph.via(lead));
            next = lead.before;
        }
        chain.reverse();
        chain
    }

    /// For everything that reaches a party or delivery, the first step of its chain of which `is_it` is true.
    pub(crate) fn first_steps(&self, is_it: impl Fn(&ChainStep) -> bool + Sync) -> FirstSteps {
        let edges = self.graph.into.all();
        let walks = self.walks.iter();
        FirstSteps(
            walks
                .map(|walk| walk.leads.first_steps(edges, &is_it))
                .collect(),
        )
    }

    /// Where the first step found for a finding's chain stands, if there is one.
    pub(crate) fn first_step(&self, steps: &FirstSteps, finding: &Finding) -> Option<StepAt> {
        let group = group_of(finding.obligation);
        let lead = *steps.0[group].get(finding.lead as usize)?;
        (lead != NO_LEAD).then_some(StepAt { group, lead })
    }

    /// The position in its chain of the step at a place, from 1.
    pub(crate) fn tier_of(&self, at: StepAt) -> u32 {
        self.walks[at.group].leads.tier(at.lead)
    }

    /// The step at a place.
    pub(crate) fn step(&self, at: StepAt) -> ChainStep {
        let leads = &self.walks[at.group].leads;
        let lead = leads.all[at.lead as usize];
        ChainStep::new(self.graph.into.all(), lead, leads.tier(at.lead))
    }

    /// Counts how often each step is found for the findings that count: the steps with their counts.
    pub(crate) fn count_steps(
        &self,
        steps: &FirstSteps,
        findings: &[Finding],
        counts: impl Fn(&Finding) -> bool + Sync,
    ) -> Vec<(ChainStep, usize)> {
        let zeros = |steps: &Vec<u32>| -> Vec<AtomicU32> {
            let zeros = std::iter::repeat_with(AtomicU32::default);
            zeros.take(steps.len()).collect()
        };
        let numbers: Vec<Vec<AtomicU32>> = steps.0.iter().map(zeros).collect();
        let findings = findings.par_iter().with_min_len(TASK);
        let counting = findings.filter(|finding| counts(finding));
        counting.for_each(|finding| {
            if let Some(at) = self.first_step(steps, finding) {
                numbers[at.group][at.lead as usize].fetch_add(1, Relaxed);
            }
        });
        let of_group = numbers.iter().enumerate().flat_map(|(group, numbers)| {
            let numbers = numbers.par_iter().enumerate().with_min_len(TASK);
            let found = numbers.filter_map(|(lead, number)| {
                let (number, lead) = (number.load(Relaxed), lead as u32);
                (number > 0).then(|| (self.step(StepAt { group, lead }), number as usize))
            });
            found.collect::<Vec<_>>()
        });
        of_group.collect()
    }
}

/// One step of the chains of an obligation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ChainStep {
    pub(crate) relationship: RelationshipId,
    pub(crate) obligation: u8,
    /// Its position in the chain, from 1.
    pub(crate) tier: u32,
    /// Whether it rests on something unknown, which is more than a potential operator.
    pub(crate) is_open: bool,
}

impl ChainStep {
    fn new(edges: &[EdgeIn], lead: Lead, tier: u32) -> ChainStep {
        ChainStep {
            relationship: edges[lead.edge as usize].relationship,
            obligation: lead.obligation(),
            tier,
            is_open: lead.is_open(),
        }
    }
}

/// For every lead the first step of its chain that was looked for.
pub(crate) struct FirstSteps(Vec<Vec<u32>>);

/// The place of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StepAt {
    group: usize,
    lead: u32,
}
