//! The records of a delimited text, each with its row as a spreadsheet counts.
//!
//! A spreadsheet counts records, not lines: a line break inside quotes adds no row, a blank line does. A quote that
//! never closes would swallow every row after it, so such a record is read again as its first line, quotes and all.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::line::{self, Line, Lines};

/// Most characters that a spreadsheet's cell can hold; a longer one is not read.
const LONGEST_CELL: usize = 32_767;

/// Most bytes over which a quoted cell can lead to further lines: several cells as long as a spreadsheet's longest.
pub(super) const LONGEST_RECORD: usize = 1 << 20;

/// How often the text may be read over in search of the ends of quotes.
const MOST_PASSES: usize = 16;

/// A cell that says something which cannot be read. Text has no control characters, so no cell says this by itself.
pub(super) const UNREADABLE: char = '\u{1A}';

/// Reads records one after another, reusing its buffers.
pub(super) struct Records<'t> {
    input: &'t str,
    lines: Lines<'t>,
    at: usize,
    /// Records that start here or later are not read.
    limit: usize,
    row: u32,
    core: Reader,
    delimiter: u8,
    /// The cells of the last record that has quotes, run together, and where each ends.
    unquoted: Unquoted,
    /// Where the cells of the last record stand in its text.
    cells: Vec<(u32, u32)>,
    /// Bytes that were read for nothing behind quotes that never close.
    wasted: usize,
}

/// One record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'r> {
    /// The row as a spreadsheet counts, the first being 1.
    pub(super) row: u32,
    /// Whether a quote in it never closes.
    pub(super) unclosed: bool,
    text: &'r str,
    /// The text and what stands behind it.
    bytes: &'r [u8],
    cells: &'r [(u32, u32)],
}

/// A short cell as it stands, blanks and all: the same for the same cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Word {
    /// The bytes, the first being the lowest; zeros behind them.
    pub(super) bytes: u128,
    /// How many they are.
    pub(super) length: u32,
}

/// Most bytes of a [`Word`].
const WORD: usize = 16;

/// The bits of as many bytes as the position says.
const BYTES: [u128; WORD + 1] = {
    let mut bytes = [0; WORD + 1];
    let mut count = 1;
    while count <= WORD {
        bytes[count] = bytes[count - 1] << 8 | 0xFF;
        count += 1;
    }
    bytes
};

impl<'r> Record<'r> {
    /// How many cells it has.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The cell at a position, trimmed of ASCII blanks; blank past the end.
    #[inline(always)]
    pub(super) fn get(&self, position: usize) -> &'r str {
        let Some(&(start, end)) = self.cells.get(position) else {
            return "";
        };
        let cell = &self.text[start as usize..end as usize];
        match cell.as_bytes() {
            [] => "",
            [first, .., last] | [first @ last] if *first > b' ' && *last > b' ' => cell,
            _ => cell.trim_ascii(),
        }
    }

    /// The cell at a position, if the record has it and it is short.
    #[inline]
    pub(super) fn word(&self, position: usize) -> Option<Word> {
        let &(start, end) = self.cells.get(position)?;
        let length = end - start;
        let used = BYTES.get(length as usize)?;
        let rest = self.bytes.get(start as usize..)?;
        // Loading all bytes that it might have and dropping some is faster than loading as many as it has.
        let bytes = match rest.first_chunk::<WORD>() {
            Some(bytes) => u128::from_le_bytes(*bytes),
            None => {
                let mut bytes = [0; WORD];
                bytes[..rest.len()].copy_from_slice(rest);
                u128::from_le_bytes(bytes)
            }
        };
        let bytes = bytes & used;
        Some(Word { bytes, length })
    }

    /// The cell at a position, as far as it can be read: one that cannot is blank.
    #[inline(always)]
    pub(super) fn read(&self, position: usize) -> &'r str {
        let cell = self.get(position);
        if is_unreadable(cell) { "" } else { cell }
    }

    /// Whether every cell is blank.
    pub(super) fn is_blank(&self) -> bool {
        self.iter().all(str::is_empty)
    }

    /// Every cell.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'r str> {
        let record = *self;
        (0..record.len()).map(move |position| record.get(position))
    }

    /// The text in which all cells stand.
    pub(super) fn text(&self) -> &'r str {
        self.text
    }
}

