//! Reading a table of relationships.

mod take;

use std::borrow::Cow;

use rayon::prelude::*;

use super::blocks::Part;
use super::cells::{Reads, split_list};
use super::coder::{self, Coded, Coder, Meanings, Noting};
use super::fields::{Field, Headings};
use super::names::Names;
use super::parties::fact_coders;
use super::ranks::{self, Chains, Direct, Link};
use super::records::{Record, Records};
use super::side_facts::SideFacts;
use super::table::Table;
use super::{TableReport, tell_id};
use crate::diagnostic::{Code, Diagnostics, Fault};
use crate::policy::{Policy, Subject};
use crate::register::{Builder, CRITICALITIES, Codes, Dictionary, FIXED, Named, PartyId, Texts};

/// What every table of relationships is read into.
pub(super) struct Target<'t> {
    pub(super) policy: &'t Policy,
    pub(super) builder: &'t mut Builder,
    /// Gives ids where cells of customer and supplier are names.
    pub(super) names: Option<&'t mut Names>,
    pub(super) side_facts: &'t mut SideFacts,
    pub(super) chains: &'t mut Chains,
    pub(super) diagnostics: &'t mut Diagnostics,
}

/// The columns of one table.
struct Columns {
    id: Field,
    customer: Field,
    supplier: Field,
    /// The numbers that [`Names`] has for the columns of customers and suppliers.
    named: [usize; 2],
    fixed: [Coder; FIXED],
    /// By position of the fact in the policy; none for facts of parties.
    facts: Vec<Option<Coder>>,
    sides: Vec<Side>,
    ranks: Option<ranks::Columns>,
}

/// A column that states a fact of the customer or the supplier.
struct Side {
    /// 0 for the customer, 1 for the supplier.
    end: usize,
    /// The position of the fact in the policy.
    fact: usize,
    field: Field,
}

impl Columns {
    fn find(table: &Table, headings: &mut Headings, target: &mut Target) -> Option<Columns> {
        let customer = headings.required("customer", target.diagnostics);
        let supplier = headings.required("supplier", target.diagnostics);
        let spec = table.spec;
        let date = |is_end| Reads::Date {
            format: spec.date_format.clone(),
            is_end,
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
            ("starts", date(false)),
            ("ends", date(true)),
        ];
        let mut ranks = None;
        let fixed = reads.map(|(column, reads)| {
            let field = headings.field(column);
            if column == "contract" {
                ranks = ranks::Columns::find(headings, &field, target.chains);
            }
            Coder::new(field, reads)
        });
        let policy = target.policy;
        let facts = fact_coders(table, policy, Subject::Relationship, |column| {
            headings.field(column)
        });
        let mut sides = Vec::new();
        for (end, side) in ["customer", "supplier"].into_iter().enumerate() {
            for (id, fact) in policy.facts_of(Subject::Party) {
                let field = headings.field(&format!("{side}.{}", fact.name));
                let fact = usize::from(id.0);
                sides.extend((!field.is_absent()).then_some(Side { end, fact, field }));
            }
        }
        let id = headings.field("id");
        headings.finish(target.diagnostics);
        let (customer, supplier) = (customer?, supplier?);
        let mut number = |field: &Field| {
            let names = target.names.as_mut();
            names.map_or(0, |names| names.column(table.file, &field.heading))
        };
        Some(Columns {
            id,
            named: [number(&customer), number(&supplier)],
            customer,
            supplier,
            fixed,
            facts,
            sides,
            ranks,
        })
    }

    /// The coders of the columns that the table has.
    fn coders(&self) -> Vec<&Coder> {
        let coders = self.fixed.iter().chain(self.facts.iter().flatten());
        coders.filter(|coder| !coder.is_absent()).collect()
    }

    /// What their texts mean, before any is read.
    fn meanings(&self) -> Vec<Meanings> {
        self.coders().iter().map(|_| Meanings::default()).collect()
    }
}

/// The rows of one block.
#[derive(Default)]
struct Block {
    /// Rows that are not blank.
    rows: usize,
    /// Those that lack a customer or a supplier.
    set_aside: usize,
    /// The rows that have both, one of several of them several times.
    numbers: Vec<u32>,
    ids: Texts,
    rising: bool,
    /// The customer and supplier of each row, by turns.
    ends: Texts,
    /// The same, looked up.
    parties: Vec<[Named; 2]>,
    unknown: Texts,
    /// The cells of each coder, in the order of [`Columns::coders`].
    coded: Vec<Coded>,
    /// The cells of each side: texts, and 0 or one more than the number of the text in each row.
    sides: Vec<(Dictionary, Codes)>,
    /// Where in its chain each row stands; empty where the table has no ranks.
    links: Vec<Option<Link>>,
    /// Rows that are no relationships of their own.
    direct: Vec<Direct>,
    /// Faults of rows, whether or not they stand.
    told: Diagnostics,
    /// Faults of the cells of rows that stand.
    told_of_cells: Diagnostics,
}

