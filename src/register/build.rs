//! Building a register: rows come in runs, column by column, and references are resolved when all are in.

use hashbrown::HashMap;
use rayon::prelude::*;

use super::rows::{FIXED, Implied, Named, PartyRows, Rejected, RelationshipRows};
use super::supports::{self, SupportsFault};
use super::{
    Cells, Column, Parties, PartyId, Place, Places, Register, RelationshipId, Relationships,
    SupportList, Texts, Value,
};

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
    /// What relationships support whose cell is blank.
    supports: HashMap<RelationshipId, SupportList>,
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

    /// Adds listed parties; all of them come before the first relationship. Gives the rows whose id is taken.
    pub fn parties(&mut self, mut rows: PartyRows) -> Vec<Rejected> {
        let before = self.parties.len();
        let taken = self.parties.ids.append(&rows.ids, rows.rising);
        let mut rejected = Vec::new();
        let mut fillings = Vec::new();
        if !taken.is_empty() {
            let stands = standing(rows.ids.len(), &taken);
            for &(row, first) in &taken {
                let repeats = match rows.fills {
                    true => {
                        let (filled, contradicts) = self.fill(&rows, row, first as usize, &stands);
                        fillings.extend(filled.into_iter().map(|cell| (cell, rejected.len())));
                        !contradicts
                    }
                    false => self.is_same_party(&rows, row, first as usize),
                };
                let places = (&self.parties.places, &rows.places);
                rejected.push(rejection(&rows.ids, places, row, first, before, repeats));
            }
            self.parties.ids.truncate(before);
            rows.retain(&stands);
            self.parties.ids.append(&rows.ids, rows.rising);
        }
        self.parties.names.append(&rows.names);
        self.parties.places.append(&rows.places);
        for (column, cells) in self.party_columns().into_iter().zip(rows.cells()) {
            column.append(before, cells);
        }
        for ((column, party, code), row) in fillings {
            let mut columns = self.party_columns();
            // Of several rows that fill a cell the first does.
            match columns[column].code(party) {
                0 => columns[column].put(party, code),
                filled => rejected[row].repeats &= columns[column].is_same(filled, code),
            }
        }
        self.parties.listed = self.parties.len();
        rejected
    }

    /// The columns of parties: names in their own script, owners, facts.
    fn party_columns(&mut self) -> Vec<&mut Column> {
        let fixed = [&mut self.local_name, &mut self.owner];
        fixed.into_iter().chain(&mut self.party_facts).collect()
    }

    /// What a row fills of the row that took its id: column, party and code; and whether it contradicts that row.
    fn fill(
        &self,
        rows: &PartyRows,
        row: usize,
        first: usize,
        stands: &[bool],
    ) -> (Vec<(usize, usize, u32)>, bool) {
        let before = self.parties.names.len();
        let party = match first.checked_sub(before) {
            Some(first) => before + stands[..first].iter().filter(|stands| **stands).count(),
            None => first,
        };
        let columns = [&self.local_name, &self.owner]
            .into_iter()
            .chain(&self.party_facts);
        let (mut fillings, mut contradicts) = (Vec::new(), false);
        for (at, (column, cells)) in columns.zip(rows.cells()).enumerate() {
            match (code(column, cells, first, before), cells.code(row)) {
                (_, 0) => {}
                (0, filling) => fillings.push((at, party, filling)),
                (stands, other) => contradicts |= !column.is_same(stands, other),
            }
        }
        (fillings, contradicts)
    }

    fn is_same_party(&self, rows: &PartyRows, row: usize, first: usize) -> bool {
        let before = self.parties.names.len();
        let name = match first.checked_sub(before) {
            Some(first) => rows.names.get(first),
            None => self.parties.names.get(first),
        };
        let columns = [&self.local_name, &self.owner]
            .into_iter()
            .chain(&self.party_facts);
        let mut cells = columns.zip(rows.cells());
        name == rows.names.get(row)
            && cells.all(|(column, cells)| {
                column.is_same(cells.code(row), code(column, cells, first, before))
            })
    }

    /// Gives the names of all tables, by position, because rows of relationships stand in several of them.
    pub fn name_tables(&mut self, tables: Vec<String>) {
        self.relationships.tables = tables;
    }

    /// Makes finding parties fast, once all rows of parties are in.
    pub fn index_parties(&mut self) {
        self.parties.ids.make_fast();
    }

    /// The party with this id, if there is one so far.
    pub fn find_party(&self, id: &str) -> Option<PartyId> {
        self.parties.find(id)
    }

    /// The party with each of many ids, if there is one so far.
    pub fn find_parties(&self, ids: &Texts) -> Vec<Option<PartyId>> {
        let found = self.parties.ids.find_all(ids).into_iter();
        found.map(|position| position.map(PartyId)).collect()
    }

    /// Adds relationships; a party that no row lists is implied. Gives the rows whose id is taken and the parties
    /// implied, both in the order of the rows.
    pub fn relationships(&mut self, mut rows: RelationshipRows) -> (Vec<Rejected>, Vec<Implied>) {
        let before = self.relationships.len();
        let taken = self.relationships.ids.append(&rows.ids, rows.rising);
        let mut rejected = Vec::new();
        if !taken.is_empty() {
            for &(row, first) in &taken {
                let repeats = self.is_same_relationship(&rows, row, first as usize);
                let places = (&self.relationships.places, &rows.places);
                rejected.push(rejection(&rows.ids, places, row, first, before, repeats));
            }
            let stands = standing(rows.ids.len(), &taken);
            self.relationships.ids.truncate(before);
            rows.retain(&stands);
            self.relationships.ids.append(&rows.ids, rows.rising);
        }
        self.relationships.places.append(&rows.places);
        let facts = self.relationship_facts.iter_mut().zip(&rows.facts);
        let columns: Vec<_> = self
            .fixed
            .iter_mut()
            .zip(&rows.fixed)
            .chain(facts)
            .collect();
        let (parties, relationships) = (&mut self.parties, &mut self.relationships);
        let append = |(column, cells): (&mut Column, &Cells)| column.append(before, cells);
        let (implied, ()) = rayon::join(
            || enter_ends(parties, relationships, &rows),
            || columns.into_par_iter().for_each(append),
        );
        (rejected, implied)
    }

    fn is_same_relationship(&self, rows: &RelationshipRows, row: usize, first: usize) -> bool {
        let before = self.relationships.customers.len();
        let id = |named: Named| match named {
            Named::Known(party) => self.parties.id(party),
            Named::Unknown(position) => rows.unknown.get(position as usize),
        };
        let ends = match first.checked_sub(before) {
            Some(first) => rows.parties[first].map(id),
            None => [&self.relationships.customers, &self.relationships.suppliers]
                .map(|ends| self.parties.id(ends[first])),
        };
        let fixed = self.fixed.iter().zip(&rows.fixed);
        let mut cells = fixed.chain(self.relationship_facts.iter().zip(&rows.facts));
        ends == rows.parties[row].map(id)
            && cells.all(|(column, cells)| {
                column.is_same(cells.code(row), code(column, cells, first, before))
            })
    }

    /// Gives listed parties without a local name the name and the local name that `split` finds in their name.
    pub fn split_names(&mut self, split: impl Fn(&str) -> Option<[String; 2]> + Sync) {
        let parties = &self.parties;
        if parties.names.is_ascii() && parties.ids.is_ascii() {
            return;
        }
        let halves = |at: usize| {
            let is_blank = self.local_name.get(at) == &Value::Blank;
            let name = parties.name(PartyId(at as u32));
            Some((at, split(name).filter(|_| is_blank)?))
        };
        let listed = (0..parties.listed).into_par_iter();
        let found: Vec<(usize, [String; 2])> = listed.filter_map(halves).collect();
        if found.is_empty() {
            return;
        }
        let mut found = found.into_iter().peekable();
        let mut names = Texts::default();
        for (at, name) in parties.names.iter().enumerate() {
            match found.next_if(|(split, _)| *split == at) {
                Some((_, [latin, local])) => {
                    names.push(&latin);
                    let code = self.local_name.define(Value::Text(local.into()));
                    self.local_name.put(at, code);
                }
                None => names.push(name),
            }
        }
        self.parties.names = names;
    }

    /// Takes every party as listed, because parties come from the names in relationships.
    pub fn list_all_parties(&mut self) {
        self.parties.listed = self.parties.len();
    }

    /// How many parties there are so far.
    pub fn party_count(&self) -> usize {
        self.parties.len()
    }

    /// The `id` or `name` of a party.
    pub fn party_text(&self, party: PartyId, column: &str) -> &str {
        match column {
            "name" => self.parties.name(party),
            _ => self.parties.id(party),
        }
    }

    /// The name that the party's row gives; blank where it gives none.
    pub fn given_name(&self, party: PartyId) -> &str {
        self.parties.names.get(party.index())
    }

    /// Where a party's row stands.
    pub fn party_place(&self, party: PartyId) -> Option<Place> {
        self.parties.place(party)
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

    /// Says what a relationship supports, should its cell be blank.
    pub fn support(&mut self, relationship: RelationshipId, list: SupportList) {
        self.supports.insert(relationship, list);
    }

    /// The party with this id, which is implied if there is none so far; and whether it is.
    pub fn party(&mut self, id: &str) -> (PartyId, bool) {
        match self.parties.find(id) {
            Some(party) => (party, false),
            None => (imply(&mut self.parties, id), true),
        }
    }

    /// Says who owns a party; gives the owner's id that it has already, if it is another.
    pub fn own(&mut self, party: PartyId, owner: &str) -> Option<&str> {
        if self.owner.get(party.index()) == &Value::Blank {
            let code = self.owner.define(Value::Text(owner.into()));
            self.owner.put(party.index(), code);
        }
        let has = self.owner.get(party.index()).text();
        has.filter(|has| *has != owner)
    }

    /// Whether some relationship is called so.
    pub fn has_relationship(&self, id: &str) -> bool {
        self.relationships.find(id).is_some()
    }

    /// How many relationships were taken so far.
    pub fn relationship_count(&self) -> usize {
        self.relationships.len()
    }

    /// Customer and supplier of a relationship.
    pub fn ends(&self, relationship: RelationshipId) -> [PartyId; 2] {
        let at = relationship.index();
        [
            self.relationships.customers[at],
            self.relationships.suppliers[at],
        ]
    }

    /// Where a relationship's row stands.
    pub fn place(&self, relationship: RelationshipId) -> Option<Place> {
        self.relationships.places.get(relationship.index())
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
        let faults = supports::resolve(&mut register, &supports, self.supports);
        (register, faults, orphans)
    }

    fn resolve_owners(&mut self) -> Vec<(PartyId, String)> {
        let mut orphans = Vec::new();
        for party in self.parties.iter() {
            let owner = self.owner.get(party.index()).text();
            let owner = owner.filter(|owner| !owner.eq_ignore_ascii_case("none"));
            // Some registers say so of a party that nobody owns.
            let owner = owner.filter(|owner| *owner != self.parties.id(party));
            let found = owner.and_then(|owner| self.parties.find(owner));
            if let (Some(owner), None) = (owner, found) {
                orphans.push((party, owner.to_owned()));
            }
            self.parties.owners.push(found);
        }
        orphans
    }
}

