//! A file's bytes, turned into text: encoding and delimiter as told, else detected.

use std::path::Path;

use crate::digest;
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of a file.
#[derive(Debug)]
pub(super) struct Source {
    /// UTF-8, without a byte order mark; what could not be decoded, and control characters, are U+FFFD.
    pub(super) text: String,
    /// The encoding it was decoded from.
    pub(super) encoding: &'static Encoding,
    /// Whether bytes could not be decoded.
    pub(super) undecodable: bool,
    /// Whether control characters were replaced.
    pub(super) controls: bool,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub(super) digest: String,
}

impl Source {
    /// Reads a file; `encoding` overrules detection.
    pub(super) fn read(
        path: &Path,
        encoding: Option<&'static Encoding>,
    ) -> std::io::Result<Source> {
        std::fs::read(path).map(|bytes| Source::decode(bytes, encoding))
    }

    /// Decodes bytes; `encoding` overrules detection.
    pub(super) fn decode(bytes: Vec<u8>, encoding: Option<&'static Encoding>) -> Source {
        let digest = digest::sha256(&bytes);
        let encoding = encoding.unwrap_or_else(|| detect(&bytes));
        let (mut text, undecodable) = to_utf8(bytes, encoding);
        let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
        let controls = text.chars().any(is_control);
        if controls {
            text = text
                .chars()
                .map(|c| if is_control(c) { '\u{FFFD}' } else { c })
                .collect();
        }
        Source {
            text,
            encoding,
            undecodable,
            controls,
            digest,
        }
    }
}

/// UTF-8 bytes become text without a copy.
fn to_utf8(bytes: Vec<u8>, encoding: &'static Encoding) -> (String, bool) {
    let bytes = if encoding == UTF_8 && !bytes.starts_with(b"\xEF\xBB\xBF") {
        match String::from_utf8(bytes) {
            Ok(text) => return (text, false),
            Err(error) => error.into_bytes(),
        }
    } else {
        bytes
    };
    let (text, undecodable) = encoding.decode_with_bom_removal(&bytes);
    (text.into_owned(), undecodable)
}

/// The encoding of `bytes`: by byte order mark, else UTF-8 if they are that, else by evidence.
fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding;
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8,
        Err(_) if mostly_utf8(bytes) => UTF_8,
        Err(_) if mostly_gb2312(bytes) => GB18030,
        Err(_) => WINDOWS_1252,
    }
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

/// Whether the bytes past ASCII are UTF-8 but for a few: an export with a broken cell, not another encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut long, mut bad) = (0_usize, 0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        long += chunk.valid().chars().filter(|c| c.len_utf8() > 2).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // Other encodings have pairs of bytes that pass for UTF-8, but hardly ever three in a row.
    good > 8 * bad || long > bad
}

/// Whether the bytes past ASCII are mostly pairs of GB 2312, the everyday part of GB 18030; in Latin text they stand alone.
fn mostly_gb2312(bytes: &[u8]) -> bool {
    let (mut pairs, mut others) = (0_usize, 0_usize);
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at..] {
            [0..=0x7F, ..] => at += 1,
            [0xA1..=0xF7, 0xA1..=0xFE, ..] => {
                pairs += 1;
                at += 2;
            }
            _ => {
                others += 1;
                at += 1;
            }
        }
    }
    pairs > 4 * others
}

/// The delimiter that splits the first record into the most cells that `is_heading` knows, else into the most cells.
pub(super) fn detect_delimiter(text: &str, is_heading: impl Fn(&str) -> bool) -> u8 {
    let score = |delimiter: &u8| {
        let mut records = super::records::Records::new(text, *delimiter);
        let Some(record) = records.next() else {
            return (0, 0);
        };
        let known = record
            .iter()
            .filter(|cell| std::str::from_utf8(cell).is_ok_and(&is_heading));
        (known.count(), record.len())
    };
    // The last of equals wins, so the comma stands last.
    *b"|\t;,"
        .iter()
        .max_by_key(|delimiter| score(delimiter))
        .unwrap_or(&b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_detected() {
        let text = "客户,供应商\n银行,云主机公司\n";
        let (gb, _, _) = GB18030.encode(text);
        let utf16 = |order: fn(u16) -> [u8; 2]| {
            "id,name\nR1,Bank\n"
                .encode_utf16()
                .flat_map(order)
                .collect::<Vec<u8>>()
        };
        let latin = WINDOWS_1252
            .encode("id,name\n1,Société Générale\n2,Müller\n")
            .0
            .into_owned();
        let mut broken = text.repeat(4).into_bytes();
        broken.push(0xFF);
        let cases: Vec<(Vec<u8>, &Encoding, bool)> = vec![
            (text.into(), UTF_8, false),
            (format!("\u{FEFF}{text}").into(), UTF_8, false),
            (gb.into_owned(), GB18030, false),
            (utf16(u16::to_le_bytes), UTF_16LE, false),
            (utf16(u16::to_be_bytes), UTF_16BE, false),
            (latin, WINDOWS_1252, false),
            (broken, UTF_8, true),
            (vec![], UTF_8, false),
        ];
        for (bytes, encoding, undecodable) in cases {
            let source = Source::decode(bytes, None);
            assert_eq!(
                (source.encoding, source.undecodable),
                (encoding, undecodable),
                "{}",
                source.text
            );
            assert!(!source.text.starts_with('\u{FEFF}'));
        }
    }

    #[test]
    fn control_characters_are_replaced() {
        let source = Source::decode(b"a\0b\tc\n".to_vec(), None);
        assert_eq!(
            (source.text.as_str(), source.controls),
            ("a\u{FFFD}b\tc\n", true)
        );
    }

    #[test]
    fn delimiters_are_detected() {
        let known = |cell: &str| ["id", "customer", "supplier"].contains(&cell);
        for (line, delimiter) in [
            ("id,a;b,customer", b','),
            ("id;customer", b';'),
            ("id\tname, full", b'\t'),
            ("x", b','),
        ] {
            assert_eq!(detect_delimiter(line, known), delimiter, "{line}");
        }
    }
}
