//! Cells of CSV written to memory, in which no text can become a formula.

use std::fmt::Display;
use std::io::Write;
use std::ops::Range;

/// The cells of rows being written to memory.
#[derive(Default)]
pub(super) struct Cells {
    pub(super) text: Vec<u8>,
    /// Whether a row has begun.
    in_row: bool,
    /// What the cells are of with which rows begin, and where they stand.
    same: Option<(usize, Range<usize>)>,
}

impl Cells {
    /// To be put into rows that have begun.
    pub(super) fn after_the_first() -> Cells {
        Cells {
            in_row: true,
            ..Cells::default()
        }
    }

    /// Forgets all rows.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.same = None;
    }

    /// A cell with nothing in it.
    pub(super) fn blank(&mut self) -> &mut Cells {
        self.separate();
        self
    }

    /// The cells with which a row begins, copied from the row before where they are of the same.
    pub(super) fn same(&mut self, of: usize, write: impl FnOnce(&mut Cells)) {
        let start = self.text.len();
        match self.same.take() {
            Some((before, range)) if before == of => {
                self.text.extend_from_within(range);
                self.in_row = true;
            }
            _ => write(self),
        }
        self.same = Some((of, start..self.text.len()));
    }

    /// A cell that holds text of the register.
    pub(super) fn text(&mut self, text: &str) -> &mut Cells {
        self.separate();
        let bytes = text.as_bytes();
        // Most ids are as short as that, and then two words hold all of it.
        if let (Some(&first), Some(&last), 8..=16) =
            (bytes.first_chunk(), bytes.last_chunk(), bytes.len())
            && !needs_guard(text)
            && !has_special(first)
            && !has_special(last)
        {
            let end = self.text.len() + bytes.len();
            self.text.extend_from_slice(&first);
            self.text.truncate(end - last.len());
            self.text.extend_from_slice(&last);
            return self;
        }
        self.any_text(text);
        self
    }

    fn any_text(&mut self, text: &str) {
        let guard = needs_guard(text);
        // Without a branch for each byte: most cells have none of these.
        let special = |found, &byte: &u8| found | SPECIAL.contains(&byte);
        if !text.as_bytes().iter().fold(false, special) {
            self.text.extend_from_slice(if guard { b"'" } else { b"" });
            self.text.extend_from_slice(text.as_bytes());
            return;
        }
        self.text
            .extend_from_slice(if guard { b"\"'" } else { b"\"" });
        for (position, part) in text.split('"').enumerate() {
            self.text
                .extend_from_slice(if position > 0 { b"\"\"" } else { b"" });
            self.text.extend_from_slice(part.as_bytes());
        }
        self.text.push(b'"');
    }

    /// A cell that is ours: it cannot be taken for a formula and needs no quotes.
    pub(super) fn plain(&mut self, text: &str) -> &mut Cells {
        self.separate();
        self.text.extend_from_slice(text.as_bytes());
        self
    }

    pub(super) fn number(&mut self, number: impl Display) -> &mut Cells {
        self.separate();
        write!(self.text, "{number}").expect("memory takes every cell");
        self
    }

    /// A number that stands in every row of a long table.
    pub(super) fn digits(&mut self, mut number: u32) -> &mut Cells {
        self.separate();
        if number < 10 {
            self.text.push(b'0' + number as u8);
            return self;
        }
        let start = self.text.len();
        while number > 0 {
            self.text.push(b'0' + (number % 10) as u8);
            number /= 10;
        }
        self.text[start..].reverse();
        self
    }

    /// Cells that were written elsewhere, none of them the first of a row.
    pub(super) fn ready(&mut self, cells: &Cells) -> &mut Cells {
        self.text.extend_from_slice(&cells.text);
        self
    }

    /// A cell that is ours, blank where there is nothing.
    pub(super) fn option(&mut self, cell: Option<impl Display>) -> &mut Cells {
        match cell {
            Some(cell) => self.number(cell),
            None => self.blank(),
        }
    }

    fn separate(&mut self) {
        if self.in_row {
            self.text.push(b',');
        }
        self.in_row = true;
    }

    pub(super) fn end_row(&mut self) {
        self.text.push(b'\n');
        self.in_row = false;
    }
}

/// What a cell must have quotes for.
const SPECIAL: [u8; 4] = *b",\"\n\r";

/// Whether any of eight bytes is special, all looked at together.
fn has_special(bytes: [u8; 8]) -> bool {
    let word = u64::from_ne_bytes(bytes);
    let found = SPECIAL.map(|special| {
        let differ = word ^ u64::from_ne_bytes([special; 8]);
        // A byte of zero, and only then some byte, borrows into its highest bit.
        differ.wrapping_sub(u64::from_ne_bytes([1; 8])) & !differ
    });
    found.into_iter().fold(0, |all, found| all | found) & u64::from_ne_bytes([0x80; 8]) != 0
}

/// Whether a spreadsheet would run a text as a formula, and so gets an apostrophe before it.
fn needs_guard(text: &str) -> bool {
    matches!(
        text.as_bytes().first(),
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r')
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_text_becomes_a_formula() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("+49 30", "'+49 30"),
            ("-", "'-"),
            ("@a", "'@a"),
            ("\t=1", "'\t=1"),
            ("a=1", "a=1"),
            ("", ""),
            ("a,b", "\"a,b\""),
            ("say \"a\"", "\"say \"\"a\"\"\""),
            ("\"", "\"\"\"\""),
            ("=a,b", "\"'=a,b\""),
            ("one\r\ntwo", "\"one\r\ntwo\""),
            ("甲；乙", "甲；乙"),
            ("R0000001", "R0000001"),
            ("Relationship 001", "Relationship 001"),
            ("=0000001", "'=0000001"),
            ("R00000,1", "\"R00000,1\""),
            ("R00000001\"", "\"R00000001\"\"\""),
        ] {
            let mut cells = Cells::default();
            cells.text(text).text(text).end_row();
            assert_eq!(
                String::from_utf8(cells.text).unwrap(),
                format!("{written},{written}\n")
            );
        }
    }

    #[test]
    fn cells_read_back_as_they_were() {
        let texts = ["a", "", "a,b", "\"", "a\"b", "\n", "\r", "甲", " "];
        let mut cells = Cells::default();
        for one in texts {
            for two in texts {
                cells.text(one).text(two).end_row();
            }
        }
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(cells.text.as_slice());
        let read: Vec<csv::StringRecord> = reader.into_records().map(Result::unwrap).collect();
        let pairs = texts
            .iter()
            .flat_map(|one| texts.iter().map(move |two| [*one, *two]));
        let is_guarded = |text: &str| text.strip_prefix('\'').unwrap_or(text).to_owned();
        let read = read
            .iter()
            .map(|row| [is_guarded(&row[0]), is_guarded(&row[1])]);
        assert!(read.eq(pairs.map(|pair| pair.map(str::to_owned))));
    }
}
