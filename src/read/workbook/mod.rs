//! Workbooks: which sheets make up a register, and each as the delimited text that the rest of the reader reads.

mod cells;
mod limits;
pub(super) mod names;
mod open;
mod sheet;

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::content::{Content, Trouble};
use super::fields::normal_heading;
use super::mapping::{Holds, Mapping, TableSpec};
use super::{Notes, ReadError};
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};

pub(super) use sheet::{DELIMITER, MOST_TEXT, Sheet};

use cells::Style;
use open::Book;
use sheet::Writer;

/// Rows in which the heading is looked for, after the first.
pub(super) const HEAD_ROWS: usize = 10;

/// Endings of the names of workbooks.
pub(super) const ENDINGS: [&str; 5] = ["xlsx", "xlsm", "xlsb", "xls", "ods"];

/// How zip archives start, and the files of old Office programs.
pub(super) const ZIP: [u8; 4] = *b"PK\x03\x04";
const COMPOUND: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// Whether a file is a workbook: by its name, else by how it starts.
pub(super) fn is_workbook(path: &Path) -> bool {
    path.is_file() && (is_named(path) || starts_as_workbook(path))
}

/// Whether a file is called a workbook.
pub(super) fn is_named(path: &Path) -> bool {
    let ending = path.extension().map(OsStr::to_ascii_lowercase);
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| *known == ending))
}

fn starts_as_workbook(path: &Path) -> bool {
    let mut start = [0; 4];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && [ZIP, COMPOUND].contains(&start)
}

/// The tables of a workbook that is a register by itself, and notes about the sheets that are not read.
pub(super) fn recognise(path: &Path) -> Result<Mapping, ReadError> {
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
            mapping.sort();
            mapping.notes = notes;
            return Ok(mapping);
        }
        Ok(()) => Trouble::NoSheet(String::new(), Vec::new()),
        Err(trouble) => trouble,
    };
    let spec = TableSpec::canonical(Holds::Relationships, path.to_owned(), name);
    let mut diagnostics = Diagnostics::default();
    let file = diagnostics.file(&spec.name);
    diagnostics.add(trouble.fault(file, &spec.path), 0);
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

/// The name of a sheet and its first rows.
pub(super) type Head = (String, Vec<Vec<String>>);

/// The first rows of each visible sheet that has any.
pub(super) fn heads(path: &Path) -> Result<Vec<Head>, Trouble> {
    let mut book = Book::open(path)?;
    let mut heads = Vec::new();
    for sheet in book.sheets().into_iter().filter(|sheet| !sheet.is_hidden) {
        let head = book.head(&sheet.name)?;
        if !head.is_empty() {
            heads.push((sheet.name, head));
        }
    }
    Ok(heads)
}

/// The visible sheets of a workbook, those that are empty left out; none where the file is read as text.
pub(super) fn visible_sheets(path: &Path) -> Option<Result<Vec<String>, Trouble>> {
    let names = |heads: Vec<Head>| heads.into_iter().map(|(name, _)| name).collect();
    holds_sheets(path).then(|| heads(path).map(names))
}

/// The visible sheets of a workbook, each from the first of its rows on that has such a heading.
pub(super) fn sheets_with(path: &Path, heading: &str) -> Result<Vec<(String, Sheet)>, Trouble> {
    let mut book = Book::open(path)?;
    let needed = [normal_heading(heading)];
    let visible = book.sheets().into_iter().filter(|sheet| !sheet.is_hidden);
    let mut sheets = Vec::new();
    for sheet in visible {
        let mut writer = Writer::new(&needed, 0);
        book.read(&sheet.name, Style::default(), &mut writer)?;
        sheets.push((sheet.name, writer.finish(book.kind(), book.digest())?));
    }
    Ok(sheets)
}

/// Whether the file of a table holds sheets: many an export that is called `.xls` is text.
pub(super) fn holds_sheets(path: &Path) -> bool {
    match is_xls(path) {
        true => starts_as_workbook(path),
        false => is_workbook(path),
    }
}

/// Reads the sheets of a workbook that tables name.
pub(super) fn load(path: &Path, tables: Vec<&mut TableSpec>) {
    let mut book = Book::open(path);
    for table in tables {
        let content = book.as_mut().map_err(|trouble| trouble.clone());
        let sheet = content.and_then(|book| read(book, table));
        table.content = Some(sheet.map(Content::Sheet));
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
