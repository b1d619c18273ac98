//! Building a register: rows come in one by one, and references are resolved when all are in.

use super::supports::{self, SupportsFault};
use super::{Column, Parties, PartyId, Place, Register, RelationshipId, Relationships};

/// A row of parties: its cells as codes of the builder's columns.
#[derive(Debug, Clone)]
pub struct PartyRow<'a> {
    /// The id; never blank.
    pub id: &'a str,
    /// The name.
    pub name: &'a str,
    /// Code in [`Builder::local_name`].
    pub local_name: u32,
    /// Code in [`Builder::owner`].
    pub owner: u32,
    /// Codes in [`Builder::party_facts`], by position.
    pub facts: &'a [u32],
    /// Where the row stands.
    pub place: Place,
}

/// A row of relationships: its cells as codes of the builder's columns.
#[derive(Debug, Clone)]
pub struct RelationshipRow<'a> {
    /// The id; blank where the row has none.
    pub id: &'a str,
    /// The customer's id; never blank.
    pub customer: &'a str,
    /// The supplier's id; never blank.
    pub supplier: &'a str,
    /// Codes in [`Builder::fixed`], by position.
    pub fixed: [u32; FIXED],
    /// Codes in [`Builder::relationship_facts`], by position.
    pub facts: &'a [u32],
    /// Where the row stands.
    pub place: Place,
}

/// Fixed columns of relationships that are coded: see [`Builder::fixed`].
pub(crate) const FIXED: usize = 7;

/// Why a row was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejected {
    /// It repeats the row at this place exactly.
    Repeated(Place),
    /// Its id is taken by the row at this place, which has other content.
    Taken(Place),
}

/// A register that is being read.
#[derive(Debug, Default)]
pub struct Builder {
    /// Names of parties in their own script: texts.
    pub local_name: Column,
    /// Ids of owners: texts.
    pub owner: Column,
    /// Facts of parties, by position in the policy.
    pub party_facts: Vec<Column>,
    /// `supports` (texts), `contract` (texts), `criticality`, `amount`, `currency` (texts), `starts`, `ends`.
    pub fixed: [Column; FIXED],
    /// Facts of relationships, by position in the policy.
    pub relationship_facts: Vec<Column>,
    parties: Parties,
    relationships: Relationships,
}

impl Builder {
    /// Position of `supports` in [`Builder::fixed`].
    pub const SUPPORTS: usize = 0;
    /// Position of `contract`.
    pub const CONTRACT: usize = 1;
    /// Position of `criticality`.
    pub const CRITICALITY: usize = 2;
    /// Position of `amount`.
    pub const AMOUNT: usize = 3;
    /// Position of `currency`.
    pub const CURRENCY: usize = 4;
    /// Position of `starts`.
    pub const STARTS: usize = 5;
    /// Position of `ends`.
    pub const ENDS: usize = 6;

    /// A builder for a policy with this many facts.
    pub fn new(facts: usize) -> Builder {
        let columns = || vec![Column::default(); facts];
        Builder {
            party_facts: columns(),
            relationship_facts: columns(),
            ..Builder::default()
        }
    }

    /// Adds a listed party; all of them come before the first relationship.
    pub fn party(&mut self, row: &PartyRow) -> Result<PartyId, Rejected> {
        if let Some(first) = self.parties.find(row.id) {
            let same = self.parties.names.get(first.index()) == row.name
                && self.local_name.code(first.index()) == row.local_name
                && self.owner.code(first.index()) == row.owner
                && same_codes(&self.party_facts, first.index(), row.facts);
            return Err(rejected(
                same,
                self.parties.places.get(first.index()),
                row.place,
            ));
        }
        let party = self.enter_party(row.id, row.name);
        self.parties.listed = self.parties.len();
        self.parties.places.push(row.place);
        self.local_name.put(party.index(), row.local_name);
        self.owner.put(party.index(), row.owner);
        for (column, &code) in self.party_facts.iter_mut().zip(row.facts) {
            column.put(party.index(), code);
        }
        Ok(party)
    }

    /// The party with this id, if there is one so far.
    pub fn find_party(&self, id: &str) -> Option<PartyId> {
        self.parties.find(id)
    }

    /// Adds a relationship; a party that no row lists is implied. The flags say which of customer and supplier is new.
    pub fn relationship(
        &mut self,
        row: &RelationshipRow,
    ) -> Result<(RelationshipId, [bool; 2]), Rejected> {
        let relationships = &self.relationships;
        if let Some(first) = relationships.index.find(&relationships.ids, row.id) {
            let at = first as usize;
            let same = self.parties.id(relationships.customers[at]) == row.customer
                && self.parties.id(relationships.suppliers[at]) == row.supplier
                && same_codes(&self.fixed, at, &row.fixed)
                && same_codes(&self.relationship_facts, at, row.facts);
            return Err(rejected(same, relationships.places.get(at), row.place));
        }
        let (customer, new_customer) = self.find_or_imply(row.customer);
        let (supplier, new_supplier) = self.find_or_imply(row.supplier);
        let relationships = &mut self.relationships;
        let position = relationships.customers.len();
        relationships.ids.push(row.id);
        if !row.id.is_empty() {
            relationships
                .index
                .insert(&relationships.ids, position as u32);
        }
        relationships.customers.push(customer);
        relationships.suppliers.push(supplier);
        relationships.places.push(row.place);
        for (column, code) in self.fixed.iter_mut().zip(row.fixed) {
            column.put(position, code);
        }
        for (column, &code) in self.relationship_facts.iter_mut().zip(row.facts) {
            column.put(position, code);
        }
        Ok((
            RelationshipId(position as u32),
            [new_customer, new_supplier],
        ))
    }

