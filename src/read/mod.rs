//! Reading files into a register, with everything that was not understood.
//!
//! A register is a directory of canonical CSV files, a workbook with such sheets, files in a known format, or whatever a
//! `register.toml` maps onto that form. Good rows go on whatever stands beside them; only a file that is missing, or has
//! no heading or no column that it needs, ends the reading.

mod answers;
mod archive;
mod assemble;
mod assume;
mod blocks;
pub(crate) mod cell_text;
mod cells;
mod changes;
mod coder;
mod content;
pub mod draft;
mod encoding;
mod evidence;
mod fields;
mod fit;
mod formats;
mod identifiers;
mod json;
mod line;
mod mapping;
mod names;
mod odd_lines;
mod ownership;
mod parties;
mod prepare;
mod ranks;
mod records;
mod relationships;
mod second_heading;
mod side_facts;
mod source;
mod table;
mod words;
mod workbook;

use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostics, Fault, FileId, Severity};
use crate::lang::{Lang, Text, say};
use crate::policy::{FactId, Policy};
use crate::register::{Register, Rejected};

pub use answers::{AnsweredFact, Answers, AnswersFile, Whose};
pub use assume::{Assumption, AssumptionOf, Words};
pub use changes::{Changed, Changes, Renaming};
pub use formats::Format;
pub use mapping::{Holds, canonical_names, policy_of};
pub use names::normal_name;
pub use source::FileDigest;
pub(crate) use source::is_control;

use mapping::Mapping;
use table::Table;

/// A register and what was noticed in reading it.
#[derive(Debug)]
pub struct Reading {
    /// The register.
    pub register: Register,
    /// Everything that was not understood.
    pub diagnostics: Diagnostics,
    /// The tables, in the order in which they were read; [`crate::register::Place::table`] is a position here.
    pub tables: Vec<TableReport>,
    /// The assumptions with the cells that each filled.
    pub assumptions: Vec<(Assumption, usize)>,
    /// What assumed cells of facts have for codes.
    assumed: Vec<Assumed>,
    /// The answers that came back and were taken; none where none were given.
    pub answers: Option<Answers>,
    /// What the known format is called that it is in, if it is in one.
    pub format: Option<Text>,
    /// How many names `[[same]]` took for another.
    pub same: usize,
}

impl Reading {
    /// How many rows were set aside.
    pub fn set_aside(&self) -> usize {
        self.tables.iter().map(|table| table.set_aside).sum()
    }
}

/// The code of cells of a fact that an assumption filled, and no others.
#[derive(Debug, Clone, Copy)]
struct Assumed {
    /// The assumption's position.
    position: usize,
    fact: FactId,
    code: u32,
}

/// What was read of one table.
#[derive(Debug, Clone)]
pub struct TableReport {
    /// The file's name.
    pub file: String,
    /// What it holds.
    pub holds: Holds,
    /// The encoding it was read in, or the format of the workbook.
    pub encoding: &'static str,
    /// What separates its cells; none in a workbook.
    pub delimiter: Option<char>,
    /// The digest of its bytes.
    pub digest: FileDigest,
    /// Rows after the heading that are not blank.
    pub rows: usize,
    /// Rows set aside.
    pub set_aside: usize,
    /// Rows that the mapping leaves out, beside those.
    pub left_out: usize,
    /// The columns that were read, in the order of the file.
    pub columns: Vec<ReadColumn>,
    /// The headings of columns that nothing reads.
    pub unread: Vec<String>,
}

/// A column that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadColumn {
    /// What it is called in the canonical form.
    pub canonical: String,
    /// What the file calls it; none where every row has the cell that the mapping gives.
    pub heading: Option<String>,
}

/// Why a register could not be read at all.
#[derive(Debug)]
pub enum ReadError {
    /// The path is neither a directory nor a mapping.
    NotFound(String),
    /// The path is of a kind that cannot be read.
    Unsupported(String),
    /// A directory has no table in it.
    NoTables(String),
    /// A directory has no form with answers in it.
    NoForms(String),
    /// The `register.toml` is wrong.
    Mapping {
        /// The file.
        file: String,
        /// What is wrong with it.
        fault: Text,
    },
    /// Tables are missing, or lack what they need.
    Tables(Box<Diagnostics>),
}

