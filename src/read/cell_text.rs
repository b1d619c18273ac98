//! What cells of a register say, in the words that its canonical form has for them.

use crate::policy::Fact;
use crate::register::{Register, RelationshipId, Scope, Value};

/// What stands for something that was not understood.
pub(crate) const NOT_UNDERSTOOD: &str = "?";

/// What a cell says, as a canonical cell says it; `words` are the values of its vocabulary.
pub(crate) fn cell(value: &Value, words: impl Fn(u16) -> String) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Unreadable => NOT_UNDERSTOOD.to_owned(),
        Value::Items { known, complete } => list(known.iter().map(|&item| words(item)), *complete),
        Value::Countries { known, complete } => {
            list(known.iter().map(ToString::to_string), *complete)
        }
        Value::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Text(text) => text.to_string(),
    }
}

/// A list as a cell has it, with a mark where something in it was not understood.
pub(crate) fn list(items: impl Iterator<Item = String>, complete: bool) -> String {
    let mark = (!complete).then(|| NOT_UNDERSTOOD.to_owned());
    let items: Vec<String> = items.chain(mark).collect();
    match items.is_empty() {
        true => "none".to_owned(),
        false => items.join("; "),
    }
}

/// What a cell of a fact says, in the words of the pack.
pub fn fact_cell(fact: &Fact, value: &Value) -> String {
    cell(value, |item| fact.values[usize::from(item)].word.clone())
}

/// What a cell of `supports` says; `label` gives what a relationship is called.
pub(crate) fn supports_cell(
    register: &Register,
    scope: Scope,
    label: impl Fn(RelationshipId) -> String,
) -> String {
    let named = match scope {
        Scope::Unknown => return String::new(),
        Scope::All => return "all".to_owned(),
        Scope::None => return "none".to_owned(),
        Scope::Named(named) => named,
    };
    let relationships = named.relationships.iter().map(|&named| label(named));
    let parties = named
        .parties
        .iter()
        .map(|&party| register.parties.id(party).to_owned());
    list(relationships.chain(parties), named.complete)
}
