//! Reading a table of who owns whom, once parties and relationships are known.

use super::blocks::Part;
use super::cells::split_list;
use super::fields::Field;
use super::names::{Cell, Names};
use super::records::Records;
use super::table::Table;
use super::{TableReport, tell_checksum, tell_id};
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};
use crate::register::{Builder, Register};

/// The rows of one block.
#[derive(Default)]
struct Block {
    /// Rows that are not blank.
    rows: usize,
    /// Those that name a party and an owner.
    owned: usize,
    /// The party and its owner, with the row, which may have several.
    pairs: Vec<([String; 2], u32)>,
    told: Diagnostics,
}

/// Reads the rows of a table into the builder; `names` gives ids where the cells are names.
pub(super) fn read(
    table: &Table,
    builder: &mut Builder,
    mut names: Option<&mut Names>,
    diagnostics: &mut Diagnostics,
) -> Option<TableReport> {
    let (all, mut headings) = table.rows(diagnostics)?;
    let fields = ["party", "owner"].map(|column| headings.required(column, diagnostics));
    headings.finish(diagnostics);
    let [party, owner] = fields;
    let fields = [party?, owner?];
    let columns = fields.each_ref().map(|field| {
        let names = names.as_deref_mut();
        names.map_or(0, |names| names.column(table.file, &field.heading))
    });
    let parse = |records: &mut Records| {
        let mut block = Block::default();
        while let Some(record) = records.next() {
            if record.is_blank() {
                continue;
            }
            block.rows += 1;
            table.inspect(&record, &headings, &mut block.told);
            let pair = fields
                .each_ref()
                .map(|field| field.name(&record).into_owned());
            for (field, cell) in fields.iter().zip(&pair) {
                if cell.is_empty() {
                    let fault = Fault::new(Code::MissingParty, table.file);
                    block.told.add(fault.column(&field.heading), record.row);
                }
            }
            if pair.iter().all(|cell| !cell.is_empty()) {
                block.owned += 1;
                for pair in split(table, pair) {
                    block.pairs.push((pair, record.row));
                }
            }
        }
        block
    };
    let (mut rows, mut set_aside) = (0, 0);
    let take = |parts: Vec<Part<Block>>| {
        for Part {
            rows_before,
            content: block,
        } in parts
        {
            rows += block.rows;
            set_aside += block.rows - block.owned;
            // A row of which several owners are not taken is one row.
            let mut last = 0;
            diagnostics.absorb(block.told, rows_before, |_| true);
            for (pair, row) in block.pairs {
                let row = rows_before + row;
                let pair = match names.as_deref_mut() {
                    Some(names) => {
                        let cell = |column| Cell { column, row };
                        let [party, owner] = &pair;
                        [(party, 0), (owner, 1)]
                            .map(|(name, end)| names.id(name, cell(columns[end])).to_owned())
                    }
                    None => pair,
                };
                if !own(table, builder, &pair, &fields, row, diagnostics) && last != row {
                    set_aside += 1;
                    last = row;
                }
            }
        }
    };
    let read = all.read_all(parse, take);
    table.readable(read, diagnostics);
    Some(table.report(rows, set_aside, &headings))
}

/// The parties and owners of a row, each with each, where the mapping says that a cell may name several.
fn split(table: &Table, pair: [String; 2]) -> Vec<[String; 2]> {
    let is_split = |column: &str| table.spec.split.iter().any(|split| split == column);
    let items = |end: usize, column: &str| match is_split(column) {
        true => split_list(&pair[end]).map(str::to_owned).collect(),
        false => vec![pair[end].clone()],
    };
    let [parties, owners] = [(0, "party"), (1, "owner")].map(|(end, column)| items(end, column));
    let of = |party: &String| {
        owners
            .iter()
            .map(|owner| [party.clone(), owner.clone()])
            .collect()
    };
    parties
        .iter()
        .flat_map(|party| -> Vec<[String; 2]> { of(party) })
        .collect()
}

/// Says who owns a party; whether nobody else does.
fn own(
    table: &Table,
    builder: &mut Builder,
    pair: &[String; 2],
    fields: &[Field; 2],
    row: u32,
    diagnostics: &mut Diagnostics,
) -> bool {
    let [party, _] = [0, 1].map(|end| {
        let (id, heading) = (&pair[end], &fields[end].heading);
        let (party, is_implied) = builder.party(id);
        if is_implied {
            let fault = Fault::new(Code::UnlistedParty, table.file).column(heading);
            diagnostics.add(fault.text(id), row);
            tell_id(id, heading, table.file, row, diagnostics);
            tell_checksum(id, heading, table.file, row, diagnostics);
        }
        party
    });
    let owner = &pair[1];
    let Some(other) = builder.own(party, owner) else {
        return true;
    };
    let fault = Fault::new(Code::SecondOwner, table.file).column(&fields[1].heading);
    diagnostics.add(fault.text(owner).other(other), row);
    false
}

/// Tells the parties that own each other in a loop: each loop once, in the file where no row lists the first.
pub(super) fn tell_loops(register: &Register, file: FileId, diagnostics: &mut Diagnostics) {
    const MOST_SHOWN: usize = 8;
    let parties = &register.parties;
    // The walk on which a party was first met; 0 is none.
    let mut walks = vec![0_u32; parties.len()];
    for (walk, start) in (1..).zip(parties.iter()) {
        let mut next = Some(start);
        while let Some(party) = next.filter(|party| walks[party.index()] == 0) {
            walks[party.index()] = walk;
            next = parties.owner(party);
        }
        let Some(first) = next.filter(|party| walks[party.index()] == walk) else {
            continue;
        };
        let owners = std::iter::successors(parties.owner(first), |&party| parties.owner(party));
        let mut ids = vec![parties.id(first)];
        let others = owners.take_while(|&party| party != first);
        ids.extend(others.take(MOST_SHOWN).map(|party| parties.id(party)));
        let more = if ids.len() > MOST_SHOWN { " …" } else { "" };
        let place = parties.place(first);
        let file = place.map_or(file, |place| FileId(place.table));
        let fault = Fault::new(Code::OwnershipLoop, file).text(ids.join(", ") + more);
        diagnostics.add(fault, place.map_or(0, |place| place.row));
    }
}
