//! Splitting lines into cells, 64 bytes at a time.

use wide::u8x64;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// Its cells are found, and it is so long without its end.
    Split(usize),
    /// It has a quoted cell that goes over its end, or holds quotes.
    Involved,
}

/// The lines of a text and the ends of the cells in them, found a stretch at a time.
///
/// Quotes are followed along: a delimiter or line end inside of them ends no cell. That takes every quote for the first
/// or the last character of a quoted cell, so where one is anything else, or a line ends inside of them, the search
/// stops.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t [u8],
    delimiter: u8,
    /// Where the stretch at hand starts, and where the bytes start that were not looked at.
    base: usize,
    ahead: usize,
    /// The ends of cells in the stretch, counted from its start.
    ends: Vec<u32>,
    /// For each line in it, how many ends there are up to its own.
    lines: Vec<usize>,
    /// How many lines were given.
    given: usize,
    /// Whether the search stops after these.
    stops: bool,
    /// Whether the next line starts the search anew.
    lost: bool,
    /// Of the last byte that was looked at: all bits set if quotes are open behind it, a bit if it ends a cell, a bit if
    /// it closes quotes.
    open: u64,
    ended: u64,
    closed: u64,
}

/// Bytes that are looked at together, unless a line is longer.
const STRETCH: usize = 1 << 13;

impl<'t> Lines<'t> {
    /// The lines of a text whose cells are separated by a delimiter.
    pub(super) fn new(text: &'t [u8], delimiter: u8) -> Lines<'t> {
        Lines {
            text,
            delimiter,
            base: 0,
            ahead: 0,
            ends: Vec::new(),
            lines: Vec::new(),
            given: 0,
            stops: false,
            lost: true,
            open: 0,
            ended: 1,
            closed: 0,
        }
    }

    /// Splits the line that starts at a place into cells without the quotes around them, counted from that place; a line
    /// whose quotes mean more than that is left to a reader that knows what they mean. Places only rise.
    #[inline]
    pub(super) fn split(&mut self, place: usize, cells: &mut Vec<(u32, u32)>) -> Line {
        let Some((from, to)) = self.line(place) else {
            return Line::Involved;
        };
        let line = &self.text[place..];
        let shift = (place - self.base) as u32;
        let mut start = 0;
        cells.extend(self.ends[from..to].iter().map(|end| {
            let end = end - shift;
            // A cell that starts with a quote ends with one.
            let quote = u32::from(line.get(start as usize) == Some(&b'"'));
            let cell = (start + quote, end - quote);
            start = end + 1;
            cell
        }));
        Line::Split(start as usize - 1)
    }

    /// The range of the ends of the line that starts at a place; none where the search stops.
    #[inline]
    fn line(&mut self, place: usize) -> Option<(usize, usize)> {
        if self.lost {
            self.restart(place);
        }
        loop {
            while let Some(&to) = self.lines.get(self.given) {
                let from = self.given();
                self.given += 1;
                // What was skipped stands before: the rest of a line end, and blank lines.
                if self.base + self.ends[to - 1] as usize >= place {
                    return Some((from, to));
                }
            }
            if self.stops {
                self.lost = true;
                return None;
            }
            self.look_ahead();
        }
    }

    /// How many ends stand in the lines that were given.
    #[inline]
    fn given(&self) -> usize {
        self.given.checked_sub(1).map_or(0, |last| self.lines[last])
    }

    fn restart(&mut self, place: usize) {
        (self.base, self.ahead) = (place, place);
        (self.open, self.ended, self.closed) = (0, 1, 0);
        (self.stops, self.lost) = (false, false);
        self.ends.clear();
        self.lines.clear();
        self.given = 0;
    }

    /// Finds the ends in the next stretch, and forgets those that were given.
    fn look_ahead(&mut self) {
        let given = self.given();
        if given > 0 {
            let start = self.ends[given - 1] + 1;
            self.ends.drain(..given);
            self.ends.iter_mut().for_each(|end| *end -= start);
            self.base += start as usize;
            self.lines.clear();
            self.given = 0;
        }
        let until = self.ahead + STRETCH;
        while self.ahead < until && !self.stops {
            self.look_at_next();
        }
    }

    #[inline]
    fn look_at_next(&mut self) {
        let rest = &self.text[self.ahead.min(self.text.len())..];
        let found = match rest.first_chunk() {
            Some(bytes) => Bytes::find(bytes, self.delimiter),
            None => {
                // The end of the text ends its last line.
                let mut bytes = [b'\n'; 64];
                bytes[..rest.len()].copy_from_slice(rest);
                Bytes::find(&bytes, self.delimiter)
            }
        };
        let open = parity(found.quotes) ^ self.open;
        let (opening, closing) = (found.quotes & open, found.quotes & !open);
        let ends = found.ends & !open;
        let is_odd = (opening & !(ends << 1 | self.ended))
            | ((closing << 1 | self.closed) & !found.ends)
            | (found.line_ends & open);
        // Only what stands before the first odd byte is sure.
        let is_sure = (is_odd & is_odd.wrapping_neg()).wrapping_sub(1);
        self.keep(ends & is_sure, found.line_ends & is_sure);
        self.stops = is_odd != 0;
        self.open = (open as i64 >> 63) as u64;
        (self.ended, self.closed) = (ends >> 63, closing >> 63);
        self.ahead += 64;
    }

    /// Keeps the ends among the next 64 bytes.
    #[inline]
    fn keep(&mut self, ends: u64, line_ends: u64) {
        let (first, before) = ((self.ahead - self.base) as u32, self.ends.len());
        for bit in bits(line_ends) {
            let up_to = u64::MAX >> (63 - bit);
            self.lines
                .push(before + (ends & up_to).count_ones() as usize);
        }
        self.ends.extend(bits(ends).map(|bit| first + bit));
    }
}

/// The numbers of the bits that are set.
#[inline]
fn bits(mut left: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (left != 0).then(|| left.trailing_zeros());
        left &= left.wrapping_sub(1);
        bit
    })
}

