//! What a draft is made from: of each table the headings and the cells of the rows that are looked at.

use std::path::{Path, PathBuf};

use super::headings::Words;
use crate::diagnostic::Diagnostics;
use crate::policy::Policy;
use crate::read::content;
use crate::read::fields::normal_heading;
use crate::read::mapping::{Holds, TableSpec};
use crate::read::records::{Record, Records};
use crate::read::source::BLOCK;
use crate::read::table::Table;
use crate::read::workbook::{self, HEAD_ROWS};
use crate::register::Dictionary;

/// A table, looked at.
#[derive(Debug)]
pub(super) struct Sample {
    /// The file, and its sheet if it is a workbook.
    pub(super) path: PathBuf,
    pub(super) sheet: Option<String>,
    /// What the reader calls its encoding or kind, and what separates its cells; none in a sheet.
    pub(super) encoding: &'static str,
    pub(super) delimiter: Option<u8>,
    /// The row of the heading, and whether something stands above it.
    pub(super) heading_row: u32,
    pub(super) has_titles: bool,
    /// Whether a row next to the heading looks like one too.
    pub(super) has_two_headings: bool,
    pub(super) columns: Vec<Column>,
    /// Rows that were looked at, whether they are all, and how many have too few or too many cells.
    pub(super) rows: usize,
    pub(super) is_whole: bool,
    pub(super) ragged: usize,
}

/// A column and its cells.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) heading: String,
    /// Whether a column before it has the same heading, so that none can name it.
    pub(super) is_repeated: bool,
    /// The different cells that are not blank, the most frequent first, each with its count.
    pub(super) cells: Vec<(String, usize)>,
    /// How many cells are not blank.
    pub(super) filled: usize,
}

impl Column {
    /// Whether a `register.toml` can name it.
    pub(super) fn can_be_named(&self) -> bool {
        !self.is_repeated && !self.heading.is_empty()
    }

    /// The most frequent cells, a few.
    pub(super) fn examples(&self, count: usize) -> impl Iterator<Item = &str> {
        self.cells.iter().take(count).map(|(cell, _)| cell.as_str())
    }
}

/// Where the table stands in its text.
#[derive(Debug, Clone, Copy)]
struct Layout {
    delimiter: u8,
    heading_row: u32,
    has_titles: bool,
    has_two_headings: bool,
    /// How many headings are known, and how many there are.
    score: (usize, usize),
}

/// A table that cannot be looked at: what it is called, and why.
pub(super) struct Unusable {
    pub(super) name: String,
    pub(super) faults: Box<Diagnostics>,
}

/// Looks at the tables of a file: itself, or each visible sheet that is not empty.
pub(super) fn look(
    path: &Path,
    policy: &Policy,
    words: &Words,
) -> Result<Vec<Option<Sample>>, Unusable> {
    let name = name_of(path);
    let spec = || TableSpec::canonical(Holds::Relationships, path.to_owned(), name.clone());
    let mut specs = match workbook::visible_sheets(path) {
        None => vec![spec()],
        Some(Ok(sheets)) => {
            let sheets = sheets.into_iter().map(|sheet| TableSpec {
                sheet: Some(sheet),
                ..spec()
            });
            sheets.collect()
        }
        Some(Err(trouble)) => {
            let mut faults = Diagnostics::default();
            let file = faults.file(&name);
            faults.add(trouble.fault(file, path), 0);
            let faults = Box::new(faults);
            return Err(Unusable { name, faults });
        }
    };
    content::load(&mut specs, &|_| ());
    let samples = specs.iter().map(|spec| look_at(spec, policy, words));
    samples.collect()
}

/// The last part of a path, to be shown.
pub(super) fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

fn look_at(spec: &TableSpec, policy: &Policy, words: &Words) -> Result<Option<Sample>, Unusable> {
    let mut faults = Diagnostics::default();
    // A large file may turn out not to be plain UTF-8.
    for is_plain in [true, false] {
        let file = faults.file(&spec.name);
        let Some(table) = Table::open(spec, file, is_plain, policy, &mut faults) else {
            break;
        };
        let sample = table.start(&mut faults, |text| sample(&table, text, words));
        if let Some(sample) = sample {
            return Ok(sample);
        }
        if !table.is_misjudged() {
            break;
        }
        faults = Diagnostics::default();
    }
    let name = spec.name.clone();
    let faults = Box::new(faults);
    Err(Unusable { name, faults })
}

