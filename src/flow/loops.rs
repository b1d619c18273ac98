//! Loops: parties that, directly or through others, supply each other.

use petgraph::algo::kosaraju_scc;

use super::Flow;
use crate::register::PartyId;

impl Flow<'_> {
    /// The groups of two or more parties that supply each other in a loop, each by party, the first party's group first.
    pub fn loops(&self) -> Vec<Vec<PartyId>> {
        let groups = kosaraju_scc(&self.graph)
            .into_iter()
            .filter(|group| group.len() > 1);
        let mut loops: Vec<Vec<PartyId>> = groups
            .map(|mut group| {
                group.sort_unstable();
                group.into_iter().map(PartyId).collect()
            })
            .collect();
        loops.sort_unstable();
        loops
    }
}
