//! From what reached each party to findings and clauses.

use rayon::prelude::*;

use super::{Clause, Finding, Flow, Grades, Status, StepKind, and, bits, without};
use crate::register::{PartyId, RelationshipId};

impl Flow<'_> {
    /// The findings of every party, by the bytes of its id, then in pack order.
    pub fn findings(&self) -> Vec<Finding> {
        let parties = &self.register.parties;
        let mut order: Vec<PartyId> = parties.iter().collect();
        order.par_sort_by(|&a, &b| parties.id(a).cmp(parties.id(b)));
        order
            .into_par_iter()
            .flat_map_iter(|party| self.findings_of(party))
            .collect()
    }

    /// The findings of one party, in pack order.
    pub fn findings_of(&self, party: PartyId) -> Vec<Finding> {
        let owns = self.rules.owns(party);
        let mut best = Strongest::default();
        best.offer(owns, 0);
        for (_, arrival) in self.arrivals.at(party.0) {
            best.offer(arrival.new, arrival.tier);
        }
        best.each()
            .map(|(obligation, status, tier)| self.finding(party, obligation, status, tier, owns))
            .collect()
    }

    fn finding(
        &self,
        party: PartyId,
        obligation: u8,
        status: Status,
        tier: u32,
        owns: Grades,
    ) -> Finding {
        let grade = status.grade();
        let arrival = self.arrivals.at_tier(party.0, tier);
        let lead = arrival.map(|arrival| self.lead(arrival, grade, obligation));
        let via = lead.map(|(via, _)| via);
        let mut finding = Finding {
            party,
            obligation,
            status,
            tier,
            via,
            operator: lead.map_or(party, |(_, operator)| operator),
            origins: None,
            binding: match via {
                None => self.rules.own_binding(party, obligation),
                Some(via) => self.rules.binding(via, StepKind::of_tier(tier), obligation),
            },
        };
        finding.origins = self.origins(&finding, owns[grade] >> obligation & 1 == 1);
        finding
    }

    /// The clauses of every active relationship, by the bytes of its label, then in pack order.
    pub fn clauses(&self) -> Vec<Clause> {
        let relationships = &self.register.relationships;
        let all: Vec<RelationshipId> = relationships.iter().collect();
        let mut clauses: Vec<Clause> = all
            .into_par_iter()
            .flat_map_iter(|relationship| self.clauses_of(relationship))
            .collect();
        clauses.par_sort_by(|a, b| {
            let label = |clause: &Clause| relationships.label(clause.relationship);
            label(a)
                .cmp(&label(b))
                .then(a.relationship.cmp(&b.relationship))
                .then(a.obligation.cmp(&b.obligation))
        });
        clauses
    }

    /// The clauses of one relationship, in pack order; none if it is not active.
    pub fn clauses_of(&self, relationship: RelationshipId) -> Vec<Clause> {
        if !self
            .register
            .relationships
            .is_active(relationship, self.as_of)
        {
            return Vec::new();
        }
        let best = self.strongest(relationship);
        let clause = |(obligation, status, tier)| {
            let binding = self
                .rules
                .binding(relationship, StepKind::of_tier(tier), obligation);
            Clause {
                relationship,
                obligation,
                status,
                tier,
                binding,
            }
        };
        best.each().map(clause).collect()
    }

    /// What the relationship carries at each grade, at whatever tier.
    pub(super) fn carried(&self, relationship: RelationshipId) -> Grades {
        self.strongest(relationship).seen
    }

    fn strongest(&self, relationship: RelationshipId) -> Strongest {
        let customer = self.register.relationships.customer(relationship);
        let mut best = Strongest::default();
        best.offer(
            and(self.rules.starts(customer), self.rules.direct(relationship)),
            1,
        );
        let onward = self.rules.onward(relationship);
        if onward != [0; 3] {
            let sources = self.graph.sources(relationship);
            let mut reached: Vec<(u32, Grades)> = Vec::new();
            for (node, takes) in sources.iter() {
                let arrivals = self.arrivals.at(node);
                reached.extend(
                    arrivals.map(|(_, arrival)| (arrival.tier + 1, and(arrival.new, takes))),
                );
            }
            reached.sort_unstable_by_key(|(tier, _)| *tier);
            for (tier, new) in reached {
                let reaching = self.rules.reaching(tier);
                best.offer(and(and(new, onward), [reaching; 3]), tier);
            }
        }
        best
    }
}

/// For each obligation the strongest status met, and the least tier at that status; tiers are offered rising.
#[derive(Default)]
struct Strongest {
    seen: Grades,
    tiers: Vec<(u8, usize, u32)>,
}

impl Strongest {
    fn offer(&mut self, reached: Grades, tier: u32) {
        let new = without(reached, self.seen);
        for (grade, set) in new.into_iter().enumerate() {
            self.tiers
                .extend(bits(set).map(|obligation| (obligation, grade, tier)));
            self.seen[grade] |= set;
        }
    }

    /// Obligation, status and tier, in pack order.
    fn each(mut self) -> impl Iterator<Item = (u8, Status, u32)> {
        self.tiers.sort_unstable();
        self.tiers.dedup_by_key(|(obligation, _, _)| *obligation);
        self.tiers
            .into_iter()
            .map(|(obligation, grade, tier)| (obligation, Status::ALL[grade], tier))
    }
}
