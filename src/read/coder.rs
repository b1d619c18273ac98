//! Turning cells into codes: each distinct text of a column is read once in a block and has one code in the register.

use std::collections::HashMap;

use super::cells::{CellFault, Reads};
use super::fields::Field;
use super::records::{Record, Word};
use crate::diagnostic::{Diagnostics, FileId};
use crate::register::{Cells, Codes, Column, Dictionary, Value};

/// Reads one column of a table.
#[derive(Debug)]
pub(super) struct Coder {
    field: Field,
    reads: Reads,
}

/// What the texts of one column of a table mean: grows block by block.
#[derive(Debug, Default)]
pub(super) struct Meanings {
    known: Dictionary,
    /// The code in the column of each known text.
    codes: Vec<u32>,
    /// The code of cells that cannot be read.
    unreadable: Option<u32>,
}

/// What one column says in the rows of one block.
#[derive(Debug, Default)]
pub(super) struct Coded {
    texts: Dictionary,
    /// 0 where the cell is blank, 1 where it cannot be read, else two more than the number of its text.
    codes: Codes,
    /// What each text says.
    values: Vec<Value>,
    /// Whether some cell cannot be read.
    unreadable: bool,
}

/// A column of a block while its cells are noted.
pub(super) struct Noting<'c> {
    coder: &'c Coder,
    position: Option<usize>,
    coded: Coded,
    met: [Met; MET],
}

/// A cell that was met, and its code; columns of facts hold few different cells again and again.
#[derive(Debug, Clone, Copy)]
struct Met {
    bytes: u128,
    length: u32,
    code: u32,
}

impl Default for Met {
    fn default() -> Met {
        // No cell has so many bytes, so this is none.
        let length = u32::MAX;
        Met {
            bytes: 0,
            length,
            code: 0,
        }
    }
}

/// Cells that are remembered, a power of two.
const MET: usize = 64;

impl Noting<'_> {
    /// Notes the record's cell.
    #[inline]
    pub(super) fn note(&mut self, record: &Record) {
        let word = self.position.and_then(|position| record.word(position));
        let Some(Word { bytes, length }) = word else {
            let code = self.code(record);
            return self.coded.codes.push(code);
        };
        let mixed = (bytes as u64 ^ (bytes >> 61) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let place = (mixed >> 32) as usize % MET;
        let met = self.met[place];
        let code = match (met.bytes, met.length) == (bytes, length) {
            true => met.code,
            false => self.code(record),
        };
        self.met[place] = Met {
            bytes,
            length,
            code,
        };
        self.coded.codes.push(code);
    }

    /// The code in the block of the record's cell.
    fn code(&mut self, record: &Record) -> u32 {
        let field = &self.coder.field;
        let raw = field.raw(record);
        match raw.is_empty() {
            false => FIRST + self.coded.texts.number(raw),
            // Not blank: an assumption must not fill it.
            true if field.is_unreadable(record) => {
                self.coded.unreadable = true;
                UNREADABLE
            }
            true => 0,
        }
    }
}

/// Reads what was noted in columns, and tells the faults of the cells; `rows` are the rows of the file that they stand in.
pub(super) fn finish(
    columns: Vec<Noting>,
    file: FileId,
    rows: &[u32],
    told: &mut Diagnostics,
) -> Vec<Coded> {
    let columns = columns.into_iter();
    let read = columns.map(|mut column| {
        column.coder.read(&mut column.coded, file, rows, told);
        column.coded
    });
    read.collect()
}

/// The code in a block of cells that cannot be read.
const UNREADABLE: u32 = 1;
/// The code in a block of the first text.
const FIRST: u32 = 2;

impl Coder {
    /// A coder for a field whose cells are read so.
    pub(super) fn new(field: Field, reads: Reads) -> Coder {
        Coder { field, reads }
    }

    /// Starts on the rows of a block.
    pub(super) fn start(&self) -> Noting<'_> {
        Noting {
            coder: self,
            position: self.field.position(),
            coded: Coded::default(),
            met: [Met::default(); MET],
        }
    }

    fn read(&self, coded: &mut Coded, file: FileId, rows: &[u32], told: &mut Diagnostics) {
        let mut faulty: HashMap<u32, Vec<CellFault>> = HashMap::new();
        for (code, raw) in (FIRST..).zip(coded.texts.texts().iter()) {
            let mut faults = Vec::new();
            coded
                .values
                .push(self.reads.read(&self.field.canonical(raw), &mut faults));
            if !faults.is_empty() {
                faulty.insert(code, faults);
            }
        }
        if faulty.is_empty() {
            return;
        }
        for (position, &row) in rows.iter().enumerate() {
            for fault in faulty.get(&coded.codes.get(position)).into_iter().flatten() {
                told.add(self.reads.fault(fault, file, &self.field.heading), row);
            }
        }
    }

    /// Whether the table has the column.
    pub(super) fn is_absent(&self) -> bool {
        self.field.is_absent()
    }
}

impl Meanings {
    /// The cells of a block as codes of the column, which gets the values that it does not know.
    fn settle(&mut self, coded: Coded, column: &mut Column) -> Cells {
        let Coded {
            texts,
            codes,
            values,
            unreadable,
        } = coded;
        if values.is_empty() && !unreadable {
            return Cells::default();
        }
        let unreadable = match unreadable {
            true => *self
                .unreadable
                .get_or_insert_with(|| column.define(Value::Unreadable)),
            false => 0,
        };
        let mut meanings = vec![0, unreadable];
        for (text, value) in texts.texts().iter().zip(values) {
            let number = self.known.number(text) as usize;
            if number == self.codes.len() {
                self.codes.push(match value {
                    Value::Blank => 0,
                    value => column.define(value),
                });
            }
            meanings.push(self.codes[number]);
        }
        Cells { codes, meanings }
    }
}

/// What was noted of a block, column by column, with what the texts of each column mean.
pub(super) struct Settling<'m> {
    columns: std::iter::Zip<std::slice::IterMut<'m, Meanings>, std::vec::IntoIter<Coded>>,
}

impl<'m> Settling<'m> {
    /// Both are in the order of the table's coders, those of absent columns left out.
    pub(super) fn new(meanings: &'m mut [Meanings], coded: Vec<Coded>) -> Settling<'m> {
        Settling {
            columns: meanings.iter_mut().zip(coded),
        }
    }

    /// The cells of the next coder as codes of a column.
    pub(super) fn next(&mut self, coder: &Coder, column: &mut Column) -> Cells {
        let next = match coder.is_absent() {
            true => None,
            false => self.columns.next(),
        };
        next.map_or_else(Cells::default, |(meanings, coded)| {
            meanings.settle(coded, column)
        })
    }
}