/// Whether a spreadsheet could not hold the cell.
#[inline]
pub(super) fn is_too_long(cell: &str) -> bool {
    cell.len() > LONGEST_CELL && cell.chars().count() > LONGEST_CELL
}

/// Whether the cell says something and cannot be read.
#[inline]
pub(super) fn is_unreadable(cell: &str) -> bool {
    is_too_long(cell) || cell.as_bytes() == [UNREADABLE as u8]
}

impl<'t> Records<'t> {
    /// Reads text whose cells are separated by `delimiter`.
    pub(super) fn new(text: &'t str, delimiter: u8) -> Records<'t> {
        Records {
            input: text,
            lines: Lines::new(text.as_bytes(), delimiter),
            at: 0,
            limit: usize::MAX,
            row: 0,
            core: ReaderBuilder::new().delimiter(delimiter).build(),
            delimiter,
            unquoted: Unquoted::default(),
            cells: Vec::new(),
            wasted: 0,
        }
    }

    /// Reads only the records that start before a position.
    pub(super) fn until(self, limit: usize) -> Records<'t> {
        Records { limit, ..self }
    }

    /// The next record that is not a blank line.
    pub(super) fn next(&mut self) -> Option<Record<'_>> {
        while self.skip_blank_line() {}
        let start = self.at;
        if start >= self.limit.min(self.input.len()) {
            return None;
        }
        self.row += 1;
        self.cells.clear();
        let line = self.lines.split(start, &mut self.cells);
        if let Line::Split(length) = line {
            self.at = (start + length + 1).min(self.input.len());
            self.end_line();
            return Some(self.record(start, length, false));
        }
        self.next_quoted(start)
    }

    /// Reads the record that starts here, whose quotes are more than the ends of cells.
    fn next_quoted(&mut self, start: usize) -> Option<Record<'_>> {
        let mut rest = &self.input[start..];
        if self.wasted > MOST_PASSES * self.input.len() {
            // Hardly a quote in here closes: from now on none is looked for past its line.
            let line = first_line(rest.as_bytes());
            rest = rest.get(..line + 1).unwrap_or(rest);
        }
        let length = self.unquoted.read(&mut self.core, rest.as_bytes());
        let raw = &rest.as_bytes()[..length];
        let spans_lines = raw.len() == rest.len() || spans_lines(raw);
        let endless = || raw.len() > LONGEST_RECORD || quote_never_closes(raw, self.delimiter);
        if spans_lines && endless() {
            self.wasted += raw.len();
            self.core.reset();
            let length = first_line(rest.as_bytes());
            self.cells.clear();
            line::split_regardless(&raw[..length], self.delimiter, &mut self.cells);
            self.at = (start + length + 1).min(self.input.len());
            self.end_line();
            return Some(self.record(start, length, true));
        }
        self.at += length;
        self.end_line();
        self.cells.clear();
        let starts = [0].into_iter().chain(self.unquoted.ends().iter().copied());
        let bounds = starts.zip(self.unquoted.ends());
        self.cells
            .extend(bounds.map(|(start, &end)| (start as u32, end as u32)));
        // Of UTF-8 only whole ASCII characters were left out: quotes, delimiters and line ends.
        let text = std::str::from_utf8(self.unquoted.bytes()).ok()?;
        Some(Record {
            row: self.row,
            unclosed: false,
            text,
            bytes: text.as_bytes(),
            cells: &self.cells,
        })
    }

    fn record(&self, start: usize, length: usize, unclosed: bool) -> Record<'_> {
        Record {
            row: self.row,
            unclosed,
            text: &self.input[start..start + length],
            bytes: &self.input.as_bytes()[start..],
            cells: &self.cells,
        }
    }

    /// Moves past the first rows, blank lines among them.
    pub(super) fn skip_rows(&mut self, rows: u32) {
        while self.row < rows && self.at < self.input.len() {
            if !self.skip_blank_line() {
                self.next();
            }
        }
    }

    /// How many bytes were read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// How many rows were read, blank lines among them.
    pub(super) fn rows(&self) -> u32 {
        self.row
    }

    /// Moves past a line end, which is a row of its own.
    fn skip_blank_line(&mut self) -> bool {
        if self.at >= self.limit {
            return false;
        }
        let Some(b'\r' | b'\n') = self.input.as_bytes().get(self.at) else {
            return false;
        };
        self.row += 1;
        self.at += 1;
        self.end_line();
        true
    }

    /// Moves past the `\n` of a `\r\n` whose `\r` was read.
    fn end_line(&mut self) {
        let bytes = self.input.as_bytes();
        let read_return = self.at > 0 && bytes[self.at - 1] == b'\r';
        if read_return && bytes.get(self.at) == Some(&b'\n') {
            self.at += 1;
        }
    }
}