/// What the first part of the text shows; none where it has no rows at all.
fn sample(table: &Table, text: &str, words: &Words) -> Option<Sample> {
    let spec = table.spec;
    let is_sheet = spec.content.is_some();
    let delimiters: &[u8] = match is_sheet {
        true => &[workbook::DELIMITER],
        // The last of equals wins, so the comma stands last.
        false => b"|\t;,",
    };
    let layouts = delimiters
        .iter()
        .filter_map(|delimiter| layout(text, *delimiter, words));
    let layout = layouts.max_by_key(|layout| layout.score)?;
    let mut records = Records::new(text, layout.delimiter).until(BLOCK);
    records.skip_rows(layout.heading_row - 1);
    let mut columns = columns(&records.next()?);
    let mut cells: Vec<Cells> = columns.iter().map(|_| Cells::default()).collect();
    let (mut rows, mut ragged) = (0, 0);
    while let Some(record) = records.next() {
        if record.is_blank() {
            continue;
        }
        rows += 1;
        let extra = columns.len()..record.len();
        let has_extra = extra
            .into_iter()
            .any(|position| !record.get(position).is_empty());
        // A spreadsheet has no short rows.
        ragged += usize::from(has_extra || (!is_sheet && record.len() < columns.len()));
        for (position, cells) in cells.iter_mut().enumerate() {
            cells.note(record.read(position).trim());
        }
    }
    for (column, cells) in columns.iter_mut().zip(cells) {
        (column.cells, column.filled) = cells.counted();
    }
    Some(Sample {
        path: spec.path.clone(),
        sheet: spec.sheet.clone(),
        encoding: table.encoding(),
        delimiter: (!is_sheet).then_some(layout.delimiter),
        heading_row: layout.heading_row,
        has_titles: layout.has_titles,
        has_two_headings: layout.has_two_headings,
        columns,
        rows,
        is_whole: table.length() <= BLOCK,
        ragged,
    })
}

fn columns(heading: &Record) -> Vec<Column> {
    let mut seen = std::collections::HashSet::new();
    let columns = (0..heading.len()).map(|position| {
        let heading = heading.read(position).trim().to_owned();
        Column {
            is_repeated: !heading.is_empty() && !seen.insert(normal_heading(&heading)),
            heading,
            cells: Vec::new(),
            filled: 0,
        }
    });
    columns.collect()
}

/// Where the heading stands if cells are separated so: the first row has it with the most headings that are known.
fn layout(text: &str, delimiter: u8, words: &Words) -> Option<Layout> {
    let mut records = Records::new(text, delimiter);
    // Row, known headings, cells that are not blank, cells.
    let mut head: Vec<(u32, usize, usize, usize)> = Vec::new();
    while head.len() <= HEAD_ROWS
        && let Some(record) = records.next()
    {
        if record.is_blank() {
            continue;
        }
        let cells = || record.iter().filter(|cell| !cell.is_empty());
        let known = cells().filter(|cell| words.is_heading(cell)).count();
        head.push((record.row, known, cells().count(), record.len()));
    }
    let most = head.iter().map(|(_, known, ..)| *known).max()?;
    let is_heading = |(_, known, filled, _): &(u32, usize, usize, usize)| match most {
        0 => *filled >= 2,
        most => *known == most,
    };
    let mut at = head.iter().position(is_heading).unwrap_or(0);
    let looks_like_one = |at: usize| head.get(at).is_some_and(|(_, known, ..)| *known >= 2);
    // Of two rows of headings the lower one stands over the cells.
    let is_doubled = looks_like_one(at) && looks_like_one(at + 1);
    if is_doubled && head[at + 1].1 == most {
        at += 1;
    }
    let has_two_headings = is_doubled || (at > 0 && looks_like_one(at) && looks_like_one(at - 1));
    let (heading_row, known, _, cells) = head[at];
    Some(Layout {
        delimiter,
        heading_row,
        has_titles: at > 0 || is_after_blank_cells(text, delimiter, heading_row),
        has_two_headings,
        score: (known, cells),
    })
}

/// Whether a row without a word, but with delimiters, stands above the heading.
fn is_after_blank_cells(text: &str, delimiter: u8, heading_row: u32) -> bool {
    let mut records = Records::new(text, delimiter);
    records.next().is_some_and(|first| first.row < heading_row)
}

/// The different cells of a column.
#[derive(Default)]
struct Cells {
    texts: Dictionary,
    counts: Vec<usize>,
}

impl Cells {
    fn note(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        let number = self.texts.number(cell) as usize;
        match self.counts.get_mut(number) {
            Some(count) => *count += 1,
            None => self.counts.push(1),
        }
    }

    fn counted(self) -> (Vec<(String, usize)>, usize) {
        let filled = self.counts.iter().sum();
        let texts = self.texts.texts().iter().map(str::to_owned);
        let mut cells: Vec<(String, usize)> = texts.zip(self.counts).collect();
        // Those of one count stay as they were met.
        cells.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        (cells, filled)
    }
}

/// The character that the reader would take for the delimiter under a spec.
pub(super) fn detected_delimiter(spec: &TableSpec, policy: &Policy) -> Option<u8> {
    let mut faults = Diagnostics::default();
    let file = faults.file(&spec.name);
    Table::open(spec, file, true, policy, &mut faults).map(|table| table.delimiter)
}
