//! Drafting a `register.toml` from the headings and cells of any tables, with whatever is unsure marked.

mod columns;
mod evidence;
mod forms;
mod headings;
mod keys;
mod layout;
mod sample;
mod says;
mod stubs;
mod tables;
mod toml_text;
mod write;

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use super::mapping::{Holds, TableSpec};
use super::{Format, ReadColumn, ReadError, formats, workbook};
use crate::diagnostic::Diagnostics;
use crate::lang::{Lang, say};
use crate::policy::Policy;

pub(super) use headings::Words;
use sample::{Unusable, name_of};
use stubs::Given;
use tables::{Naming, Plan};
use toml_text::quoted;
use write::Writer;

/// A `register.toml` that was drafted.
#[derive(Debug)]
pub struct Draft {
    /// Its text.
    pub text: String,
    /// What each table was taken for.
    pub tables: Vec<DraftTable>,
    /// What is unsure, each in a sentence.
    pub unsure: Vec<String>,
    /// Whether it has relationships, without which no register can be read.
    pub has_relationships: bool,
}

/// What a table was taken for.
#[derive(Debug)]
pub struct DraftTable {
    /// The file's name and, in a workbook, the sheet's.
    pub file: String,
    /// What it holds, if that shows.
    pub holds: Option<Holds>,
    /// How many rows were looked at.
    pub rows: usize,
    /// Whether these are all.
    pub is_whole: bool,
    /// The columns that are read.
    pub columns: Vec<ReadColumn>,
    /// The headings of columns that nothing reads.
    pub unread: Vec<String>,
}

/// Endings of the names of text files that are looked for in a directory.
const ENDINGS: [&str; 4] = ["csv", "tsv", "tab", "psv"];

/// The files that paths name: themselves, and of directories the tables and workbooks in them, in order.
///
/// # Errors
///
/// When a path is not there, cannot be listed, or is a directory without any.
pub fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, ReadError> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in paths {
        let shown = || path.display().to_string();
        if !path.exists() {
            return Err(ReadError::NotFound(shown()));
        }
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).map_err(|_| ReadError::NotFound(shown()))?;
        let entries = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let mut found: Vec<PathBuf> = entries.filter(|path| is_table(path)).collect();
        if found.is_empty() {
            return Err(ReadError::NoTables(shown()));
        }
        found.sort();
        files.append(&mut found);
    }
    let mut seen = std::collections::HashSet::new();
    files.retain(|file| seen.insert(file.canonicalize().unwrap_or_else(|_| file.clone())));
    Ok(files)
}

/// Whether a file in a directory looks like a table; a program that has a workbook open keeps another file beside it.
fn is_table(path: &Path) -> bool {
    let name = name_of(path);
    let ending = path.extension().map(OsStr::to_ascii_lowercase);
    let is_known = |ending: &OsStr| {
        let mut known = ENDINGS.iter().chain(&workbook::ENDINGS);
        known.any(|known| ending == *known)
    };
    let is_own = name.starts_with("~$") || name.starts_with('.');
    path.is_file() && !is_own && ending.is_some_and(|ending| is_known(&ending))
}

/// Drafts a `register.toml` that is to stand in `directory`; `pack` is what it says of the policy, if anything.
///
/// # Errors
///
/// When none of the files can be read.
pub fn draft(
    files: &[PathBuf],
    directory: &Path,
    policy: &Policy,
    pack: Option<&str>,
    lang: Lang,
) -> Result<Draft, ReadError> {
    let words = Words::new(policy);
    let (mut samples, mut empty, mut unusable) = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        match sample::look(file, policy, &words) {
            Ok(found) if found.iter().all(Option::is_none) => empty.push(name_of(file)),
            Ok(found) => samples.extend(found.into_iter().flatten()),
            Err(found) => unusable.push(found),
        }
    }
    if samples.is_empty() && empty.is_empty() {
        let mut all = Diagnostics::default();
        for Unusable { name, faults } in unusable {
            let file = all.file(name);
            for told in faults.iter() {
                let fault = told.fault.clone();
                all.add(crate::diagnostic::Fault { file, ..fault }, 0);
            }
        }
        return Err(ReadError::Tables(Box::new(all)));
    }
    let mut plans = tables::plan(samples, &words, policy);
    let naming = tables::join(&mut plans);
    for plan in &mut plans {
        plan.needs_delimiter = needs_delimiter(plan, policy);
    }
    let mut writer = Writer {
        policy,
        words: &words,
        lang,
        naming,
        text: String::new(),
        unsure: Vec::new(),
    };
    writer.begin(pack);
    for plan in &plans {
        let (name, file) = (plan.name(), relative(&plan.sample.path, directory));
        match plan.holds() {
            Some(holds) => writer.table(plan, holds, &name, &file),
            None => writer.unknown(plan, &name, &file),
        }
    }
    for name in empty {
        writer.left_out(&name, &say!(lang, "it has no rows", "没有任何行"));
    }
    for Unusable { name, faults } in &unusable {
        let told: Vec<String> = faults.iter().map(|told| told.fault.message(lang)).collect();
        writer.left_out(name, &told.join("; "));
    }
    writer.stubs(&Given::by_plans(&plans, policy));
    Ok(Draft {
        text: writer.text,
        unsure: writer.unsure,
        has_relationships: plans
            .iter()
            .any(|plan| plan.holds() == Some(Holds::Relationships)),
        tables: plans.iter().map(table).collect(),
    })
}