impl ReadError {
    /// One sentence that says what is wrong.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            ReadError::NotFound(path) => say!(lang, "`{path}` is not there", "找不到“{path}”"),
            ReadError::Unsupported(path) => say!(
                lang,
                "`{path}` is not a register: give a directory or zip with parties.csv and relationships.csv, a workbook, files in a known format (`ciiflow init --list`), or a register.toml (`ciiflow init FILE` drafts one)",
                "“{path}”不是台账：请给出含 parties.csv 和 relationships.csv 的目录或 zip、一个工作簿、已知格式的文件（见 ciiflow init --list），或一个 register.toml（可用 ciiflow init 文件 起草）"
            ),
            ReadError::NoTables(path) => say!(
                lang,
                "`{path}` has no tables (.csv, .tsv) and no workbooks",
                "“{path}”中没有表（.csv、.tsv）或工作簿"
            ),
            ReadError::NoForms(path) => say!(
                lang,
                "`{path}` has no forms (.md, .docx, .csv, .tsv, .txt) and no workbooks",
                "“{path}”中没有答复表单（.md、.docx、.csv、.tsv、.txt）或工作簿"
            ),
            ReadError::Mapping { file, fault } => {
                let fault = fault.get(lang);
                say!(lang, "{file}: {fault}", "{file}：{fault}")
            }
            ReadError::Tables(_) => say!(lang, "the register cannot be read", "无法读取台账"),
        }
    }
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for ReadError {}

/// Reads the register at `path` under a policy; `assumptions` come on top of those of a `register.toml`.
///
/// # Errors
///
/// When there is nothing to read or a table lacks what it needs; every such fault is told, not only the first.
pub fn read(
    path: &Path,
    policy: &Policy,
    assumptions: &[Assumption],
) -> Result<Reading, ReadError> {
    observed(path, policy, assumptions, &|_| ())
}

/// Reads the register as [`read`] does, and calls back with the name of each file or table before it is read.
///
/// # Errors
///
/// As [`read`].
pub fn observed(
    path: &Path,
    policy: &Policy,
    assumptions: &[Assumption],
    next: &dyn Fn(&str),
) -> Result<Reading, ReadError> {
    let mut mapping = mapping_of(path, policy)?;
    mapping.assumptions.extend_from_slice(assumptions);
    read_mapped(path, mapping, policy, next)
}

/// Reads the tables that make up the register at a path.
fn read_mapped(
    path: &Path,
    mut mapping: Mapping,
    policy: &Policy,
    next: &dyn Fn(&str),
) -> Result<Reading, ReadError> {
    content::load(&mut mapping.tables, next);
    let mut plain = vec![true; mapping.tables.len()];
    let (assembled, diagnostics) = loop {
        let mut diagnostics = Diagnostics::default();
        let names = mapping.tables.iter().map(|spec| &spec.name);
        // A table's file and place have one number, so these come before the files that tables join.
        let files: Vec<FileId> = names.map(|name| diagnostics.file(name)).collect();
        let specs = mapping.tables.iter().zip(&plain).zip(files);
        let opened = specs
            .map(|((spec, &plain), file)| Table::open(spec, file, plain, policy, &mut diagnostics));
        let tables: Vec<Option<Table>> = opened.collect();
        for (file, fault) in &mapping.notes {
            let file = diagnostics.file(file);
            diagnostics.add(
                Fault {
                    file,
                    ..Fault::clone(fault)
                },
                0,
            );
        }
        let assembled = assemble::assemble(&tables, &mapping, policy, next, &mut diagnostics);
        let is_misjudged = |table: &Option<Table>| table.as_ref().is_some_and(Table::is_misjudged);
        // Looking at every byte before reading would cost all large files what this costs those that are odd.
        match tables.iter().position(is_misjudged) {
            Some(misjudged) => plain[misjudged] = false,
            None => break (assembled, diagnostics),
        }
    };
    let fatal = |code| {
        matches!(
            code,
            Code::MissingFile
                | Code::UnreadableFile
                | Code::LockedWorkbook
                | Code::BrokenWorkbook
                | Code::WorkbookTooLarge
                | Code::MissingSheet
                | Code::EmptyFile
                | Code::MissingColumn
        )
    };
    if diagnostics
        .iter()
        .any(|diagnostic| fatal(diagnostic.fault.code))
    {
        return Err(ReadError::Tables(Box::new(diagnostics)));
    }
    let reading = assembled.map_err(|fault| ReadError::Mapping {
        file: path.display().to_string(),
        fault,
    })?;
    Ok(Reading {
        diagnostics,
        format: mapping.format,
        ..reading
    })
}

