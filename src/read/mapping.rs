//! `register.toml`: which files make up a register, and what their columns and words mean.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use serde::Deserialize;

use super::ReadError;
use super::assume::Assumption;
use super::cells;
use super::fields::{ColumnMap, ValueMap};
use super::names::{Names, SameEntry};
use super::workbook::{Sheet, Trouble};
use crate::diagnostic::did_you_mean;
use crate::lang::{Text, both, say};
use crate::policy::{Policy, Subject};

/// What a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// Parties.
    Parties,
    /// Relationships.
    Relationships,
    /// Evidence.
    Evidence,
}

impl Holds {
    /// The word for it, which is also the canonical file's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Holds::Parties => "parties",
            Holds::Relationships => "relationships",
            Holds::Evidence => "evidence",
        }
    }

    /// The fixed columns of such a table.
    pub(super) fn columns(self) -> &'static [&'static str] {
        match self {
            Holds::Parties => &["id", "name", "local_name", "owner"],
            Holds::Relationships => &[
                "customer",
                "supplier",
                "id",
                "supports",
                "contract",
                "criticality",
                "amount",
                "currency",
                "starts",
                "ends",
            ],
            Holds::Evidence => &[
                "party",
                "obligation",
                "relationship",
                "shows",
                "document",
                "issued",
                "expires",
                "status",
                "owner",
                "reason",
            ],
        }
    }
}

/// One table to read.
#[derive(Debug)]
pub(super) struct TableSpec {
    pub(super) holds: Holds,
    pub(super) path: PathBuf,
    /// The file's name as diagnostics show it.
    pub(super) name: String,
    /// The sheet to read, where the file is a workbook and the register says which.
    pub(super) sheet: Option<String>,
    /// What was read of the sheet, where the file is a workbook.
    pub(super) content: Option<Result<Sheet, Trouble>>,
    pub(super) encoding: Option<&'static Encoding>,
    pub(super) delimiter: Option<u8>,
    pub(super) skip_rows: u32,
    pub(super) date_format: Option<String>,
    pub(super) decimal_comma: bool,
    pub(super) map: ColumnMap,
}

impl TableSpec {
    /// A table in the canonical form.
    pub(super) fn canonical(holds: Holds, path: PathBuf, name: String) -> TableSpec {
        TableSpec {
            holds,
            path,
            name,
            sheet: None,
            content: None,
            encoding: None,
            delimiter: None,
            skip_rows: 0,
            date_format: None,
            decimal_comma: false,
            map: ColumnMap::default(),
        }
    }
}

/// Everything that is to be read.
#[derive(Debug, Default)]
pub(super) struct Mapping {
    pub(super) tables: Vec<TableSpec>,
    pub(super) assumptions: Vec<Assumption>,
    /// Names that stand for one party.
    pub(super) same: Vec<SameEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    policy: Option<String>,
    #[serde(default)]
    table: Vec<Table>,
    #[serde(default)]
    assume: Vec<Assumption>,
    #[serde(default)]
    same: Vec<SameEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    of: Holds,
    file: PathBuf,
    sheet: Option<String>,
    encoding: Option<String>,
    delimiter: Option<String>,
    #[serde(default)]
    skip_rows: u32,
    date_format: Option<String>,
    #[serde(default)]
    decimal_comma: bool,
    #[serde(default)]
    columns: BTreeMap<String, String>,
    #[serde(default)]
    values: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default)]
    constants: BTreeMap<String, String>,
}

/// The pack that a `register.toml` asks to be read under, if `register` has one and it asks.
///
/// A path is given from the place of the `register.toml`; anything that is no file there is given as it stands.
pub fn policy_of(register: &Path) -> Option<String> {
    let path = mapping_file(register)?;
    let file: File = toml::from_str(&std::fs::read_to_string(&path).ok()?).ok()?;
    let policy = file.policy?;
    let beside = path.parent().unwrap_or(Path::new("")).join(&policy);
    Some(if beside.is_file() {
        beside.to_string_lossy().into_owned()
    } else {
        policy
    })
}

/// The `register.toml` that `register` is or holds.
pub(super) fn mapping_file(register: &Path) -> Option<PathBuf> {
    let inside = register.join("register.toml");
    match register.extension() {
        _ if register.is_dir() => inside.is_file().then_some(inside),
        Some(extension) if extension == "toml" => Some(register.to_owned()),
        _ => None,
    }
}

impl Mapping {
    /// The canonical files of a directory.
    pub(super) fn canonical(directory: &Path) -> Mapping {
        let spec = |holds: Holds| {
            let name = format!("{}.csv", holds.as_str());
            TableSpec::canonical(holds, directory.join(&name), name)
        };
        let mut tables = vec![spec(Holds::Parties), spec(Holds::Relationships)];
        tables.extend(Some(spec(Holds::Evidence)).filter(|evidence| evidence.path.exists()));
        Mapping {
            tables,
            ..Mapping::default()
        }
    }

