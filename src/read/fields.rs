//! Which heading of a file gives which column of the register.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::ReadColumn;
use super::records::{Record, is_unreadable};
use super::words::{ValueMap, mapped};
use crate::diagnostic::{Code, Diagnostics, Fault, FileId, column_letters};

/// A heading as it is compared: in any case, with spaces, hyphens and underscores alike.
pub(super) fn normal_heading(heading: &str) -> String {
    heading.trim().to_lowercase().replace([' ', '-'], "_")
}

/// What a mapping says about the columns of one table.
#[derive(Debug, Clone, Default)]
pub(super) struct ColumnMap {
    /// Canonical column to the file's heading.
    pub(super) columns: BTreeMap<String, String>,
    /// Canonical column to the file's words for its cells.
    pub(super) values: BTreeMap<String, ValueMap>,
    /// Canonical column to the cell of every row.
    pub(super) constants: BTreeMap<String, String>,
    /// How the prefixes of codes start, which are left out.
    pub(super) code_prefix: Option<String>,
}

/// One column that a table reads, and where its cells come from.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// The heading as the file has it, for diagnostics; the canonical name where the file has none.
    pub(super) heading: String,
    source: Origin,
    values: Option<ValueMap>,
    code_prefix: Option<String>,
}

#[derive(Debug, Clone)]
enum Origin {
    Cell(usize),
    Constant(String),
    Absent,
}

impl Field {
    /// Whether the table says nothing about it.
    pub(super) fn is_absent(&self) -> bool {
        matches!(self.source, Origin::Absent)
    }

    fn is_of_file(&self) -> bool {
        matches!(self.source, Origin::Cell(_))
    }

    /// The raw cell, before the file's words are mapped.
    #[inline(always)]
    pub(super) fn raw<'c>(&'c self, record: &Record<'c>) -> &'c str {
        match &self.source {
            Origin::Cell(position) => record.read(*position),
            Origin::Constant(constant) => constant,
            Origin::Absent => "",
        }
    }

    /// The cell that every row has, if the mapping gives it.
    pub(super) fn constant(&self) -> Option<&str> {
        match &self.source {
            Origin::Constant(constant) => Some(constant),
            _ => None,
        }
    }

    /// The position of its cell in a record.
    pub(super) fn position(&self) -> Option<usize> {
        match self.source {
            Origin::Cell(position) => Some(position),
            _ => None,
        }
    }

    /// Whether the cell says something and cannot be read.
    pub(super) fn is_unreadable(&self, record: &Record) -> bool {
        matches!(self.source, Origin::Cell(position) if is_unreadable(record.get(position)))
    }

    /// The canonical cell for a raw one.
    #[inline(always)]
    pub(super) fn canonical<'c>(&self, raw: &'c str) -> Cow<'c, str> {
        match (&self.values, &self.code_prefix) {
            (values, prefix) if (values.is_some() || prefix.is_some()) && self.is_of_file() => {
                mapped(trimmed(raw), values.as_ref(), prefix.as_deref())
            }
            _ => Cow::Borrowed(trimmed(raw)),
        }
    }

    /// The canonical cell of a record.
    #[inline(always)]
    pub(super) fn text<'c>(&'c self, record: &Record<'c>) -> Cow<'c, str> {
        self.canonical(self.raw(record))
    }

    /// The canonical cell of a record that names one thing: blank, `unknown` and `none` name nothing.
    #[inline(always)]
    pub(super) fn name<'c>(&'c self, record: &Record<'c>) -> Cow<'c, str> {
        let text = self.text(record);
        match text.len() {
            4 if text.eq_ignore_ascii_case("none") => Cow::Borrowed(""),
            7 if text.eq_ignore_ascii_case("unknown") => Cow::Borrowed(""),
            _ => text,
        }
    }
}

/// The text without blanks at its ends, which are hardly ever there.
#[inline]
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// The headings of a table, being matched to the columns that it reads.
#[derive(Debug)]
pub(super) struct Headings<'m> {
    file: FileId,
    headings: Vec<String>,
    /// Which headings some field reads.
    used: Vec<bool>,
    /// The columns that some field reads, each with its position in the file.
    read: Vec<(Option<usize>, ReadColumn)>,
    /// Columns of which it was told that they are missing.
    missing: Vec<String>,
    /// Whether it is a known format, all of whose columns the mapping names.
    is_known: bool,
    map: &'m ColumnMap,
}

