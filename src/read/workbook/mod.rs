//! Workbooks: which sheets make up a register, and each as the delimited text that the rest of the reader reads.

mod cells;
mod limits;
pub(super) mod names;
mod open;
mod sheet;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::ReadError;
use super::fields::normal_heading;
use super::mapping::{Holds, Mapping, TableSpec};
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};

pub(super) use sheet::{DELIMITER, Sheet};

use cells::Style;
use open::Book;
use sheet::Writer;

/// Rows in which the heading is looked for, after the first.
pub(super) const HEAD_ROWS: usize = 10;

/// Endings of the names of workbooks.
pub(super) const ENDINGS: [&str; 5] = ["xlsx", "xlsm", "xlsb", "xls", "ods"];

/// How zip archives start, and the files of old Office programs.
const ZIP: [u8; 4] = *b"PK\x03\x04";
const COMPOUND: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// Why a workbook cannot be read.
#[derive(Debug, Clone)]
pub(super) enum Trouble {
    /// The file cannot be opened or read.
    File(io::ErrorKind, String),
    /// It is locked with a password.
    Protected,
    /// It is no workbook, or damaged.
    Broken(String),
    /// It would take too much memory.
    TooLarge,
    /// It has no such sheet, but these.
    NoSheet(String, Vec<String>),
}

impl Trouble {
    fn broken(error: impl std::fmt::Display) -> Trouble {
        Trouble::Broken(error.to_string())
    }

    fn of_zip(error: zip::result::ZipError) -> Trouble {
        match error {
            zip::result::ZipError::UnsupportedArchive(why)
                if why == zip::result::ZipError::PASSWORD_REQUIRED =>
            {
                Trouble::Protected
            }
            error => Trouble::broken(error),
        }
    }

    /// The fault of a table that this keeps from being read.
    pub(super) fn fault(&self, file: FileId, spec: &TableSpec) -> Fault {
        let path = spec.path.display().to_string();
        let fault = |code| Fault::new(code, file).text(path.as_str());
        match self {
            Trouble::File(io::ErrorKind::NotFound, _) => fault(Code::MissingFile),
            Trouble::File(_, error) => fault(Code::UnreadableFile).other(error),
            Trouble::Protected => fault(Code::LockedWorkbook),
            Trouble::Broken(error) => fault(Code::BrokenWorkbook).other(error),
            Trouble::TooLarge => fault(Code::WorkbookTooLarge),
            Trouble::NoSheet(name, sheets) => Fault::new(Code::MissingSheet, file)
                .text(name)
                .valid(sheets),
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        Trouble::File(error.kind(), error.to_string())
    }
}

/// Whether a file is a workbook: by its name, else by how it starts.
pub(super) fn is_workbook(path: &Path) -> bool {
    let ending = path.extension().map(OsStr::to_ascii_lowercase);
    let is_named = ending.is_some_and(|ending| ENDINGS.iter().any(|known| *known == ending));
    path.is_file() && (is_named || starts_as_workbook(path))
}

fn starts_as_workbook(path: &Path) -> bool {
    let mut start = [0; 4];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && [ZIP, COMPOUND].contains(&start)
}

/// What is to be told of a workbook by its name, once its tables have their places among the files.
pub(super) type Notes = Vec<(String, Fault)>;

/// The tables of a workbook that is a register by itself, and notes about the sheets that are not read.
pub(super) fn recognise(path: &Path) -> Result<(Mapping, Notes), ReadError> {
    let name = path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    let mut mapping = Mapping::default();
    let mut notes = Vec::new();
    let found = find_tables(path, &name, &mut mapping, &mut notes);
    let has_links = |table: &TableSpec| table.holds == Holds::Relationships;
    let trouble = match found {
        Ok(()) if mapping.tables.iter().any(has_links) => {
            mapping.tables.sort_by_key(|table| table.holds);
            return Ok((mapping, notes));
        }
        Ok(()) => Trouble::NoSheet(String::new(), Vec::new()),
        Err(trouble) => trouble,
    };
    let spec = TableSpec::canonical(Holds::Relationships, path.to_owned(), name);
    let mut diagnostics = Diagnostics::default();
    let file = diagnostics.file(&spec.name);
    diagnostics.add(trouble.fault(file, &spec), 0);
    for (_, note) in notes {
        diagnostics.add(Fault { file, ..note }, 0);
    }
    Err(ReadError::Tables(Box::new(diagnostics)))
}

fn find_tables(
    path: &Path,
    name: &str,
    mapping: &mut Mapping,
    notes: &mut Notes,
) -> Result<(), Trouble> {
    let mut book = Book::open(path)?;
    for sheet in book.sheets() {
        let mut note = |code| {
            let fault = Fault::new(code, FileId::default()).text(sheet.name.as_str());
            notes.push((name.to_owned(), fault));
        };
        if sheet.is_hidden {
            note(Code::HiddenSheet);
            continue;
        }
        let head = book.head(&sheet.name)?;
        match names::recognise(&sheet.name, &head) {
            Some(holds) => {
                let spec = TableSpec::canonical(holds, path.to_owned(), name.to_owned());
                mapping.tables.push(TableSpec {
                    sheet: Some(sheet.name),
                    ..spec
                });
            }
            // An empty sheet that a program adds of itself is not worth a word.
            None if head.is_empty() => {}
            None => note(Code::UnknownSheet),
        }
    }
    Ok(())
}

/// The visible sheets of a workbook, those that are empty left out; none where the file is read as text.
pub(super) fn visible_sheets(path: &Path) -> Option<Result<Vec<String>, Trouble>> {
    is_read_as_workbook(path).then(|| {
        let mut book = Book::open(path)?;
        let mut visible = Vec::new();
        for sheet in book.sheets() {
            if !sheet.is_hidden && !book.head(&sheet.name)?.is_empty() {
                visible.push(sheet.name);
            }
        }
        Ok(visible)
    })
}

/// Whether a file that a table names is read as a workbook: many an export that is called .xls is text.
fn is_read_as_workbook(path: &Path) -> bool {
    match is_xls(path) {
        true => starts_as_workbook(path),
        false => is_workbook(path),
    }
}

/// Reads the sheets that tables name, each workbook being opened once.
pub(super) fn load(tables: &mut [TableSpec]) {
    let mut of_book: BTreeMap<PathBuf, Vec<&mut TableSpec>> = BTreeMap::new();
    for table in tables {
        if is_read_as_workbook(&table.path) || table.sheet.is_some() {
            of_book.entry(table.path.clone()).or_default().push(table);
        }
    }
    for (path, tables) in of_book {
        let mut book = Book::open(&path);
        for table in tables {
            let content = book.as_mut().map_err(|trouble| trouble.clone());
            table.content = Some(content.and_then(|book| read(book, table)));
        }
    }
}

fn is_xls(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("xls"))
}

