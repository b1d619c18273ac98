//! What differs between two registers, as rows: parties and relationships that come and go, and cells.

mod row;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::compared::{Compared, Of};
use crate::assess::{
    CellColumn, Change, Difference, Differences, RegisterTurn, RelationshipKey, Sameness, Who,
};
use crate::register::PartyId;

pub(super) use row::row;

/// What differs between the registers of two assessments.
#[derive(Debug)]
pub enum RegisterChanges<'a> {
    /// Rows and cells of two registers.
    Registers(Differences),
    /// Parties and relationships that findings and clauses name, where one assessment was kept.
    Named(Vec<RegisterChangeRow<'a>>),
}

/// A row of `register-changes.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RegisterChangeRow<'a> {
    /// How it changed.
    #[serde(rename = "change", serialize_with = "turn")]
    pub turn: RegisterTurn,
    /// Whether it is a party or a relationship.
    pub of: &'static str,
    /// Its id; of a relationship without one what stands for it.
    pub id: Cow<'a, str>,
    /// A party's name.
    pub name: Option<&'a str>,
    /// A relationship's customer.
    pub customer: Option<&'a str>,
    /// A relationship's supplier.
    pub supplier: Option<&'a str>,
    /// A relationship's contract.
    pub contract: Option<&'a str>,
    /// The column, where it is a cell.
    pub column: Option<&'a str>,
    /// What the cell said.
    pub before: Option<String>,
    /// What it says.
    pub after: Option<String>,
    /// Where the cell or row stood.
    pub place_before: Option<String>,
    /// Where it stands.
    pub place: Option<String>,
}

fn turn<S: Serializer>(turn: &RegisterTurn, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(turn.as_str())
}

impl RegisterChangeRow<'_> {
    /// The change in few words, as result files have it: `parties.csv:4 rank: plain -> core`.
    pub fn words(&self) -> String {
        let (id, turn) = (&self.id, self.turn.as_str());
        let [before, after] =
            [&self.before, &self.after].map(|cell| cell.as_deref().unwrap_or_default());
        match self.turn {
            RegisterTurn::Differs => {
                let place = self.cell_place();
                format!("{place}: {before} -> {after}")
            }
            RegisterTurn::Begins | RegisterTurn::Ends => format!("{id} {turn} {after}"),
            RegisterTurn::Comes | RegisterTurn::Goes => format!("{id} {turn}"),
        }
    }

    /// Where the cell stands, else where it stood, else whose it is.
    pub fn cell_place(&self) -> String {
        let place = self.place.as_ref().or(self.place_before.as_ref());
        let (id, column) = (&self.id, self.column.unwrap_or_default());
        place.cloned().unwrap_or_else(|| format!("{id} {column}"))
    }
}

/// How many rows and cells differ in each way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RegisterCounts {
    /// Parties that come, and that go.
    pub parties: [usize; 2],
    /// Relationships that come, and that go.
    pub relationships: [usize; 2],
    /// Cells that differ.
    pub cells: usize,
    /// Relationships that begin and end by their dates.
    pub days: [usize; 2],
}

impl RegisterCounts {
    fn add(&mut self, turn: RegisterTurn, is_party: bool) {
        let rows = match is_party {
            true => &mut self.parties,
            false => &mut self.relationships,
        };
        *match turn {
            RegisterTurn::Comes => &mut rows[0],
            RegisterTurn::Goes => &mut rows[1],
            RegisterTurn::Differs => &mut self.cells,
            RegisterTurn::Begins => &mut self.days[0],
            RegisterTurn::Ends => &mut self.days[1],
        } += 1;
    }
}

