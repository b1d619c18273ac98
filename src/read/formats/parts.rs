//! The tables that a directory, an archive, a workbook or a file has, each with its first rows.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::read::archive::{self, Archive};
use crate::read::content::Trouble;
use crate::read::fields::normal_heading;
use crate::read::json;
use crate::read::mapping::{Table, TableSpec};
use crate::read::records::Records;
use crate::read::source::{Source, Text, detect_delimiter};
use crate::read::workbook::{self, DELIMITER};

/// Bytes of a file in which its heading row is looked for.
const HEAD: u64 = 1 << 16;

/// Most bytes of a file of JSON that is looked at in a directory, because all of it has to be read.
const MOST_JSON: u64 = 1 << 25;

/// Folders below a directory in which files are looked for, and most files that are looked at.
const DEPTH: usize = 3;
const MOST_FILES: usize = 1_000;

/// What was found at a path.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) tables: Vec<Part>,
    /// Names of files in an archive that lead out of it.
    pub(super) unsafe_names: Vec<String>,
}

/// One table.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) path: PathBuf,
    /// The sheet of a workbook, or the file in an archive.
    sheet: Option<String>,
    /// What it is called.
    pub(super) name: String,
    /// The rows among which its heading is.
    head: Vec<Vec<String>>,
}

impl Part {
    /// Whether it is a table of a format: by its name, and its headings.
    pub(super) fn is(&self, table: &Table) -> bool {
        table.recognise.is_some() && self.is_named(&table.file) && !self.headings(table).is_empty()
    }

    /// Whether it is called so; `*` is anything, and a sheet has no ending.
    pub(super) fn is_named(&self, pattern: &Path) -> bool {
        let pattern = pattern.to_string_lossy().to_lowercase();
        let name = self
            .name
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let stem = pattern
            .rsplit_once('.')
            .map_or(pattern.as_str(), |(stem, _)| stem);
        let is_sheet = self.sheet.as_ref() == Some(&self.name) && !name.contains('.');
        fits(&pattern, &name) || (is_sheet && fits(stem, &name))
    }

    /// The row that has the headings of a table; empty if none has.
    pub(super) fn headings(&self, table: &Table) -> &[String] {
        let Some(recognise) = &table.recognise else {
            return &[];
        };
        let has = |row: &[String], heading: &String| {
            let normal = normal_heading(heading);
            row.iter().any(|cell| normal_heading(cell) == normal)
        };
        let is_it = |row: &&Vec<String>| {
            recognise.needs.iter().all(|heading| has(row, heading))
                && !recognise.lacks.iter().any(|heading| has(row, heading))
        };
        self.head.iter().find(is_it).map_or(&[], Vec::as_slice)
    }

    /// Says where a table is to be read from.
    pub(super) fn place(&self, spec: &mut TableSpec) {
        spec.path.clone_from(&self.path);
        spec.sheet.clone_from(&self.sheet);
        spec.name.clone_from(&self.name);
    }
}

/// Whether a name fits a pattern in which `*` is anything.
fn fits(pattern: &str, name: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(rest) = name.strip_prefix(before) else {
        return false;
    };
    let mut ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    ends.any(|at| fits(after, &rest[at..]))
}

/// Every table at a path.
pub(super) fn parts(path: &Path) -> Result<Parts, Trouble> {
    let mut parts = Parts::default();
    if path.is_dir() {
        let mut files = Vec::new();
        find_files(path, DEPTH, &mut files);
        files.sort();
        for file in files {
            let name = file.strip_prefix(path).unwrap_or(&file);
            let name = name.to_string_lossy().replace('\\', "/");
            let length = file.metadata().map_or(0, |metadata| metadata.len());
            if json::is_json(&file) && length > MOST_JSON {
                continue;
            }
            // What cannot be read here is told where a table turns out to be in it.
            parts.add_file(&file, &name).unwrap_or_default();
        }
    } else if archive::is_archive(path) {
        parts.add_archive(path)?;
    } else {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        parts.add_file(path, &name)?;
    }
    Ok(parts)
}

fn find_files(directory: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
    for entry in entries {
        let path = entry.path();
        if path.is_dir() && depth > 0 {
            find_files(&path, depth - 1, files);
        } else if path.is_file() && files.len() < MOST_FILES {
            files.push(path);
        }
    }
}

/// Whether a file may be a delimited table or an array of JSON, by its name.
fn may_be_table(name: &str) -> bool {
    let endings = [".csv", ".tsv", ".txt"];
    let name = name.to_lowercase();
    endings.iter().any(|ending| name.ends_with(ending)) || json::is_json(Path::new(&name))
}

impl Parts {
    fn add_file(&mut self, path: &Path, name: &str) -> Result<(), Trouble> {
        if workbook::is_workbook(path) {
            for (sheet, head) in workbook::heads(path)? {
                self.tables.push(Part {
                    path: path.to_owned(),
                    name: sheet.clone(),
                    sheet: Some(sheet),
                    head,
                });
            }
            return Ok(());
        }
        if may_be_table(name) {
            let bytes = match json::is_json(path) {
                true => Some(std::fs::read(path)?),
                false => head(path),
            };
            if let Some(bytes) = bytes {
                self.add(path, None, name, bytes)?;
            }
        }
        Ok(())
    }

    fn add_archive(&mut self, path: &Path) -> Result<(), Trouble> {
        let mut archive = Archive::open(path)?;
        let (names, unsafe_names) = archive.names();
        self.unsafe_names = unsafe_names;
        for name in names.iter().filter(|name| may_be_table(name)) {
            let bytes = match json::is_json(Path::new(name)) {
                true => archive.read(name)?,
                false => archive.head(name, HEAD)?,
            };
            // What is wrong with it is told where a table turns out to be in it.
            self.add(path, Some(name.clone()), name, bytes)
                .unwrap_or_default();
        }
        Ok(())
    }

    fn add(
        &mut self,
        path: &Path,
        sheet: Option<String>,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<(), Trouble> {
        let heading = match json::is_json(Path::new(name)) {
            true => first_row(&json::table(&bytes)?, Some(DELIMITER)),
            false => headings(bytes),
        };
        self.tables.push(Part {
            path: path.to_owned(),
            sheet,
            name: name.to_owned(),
            head: vec![heading],
        });
        Ok(())
    }
}

/// The bytes at the beginning of a file.
pub(in crate::read) fn head(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path).ok()?;
    file.take(HEAD).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The first row of a delimited file that begins so.
pub(in crate::read) fn headings(head: Vec<u8>) -> Vec<String> {
    first_row(&Source::decode(head, None), None)
}

fn first_row(source: &Source, delimiter: Option<u8>) -> Vec<String> {
    let Text::Memory(text) = &source.text else {
        return Vec::new();
    };
    let delimiter = delimiter.unwrap_or_else(|| detect_delimiter(text, |_| false));
    let mut records = Records::new(text, delimiter);
    let heading = records.next();
    heading.map_or_else(Vec::new, |row| row.iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_anything() {
        for (pattern, name, expected) in [
            ("b_05.01.csv", "b_05.01.csv", true),
            ("*.csv", "a.csv", true),
            ("*.csv", ".csv", true),
            ("*rr*.csv", "2026-rr-golden.csv", true),
            ("*rr*.csv", "2026-lei.csv", false),
            ("*", "", true),
            ("*供应*", "合格供应商", true),
        ] {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }
}
