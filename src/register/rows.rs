//! Rows as a builder takes them: in runs, column by column.

use super::{Cells, PartyId, Place, Places, Texts};

/// A run of rows of parties, column by column.
#[derive(Debug, Default)]
pub struct PartyRows {
    /// The ids; none blank.
    pub ids: Texts,
    /// Whether each id is greater than the one before.
    pub rising: bool,
    /// The names.
    pub names: Texts,
    /// Cells of [`Builder::local_name`](super::Builder::local_name).
    pub local_name: Cells,
    /// Cells of [`Builder::owner`](super::Builder::owner).
    pub owner: Cells,
    /// Cells of [`Builder::party_facts`](super::Builder::party_facts), by position.
    pub facts: Vec<Cells>,
    /// Whether rows whose id is taken fill what the first row leaves blank.
    pub fills: bool,
    /// Where the rows stand.
    pub places: Places,
}

/// A run of rows of relationships, column by column.
#[derive(Debug, Default)]
pub struct RelationshipRows {
    /// The ids; blank where a row has none.
    pub ids: Texts,
    /// Whether each id is greater than the one before.
    pub rising: bool,
    /// Customer and supplier.
    pub parties: Vec<[Named; 2]>,
    /// Ids of customers and suppliers that were no parties yet; none blank.
    pub unknown: Texts,
    /// Cells of [`Builder::fixed`](super::Builder::fixed), by position.
    pub fixed: [Cells; FIXED],
    /// Cells of [`Builder::relationship_facts`](super::Builder::relationship_facts), by position.
    pub facts: Vec<Cells>,
    /// Where the rows stand.
    pub places: Places,
}

/// A party as a row of relationships names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// One that is known.
    Known(PartyId),
    /// A position in [`RelationshipRows::unknown`].
    Unknown(u32),
}

/// Fixed columns of relationships that are coded: see [`Builder::fixed`](super::Builder::fixed).
pub(crate) const FIXED: usize = 7;

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Where it stands.
    pub place: Place,
    /// Its id.
    pub id: String,
    /// Where the row stands that took the id.
    pub first: Place,
    /// Whether it repeats that row exactly; of rows that fill others, whether it says nothing else than that row.
    pub repeats: bool,
}

/// A party that rows of relationships name and no row lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Implied {
    /// The party.
    pub party: PartyId,
    /// The first row that names it.
    pub place: Place,
    /// Whether that row names it as the supplier.
    pub supplies: bool,
}

fn retained(texts: &Texts, stands: &[bool]) -> Texts {
    let mut left = Texts::default();
    let standing = texts.iter().zip(stands).filter(|(_, stands)| **stands);
    standing.for_each(|(text, _)| left.push(text));
    left
}

impl PartyRows {
    /// Their cells: names in their own script, owners, facts.
    pub(super) fn cells(&self) -> impl Iterator<Item = &Cells> {
        [&self.local_name, &self.owner]
            .into_iter()
            .chain(&self.facts)
    }

    /// Keeps the rows that are to stand.
    pub(super) fn retain(&mut self, stands: &[bool]) {
        self.ids = retained(&self.ids, stands);
        self.names = retained(&self.names, stands);
        self.places.retain(stands);
        let texts = [&mut self.local_name, &mut self.owner];
        self.facts
            .iter_mut()
            .chain(texts)
            .for_each(|cells| cells.retain(stands));
    }
}

impl RelationshipRows {
    /// Keeps the rows that are to stand.
    pub(super) fn retain(&mut self, stands: &[bool]) {
        self.ids = retained(&self.ids, stands);
        self.places.retain(stands);
        let mut flags = stands.iter();
        self.parties
            .retain(|_| flags.next().copied().unwrap_or(false));
        self.fixed
            .iter_mut()
            .chain(&mut self.facts)
            .for_each(|cells| cells.retain(stands));
    }
}

#[cfg(test)]
impl RelationshipRows {
    /// Appends a row whose parties are given by id.
    pub(super) fn push(&mut self, place: Place, id: &str, ends: [&str; 2]) {
        self.places.push(place);
        self.ids.push(id);
        self.parties.push(ends.map(|end| {
            self.unknown.push(end);
            Named::Unknown(self.unknown.len() as u32 - 1)
        }));
    }
}
