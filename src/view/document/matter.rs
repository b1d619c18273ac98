//! Who matters, in the document.

use serde::Serialize;

use super::{StatusCounts, View};
use crate::flow::{Behind, Dependents, Gatekeeper, ObligationSet, Status};
use crate::register::{CRITICALITIES, PartyId};

/// A party through which every walk of an obligation to some other party runs.
#[derive(Serialize)]
pub(super) struct GatekeeperObject<'v> {
    party: &'v str,
    name: &'v str,
    /// How many parties would no longer surely have some obligation if it delivered nothing.
    behind: usize,
    /// Whether `behind` was not counted in full.
    behind_at_least: bool,
    obligations: Vec<Held<'v>>,
}

#[derive(Serialize)]
struct Held<'v> {
    obligation: &'v str,
    /// How many parties would no longer have it, by its status there.
    applies: usize,
    conditional: usize,
}

/// A party on which two or more operators depend.
#[derive(Serialize)]
pub(super) struct SharedObject<'v> {
    party: &'v str,
    name: &'v str,
    operators: Named<'v>,
    possible_operators: Named<'v>,
    obligations: Vec<&'v str>,
    criticality: Option<&'static str>,
}

#[derive(Serialize)]
struct Named<'v> {
    /// As `origins` of a finding.
    count: String,
    /// Nobody is named of more than 64.
    parties: Vec<&'v str>,
}

/// Parties with a common ultimate owner.
#[derive(Serialize)]
pub(super) struct GroupObject<'v> {
    owner: &'v str,
    name: &'v str,
    members: Vec<&'v str>,
    operators: Vec<&'v str>,
    applies: StatusCounts,
    obligations: Vec<&'v str>,
}

impl View<'_> {
    pub(super) fn gatekeeper_objects(&self) -> Vec<GatekeeperObject<'_>> {
        let all = self.gatekeepers().all.iter();
        all.map(|gatekeeper| GatekeeperObject {
            party: self.id(gatekeeper.party),
            name: self.party_name(gatekeeper.party),
            behind: gatekeeper.behind.count(),
            behind_at_least: matches!(gatekeeper.behind, Behind::AtLeast(_)),
            obligations: self.held(gatekeeper),
        })
        .collect()
    }

    fn held(&self, gatekeeper: &Gatekeeper) -> Vec<Held<'_>> {
        let obligations = &self.assessment.flow.policy.obligations;
        let mut held: Vec<Held> = Vec::new();
        for (obligation, status, parties) in self.gatekeepers().holds(gatekeeper) {
            let obligation = obligations[usize::from(obligation)].id.as_str();
            if held.last().is_none_or(|last| last.obligation != obligation) {
                held.push(Held {
                    obligation,
                    applies: 0,
                    conditional: 0,
                });
            }
            if let Some(last) = held.last_mut() {
                match status {
                    Status::Applies => last.applies = parties.len(),
                    _ => last.conditional = parties.len(),
                }
            }
        }
        held
    }

    pub(super) fn shared_objects(&self) -> Vec<SharedObject<'_>> {
        let criticalities = self.criticalities();
        let named = |dependents: &Dependents| Named {
            count: dependents.count.to_string(),
            parties: self.ids(&dependents.names),
        };
        let shared = self.shared_suppliers().iter();
        shared
            .map(|shared| SharedObject {
                party: self.id(shared.party),
                name: self.party_name(shared.party),
                operators: named(&shared.operators),
                possible_operators: named(&shared.potential),
                obligations: self.obligation_ids(shared.obligations),
                criticality: criticalities[shared.party.index()]
                    .map(|at| CRITICALITIES[usize::from(at)]),
            })
            .collect()
    }

    pub(super) fn group_objects(&self) -> Vec<GroupObject<'_>> {
        let groups = self.groups().iter();
        groups
            .map(|group| GroupObject {
                owner: self.id(group.owner),
                name: self.party_name(group.owner),
                members: self.ids(&group.members),
                operators: self.ids(&group.operators),
                applies: StatusCounts::new(group.applies, group.open),
                obligations: self.obligation_ids(group.obligations),
            })
            .collect()
    }

    fn party_name(&self, party: PartyId) -> &str {
        self.assessment.flow.register.parties.name(party)
    }

    fn obligation_ids(&self, set: ObligationSet) -> Vec<&str> {
        let all = self.assessment.flow.policy.obligations.iter().enumerate();
        let of = all.filter(|(at, _)| set >> at & 1 == 1);
        of.map(|(_, obligation)| obligation.id.as_str()).collect()
    }
}
