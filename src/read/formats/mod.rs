//! The formats that are known: mappings that come with the program, and the files by which each is recognised.
//!
//! A format is data, a file of this directory: a `register.toml` whose tables say what shows that a file is theirs.

mod parts;

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::archive;
use super::content::Trouble;
use super::mapping::{Mapping, Table, TableSpec};
use super::workbook;
use super::{Notes, ReadError};
use crate::diagnostic::{Code, Diagnostics, Fault, FileId, did_you_mean};
use crate::lang::{Text, say};
use crate::policy::Policy;

use parts::{Part, Parts};

pub(super) use parts::{head, headings};

/// Every format, in the order in which they are looked for.
const SHIPPED: [&str; 10] = [
    include_str!("dora-roi.toml"),
    include_str!("gleif.toml"),
    include_str!("bods.toml"),
    include_str!("follow-the-money.toml"),
    include_str!("ciso-assistant.toml"),
    include_str!("nist-scrm.toml"),
    include_str!("coupa.toml"),
    include_str!("ocds-flat.toml"),
    include_str!("anac-subappalti.toml"),
    include_str!("usaspending-subawards.toml"),
];

/// A format as its file states it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: About,
    table: Vec<Table>,
}

/// What a format is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    id: String,
    title: Title,
    /// What of it is read, and what is not.
    reads: Title,
    /// Names of files of it that hold nothing which could be read.
    #[serde(default)]
    silent: Vec<PathBuf>,
}

/// A sentence in both languages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Title {
    en: String,
    zh: String,
}

impl Title {
    fn text(&self) -> Text {
        Text {
            en: self.en.clone(),
            zh: Some(self.zh.clone()),
        }
    }
}

/// A known format.
#[derive(Debug)]
pub struct Format {
    about: About,
    tables: Vec<Table>,
    /// Its file.
    pub toml: &'static str,
}

impl Format {
    /// Every format that comes with the program.
    pub fn all() -> impl Iterator<Item = Format> {
        SHIPPED.iter().filter_map(|toml| {
            let file: Result<File, _> = toml::from_str(toml);
            debug_assert!(file.is_ok(), "{:?}", file.err());
            let File { format, table } = file.ok()?;
            Some(Format {
                about: format,
                tables: table,
                toml,
            })
        })
    }

    /// What a `register.toml` calls it.
    pub fn id(&self) -> &str {
        &self.about.id
    }

    /// What people call it.
    pub fn title(&self) -> Text {
        self.about.title.text()
    }

    /// Its tables as a `register.toml` says them, in which the names of files are still patterns.
    pub fn mapping(&self) -> String {
        let (before, rest) = self.toml.split_once("[format]").unwrap_or(("", self.toml));
        // What the format is ends at a blank line.
        let (_, tables) = rest.split_once("\n\n").unwrap_or(("", rest));
        let lines = before.trim_end().lines().chain([""]).chain(tables.lines());
        let lines = lines.filter(|line| !line.starts_with("recognise"));
        lines.map(|line| format!("{line}\n")).collect()
    }

    /// What of it is read.
    pub fn reads(&self) -> Text {
        self.about.reads.text()
    }

    /// The format that files are in, if it is a known one.
    pub fn of(path: &Path) -> Option<Format> {
        let parts = parts::parts(path).ok()?;
        Format::all().find(|format| format.fits(&parts.tables))
    }

    fn fits(&self, parts: &[Part]) -> bool {
        let is_there = |table: &Table| parts.iter().any(|part| part.is(table));
        self.tables.iter().any(is_there)
    }

