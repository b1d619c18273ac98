//! What a mapping does to the rows of a table before they are read: some are left out, and cells of other rows and files
//! are put beside them.
//!
//! Every row keeps its place: a row that is left out becomes a blank line.

use std::collections::HashMap;
use std::sync::Arc;

use super::fields::normal_heading;
use super::mapping::{Join, TableSpec};
use super::records::{Record, Records};
use super::source::{Source, Text};
use super::table::Table;
use super::words::{code_of, word_fits};
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};
use crate::policy::Policy;

/// A table that was prepared.
pub(super) struct Prepared {
    /// Its text, with the same delimiter.
    pub(super) source: Source,
    /// How many rows were left out.
    pub(super) left_out: usize,
}

/// Prepares the rows of a table; a heading or a file that it lacks is told.
pub(super) fn prepare(
    table: &Table,
    policy: &Policy,
    diagnostics: &mut Diagnostics,
) -> Option<Prepared> {
    let spec = table.spec;
    let Text::Memory(text) = &table.source.text else {
        return None;
    };
    let mut records = Records::new(text, table.delimiter);
    records.skip_rows(spec.skip_rows);
    let heading = records.next()?;
    let row = heading.row;
    let headings: Vec<String> = heading.iter().map(str::to_owned).collect();
    let mut steps = Steps {
        file: table.file,
        spec,
        headings: &headings,
        only: Vec::new(),
        combine: Vec::new(),
        joins: Vec::new(),
    };
    steps.find(policy, diagnostics)?;
    let mut out = Lines::new(table.delimiter);
    out.write(
        row,
        headings.iter().map(String::as_str).chain(steps.added()),
    );
    let mut left_out = 0;
    while let Some(record) = records.next() {
        if record.is_blank() || table.is_second_heading(&record) {
            continue;
        }
        if steps.leaves_out(&record, diagnostics) {
            left_out += 1;
            continue;
        }
        steps.inspect(&record, diagnostics);
        let added = steps.cells(&record, diagnostics);
        let own = (0..headings.len()).map(|position| record.get(position));
        out.write(record.row, own.chain(added.iter().map(String::as_str)));
    }
    let source = Source {
        text: Text::Memory(Arc::new(out.text)),
        ..table.source.clone()
    };
    Some(Prepared { source, left_out })
}

/// Delimited text being written, each row in its line.
pub(super) struct Lines {
    pub(super) text: String,
    delimiter: char,
    rows: u32,
}

impl Lines {
    pub(super) fn new(delimiter: u8) -> Lines {
        Lines {
            text: String::new(),
            delimiter: char::from(delimiter),
            rows: 0,
        }
    }

    /// Writes the cells of a row, which comes after those before.
    pub(super) fn write<'c>(&mut self, row: u32, cells: impl Iterator<Item = &'c str>) {
        while self.rows + 1 < row {
            self.text.push('\n');
            self.rows += 1;
        }
        let special = [self.delimiter, '"', '\r', '\n'];
        for (position, cell) in cells.enumerate() {
            if position > 0 {
                self.text.push(self.delimiter);
            }
            match cell.contains(special) {
                true => {
                    self.text.push('"');
                    self.text.push_str(&cell.replace('"', "\"\""));
                    self.text.push('"');
                }
                false => self.text.push_str(cell),
            }
        }
        self.text.push('\n');
        self.rows += 1;
    }
}

/// What is done to each row.
struct Steps<'t> {
    file: FileId,
    spec: &'t TableSpec,
    headings: &'t [String],
    /// Positions of cells and the words, one of which has to be in each.
    only: Vec<(usize, &'t [String])>,
    /// Positions of cells that become one.
    combine: Vec<Vec<usize>>,
    joins: Vec<Lookup<'t>>,
}

/// The rows of another file by the cells that have to be the same.
struct Lookup<'t> {
    join: &'t Join,
    /// The positions here of these cells.
    on: Vec<usize>,
    rows: HashMap<Vec<String>, Vec<Vec<String>>>,
}

fn position(headings: &[String], wanted: &str) -> Option<usize> {
    let normal = normal_heading(wanted);
    headings
        .iter()
        .position(|heading| normal_heading(heading) == normal)
}

impl<'t> Steps<'t> {
    /// Finds the columns that are asked for; none if one is missing.
    fn find(&mut self, policy: &Policy, diagnostics: &mut Diagnostics) -> Option<()> {
        let preparation = &self.spec.preparation;
        let headings = self.headings;
        let file = self.file;
        let find = |heading: &str, diagnostics: &mut Diagnostics| {
            let found = position(headings, heading);
            if found.is_none() {
                tell_missing(heading, headings, file, diagnostics);
            }
            found
        };
        for (heading, words) in &preparation.only {
            self.only.push((find(heading, diagnostics)?, words));
        }
        for (_, several) in &preparation.combine {
            let found = several.iter().map(|heading| find(heading, diagnostics));
            self.combine.push(found.collect::<Option<_>>()?);
        }
        for join in &preparation.joins {
            let on = join.on.iter().map(|[here, _]| find(here, diagnostics));
            let on = on.collect::<Option<_>>()?;
            let prefix = self.spec.map.code_prefix.as_deref();
            let rows = match join.is_missing {
                true => HashMap::new(),
                false => rows_of(join, prefix, policy, diagnostics)?,
            };
            self.joins.push(Lookup { join, on, rows });
        }
        Some(())
    }

