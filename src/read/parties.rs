//! Reading a table of parties.

use super::cells::Reads;
use super::coder::Coder;
use super::fields::Field;
use super::names::Names;
use super::table::Table;
use super::{TableReport, tell_id};
use crate::diagnostic::{Code, Diagnostics, Fault};
use crate::policy::{Policy, Subject};
use crate::register::{Builder, PartyRow, Place, Rejected};

/// Reads the rows of a table into the builder; `names` gives ids where the table has none.
pub(super) fn read(
    table: &Table,
    position: u16,
    policy: &Policy,
    builder: &mut Builder,
    names: &mut Names,
    diagnostics: &mut Diagnostics,
) -> Option<TableReport> {
    let (mut records, mut headings) = table.records(diagnostics)?;
    let id = headings.field("id");
    let name = headings.required("name", diagnostics)?;
    let mut local_name = Coder::new(headings.field("local_name"), Reads::Text);
    let mut owner = Coder::new(headings.field("owner"), Reads::Text);
    let mut facts = fact_coders(table, policy, Subject::Party, |column| {
        headings.field(column)
    });
    headings.finish(diagnostics);
    let (mut rows, mut set_aside) = (0, 0);
    while let Some(record) = records.next() {
        if record.is_blank() {
            continue;
        }
        rows += 1;
        table.inspect(&record, &headings, diagnostics);
        let name = name.name(&record);
        let id = if id.is_absent() {
            names.id(&name).into()
        } else {
            id.name(&record)
        };
        if id.is_empty() {
            diagnostics.add(Fault::new(Code::PartyWithoutId, table.file), record.row);
            set_aside += 1;
            continue;
        }
        let local = local_name.code(&record, &mut builder.local_name);
        let owned_by = owner.code(&record, &mut builder.owner);
        let codes: Vec<u32> = (facts.iter_mut().zip(&mut builder.party_facts))
            .map(|(coder, column)| {
                coder
                    .as_mut()
                    .map_or(0, |coder| coder.code(&record, column))
            })
            .collect();
        let place = Place {
            table: position,
            row: record.row,
        };
        let row = PartyRow {
            id: &id,
            name: &name,
            local_name: local,
            owner: owned_by,
            facts: &codes,
            place,
        };
        match builder.party(&row) {
            Ok(_) => {
                tell_id(&id, "id", table.file, record.row, diagnostics);
                for (coder, &code) in facts.iter().zip(&codes) {
                    if let Some(coder) = coder {
                        coder.tell(code, table.file, record.row, diagnostics);
                    }
                }
            }
            Err(rejected) => {
                set_aside +=
                    usize::from(tell_rejected(rejected, &id, table, record.row, diagnostics));
            }
        }
    }
    let coders = facts.iter().flatten().chain([&local_name, &owner]);
    let columns = coders
        .filter(|coder| !coder.is_absent())
        .map(|coder| coder.heading().to_owned());
    Some(table.report(
        rows,
        set_aside,
        columns.map(|heading| (heading.clone(), heading)).collect(),
    ))
}

/// A coder for each fact of a subject at its position in the policy; none for the facts of the other.
pub(super) fn fact_coders(
    table: &Table,
    policy: &Policy,
    subject: Subject,
    mut field: impl FnMut(&str) -> Field,
) -> Vec<Option<Coder>> {
    let spec = table.spec;
    let coders = policy.facts.iter().map(|fact| {
        let reads = Reads::fact(fact, spec.decimal_comma, spec.date_format.as_deref());
        (fact.subject == subject).then(|| Coder::new(field(&fact.name), reads))
    });
    coders.collect()
}

/// Tells why a row was not taken; whether it was set aside and not merely a repeat.
pub(super) fn tell_rejected(
    rejected: Rejected,
    id: &str,
    table: &Table,
    row: u32,
    diagnostics: &mut Diagnostics,
) -> bool {
    let (code, first) = match rejected {
        Rejected::Repeated(first) => (Code::RepeatedRow, first),
        Rejected::Taken(first) => (Code::DuplicateId, first),
    };
    diagnostics.add(
        Fault::new(code, table.file)
            .text(id)
            .other(first.row.to_string()),
        row,
    );
    code == Code::DuplicateId
}
