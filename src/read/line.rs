//! Splitting lines into cells, 64 bytes at a time.

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// Its cells are found, and it is so long without its end.
    Split(usize),
    /// It has a quoted cell that goes over its end, or holds quotes.
    Involved,
}

/// The places in a text where a cell may end or be quoted, found 64 bytes at a time.
#[derive(Debug)]
pub(super) struct Marks<'t> {
    text: &'t [u8],
    /// The bytes to find, each in all places of a word.
    wanted: [u64; 4],
    /// Where the 64 bytes at hand start, and a bit for each of them that is to be met.
    base: usize,
    left: u64,
    /// One past the last place that was met.
    met: usize,
}

impl<'t> Marks<'t> {
    /// The places of delimiters, line ends and quotes.
    pub(super) fn new(text: &'t [u8], delimiter: u8) -> Marks<'t> {
        let mut marks = Marks {
            text,
            wanted: [delimiter, b'\n', b'\r', b'"'].map(repeated),
            base: 0,
            left: 0,
            met: 0,
        };
        marks.load(0);
        marks
    }

    /// Goes on from a place.
    #[inline]
    fn seek(&mut self, place: usize) {
        let offset = place.wrapping_sub(self.base);
        if place < self.met || offset >= 64 {
            self.load(place);
        } else {
            self.left &= u64::MAX << offset;
        }
    }

    #[inline]
    fn load(&mut self, place: usize) {
        self.base = place;
        self.met = place;
        let rest = &self.text[place.min(self.text.len())..];
        self.left = match rest.first_chunk::<64>() {
            Some(bytes) => self.found(bytes),
            None => {
                let mut bytes = [0; 64];
                bytes[..rest.len()].copy_from_slice(rest);
                self.found(&bytes)
            }
        };
    }

    /// A bit for each byte that is wanted.
    #[inline]
    fn found(&self, bytes: &[u8; 64]) -> u64 {
        let (words, _) = bytes.as_chunks::<8>();
        let bits = words.iter().enumerate().map(|(number, bytes)| {
            let word = u64::from_le_bytes(*bytes);
            let equal = self.wanted.map(|wanted| equal_bytes(word, wanted));
            let high_bits = equal[0] | equal[1] | equal[2] | equal[3];
            first_bits(high_bits) << (8 * number)
        });
        bits.fold(0, |all, bits| all | bits)
    }
}

impl Iterator for Marks<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            let next = self.base + 64;
            if next >= self.text.len() {
                return None;
            }
            self.load(next);
        }
        let place = self.base + self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        self.met = place + 1;
        Some(place)
    }
}

/// Splits the line that starts at a place into cells without the quotes around them, counted from that place; a line
/// whose quotes mean more than that is left to a reader that knows what they mean.
#[inline]
pub(super) fn split(
    marks: &mut Marks,
    place: usize,
    delimiter: u8,
    cells: &mut Vec<(u32, u32)>,
) -> Line {
    marks.seek(place);
    let line = &marks.text[place..];
    let mut quoted = Quoted::No;
    let mut start = 0;
    for at in &mut *marks {
        let at = at - place;
        let byte = line[at];
        if byte == delimiter {
            if quoted != Quoted::Open {
                cells.push(cell(start, at, quoted));
                quoted = Quoted::No;
                start = at + 1;
            }
        } else if byte != b'"' {
            if quoted == Quoted::Open {
                return Line::Involved;
            }
            cells.push(cell(start, at, quoted));
            return Line::Split(at);
        } else if quoted == Quoted::Open {
            let closes = match line.get(at + 1) {
                None | Some(b'\n' | b'\r') => true,
                Some(&next) => next == delimiter,
            };
            if !closes {
                return Line::Involved;
            }
            quoted = Quoted::Until(at);
        } else if at == start {
            // Anywhere else a quote is a character like others.
            quoted = Quoted::Open;
        }
    }
    if quoted == Quoted::Open {
        return Line::Involved;
    }
    cells.push(cell(start, line.len(), quoted));
    Line::Split(line.len())
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

#[inline]
fn cell(start: usize, at: usize, quoted: Quoted) -> (u32, u32) {
    match quoted {
        Quoted::Until(end) => (start as u32 + 1, end as u32),
        _ => (start as u32, at as u32),
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

/// A bit for each byte whose high bit is set, where no other bit is.
#[inline]
fn first_bits(high_bits: u64) -> u64 {
    // The product brings the bit of each byte to its own place in the highest byte.
    (high_bits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// The high bit of every byte that is the same in both words, and no other bit.
#[inline]
fn equal_bytes(word: u64, other: u64) -> u64 {
    let difference = word ^ other;
    !(((difference & LOW_BITS) + LOW_BITS) | difference | LOW_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_split_wherever_their_bytes_fall() {
        for padding in 0..80 {
            let long = "ä".repeat(padding);
            let text = format!("{long},,b{long},\u{2c}c\r\nd");
            let mut cells = Vec::new();
            let length = text.find('\r').unwrap();
            let mut marks = Marks::new(text.as_bytes(), b',');
            assert_eq!(split(&mut marks, 0, b',', &mut cells), Line::Split(length));
            let second = split(&mut marks, length + 2, b',', &mut Vec::new());
            assert_eq!(second, Line::Split(1));
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
            let mut marks = Marks::new(text.as_bytes(), b';');
            let line = split(&mut marks, 0, b';', &mut cells);
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