impl<'m> Headings<'m> {
    /// Takes the heading row; a heading that stands twice is told.
    pub(super) fn new(
        record: &Record,
        map: &'m ColumnMap,
        file: FileId,
        diagnostics: &mut Diagnostics,
    ) -> Headings<'m> {
        let cells = (0..record.len()).map(|position| record.read(position).trim().to_owned());
        let headings: Vec<String> = cells.collect();
        let used = vec![false; headings.len()];
        for (position, heading) in headings.iter().enumerate() {
            let normal = normal_heading(heading);
            let mut earlier = headings[..position].iter();
            let first = earlier.position(|earlier| normal_heading(earlier) == normal);
            if let Some(first) = first.filter(|_| !normal.is_empty()) {
                let [first, second] = [first, position].map(column_letters);
                let fault = Fault::new(Code::DuplicateHeading, file).column(heading);
                diagnostics.add(fault.text(first).other(second), record.row);
            }
        }
        Headings {
            file,
            headings,
            used,
            read: Vec::new(),
            missing: Vec::new(),
            is_known: false,
            map,
        }
    }

    /// Says that headings are used, and whether the mapping names all columns of a known format.
    pub(super) fn use_up<'h>(&mut self, used: impl Iterator<Item = &'h str>, is_known: bool) {
        self.is_known = is_known;
        for used in used.map(normal_heading) {
            let headings = self.headings.iter().zip(&mut self.used);
            let found = headings.filter(|(heading, _)| normal_heading(heading) == used);
            found.for_each(|(_, is_used)| *is_used = true);
        }
    }

    /// How many headings there are.
    pub(super) fn len(&self) -> usize {
        self.headings.len()
    }

    /// The heading at a position.
    pub(super) fn get(&self, position: usize) -> &str {
        self.headings.get(position).map_or("", String::as_str)
    }

    /// The field of a canonical column.
    pub(super) fn field(&mut self, canonical: &str) -> Field {
        let wanted = self
            .map
            .columns
            .get(canonical)
            .map_or(canonical, String::as_str);
        let normal = normal_heading(wanted);
        // What a known format calls by the same name may be something else, and what is mapped to nothing is not read.
        let may_be_there = !self.is_known || self.map.columns.contains_key(canonical);
        let may_be_there = may_be_there && !normal.is_empty();
        let is_it = |heading: &String| may_be_there && normal_heading(heading) == normal;
        let position = self.headings.iter().position(is_it);
        let (heading, source) = match (self.map.constants.get(canonical), position) {
            (Some(constant), _) => (canonical.to_owned(), Origin::Constant(constant.clone())),
            (None, Some(position)) => {
                self.used[position] = true;
                (self.headings[position].clone(), Origin::Cell(position))
            }
            (None, None) if normal.is_empty() => (canonical.to_owned(), Origin::Absent),
            (None, None) => (wanted.to_owned(), Origin::Absent),
        };
        if !matches!(source, Origin::Absent) {
            let column = ReadColumn {
                canonical: canonical.to_owned(),
                heading: position.map(|_| heading.clone()),
            };
            self.read.push((position, column));
        }
        Field {
            heading,
            source,
            values: self.map.values.get(canonical).cloned(),
            code_prefix: self.map.code_prefix.clone(),
        }
    }

    /// The field of a column that a table has only where the mapping names it.
    pub(super) fn mapped_field(&mut self, canonical: &str) -> Option<Field> {
        let map = self.map;
        let is_named = map.columns.contains_key(canonical) || map.constants.contains_key(canonical);
        is_named.then(|| self.field(canonical))
    }

    /// The field of a column that the table needs; without it, a fault.
    pub(super) fn required(
        &mut self,
        canonical: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Field> {
        let field = self.field(canonical);
        if field.is_absent() {
            self.missing.push(canonical.to_owned());
            self.tell_missing(&field.heading, diagnostics);
            return None;
        }
        Some(field)
    }

    fn tell_missing(&self, heading: &str, diagnostics: &mut Diagnostics) {
        let fault = Fault::new(Code::MissingColumn, self.file)
            .column(heading)
            .text(heading);
        let there = self.headings.iter().filter(|heading| !heading.is_empty());
        diagnostics.add(fault.valid(there), 0);
    }

    /// Tells each column that a mapping names and the file lacks, and each that nothing reads.
    pub(super) fn finish(&self, diagnostics: &mut Diagnostics) {
        let mapped = self.map.columns.iter();
        for (canonical, wanted) in mapped.filter(|(_, wanted)| !wanted.is_empty()) {
            let normal = normal_heading(wanted);
            let is_there = self
                .headings
                .iter()
                .any(|heading| normal_heading(heading) == normal);
            if !is_there && !self.missing.contains(canonical) {
                self.tell_missing(wanted, diagnostics);
            }
        }
        for heading in self.unread().filter(|_| !self.is_known) {
            diagnostics.add(Fault::new(Code::UnusedColumn, self.file).column(heading), 0);
        }
    }

    /// The columns that some field reads, in the order of the file; those that it lacks come last.
    pub(super) fn read(&self) -> Vec<ReadColumn> {
        let mut read: Vec<_> = self.read.iter().collect();
        read.sort_by_key(|(position, _)| position.unwrap_or(usize::MAX));
        read.into_iter().map(|(_, column)| column.clone()).collect()
    }

    /// The headings that none reads.
    pub(super) fn unread(&self) -> impl Iterator<Item = &String> {
        let headings = self.headings.iter().zip(&self.used);
        let unread = headings.filter(|(heading, used)| !**used && !heading.is_empty());
        unread.map(|(heading, _)| heading)
    }
}
