//! Reading a table of relationships.

use std::collections::{BTreeMap, HashSet};

use super::cells::Reads;
use super::coder::Coder;
use super::fields::{Field, Headings};
use super::names::Names;
use super::parties::{fact_coders, tell_rejected};
use super::records::Record;
use super::table::Table;
use super::{TableReport, tell_id};
use crate::diagnostic::{Code, Diagnostics, Fault};
use crate::policy::{Kind, Policy, Subject};
use crate::register::{Builder, CRITICALITIES, FIXED, PartyId, Place, RelationshipRow, Value};

/// Facts of parties that rows of relationships state, by party and position of the fact: the cells met, in order.
pub(super) type SideFacts = BTreeMap<(PartyId, usize), Cells>;

/// Different cells, in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Cells {
    met: Vec<String>,
    known: HashSet<String>,
}

impl Cells {
    fn add(&mut self, text: &str) {
        if !self.known.contains(text) {
            self.known.insert(text.to_owned());
            self.met.push(text.to_owned());
        }
    }

    /// The first few, with a count of the others.
    fn shown(&self) -> String {
        const MOST: usize = 3;
        let shown = self.met.iter().take(MOST).cloned().collect::<Vec<_>>();
        match self.met.len().saturating_sub(MOST) {
            0 => shown.join("; "),
            rest => format!("{}; … (+{rest})", shown.join("; ")),
        }
    }
}

/// What every table of relationships is read into.
pub(super) struct Target<'t> {
    pub(super) policy: &'t Policy,
    pub(super) builder: &'t mut Builder,
    /// Gives ids where cells of customer and supplier are names.
    pub(super) names: Option<&'t mut Names>,
    pub(super) side_facts: &'t mut SideFacts,
    pub(super) diagnostics: &'t mut Diagnostics,
}

/// The columns of one table.
struct Columns {
    id: Field,
    customer: Field,
    supplier: Field,
    fixed: [Coder; FIXED],
    facts: Vec<Option<Coder>>,
    /// Facts of the customer and the supplier, by position in the policy.
    sides: [Vec<(usize, Field)>; 2],
}

impl Columns {
    fn find(table: &Table, headings: &mut Headings, target: &mut Target) -> Option<Columns> {
        let customer = headings.required("customer", target.diagnostics);
        let supplier = headings.required("supplier", target.diagnostics);
        let spec = table.spec;
        let date = || Reads::Date {
            format: spec.date_format.clone(),
        };
        let reads = [
            ("supports", Reads::Text),
            ("contract", Reads::Text),
            ("criticality", Reads::one_of(&CRITICALITIES)),
            (
                "amount",
                Reads::Number {
                    decimal_comma: spec.decimal_comma,
                },
            ),
            ("currency", Reads::Text),
            ("starts", date()),
            ("ends", date()),
        ];
        let fixed = reads.map(|(column, reads)| Coder::new(headings.field(column), reads));
        let policy = target.policy;
        let facts = fact_coders(table, policy, Subject::Relationship, |column| {
            headings.field(column)
        });
        let sides = ["customer", "supplier"].map(|side| {
            let facts = policy.facts_of(Subject::Party);
            let fields = facts.map(|(id, fact)| {
                (
                    usize::from(id.0),
                    headings.field(&format!("{side}.{}", fact.name)),
                )
            });
            fields.filter(|(_, field)| !field.is_absent()).collect()
        });
        let id = headings.field("id");
        headings.finish(target.diagnostics);
        Some(Columns {
            id,
            customer: customer?,
            supplier: supplier?,
            fixed,
            facts,
            sides,
        })
    }

    /// The headings that were found, each with its canonical column.
    fn found(&self, policy: &Policy) -> Vec<(String, String)> {
        let facts = policy.facts.iter().zip(&self.facts);
        let facts = facts.filter_map(|(fact, coder)| Some((fact.name.clone(), coder.as_ref()?)));
        let found = facts.filter(|(_, coder)| !coder.is_absent());
        found
            .map(|(name, coder)| (name, coder.heading().to_owned()))
            .collect()
    }
}

/// Reads the rows of a table into the builder.
pub(super) fn read(table: &Table, position: u16, target: &mut Target) -> Option<TableReport> {
    let (mut records, mut headings) = table.records(target.diagnostics)?;
    let mut columns = Columns::find(table, &mut headings, target)?;
    let mut codes = vec![0; columns.facts.len()];
    let (mut rows, mut set_aside) = (0, 0);
    while let Some(record) = records.next() {
        if record.is_blank() {
            continue;
        }
        rows += 1;
        table.inspect(&record, &headings, target.diagnostics);
        let place = Place {
            table: position,
            row: record.row,
        };
        set_aside += usize::from(!read_row(
            table,
            &record,
            place,
            &mut columns,
            &mut codes,
            target,
        ));
    }
    Some(table.report(rows, set_aside, columns.found(target.policy)))
}

