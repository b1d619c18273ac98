//! The parties of a register that is being read.

use rayon::prelude::*;

use super::{Builder, code, rejection, standing};
use crate::register::rows::{PartyRows, Rejected};
use crate::register::{Column, Parties, PartyId, Place, Texts, Value};

impl Builder {
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

    /// Resolves owners; gives the parties whose owner is no party.
    pub(super) fn resolve_owners(&mut self) -> Vec<(PartyId, String)> {
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

/// Adds a party that no row lists.
pub(super) fn imply(parties: &mut Parties, id: &str) -> PartyId {
    let party = PartyId(parties.len() as u32);
    parties.ids.push(id);
    parties.names.push("");
    party
}
