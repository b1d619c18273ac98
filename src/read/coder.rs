//! Turning cells into codes: each distinct text of a column is read once.

use std::collections::HashMap;

use super::cells::{CellFault, Reads};
use super::fields::Field;
use super::records::Record;
use crate::diagnostic::{Diagnostics, FileId};
use crate::register::{Column, Value};

/// Reads one column of a table.
#[derive(Debug)]
pub(super) struct Coder {
    field: Field,
    reads: Reads,
    codes: HashMap<Box<[u8]>, u32>,
    /// The faults of the texts that have some.
    faults: HashMap<u32, Vec<CellFault>>,
    /// The code of cells that are too long to be read.
    unread: Option<u32>,
}

impl Coder {
    /// A coder for a field whose cells are read so.
    pub(super) fn new(field: Field, reads: Reads) -> Coder {
        Coder {
            field,
            reads,
            codes: HashMap::new(),
            faults: HashMap::new(),
            unread: None,
        }
    }

    /// The code of the record's cell in `column`, which only this coder's table and its like write to.
    pub(super) fn code(&mut self, record: &Record, column: &mut Column) -> u32 {
        let raw = self.field.raw(record);
        if raw.is_empty() {
            if !self.field.is_too_long(record) {
                return 0;
            }
            // Not blank: an assumption must not fill it.
            return *self
                .unread
                .get_or_insert_with(|| column.define(Value::Unreadable));
        }
        if let Some(&code) = self.codes.get(raw) {
            return code;
        }
        let mut faults = Vec::new();
        let code = match self.reads.read(&self.field.canonical(raw), &mut faults) {
            Value::Blank => 0,
            value => column.define(value),
        };
        self.codes.insert(raw.into(), code);
        if !faults.is_empty() {
            self.faults.insert(code, faults);
        }
        code
    }

    /// Tells the faults of a code that a row of the file has.
    pub(super) fn tell(&self, code: u32, file: FileId, row: u32, diagnostics: &mut Diagnostics) {
        for fault in self.faults.get(&code).into_iter().flatten() {
            diagnostics.add(self.reads.fault(fault, file, &self.field.heading), row);
        }
    }

    /// The column's heading as the file has it.
    pub(super) fn heading(&self) -> &str {
        &self.field.heading
    }

    /// Whether the table has the column.
    pub(super) fn is_absent(&self) -> bool {
        self.field.is_absent()
    }
}
