//! What is wrong with a register, told so that a person can mend it: code, severity, place, text, help.
//!
//! A fault is a struct of facts; its wording in both languages stands in `wording.rs` and `remedy.rs` alone. Faults that repeat are
//! kept once, with every row they stand in.

mod code;
mod fault;
mod redacted;
mod remedy;
mod wording;

use std::collections::HashMap;

use crate::lang::{Lang, say};

pub use code::{Code, Severity};
pub use fault::{Fault, Likeness};
pub use redacted::Hiding;

/// A file that faults may name; [`Diagnostics::file_name`] says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u16);

/// A hint at what was probably meant, to stand at the end of a sentence; empty where nothing is near.
pub fn did_you_mean<'a>(
    text: &str,
    candidates: impl Iterator<Item = &'a str>,
    lang: Lang,
) -> String {
    nearest(text, candidates).map_or(String::new(), |near| {
        say!(lang, "; did you mean `{near}`?", "；是否为“{near}”？")
    })
}

/// The candidate most like `text`, if it is like enough to be meant.
pub fn nearest<'a>(text: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let text = text.to_lowercase();
    let scored = candidates.map(|candidate| {
        (
            strsim::jaro_winkler(&text, &candidate.to_lowercase()),
            candidate,
        )
    });
    let best = scored.fold(None, |best: Option<(f64, &str)>, next| match best {
        Some(best) if best.0 >= next.0 => Some(best),
        _ => Some(next),
    });
    best.filter(|(score, _)| *score >= 0.8)
        .map(|(_, candidate)| candidate)
}

/// One fault in one row.
#[derive(Debug, Clone, Copy)]
pub struct Diagnostic<'a> {
    /// The file's name.
    pub file: &'a str,
    /// The row as a spreadsheet counts, the first line being 1; 0 where it is the whole file.
    pub row: u32,
    /// The column's position, the first being 0, where the file is a sheet and the column is known.
    pub position: Option<usize>,
    /// What is wrong.
    pub fault: &'a Fault,
}

impl Diagnostic<'_> {
    /// The reference of the cell, such as `C14`, or of the row; empty where it is the whole file.
    pub fn reference(&self) -> String {
        let row = Some(self.row).filter(|row| *row > 0);
        let row = row.map_or(String::new(), |row| row.to_string());
        let position = self.position.filter(|_| self.row > 0);
        position.map(column_letters).unwrap_or_default() + &row
    }
}

/// What a spreadsheet calls the column at a position, the first being 0.
pub(crate) fn column_letters(position: usize) -> String {
    let mut letters = String::new();
    let mut rest = Some(position);
    while let Some(number) = rest {
        letters.insert(0, char::from(b'A' + (number % 26) as u8));
        rest = (number / 26).checked_sub(1);
    }
    letters
}

/// Everything found wrong, in the order in which it was found.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    files: Vec<String>,
    /// The headings of the sheets among the files, from column A on.
    columns: HashMap<FileId, Vec<String>>,
    faults: Vec<Fault>,
    known: HashMap<Fault, u32>,
    /// Fault and row.
    places: Vec<(u32, u32)>,
}

impl Diagnostics {
    /// Registers a file that faults may name.
    pub fn file(&mut self, name: impl Into<String>) -> FileId {
        self.files.push(name.into());
        FileId(u16::try_from(self.files.len() - 1).unwrap_or(u16::MAX))
    }

    /// The name of a file.
    pub fn file_name(&self, file: FileId) -> &str {
        self.files
            .get(usize::from(file.0))
            .map_or("", String::as_str)
    }

    /// Says that a file is a sheet with these headings, from column A on.
    pub fn set_columns(&mut self, file: FileId, headings: &[String]) {
        self.columns.insert(file, headings.to_vec());
    }

    /// Adds a fault in a row; row 0 is the whole file.
    pub fn add(&mut self, fault: Fault, row: u32) {
        let index = self.keep(&fault);
        self.places.push((index, row));
    }

    fn keep(&mut self, fault: &Fault) -> u32 {
        if let Some(&known) = self.known.get(fault) {
            return known;
        }
        let next = self.faults.len() as u32;
        self.faults.push(fault.clone());
        self.known.insert(fault.clone(), next);
        next
    }

    /// Adds what was found in a part of a table that so many rows come before, as far as its rows are wanted.
    pub(crate) fn absorb(
        &mut self,
        part: Diagnostics,
        rows_before: u32,
        wanted: impl Fn(u32) -> bool,
    ) {
        let mut known: Vec<Option<u32>> = vec![None; part.faults.len()];
        for (fault, row) in part.places {
            let row = row + rows_before;
            if !wanted(row) {
                continue;
            }
            let index = *known[fault as usize]
                .get_or_insert_with(|| self.keep(&part.faults[fault as usize]));
            self.places.push((index, row));
        }
    }