impl<'a> RegisterChanges<'a> {
    /// Compares two registers, or what findings and clauses name of them.
    pub(super) fn new(sides: [Compared<'a>; 2], sameness: Sameness) -> RegisterChanges<'a> {
        match sides {
            [Compared::Assessed(before), Compared::Assessed(after)] => RegisterChanges::Registers(
                Differences::new(before.assessment.flow, after.assessment.flow, sameness),
            ),
            [before, after] => RegisterChanges::Named(named(before, after)),
        }
    }

    /// How many rows and cells differ.
    pub fn len(&self) -> usize {
        match self {
            RegisterChanges::Registers(differences) => differences.all.len(),
            RegisterChanges::Named(rows) => rows.len(),
        }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many rows and cells differ in each way.
    pub(super) fn counts(&self) -> RegisterCounts {
        let mut counts = RegisterCounts::default();
        match self {
            RegisterChanges::Registers(differences) => {
                for difference in &differences.all {
                    let is_party = matches!(difference.who, Who::Party(_));
                    counts.add(difference.turn, is_party);
                }
            }
            RegisterChanges::Named(rows) => {
                rows.iter()
                    .for_each(|row| counts.add(row.turn, row.of == "party"));
            }
        }
        counts
    }

    /// The row at a position.
    pub(super) fn row(&self, sides: [Compared<'a>; 2], at: usize) -> RegisterChangeRow<'a> {
        match (self, sides) {
            (RegisterChanges::Named(rows), _) => rows[at].clone(),
            (
                RegisterChanges::Registers(differences),
                [Compared::Assessed(before), Compared::Assessed(after)],
            ) => row([before, after], &differences.all[at]),
            _ => unreachable!("cells are compared between registers only"),
        }
    }

    /// What differs along the chain of a change: the one that shows how it came about, else the other.
    pub(super) fn along(
        &self,
        sides: [Compared<'a>; 2],
        of: Of,
        change: &Change,
    ) -> Vec<Difference> {
        let RegisterChanges::Registers(differences) = self else {
            return Vec::new();
        };
        let first = usize::from(!change.turn.is_of_before());
        for side in [first, 1 - first] {
            let Some(at) = [change.before, change.after][side] else {
                continue;
            };
            let Compared::Assessed(view) = sides[side] else {
                continue;
            };
            let relationships = &view.assessment.flow.register.relationships;
            let chain = sides[side].chain(of, at);
            let start = match (chain.first(), of) {
                (Some(&step), _) => Some(relationships.customer(step)),
                (None, Of::Finding) => Some(view.assessment.findings[at].operator),
                (None, Of::Clause) => None,
            };
            // A circle meets a party twice.
            let mut met: Vec<PartyId> = start.into_iter().collect();
            let mut found: Vec<Difference> = Vec::new();
            found.extend(start.iter().flat_map(|&party| differences.of(side, party)));
            for step in chain {
                found.extend_from_slice(differences.along(side, step));
                let supplier = relationships.supplier(step);
                if !met.contains(&supplier) {
                    met.push(supplier);
                    found.extend_from_slice(differences.of(side, supplier));
                }
            }
            // No obligation follows ownership.
            found.retain(|difference| difference.column != Some(CellColumn::Owner));
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }
}

/// The parties and relationships that one assessment names and the other does not.
fn named<'a>(before: Compared<'a>, after: Compared<'a>) -> Vec<RegisterChangeRow<'a>> {
    let row = |turn: RegisterTurn, of: &'static str, id: Cow<'a, str>| RegisterChangeRow {
        turn,
        of,
        id,
        name: None,
        customer: None,
        supplier: None,
        contract: None,
        column: None,
        before: None,
        after: None,
        place_before: None,
        place: None,
    };
    let parties = [before, after].map(|side| side.named_parties());
    let parties = only_one_has(&parties).map(|(turn, id, name)| RegisterChangeRow {
        name: Some(name),
        ..row(turn, "party", (*id).into())
    });
    let mut rows: Vec<_> = parties.collect();
    let relationships = [before, after].map(|side| relationships(&side));
    let only = only_one_has(&relationships).map(|(turn, _, &at)| {
        let side = [after, before][usize::from(turn == RegisterTurn::Goes)];
        let clause = side.clause(at);
        RegisterChangeRow {
            customer: Some(clause.customer),
            supplier: Some(clause.supplier),
            contract: clause.contract,
            ..row(turn, "relationship", clause.relationship.into())
        }
    });
    rows.extend(only);
    rows
}

/// A clause of each relationship that has any.
fn relationships<'a>(side: &Compared<'a>) -> BTreeMap<RelationshipKey<'a>, usize> {
    let mut relationships = BTreeMap::new();
    for (at, key) in side.clause_keys().into_iter().enumerate() {
        relationships.entry(key).or_insert(at);
    }
    relationships
}

/// What only one of two has: what goes, then what comes.
fn only_one_has<K: Ord, V>(
    [before, after]: &[BTreeMap<K, V>; 2],
) -> impl Iterator<Item = (RegisterTurn, &K, &V)> {
    let goes = before.iter().filter(|(key, _)| !after.contains_key(key));
    let goes = goes.map(|(key, value)| (RegisterTurn::Goes, key, value));
    let comes = after.iter().filter(|(key, _)| !before.contains_key(key));
    goes.chain(comes.map(|(key, value)| (RegisterTurn::Comes, key, value)))
}
