//! Assumptions without what they tell of a register.

use crate::policy::{Kind, Policy};
use crate::read::{Assumption, Words};

/// Words that say nothing of anybody.
const SAFE: [&str; 3] = ["all", "none", "unknown"];

/// Hides why an assumption is made, and the words that it takes from the register; values of the pack stay.
pub(super) fn redact(assumption: &mut Assumption, policy: &Policy, hidden: &str) {
    // What the option states has the option for its reason.
    if assumption.reason != "--assume" {
        hidden.clone_into(&mut assumption.reason);
    }
    let is_of_pack = |column: &str| {
        let fact = policy.facts.iter().find(|fact| fact.name == column);
        fact.is_some_and(|fact| fact.kind != Kind::Text)
    };
    for (column, words) in &mut assumption.filter {
        if !is_of_pack(column) {
            *words = Words::One(hidden.to_owned());
        }
    }
    for (column, cell) in &mut assumption.set {
        let is_safe = SAFE.contains(&cell.to_lowercase().as_str());
        if !is_of_pack(column) && !is_safe {
            hidden.clone_into(cell);
        }
    }
}