    /// How many diagnostics there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether nothing was found wrong.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// How many diagnostics have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.iter()
            .filter(|diagnostic| diagnostic.fault.code.severity() == severity)
            .count()
    }

    /// Whether a strict run ends here.
    pub fn any_fault(&self) -> bool {
        self.faults
            .iter()
            .any(|fault| fault.code.severity() != Severity::Note)
    }

    /// Every diagnostic, in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = Diagnostic<'_>> {
        self.places.iter().map(|&(fault, row)| self.at(fault, row))
    }

    /// Every diagnostic by file, row, code and column.
    pub fn sorted(&self) -> Vec<Diagnostic<'_>> {
        let mut all: Vec<_> = self.iter().collect();
        all.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.fault.file, d.row, d.fault.code);
            key(a)
                .cmp(&key(b))
                .then_with(|| a.fault.column.cmp(&b.fault.column))
        });
        all
    }

    /// The diagnostics of one kind, file and column together, the gravest kinds first; each group by row.
    pub fn groups(&self) -> Vec<Vec<Diagnostic<'_>>> {
        fn key<'d>(diagnostic: &Diagnostic<'d>) -> (Severity, FileId, Code, &'d str) {
            let Fault {
                code, file, column, ..
            } = diagnostic.fault;
            // Columns that nothing reads are one matter, however many they are.
            let column = if *code == Code::UnusedColumn {
                ""
            } else {
                column
            };
            (code.severity(), *file, *code, column)
        }
        let mut all = self.sorted();
        all.sort_by(|a, b| key(a).cmp(&key(b)));
        all.chunk_by(|a, b| key(a) == key(b))
            .map(<[_]>::to_vec)
            .collect()
    }

    fn at(&self, fault: u32, row: u32) -> Diagnostic<'_> {
        let fault = &self.faults[fault as usize];
        Diagnostic {
            file: self.file_name(fault.file),
            row,
            position: self.position(fault),
            fault,
        }
    }

    fn position(&self, fault: &Fault) -> Option<usize> {
        let headings = self.columns.get(&fault.file)?;
        let is_it = |heading: &String| !heading.is_empty() && *heading == fault.column;
        headings.iter().position(is_it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_unique_worded_and_documented() {
        let texts: HashSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(texts.len(), Code::ALL.len());
        let docs = include_str!("../docs/diagnostics.md");
        for &code in Code::ALL {
            assert!(
                docs.contains(&format!("\n## {}\n", code.as_str())),
                "{} has no section",
                code.as_str()
            );
            let fault = Fault::new(code, FileId(0))
                .column("c")
                .text("t")
                .other("o")
                .valid(["v"]);
            assert_ne!(fault.message(Lang::En), fault.message(Lang::Zh));
        }
    }

    #[test]
    fn the_nearest_word_is_told_only_if_near() {
        let words = ["physical", "privileged", "remote"];
        assert_eq!(nearest("Remot", words.into_iter()), Some("remote"));
        assert_eq!(nearest("xyz", words.into_iter()), None);
    }

    #[test]
    fn cells_of_sheets_have_references() {
        let fault = Fault::new(Code::BadDate, FileId(0));
        for (row, position, reference) in [
            (14, Some(2), "C14"),
            (1, Some(25), "Z1"),
            (1, Some(26), "AA1"),
            (1, Some(16_383), "XFD1"),
            (14, None, "14"),
            (0, Some(2), ""),
        ] {
            let diagnostic = Diagnostic {
                file: "a",
                row,
                position,
                fault: &fault,
            };
            assert_eq!(diagnostic.reference(), reference);
        }
    }

    #[test]
    fn equal_faults_are_kept_once() {
        let mut diagnostics = Diagnostics::default();
        let file = diagnostics.file("a.csv");
        for row in [3, 2] {
            diagnostics.add(
                Fault::new(Code::BadDate, file).column("ends").text("soon"),
                row,
            );
        }
        diagnostics.add(Fault::new(Code::SelfSupply, file), 2);
        assert_eq!((diagnostics.len(), diagnostics.faults.len()), (3, 2));
        assert_eq!(
            diagnostics
                .sorted()
                .iter()
                .map(|d| d.row)
                .collect::<Vec<_>>(),
            [2, 2, 3]
        );
        assert_eq!(diagnostics.groups().len(), 2);
        assert!(diagnostics.any_fault());
    }
}
