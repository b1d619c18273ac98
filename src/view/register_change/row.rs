//! A difference between two registers as a row: who, which cell, what it said and says, and where.

use crate::assess::{CellColumn, Difference, RegisterTurn, Who};
use crate::read::cell_text::{fact_cell, supports_cell};
use crate::register::{PartyId, RelationshipId};
use crate::view::View;
use crate::view::register_change::RegisterChangeRow;

/// The row of a difference between two registers.
pub(in crate::view) fn row<'a>(
    views: [&'a View<'a>; 2],
    difference: &Difference,
) -> RegisterChangeRow<'a> {
    let blank = RegisterChangeRow {
        turn: difference.turn,
        of: "party",
        id: "".into(),
        name: None,
        customer: None,
        supplier: None,
        contract: None,
        column: difference.column.map(|column| heading(views[1], column)),
        before: None,
        after: None,
        place_before: None,
        place: None,
    };
    match difference.who {
        Who::Party(ids) => party(views, ids, difference, blank),
        Who::Relationship(ids) => relationship(views, ids, difference, blank),
    }
}

fn party<'a>(
    views: [&'a View<'a>; 2],
    ids: [Option<PartyId>; 2],
    difference: &Difference,
    blank: RegisterChangeRow<'a>,
) -> RegisterChangeRow<'a> {
    let column = blank.column.unwrap_or("id");
    let cell = |side: usize| party_cell(views[side], ids[side]?, difference.column?);
    let place = |side: usize| views[side].place_of_party(ids[side]?, column);
    let (view, id) = later(views, ids);
    RegisterChangeRow {
        id: view.id(id).into(),
        name: Some(view.assessment.flow.register.parties.name(id)),
        before: cell(0),
        after: cell(1),
        place_before: place(0),
        place: place(1),
        ..blank
    }
}

fn relationship<'a>(
    views: [&'a View<'a>; 2],
    ids: [Option<RelationshipId>; 2],
    difference: &Difference,
    blank: RegisterChangeRow<'a>,
) -> RegisterChangeRow<'a> {
    let (view, id) = later(views, ids);
    let column = match difference.turn {
        RegisterTurn::Begins | RegisterTurn::Ends => Some(deciding(views, ids, difference.turn)),
        _ => difference.column,
    };
    let heading = column.map(|column| heading(views[1], column));
    let cell = |side: usize| relationship_cell(views[side], ids[side]?, column?);
    let place =
        |side: usize| views[side].place_of_relationship(ids[side]?, heading.unwrap_or("id"));
    let relationships = &view.assessment.flow.register.relationships;
    RegisterChangeRow {
        of: "relationship",
        id: relationships.label(id),
        customer: Some(view.id(relationships.customer(id))),
        supplier: Some(view.id(relationships.supplier(id))),
        contract: relationships.contract(id),
        column: heading,
        before: cell(0),
        after: cell(1),
        place_before: place(0),
        place: place(1),
        ..blank
    }
}

/// The later side that has a row.
fn later<'a, I: Copy>(views: [&'a View<'a>; 2], ids: [Option<I>; 2]) -> (&'a View<'a>, I) {
    let [before, after] = ids;
    let there = after.map(|id| (views[1], id));
    let there = there.or(before.map(|id| (views[0], id)));
    there.expect("a row stands on one side at least")
}

/// By which of its days a relationship is active on one of two days only.
fn deciding(views: [&View; 2], ids: [Option<RelationshipId>; 2], turn: RegisterTurn) -> CellColumn {
    // It is not active before where it begins, and not after where it ends.
    let side = usize::from(turn == RegisterTurn::Ends);
    let flow = views[side].assessment.flow;
    let mut columns = flow.register.relationships.fixed_columns().into_iter();
    let starts = columns.find(|(name, _)| *name == "starts");
    let starts = starts.zip(ids[side]).and_then(|((_, column), at)| {
        let day = column.get(at.index()).date();
        day.filter(|day| flow.as_of < *day)
    });
    match starts {
        Some(_) => CellColumn::Starts,
        None => CellColumn::Ends,
    }
}

fn heading<'a>(view: &'a View<'a>, column: CellColumn) -> &'a str {
    match column {
        CellColumn::Owner => "owner",
        CellColumn::Customer => "customer",
        CellColumn::Supplier => "supplier",
        CellColumn::Supports => "supports",
        CellColumn::Starts => "starts",
        CellColumn::Ends => "ends",
        CellColumn::Fact(position) => &view.assessment.flow.policy.facts[position].name,
    }
}

/// A cell in which nothing stands tells nothing.
fn or_unknown(text: String) -> String {
    match text.is_empty() {
        true => "unknown".to_owned(),
        false => text,
    }
}

fn party_cell(view: &View, party: PartyId, column: CellColumn) -> Option<String> {
    let flow = view.assessment.flow;
    let parties = &flow.register.parties;
    match column {
        CellColumn::Owner => Some(match parties.owner(party) {
            Some(owner) => parties.id(owner).to_owned(),
            None => "unknown".to_owned(),
        }),
        CellColumn::Fact(position) => {
            let value = parties.fact(position).get(party.index());
            Some(or_unknown(fact_cell(&flow.policy.facts[position], value)))
        }
        _ => None,
    }
}

fn relationship_cell(view: &View, at: RelationshipId, column: CellColumn) -> Option<String> {
    let flow = view.assessment.flow;
    let (register, relationships) = (flow.register, &flow.register.relationships);
    let day = |wanted: &str| {
        let mut columns = relationships.fixed_columns().into_iter();
        let (_, column) = columns.find(|(name, _)| *name == wanted)?;
        let day = column.get(at.index()).date();
        Some(day.map_or_else(|| "open".to_owned(), |day| day.to_string()))
    };
    match column {
        CellColumn::Customer => Some(view.id(relationships.customer(at)).to_owned()),
        CellColumn::Supplier => Some(view.id(relationships.supplier(at)).to_owned()),
        CellColumn::Supports => {
            let label = |named| view.label(named);
            let text = supports_cell(register, relationships.supports(at), label);
            Some(or_unknown(text))
        }
        CellColumn::Starts => day("starts"),
        CellColumn::Ends => day("ends"),
        CellColumn::Fact(position) => {
            let value = relationships.fact(position).get(at.index());
            Some(or_unknown(fact_cell(&flow.policy.facts[position], value)))
        }
        CellColumn::Owner => None,
    }
}
