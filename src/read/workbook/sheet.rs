//! A sheet as delimited text, each row in the line where a spreadsheet has it.

use std::sync::Arc;

use super::HEAD_ROWS;
use super::cells::Cell;
use super::names::has_all;
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};
use crate::read::content::Trouble;
use crate::read::records::{LONGEST_RECORD, UNREADABLE};
use crate::read::source::{FileDigest, Source, Text};

/// What separates the cells of the text.
pub(in crate::read) const DELIMITER: u8 = b',';

/// Most bytes of text that a sheet may come to.
pub(in crate::read) const MOST_TEXT: usize = 1 << 29;

/// Most rows and columns that a sheet has.
const MOST_ROWS: u32 = 1 << 20;
const MOST_COLUMNS: u32 = 1 << 14;

/// A sheet that was read.
#[derive(Debug)]
pub(in crate::read) struct Sheet {
    text: Arc<String>,
    /// The kind of the workbook, such as `xlsx`.
    pub(in crate::read) kind: &'static str,
    digest: FileDigest,
    controls: bool,
    /// The headings, from column A on.
    headings: Vec<String>,
    /// Cells that hold an error: row, column, and the error.
    errors: Vec<(u32, u32, String)>,
}

impl Sheet {
    /// The text, to be read as a file's is.
    pub(in crate::read) fn source(&self) -> Source {
        Source {
            text: Text::Memory(Arc::clone(&self.text)),
            encoding: encoding_rs::UTF_8,
            undecodable: false,
            odd_lines: Vec::new(),
            controls: self.controls,
            digest: self.digest.clone(),
        }
    }

    /// Tells the cells that hold an error, and where the columns stand.
    pub(in crate::read) fn tell(&self, file: FileId, diagnostics: &mut Diagnostics) {
        diagnostics.set_columns(file, &self.headings);
        for (row, column, error) in &self.errors {
            let heading = self.headings.get(*column as usize);
            let fault = Fault::new(Code::ErrorCell, file).text(error);
            let fault = fault.column(heading.map_or("", String::as_str));
            diagnostics.add(fault, *row);
        }
    }
}

/// Cells of a row that are not blank, each with its column.
type Row = Vec<(u32, Cell)>;

/// Writes a sheet's text, row by row.
pub(super) struct Writer<'w> {
    /// Headings without which a row is not taken for the heading row.
    needed: &'w [String],
    /// Rows above the table, which are left out.
    skip_rows: u32,
    /// The row that cells are being added to, counted from 0, and its cells.
    row: u32,
    cells: Row,
    /// The first rows, kept until it is clear which of them is the heading; counted from 0.
    head: Vec<(u32, Row)>,
    /// The headings, once they are found.
    headings: Option<Vec<String>>,
    /// Whether the first rows are all that is asked.
    head_only: bool,
    text: String,
    /// How many lines were written.
    lines: u32,
    controls: bool,
    errors: Vec<(u32, u32, String)>,
}

impl<'w> Writer<'w> {
    pub(super) fn new(needed: &'w [String], skip_rows: u32) -> Writer<'w> {
        Writer {
            needed,
            skip_rows,
            row: 0,
            cells: Row::new(),
            head: Vec::new(),
            headings: None,
            head_only: false,
            text: String::new(),
            lines: 0,
            controls: false,
            errors: Vec::new(),
        }
    }

    /// A writer that takes the first rows and no more.
    pub(super) fn of_head() -> Writer<'w> {
        Writer {
            head_only: true,
            ..Writer::new(&[], 0)
        }
    }

    /// Adds a cell; rows come in order.
    pub(super) fn add(&mut self, (row, column): (u32, u32), cell: Cell) -> Result<(), Trouble> {
        if row >= MOST_ROWS || column >= MOST_COLUMNS || row < self.row {
            return Err(Trouble::Broken(format!("row {row}, column {column}")));
        }
        if row > self.row {
            self.end_row()?;
            self.row = row;
        }
        let is_blank = matches!(&cell, Cell::Text(text) if text.trim().is_empty());
        if !is_blank && row >= self.skip_rows {
            self.cells.push((column, cell));
        }
        Ok(())
    }

