//! Assumptions: what blank cells are taken to say. Never applied to a cell that says something, however faulty.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::cells::Reads;
use crate::lang::{Text, both};
use crate::policy::{FactId, Policy, Subject};
use crate::register::{Builder, Column, PartyId, RelationshipId, Value};

/// One assumption, as `[[assume]]` of `register.toml` or `--assume` states it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assumption {
    /// `party` or `relationship`.
    pub of: AssumptionOf,
    /// Facts and the values, any of which has to be there; empty: every row.
    #[serde(default, rename = "where")]
    pub filter: BTreeMap<String, Words>,
    /// Facts and the cell that a blank one is taken for.
    pub set: BTreeMap<String, String>,
    /// Why.
    pub reason: String,
}

/// Of which rows an assumption speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AssumptionOf {
    /// Rows of parties.
    Party,
    /// Rows of relationships.
    Relationship,
}

/// One word or several.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// One.
    One(String),
    /// Any of several.
    Any(Vec<String>),
}

impl Words {
    /// Each of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        let words = match self {
            Words::One(word) => std::slice::from_ref(word),
            Words::Any(words) => words.as_slice(),
        };
        words.iter().map(String::as_str)
    }
}

impl Assumption {
    /// The assumption that `--assume FACT=VALUE` states: every blank cell of a fact has this value.
    pub fn everywhere(policy: &Policy, fact: &str, value: &str) -> Option<Assumption> {
        let fact = policy
            .facts
            .iter()
            .find(|candidate| candidate.name == fact)?;
        let of = match fact.subject {
            Subject::Party => AssumptionOf::Party,
            Subject::Relationship => AssumptionOf::Relationship,
        };
        let set = BTreeMap::from([(fact.name.clone(), value.to_owned())]);
        Some(Assumption {
            of,
            filter: BTreeMap::new(),
            set,
            reason: "--assume".to_owned(),
        })
    }

    /// The assumption in short: `kind=cloud-hosting: serves_cii=yes`.
    pub fn summary(&self) -> String {
        let set: Vec<_> = self
            .set
            .iter()
            .map(|(fact, value)| format!("{fact}={value}"))
            .collect();
        let filter = self.filter.iter().map(|(fact, words)| {
            let words: Vec<_> = words.iter().collect();
            format!("{fact}={}", words.join("|"))
        });
        let filter: Vec<_> = filter.collect();
        match filter.is_empty() {
            true => set.join(", "),
            false => format!("{}: {}", filter.join(", "), set.join(", ")),
        }
    }

    /// Whether the policy has what it names, so that it can be applied.
    ///
    /// # Errors
    ///
    /// A sentence that names what the policy does not have: a column or a value.
    pub(super) fn check(&self, policy: &Policy) -> Result<(), Text> {
        self.filters(policy)?;
        for (column, cell) in &self.set {
            let (_, reads) = target(self.of, column, policy)?;
            read_word(&reads, column, cell)?;
        }
        Ok(())
    }

    fn filters(&self, policy: &Policy) -> Result<Vec<Filter>, Text> {
        let filters = self
            .filter
            .iter()
            .map(|(column, words)| Filter::new(self.of, column, words, policy));
        filters.collect()
    }

    /// Fills blank cells, counts them, and gives the codes that they have of facts.
    ///
    /// # Errors
    ///
    /// A sentence that names what the policy does not have: a column or a value.
    pub(super) fn apply(&self, builder: &mut Builder, policy: &Policy) -> Result<Filled, Text> {
        let filters = self.filters(policy)?;
        let rows = match self.of {
            AssumptionOf::Party => builder.party_count(),
            AssumptionOf::Relationship => builder.relationship_count(),
        };
        let chosen: Vec<usize> = (0..rows)
            .filter(|&row| filters.iter().all(|filter| filter.matches(builder, row)))
            .collect();
        let mut filled = Filled::default();
        for (column, cell) in &self.set {
            let (target, reads) = target(self.of, column, policy)?;
            let value = read_word(&reads, column, cell)?;
            let column = target.column_mut(builder, self.of);
            let code = column.define(value);
            for &row in &chosen {
                if column.get(row) == &Value::Blank {
                    column.put(row, code);
                    filled.cells += 1;
                }
            }
            if let Target::Fact(fact) = target {
                filled.codes.push((fact, code));
            }
        }
        Ok(filled)
    }
}

/// What an assumption filled.
#[derive(Debug, Default)]
pub(super) struct Filled {
    /// How many cells.
    pub(super) cells: usize,
    /// The facts and the code in the column of each, which no cell has that was not filled.
    pub(super) codes: Vec<(FactId, u32)>,
}

