//! `register.toml`: which files make up a register, and what their columns and words mean.

mod table;

use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use serde::Deserialize;

use super::archive::{self, Archive};
use super::assume::Assumption;
use super::content::{Content, Trouble};
use super::fields::{ColumnMap, normal_heading};
use super::formats;
use super::names::{Names, SameEntry};
use super::{Notes, ReadError};
use crate::lang::{Text, both};
use crate::policy::{Policy, Subject};

pub(super) use table::{Join, Preparation, Table};

/// What a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// Parties.
    Parties,
    /// Relationships.
    Relationships,
    /// Who owns whom.
    Ownership,
    /// Evidence.
    Evidence,
}

impl Holds {
    /// The word for it, which is also the canonical file's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Holds::Parties => "parties",
            Holds::Relationships => "relationships",
            Holds::Ownership => "ownership",
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
            Holds::Ownership => &["party", "owner"],
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

    /// Further columns, which a table has only where a mapping names them.
    fn mapped_columns(self) -> &'static [&'static str] {
        match self {
            Holds::Parties | Holds::Ownership => &[],
            Holds::Relationships => &["service", "rank"],
            Holds::Evidence => &["contract", "service"],
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
    /// The sheet of a workbook, or the file in an archive, where the register says which.
    pub(super) sheet: Option<String>,
    /// What was read of it ahead of its rows, where it is no delimited file by itself.
    pub(super) content: Option<Result<Content, Trouble>>,
    pub(super) encoding: Option<&'static Encoding>,
    pub(super) delimiter: Option<u8>,
    pub(super) skip_rows: u32,
    pub(super) date_format: Option<String>,
    pub(super) decimal_comma: bool,
    /// Whether rows of parties that are listed already fill what those leave blank.
    pub(super) fills: bool,
    /// The columns that may name several parties, each of which makes a relationship.
    pub(super) split: Vec<String>,
    pub(super) preparation: Preparation,
    /// Whether other tables are in the same file, and take rows that it leaves out.
    pub(super) is_shared: bool,
    /// Whether it is a table of a known format, of which it is known which columns and rows are not read.
    pub(super) is_known: bool,
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
            fills: false,
            split: Vec::new(),
            preparation: Preparation::default(),
            is_shared: false,
            is_known: false,
            map: ColumnMap::default(),
        }
    }
}

