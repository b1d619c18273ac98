//! Which encoding a text is in: that of the file and, where rows of other files were pasted into it, that of each line.
//!
//! A line is read in another encoding than its file's only if it is certainly in that: its bytes make sense there and none
//! here, or hardly any other text has such bytes.

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::fit::{Fit, fit, mostly_gb2312, mostly_utf8};

/// A text, decoded.
pub(super) struct Decoded {
    pub(super) text: String,
    /// The encoding of the file.
    pub(super) encoding: &'static Encoding,
    /// Whether bytes could not be decoded.
    pub(super) undecodable: bool,
    /// The lines that are in another encoding, or may be.
    pub(super) odd_lines: Vec<OddLine>,
}

/// A line whose bytes do not fit the encoding of its file, or fit another one as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OddLine {
    /// How many lines come before it.
    pub(super) line: usize,
    /// The encoding that it is in, or may be in.
    pub(super) encoding: &'static Encoding,
    /// Whether it is certainly in that, and read so.
    pub(super) is_certain: bool,
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Decodes bytes; `told` overrules detection of the file's encoding. UTF-8 becomes text without a copy.
pub(super) fn decode(mut bytes: Vec<u8>, told: Option<&'static Encoding>) -> Decoded {
    let known = told.or_else(|| wide(&bytes));
    let is_mixable = |encoding| [UTF_8, GB18030, GBK, WINDOWS_1252].contains(&encoding);
    if known.is_none_or(is_mixable) && bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    if known.is_none_or(|encoding| encoding == UTF_8) {
        match String::from_utf8(bytes) {
            Ok(text) => return Decoded::whole(text, UTF_8, false),
            Err(error) => bytes = error.into_bytes(),
        }
    }
    match known {
        Some(encoding) if !is_mixable(encoding) => {
            let (text, undecodable) = encoding.decode_with_bom_removal(&bytes);
            Decoded::whole(text.into_owned(), encoding, undecodable)
        }
        known => {
            let fits: Vec<Fit> = lines(&bytes).map(fit).collect();
            let encoding = known.unwrap_or_else(|| most(&fits, &bytes));
            by_line(&bytes, encoding, &fits)
        }
    }
}

impl Decoded {
    fn whole(text: String, encoding: &'static Encoding, undecodable: bool) -> Decoded {
        Decoded {
            text,
            encoding,
            undecodable,
            odd_lines: Vec::new(),
        }
    }
}

/// UTF-16, by its byte order mark or by its zeros.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    marked.or_else(|| utf16_without_mark(bytes))
}

/// UTF-16 shows by a zero in every second byte of its ASCII characters.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |parity: usize| {
        head.iter()
            .skip(parity)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let many = head.len() / 8;
    match () {
        () if head.len() < 4 => None,
        () if odd > many && even < odd / 8 => Some(UTF_16LE),
        () if even > many && odd < even / 8 => Some(UTF_16BE),
        () => None,
    }
}

/// The encoding that most lines are certainly in; where none is, the bytes as a whole tell.
fn most(fits: &[Fit], bytes: &[u8]) -> &'static Encoding {
    let count = |wanted: Fit| fits.iter().filter(|fit| **fit == wanted).count();
    let votes = [
        (count(Fit::Windows1252), WINDOWS_1252),
        (count(Fit::Gb18030), GB18030),
        (count(Fit::Utf8), UTF_8),
    ];
    // The last of equals wins.
    match votes.into_iter().max_by_key(|(count, _)| *count) {
        Some((count, encoding)) if count > 0 => encoding,
        _ if mostly_utf8(bytes) => UTF_8,
        _ if mostly_gb2312(bytes) => GB18030,
        _ => WINDOWS_1252,
    }
}

