//! A file as text: encoding as told, else detected; read in parts where it is UTF-8, held in memory where it is not.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::digest;

/// Bytes that one task looks at.
pub(super) const BLOCK: usize = 1 << 22;

/// A file whose encoding is known.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// Its text: UTF-8 without a byte order mark; what could not be decoded, and control characters, are U+FFFD.
    pub(super) text: Text,
    /// The encoding it is decoded from.
    pub(super) encoding: &'static Encoding,
    /// Whether bytes could not be decoded.
    pub(super) undecodable: bool,
    /// Whether control characters were replaced.
    pub(super) controls: bool,
    /// The digest of the file's bytes.
    pub(super) digest: FileDigest,
}

/// Where the text of a file is.
#[derive(Debug, Clone)]
pub(super) enum Text {
    /// In memory; of a sheet of a workbook there may be control characters of the reader's own in it.
    Memory(Arc<String>),
    /// In the file, which is taken to be plain: UTF-8 without control characters.
    File {
        /// The file.
        path: PathBuf,
        /// How many bytes come before the text: a byte order mark.
        before: usize,
        /// How many bytes the text has.
        length: usize,
    },
}

impl Source {
    /// Looks at a file; `encoding` overrules detection, and one that turned out not to be plain is read whole.
    pub(super) fn open(
        path: &Path,
        encoding: Option<&'static Encoding>,
        is_plain: bool,
    ) -> io::Result<Source> {
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        let length = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
        let may_be_plain = is_plain && encoding.is_none_or(|encoding| encoding == UTF_8);
        if !(metadata.is_file() && may_be_plain && length > BLOCK) {
            return std::fs::read(path).map(|bytes| Source::decode(bytes, encoding));
        }
        let mut mark = Vec::new();
        file.take(3).read_to_end(&mut mark)?;
        let before = if mark == BYTE_ORDER_MARK { 3 } else { 0 };
        let text = Text::File {
            path: path.to_owned(),
            before,
            length: length - before,
        };
        Ok(Source {
            text,
            encoding: UTF_8,
            undecodable: false,
            controls: false,
            digest: FileDigest::later(path, &metadata),
        })
    }

    /// Decodes bytes; `encoding` overrules detection.
    pub(super) fn decode(bytes: Vec<u8>, encoding: Option<&'static Encoding>) -> Source {
        let digest = FileDigest::known(digest::sha256(&bytes));
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
            text: Text::Memory(Arc::new(text)),
            encoding,
            undecodable,
            controls,
            digest,
        }
    }
}

impl Text {
    /// How many bytes it has.
    pub(super) fn len(&self) -> usize {
        match self {
            Text::Memory(text) => text.len(),
            Text::File { length, .. } => *length,
        }
    }

    /// The bytes from a position to another; `buffer` holds them where they come from the file.
    pub(super) fn bytes<'b>(
        &'b self,
        from: usize,
        to: usize,
        buffer: &'b mut Vec<u8>,
    ) -> io::Result<&'b [u8]> {
        match self {
            Text::Memory(text) => Ok(&text.as_bytes()[from..to]),
            Text::File { path, before, .. } => {
                read_range(path, before + from, to - from, buffer)?;
                Ok(buffer)
            }
        }
    }
}

/// SHA-256 of a file's bytes; of a file that is read in parts it is taken when it is first asked for, because it costs
/// as much as a tenth of the reading.
#[derive(Debug, Clone)]
pub struct FileDigest {
    taken: OnceLock<String>,
    path: PathBuf,
    length: u64,
    modified: Option<SystemTime>,
}

impl FileDigest {
    pub(super) fn known(digest: String) -> FileDigest {
        FileDigest {
            taken: digest.into(),
            path: PathBuf::new(),
            length: 0,
            modified: None,
        }
    }

    #[cfg(test)]
    pub(super) fn none() -> FileDigest {
        FileDigest::known(String::new())
    }

    pub(super) fn later(path: &Path, metadata: &Metadata) -> FileDigest {
        FileDigest {
            taken: OnceLock::new(),
            path: path.to_owned(),
            length: metadata.len(),
            modified: metadata.modified().ok(),
        }
    }

    /// The digest in lower-case hexadecimal; blank if the file has changed since it was read.
    pub fn get(&self) -> &str {
        self.taken.get_or_init(|| self.take().unwrap_or_default())
    }

    fn take(&self) -> io::Result<String> {
        let file = File::open(&self.path)?;
        let metadata = file.metadata()?;
        match metadata.len() == self.length && metadata.modified().ok() == self.modified {
            true => digest::sha256_of(file),
            false => Ok(String::new()),
        }
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Reads bytes of a file; fewer are an error, because the file has changed under our hands.
fn read_range(path: &Path, from: usize, length: usize, buffer: &mut Vec<u8>) -> io::Result<()> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(from as u64))?;
    buffer.clear();
    file.take(length as u64).read_to_end(buffer)?;
    match buffer.len() == length {
        true => Ok(()),
        false => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// A file that is to be read in parts is not UTF-8 without control characters throughout.
#[derive(Debug, thiserror::Error)]
#[error("the file is not plain UTF-8")]
pub(super) struct NotPlain;

/// Whether there are control characters in bytes of UTF-8.
pub(super) fn has_controls(bytes: &[u8]) -> bool {
    let is_control =
        |byte: u8| (byte < b' ' && !matches!(byte, b'\t' | b'\r' | b'\n')) || byte == 0x7F;
    // Without a branch for each byte: hardly any file has one.
    let any = bytes
        .iter()
        .fold(false, |any, &byte| any | is_control(byte));
    // U+0080 to U+009F.
    let mut wide = memchr::memchr_iter(0xC2, bytes);
    any || wide.any(|at| matches!(bytes.get(at + 1), Some(0x80..=0x9F)))
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
        let known = record.iter().filter(|cell| is_heading(cell));
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
                (encoding, undecodable)
            );
            let Text::Memory(text) = source.text else {
                panic!("decoded text is in memory");
            };
            assert!(!text.starts_with('\u{FEFF}'));
        }
    }

    #[test]
    fn control_characters_are_replaced() {
        let source = Source::decode(b"a\0b\tc\n".to_vec(), None);
        let Text::Memory(text) = source.text else {
            panic!("decoded text is in memory");
        };
        assert_eq!((text.as_str(), source.controls), ("a\u{FFFD}b\tc\n", true));
    }

    #[test]
    fn controls_are_found() {
        assert!(!has_controls("银行,é\t\r\n".as_bytes()));
        for bad in ["a\0b", "a\u{7F}b", "a\u{85}b", "\u{1}"] {
            assert!(has_controls(bad.as_bytes()), "{bad:?}");
        }
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

    #[test]
    fn a_digest_is_blank_once_the_file_has_changed() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let digest = FileDigest::later(file.path(), &file.path().metadata().unwrap());
        let changed = digest.clone();
        assert_eq!(digest.get(), digest::sha256(b""));
        std::fs::write(file.path(), "more").unwrap();
        assert_eq!((changed.get(), digest.get().len()), ("", 64));
    }
}
