//! Putting an answer into its cell of an edited register, and taking it back.

use super::super::{Cell, Missing};
use super::answers::{self, Answer};
use crate::register::{Edit, NewScope, RelationshipId, SupportList, Value};

/// What a cell of an edited register said before.
pub(super) struct Put(Missing, Cell, Was);

enum Was {
    Value(Value),
    Scope(NewScope),
}

impl Put {
    /// Puts back what was there.
    pub(super) fn take_back(self, edit: &mut Edit) {
        let Put(missing, cell, was) = self;
        set(edit, missing, cell, was);
    }
}

/// Puts an answer into its cell, and gives what was there.
pub(super) fn put(edit: &mut Edit, missing: Missing, cell: Cell, answer: &Answer) -> Option<Put> {
    let (was, new) = match (missing, cell) {
        (Missing::Supports, Cell::Relationship(relationship)) => {
            let was = edit.supports(relationship);
            let new = scope(&was, answer)?;
            (Was::Scope(was), Was::Scope(new))
        }
        (Missing::Relationship(fact), Cell::Relationship(at)) => {
            let was = answers::value_at(edit.register(), missing, fact, at.index()).clone();
            (Was::Value(was), Was::Value(answer.value()?))
        }
        (Missing::Party(fact), Cell::Party(party)) => {
            let was = answers::value_at(edit.register(), missing, fact, party.index()).clone();
            (Was::Value(was), Was::Value(answer.value()?))
        }
        _ => return None,
    };
    set(edit, missing, cell, new);
    Some(Put(missing, cell, was))
}

fn set(edit: &mut Edit, missing: Missing, cell: Cell, to: Was) {
    match (missing, cell, to) {
        (Missing::Supports, Cell::Relationship(at), Was::Scope(scope)) => {
            edit.set_supports(at, scope);
        }
        (Missing::Relationship(fact), Cell::Relationship(at), Was::Value(value)) => {
            edit.set_fact(at, usize::from(fact.0), value);
        }
        (Missing::Party(fact), Cell::Party(party), Was::Value(value)) => {
            edit.set_party_fact(party, usize::from(fact.0), value);
        }
        _ => {}
    }
}

/// What a relationship supports by an answer, beside what is known already.
fn scope(was: &NewScope, answer: &Answer) -> Option<NewScope> {
    let known = || match was {
        NewScope::Named(list) => list.clone(),
        _ => SupportList::default(),
    };
    let named = |more: Option<RelationshipId>| {
        let mut list = known();
        list.relationships.extend(more);
        list.complete = true;
        NewScope::Named(list)
    };
    Some(match answer {
        Answer::SupportsAll => NewScope::All,
        Answer::SupportsNone if matches!(was, NewScope::Named(_)) => named(None),
        Answer::SupportsNone => NewScope::None,
        Answer::Supports(delivery) => named(Some(*delivery)),
        _ => return None,
    })
}