/// Buffers for the cells of a record without their quotes.
struct Unquoted {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    count: usize,
}

impl Default for Unquoted {
    fn default() -> Self {
        Unquoted {
            bytes: vec![0; 1 << 10],
            ends: vec![0; 64],
            count: 0,
        }
    }
}

impl Unquoted {
    /// Reads one record and gives the bytes read.
    fn read(&mut self, core: &mut Reader, input: &[u8]) -> usize {
        let (mut read, mut written) = (0, 0);
        self.count = 0;
        loop {
            let (result, bytes_in, bytes_out, ends) = core.read_record(
                &input[read..],
                &mut self.bytes[written..],
                &mut self.ends[self.count..],
            );
            read += bytes_in;
            written += bytes_out;
            self.count += ends;
            match result {
                ReadRecordResult::OutputFull => self.bytes.resize(self.bytes.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                // The next call, without input, ends the record.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record | ReadRecordResult::End => return read,
            }
        }
    }

    fn ends(&self) -> &[usize] {
        &self.ends[..self.count]
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.ends().last().copied().unwrap_or(0)]
    }
}

/// The length of the first line, without its end.
fn first_line(input: &[u8]) -> usize {
    memchr::memchr2(b'\r', b'\n', input).unwrap_or(input.len())
}

/// Whether the raw record has a line end before its own.
fn spans_lines(raw: &[u8]) -> bool {
    let inner = raw.strip_suffix(b"\n").unwrap_or(raw);
    let inner = inner.strip_suffix(b"\r").unwrap_or(inner);
    inner.contains(&b'\n') || inner.contains(&b'\r')
}

/// Whether a quoted cell of this raw record spans lines and does not close as it should: before a delimiter or line end.
fn quote_never_closes(raw: &[u8], delimiter: u8) -> bool {
    let mut at = 0;
    while at < raw.len() {
        if raw[at] != b'"' {
            match raw[at..].iter().position(|&byte| byte == delimiter) {
                Some(offset) => at += offset + 1,
                None => return false,
            }
            continue;
        }
        let open = at;
        at += 1;
        loop {
            match raw[at.min(raw.len())..]
                .iter()
                .position(|&byte| byte == b'"')
            {
                None => return true,
                Some(offset) => at += offset + 1,
            }
            if raw.get(at) != Some(&b'"') {
                break;
            }
            at += 1;
        }
        let spans_lines = raw[open..at]
            .iter()
            .any(|byte| matches!(byte, b'\r' | b'\n'));
        match raw.get(at) {
            None | Some(b'\r' | b'\n') => return false,
            Some(&byte) if byte == delimiter => at += 1,
            Some(_) if spans_lines => return true,
            // `"abc"def` within one line: csv-core reads it as abcdef.
            Some(_) => {}
        }
    }
    false
}

#[cfg(test)]
mod tests;