/// A bit for each byte of 64 that may mean something.
struct Bytes {
    /// Delimiters and line ends.
    ends: u64,
    line_ends: u64,
    quotes: u64,
}

impl Bytes {
    // Inlined, what is done with the bits is done by the compiler one bit at a time.
    #[inline(never)]
    fn find(bytes: &[u8; 64], delimiter: u8) -> Bytes {
        let bytes = u8x64::new(*bytes);
        let equal = |byte: u8| bytes.simd_eq(u8x64::splat(byte));
        let line_ends = equal(b'\n') | equal(b'\r');
        Bytes {
            ends: (equal(delimiter) | line_ends).to_bitmask(),
            line_ends: line_ends.to_bitmask(),
            quotes: equal(b'"').to_bitmask(),
        }
    }
}

/// Whether an odd number of bits stands up to each bit, itself counted.
#[inline]
fn parity(bits: u64) -> u64 {
    [1, 2, 4, 8, 16, 32]
        .into_iter()
        .fold(bits, |bits, step| bits ^ bits << step)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_split_wherever_their_bytes_fall() {
        for padding in 0..80 {
            let long = "ä".repeat(padding);
            let text = format!("{long},,b{long},\"{long},\",\"\",c\r\nd");
            let mut cells = Vec::new();
            let length = text.find('\r').unwrap();
            let mut lines = Lines::new(text.as_bytes(), b',');
            assert_eq!(lines.split(0, &mut cells), Line::Split(length));
            let second = lines.split(length + 2, &mut Vec::new());
            assert_eq!(second, Line::Split(1));
            let found: Vec<_> = cells
                .iter()
                .map(|&(a, b)| &text[a as usize..b as usize])
                .collect();
            let b = format!("b{long}");
            let quoted = format!("{long},");
            assert_eq!(found, [long.as_str(), "", &b, &quoted, "", "c"]);
        }
    }

    #[test]
    fn quotes_mean_something_at_the_start_of_a_cell() {
        let cases = [
            ("a;\"\";\"b;c\"", Some(&["a", "", "b;c"][..])),
            ("\"a\"\n\"", Some(&["a"])),
            ("a;d\"e\"", None),
            (" \"a", None),
            ("\"a\"\"b\"", None),
            ("\"a\" ;b", None),
            ("\"a\nb\"", None),
            ("a;\"", None),
        ];
        for (text, expected) in cases {
            let mut cells = Vec::new();
            let mut lines = Lines::new(text.as_bytes(), b';');
            let line = lines.split(0, &mut cells);
            let found = cells.iter().map(|&(a, b)| &text[a as usize..b as usize]);
            let found: Vec<_> = found.collect();
            assert_eq!(line != Line::Involved, expected.is_some(), "{text}");
            assert!(
                expected.is_none_or(|cells| cells == found),
                "{text}: {found:?}"
            );
        }
    }
}
