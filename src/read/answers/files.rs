//! Which files answers are in, and the tables of each.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::form::Table;
use super::{docx, markdown};
use crate::digest;
use crate::read::ReadError;
use crate::read::content::Trouble;
use crate::read::fields::normal_heading;
use crate::read::records::Records;
use crate::read::source::{self, FileDigest, Source, Text};
use crate::read::workbook;

/// Most bytes that a file of answers may have.
const MOST_BYTES: u64 = 1 << 26;

/// What a delimited form calls the column of keys.
const KEY: &str = "key";

/// Endings of the names of forms, beside those of workbooks.
const ENDINGS: [&str; 5] = ["csv", "tsv", "txt", "md", "docx"];

/// A file of answers.
pub(super) struct Found {
    pub(super) path: PathBuf,
    /// What it is called where it is told of: its name, or its path where another has that name.
    pub(super) name: String,
    /// Whether it was named itself, not only the directory that it is in.
    pub(super) is_named: bool,
}

/// The files at the paths: those of a directory in the order of their names.
pub(super) fn find(paths: &[PathBuf]) -> Result<Vec<Found>, ReadError> {
    let mut files = Vec::new();
    for path in paths {
        let shown = || path.display().to_string();
        if !path.exists() {
            return Err(ReadError::NotFound(shown()));
        }
        if !path.is_dir() {
            files.push((path.clone(), true));
            continue;
        }
        let entries = path.read_dir().map_err(|_| ReadError::NotFound(shown()))?;
        let within = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let mut within: Vec<PathBuf> = within.filter(|path| is_form(path)).collect();
        if within.is_empty() {
            return Err(ReadError::NoForms(shown()));
        }
        within.sort();
        files.extend(within.into_iter().map(|path| (path, false)));
    }
    Ok(named(files))
}

/// Whether a file of a directory may be a form; programs that have one open put others beside it.
fn is_form(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(OsStr::to_ascii_lowercase);
    let has = |known: &&str| ending.as_deref() == Some(OsStr::new(*known));
    let known = ENDINGS.iter().chain(&workbook::ENDINGS).any(has);
    known && path.is_file() && !name.starts_with(['.', '~'])
}

fn named(files: Vec<(PathBuf, bool)>) -> Vec<Found> {
    let name = |path: &Path| {
        path.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (path, _) in &files {
        *counts.entry(name(path)).or_default() += 1;
    }
    let found = files.into_iter().map(|(path, is_named)| Found {
        name: match counts[&name(&path)] {
            1 => name(&path),
            _ => path.display().to_string(),
        },
        path,
        is_named,
    });
    found.collect()
}

/// The tables of a file with its digest, and whether rows and columns are a spreadsheet's.
pub(super) fn read(path: &Path) -> Result<(Vec<Table>, FileDigest), Trouble> {
    let ending = path.extension().map(OsStr::to_ascii_lowercase);
    let is = |known: &str| ending.as_deref() == Some(OsStr::new(known));
    let mut bytes = Vec::new();
    let file = File::open(path)?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Trouble::TooLarge);
    }
    let digest = FileDigest::known(digest::sha256(&bytes));
    if docx::is_named(path) {
        return Ok((docx::tables(bytes)?, digest));
    }
    if workbook::is_workbook(path) {
        let sheets = workbook::sheets_with(path, KEY)?.into_iter();
        let tables =
            sheets.map(|(name, sheet)| delimited(name, &sheet.source(), workbook::DELIMITER));
        return Ok((tables.collect(), digest));
    }
    let source = Source::decode(bytes, None);
    let text = text(&source);
    if is("md") {
        return Ok((markdown::tables(text), digest));
    }
    let is_heading = |cell: &str| normal_heading(cell) == KEY;
    let delimiter = source::detect_delimiter(text, is_heading);
    let mut tables = vec![delimited(String::new(), &source, delimiter)];
    tables.extend(markdown::tables(text));
    Ok((tables, digest))
}

fn text(source: &Source) -> &str {
    match &source.text {
        Text::Memory(text) => text,
        Text::File { .. } => "",
    }
}

fn delimited(name: String, source: &Source, delimiter: u8) -> Table {
    let mut records = Records::new(text(source), delimiter);
    let mut rows = Vec::new();
    while let Some(record) = records.next() {
        let cells = (0..record.len()).map(|at| record.read(at).to_owned());
        rows.push((record.row, cells.collect()));
    }
    Table { name, rows }
}