/// The sheet that a table is in: the one it names, else the only visible one, else the only one recognised as such.
fn sheet_of(book: &Book, table: &TableSpec) -> Result<String, Trouble> {
    let sheets = book.sheets();
    if let Some(wanted) = &table.sheet {
        let is_it =
            |name: &String| name == wanted || normal_heading(name) == normal_heading(wanted);
        let names: Vec<String> = sheets.into_iter().map(|sheet| sheet.name).collect();
        let found = names.iter().find(|name| *name == wanted);
        let found = found.or_else(|| names.iter().find(|name| is_it(name)));
        return match found {
            Some(name) => Ok(name.clone()),
            None => Err(Trouble::NoSheet(wanted.clone(), names)),
        };
    }
    let visible = sheets.into_iter().filter(|sheet| !sheet.is_hidden);
    let visible: Vec<String> = visible.map(|sheet| sheet.name).collect();
    let fits = |name: &&String| names::recognise(name, &[]) == Some(table.holds);
    match visible.as_slice() {
        [only] => Ok(only.clone()),
        several => match several.iter().filter(fits).collect::<Vec<_>>().as_slice() {
            [only] => Ok((*only).clone()),
            _ => Err(Trouble::NoSheet(table.holds.as_str().to_owned(), visible)),
        },
    }
}

/// Reads the sheet of a table, which takes its name from then on.
fn read(book: &mut Book, table: &mut TableSpec) -> Result<Sheet, Trouble> {
    let sheet = sheet_of(book, table)?;
    let path = table.path.file_name().unwrap_or_default();
    table.name = format!("{}!{sheet}", path.to_string_lossy());
    let (constants, columns) = (&table.map.constants, &table.map.columns);
    let needed = names::needed(table.holds).iter();
    let needed = needed.filter(|column| !constants.contains_key(**column));
    let heading = |column: &&str| {
        let mapped = columns.get(*column);
        normal_heading(mapped.map_or(column, String::as_str))
    };
    let needed: Vec<String> = needed.map(heading).collect();
    let style = Style {
        date_format: table.date_format.as_deref(),
        decimal_comma: table.decimal_comma,
    };
    let mut writer = Writer::new(&needed, table.skip_rows);
    book.read(&sheet, style, &mut writer)?;
    writer.finish(book.kind(), book.digest())
}
