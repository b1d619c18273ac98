//! Splitting one line into cells, eight bytes at a time.

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// Its cells are found, and it is so long without its end.
    Split(usize),
    /// It has a quoted cell that goes over its end, or holds quotes.
    Involved,
}

/// Splits the first line of `input` into cells without the quotes around them; a line whose quotes mean more than that
/// is left to a reader that knows what they mean.
pub(super) fn split(input: &[u8], delimiter: u8, cells: &mut Vec<(u32, u32)>) -> Line {
    let mut line = Splitting {
        input,
        delimiter,
        start: 0,
        quoted: Quoted::No,
        cells,
    };
    let wanted = [delimiter, b'\n', b'\r', b'"'].map(repeated);
    let (words, rest) = input.as_chunks::<8>();
    for (number, bytes) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*bytes);
        let mut found = wanted
            .iter()
            .fold(0, |found, wanted| found | equal_bytes(word, *wanted));
        while found != 0 {
            let at = 8 * number + found.trailing_zeros() as usize / 8;
            if let Some(line) = line.meet(at) {
                return line;
            }
            found &= found - 1;
        }
    }
    for at in input.len() - rest.len()..input.len() {
        if let Some(line) = line.meet(at) {
            return line;
        }
    }
    line.end(input.len())
}

/// Whether the cell at hand is quoted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quoted {
    No,
    /// It is, and goes on.
    Open,
    /// It is, up to here.
    Until(usize),
}

/// A line being split.
struct Splitting<'l> {
    input: &'l [u8],
    delimiter: u8,
    /// Where the cell at hand starts.
    start: usize,
    quoted: Quoted,
    cells: &'l mut Vec<(u32, u32)>,
}

impl Splitting<'_> {
    /// Meets a byte that may matter; gives the line if it ends here.
    #[inline]
    fn meet(&mut self, at: usize) -> Option<Line> {
        let byte = self.input[at];
        if byte == self.delimiter {
            if self.quoted != Quoted::Open {
                self.end_cell(at);
            }
            return None;
        }
        match byte {
            b'\n' | b'\r' => Some(self.end(at)),
            b'"' => self.meet_quote(at),
            _ => None,
        }
    }

    /// A quote opens a cell only at its start; anywhere else outside quotes it is a character like others.
    fn meet_quote(&mut self, at: usize) -> Option<Line> {
        if self.quoted == Quoted::Open {
            let closes = match self.input.get(at + 1) {
                None | Some(b'\n' | b'\r') => true,
                Some(&next) => next == self.delimiter,
            };
            if !closes {
                return Some(Line::Involved);
            }
            self.quoted = Quoted::Until(at);
        } else if at == self.start {
            self.quoted = Quoted::Open;
        }
        None
    }

    fn end_cell(&mut self, at: usize) {
        self.cells.push(match self.quoted {
            Quoted::Until(end) => (self.start as u32 + 1, end as u32),
            _ => (self.start as u32, at as u32),
        });
        self.quoted = Quoted::No;
        self.start = at + 1;
    }

    fn end(&mut self, at: usize) -> Line {
        if self.quoted == Quoted::Open {
            return Line::Involved;
        }
        self.end_cell(at);
        Line::Split(at)
    }
}

/// Splits a line at every delimiter, whatever quotes it has.
pub(super) fn split_regardless(line: &[u8], delimiter: u8, cells: &mut Vec<(u32, u32)>) {
    let mut start = 0;
    for at in memchr::memchr_iter(delimiter, line) {
        cells.push((start as u32, at as u32));
        start = at + 1;
    }
    cells.push((start as u32, line.len() as u32));
}

const LOW_BITS: u64 = repeated(0x7F);

/// A word that has the byte in all eight places.
const fn repeated(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The high bit of every byte that is the same in both words, and no other bit.
fn equal_bytes(word: u64, other: u64) -> u64 {
    let difference = word ^ other;
    !(((difference & LOW_BITS) + LOW_BITS) | difference | LOW_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_split_wherever_their_bytes_fall() {
        for padding in 0..20 {
            let long = "ä".repeat(padding);
            let text = format!("{long},,b{long},\u{2c}c\r\nd");
            let mut cells = Vec::new();
            let length = text.find('\r').unwrap();
            assert_eq!(
                split(text.as_bytes(), b',', &mut cells),
                Line::Split(length)
            );
            let found: Vec<_> = cells
                .iter()
                .map(|&(a, b)| &text[a as usize..b as usize])
                .collect();
            let b = format!("b{long}");
            assert_eq!(found, [long.as_str(), "", &b, "", "c"]);
        }
    }

    #[test]
    fn quotes_mean_something_at_the_start_of_a_cell() {
        let cases = [
            (
                "a;\"\";\"b;c\";d\"e\"",
                Some(&["a", "", "b;c", "d\"e\""][..]),
            ),
            ("\"a\"\n\"", Some(&["a"])),
            (" \"a", Some(&[" \"a"])),
            ("\"a\"\"b\"", None),
            ("\"a\" ;b", None),
            ("\"a\nb\"", None),
            ("a;\"", None),
        ];
        for (text, expected) in cases {
            let mut cells = Vec::new();
            let line = split(text.as_bytes(), b';', &mut cells);
            let found = cells.iter().map(|&(a, b)| &text[a as usize..b as usize]);
            let found: Vec<_> = found.collect();
            assert_eq!(line != Line::Involved, expected.is_some(), "{text}");
            assert!(
                expected.is_none_or(|cells| cells == found),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn equal_bytes_are_found_next_to_each_other() {
        for byte in [0, 1, b'"', 0x7F, 0x80, 0xFF] {
            for other in 0..=255 {
                let bytes = [byte, other, byte, byte, other, 1, 0x80, other];
                let found = equal_bytes(u64::from_le_bytes(bytes), repeated(byte));
                let expected = bytes.map(|b| if b == byte { 0x80 } else { 0 });
                assert_eq!(found, u64::from_le_bytes(expected));
            }
        }
    }
}