/// Drafts a `register.toml` for a register in a known format, whose tables it need not name; none if it is in none.
///
/// # Errors
///
/// When the register cannot be read.
pub fn draft_known(
    register: &Path,
    directory: &Path,
    policy: &Policy,
    pack: Option<&str>,
    lang: Lang,
) -> Result<Option<Draft>, ReadError> {
    let (Some(format), Some(mapping)) =
        (Format::of(register), formats::recognise(register, policy)?)
    else {
        return Ok(None);
    };
    let reading = super::read_mapped(register, mapping, policy, &|_| ())?;
    let words = Words::new(policy);
    let mut writer = Writer {
        policy,
        words: &words,
        lang,
        naming: Naming::Ids,
        text: String::new(),
        unsure: Vec::new(),
    };
    writer.begin(pack);
    let title = format.title();
    writer.line("");
    writer.comment(title.get(lang));
    writer.line(&format!("format = {}", quoted(format.id())));
    let from = relative(register, directory);
    if !from.is_empty() {
        writer.line(&format!("from = {}", quoted(&from)));
    }
    writer.stubs(&Given::by_register(&reading.register, policy));
    let tables = reading.tables.iter().map(|table| DraftTable {
        file: table.file.clone(),
        holds: Some(table.holds),
        rows: table.rows,
        is_whole: true,
        columns: table.columns.clone(),
        unread: table.unread.clone(),
    });
    Ok(Some(Draft {
        text: writer.text,
        unsure: writer.unsure,
        has_relationships: true,
        tables: tables.collect(),
    }))
}

fn table(plan: &Plan) -> DraftTable {
    let columns = plan.columns.live.iter().map(|choice| ReadColumn {
        canonical: choice.canonical.clone(),
        heading: Some(plan.sample.columns[choice.position].heading.clone()),
    });
    DraftTable {
        file: plan.name(),
        holds: plan.holds(),
        rows: plan.sample.rows,
        is_whole: plan.sample.is_whole,
        columns: columns.collect(),
        unread: write::unread(plan).map(str::to_owned).collect(),
    }
}

/// Whether the reader, which looks at one row and fewer words, would take another delimiter.
fn needs_delimiter(plan: &Plan, policy: &Policy) -> bool {
    let (Some(delimiter), Some(holds)) = (plan.sample.delimiter, plan.holds()) else {
        return false;
    };
    let path = plan.sample.path.clone();
    let mut spec = TableSpec::canonical(holds, path, plan.name());
    if plan.sample.has_titles {
        spec.skip_rows = plan.sample.heading_row - 1;
    }
    let live = plan.columns.live.iter().map(|choice| {
        let heading = plan.sample.columns[choice.position].heading.clone();
        (choice.canonical.clone(), heading)
    });
    spec.map.columns = live.collect();
    sample::detected_delimiter(&spec, policy) != Some(delimiter)
}

/// A path as it is written from a directory, with `/` between its parts.
pub fn relative(path: &Path, directory: &Path) -> String {
    let whole = |path: &Path| {
        let path = if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            path
        };
        path.canonicalize().unwrap_or_else(|_| path.to_owned())
    };
    let (path, directory) = (whole(path), whole(directory));
    let pairs = path.components().zip(directory.components());
    let common = pairs.take_while(|(a, b)| a == b).count();
    if common == 0 {
        return path.to_string_lossy().into_owned();
    }
    let up = directory.components().skip(common).map(|_| "..".into());
    let down = path
        .components()
        .skip(common)
        .map(|part: Component| part.as_os_str().to_string_lossy());
    let parts: Vec<std::borrow::Cow<str>> = up.chain(down).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests;