/// Everything that is to be read.
#[derive(Debug, Default)]
pub(super) struct Mapping {
    pub(super) tables: Vec<TableSpec>,
    pub(super) assumptions: Vec<Assumption>,
    /// What the known format is called whose tables these are.
    pub(super) format: Option<Text>,
    /// What is to be told once the tables have their places among the files.
    pub(super) notes: Notes,
    /// Names that stand for one party.
    pub(super) same: Vec<SameEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    policy: Option<String>,
    /// The id of a known format, whose tables come first.
    format: Option<String>,
    /// Where these tables are, from here; left out: beside this file.
    from: Option<PathBuf>,
    #[serde(default)]
    table: Vec<Table>,
    #[serde(default)]
    assume: Vec<Assumption>,
    #[serde(default)]
    same: Vec<SameEntry>,
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

/// Whether a directory or an archive has relationships in the canonical form; other formats have files of that name too.
pub(super) fn is_canonical(path: &Path) -> bool {
    let name = "relationships.csv";
    let head = match archive::is_archive(path) {
        false => formats::head(&path.join(name)),
        true => Archive::open(path).ok().and_then(|mut archive| {
            let name = archive.find(name)?;
            archive.read(&name).ok()
        }),
    };
    head.is_some_and(|head| {
        let headings = formats::headings(head);
        let is_there = |wanted| {
            headings
                .iter()
                .any(|heading| normal_heading(heading) == wanted)
        };
        is_there("customer") && is_there("supplier")
    })
}

/// Whether a directory or an archive has a file of this name.
fn has_file(path: &Path, name: &str) -> bool {
    if !archive::is_archive(path) {
        return path.join(name).exists();
    }
    Archive::open(path).is_ok_and(|archive| archive.find(name).is_some())
}

impl Mapping {
    /// The canonical files of a directory or an archive.
    pub(super) fn canonical(path: &Path) -> Mapping {
        let spec = |holds: Holds| {
            let name = format!("{}.csv", holds.as_str());
            match path.is_dir() {
                true => TableSpec::canonical(holds, path.join(&name), name),
                false => TableSpec {
                    sheet: Some(name.clone()),
                    ..TableSpec::canonical(holds, path.to_owned(), name)
                },
            }
        };
        let mut tables = vec![spec(Holds::Parties), spec(Holds::Relationships)];
        if has_file(path, "evidence.csv") {
            tables.push(spec(Holds::Evidence));
        }
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
        let mut mapping = match &file.format {
            Some(format) => {
                let from = file.from.as_ref().map(|from| directory.join(from));
                let from = from.as_deref().unwrap_or(directory);
                let others = file.table.iter().map(|table| directory.join(&table.file));
                let others: Vec<PathBuf> = others.collect();
                formats::read_as(format, from, &others, policy, &fault)?
            }
            None if file.from.is_some() => {
                return Err(fault(both!(
                    "`from` says where the files of a `format` are, and there is none",
                    "from 指明 format 的文件所在，但未写 format"
                )));
            }
            None => Mapping::default(),
        };
        for table in file.table {
            if table.recognise.is_some() {
                return Err(fault(both!(
                    "`recognise` is for formats, not for a register",
                    "recognise 只用于格式，不用于台账"
                )));
            }
            let spec = table.check(directory, policy).map_err(&fault)?;
            mapping.tables.push(spec);
        }
        let states_links =
            |table: &TableSpec| matches!(table.holds, Holds::Relationships | Holds::Ownership);
        if !mapping.tables.iter().any(states_links) && file.format.is_none() {
            return Err(fault(both!(
                "no [[table]] is of = \"relationships\"",
                "没有 of = \"relationships\" 的 [[table]]"
            )));
        }
        for assumption in &file.assume {
            assumption.check(policy).map_err(&fault)?;
        }
        Names::new(&file.same).map_err(&fault)?;
        mapping.assumptions = file.assume;
        mapping.same = file.same;
        mapping.sort();
        Ok(mapping)
    }

    /// Puts parties before the relationships that name them, and evidence after both.
    pub(super) fn sort(&mut self) {
        let place = |table: &TableSpec| (table.path.clone(), table.sheet.clone());
        let places: Vec<_> = self.tables.iter().map(place).collect();
        for (table, here) in self.tables.iter_mut().zip(&places) {
            table.is_shared = places.iter().filter(|there| *there == here).count() > 1;
        }
        self.tables.sort_by_key(|table| table.holds);
    }
}

/// The name of every column of the canonical form under a policy, some more than once.
pub fn canonical_names(policy: &Policy) -> Vec<String> {
    let all = [
        Holds::Parties,
        Holds::Relationships,
        Holds::Ownership,
        Holds::Evidence,
    ];
    let columns = all
        .into_iter()
        .map(|holds| canonical_columns(holds, policy));
    columns.flatten().collect()
}

/// Every column that such a table can have under a policy.
pub(super) fn canonical_columns(holds: Holds, policy: &Policy) -> Vec<String> {
    let columns = holds.columns().iter().chain(holds.mapped_columns());
    let mut columns: Vec<String> = columns.map(ToString::to_string).collect();
    let names = |subject| policy.facts_of(subject).map(|(_, fact)| fact.name.clone());
    match holds {
        Holds::Parties => columns.extend(names(Subject::Party)),
        Holds::Relationships => {
            columns.extend(names(Subject::Relationship));
            for side in ["customer", "supplier"] {
                columns.extend(names(Subject::Party).map(|name| format!("{side}.{name}")));
            }
        }
        Holds::Ownership | Holds::Evidence => {}
    }
    columns
}
