//! How much the columns of a register say.

use super::View;
use crate::policy::Subject;
use crate::read::Holds;
use crate::register::{Column, Scope, Value};

/// The cells of a column that say nothing that can be relied on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCells<'a> {
    /// Whether it is of parties or of relationships.
    pub of: Holds,
    /// What the column is called in the canonical form.
    pub column: &'a str,
    /// How many cells there are: parties that rows list, or relationships.
    pub cells: usize,
    /// Those that are blank.
    pub blank: usize,
    /// Those of which something was not understood.
    pub not_understood: usize,
}

impl<'a> UnknownCells<'a> {
    fn new(of: Holds, column: &'a str, values: &Column, cells: usize) -> UnknownCells<'a> {
        let mut counts = vec![0; values.values().len()];
        (0..cells).for_each(|row| counts[values.code(row) as usize] += 1);
        let count = |is_such: fn(&Value) -> bool| {
            let counted = values.values().iter().zip(&counts);
            let such = counted.filter(|(value, _)| is_such(value));
            such.map(|(_, count)| count).sum()
        };
        UnknownCells {
            of,
            column,
            cells,
            blank: count(|value| *value == Value::Blank),
            not_understood: count(|value| match value {
                Value::Unreadable => true,
                Value::Items { complete, .. } | Value::Countries { complete, .. } => !complete,
                _ => false,
            }),
        }
    }
}

impl View<'_> {
    /// The columns that some table has and that do not say something in every row, parties first.
    pub fn unknown_cells(&self) -> Vec<UnknownCells<'_>> {
        let register = self.assessment.flow.register;
        let (parties, relationships) = (&register.parties, &register.relationships);
        let (listed, rows) = (parties.len() - parties.implied(), relationships.len());
        let facts = |subject| self.assessment.flow.policy.facts_of(subject);
        let of_parties = facts(Subject::Party).map(|(id, fact)| {
            let column = parties.fact(usize::from(id.0));
            UnknownCells::new(Holds::Parties, &fact.name, column, listed)
        });
        let of = Holds::Relationships;
        let fixed = relationships.fixed_columns().into_iter();
        let fixed = fixed.map(|(name, column)| UnknownCells::new(of, name, column, rows));
        let of_relationships = facts(Subject::Relationship).map(|(id, fact)| {
            let column = relationships.fact(usize::from(id.0));
            UnknownCells::new(of, &fact.name, column, rows)
        });
        let all = of_parties
            .chain([self.unknown_supports()])
            .chain(fixed)
            .chain(of_relationships);
        let says_less = |cells: &UnknownCells| cells.blank + cells.not_understood > 0;
        all.filter(|cells| says_less(cells) && self.is_read(cells))
            .collect()
    }

    fn unknown_supports(&self) -> UnknownCells<'static> {
        let relationships = &self.assessment.flow.register.relationships;
        let count = |is_such: fn(Scope) -> bool| {
            let scopes = relationships.iter().map(|row| relationships.supports(row));
            scopes.filter(|&scope| is_such(scope)).count()
        };
        UnknownCells {
            of: Holds::Relationships,
            column: "supports",
            cells: relationships.len(),
            blank: count(|scope| matches!(scope, Scope::Unknown)),
            not_understood: count(|scope| matches!(scope, Scope::Named(list) if !list.complete)),
        }
    }

    /// Whether some table has the column, if only as what a relationship says of a party.
    fn is_read(&self, cells: &UnknownCells) -> bool {
        let tables = self.reading.tables.iter();
        tables
            .flat_map(|table| table.columns.iter().map(move |read| (table.holds, read)))
            .any(|(holds, read)| {
                let name = read.canonical.as_str();
                let of_side = name
                    .strip_prefix("customer.")
                    .or_else(|| name.strip_prefix("supplier."));
                match cells.of {
                    Holds::Parties => {
                        of_side == Some(cells.column)
                            || (holds, name) == (Holds::Parties, cells.column)
                    }
                    _ => (holds, name) == (cells.of, cells.column),
                }
            })
    }
}