    /// The tables of a register in this format, and what is to be told of its files; others that a `register.toml` names
    /// are not its own.
    fn read(&self, parts: &[Part], others: &[PathBuf], policy: &Policy) -> Result<Mapping, Text> {
        let mut mapping = Mapping {
            format: Some(self.title()),
            notes: self.missing(parts),
            ..Mapping::default()
        };
        let mut is_read = vec![false; parts.len()];
        for table in &self.tables {
            for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.is(table)) {
                is_read[at] = true;
                mapping.tables.push(spec(table, part, parts, policy)?);
                for joined in &table.join {
                    let named = parts.iter().position(|part| part.is_named(&joined.file));
                    named.into_iter().for_each(|at| is_read[at] = true);
                }
            }
        }
        let silent = |part: &&Part| {
            let mut silent = self.about.silent.iter();
            silent.any(|name| part.is_named(name)) || others.contains(&part.path)
        };
        let unread = parts.iter().zip(&is_read).filter(|(_, is_read)| !**is_read);
        let unread = unread.map(|(part, _)| part).filter(|part| !silent(part));
        let unread: Vec<&str> = unread.map(|part| part.name.as_str()).collect();
        if !unread.is_empty() {
            let fault = Fault::new(Code::UnreadFile, FileId::default());
            mapping
                .notes
                .push((self.about.id.clone(), fault.text(unread.join(", "))));
        }
        mapping.sort();
        Ok(mapping)
    }

    /// Tells the files that a register in this format should have, and has not.
    fn missing(&self, parts: &[Part]) -> Notes {
        let mut notes = Notes::new();
        for table in &self.tables {
            let name = table.file.display().to_string();
            for joined in table.join.iter().filter(|joined| !joined.optional_match) {
                let name = joined.file.display().to_string();
                let is_there = parts.iter().any(|part| part.is_named(&joined.file));
                if !is_there && !notes.iter().any(|(told, _)| *told == name) {
                    notes.push((name.clone(), missing_table(name)));
                }
            }
            // Layouts of one file are tables that go by one name.
            let mut layouts = self.tables.iter().filter(|other| other.file == table.file);
            let is_there = layouts.any(|table| parts.iter().any(|part| part.is(table)));
            let is_told = notes.iter().any(|(told, _)| *told == name);
            let recognise = table.recognise.as_ref();
            let is_optional = recognise.is_some_and(|recognise| recognise.optional);
            if !is_there && !is_told && !is_optional {
                notes.push((name.clone(), missing_table(name)));
            }
        }
        notes
    }
}

fn missing_table(name: String) -> Fault {
    Fault::new(Code::MissingTable, FileId::default()).text(name)
}

/// The table of a format that a part is.
fn spec(table: &Table, part: &Part, parts: &[Part], policy: &Policy) -> Result<TableSpec, Text> {
    let table = table.clone().fitted(policy, part.headings(table));
    let mut spec = table.clone().check(Path::new(""), policy)?;
    part.place(&mut spec);
    for (join, joined) in spec.preparation.joins.iter_mut().zip(&table.join) {
        match parts.iter().find(|part| part.is_named(&joined.file)) {
            Some(named) => named.place(&mut join.spec),
            None => join.is_missing = true,
        }
    }
    Ok(spec)
}

/// The register at a path, if it is in a known format.
pub(super) fn recognise(path: &Path, policy: &Policy) -> Result<Option<Mapping>, ReadError> {
    let parts = match parts::parts(path) {
        Ok(parts) => parts,
        Err(_) if workbook::is_workbook(path) && !archive::is_archive(path) => return Ok(None),
        Err(trouble) => return Err(unreadable(path, &trouble)),
    };
    let Some(format) = Format::all().find(|format| format.fits(&parts.tables)) else {
        return Ok(None);
    };
    let mapping = parts.mapping(&format, &[], policy);
    mapping.map(Some).map_err(|fault| ReadError::Mapping {
        file: path.display().to_string(),
        fault,
    })
}

/// The register at a path, in the format with this id; other files may stand beside it.
pub(super) fn read_as(
    id: &str,
    path: &Path,
    others: &[PathBuf],
    policy: &Policy,
    fault: &dyn Fn(Text) -> ReadError,
) -> Result<Mapping, ReadError> {
    let Some(format) = Format::all().find(|format| format.id() == id) else {
        let ids: Vec<String> = Format::all().map(|format| format.id().to_owned()).collect();
        return Err(fault(Text::said(|lang| {
            let hint = did_you_mean(id, ids.iter().map(String::as_str), lang);
            say!(
                lang,
                "`{id}` is no known format{hint}",
                "没有格式“{id}”{hint}"
            )
        })));
    };
    let parts = parts::parts(path).map_err(|trouble| unreadable(path, &trouble))?;
    if !format.fits(&parts.tables) {
        let (path, title) = (path.display(), format.title());
        return Err(fault(Text::said(|lang| {
            let title = title.get(lang);
            say!(
                lang,
                "`{path}` has no file of the format {title}",
                "“{path}”中没有格式为“{title}”的文件"
            )
        })));
    }
    parts.mapping(&format, others, policy).map_err(fault)
}

fn unreadable(path: &Path, trouble: &Trouble) -> ReadError {
    let mut diagnostics = Diagnostics::default();
    let file = diagnostics.file(path.display().to_string());
    diagnostics.add(trouble.fault(file, path), 0);
    ReadError::Tables(Box::new(diagnostics))
}

impl Parts {
    fn mapping(
        &self,
        format: &Format,
        others: &[PathBuf],
        policy: &Policy,
    ) -> Result<Mapping, Text> {
        let mut mapping = format.read(&self.tables, others, policy)?;
        for name in &self.unsafe_names {
            let fault = Fault::new(Code::UnsafePath, FileId::default()).text(name);
            mapping.notes.push((name.clone(), fault));
        }
        Ok(mapping)
    }
}
