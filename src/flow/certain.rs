//! Which relationships carry anything for certain, asked of all of them.

use rayon::prelude::*;

use super::Flow;
use super::graph::EdgeIn;
use super::word::{applying, pack};
use crate::register::{PartyId, RelationshipId};

/// What applies at each node, for one group of obligations.
#[derive(Debug, Clone, Copy, Default)]
struct Standing {
    /// What it starts as an operator.
    starts: u32,
    /// What reaches it and may go on.
    goes_on: u32,
}

/// What applies at each node, group by group.
pub(crate) struct Certain<'f, 'a> {
    flow: &'f Flow<'a>,
    groups: Vec<Vec<Standing>>,
}

impl<'a> Flow<'a> {
    /// What it takes to tell which relationships carry anything for certain.
    pub(crate) fn certain(&self) -> Certain<'_, 'a> {
        let of_group = |group: usize| {
            let walk = &self.walks[group];
            let standing = |node: u32| {
                let is_party = (node as usize) < self.register.parties.len();
                let starts = is_party.then(|| pack(self.rules.starts(PartyId(node)), group));
                let arrivals = walk.arrivals.get(node).iter();
                Standing {
                    starts: applying(starts.unwrap_or(0)),
                    goes_on: arrivals.fold(0, |all, at| all | applying(walk.goes_on(at))),
                }
            };
            let nodes = (0..self.graph.nodes() as u32).into_par_iter();
            nodes.with_min_len(1 << 12).map(standing).collect()
        };
        Certain {
            flow: self,
            groups: (0..self.walks.len()).map(of_group).collect(),
        }
    }
}

impl Certain<'_, '_> {
    /// The relationships into a supplier that carry anything for certain; one can come more than once.
    pub(crate) fn carrying_into(
        &self,
        supplier: PartyId,
    ) -> impl Iterator<Item = RelationshipId> + '_ {
        let edges = self.flow.graph.into.get(supplier.0).iter();
        let carries = |edge: &&EdgeIn| {
            let code = edge.code.index();
            let mut walks = self.flow.walks.iter().zip(&self.groups);
            walks.any(|(walk, standing)| {
                let (direct, onward) = (applying(walk.direct[code]), applying(walk.onward[code]));
                if direct | onward == 0 {
                    return false;
                }
                let Standing { starts, goes_on } = standing[edge.from as usize];
                direct & starts | onward & goes_on != 0
            })
        };
        edges.filter(carries).map(|edge| edge.relationship)
    }
}
