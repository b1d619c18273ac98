//! What a register is: parties, relationships and evidence, with every reference proven intact.
//!
//! A [`Register`] is built once by a [`Builder`] and never changes. Parties and relationships are dense integers; their
//! facts are columns of small codes into a dictionary of distinct values. Which facts there are, and in what order, is
//! the caller's matter: a column stands at the position that the caller's policy gives its fact.

mod build;
mod column;
mod edit;
mod evidence;
mod ids;
mod index;
mod numbers;
mod places;
mod reword;
mod rows;
mod slots;
mod supports;
mod texts;

use jiff::civil::Date;

use ids::Ids;

pub use build::Builder;
pub use column::{Cells, Codes, Column, Value};
pub use edit::{Edit, NewScope};
pub use evidence::{Dated, Evidence, EvidenceScope, EvidenceStatus, Shows};
pub use index::Dictionary;
pub use places::{Place, Places};
pub use reword::Wording;
pub(crate) use rows::FIXED;
pub use rows::{Implied, Named, PartyRows, Rejected, RelationshipRows};
pub use supports::SupportsFault;
pub use texts::Texts;

/// A party of the register.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyId(pub u32);

/// A relationship of the register, in register order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationshipId(pub u32);

impl PartyId {
    /// The position in every column of parties.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl RelationshipId {
    /// The position in every column of relationships.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The words that grade how much hangs on a relationship, rising.
pub const CRITICALITIES: [&str; 4] = ["low", "medium", "high", "critical"];

/// A whole register.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// The parties: those that rows list, then those that relationships imply.
    pub parties: Parties,
    /// The relationships, in register order, whether active or not.
    pub relationships: Relationships,
    /// The evidence, in register order.
    pub evidence: Vec<Evidence>,
}

/// The columns of parties.
#[derive(Debug, Clone, Default)]
pub struct Parties {
    ids: Ids,
    names: Texts,
    local_names: Column,
    owners: Vec<Option<PartyId>>,
    facts: Vec<Column>,
    places: Places,
    listed: usize,
}

impl Parties {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every party.
    pub fn iter(&self) -> impl Iterator<Item = PartyId> + use<> {
        (0..self.len() as u32).map(PartyId)
    }

    /// How many are implied: named by relationships, listed by no row.
    pub fn implied(&self) -> usize {
        self.len() - self.listed
    }

    /// Whether a row lists the party.
    pub fn is_listed(&self, party: PartyId) -> bool {
        party.index() < self.listed
    }

    /// The party's id.
    pub fn id(&self, party: PartyId) -> &str {
        self.ids.get(party.index())
    }

    /// The party with this id.
    pub fn find(&self, id: &str) -> Option<PartyId> {
        self.ids.find(id).map(PartyId)
    }

    /// The party's name; without one its name in its own script, else its id.
    pub fn name(&self, party: PartyId) -> &str {
        match self.names.get(party.index()) {
            "" => self.local_name(party).unwrap_or(self.id(party)),
            name => name,
        }
    }

    /// The party's name in its own script, if the register gives one.
    pub fn local_name(&self, party: PartyId) -> Option<&str> {
        self.local_names.get(party.index()).text()
    }

    /// The party's parent.
    pub fn owner(&self, party: PartyId) -> Option<PartyId> {
        self.owners.get(party.index()).copied().flatten()
    }

    /// The column of the fact at this position of the policy.
    pub fn fact(&self, position: usize) -> &Column {
        self.facts.get(position).unwrap_or(&column::EMPTY)
    }

    /// Where the party's row stands.
    pub fn place(&self, party: PartyId) -> Option<Place> {
        self.places.get(party.index())
    }
}

/// The columns of relationships.
#[derive(Debug, Clone, Default)]
pub struct Relationships {
    ids: Ids,
    customers: Vec<PartyId>,
    suppliers: Vec<PartyId>,
    /// See [`Supports`].
    supports: Codes,
    lists: Vec<SupportList>,
    contract: Column,
    criticality: Column,
    amount: Column,
    currency: Column,
    starts: Column,
    ends: Column,
    facts: Vec<Column>,
    places: Places,
    /// Names of the tables, by position; none where all rows stand in one.
    tables: Vec<String>,
}

impl Relationships {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.customers.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every relationship, in register order.
    pub fn iter(&self) -> impl Iterator<Item = RelationshipId> + use<> {
        (0..self.len() as u32).map(RelationshipId)
    }

