//! Who matters: gatekeepers, shared suppliers, loops and ownership groups, each found when it is first asked for.

use std::sync::OnceLock;

use super::View;
use super::groups::Group;
use crate::flow::{Gatekeepers, ObligationSet, SharedSupplier};
use crate::register::PartyId;

/// What was asked for so far.
#[derive(Default)]
pub(super) struct Matter {
    loops: OnceLock<Vec<Vec<PartyId>>>,
    gatekeepers: OnceLock<Gatekeepers>,
    shared_suppliers: OnceLock<Vec<SharedSupplier>>,
    groups: OnceLock<Vec<Group>>,
}

impl View<'_> {
    /// Groups of parties that supply each other.
    pub fn loops(&self) -> &[Vec<PartyId>] {
        let loops = &self.matter.loops;
        loops.get_or_init(|| self.assessment.flow.loops())
    }

    /// For each of the first so many loops the obligations that apply on a relationship within it, as positions.
    pub fn carried_in_loops(&self, most: usize) -> Vec<ObligationSet> {
        let loops = self.loops();
        let first = &loops[..most.min(loops.len())];
        self.assessment.flow.carried_within(first)
    }

    /// The gatekeepers of the whole register, whatever is in focus.
    pub fn gatekeepers(&self) -> &Gatekeepers {
        let gatekeepers = &self.matter.gatekeepers;
        gatekeepers.get_or_init(|| self.assessment.flow.gatekeepers())
    }

    /// The parties of the whole register on which two or more operators depend, whatever is in focus.
    pub fn shared_suppliers(&self) -> &[SharedSupplier] {
        let shared = &self.matter.shared_suppliers;
        shared.get_or_init(|| self.assessment.flow.shared_suppliers())
    }

    /// The ownership groups that have an operator, or two members with findings.
    pub fn groups(&self) -> &[Group] {
        self.matter.groups.get_or_init(|| self.find_groups())
    }

    /// The highest criticality of what each party delivers under an obligation that applies, by the party's position.
    pub(super) fn criticalities(&self) -> Vec<Option<u16>> {
        let mut of = vec![None; self.assessment.flow.register.parties.len()];
        for concern in self.concerns() {
            of[concern.party.index()] = concern.criticality;
        }
        of
    }
}
