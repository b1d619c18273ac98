//! Taking the rows of a block into the register that is being built.

use super::{Block, Columns, Side, Target};
use crate::diagnostic::{Code, Fault};
use crate::read::blocks::Part;
use crate::read::coder::{Meanings, Settling};
use crate::read::names::{self, Names};
use crate::read::table::Table;
use crate::read::{tell_block, tell_checksum, tell_id};
use crate::register::{
    Builder, Codes, Dictionary, Implied, Named, Place, RelationshipId, RelationshipRows, Texts,
};

impl Target<'_> {
    /// Takes the rows of a block and gives how many were set aside because their id is taken.
    pub(super) fn take(
        &mut self,
        table: &Table,
        position: u16,
        part: Part<Block>,
        columns: &Columns,
        meanings: &mut [Meanings],
    ) -> usize {
        let Part {
            rows_before,
            content: block,
        } = part;
        let mut rows = RelationshipRows {
            ids: block.ids,
            rising: block.rising,
            parties: block.parties,
            unknown: block.unknown,
            ..RelationshipRows::default()
        };
        for &row in &block.numbers {
            rows.places.push(Place {
                table: position,
                row: rows_before + row,
            });
        }
        if let Some(names) = &mut self.names {
            rows.unknown = ids(&rows, names, columns.named);
        }
        let builder = &mut *self.builder;
        let mut settling = Settling::new(meanings, block.coded);
        let fixed = columns.fixed.iter().zip(&mut builder.fixed);
        for ((coder, column), cells) in fixed.zip(&mut rows.fixed) {
            *cells = settling.next(coder, column);
        }
        for (coder, column) in columns.facts.iter().zip(&mut builder.relationship_facts) {
            let cells = coder.as_ref().map(|coder| settling.next(coder, column));
            rows.facts.push(cells.unwrap_or_default());
        }
        let before = builder.relationship_count();
        let (rejected, implied) = builder.relationships(rows);
        tell_implied(&implied, table, columns, self);
        tell_odd(before, table, self);
        if !columns.sides.is_empty() || columns.ranks.is_some() {
            let taken = taken(before, rows_before, &block.numbers, self.builder);
            keep_side_facts(&taken, &block.sides, &columns.sides, self);
            for (at, link) in taken.iter().zip(block.links) {
                if let (Some(relationship), Some(link)) = (*at, link) {
                    let [_, supplier] = self.builder.ends(relationship);
                    self.chains.add(relationship, supplier, link);
                }
            }
        }
        let heading = &columns.supplier.heading;
        self.chains
            .add_direct(block.direct, rows_before, table.file, heading);
        let faults = (block.told, block.told_of_cells);
        tell_block(faults, rows_before, &rejected, table.file, self.diagnostics)
    }
}

/// The ids of the parties that are not known yet, which stand in the order of their rows.
fn ids(rows: &RelationshipRows, names: &mut Names, columns: [usize; 2]) -> Texts {
    let mut ids = Texts::default();
    for (at, ends) in rows.parties.iter().enumerate() {
        for (named, column) in ends.iter().zip(columns) {
            if let Named::Unknown(position) = named {
                let row = rows.places.get(at).map_or(0, |place| place.row);
                let name = rows.unknown.get(*position as usize);
                ids.push(names.id(name, names::Cell { column, row }));
            }
        }
    }
    ids
}

/// Tells the parties that no row lists.
fn tell_implied(implied: &[Implied], table: &Table, columns: &Columns, target: &mut Target) {
    for Implied {
        party,
        place,
        supplies,
    } in implied
    {
        let field = match supplies {
            true => &columns.supplier,
            false => &columns.customer,
        };
        let id = target.builder.party_text(*party, "id");
        if target.names.is_none() {
            let fault = Fault::new(Code::UnknownParty, table.file).column(&field.heading);
            target.diagnostics.add(fault.text(id), place.row);
        }
        let (column, told) = (&field.heading, &mut *target.diagnostics);
        tell_id(id, column, table.file, place.row, told);
        tell_checksum(id, column, table.file, place.row, told);
    }
}

/// Tells what is odd about the rows taken last: parties that supply themselves, and ends before starts.
fn tell_odd(before: usize, table: &Table, target: &mut Target) {
    let builder = &*target.builder;
    let dates = [Builder::STARTS, Builder::ENDS].map(|column| &builder.fixed[column]);
    let has_dates = dates.iter().all(|column| !column.is_blank());
    for at in before..builder.relationship_count() {
        let relationship = RelationshipId(at as u32);
        let row = || builder.place(relationship).map_or(0, |place| place.row);
        let [customer, supplier] = builder.ends(relationship);
        if customer == supplier {
            let fault = Fault::new(Code::SelfSupply, table.file);
            let id = builder.party_text(customer, "id");
            target.diagnostics.add(fault.text(id), row());
        }
        if !has_dates {
            continue;
        }
        if let [Some(starts), Some(ends)] = dates.map(|column| column.get(at).date())
            && ends < starts
        {
            let fault = Fault::new(Code::EndsBeforeStarts, table.file).text(ends.to_string());
            target
                .diagnostics
                .add(fault.other(starts.to_string()), row());
        }
    }
}

/// The relationship that each row became; none where its id was taken.
fn taken(
    before: usize,
    rows_before: u32,
    numbers: &[u32],
    builder: &Builder,
) -> Vec<Option<RelationshipId>> {
    let all = (before..builder.relationship_count()).map(|at| RelationshipId(at as u32));
    let mut all = all.peekable();
    let of_row = |row: u32| {
        let is_its = |&at: &RelationshipId| {
            let place = builder.place(at);
            place.is_some_and(|place| place.row == rows_before + row)
        };
        all.next_if(is_its)
    };
    numbers.iter().copied().map(of_row).collect()
}

/// Keeps what the rows taken last say of their parties.
fn keep_side_facts(
    taken: &[Option<RelationshipId>],
    cells: &[(Dictionary, Codes)],
    sides: &[Side],
    target: &mut Target,
) {
    let taken = taken.iter().enumerate();
    for (row, relationship) in taken.filter_map(|(row, taken)| Some((row, (*taken)?))) {
        let ends = target.builder.ends(relationship);
        for (side, (texts, codes)) in sides.iter().zip(cells) {
            if let Some(number) = codes.get(row).checked_sub(1) {
                let cells = target
                    .side_facts
                    .entry((ends[side.end], side.fact))
                    .or_default();
                cells.add(texts.texts().get(number as usize));
            }
        }
    }
}