    /// An error that stands in a cell which the workbook's reader could not place.
    pub(super) fn add_error(&mut self, error: String) {
        if self.errors.len() < MOST_ROWS as usize {
            self.errors.push((0, MOST_COLUMNS, error));
        }
    }

    fn end_row(&mut self) -> Result<(), Trouble> {
        let mut cells = std::mem::take(&mut self.cells);
        if cells.is_empty() {
            return Ok(());
        }
        cells.sort_by_key(|(column, _)| *column);
        cells.dedup_by_key(|(column, _)| *column);
        if self.headings.is_some() {
            return self.write(self.row, cells);
        }
        if self.head_only {
            self.head.push((self.row, cells));
            return Ok(());
        }
        let is_heading = has_all(&texts(&cells), self.needed);
        self.head.push((self.row, cells));
        match is_heading {
            true => self.settle(self.head.len() - 1),
            // None of the first rows has the headings: the reader says of the first what it lacks.
            false if self.head.len() > HEAD_ROWS => self.settle(0),
            false => Ok(()),
        }
    }

    /// Takes the first row at this place for the heading, and what stands above it for titles.
    fn settle(&mut self, heading: usize) -> Result<(), Trouble> {
        let head = std::mem::take(&mut self.head);
        let headings = head.get(heading).map(|(_, cells)| texts(cells));
        self.headings = Some(headings.unwrap_or_default());
        let mut rows = head.into_iter().skip(heading);
        rows.try_for_each(|(row, cells)| self.write(row, cells))
    }

    fn write(&mut self, row: u32, cells: Row) -> Result<(), Trouble> {
        while self.lines < row {
            self.text.push('\n');
            self.lines += 1;
        }
        let width = self.headings.as_ref().map_or(0, Vec::len) as u32;
        let length: usize = cells.iter().map(|(_, cell)| cell_length(cell)).sum();
        // Line breaks in so long a row would be taken for a quote that never closes.
        let breaks = length < LONGEST_RECORD / 2;
        let mut next = 0;
        for (column, cell) in cells {
            while next < column {
                self.text.push(',');
                next += 1;
            }
            match cell {
                Cell::Text(text) => self.write_text(&text, breaks),
                Cell::Error(error) => {
                    self.text.push(UNREADABLE);
                    self.errors.push((row + 1, column, error));
                }
            }
        }
        // A row is not ragged because its last cells are blank.
        while next + 1 < width {
            self.text.push(',');
            next += 1;
        }
        self.text.push('\n');
        self.lines += 1;
        match self.text.len() > MOST_TEXT {
            true => Err(Trouble::TooLarge),
            false => Ok(()),
        }
    }

    fn write_text(&mut self, text: &str, breaks: bool) {
        let quoted = text.contains([',', '"', '\r', '\n']);
        if quoted {
            self.text.push('"');
        }
        for c in text.chars() {
            match c {
                '"' => self.text.push_str("\"\""),
                '\r' | '\n' if !breaks => self.text.push(' '),
                '\t' | '\r' | '\n' => self.text.push(c),
                c if c.is_control() => {
                    self.controls = true;
                    self.text.push('\u{FFFD}');
                }
                c => self.text.push(c),
            }
        }
        if quoted {
            self.text.push('"');
        }
    }

    /// The first rows that are not blank, as far as they were kept.
    pub(super) fn into_head(mut self) -> Result<Vec<Vec<String>>, Trouble> {
        self.end_row()?;
        Ok(self.head.iter().map(|(_, cells)| texts(cells)).collect())
    }

    /// Whether the first rows are all that is asked, and are read.
    pub(super) fn has_enough(&self) -> bool {
        self.head_only && self.head.len() > HEAD_ROWS
    }

