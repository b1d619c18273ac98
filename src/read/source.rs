//! A file as text: encoding as told, else detected; read in parts where it is UTF-8, held in memory where it is not.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use encoding_rs::{Encoding, UTF_8};

use super::encoding::{self, Decoded, OddLine};
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
    /// The lines that are in another encoding, or may be.
    pub(super) odd_lines: Vec<OddLine>,
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
            odd_lines: Vec::new(),
            digest: FileDigest::later(path, &metadata),
        })
    }

    /// Decodes bytes; `encoding` overrules detection.
    pub(super) fn decode(bytes: Vec<u8>, encoding: Option<&'static Encoding>) -> Source {
        let digest = FileDigest::known(digest::sha256(&bytes));
        let Decoded {
            mut text,
            encoding,
            undecodable,
            odd_lines,
        } = encoding::decode(bytes, encoding);
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
            odd_lines,
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

    /// No digest, where nobody is to compare it with that of a file.
    pub fn withheld() -> FileDigest {
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

    /// The digest in lower-case hexadecimal; blank if the file has changed since it was read, or if it is withheld.
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

/// Characters that no text needs and that drive a terminal; registers are read without them.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\r' | '\n')
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