    /// The tables of a `register.toml`, checked against the columns that exist.
    pub(super) fn read(path: &Path, policy: &Policy) -> Result<Mapping, ReadError> {
        let name = path.display().to_string();
        let source = match std::fs::read_to_string(path) {
            Ok(source) => source,
            Err(error) => {
                return Err(ReadError::Mapping {
                    file: name,
                    fault: both!("{error}", "{error}"),
                });
            }
        };
        let fault = |fault: Text| ReadError::Mapping {
            file: name.clone(),
            fault,
        };
        let file: File =
            toml::from_str(&source).map_err(|error| fault(both!("{error}", "{error}")))?;
        let directory = path.parent().unwrap_or(Path::new(""));
        let mut tables = Vec::new();
        for table in file.table {
            tables.push(table.check(directory, policy).map_err(&fault)?);
        }
        if !tables
            .iter()
            .any(|table| table.holds == Holds::Relationships)
        {
            return Err(fault(both!(
                "no [[table]] is of = \"relationships\"",
                "没有 of = \"relationships\" 的 [[table]]"
            )));
        }
        for assumption in &file.assume {
            assumption.check(policy).map_err(&fault)?;
        }
        Names::new(&file.same).map_err(&fault)?;
        // Parties come before the relationships that name them, evidence after both.
        tables.sort_by_key(|table| table.holds);
        Ok(Mapping {
            tables,
            assumptions: file.assume,
            same: file.same,
        })
    }
}

impl Table {
    fn check(self, directory: &Path, policy: &Policy) -> Result<TableSpec, Text> {
        let canonical = canonical_columns(self.of, policy);
        let named = self
            .columns
            .keys()
            .chain(self.values.keys())
            .chain(self.constants.keys());
        for column in named {
            if !canonical.contains(column) {
                let holds = self.of.as_str();
                return Err(Text::said(|lang| {
                    let hint = did_you_mean(column, canonical.iter().map(String::as_str), lang);
                    say!(
                        lang,
                        "a table of {holds} has no column `{column}`{hint}",
                        "{holds} 表没有“{column}”列{hint}"
                    )
                }));
            }
        }
        let label = |label: &String| {
            Encoding::for_label_no_replacement(label.as_bytes()).ok_or(both!(
                "`{label}` is not an encoding",
                "“{label}”不是编码名称"
            ))
        };
        let one_byte = |delimiter: &String| match delimiter.as_bytes() {
            &[byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n') => Ok(byte),
            _ => Err(both!(
                "the delimiter `{delimiter}` is not one ASCII character",
                "分隔符“{delimiter}”不是单个 ASCII 字符"
            )),
        };
        if let Some(format) = self.date_format.as_ref().filter(|format| !is_date(format)) {
            return Err(both!(
                "the date_format `{format}` gives no date: write it as %d.%m.%Y",
                "date_format“{format}”不能给出日期：请写成 %d.%m.%Y 的形式"
            ));
        }
        Ok(TableSpec {
            holds: self.of,
            path: directory.join(&self.file),
            name: self.file.display().to_string(),
            sheet: self.sheet,
            content: None,
            encoding: self.encoding.as_ref().map(label).transpose()?,
            delimiter: self.delimiter.as_ref().map(one_byte).transpose()?,
            skip_rows: self.skip_rows,
            date_format: self.date_format,
            decimal_comma: self.decimal_comma,
            map: ColumnMap {
                columns: self.columns,
                values: self
                    .values
                    .iter()
                    .map(|(column, words)| (column.clone(), ValueMap::new(words)))
                    .collect(),
                constants: self.constants,
            },
        })
    }
}

/// Whether a date that is written so can be read again.
fn is_date(format: &str) -> bool {
    let date = jiff::civil::date(2001, 2, 3);
    let written = date
        .to_zoned(jiff::tz::TimeZone::UTC)
        .and_then(|day| jiff::fmt::strtime::format(format, &day));
    written.is_ok_and(|text| cells::formatted(&text, format) == Some(date))
}

/// Every column that such a table can have under a policy.
pub(super) fn canonical_columns(holds: Holds, policy: &Policy) -> Vec<String> {
    let mut columns: Vec<String> = holds.columns().iter().map(ToString::to_string).collect();
    let names = |subject| policy.facts_of(subject).map(|(_, fact)| fact.name.clone());
    match holds {
        Holds::Parties => columns.extend(names(Subject::Party)),
        Holds::Relationships => {
            columns.extend(names(Subject::Relationship));
            for side in ["customer", "supplier"] {
                columns.extend(names(Subject::Party).map(|name| format!("{side}.{name}")));
            }
        }
        Holds::Evidence => {}
    }
    columns
}