/// Enters customers and suppliers, and gives those that no row lists.
fn enter_ends(
    parties: &mut Parties,
    relationships: &mut Relationships,
    rows: &RelationshipRows,
) -> Vec<Implied> {
    let mut implied = Vec::new();
    for (row, ends) in rows.parties.iter().enumerate() {
        let [customer, supplier] = [0, 1].map(|end| match ends[end] {
            Named::Known(party) => party,
            Named::Unknown(position) => {
                let id = rows.unknown.get(position as usize);
                parties.find(id).unwrap_or_else(|| {
                    let party = imply(parties, id);
                    let (place, supplies) = (rows.places.get(row), end == 1);
                    implied.extend(place.map(|place| Implied {
                        party,
                        place,
                        supplies,
                    }));
                    party
                })
            }
        });
        relationships.customers.push(customer);
        relationships.suppliers.push(supplier);
    }
    implied
}

/// Adds a party that no row lists.
fn imply(parties: &mut Parties, id: &str) -> PartyId {
    let party = PartyId(parties.len() as u32);
    parties.ids.push(id);
    parties.names.push("");
    party
}

/// The code of the row that took an id: in the column, or among the cells that are about to follow it.
fn code(column: &Column, cells: &Cells, first: usize, before: usize) -> u32 {
    match first.checked_sub(before) {
        Some(first) => cells.code(first),
        None => column.code(first),
    }
}

