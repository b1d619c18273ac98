//! One delimited text as a table: its text, its heading row, and the faults of whole rows.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use super::TableReport;
use super::blocks::{Blocks, Window};
use super::fields::{Headings, normal_heading};
use super::mapping::{TableSpec, canonical_columns};
use super::odd_lines;
use super::prepare;
use super::records::{self, Record, Records};
use super::second_heading;
use super::source::{self, NotPlain, Source};
use super::workbook;
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};
use crate::policy::Policy;

/// A table whose encoding and delimiter are known.
pub(super) struct Table<'m> {
    pub(super) spec: &'m TableSpec,
    pub(super) file: FileId,
    pub(super) source: Source,
    pub(super) delimiter: u8,
    /// The row below the heading, if it is another row of headings.
    second_heading: Option<u32>,
    /// How many rows the mapping leaves out.
    left_out: usize,
    /// Whether some of the text turned out not to be what the source takes it for.
    misjudged: AtomicBool,
}

impl<'m> Table<'m> {
    /// Opens the file; one that is missing or unreadable is a fault. A large one is taken to be plain UTF-8 if `is_plain`.
    pub(super) fn open(
        spec: &'m TableSpec,
        file: FileId,
        is_plain: bool,
        policy: &Policy,
        diagnostics: &mut Diagnostics,
    ) -> Option<Table<'m>> {
        if spec.preparation.is_empty() {
            return Table::open_text(spec, file, is_plain, [], policy, diagnostics);
        }
        let preparation = &spec.preparation;
        let wanted = preparation.only.iter().map(|(heading, _)| heading.as_str());
        let mut table = Table::open_text(spec, file, false, wanted, policy, diagnostics)?;
        // A table without heading is told when its rows are asked for.
        if table.rows(&mut Diagnostics::default()).is_some() {
            let prepared = prepare::prepare(&table, policy, diagnostics)?;
            (table.source, table.left_out) = (prepared.source, prepared.left_out);
        }
        Some(table)
    }

    /// Opens the file as a whole, which has such headings and need not be a table of any kind.
    pub(super) fn open_as<'w>(
        spec: &'m TableSpec,
        wanted: impl IntoIterator<Item = &'w str>,
        policy: &Policy,
        diagnostics: &mut Diagnostics,
    ) -> Option<Table<'m>> {
        let file = diagnostics.file(&spec.name);
        Table::open_text(spec, file, false, wanted, policy, diagnostics)
    }

    fn open_text<'w>(
        spec: &'m TableSpec,
        file: FileId,
        is_plain: bool,
        wanted: impl IntoIterator<Item = &'w str>,
        policy: &Policy,
        diagnostics: &mut Diagnostics,
    ) -> Option<Table<'m>> {
        let opened = match &spec.content {
            Some(Ok(content)) => {
                content.tell(file, diagnostics);
                Ok(content.source())
            }
            Some(Err(trouble)) => {
                diagnostics.add(trouble.fault(file, &spec.path), 0);
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
            second_heading: None,
            left_out: 0,
            misjudged: AtomicBool::new(false),
        };
        if spec.delimiter.is_none() && table.kind().is_none() {
            table.delimiter = table.detect_delimiter(wanted, policy);
        }
        odd_lines::tell(&table.source, table.delimiter, spec, file, diagnostics);
        table.find_second_heading(policy, diagnostics);
        Some(table)
    }

    /// Looks for a second row of headings, which is told, and set aside where it can be nothing else.
    fn find_second_heading(&mut self, policy: &Policy, diagnostics: &mut Diagnostics) {
        let mut buffer = Vec::new();
        // What cannot be read is told when the rows are asked for.
        let Ok(first) = Window::first(&self.source.text, &mut buffer) else {
            return;
        };
        let found = second_heading::find(first.text, self.delimiter, self.spec, policy);
        let Some(found) = found else {
            return;
        };
        let code = match found.is_certain {
            true => Code::SecondHeading,
            false => Code::HeadingLikeRow,
        };
        diagnostics.add(Fault::new(code, self.file).other(found.cells), found.row);
        self.second_heading = found.is_certain.then_some(found.row);
    }

    /// Whether a row is a second row of headings.
    pub(super) fn is_second_heading(&self, record: &Record) -> bool {
        self.second_heading == Some(record.row)
    }

    /// The kind of its file, where it is no delimited text by itself.
    fn kind(&self) -> Option<&'static str> {
        self.spec.content.as_ref()?.as_ref().ok()?.kind()
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

    /// The encoding, or the kind of the file.
    pub(super) fn encoding(&self) -> &'static str {
        self.kind().unwrap_or(self.source.encoding.name())
    }

    /// What most likely separates the cells of the heading row, in which these stand among others.
    fn detect_delimiter<'w>(
        &self,
        wanted: impl IntoIterator<Item = &'w str>,
        policy: &Policy,
    ) -> u8 {
        let spec = self.spec;
        let mut known: Vec<String> = wanted.into_iter().map(normal_heading).collect();
        known.extend(canonical_columns(spec.holds, policy));
        let mapped = spec
            .map
            .columns
            .values()
            .map(|heading| normal_heading(heading));
        known.extend(mapped.filter(|heading| !heading.is_empty()));
        let is_heading = |cell: &str| known.contains(&normal_heading(cell));
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
            let mut headings = Headings::new(&heading, &self.spec.map, self.file, diagnostics);
            headings.use_up(self.spec.preparation.headings(), self.spec.is_known);
            headings
        });
        let Some(headings) = headings else {
            diagnostics.add(Fault::new(Code::EmptyFile, self.file), 0);
            return None;
        };
        let (mut at, mut row) = (records.position(), records.rows());
        let second = records.next();
        if second.is_some_and(|second| self.is_second_heading(&second)) {
            (at, row) = (records.position(), records.rows());
        }
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
        let kind = self.kind();
        TableReport {
            file: self.spec.name.clone(),
            holds: self.spec.holds,
            encoding: self.encoding(),
            delimiter: kind.is_none().then_some(char::from(self.delimiter)),
            digest: self.source.digest.clone(),
            rows,
            set_aside,
            left_out: self.left_out,
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
