//! Supply chains that a register gives by rank: of a contract and a service, the supplier at each rank and whom it
//! supplies, who is the supplier at the rank before.
//!
//! So `supports` is known: a delivery at a rank helps those deliveries of its customer that are one rank nearer, of the same
//! contract and service.

use std::collections::HashMap;

use super::fields::{Field, Headings};
use super::names::Names;
use super::records::Record;
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};
use crate::register::{Builder, PartyId, RelationshipId, SupportList};

/// The columns that say where in its chain a relationship stands.
pub(super) struct Columns {
    rank: Field,
    service: Option<Field>,
    contract: Field,
    /// Whether rows at the first rank only confirm what another table states.
    confirms: bool,
}

/// Where in its chain a row stands.
pub(super) struct Link {
    /// The contract and the service.
    chain: String,
    rank: u32,
}

/// A row that says who supplies directly, but not whom.
pub(super) struct Direct {
    chain: String,
    supplier: String,
    row: u32,
}

/// The chains of a register.
#[derive(Default)]
pub(super) struct Chains {
    /// The contracts and services, and the number of each.
    chains: Vec<String>,
    numbers: HashMap<String, u32>,
    links: Vec<(RelationshipId, u32, u32)>,
    /// The deliveries by chain and supplier, each with its rank.
    deliveries: HashMap<(u32, PartyId), Vec<(u32, RelationshipId)>>,
    direct: Vec<(Direct, FileId, String)>,
    /// Whether some table has nothing but the first rank.
    has_first: bool,
}

impl Columns {
    /// The columns, where the mapping names a rank.
    pub(super) fn find(
        headings: &mut Headings,
        contract: &Field,
        chains: &mut Chains,
    ) -> Option<Columns> {
        let rank = headings.mapped_field("rank")?;
        let confirms = chains.has_first;
        chains.has_first |= rank.constant() == Some("1");
        Some(Columns {
            rank,
            service: headings.mapped_field("service"),
            contract: contract.clone(),
            confirms,
        })
    }

    /// Tells a rank that is no number from 1.
    pub(super) fn inspect(&self, record: &Record, file: FileId, told: &mut Diagnostics) {
        let text = self.rank.text(record);
        if !text.is_empty() && rank(&text).is_none() {
            let fault = Fault::new(Code::BadNumber, file).column(&self.rank.heading);
            told.add(fault.text(&*text), record.row);
        }
    }

    /// Where a row stands; none where it does not say.
    pub(super) fn link(&self, record: &Record) -> Option<Link> {
        let rank = rank(&self.rank.text(record))?;
        let contract = self.contract.name(record);
        let service = self.service.as_ref().map(|field| field.text(record));
        let chain = chain(&contract, service.as_deref());
        Some(Link { chain, rank })
    }

    /// The row, if it names a direct supplier and is no relationship of its own.
    pub(super) fn direct(
        &self,
        record: &Record,
        [customer, supplier]: [&str; 2],
    ) -> Option<Direct> {
        let names_nobody = customer.is_empty() || customer == supplier;
        let link = self.link(record)?;
        let is_it = link.rank == 1 && (self.confirms || names_nobody) && !supplier.is_empty();
        is_it.then(|| Direct {
            chain: link.chain,
            supplier: supplier.to_owned(),
            row: record.row,
        })
    }
}

/// A rank as a cell has it; the first is 1.
fn rank(cell: &str) -> Option<u32> {
    cell.parse().ok().filter(|rank| *rank > 0)
}

/// What a chain is called: its contract and its service.
pub(super) fn chain(contract: &str, service: Option<&str>) -> String {
    match service {
        Some(service) => format!("{contract} {service}"),
        None => contract.to_owned(),
    }
}

impl Chains {
    fn number(&mut self, chain: String) -> u32 {
        let next = self.chains.len() as u32;
        let number = *self.numbers.entry(chain.clone()).or_insert(next);
        if number == next {
            self.chains.push(chain);
        }
        number
    }

    /// Adds a relationship that was taken.
    pub(super) fn add(&mut self, relationship: RelationshipId, supplier: PartyId, link: Link) {
        let chain = self.number(link.chain);
        self.links.push((relationship, chain, link.rank));
        let key = (chain, supplier);
        let deliveries = self.deliveries.entry(key).or_default();
        deliveries.push((link.rank, relationship));
    }

    /// The deliveries of a supplier in a chain.
    pub(super) fn find(&self, chain: &str, supplier: PartyId) -> Vec<RelationshipId> {
        let found = self.numbers.get(chain);
        let found = found.and_then(|&chain| self.deliveries.get(&(chain, supplier)));
        let found = found.into_iter().flatten();
        found.map(|&(_, relationship)| relationship).collect()
    }

    /// The deliveries of a supplier in a chain at a rank.
    fn at_rank(&self, chain: u32, rank: u32, supplier: PartyId) -> Vec<RelationshipId> {
        let found = self
            .deliveries
            .get(&(chain, supplier))
            .into_iter()
            .flatten();
        let found = found.filter(|(at, _)| *at == rank);
        found.map(|&(_, relationship)| relationship).collect()
    }

    /// Adds rows of a block that so many rows come before.
    pub(super) fn add_direct(
        &mut self,
        rows: Vec<Direct>,
        rows_before: u32,
        file: FileId,
        heading: &str,
    ) {
        for mut direct in rows {
            direct.row += rows_before;
            self.direct.push((direct, file, heading.to_owned()));
        }
    }

    /// Says of each relationship what it supports, and tells those of which nothing at the rank before is known; gives the
    /// table of each row that is set aside.
    pub(super) fn resolve(
        &mut self,
        builder: &mut Builder,
        names: Option<&Names>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<FileId> {
        for &(relationship, chain, rank) in self.links.iter().filter(|(_, _, rank)| *rank > 1) {
            let [customer, _] = builder.ends(relationship);
            let relationships = self.at_rank(chain, rank - 1, customer);
            if !relationships.is_empty() {
                let list = SupportList {
                    relationships,
                    parties: Vec::new(),
                    complete: true,
                };
                builder.support(relationship, list);
            } else if let Some(place) = builder.place(relationship) {
                let fault = Fault::new(Code::UnresolvedRank, FileId(place.table));
                let fault = fault.text(builder.party_text(customer, "id"));
                let before = format!("{}, {}", self.chains[chain as usize], rank - 1);
                diagnostics.add(fault.other(before), place.row);
            }
        }
        let party = |id: &str| match names {
            Some(names) => builder.find_party(names.find(id)?),
            None => builder.find_party(id),
        };
        let mut set_aside = Vec::new();
        for (direct, file, heading) in std::mem::take(&mut self.direct) {
            let chain = self.numbers.get(&direct.chain).copied();
            let supplier = party(&direct.supplier);
            let is_stated = |(chain, supplier)| !self.at_rank(chain, 1, supplier).is_empty();
            if !chain.zip(supplier).is_some_and(is_stated) {
                let fault = Fault::new(Code::UnresolvedDirect, file).column(heading);
                let fault = fault.text(direct.supplier).other(direct.chain);
                diagnostics.add(fault, direct.row);
                set_aside.push(file);
            }
        }
        set_aside
    }
}