    /// Takes every party as listed, because parties come from the names in relationships.
    pub fn list_all_parties(&mut self) {
        self.parties.listed = self.parties.len();
    }

    /// How many parties there are so far.
    pub fn parties(&self) -> usize {
        self.parties.len()
    }

    /// The `id` or `name` of a party.
    pub fn party_text(&self, party: PartyId, column: &str) -> &str {
        match column {
            "name" => self.parties.name(party),
            _ => self.parties.id(party),
        }
    }

    /// The `id`, `customer`, `supplier` or `contract` of a relationship.
    pub fn relationship_text(&self, relationship: RelationshipId, column: &str) -> &str {
        let at = relationship.index();
        match column {
            "customer" => self.parties.id(self.relationships.customers[at]),
            "supplier" => self.parties.id(self.relationships.suppliers[at]),
            "contract" => self.fixed[Builder::CONTRACT]
                .get(at)
                .text()
                .unwrap_or_default(),
            _ => self.relationships.ids.get(at),
        }
    }

    /// How many relationships were taken so far.
    pub fn relationships(&self) -> usize {
        self.relationships.len()
    }

    /// The register; with it the names in `supports` cells that were not understood, in register order, and the parties
    /// whose owner is no party.
    pub fn finish(mut self) -> (Register, Vec<SupportsFault>, Vec<(PartyId, String)>) {
        let orphans = self.resolve_owners();
        let [
            supports,
            contract,
            criticality,
            amount,
            currency,
            starts,
            ends,
        ] = self.fixed;
        self.parties.local_names = self.local_name;
        self.parties.facts = self.party_facts;
        let relationships = Relationships {
            contract,
            criticality,
            amount,
            currency,
            starts,
            ends,
            facts: self.relationship_facts,
            ..self.relationships
        };
        let mut register = Register {
            parties: self.parties,
            relationships,
            evidence: Vec::new(),
        };
        let faults = supports::resolve(&mut register, &supports);
        (register, faults, orphans)
    }

    fn enter_party(&mut self, id: &str, name: &str) -> PartyId {
        let party = PartyId(self.parties.len() as u32);
        self.parties.ids.push(id);
        self.parties.names.push(name);
        self.parties.index.insert(&self.parties.ids, party.0);
        party
    }

    fn find_or_imply(&mut self, id: &str) -> (PartyId, bool) {
        match self.parties.find(id) {
            Some(party) => (party, false),
            None => (self.enter_party(id, ""), true),
        }
    }

    fn resolve_owners(&mut self) -> Vec<(PartyId, String)> {
        let mut orphans = Vec::new();
        for party in self.parties.iter() {
            let owner = self.owner.get(party.index()).text();
            let owner = owner.filter(|owner| !owner.eq_ignore_ascii_case("none"));
            let found = owner.and_then(|owner| self.parties.find(owner));
            if let (Some(owner), None) = (owner, found) {
                orphans.push((party, owner.to_owned()));
            }
            self.parties.owners.push(found);
        }
        orphans
    }
}

fn same_codes(columns: &[Column], position: usize, codes: &[u32]) -> bool {
    columns
        .iter()
        .zip(codes)
        .all(|(column, &code)| column.code(position) == code)
}

fn rejected(same: bool, first: Option<Place>, row: Place) -> Rejected {
    let first = first.unwrap_or(row);
    if same {
        Rejected::Repeated(first)
    } else {
        Rejected::Taken(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_id_is_told_from_a_repeat() {
        let mut builder = Builder::new(0);
        let place = |row| Place { table: 0, row };
        let mut add = |id, supplier, row| {
            let place = place(row);
            let row = RelationshipRow {
                id,
                customer: "O",
                supplier,
                fixed: [0; FIXED],
                facts: &[],
                place,
            };
            builder.relationship(&row).map(|(id, _)| id)
        };
        assert_eq!(add("R1", "A", 2), Ok(RelationshipId(0)));
        assert_eq!(add("R1", "A", 3), Err(Rejected::Repeated(place(2))));
        assert_eq!(add("R1", "B", 4), Err(Rejected::Taken(place(2))));
        assert_eq!(add("", "B", 5), Ok(RelationshipId(1)));
    }
}
