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

/// What applies at each node.
pub(crate) struct Certain<'f, 'a> {
    flow: &'f Flow<'a>,
    /// Group by group; none where it is looked up as it is asked for.
    groups: Vec<Vec<Standing>>,
}

impl<'a> Flow<'a> {
    /// What it takes to tell which relationships carry anything for certain, looked up before where `many` are asked.
    pub(crate) fn certain(&self, many: bool) -> Certain<'_, 'a> {
        let of_group = |group: usize| {
            let nodes = (0..self.graph.nodes() as u32).into_par_iter();
            let nodes = nodes.with_min_len(1 << 12);
            nodes.map(|node| self.standing(group, node)).collect()
        };
        let groups = if many { self.walks.len() } else { 0 };
        Certain {
            flow: self,
            groups: (0..groups).map(of_group).collect(),
        }
    }

    fn standing(&self, group: usize, node: u32) -> Standing {
        let walk = &self.walks[group];
        let is_party = (node as usize) < self.register.parties.len();
        let starts = is_party.then(|| pack(self.rules.starts(PartyId(node)), group));
        let arrivals = walk.arrivals.get(node).iter();
        Standing {
            starts: applying(starts.unwrap_or(0)),
            goes_on: arrivals.fold(0, |all, at| all | applying(walk.goes_on(at))),
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
            let mut walks = self.flow.walks.iter().enumerate();
            walks.any(|(group, walk)| {
                let (direct, onward) = (applying(walk.direct[code]), applying(walk.onward[code]));
                if direct | onward == 0 {
                    return false;
                }
                let Standing { starts, goes_on } = match self.groups.get(group) {
                    Some(standing) => standing[edge.from as usize],
                    None => self.flow.standing(group, edge.from),
                };
                direct & starts | onward & goes_on != 0
            })
        };
        edges.filter(carries).map(|edge| edge.relationship)
    }
}