    /// The sheet, all cells being added.
    pub(super) fn finish(
        mut self,
        kind: &'static str,
        digest: FileDigest,
    ) -> Result<Sheet, Trouble> {
        self.end_row()?;
        if self.headings.is_none() {
            self.settle(0)?;
        }
        Ok(Sheet {
            text: Arc::new(self.text),
            kind,
            digest,
            controls: self.controls,
            headings: self.headings.unwrap_or_default(),
            errors: self.errors,
        })
    }
}

fn cell_length(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.len(),
        Cell::Error(_) => 1,
    }
}

/// The texts of a row from column A on; an error says nothing.
fn texts(cells: &Row) -> Vec<String> {
    let mut texts = Vec::new();
    for (column, cell) in cells {
        texts.resize(*column as usize, String::new());
        texts.push(match cell {
            Cell::Text(text) => text.trim().to_owned(),
            Cell::Error(_) => String::new(),
        });
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of a sheet with these cells under the headings `id` and `name`.
    fn written(cells: &[(u32, u32, &str)], skip_rows: u32) -> (String, bool) {
        let needed = ["id".to_owned(), "name".to_owned()];
        let mut writer = Writer::new(&needed, skip_rows);
        for &(row, column, text) in cells {
            let cell = match text.strip_prefix('!') {
                Some(error) => Cell::Error(error.to_owned()),
                None => Cell::Text(text.to_owned()),
            };
            writer.add((row, column), cell).unwrap();
        }
        let digest = FileDigest::withheld();
        let sheet = writer.finish("xlsx", digest).unwrap();
        (sheet.text.to_string(), sheet.controls)
    }

    #[test]
    fn rows_keep_their_place() {
        let heading = [(0, 0, "id"), (0, 1, "name"), (0, 2, "country")];
        for (name, cells, text) in [
            (
                "a blank row",
                vec![(3, 0, "a")],
                "id,name,country\n\n\na,,\n",
            ),
            (
                "a blank cell",
                vec![(1, 2, "CN")],
                "id,name,country\n,,CN\n",
            ),
            ("too many", vec![(1, 4, "x")], "id,name,country\n,,,,x\n"),
            (
                "signs",
                vec![(1, 0, "a,b"), (1, 1, "\"c\"\nd"), (1, 2, " e ")],
                "id,name,country\n\"a,b\",\"\"\"c\"\"\nd\", e \n",
            ),
            (
                "out of order",
                vec![(1, 1, "b"), (1, 0, "a")],
                "id,name,country\na,b,\n",
            ),
            (
                "an error",
                vec![(1, 1, "!#N/A")],
                "id,name,country\n,\u{1A},\n",
            ),
            (
                "styled blanks",
                vec![(900_000, 0, " ")],
                "id,name,country\n",
            ),
        ] {
            let cells = [heading.as_slice(), &cells].concat();
            assert_eq!(written(&cells, 0).0, text, "{name}");
        }
    }

    #[test]
    fn titles_above_the_heading_are_left_out() {
        let cells = [
            (1, 0, "Register"),
            (3, 1, "ID"),
            (3, 2, "Name"),
            (4, 1, "a"),
        ];
        assert_eq!(written(&cells, 0).0, "\n\n\n,ID,Name\n,a,\n");
        // No row has the headings: the first stands, as it does in other files.
        assert_eq!(written(&cells[..1], 0).0, "\nRegister\n");
        assert_eq!(written(&cells, 4).0, "\n\n\n\n,a\n");
        assert_eq!(written(&[], 0).0, "");
    }

    #[test]
    fn control_characters_are_replaced() {
        let (text, controls) = written(&[(0, 0, "a\u{1A}b")], 0);
        assert_eq!((text.as_str(), controls), ("a\u{FFFD}b\n", true));
    }

    #[test]
    fn cells_outside_of_any_sheet_are_refused() {
        for place in [(MOST_ROWS, 0), (0, MOST_COLUMNS), (u32::MAX, u32::MAX)] {
            let mut writer = Writer::new(&[], 0);
            let added = writer.add(place, Cell::Text("x".into()));
            assert!(matches!(added, Err(Trouble::Broken(_))), "{place:?}");
        }
    }
}