/// Reads the rows of a table into the builder.
pub(super) fn read(table: &Table, position: u16, target: &mut Target) -> Option<TableReport> {
    let (all, mut headings) = table.rows(target.diagnostics)?;
    let columns = Columns::find(table, &mut headings, target)?;
    let mut meanings = columns.meanings();
    let (mut rows, mut set_aside) = (0, 0);
    let take = |mut parts: Vec<Part<Block>>| {
        let builder = &*target.builder;
        parts
            .par_iter_mut()
            .for_each(|part| part.content.find_parties(builder));
        for part in parts {
            rows += part.content.rows;
            set_aside += part.content.set_aside;
            set_aside += target.take(table, position, part, &columns, &mut meanings);
        }
    };
    let read = all.read_all(|records| parse(table, &headings, &columns, records), take);
    table.readable(read, target.diagnostics);
    Some(table.report(rows, set_aside, &headings))
}

/// Reads the rows of a block.
fn parse(table: &Table, headings: &Headings, columns: &Columns, records: &mut Records) -> Block {
    let mut block = Block {
        rising: true,
        ..Block::default()
    };
    let coders = columns.coders();
    let mut noting: Vec<_> = coders.iter().map(|coder| coder.start()).collect();
    block
        .sides
        .resize_with(columns.sides.len(), Default::default);
    while let Some(record) = records.next() {
        if record.is_blank() {
            continue;
        }
        block.rows += 1;
        table.inspect(&record, headings, &mut block.told);
        let named =
            [&columns.customer, &columns.supplier].map(|field| (field, field.name(&record)));
        if let Some(ranks) = &columns.ranks {
            ranks.inspect(&record, table.file, &mut block.told_of_cells);
            if let Some(direct) = ranks.direct(&record, [&*named[0].1, &*named[1].1]) {
                block.direct.push(direct);
                continue;
            }
        }
        for (field, name) in &named {
            if name.is_empty() {
                let fault = Fault::new(Code::MissingParty, table.file).column(&field.heading);
                block.told.add(fault, record.row);
            }
        }
        if named.iter().any(|(_, name)| name.is_empty()) {
            block.set_aside += 1;
            continue;
        }
        let id = columns.id.name(&record);
        tell_id(&id, "id", table.file, record.row, &mut block.told_of_cells);
        let ends = named.map(|(_, name)| name);
        if table.spec.split.is_empty() {
            block.push(&record, [&*ends[0], &*ends[1]], &id, columns, &mut noting);
            continue;
        }
        for ([customer, supplier], id) in split(table, &ends, &id, record.row) {
            block.push(&record, [customer, supplier], &id, columns, &mut noting);
        }
    }
    let (rows, told) = (&block.numbers, &mut block.told_of_cells);
    block.coded = coder::finish(noting, table.file, rows, told);
    block
}

/// The relationships of a row that names several customers or suppliers, each with an id of its own.
fn split<'c>(
    table: &Table,
    ends: &'c [Cow<'c, str>; 2],
    id: &str,
    row: u32,
) -> Vec<([&'c str; 2], String)> {
    let items = |end: usize, column: &str| -> Vec<&'c str> {
        let cell = &*ends[end];
        match table.spec.split.iter().any(|split| split == column) {
            true => split_list(cell).collect(),
            false => vec![cell],
        }
    };
    let (customers, suppliers) = (items(0, "customer"), items(1, "supplier"));
    let [several_customers, several_suppliers] =
        [&customers, &suppliers].map(|ends| ends.len() > 1);
    let mut found = Vec::new();
    for &customer in &customers {
        for &supplier in &suppliers {
            let mut name = match id {
                "" => format!("row {row}"),
                id => id.to_owned(),
            };
            for (is_several, party) in
                [(several_customers, customer), (several_suppliers, supplier)]
            {
                if is_several {
                    name = format!("{name}/{party}");
                }
            }
            let is_one = !several_customers && !several_suppliers;
            let name = if is_one { id.to_owned() } else { name };
            found.push(([customer, supplier], name));
        }
    }
    found
}

impl Block {
    /// Adds a relationship that a row states.
    #[inline(always)]
    fn push(
        &mut self,
        record: &Record,
        ends: [&str; 2],
        id: &str,
        columns: &Columns,
        noting: &mut [Noting],
    ) {
        ends.iter().for_each(|name| self.ends.push(name));
        self.rising &= self.ids.last() < id;
        self.ids.push(id);
        self.numbers.push(record.row);
        noting.iter_mut().for_each(|column| column.note(record));
        self.note_sides(record, &columns.sides);
        if let Some(ranks) = &columns.ranks {
            self.links.push(ranks.link(record));
        }
    }

    fn note_sides(&mut self, record: &Record, sides: &[Side]) {
        for (side, (texts, codes)) in sides.iter().zip(&mut self.sides) {
            let text = side.field.text(record);
            let says_nothing = text.is_empty() || text.eq_ignore_ascii_case("unknown");
            codes.push(if says_nothing {
                0
            } else {
                texts.number(&text) + 1
            });
        }
    }

    /// Looks up customers and suppliers.
    fn find_parties(&mut self, builder: &Builder) {
        let (ends, unknown) = (std::mem::take(&mut self.ends), &mut self.unknown);
        let mut named = |end: usize, found: Option<PartyId>| match found {
            Some(party) => Named::Known(party),
            None => {
                unknown.push(ends.get(end));
                Named::Unknown(unknown.len() as u32 - 1)
            }
        };
        let found = builder.find_parties(&ends);
        let (pairs, _) = found.as_chunks::<2>();
        let rows = (0..).step_by(2).zip(pairs);
        self.parties = rows
            .map(|(end, &[customer, supplier])| [named(end, customer), named(end + 1, supplier)])
            .collect();
    }
}
