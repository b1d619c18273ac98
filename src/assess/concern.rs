//! The order of concern: counts of what is not in force, no score, because no weight could be defended.

use std::cmp::Reverse;
use std::ops::Range;

use rayon::prelude::*;

use super::Assessment;
use crate::flow::Status;
use crate::policy::Binding;
use crate::register::PartyId;

/// Where every so many-th party is asked for its criticality, what applies is looked up for all parties first.
const MANY: usize = 16;

/// How many findings of a party are not in force, by what makes them owed and how sure they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenCounts {
    /// Owed by statute.
    pub statute: usize,
    /// Owed by contract, or by what is undetermined or not said.
    pub contract: usize,
    /// Recommended by a standard or practice.
    pub recommended: usize,
    /// Owed if a potential operator is designated.
    pub conditional: usize,
    /// Resting on an unknown fact.
    pub unconfirmed: usize,
}

impl OpenCounts {
    /// Adds one finding that is not in force.
    pub(super) fn add(&mut self, status: Status, binding: Option<Binding>) {
        let count = match (status, binding) {
            (Status::Unconfirmed, _) => &mut self.unconfirmed,
            (Status::Conditional, _) => &mut self.conditional,
            (Status::Applies, Some(Binding::Statute)) => &mut self.statute,
            (Status::Applies, Some(Binding::Standard | Binding::Practice)) => &mut self.recommended,
            (Status::Applies, Some(Binding::Contract | Binding::Undetermined) | None) => {
                &mut self.contract
            }
        };
        *count += 1;
    }

    /// All of them.
    pub fn total(&self) -> usize {
        self.statute + self.contract + self.recommended + self.conditional + self.unconfirmed
    }
}

/// A party that has findings, in the order of concern.
#[derive(Debug, Clone, Copy)]
pub struct Concern {
    /// Who.
    pub party: PartyId,
    /// What is not in force.
    pub open: OpenCounts,
    /// How many of those counted with the contract's are undetermined or not said.
    pub undetermined: usize,
    /// How many findings it has.
    pub findings: usize,
    /// The highest criticality of what it delivers under an obligation that applies.
    pub criticality: Option<u16>,
}

impl Concern {
    /// What the order of concern goes by, in one number: no count is more than the 64 obligations that a policy may have.
    fn weight(&self) -> u64 {
        let OpenCounts {
            statute,
            contract,
            recommended,
            conditional,
            unconfirmed,
        } = self.open;
        let counts = [statute, contract, recommended, conditional, unconfirmed];
        let open = counts.iter().fold(0, |all, &count| all << 7 | count as u64);
        open << 16 | self.criticality.map_or(0, |at| u64::from(at) + 1)
    }
}

impl Assessment<'_> {
    /// Every party that has findings, those of most concern first.
    pub fn concerns(&self) -> Vec<Concern> {
        let batches = self.batches().into_par_iter();
        let parts: Vec<Vec<Concern>> = batches.map(|batch| self.concerns_of(batch)).collect();
        let mut concerns = parts.concat();
        self.weigh(&mut concerns);
        // They stand by id already, and so those of one weight stay.
        let mut order: Vec<(Reverse<u64>, u32)> = concerns
            .iter()
            .zip(0..)
            .map(|(concern, position)| (Reverse(concern.weight()), position))
            .collect();
        order.par_sort_unstable();
        order
            .into_iter()
            .map(|(_, position)| concerns[position as usize])
            .collect()
    }

    /// The first so many of the parties with findings that are not in force, and how many there are.
    pub fn most_open(&self, most: usize) -> (Vec<Concern>, usize) {
        let found = |batch| {
            let mut open = self.concerns_of(batch);
            open.retain(|concern| concern.open.total() > 0);
            let count = open.len();
            keep_first(&mut open, most);
            (open, count)
        };
        let parts: Vec<(Vec<Concern>, usize)> = self.batches().into_par_iter().map(found).collect();
        let count = parts.iter().map(|(_, count)| count).sum();
        let mut first: Vec<Concern> = parts.into_iter().flat_map(|(open, _)| open).collect();
        keep_first(&mut first, most);
        self.weigh(&mut first);
        first.sort_by_key(|concern| Reverse(concern.weight()));
        first.truncate(most);
        (first, count)
    }

    /// The parties of a batch of findings, by id, the criticality left out.
    fn concerns_of(&self, batch: Range<usize>) -> Vec<Concern> {
        let mut concerns: Vec<Concern> = Vec::new();
        for (finding, proven) in self.iter_in(batch) {
            let party = finding.party;
            if concerns.last().is_none_or(|concern| concern.party != party) {
                concerns.push(Concern {
                    party,
                    open: OpenCounts::default(),
                    undetermined: 0,
                    findings: 0,
                    criticality: None,
                });
            }
            let Some(concern) = concerns.last_mut() else {
                continue;
            };
            concern.findings += 1;
            if !proven.proof.in_force() {
                concern.open.add(finding.status, finding.binding);
                let is_determined = !matches!(finding.binding, None | Some(Binding::Undetermined));
                let applies = finding.status == Status::Applies;
                concern.undetermined += usize::from(applies && !is_determined);
            }
        }
        concerns
    }

    /// Looks up the criticalities of parties.
    fn weigh(&self, concerns: &mut [Concern]) {
        let relationships = &self.flow.register.relationships;
        let is_many = concerns.len() > self.flow.register.parties.len() / MANY;
        let certain = self.flow.certain(is_many);
        let concerns = concerns.par_iter_mut().with_min_len(1 << 8);
        concerns.for_each(|concern| {
            let carrying = certain.carrying_into(concern.party);
            let criticalities = carrying.map(|carrying| relationships.criticality(carrying));
            concern.criticality = criticalities.max().flatten();
        });
    }
}

/// Leaves those that may be among the first so many, whatever their criticality.
fn keep_first(concerns: &mut Vec<Concern>, most: usize) {
    if most == 0 || concerns.len() <= most {
        concerns.truncate(most);
        return;
    }
    let mut weights: Vec<u64> = concerns.iter().map(Concern::weight).collect();
    let (_, &mut least, _) =
        weights.select_nth_unstable_by_key(most - 1, |&weight| Reverse(weight));
    concerns.retain(|concern| concern.weight() >= least);
}
