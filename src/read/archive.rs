//! Zip archives whose files are tables; nothing of them is ever written to a disk.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use encoding_rs::GB18030;
use zip::ZipArchive;

use super::content::{Content, Trouble};
use super::json;
use super::mapping::TableSpec;
use super::source::Source;
use super::workbook::{self, ZIP};

/// Most bytes that the files which are read of an archive may unfold to.
const MOST_UNFOLDED: u64 = 1 << 30;

/// Most files that an archive may have.
const MOST_FILES: usize = 10_000;

/// An archive that is open.
pub(super) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    /// The names of its files, sorted, each with its position; without the folder that all are in.
    names: Vec<(String, usize)>,
    /// How many more bytes may be unfolded.
    left: u64,
}

/// Whether a file is a zip archive that can be opened, and neither called a workbook nor one.
pub(super) fn is_archive(path: &Path) -> bool {
    let mut start = [0; 4];
    let opened = File::open(path).and_then(|mut file| file.read_exact(&mut start));
    let is_zip = path.is_file() && opened.is_ok() && start == ZIP;
    is_zip
        && !workbook::is_named(path)
        && Archive::open(path).is_ok_and(|archive| !archive.is_workbook())
}

impl Archive {
    /// Opens an archive.
    pub(super) fn open(path: &Path) -> Result<Archive, Trouble> {
        let file = BufReader::new(File::open(path)?);
        let mut zip = ZipArchive::new(file).map_err(Trouble::of_zip)?;
        if zip.len() > MOST_FILES {
            return Err(Trouble::TooLarge);
        }
        let mut names = Vec::new();
        for position in 0..zip.len() {
            let file = zip.by_index_raw(position).map_err(Trouble::of_zip)?;
            names.push((decoded(file.name_raw()), position));
        }
        names.retain(|(name, _)| !name.ends_with('/'));
        names.sort();
        leave_folder(&mut names);
        Ok(Archive {
            zip,
            names,
            left: MOST_UNFOLDED,
        })
    }

    /// Office programs put these into theirs.
    fn is_workbook(&self) -> bool {
        let marks = ["[Content_Types].xml", "mimetype", "content.xml"];
        let mut names = self.names.iter();
        names.any(|(name, _)| marks.contains(&name.as_str()))
    }

    /// The names of its files, in order; and those whose names lead out of it, which are not read.
    pub(super) fn names(&self) -> (Vec<String>, Vec<String>) {
        let names = self.names.iter().map(|(name, _)| name.clone());
        names.partition(|name| !leads_out(name))
    }

    /// The whole name of the file that is called so, in whatever folder.
    pub(super) fn find(&self, wanted: &str) -> Option<String> {
        let is_it = |name: &String| {
            let last = name.rsplit('/').next().unwrap_or_default();
            name == wanted || last.eq_ignore_ascii_case(wanted)
        };
        self.names().0.into_iter().find(is_it)
    }

    /// The bytes of a file.
    pub(super) fn read(&mut self, name: &str) -> Result<Vec<u8>, Trouble> {
        let bytes = self.head(name, self.left + 1)?;
        // What the archive says of its size may be wrong.
        self.left = self
            .left
            .checked_sub(bytes.len() as u64)
            .ok_or(Trouble::TooLarge)?;
        Ok(bytes)
    }

    /// So many bytes of a file, or all that it has.
    pub(super) fn head(&mut self, name: &str, most: u64) -> Result<Vec<u8>, Trouble> {
        let found = self.names.iter().find(|(known, _)| known == name);
        let Some(&(_, position)) = found else {
            return Err(Trouble::NoSheet(name.to_owned(), self.names().0));
        };
        let file = self.zip.by_index(position).map_err(Trouble::of_zip)?;
        let mut bytes = Vec::new();
        file.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// What a table names of it, which gives the table its name.
    pub(super) fn content(&mut self, table: &mut TableSpec) -> Result<Content, Trouble> {
        let wanted = table.sheet.clone().unwrap_or_default();
        let Some(name) = self.find(&wanted) else {
            return Err(Trouble::NoSheet(wanted, self.names().0));
        };
        table.name.clone_from(&name);
        let bytes = self.read(&name)?;
        match json::is_json(Path::new(&name)) {
            true => json::table(&bytes).map(Content::Json),
            false => Ok(Content::Delimited(Source::decode(bytes, table.encoding))),
        }
    }
}

/// Leaves out the folder that all files are in: it says no more than the archive's name.
fn leave_folder(names: &mut [(String, usize)]) {
    let first = names.first().and_then(|(name, _)| name.split_once('/'));
    let Some(folder) = first.map(|(folder, _)| format!("{folder}/")) else {
        return;
    };
    if folder != "../" && names.iter().all(|(name, _)| name.starts_with(&folder)) {
        names
            .iter_mut()
            .for_each(|(name, _)| drop(name.drain(..folder.len())));
    }
}

/// The name of a file: UTF-8, else as Chinese systems write it.
fn decoded(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(name).0.into_owned(),
    }
}

/// Whether the name of a file in an archive names one outside it.
fn leads_out(name: &str) -> bool {
    let mut parts = name.split(['/', '\\']);
    name.starts_with(['/', '\\']) || name.contains(':') || parts.any(|part| part == "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out_are_known() {
        for (name, expected) in [
            ("reports/b_05.01.csv", false),
            ("..b/a..csv", false),
            ("../a.csv", true),
            ("a/../../b.csv", true),
            ("a\\..\\b.csv", true),
            ("/etc/a.csv", true),
            ("C:\\a.csv", true),
        ] {
            assert_eq!(leads_out(name), expected, "{name}");
        }
    }
}