/// Takes the answers in forms that came back, each a file or a directory of such, into what was read.
///
/// What the register says stands; blank cells, cells that were not understood and cells that were only assumed are filled.
///
/// # Errors
///
/// When a path is not there, or a directory has no form. A file that cannot be read is told among the diagnostics.
pub fn take_answers(
    reading: &mut Reading,
    paths: &[PathBuf],
    policy: &Policy,
) -> Result<(), ReadError> {
    answers::take(reading, paths, policy)
}

/// What is to be told of files by their names, once the tables have their places among them.
type Notes = Vec<(String, Fault)>;

/// Which tables make up the register at a path.
fn mapping_of(path: &Path, policy: &Policy) -> Result<Mapping, ReadError> {
    if !path.exists() {
        return Err(ReadError::NotFound(path.display().to_string()));
    }
    if let Some(file) = mapping::mapping_file(path) {
        return Mapping::read(&file, policy);
    }
    if mapping::is_canonical(path) {
        return Ok(Mapping::canonical(path));
    }
    if let Some(found) = formats::recognise(path, policy)? {
        return Ok(found);
    }
    match path {
        path if path.is_dir() => Ok(Mapping::canonical(path)),
        path if workbook::is_workbook(path) && !archive::is_archive(path) => {
            workbook::recognise(path)
        }
        path => Err(ReadError::Unsupported(path.display().to_string())),
    }
}

/// Tells an id that a spreadsheet would run, or that reads like the label of a row.
fn tell_id(id: &str, column: &str, file: FileId, row: u32, diagnostics: &mut Diagnostics) {
    let code = match id.as_bytes() {
        [b'=' | b'+' | b'-' | b'@', ..] => Code::FormulaId,
        [b'r', b'o', b'w', b' ', digits @ ..] if digits.iter().all(u8::is_ascii_digit) => {
            Code::RowLikeId
        }
        _ => return,
    };
    debug_assert_ne!(code.severity(), Severity::Error);
    diagnostics.add(Fault::new(code, file).column(column).text(id), row);
}

/// Tells a public code of a party, as its id or name, that is mistyped.
fn tell_checksum(text: &str, column: &str, file: FileId, row: u32, diagnostics: &mut Diagnostics) {
    if let Some(standard) = identifiers::broken(text) {
        let fault = Fault::new(Code::BadChecksum, file).column(column);
        diagnostics.add(fault.text(text).other(standard), row);
    }
}

/// Tells what was found in a block that so many rows come before, but nothing of the cells of rows that were not taken,
/// and why those were not; gives how many were set aside and are not merely repeats.
fn tell_block(
    (told, told_of_cells): (Diagnostics, Diagnostics),
    rows_before: u32,
    rejected: &[Rejected],
    file: FileId,
    diagnostics: &mut Diagnostics,
) -> usize {
    diagnostics.absorb(told, rows_before, |_| true);
    // They stand in the order of their rows.
    let find = |row: u32| rejected.binary_search_by_key(&row, |rejected| rejected.place.row);
    diagnostics.absorb(told_of_cells, rows_before, |row| find(row).is_err());
    tell_rejected(rejected, file, diagnostics)
}

/// Tells why rows were not taken; gives how many were set aside and are not merely repeats.
fn tell_rejected(rejected: &[Rejected], file: FileId, diagnostics: &mut Diagnostics) -> usize {
    for Rejected {
        place,
        id,
        first,
        repeats,
    } in rejected
    {
        let code = match repeats {
            true => Code::RepeatedRow,
            false => Code::DuplicateId,
        };
        let fault = Fault::new(code, file).text(id).other(first.row.to_string());
        diagnostics.add(fault, place.row);
    }
    rejected.iter().filter(|rejected| !rejected.repeats).count()
}
