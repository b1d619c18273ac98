//! From what reached each party to findings and clauses.

use rayon::prelude::*;

use super::chain::NO_LEAD;
use super::graph::Takes;
use super::rows::Rows;
use super::walk::{Arrival, Walk};
use super::word::{bits, meaning, pack, rank, strongest, unpack};
use super::{Clause, Finding, Flow, Grades, Status, StepKind, or};
use crate::register::{PartyId, RelationshipId};

/// Parties or relationships that one task looks at.
const BATCH: usize = 1 << 12;

/// What of an obligation is found, by obligation: the bit, the tier and the lead.
type Slots = [(u32, u32, u32); 64];

impl Flow<'_> {
    /// The findings of every party, by the bytes of its id, then in pack order.
    pub fn findings(&self) -> Vec<Finding> {
        let order = &self.by_id().0;
        let count = |parties: &[PartyId]| -> usize {
            let count = |&party| {
                self.found(party)
                    .map(|(_, chosen)| chosen.count_ones() as usize)
            };
            parties.iter().flat_map(count).sum()
        };
        let counts: Vec<usize> = order.par_chunks(BATCH).map(count).collect();
        let mut findings = vec![Finding::default(); counts.iter().sum()];
        let mut tasks = Vec::with_capacity(counts.len());
        let mut rest = findings.as_mut_slice();
        for (parties, count) in order.chunks(BATCH).zip(counts) {
            let (part, after) = rest.split_at_mut(count);
            tasks.push((parties, part));
            rest = after;
        }
        tasks.into_par_iter().for_each(|(parties, part)| {
            let mut slots = part.iter_mut();
            for &party in parties {
                self.each_finding(party, |finding| {
                    if let Some(slot) = slots.next() {
                        *slot = finding;
                    }
                });
            }
        });
        findings
    }

    /// The findings of one party, in pack order.
    pub fn findings_of(&self, party: PartyId) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.each_finding(party, |finding| findings.push(finding));
        findings
    }

    /// For each group of obligations what reaches the party at its strongest, its own at tier 0 included.
    pub(super) fn found(&self, party: PartyId) -> impl Iterator<Item = (&Walk, u64)> {
        let owns = self.rules.owns(party);
        self.walks.iter().enumerate().map(move |(group, walk)| {
            let arrivals = walk.arrivals.get(party.0).iter();
            let all = arrivals.fold(pack(owns, group), |all, arrival| all | arrival.new);
            (walk, strongest(all))
        })
    }

    fn each_finding(&self, party: PartyId, mut visit: impl FnMut(Finding)) {
        let owns = self.rules.owns(party);
        let mut slots: Slots = [(0, 0, NO_LEAD); 64];
        for (group, (walk, chosen)) in self.found(party).enumerate() {
            let own = chosen & pack(owns, group);
            let mut of_group = 0_u64;
            for bit in bits(own) {
                let (_, obligation) = meaning(bit, group);
                slots[usize::from(obligation)] = (bit, 0, NO_LEAD);
                of_group |= 1 << obligation;
            }
            for arrival in walk.arrivals.get(party.0) {
                for bit in bits(arrival.new & chosen & !own) {
                    let lead = arrival.first_lead + rank(arrival.new, bit);
                    let (_, obligation) = meaning(bit, group);
                    slots[usize::from(obligation)] = (bit, arrival.tier, lead);
                    of_group |= 1 << obligation;
                }
            }
            for obligation in bits(of_group) {
                let (bit, tier, lead) = slots[obligation as usize];
                let (grade, obligation) = meaning(bit, group);
                visit(self.finding(party, obligation, Status::ALL[grade], tier, (walk, lead)));
            }
        }
    }

    fn finding(
        &self,
        party: PartyId,
        obligation: u8,
        status: Status,
        tier: u32,
        (walk, at): (&Walk, u32),
    ) -> Finding {
        let lead = walk.leads.get(at);
        let edge = lead.map(|lead| &self.graph.into.all()[lead.edge as usize]);
        let origins = match status {
            Status::Unconfirmed => None,
            Status::Applies | Status::Conditional => self.origins.get(party, obligation),
        };
        Finding {
            party,
            obligation,
            status,
            tier,
            via: edge.map(|edge| edge.relationship),
            operator: lead.map_or(party, |lead| PartyId(lead.operator)),
            origins,
            binding: match edge {
                None => self.rules.own_binding(party, obligation),
                Some(edge) => {
                    let step = StepKind::of_tier(tier);
                    self.rules.binding(edge.code.outcome(), step, obligation)
                }
            },
            lead: at,
        }
    }

    /// The clauses of every active relationship, by the bytes of its label, then in pack order.
    pub fn clauses(&self) -> Vec<Clause> {
        let relationships = &self.register.relationships;
        let mut clauses: Vec<Clause> = (0..relationships.len() as u32)
            .into_par_iter()
            .with_min_len(BATCH)
            .flat_map_iter(|relationship| self.clauses_of(RelationshipId(relationship)))
            .collect();
        clauses.par_sort_by(|a, b| {
            let label = |clause: &Clause| relationships.label(clause.relationship);
            // Clauses of one relationship stand together already.
            let labels = || label(a).cmp(&label(b));
            match a.relationship == b.relationship {
                true => a.obligation.cmp(&b.obligation),
                false => labels().then(a.relationship.cmp(&b.relationship)),
            }
        });
        clauses
    }

    /// The clauses of one relationship, in pack order; none if it is not active.
    pub fn clauses_of(&self, relationship: RelationshipId) -> Vec<Clause> {
        let Some(outcome) = self.graph.outcome(relationship) else {
            return Vec::new();
        };
        let mut clauses = Vec::new();
        for (group, walk) in self.walks.iter().enumerate() {
            let mut carried = self.carried_by_tier(walk, group, relationship, outcome);
            carried.sort_unstable_by_key(|(tier, _)| *tier);
            let chosen = strongest(carried.iter().fold(0, |all, (_, word)| all | word));
            let (start, mut left) = (clauses.len(), chosen);
            for (tier, word) in carried {
                for bit in bits(word & left) {
                    let (grade, obligation) = meaning(bit, group);
                    let step = StepKind::of_tier(tier);
                    clauses.push(Clause {
                        relationship,
                        obligation,
                        status: Status::ALL[grade],
                        tier,
                        binding: self.rules.binding(outcome, step, obligation),
                    });
                }
                left &= !word;
            }
            clauses[start..].sort_unstable_by_key(|clause| clause.obligation);
        }
        clauses
    }

    /// What a relationship of an outcome carries at each tier, tiers in any order and perhaps several times.
    pub(super) fn carried_by_tier(
        &self,
        walk: &Walk,
        group: usize,
        relationship: RelationshipId,
        outcome: u32,
    ) -> Vec<(u32, u64)> {
        let customer = self.register.relationships.customer(relationship);
        let direct = pack(self.rules.direct(outcome), group);
        let mut carried = vec![(1, pack(self.rules.starts(customer), group) & direct)];
        let onward = pack(self.rules.onward(outcome), group);
        if onward == 0 {
            return carried;
        }
        self.graph.each_source(relationship, |node, takes: Takes| {
            let rule = onward & takes.word();
            let arrivals: &Rows<Arrival> = &walk.arrivals;
            carried.extend(
                arrivals
                    .get(node)
                    .iter()
                    .map(|arrival| (arrival.tier + 1, walk.goes_on(arrival) & rule)),
            );
        });
        carried
    }

    /// What an active relationship carries at each grade, at whatever tier.
    pub(super) fn carried(&self, relationship: RelationshipId) -> Grades {
        let Some(outcome) = self.graph.outcome(relationship) else {
            return [0; 3];
        };
        let walks = self.walks.iter().enumerate();
        walks.fold([0; 3], |all, (group, walk)| {
            let carried = self.carried_by_tier(walk, group, relationship, outcome);
            let carried = carried.into_iter().fold(0, |all, (_, word)| all | word);
            or(all, unpack(carried, group))
        })
    }
}