/// The encoding that a line is certainly in, if it is not the file's.
fn other_encoding(file: &'static Encoding, fit: Fit) -> Option<&'static Encoding> {
    let other = match fit {
        Fit::Utf8 => UTF_8,
        // In Western text hardly any letters stand side by side as they do in UTF-8.
        Fit::PerhapsUtf8 | Fit::Either if file == WINDOWS_1252 => UTF_8,
        Fit::Gb18030 => GB18030,
        Fit::Windows1252 => WINDOWS_1252,
        _ => return None,
    };
    let is_file = other == file || (other == GB18030 && file == GBK);
    (!is_file).then_some(other)
}

/// The encoding that a line may be in as well, where others of the file certainly are.
fn doubt(file: &'static Encoding, fit: Fit, others: &[&Encoding]) -> Option<&'static Encoding> {
    let other = match (file == UTF_8, fit) {
        (true, Fit::Either) => GB18030,
        (false, Fit::Either | Fit::PerhapsUtf8) => UTF_8,
        _ => return None,
    };
    others.contains(&other).then_some(other)
}

/// Decodes each line in the file's encoding, or in the one that it is certainly in.
fn by_line(bytes: &[u8], encoding: &'static Encoding, fits: &[Fit]) -> Decoded {
    let others: Vec<_> = fits
        .iter()
        .map(|fit| other_encoding(encoding, *fit))
        .collect();
    let met: Vec<&Encoding> = [UTF_8, GB18030, WINDOWS_1252]
        .into_iter()
        .filter(|known| others.contains(&Some(known)))
        .collect();
    let pipes = Pipes::of(bytes, encoding);
    let mut decoded = Decoded::whole(String::with_capacity(bytes.len()), encoding, false);
    // Where the lines start that are not decoded yet: they are in the file's encoding.
    let (mut from, mut at) = (0, 0);
    for (number, line) in lines(bytes).enumerate() {
        let other = others[number];
        let mended = pipes.as_ref().and_then(|pipes| pipes.mend(line));
        if other.is_some() || mended.is_some() {
            decoded.push(&bytes[from..at], encoding);
            let line = mended
                .as_deref()
                .filter(|_| other.is_none())
                .unwrap_or(line);
            decoded.push(line, other.unwrap_or(encoding));
            from = at + line.len();
        }
        at += line.len();
        if let Some(other) = other.or_else(|| doubt(encoding, fits[number], &met)) {
            decoded.odd_lines.push(OddLine {
                line: number,
                encoding: other,
                is_certain: others[number].is_some(),
            });
        }
    }
    decoded.push(&bytes[from..], encoding);
    decoded
}

impl Decoded {
    fn push(&mut self, bytes: &[u8], encoding: &'static Encoding) {
        let (text, undecodable) = encoding.decode_without_bom_handling(bytes);
        self.text.push_str(&text);
        self.undecodable |= undecodable;
    }
}

/// How many pipes most lines of a file have in which some may be the second byte of a character.
///
/// In GB 18030 a pipe can be one; behind a character that was cut off it is a delimiter. No other delimiter, quote or
/// line end can be part of a character.
struct Pipes {
    usual: usize,
}

impl Pipes {
    fn of(bytes: &[u8], encoding: &'static Encoding) -> Option<Pipes> {
        let is_gb = encoding == GB18030 || encoding == GBK;
        let is_behind_lead = |at: usize| at > 0 && bytes[at - 1] > 0x80;
        if !is_gb || !memchr::memchr_iter(b'|', bytes).any(is_behind_lead) {
            return None;
        }
        let mut lines_of = std::collections::BTreeMap::<usize, usize>::new();
        for line in lines(bytes) {
            let (plain, parts) = pipes(line);
            if parts.is_empty() {
                *lines_of.entry(plain).or_default() += 1;
            }
        }
        let usual = lines_of.into_iter().max_by_key(|(_, lines)| *lines);
        usual.map(|(usual, _)| Pipes { usual })
    }

    /// The line with its cut characters marked, if it has as many pipes as others only where these are no part of one.
    fn mend(&self, line: &[u8]) -> Option<Vec<u8>> {
        let (plain, parts) = pipes(line);
        if parts.is_empty() || plain + parts.len() != self.usual {
            return None;
        }
        let mut line = line.to_vec();
        // No character starts with this byte.
        parts.into_iter().for_each(|at| line[at] = 0xFF);
        Some(line)
    }
}

/// How many pipes stand alone in a line of GB 18030, and where the characters start that have one for their second byte.
fn pipes(line: &[u8]) -> (usize, Vec<usize>) {
    let (mut plain, mut parts, mut at) = (0, Vec::new(), 0);
    while at < line.len() {
        at += match line[at..] {
            [b'|', ..] => {
                plain += 1;
                1
            }
            [0x81..=0xFE, b'|', ..] => {
                parts.push(at);
                2
            }
            [0x81..=0xFE, b'0'..=b'9', 0x81..=0xFE, b'0'..=b'9', ..] => 4,
            [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, ..] => 2,
            _ => 1,
        };
    }
    (plain, parts)
}

/// The lines, each with its end.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let length = match memchr::memchr2(b'\r', b'\n', rest) {
            Some(at) if rest[at..].starts_with(b"\r\n") => at + 2,
            Some(at) => at + 1,
            None => rest.len(),
        };
        let (line, after) = rest.split_at(length);
        rest = after;
        Some(line)
    })
}

#[cfg(test)]
mod tests;
