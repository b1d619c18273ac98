//! Operators that are not as the pack expects of them.

use super::{Screen, tests_of};
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};
use crate::policy::{FactId, Policy, Truth};
use crate::register::Register;

/// Tells operators of which the register does not say what the pack expects, or says something else.
pub fn tell_operators(register: &Register, policy: &Policy, diagnostics: &mut Diagnostics) {
    let Some(screening) = &policy.screening else {
        return;
    };
    let Some(expects) = &screening.expects else {
        return;
    };
    let screen = Screen::new(register, policy, screening);
    let names = |facts: Vec<FactId>| {
        let names = facts.iter().map(|fact| policy.fact(*fact).name.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    let values = &policy.fact(policy.origin.fact).values;
    for party in register.parties.iter() {
        let status = screen.status(party).only_item();
        let Some(status) = status.filter(|status| expects.of.contains(status)) else {
            continue;
        };
        let Some(place) = register.parties.place(party) else {
            continue;
        };
        let word = &values[usize::from(status)].word;
        let mut tell = |code, other| {
            let fault = Fault::new(code, FileId(place.table)).text(word);
            diagnostics.add(fault.other(other), place.row);
        };
        let is_blank = |fact: &&FactId| {
            let column = register.parties.fact(usize::from(fact.0));
            column.get(party.index()).is_unknown()
        };
        let blank: Vec<FactId> = expects.stated.iter().filter(is_blank).copied().collect();
        if !blank.is_empty() {
            tell(Code::UnstatedFact, names(blank));
        }
        if screen.truth(party, &expects.when) == Truth::False {
            let facts = screen.facts_of(tests_of(&expects.when));
            tell(Code::UnexpectedOperator, names(facts));
        }
    }
}