/// A column that an assumption looks at or fills.
#[derive(Debug, Clone, Copy)]
enum Target {
    Fact(FactId),
    Supports,
}

impl Target {
    fn column_mut(self, builder: &mut Builder, of: AssumptionOf) -> &mut Column {
        match (self, of) {
            (Target::Supports, _) => &mut builder.fixed[Builder::SUPPORTS],
            (Target::Fact(fact), AssumptionOf::Party) => {
                &mut builder.party_facts[usize::from(fact.0)]
            }
            (Target::Fact(fact), AssumptionOf::Relationship) => {
                &mut builder.relationship_facts[usize::from(fact.0)]
            }
        }
    }

    fn column(self, builder: &Builder, of: AssumptionOf) -> &Column {
        match (self, of) {
            (Target::Supports, _) => &builder.fixed[Builder::SUPPORTS],
            (Target::Fact(fact), AssumptionOf::Party) => &builder.party_facts[usize::from(fact.0)],
            (Target::Fact(fact), AssumptionOf::Relationship) => {
                &builder.relationship_facts[usize::from(fact.0)]
            }
        }
    }
}

fn target(of: AssumptionOf, column: &str, policy: &Policy) -> Result<(Target, Reads), Text> {
    let subject = match of {
        AssumptionOf::Party => Subject::Party,
        AssumptionOf::Relationship => Subject::Relationship,
    };
    if of == AssumptionOf::Relationship && column == "supports" {
        return Ok((Target::Supports, Reads::Text));
    }
    let found = policy
        .facts_of(subject)
        .find(|(_, fact)| fact.name == column);
    let (id, fact) = found.ok_or_else(|| {
        both!(
            "an assumption names `{column}`, which is no fact of its rows",
            "假设提到“{column}”，而它不是所涉各行的事实"
        )
    })?;
    Ok((Target::Fact(id), Reads::fact(fact, false, None)))
}

fn read_word(reads: &Reads, column: &str, word: &str) -> Result<Value, Text> {
    let mut faults = Vec::new();
    let value = reads.read(word, &mut faults);
    if !faults.is_empty() {
        return Err(both!(
            "an assumption gives `{column}` the value `{word}`, which it cannot have",
            "假设将“{column}”设为“{word}”，而这不是它的可选值"
        ));
    }
    Ok(value)
}

/// A condition on the rows that an assumption speaks of.
enum Filter {
    /// One of the values is in the cell.
    Fact(Target, AssumptionOf, Vec<Value>),
    /// The cell of a fixed column is one of the texts.
    Fixed(AssumptionOf, String, Vec<String>),
}

impl Filter {
    fn new(of: AssumptionOf, column: &str, words: &Words, policy: &Policy) -> Result<Filter, Text> {
        let fixed: &[&str] = match of {
            AssumptionOf::Party => &["id", "name"],
            AssumptionOf::Relationship => &["id", "customer", "supplier", "contract"],
        };
        if fixed.contains(&column) {
            return Ok(Filter::Fixed(
                of,
                column.to_owned(),
                words.iter().map(str::to_owned).collect(),
            ));
        }
        let (target, reads) = target(of, column, policy)?;
        let values = words.iter().map(|word| read_word(&reads, column, word));
        Ok(Filter::Fact(target, of, values.collect::<Result<_, _>>()?))
    }

    fn matches(&self, builder: &Builder, row: usize) -> bool {
        match self {
            Filter::Fixed(of, column, texts) => {
                let text = match of {
                    AssumptionOf::Party => builder.party_text(PartyId(row as u32), column),
                    AssumptionOf::Relationship => {
                        builder.relationship_text(RelationshipId(row as u32), column)
                    }
                };
                texts.iter().any(|wanted| wanted == text)
            }
            Filter::Fact(target, of, values) => {
                let cell = target.column(builder, *of).get(row);
                values.iter().any(|wanted| holds(cell, wanted))
            }
        }
    }
}

/// Whether a cell has what is wanted: for lists, any item of it.
fn holds(cell: &Value, wanted: &Value) -> bool {
    match (cell, wanted) {
        (Value::Items { known, .. }, Value::Items { known: wanted, .. }) if !wanted.is_empty() => {
            wanted.iter().any(|item| known.contains(item))
        }
        (Value::Countries { known, .. }, Value::Countries { known: wanted, .. })
            if !wanted.is_empty() =>
        {
            wanted.iter().any(|item| known.contains(item))
        }
        _ => cell == wanted,
    }
}
