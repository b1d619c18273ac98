//! Reading a table of parties.

use super::blocks::Part;
use super::cells::Reads;
use super::coder::{self, Coded, Coder, Meanings, Settling};
use super::fields::{Field, Headings};
use super::names::{self, Names};
use super::records::Records;
use super::table::Table;
use super::{TableReport, tell_block, tell_checksum, tell_id};
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};
use crate::policy::{Policy, Subject};
use crate::register::{Builder, PartyRows, Place, Rejected, Texts};

/// The columns of one table.
struct Columns {
    id: Field,
    name: Field,
    /// The number that [`Names`] has for the column of names.
    named: usize,
    local_name: Coder,
    owner: Coder,
    /// By position of the fact in the policy; none for facts of relationships.
    facts: Vec<Option<Coder>>,
}

impl Columns {
    fn find(
        table: &Table,
        headings: &mut Headings,
        policy: &Policy,
        names: &mut Names,
        diagnostics: &mut Diagnostics,
    ) -> Option<Columns> {
        let id = headings.field("id");
        let name = headings.required("name", diagnostics)?;
        let columns = Columns {
            id,
            named: names.column(table.file, &name.heading),
            name,
            local_name: Coder::new(headings.field("local_name"), Reads::Text),
            owner: Coder::new(headings.field("owner"), Reads::Text),
            facts: fact_coders(table, policy, Subject::Party, |column| {
                headings.field(column)
            }),
        };
        headings.finish(diagnostics);
        Some(columns)
    }

    /// The coders of the columns that the table has.
    fn coders(&self) -> Vec<&Coder> {
        let facts = self.facts.iter().flatten();
        let coders = facts.chain([&self.local_name, &self.owner]);
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
    /// The rows that have an id, or get one by their name.
    numbers: Vec<u32>,
    ids: Texts,
    rising: bool,
    names: Texts,
    /// The cells of each coder, in the order of [`Columns::coders`].
    coded: Vec<Coded>,
    /// Faults of rows, whether or not they stand.
    told: Diagnostics,
    /// Faults of the cells of rows that stand.
    told_of_cells: Diagnostics,
}

/// Reads the rows of a table into the builder; `names` gives ids where the table has none.
pub(super) fn read(
    table: &Table,
    position: u16,
    policy: &Policy,
    builder: &mut Builder,
    names: &mut Names,
    diagnostics: &mut Diagnostics,
) -> Option<TableReport> {
    let (all, mut headings) = table.rows(diagnostics)?;
    let columns = Columns::find(table, &mut headings, policy, names, diagnostics)?;
    let mut meanings = columns.meanings();
    let (mut rows, mut set_aside) = (0, 0);
    let take = |parts: Vec<Part<Block>>| {
        for part in parts {
            rows += part.content.rows;
            set_aside += part.content.rows - part.content.numbers.len();
            let mut target = Target {
                columns: &columns,
                meanings: &mut meanings,
                builder,
                names,
                diagnostics,
            };
            set_aside += target.take(table, position, part);
        }
    };
    let read = all.read_all(|records| parse(table, &headings, &columns, records), take);
    table.readable(read, diagnostics);
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
    while let Some(record) = records.next() {
        if record.is_blank() {
            continue;
        }
        block.rows += 1;
        table.inspect(&record, headings, &mut block.told);
        let name = columns.name.name(&record);
        let id = match columns.id.is_absent() {
            true => name.clone(),
            false => columns.id.name(&record),
        };
        if id.is_empty() {
            block
                .told
                .add(Fault::new(Code::PartyWithoutId, table.file), record.row);
            continue;
        }
        tell_id(&id, "id", table.file, record.row, &mut block.told_of_cells);
        for (field, text) in [(&columns.id, &id), (&columns.name, &name)] {
            let (column, told) = (&field.heading, &mut block.told_of_cells);
            if !field.is_absent() {
                tell_checksum(text, column, table.file, record.row, told);
            }
        }
        block.numbers.push(record.row);
        block.rising &= *block.ids.last() < *id;
        block.ids.push(&id);
        block.names.push(&name);
        noting.iter_mut().for_each(|column| column.note(&record));
    }
    let (rows, told) = (&block.numbers, &mut block.told_of_cells);
    block.coded = coder::finish(noting, table.file, rows, told);
    block
}

/// What a table of parties is read into.
struct Target<'t> {
    columns: &'t Columns,
    meanings: &'t mut [Meanings],
    builder: &'t mut Builder,
    names: &'t mut Names,
    diagnostics: &'t mut Diagnostics,
}

impl Target<'_> {
    /// Takes the rows of a block and gives how many were set aside because their id is taken.
    fn take(&mut self, table: &Table, position: u16, part: Part<Block>) -> usize {
        let Part {
            rows_before,
            content: block,
        } = part;
        let columns = self.columns;
        let mut rows = PartyRows {
            ids: block.ids,
            rising: block.rising,
            names: block.names,
            fills: table.spec.fills,
            ..PartyRows::default()
        };
        for &row in &block.numbers {
            rows.places.push(Place {
                table: position,
                row: rows_before + row,
            });
        }
        if columns.id.is_absent() {
            // A party that is written in two ways has one name, so that rows of it can repeat each other.
            rows.ids = self.ids(&rows);
            (rows.names, rows.rising) = (rows.ids.clone(), false);
        }
        let builder = &mut *self.builder;
        let mut settling = Settling::new(self.meanings, block.coded);
        for (coder, column) in columns.facts.iter().zip(&mut builder.party_facts) {
            let cells = coder.as_ref().map(|coder| settling.next(coder, column));
            rows.facts.push(cells.unwrap_or_default());
        }
        rows.local_name = settling.next(&columns.local_name, &mut builder.local_name);
        rows.owner = settling.next(&columns.owner, &mut builder.owner);
        let rejected = builder.parties(rows);
        let faults = (block.told, block.told_of_cells);
        match table.spec.fills {
            false => tell_block(faults, rows_before, &rejected, table.file, self.diagnostics),
            true => {
                self.diagnostics.absorb(faults.0, rows_before, |_| true);
                self.diagnostics.absorb(faults.1, rows_before, |_| true);
                tell_otherwise(&rejected, table.file, self.diagnostics);
                0
            }
        }
    }

    /// The ids that the names of rows stand for.
    fn ids(&mut self, rows: &PartyRows) -> Texts {
        let mut ids = Texts::default();
        for (at, name) in rows.names.iter().enumerate() {
            let row = rows.places.get(at).map_or(0, |place| place.row);
            let column = self.columns.named;
            ids.push(self.names.id(name, names::Cell { column, row }));
        }
        ids
    }
}

/// Tells the rows that say something else of a party than the row that lists it.
fn tell_otherwise(rejected: &[Rejected], file: FileId, diagnostics: &mut Diagnostics) {
    for rejected in rejected.iter().filter(|rejected| !rejected.repeats) {
        let first = rejected.first;
        let listed = diagnostics.file_name(FileId(first.table)).to_owned();
        let fault = Fault::new(Code::ListedOtherwise, file).text(&rejected.id);
        diagnostics.add(
            fault.other(format!("{listed}:{}", first.row)),
            rejected.place.row,
        );
    }
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
