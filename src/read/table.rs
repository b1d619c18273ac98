//! One delimited file as a table: its text, its heading row, and the faults of whole rows.

use std::io;

use super::TableReport;
use super::fields::{Headings, normal_heading};
use super::mapping::{TableSpec, canonical_columns};
use super::records::{self, Record, Records};
use super::source::{self, Source};
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};
use crate::policy::Policy;

/// A table whose text is in memory.
pub(super) struct Table<'m> {
    pub(super) spec: &'m TableSpec,
    pub(super) file: FileId,
    source: Source,
    delimiter: u8,
}

impl<'m> Table<'m> {
    /// Reads the file; one that is missing or unreadable is a fault.
    pub(super) fn open(
        spec: &'m TableSpec,
        policy: &Policy,
        diagnostics: &mut Diagnostics,
    ) -> Option<Table<'m>> {
        let file = diagnostics.file(&spec.name);
        let source = match Source::read(&spec.path, spec.encoding) {
            Ok(source) => source,
            Err(error) => {
                let code = match error.kind() {
                    io::ErrorKind::NotFound => Code::MissingFile,
                    _ => Code::UnreadableFile,
                };
                let path = spec.path.display().to_string();
                diagnostics.add(
                    Fault::new(code, file).text(path).other(error.to_string()),
                    0,
                );
                return None;
            }
        };
        let canonical = canonical_columns(spec.holds, policy);
        let mapped: Vec<_> = spec
            .map
            .columns
            .values()
            .map(|heading| normal_heading(heading))
            .collect();
        let is_heading = |cell: &str| {
            let normal = normal_heading(cell);
            mapped.contains(&normal) || canonical.contains(&normal)
        };
        let delimiter = spec.delimiter.unwrap_or_else(|| {
            let mut titles = Records::new(&source.text, b',');
            titles.skip_rows(spec.skip_rows);
            source::detect_delimiter(&source.text[titles.position()..], is_heading)
        });
        Some(Table {
            spec,
            file,
            source,
            delimiter,
        })
    }

    /// The records after the heading, and the headings; none where the file has no heading.
    pub(super) fn records(
        &self,
        diagnostics: &mut Diagnostics,
    ) -> Option<(Records<'_>, Headings<'m>)> {
        let mut records = Records::new(&self.source.text, self.delimiter);
        records.skip_rows(self.spec.skip_rows);
        let heading = records.next().filter(|record| !record.is_blank());
        let headings = heading.map(|heading| {
            if heading.unclosed {
                diagnostics.add(Fault::new(Code::UnclosedQuote, self.file), heading.row);
            }
            Headings::new(&heading, &self.spec.map, self.file, diagnostics)
        });
        match headings {
            Some(headings) => Some((records, headings)),
            None => {
                diagnostics.add(Fault::new(Code::EmptyFile, self.file), 0);
                None
            }
        }
    }

    /// Whether the table has a canonical column.
    pub(super) fn has_column(&self, canonical: &str) -> bool {
        let found = self.records(&mut Diagnostics::default());
        found.is_some_and(|(_, mut headings)| !headings.field(canonical).is_absent())
    }

    /// Tells the faults of a row that are no single column's.
    pub(super) fn inspect(
        &self,
        record: &Record,
        headings: &Headings,
        diagnostics: &mut Diagnostics,
    ) {
        let fault = |code| Fault::new(code, self.file);
        if record.unclosed {
            diagnostics.add(fault(Code::UnclosedQuote), record.row);
        }
        let extra = (headings.len()..record.len()).any(|position| !record.get(position).is_empty());
        let short =
            (record.len()..headings.len()).any(|position| !headings.get(position).is_empty());
        if extra || short {
            let (cells, columns) = (record.len().to_string(), headings.len().to_string());
            diagnostics.add(
                fault(Code::RaggedRow).text(cells).other(columns),
                record.row,
            );
        }
        if self.source.undecodable || self.source.controls {
            self.inspect_characters(record, headings, diagnostics);
        }
        if records::is_too_long(record.bytes()) {
            for (position, cell) in record
                .iter()
                .enumerate()
                .filter(|(_, cell)| records::is_too_long(cell))
            {
                let length = String::from_utf8_lossy(cell).chars().count().to_string();
                diagnostics.add(
                    fault(Code::CellTooLong)
                        .column(headings.get(position))
                        .text(length),
                    record.row,
                );
            }
        }
    }

    fn inspect_characters(
        &self,
        record: &Record,
        headings: &Headings,
        diagnostics: &mut Diagnostics,
    ) {
        let code = match self.source.undecodable {
            true => Code::UndecodableBytes,
            false => Code::ControlCharacter,
        };
        for (position, cell) in record.iter().enumerate() {
            let text = String::from_utf8_lossy(cell);
            if text.contains('\u{FFFD}') {
                let fault = Fault::new(code, self.file)
                    .column(headings.get(position))
                    .text(text);
                diagnostics.add(fault.other(self.source.encoding.name()), record.row);
            }
        }
    }

    /// What was read, for whoever wants to see whether the file was understood.
    pub(super) fn report(
        &self,
        rows: usize,
        set_aside: usize,
        columns: Vec<(String, String)>,
    ) -> TableReport {
        TableReport {
            file: self.spec.name.clone(),
            holds: self.spec.holds,
            encoding: self.source.encoding.name(),
            delimiter: char::from(self.delimiter),
            digest: self.source.digest.clone(),
            rows,
            set_aside,
            columns,
        }
    }
}