    /// The id that the register gives, or `row N`; where rows stand in several tables, the table's name before it.
    pub fn label(&self, relationship: RelationshipId) -> std::borrow::Cow<'_, str> {
        let id = self.ids.get(relationship.index());
        if !id.is_empty() {
            return id.into();
        }
        let nowhere = Place { table: 0, row: 0 };
        let Place { table, row } = self.place(relationship).unwrap_or(nowhere);
        match self.tables.get(usize::from(table)) {
            Some(table) => format!("{table} row {row}").into(),
            None => format!("row {row}").into(),
        }
    }

    /// Whether the register gives it an id.
    pub fn has_id(&self, relationship: RelationshipId) -> bool {
        !self.ids.get(relationship.index()).is_empty()
    }

    /// The columns that every register may have, each with its heading; `supports` is [`Relationships::supports`].
    pub fn fixed_columns(&self) -> [(&'static str, &Column); FIXED - 1] {
        [
            ("contract", &self.contract),
            ("criticality", &self.criticality),
            ("amount", &self.amount),
            ("currency", &self.currency),
            ("starts", &self.starts),
            ("ends", &self.ends),
        ]
    }

    /// The relationship with this id; one without id is found by its label.
    pub fn find(&self, id: &str) -> Option<RelationshipId> {
        let named = self.ids.find(id).map(RelationshipId);
        named.or_else(|| {
            let (table, row) = id.rsplit_once("row ")?;
            let table = match self.tables.is_empty() {
                true => self.places.get(0)?.table,
                false => {
                    let table = table.strip_suffix(' ')?;
                    u16::try_from(self.tables.iter().position(|name| name == table)?).ok()?
                }
            };
            let found = self.places.find(table, row.parse().ok()?)?;
            let candidate = RelationshipId(u32::try_from(found).ok()?);
            (self.label(candidate) == id).then_some(candidate)
        })
    }

    /// Who is supplied.
    pub fn customer(&self, relationship: RelationshipId) -> PartyId {
        self.customers[relationship.index()]
    }

    /// Who is supplied, by relationship.
    pub fn customers(&self) -> &[PartyId] {
        &self.customers
    }

    /// Who supplies, by relationship.
    pub fn suppliers(&self) -> &[PartyId] {
        &self.suppliers
    }

    /// Who supplies.
    pub fn supplier(&self, relationship: RelationshipId) -> PartyId {
        self.suppliers[relationship.index()]
    }

    /// Which deliveries of its customer the relationship helps.
    pub fn supports(&self, relationship: RelationshipId) -> Scope<'_> {
        match Supports::of_code(self.supports.get(relationship.index())) {
            Supports::Unknown => Scope::Unknown,
            Supports::All => Scope::All,
            Supports::None => Scope::None,
            Supports::List(list) => Scope::Named(&self.lists[list as usize]),
        }
    }

    /// The contract's reference.
    pub fn contract(&self, relationship: RelationshipId) -> Option<&str> {
        self.contract.get(relationship.index()).text()
    }

    /// How much hangs on it: a position in [`CRITICALITIES`].
    pub fn criticality(&self, relationship: RelationshipId) -> Option<u16> {
        self.criticality.get(relationship.index()).only_item()
    }

    /// The column of amounts.
    pub fn amount(&self) -> &Column {
        &self.amount
    }

    /// The column of currencies.
    pub fn currency(&self) -> &Column {
        &self.currency
    }

    /// Whether the relationship is active on a day; a side that is blank or unreadable is open.
    pub fn is_active(&self, relationship: RelationshipId, day: Date) -> bool {
        let starts = self.starts.get(relationship.index()).date();
        let ends = self.ends.get(relationship.index()).date();
        starts.is_none_or(|starts| starts <= day) && ends.is_none_or(|ends| day <= ends)
    }

    /// Whether each relationship is active on a day: the same for many, for which each date is looked at once.
    pub fn active_on(&self, day: Date) -> impl Fn(RelationshipId) -> bool + Sync + '_ {
        let each = |column: &Column, fits: &dyn Fn(Date) -> bool| -> Vec<bool> {
            let values = column.values().iter();
            values.map(|value| value.date().is_none_or(fits)).collect()
        };
        let started = each(&self.starts, &|starts| starts <= day);
        let lasts = each(&self.ends, &|ends| day <= ends);
        move |relationship| {
            let row = relationship.index();
            started[self.starts.code(row) as usize] && lasts[self.ends.code(row) as usize]
        }
    }

    /// The column of the fact at this position of the policy.
    pub fn fact(&self, position: usize) -> &Column {
        self.facts.get(position).unwrap_or(&column::EMPTY)
    }

    /// Where the relationship's row stands.
    pub fn place(&self, relationship: RelationshipId) -> Option<Place> {
        self.places.get(relationship.index())
    }
}

/// Which deliveries of its customer a relationship helps, as the register holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Supports {
    Unknown,
    All,
    None,
    List(u32),
}

impl Supports {
    fn of_code(code: u32) -> Supports {
        match code {
            0 => Supports::Unknown,
            1 => Supports::All,
            2 => Supports::None,
            list => Supports::List(list - 3),
        }
    }

    fn code(self) -> u32 {
        match self {
            Supports::Unknown => 0,
            Supports::All => 1,
            Supports::None => 2,
            Supports::List(list) => list + 3,
        }
    }
}

/// Which deliveries of its customer a relationship helps.
#[derive(Debug, Clone, Copy)]
pub enum Scope<'a> {
    /// Not known.
    Unknown,
    /// All of them.
    All,
    /// None of them.
    None,
    /// Those named.
    Named(&'a SupportList),
}

/// The deliveries that a `supports` cell names, all of them into the row's own customer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SupportList {
    /// Relationships named by id.
    pub relationships: Vec<RelationshipId>,
    /// Parties named: every delivery of the row's customer to them.
    pub parties: Vec<PartyId>,
    /// Whether every name was understood; if not, other deliveries may be meant.
    pub complete: bool,
}
