//! Cells of the register, as it was read and as it is written, and what stands at the ends of a relationship.

use ciiflow::register::Column;
use ciiflow::report::canonical::fact_cell;

use super::*;

pub(super) fn ids<'v>(view: &'v View, parties: &[PartyId]) -> Vec<&'v str> {
    let mut ids: Vec<_> = parties.iter().map(|&party| view.id(party)).collect();
    ids.sort_by_key(|id| party(view, id).index());
    ids
}

/// The operators that a party's findings come from.
pub(super) fn ids_of_operators(view: &View, id: &str) -> Vec<String> {
    let rows = findings(view).into_iter().filter(|row| row.party == id);
    let operators: BTreeSet<_> = rows.map(|row| row.operator.to_owned()).collect();
    operators.into_iter().collect()
}

/// The customers of a party on the day that have a status.
pub(super) fn customers_of<'v>(view: &'v View, supplier: &str, status: &str) -> Vec<&'v str> {
    let flow = view.assessment.flow;
    let supplied = flow.supplied_by(party(view, supplier));
    let customers: BTreeSet<_> = supplied
        .map(|relationship| view.id(flow.register.relationships.customer(relationship)))
        .collect();
    let has_status = |id: &&str| party_cell(view, id, "cii_status").as_deref() == Some(status);
    customers.into_iter().filter(has_status).collect()
}

pub(super) fn ends<'v>(view: &'v View, label: &str) -> (&'v str, &'v str) {
    let relationships = &view.assessment.flow.register.relationships;
    let relationship = relationships
        .find(label)
        .expect("the relationship is there");
    let (customer, supplier) = (
        relationships.customer(relationship),
        relationships.supplier(relationship),
    );
    (view.id(customer), view.id(supplier))
}

pub(super) fn fact(view: &View, name: &str) -> FactId {
    let facts = &view.assessment.flow.policy.facts;
    let position = facts.iter().position(|fact| fact.name == name);
    FactId(u16::try_from(position.expect("the fact is there")).unwrap())
}

/// What a cell of a fact says; none where it is blank or not understood.
pub(super) fn cell(view: &View, fact: FactId, column: &Column, row: usize) -> Option<String> {
    let fact = view.assessment.flow.policy.fact(fact);
    let value = column.get(row);
    (!value.is_unknown()).then(|| fact_cell(fact, value))
}

pub(super) fn party_cell(view: &View, id: &str, column: &str) -> Option<String> {
    let flow = view.assessment.flow;
    let fact = fact(view, column);
    let cells = flow.register.parties.fact(usize::from(fact.0));
    cell(view, fact, cells, party(view, id).index())
}

pub(super) fn relationship_cell(view: &View, label: &str, column: &str) -> Option<String> {
    let flow = view.assessment.flow;
    let fact = fact(view, column);
    let relationships = &flow.register.relationships;
    let relationship = relationships
        .find(label)
        .expect("the relationship is there");
    let cells = relationships.fact(usize::from(fact.0));
    cell(view, fact, cells, relationship.index())
}

/// A cell of `relationships.csv` as it is written.
pub(super) fn written(label: &str, column: &str) -> String {
    let mut reader =
        csv::Reader::from_path(folder("cloud-partner").join("relationships.csv")).unwrap();
    let position = reader
        .headers()
        .unwrap()
        .iter()
        .position(|head| head == column)
        .unwrap();
    let mut records = reader.records().map(Result::unwrap);
    let record = records.find(|record| &record[0] == label).unwrap();
    record[position].to_owned()
}

pub(super) fn supports(label: &str) -> String {
    written(label, "supports")
}

/// The sample with one cell of `relationships.csv` written otherwise.
pub(super) fn with_cell(label: &str, column: &str, cell: &str) -> Sample {
    let copy = tempfile::tempdir().unwrap();
    for file in ["parties.csv", "evidence.csv"] {
        fs::copy(folder("cloud-partner").join(file), copy.path().join(file)).unwrap();
    }
    let mut reader =
        csv::Reader::from_path(folder("cloud-partner").join("relationships.csv")).unwrap();
    let mut writer = csv::Writer::from_path(copy.path().join("relationships.csv")).unwrap();
    let head = reader.headers().unwrap().clone();
    writer.write_record(&head).unwrap();
    for record in reader.records() {
        let record = record.unwrap();
        let cells = head.iter().zip(&record).map(|(name, old)| {
            if name == column && &record[0] == label {
                cell
            } else {
                old
            }
        });
        writer.write_record(cells).unwrap();
    }
    drop(writer);
    Sample::with(copy.path(), &[])
}
