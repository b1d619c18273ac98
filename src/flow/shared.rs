//! Shared suppliers: on whom two or more operators depend.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::names::{Names, SetId};
use super::origins::{spread, spread_bounded};
use super::sure::{Sure, SureParts};
use super::{Flow, ObligationSet, Origins, Status};
use crate::register::PartyId;

/// Operators that depend on a party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependents {
    /// How many.
    pub count: Origins,
    /// Who, by the bytes of the id; nobody is named of more than 64.
    pub names: Vec<PartyId>,
}

/// A party on which two or more operators depend.
#[derive(Debug, Clone)]
pub struct SharedSupplier {
    /// Who.
    pub party: PartyId,
    /// The sure operators.
    pub operators: Dependents,
    /// The potential ones.
    pub potential: Dependents,
    /// For what: the obligations that any of them brings to the party.
    pub obligations: ObligationSet,
}

/// The operators of one status from which one obligation surely comes to each party.
struct Reaching {
    obligation: u8,
    sets: Vec<SetId>,
    names: Names,
}

impl Reaching {
    fn new(sure: &Sure, obligation: u8, status: Status) -> Reaching {
        let mut names = Names::new();
        let nodes = sure.graph.nodes();
        let mut sets = match sure.most_tiers() {
            Some(most) => spread_bounded(sure, most, status, &mut names),
            None => {
                let firsts = || sure.starting(status);
                let on = |node| sure.later_steps(node);
                let (components, of) = spread(nodes, firsts, on, &mut names);
                let mut sets = vec![SetId::EMPTY; nodes];
                for (component, &set) in of.iter().enumerate() {
                    for &node in components.get(component) {
                        sets[node as usize] = set;
                    }
                }
                sets
            }
        };
        sets.truncate(sure.graph.parties().len());
        Reaching {
            obligation,
            sets,
            names,
        }
    }
}

impl Flow<'_> {
    /// The parties on which two or more operators depend, sure or potential: those with most sure operators first, then
    /// those with most potential ones, then by the bytes of the id.
    ///
    /// An operator depends on a party that it brings any obligation to by a walk of its own that holds with nothing unknown.
    pub fn shared_suppliers(&self) -> Vec<SharedSupplier> {
        let parts = SureParts::new(&self.graph, &self.rules, &self.walks);
        let reaching = |status: Status| -> Vec<Reaching> {
            let obligations = (0..self.rules.obligations()).into_par_iter();
            obligations
                .map(|obligation| Reaching::new(&parts.of(obligation), obligation, status))
                .collect()
        };
        let [sure, potential] = [Status::Applies, Status::Conditional].map(reaching);
        let parties = (0..self.register.parties.len() as u32).into_par_iter();
        let shared = parties.filter_map(|party| {
            let party = PartyId(party);
            let mut obligations = 0;
            let operators = self.dependents(party, &sure, &mut obligations);
            let potential = self.dependents(party, &potential, &mut obligations);
            let several = |dependents: &Dependents| dependents.count > Origins::Exactly(1);
            let both = !operators.names.is_empty() && !potential.names.is_empty();
            (both || several(&operators) || several(&potential)).then_some(SharedSupplier {
                party,
                operators,
                potential,
                obligations,
            })
        });
        let mut shared: Vec<SharedSupplier> = shared.collect();
        shared.par_sort_by_cached_key(|shared| {
            let counts = (shared.operators.count, shared.potential.count);
            (Reverse(counts), self.rank(shared.party))
        });
        shared
    }

    /// The operators among those that reach a party, the party itself left out; adds the obligations for which they do.
    fn dependents(
        &self,
        party: PartyId,
        reaching: &[Reaching],
        obligations: &mut ObligationSet,
    ) -> Dependents {
        let (mut names, mut is_more) = (Vec::new(), false);
        for one in reaching {
            let set = one.sets[party.index()];
            let others = one.names.get(set).iter().filter(|&&name| name != party);
            let before = names.len();
            names.extend(others);
            is_more |= set == SetId::MORE;
            let is_any = names.len() > before || set == SetId::MORE;
            *obligations |= u64::from(is_any) << one.obligation;
        }
        names.sort_unstable_by_key(|&name| self.rank(name));
        names.dedup();
        if is_more || names.len() > usize::from(Origins::MOST) {
            let (count, names) = (Origins::More, Vec::new());
            return Dependents { count, names };
        }
        Dependents {
            count: Origins::Exactly(names.len() as u8),
            names,
        }
    }
}
