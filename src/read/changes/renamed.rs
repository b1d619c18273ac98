//! Changes of a register as changes of the same register in other words.

use super::Changes;
use super::change::{pair, record, target};
use crate::policy::{Kind, Policy};

/// What the words of a register are to be called.
pub trait Renaming {
    /// What a party with this id is called.
    fn party(&mut self, id: &str) -> String;
    /// What a relationship with this id is called.
    fn relationship(&mut self, id: &str) -> String;
    /// Whether a relationship has this id.
    fn is_relationship(&self, id: &str) -> bool;
    /// What stands for a text that says something.
    fn text(&self) -> &str;
}

impl Changes {
    /// The same changes in other words; what is no change stays as it is.
    pub fn renamed(&self, policy: &Policy, words: &mut dyn Renaming) -> Changes {
        let pairs = |texts: &[String], words: &mut dyn Renaming| {
            let renamed = texts.iter().map(|text| match pair(text) {
                Ok((a, b)) => format!("{}={}", words.party(a), words.party(b)),
                Err(_) => text.clone(),
            });
            renamed.collect()
        };
        // In the order in which they are made, so that whoever is added is numbered so.
        let replace = pairs(&self.replace, words);
        let add = self
            .add
            .iter()
            .map(|text| renamed_cells(text, policy, words));
        let add = add.collect();
        let set = self.set.iter().map(|text| renamed_set(text, policy, words));
        let set = set.collect();
        let remove = self.remove.iter().map(|id| words.relationship(id));
        let remove = remove.collect();
        let acquire = pairs(&self.acquire, words);
        let dissolve = self.dissolve.iter().map(|id| words.party(id));
        Changes {
            set,
            remove,
            replace,
            add,
            acquire,
            dissolve: dissolve.collect(),
        }
    }
}

fn renamed_set(text: &str, policy: &Policy, words: &mut dyn Renaming) -> String {
    let Some((who, column, cell)) = target(policy, text) else {
        return text.to_owned();
    };
    let mut facts = policy.facts_of(crate::policy::Subject::Party);
    let who = match facts.any(|(_, fact)| fact.name == column) {
        true => words.party(who),
        false => words.relationship(who),
    };
    let cell = renamed_cell(column, cell, policy, words);
    format!("{who}.{column}={cell}")
}

/// A cell of a fact, or of `supports`, `starts` or `ends`.
fn renamed_cell(column: &str, cell: &str, policy: &Policy, words: &mut dyn Renaming) -> String {
    let is_text = |fact: &crate::policy::Fact| fact.name == column && fact.kind == Kind::Text;
    match column {
        "supports" => {
            let names = cell.split([';', '|']).map(str::trim);
            let names: Vec<String> = names.map(|name| renamed_name(name, words)).collect();
            names.join("; ")
        }
        _ if !cell.trim().is_empty() && policy.facts.iter().any(is_text) => words.text().to_owned(),
        _ => cell.to_owned(),
    }
}

fn renamed_name(name: &str, words: &mut dyn Renaming) -> String {
    match name.to_lowercase().as_str() {
        "" | "all" | "none" | "unknown" => name.to_owned(),
        _ if words.is_relationship(name) => words.relationship(name),
        _ => words.party(name),
    }
}

fn renamed_cells(text: &str, policy: &Policy, words: &mut dyn Renaming) -> String {
    let mut cells = Vec::new();
    for cell in record(text).unwrap_or_default() {
        let (column, cell) = cell.split_once('=').unwrap_or((&cell, ""));
        let (column, cell) = (column.trim(), cell.trim());
        let renamed = match column {
            _ if cell.is_empty() => String::new(),
            "customer" | "supplier" => words.party(cell),
            "id" => words.relationship(cell),
            _ => renamed_cell(column, cell, policy, words),
        };
        let renamed = format!("{column}={renamed}");
        cells.push(match renamed.contains([',', '"', '\n', '\r']) {
            true => format!("\"{}\"", renamed.replace('"', "\"\"")),
            false => renamed,
        });
    }
    cells.join(",")
}