fn rejection(
    ids: &Texts,
    (before_it, with_it): (&Places, &Places),
    row: usize,
    first: u32,
    before: usize,
    repeats: bool,
) -> Rejected {
    let nowhere = Place { table: 0, row: 0 };
    let first = match (first as usize).checked_sub(before) {
        Some(first) => with_it.get(first),
        None => before_it.get(first as usize),
    };
    Rejected {
        place: with_it.get(row).unwrap_or(nowhere),
        id: ids.get(row).to_owned(),
        first: first.unwrap_or(nowhere),
        repeats,
    }
}

/// Which rows stand: those whose id is not taken.
fn standing(rows: usize, taken: &[(usize, u32)]) -> Vec<bool> {
    let mut stands = vec![true; rows];
    for &(row, _) in taken {
        stands[row] = false;
    }
    stands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_id_is_told_from_a_repeat() {
        let mut builder = Builder::new(0);
        let mut rows = RelationshipRows::default();
        for (row, (id, supplier)) in (2..).zip([("R1", "A"), ("R1", "A"), ("R1", "B"), ("", "B")]) {
            rows.push(Place { table: 0, row }, id, ["O", supplier]);
        }
        let (rejected, implied) = builder.relationships(rows);
        let rejected: Vec<_> = rejected
            .iter()
            .map(|r| (r.place.row, r.first.row, r.repeats))
            .collect();
        assert_eq!(rejected, [(3, 2, true), (4, 2, false)]);
        let implied: Vec<_> = implied.iter().map(|i| (i.place.row, i.supplies)).collect();
        assert_eq!(implied, [(2, false), (2, true), (5, true)]);
        assert_eq!(builder.relationship_count(), 2);
        let mut rows = RelationshipRows::default();
        rows.push(Place { table: 0, row: 9 }, "R1", ["O", "A"]);
        let (rejected, _) = builder.relationships(rows);
        assert_eq!((rejected[0].first.row, rejected[0].repeats), (2, true));
    }
}
