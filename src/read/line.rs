//! Splitting one line into cells, eight bytes at a time.

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// It has no quote, and is so long without its end.
    Plain(usize),
    /// It has a quote, so that its cells may hold delimiters and line ends.
    Quoted,
}

/// Splits the first line of `input`; a line with a quote is left to a reader that knows what quotes mean.
pub(super) fn split(input: &[u8], delimiter: u8, cells: &mut Vec<(u32, u32)>) -> Line {
    let wanted = [delimiter, b'\n', b'\r', b'"'].map(repeated);
    let mut start = 0;
    let (words, rest) = input.as_chunks::<8>();
    for (number, bytes) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*bytes);
        let mut found = wanted
            .iter()
            .fold(0, |found, wanted| found | equal_bytes(word, *wanted));
        while found != 0 {
            let at = 8 * number + found.trailing_zeros() as usize / 8;
            if input[at] != delimiter {
                return end(input, at, start, cells);
            }
            cells.push((start as u32, at as u32));
            start = at + 1;
            found &= found - 1;
        }
    }
    let first = input.len() - rest.len();
    for (at, byte) in (first..).zip(rest) {
        match *byte {
            byte if byte == delimiter => {
                cells.push((start as u32, at as u32));
                start = at + 1;
            }
            b'\n' | b'\r' | b'"' => return end(input, at, start, cells),
            _ => {}
        }
    }
    cells.push((start as u32, input.len() as u32));
    Line::Plain(input.len())
}

fn end(input: &[u8], at: usize, start: usize, cells: &mut Vec<(u32, u32)>) -> Line {
    if input[at] == b'"' {
        return Line::Quoted;
    }
    cells.push((start as u32, at as u32));
    Line::Plain(at)
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
                Line::Plain(length)
            );
            let found: Vec<_> = cells
                .iter()
                .map(|&(a, b)| &text[a as usize..b as usize])
                .collect();
            let b = format!("b{long}");
            assert_eq!(found, [long.as_str(), "", &b, "", "c"]);
            let text = format!("a;{long}\"");
            assert_eq!(split(text.as_bytes(), b';', &mut Vec::new()), Line::Quoted);
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
