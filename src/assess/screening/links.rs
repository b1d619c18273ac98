//! Links of the parties that are screened to operators.

use jiff::civil::Date;

use super::{Linked, Screen};
use crate::policy::{Link, Truth};
use crate::register::{PartyId, RelationshipId};

/// The strongest link of each party to one with a status that is looked for.
pub(super) struct Links<'s, 'a> {
    pub(super) screen: &'s Screen<'a>,
    pub(super) of: &'s [u16],
    pub(super) looked_at: &'s [Truth],
    pub(super) strongest: Vec<Option<Linked>>,
}

impl Links<'_, '_> {
    /// Goes over all links of a kind that there are on a day.
    pub(super) fn collect(&mut self, link: Link, day: Date) {
        let (parties, relationships) = (
            &self.screen.register.parties,
            &self.screen.register.relationships,
        );
        if matches!(link, Link::Supplies | Link::SuppliedBy) {
            let is_active = relationships.active_on(day);
            for relationship in relationships.iter() {
                let ends = [
                    relationships.supplier(relationship),
                    relationships.customer(relationship),
                ];
                let [party, other] = match link {
                    Link::Supplies => ends,
                    _ => [ends[1], ends[0]],
                };
                // Most parties are not looked at, and their days need not be either.
                if self.looked_at[party.index()] == Truth::True && is_active(relationship) {
                    self.add(party, other, Some(relationship));
                }
            }
            return;
        }
        for owned in parties.iter() {
            let Some(owner) = parties.owner(owned) else {
                continue;
            };
            match link {
                Link::OwnedBy => self.add(owned, owner, None),
                _ => self.add(owner, owned, None),
            }
        }
    }

    fn add(&mut self, party: PartyId, other: PartyId, relationship: Option<RelationshipId>) {
        if self.looked_at[party.index()] != Truth::True || party == other {
            return;
        }
        let holds = match self.screen.status(other).only_item() {
            Some(status) => self.of.contains(&status).into(),
            None => Truth::Unknown,
        };
        let known = &mut self.strongest[party.index()];
        match known {
            _ if holds == Truth::False => {}
            Some(known) if known.holds == holds => known.count += 1,
            Some(known) if known.holds > holds => {}
            _ => {
                *known = Some(Linked {
                    holds,
                    other,
                    relationship,
                    count: 1,
                });
            }
        }
    }
}
