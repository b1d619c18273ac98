//! One delimited file as a table: its text, its heading row, and the faults of whole rows.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use super::TableReport;
use super::blocks::{Blocks, Window};
use super::fields::{Headings, normal_heading};
use super::mapping::{TableSpec, canonical_columns};
use super::records::{self, Record, Records};
use super::source::{self, NotPlain, Source};
use super::workbook;
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};
use crate::policy::Policy;

/// A table whose encoding and delimiter are known.
pub(super) struct Table<'m> {
    pub(super) spec: &'m TableSpec,
    pub(super) file: FileId,
    source: Source,
    delimiter: u8,
    /// Whether some of the text turned out not to be what the source takes it for.
    misjudged: AtomicBool,
}

impl<'m> Table<'m> {
    /// Opens the file; one that is missing or unreadable is a fault. A large one is taken to be plain UTF-8 if `is_plain`.
    pub(super) fn open(
        spec: &'m TableSpec,
        is_plain: bool,
        policy: &Policy,
        diagnostics: &mut Diagnostics,
    ) -> Option<Table<'m>> {
        let file = diagnostics.file(&spec.name);
        let opened = match &spec.content {
            Some(Ok(sheet)) => {
                sheet.tell(file, diagnostics);
                Ok(sheet.source())
            }
            Some(Err(trouble)) => {
                diagnostics.add(trouble.fault(file, spec), 0);
                return None;
            }
            None => Source::open(&spec.path, spec.encoding, is_plain),
        };
        let source = match opened {
            Ok(source) => source,
            Err(error) => {
                tell_unreadable(spec, file, &error, diagnostics);
                return None;
            }
        };
        let mut table = Table {
            spec,
            file,
            source,
            delimiter: spec.delimiter.unwrap_or(workbook::DELIMITER),
            misjudged: AtomicBool::new(false),
        };
        if spec.delimiter.is_none() && spec.content.is_none() {
            table.delimiter = table.detect_delimiter(policy);
        }
        Some(table)
    }

    /// What `read` makes of the first part of the text, in which records that start within a [`source::BLOCK`] are whole.
    pub(super) fn start<T>(
        &self,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(&str) -> T,
    ) -> Option<T> {
        let mut buffer = Vec::new();
        let first = Window::first(&self.source.text, &mut buffer);
        let first = self.readable(first, diagnostics)?;
        Some(read(first.text))
    }

    /// How many bytes the text has.
    pub(super) fn length(&self) -> usize {
        self.source.text.len()
    }

    /// What separates the cells.
    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The encoding, or the kind of the workbook.
    pub(super) fn encoding(&self) -> &'static str {
        match &self.spec.content {
            Some(Ok(sheet)) => sheet.kind,
            _ => self.source.encoding.name(),
        }
    }

    /// What most likely separates the cells of the heading row.
    fn detect_delimiter(&self, policy: &Policy) -> u8 {
        let spec = self.spec;
        let canonical = canonical_columns(spec.holds, policy);
        let mapped = spec
            .map
            .columns
            .values()
            .filter(|heading| !heading.is_empty());
        let mapped: Vec<_> = mapped.map(|heading| normal_heading(heading)).collect();
        let is_heading = |cell: &str| {
            let normal = normal_heading(cell);
            mapped.contains(&normal) || canonical.contains(&normal)
        };
        let mut buffer = Vec::new();
        let Ok(first) = Window::first(&self.source.text, &mut buffer) else {
            return b',';
        };
        let mut titles = Records::new(first.text, b',');
        titles.skip_rows(spec.skip_rows);
        source::detect_delimiter(&first.text[titles.position()..], is_heading)
    }

    /// The rows after the heading, and the headings; none where the file has no heading.
    pub(super) fn rows(&self, diagnostics: &mut Diagnostics) -> Option<(Blocks<'_>, Headings<'m>)> {
        let mut buffer = Vec::new();
        let first = Window::first(&self.source.text, &mut buffer);
        let first = self.readable(first, diagnostics)?;
        let mut records = Records::new(first.text, self.delimiter);
        records.skip_rows(self.spec.skip_rows);
        let heading = records.next().filter(|record| !record.is_blank());
        let headings = heading.map(|heading| {
            if heading.unclosed {
                diagnostics.add(Fault::new(Code::UnclosedQuote, self.file), heading.row);
            }
            Headings::new(&heading, &self.spec.map, self.file, diagnostics)
        });
        let Some(headings) = headings else {
            diagnostics.add(Fault::new(Code::EmptyFile, self.file), 0);
            return None;
        };
        let (at, row) = (records.position(), records.rows());
        let blocks = Blocks::new(&self.source.text, self.delimiter, at, row);
        Some((blocks, headings))
    }

    /// What was read; where it could not be, that is told.
    pub(super) fn readable<T>(
        &self,
        read: io::Result<T>,
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        let tell = |error: io::Error| {
            let cause = error.get_ref();
            let misjudged =
                cause.is_some_and(<dyn std::error::Error + Send + Sync>::is::<NotPlain>);
            self.misjudged.fetch_or(misjudged, Ordering::Relaxed);
            tell_unreadable(self.spec, self.file, &error, diagnostics);
        };
        read.map_err(tell).ok()
    }

    /// Whether it has to be read again as what it is: a large file that is not plain UTF-8.
    pub(super) fn is_misjudged(&self) -> bool {
        self.misjudged.load(Ordering::Relaxed)
    }

    /// Whether the table has a canonical column.
    pub(super) fn has_column(&self, canonical: &str) -> bool {
        let found = self.rows(&mut Diagnostics::default());
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
        if records::is_too_long(record.text()) {
            for (position, cell) in record
                .iter()
                .enumerate()
                .filter(|(_, cell)| records::is_too_long(cell))
            {
                let length = cell.chars().count().to_string();
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
        for (position, text) in record.iter().enumerate() {
            if text.contains('\u{FFFD}') {
                let fault = Fault::new(code, self.file)
                    .column(headings.get(position))
                    .text(text);
                diagnostics.add(fault.other(self.source.encoding.name()), record.row);
            }
        }
    }

    /// What was read, for whoever wants to see whether the file was understood.
    pub(super) fn report(&self, rows: usize, set_aside: usize, headings: &Headings) -> TableReport {
        TableReport {
            file: self.spec.name.clone(),
            holds: self.spec.holds,
            encoding: self.encoding(),
            delimiter: (self.spec.content.is_none()).then_some(char::from(self.delimiter)),
            digest: self.source.digest.clone(),
            rows,
            set_aside,
            columns: headings.read(),
            unread: headings.unread().cloned().collect(),
        }
    }
}

fn tell_unreadable(
    spec: &TableSpec,
    file: FileId,
    error: &io::Error,
    diagnostics: &mut Diagnostics,
) {
    let code = match error.kind() {
        io::ErrorKind::NotFound => Code::MissingFile,
        _ => Code::UnreadableFile,
    };
    let path = spec.path.display().to_string();
    let fault = Fault::new(code, file).text(path);
    diagnostics.add(fault.other(error.to_string()), 0);
}
