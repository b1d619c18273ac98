//! What is read of a table ahead of its rows: a sheet of a workbook, a file in an archive, an array of JSON.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::archive::{self, Archive};
use super::json;
use super::mapping::TableSpec;
use super::source::Source;
use super::workbook::{self, Sheet};
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};

/// The text of a table that is no delimited file by itself.
#[derive(Debug)]
pub(super) enum Content {
    /// A sheet of a workbook.
    Sheet(Sheet),
    /// An array of JSON, as delimited text.
    Json(Source),
    /// A delimited file in an archive.
    Delimited(Source),
}

/// Why a workbook, an archive or a file of JSON cannot be read.
#[derive(Debug, Clone)]
pub(super) enum Trouble {
    /// The file cannot be opened or read.
    File(io::ErrorKind, String),
    /// It is locked with a password.
    Protected,
    /// It is not what it should be, or damaged.
    Broken(String),
    /// It would take too much memory.
    TooLarge,
    /// It has no such sheet or file, but these.
    NoSheet(String, Vec<String>),
}

impl Trouble {
    pub(super) fn broken(error: impl std::fmt::Display) -> Trouble {
        Trouble::Broken(error.to_string())
    }

    pub(super) fn of_zip(error: zip::result::ZipError) -> Trouble {
        match error {
            zip::result::ZipError::UnsupportedArchive(why)
                if why == zip::result::ZipError::PASSWORD_REQUIRED =>
            {
                Trouble::Protected
            }
            error => Trouble::broken(error),
        }
    }

    /// The fault of a file that this keeps from being read.
    pub(super) fn fault(&self, file: FileId, path: &Path) -> Fault {
        let path = path.display().to_string();
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

impl Content {
    /// The text, to be read as a file's is.
    pub(super) fn source(&self) -> Source {
        match self {
            Content::Sheet(sheet) => sheet.source(),
            Content::Json(source) | Content::Delimited(source) => source.clone(),
        }
    }

    /// The kind of file, where its text is not the file's own.
    pub(super) fn kind(&self) -> Option<&'static str> {
        match self {
            Content::Sheet(sheet) => Some(sheet.kind),
            Content::Json(_) => Some("json"),
            Content::Delimited(_) => None,
        }
    }

    /// Tells what was noticed in making the text.
    pub(super) fn tell(&self, file: FileId, diagnostics: &mut Diagnostics) {
        if let Content::Sheet(sheet) = self {
            sheet.tell(file, diagnostics);
        }
    }
}

/// What kind of file a table is in.
enum Kind {
    Workbook,
    Archive,
    Json,
}

/// The kind of a table's file; none where it is delimited text.
fn kind(table: &TableSpec) -> Option<Kind> {
    match &table.path {
        path if archive::is_archive(path) => Some(Kind::Archive),
        path if workbook::holds_sheets(path) || table.sheet.is_some() => Some(Kind::Workbook),
        path if json::is_json(path) => Some(Kind::Json),
        _ => None,
    }
}

/// Reads what tables name that are no delimited files by themselves, and what they join; says of each file when it is next.
pub(super) fn load(tables: &mut [TableSpec], next: &dyn Fn(&str)) {
    let joins = tables
        .iter_mut()
        .flat_map(|table| &mut table.preparation.joins);
    load_each(joins.map(|join| &mut join.spec).collect(), next);
    load_each(tables.iter_mut().collect(), next);
}

/// Reads the contents of tables; each file is opened once.
fn load_each(tables: Vec<&mut TableSpec>, next: &dyn Fn(&str)) {
    let mut of_file: BTreeMap<PathBuf, (Kind, Vec<&mut TableSpec>)> = BTreeMap::new();
    for table in tables {
        if let Some(kind) = kind(table) {
            let entry = of_file.entry(table.path.clone());
            entry.or_insert((kind, Vec::new())).1.push(table);
        }
    }
    for (path, (kind, tables)) in of_file {
        next(&path.file_name().unwrap_or_default().to_string_lossy());
        match kind {
            Kind::Workbook => workbook::load(&path, tables),
            Kind::Archive => {
                let mut archive = Archive::open(&path);
                for table in tables {
                    let opened = archive.as_mut().map_err(|trouble| trouble.clone());
                    table.content = Some(opened.and_then(|archive| archive.content(table)));
                }
            }
            Kind::Json => {
                let read = std::fs::read(&path).map_err(Trouble::from);
                let source = read.and_then(|bytes| json::table(&bytes));
                for table in tables {
                    table.content = Some(source.clone().map(Content::Json));
                }
            }
        }
    }
}
