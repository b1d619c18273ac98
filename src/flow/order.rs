//! The order in which parties are shown.

use rayon::prelude::*;

use super::Flow;
use crate::register::{Parties, PartyId};

/// Every party by the bytes of its id, and the rank of each in that order.
#[derive(Debug)]
pub(super) struct ById(pub(super) Vec<PartyId>, Vec<u32>);

impl ById {
    fn new(parties: &Parties) -> ById {
        // Most ids differ in their first bytes, so that few have to be fetched again to be compared.
        let first_bytes = |party: PartyId| {
            let id = parties.id(party).as_bytes();
            let mut first = [0; 8];
            let count = id.len().min(first.len());
            first[..count].copy_from_slice(&id[..count]);
            u64::from_be_bytes(first)
        };
        let mut order: Vec<(u64, PartyId)> = parties
            .iter()
            .map(|party| (first_bytes(party), party))
            .collect();
        order.par_sort_by(|(a, x), (b, y)| {
            let ids = || parties.id(*x).cmp(parties.id(*y));
            a.cmp(b).then_with(ids)
        });
        let order: Vec<PartyId> = order.into_iter().map(|(_, party)| party).collect();
        let mut ranks = vec![0; order.len()];
        for (party, rank) in order.iter().zip(0..) {
            ranks[party.index()] = rank;
        }
        ById(order, ranks)
    }
}

impl Flow<'_> {
    pub(super) fn by_id(&self) -> &ById {
        self.by_id.get_or_init(|| ById::new(&self.register.parties))
    }

    /// Every party by the bytes of its id.
    pub(crate) fn parties_by_id(&self) -> impl Iterator<Item = PartyId> + '_ {
        self.by_id().0.iter().copied()
    }

    /// The rank of a party by the bytes of its id.
    pub(crate) fn rank(&self, party: PartyId) -> u32 {
        self.by_id().1[party.index()]
    }
}