/// Reads one row; false if it was set aside.
fn read_row(
    table: &Table,
    record: &Record,
    place: Place,
    columns: &mut Columns,
    codes: &mut [u32],
    target: &mut Target,
) -> bool {
    let Columns {
        id,
        customer,
        supplier,
        fixed,
        facts,
        sides,
    } = columns;
    let (customer_text, supplier_text) = (customer.name(record), supplier.name(record));
    for (field, text) in [(&*customer, &customer_text), (&*supplier, &supplier_text)] {
        if text.is_empty() {
            let fault = Fault::new(Code::MissingParty, table.file).column(&field.heading);
            target.diagnostics.add(fault, record.row);
        }
    }
    if customer_text.is_empty() || supplier_text.is_empty() {
        return false;
    }
    let (customer_id, supplier_id) = match &mut target.names {
        Some(names) => (
            names.id(&customer_text).to_owned(),
            names.id(&supplier_text).to_owned(),
        ),
        None => (customer_text.into_owned(), supplier_text.into_owned()),
    };
    let builder = &mut *target.builder;
    let mut fixed_codes = [0; FIXED];
    for ((coder, column), code) in fixed
        .iter_mut()
        .zip(&mut builder.fixed)
        .zip(&mut fixed_codes)
    {
        *code = coder.code(record, column);
    }
    for ((coder, column), code) in facts
        .iter_mut()
        .zip(&mut builder.relationship_facts)
        .zip(&mut *codes)
    {
        *code = coder.as_mut().map_or(0, |coder| coder.code(record, column));
    }
    let id = id.name(record);
    let row = RelationshipRow {
        id: &id,
        customer: &customer_id,
        supplier: &supplier_id,
        fixed: fixed_codes,
        facts: codes,
        place,
    };
    let new = match builder.relationship(&row) {
        Ok((_, new)) => new,
        Err(rejected) => {
            return !tell_rejected(rejected, &id, table, record.row, target.diagnostics);
        }
    };
    for (coder, code) in fixed.iter().zip(fixed_codes) {
        coder.tell(code, table.file, record.row, target.diagnostics);
    }
    for (coder, &code) in facts.iter().zip(codes.iter()) {
        if let Some(coder) = coder {
            coder.tell(code, table.file, record.row, target.diagnostics);
        }
    }
    tell_row(table, &row, [customer, supplier], new, target);
    keep_side_facts(record, sides, [row.customer, row.supplier], target);
    true
}

/// Tells what is odd about a row that stands.
fn tell_row(
    table: &Table,
    row: &RelationshipRow,
    fields: [&mut Field; 2],
    new: [bool; 2],
    target: &mut Target,
) {
    let (file, line) = (table.file, row.place.row);
    tell_id(row.id, "id", file, line, target.diagnostics);
    for ((field, party), new) in fields.iter().zip([row.customer, row.supplier]).zip(new) {
        if new && target.names.is_none() {
            let fault = Fault::new(Code::UnknownParty, file)
                .column(&field.heading)
                .text(party);
            target.diagnostics.add(fault, line);
        }
        if new {
            tell_id(party, &field.heading, file, line, target.diagnostics);
        }
    }
    if row.customer == row.supplier {
        target
            .diagnostics
            .add(Fault::new(Code::SelfSupply, file).text(row.customer), line);
    }
    let date = |position: usize| {
        target.builder.fixed[position]
            .value(row.fixed[position])
            .date()
    };
    if let (Some(starts), Some(ends)) = (date(Builder::STARTS), date(Builder::ENDS))
        && ends < starts
    {
        let fault = Fault::new(Code::EndsBeforeStarts, file).text(ends.to_string());
        target
            .diagnostics
            .add(fault.other(starts.to_string()), line);
    }
}

fn keep_side_facts(
    record: &Record,
    sides: &[Vec<(usize, Field)>; 2],
    ids: [&str; 2],
    target: &mut Target,
) {
    for (fields, id) in sides.iter().zip(ids) {
        if fields.is_empty() {
            continue;
        }
        let Some(party) = target.builder.find_party(id) else {
            continue;
        };
        for (fact, field) in fields {
            let text = field.text(record);
            if text.is_empty() || text.eq_ignore_ascii_case("unknown") {
                continue;
            }
            let cells = target.side_facts.entry((party, *fact)).or_default();
            cells.add(&text);
        }
    }
}

/// Gives parties the facts that rows of relationships state of them, where their own row says nothing.
pub(super) fn apply_side_facts(table: &Table, target: &mut Target) {
    for ((party, position), cells) in &*target.side_facts {
        let fact = &target.policy.facts[*position];
        let column = &mut target.builder.party_facts[*position];
        if column.get(party.index()) != &Value::Blank {
            continue;
        }
        let spec = table.spec;
        let reads = Reads::fact(fact, spec.decimal_comma, spec.date_format.as_deref());
        let is_list = matches!(fact.kind, Kind::Set | Kind::Countries);
        let mut faults = Vec::new();
        let value = match cells.met.as_slice() {
            [cell] => reads.read(cell, &mut faults),
            several if is_list => reads.read(&several.join(";"), &mut faults),
            _ => {
                let id = target.builder.party_text(*party, "id");
                let fault = Fault::new(Code::ConflictingFact, table.file)
                    .column(&fact.name)
                    .text(id);
                target.diagnostics.add(fault.other(cells.shown()), 0);
                Value::Unreadable
            }
        };
        for fault in &faults {
            target
                .diagnostics
                .add(reads.fault(fault, table.file, &fact.name), 0);
        }
        let column = &mut target.builder.party_facts[*position];
        let code = column.define(value);
        column.put(party.index(), code);
    }
}