    /// The headings that are added.
    fn added(&self) -> impl Iterator<Item = &str> {
        let combined = self
            .spec
            .preparation
            .combine
            .iter()
            .map(|(heading, _)| heading);
        let joins = self.spec.preparation.joins.iter();
        let joined = joins.flat_map(|join| join.columns.iter().map(|[here, _]| here));
        combined.chain(joined).map(String::as_str)
    }

    /// Whether a row is not wanted, which is told.
    fn leaves_out(&self, record: &Record, diagnostics: &mut Diagnostics) -> bool {
        let prefix = self.spec.map.code_prefix.as_deref();
        for &(position, words) in &self.only {
            let cell = code_of(record.get(position).trim(), prefix);
            if !words.iter().any(|word| word_fits(word, cell)) {
                if !self.spec.is_shared {
                    let fault = Fault::new(Code::LeftOutRow, self.file);
                    let fault = fault.column(&self.headings[position]).text(cell);
                    diagnostics.add(fault, record.row);
                }
                return true;
            }
        }
        false
    }

    /// Tells the faults of a row that its new text no longer shows.
    fn inspect(&self, record: &Record, diagnostics: &mut Diagnostics) {
        if record.unclosed {
            let fault = Fault::new(Code::UnclosedQuote, self.file);
            diagnostics.add(fault, record.row);
        }
        if record.len() != self.headings.len() {
            let (cells, columns) = (record.len().to_string(), self.headings.len().to_string());
            let fault = Fault::new(Code::RaggedRow, self.file).text(cells);
            diagnostics.add(fault.other(columns), record.row);
        }
    }

    /// The cells that are added to a row.
    fn cells(&self, record: &Record, diagnostics: &mut Diagnostics) -> Vec<String> {
        let mut cells = Vec::new();
        for positions in &self.combine {
            let several = positions.iter().map(|&position| record.get(position));
            cells.push(listed(several));
        }
        let prefix = self.spec.map.code_prefix.as_deref();
        for Lookup { join, on, rows } in &self.joins {
            let key = on
                .iter()
                .map(|&position| code_of(record.get(position).trim(), prefix));
            let key: Vec<String> = key.map(str::to_owned).collect();
            let found = rows.get(&key).map_or(&[] as &[_], Vec::as_slice);
            let is_told = !join.is_missing && !join.is_optional;
            if found.is_empty() && is_told && key.iter().all(|cell| !cell.is_empty()) {
                let fault = Fault::new(Code::UnresolvedKey, self.file);
                let fault = fault.column(&self.headings[on[0]]).text(key.join(" "));
                diagnostics.add(fault.other(&join.spec.name), record.row);
            }
            for column in 0..join.columns.len() {
                cells.push(listed(found.iter().map(|row| row[column].as_str())));
            }
        }
        cells
    }
}

/// Different cells as a list; those that are blank say nothing.
fn listed<'c>(cells: impl Iterator<Item = &'c str>) -> String {
    let mut items: Vec<&str> = Vec::new();
    for cell in cells.map(str::trim).filter(|cell| !cell.is_empty()) {
        if !items.contains(&cell) {
            items.push(cell);
        }
    }
    items.join(";")
}

/// The rows of a file that is joined, by their keys; a file that cannot be read and a heading that it lacks are told.
fn rows_of(
    join: &Join,
    prefix: Option<&str>,
    policy: &Policy,
    diagnostics: &mut Diagnostics,
) -> Option<HashMap<Vec<String>, Vec<Vec<String>>>> {
    let wanted = join
        .on
        .iter()
        .chain(&join.columns)
        .map(|[_, there]| there.as_str());
    let table = Table::open_as(&join.spec, wanted, policy, diagnostics)?;
    let Text::Memory(text) = &table.source.text else {
        return None;
    };
    let mut records = Records::new(text, table.delimiter);
    let heading = records.next()?;
    let headings: Vec<String> = heading.iter().map(str::to_owned).collect();
    let mut find = |[_, there]: &[String; 2]| {
        let found = position(&headings, there);
        if found.is_none() {
            tell_missing(there, &headings, table.file, diagnostics);
        }
        found
    };
    let on: Vec<_> = join.on.iter().map(&mut find).collect();
    let columns: Vec<_> = join.columns.iter().map(&mut find).collect();
    let on: Vec<usize> = on.into_iter().collect::<Option<_>>()?;
    let columns: Vec<usize> = columns.into_iter().collect::<Option<_>>()?;
    let mut rows: HashMap<_, Vec<Vec<String>>> = HashMap::new();
    while let Some(record) = records.next() {
        let key = on
            .iter()
            .map(|&at| code_of(record.get(at).trim(), prefix).to_owned());
        let cells = columns.iter().map(|&at| record.get(at).to_owned());
        rows.entry(key.collect()).or_default().push(cells.collect());
    }
    Some(rows)
}

fn tell_missing(heading: &str, headings: &[String], file: FileId, diagnostics: &mut Diagnostics) {
    let fault = Fault::new(Code::MissingColumn, file)
        .column(heading)
        .text(heading);
    let there = headings.iter().filter(|heading| !heading.is_empty());
    diagnostics.add(fault.valid(there), 0);
}
