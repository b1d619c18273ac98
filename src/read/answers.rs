//! Answers that came back from suppliers: facts and documents, on their own word.
//!
//! The register stands. An answer fills a cell that is blank, was not understood, or was only assumed; what it says
//! against the register, of somebody else's facts, or in words that nobody understands is told and changes nothing.

mod docx;
mod files;
mod form;
mod key;
mod markdown;
mod take;
mod understand;

use std::collections::HashMap;
use std::path::PathBuf;

use super::content::Trouble;
use super::source::FileDigest;
use super::{ReadError, Reading};
use crate::diagnostic::{Code, Diagnostics, Fault};
use crate::policy::{FactId, Policy};
use crate::register::{Column, PartyId, Register, RelationshipId};
use files::Found;
use form::{Form, Table};
use take::Taking;
use understand::Understanding;

/// The answers that came back, as far as they were taken.
#[derive(Debug)]
pub struct Answers {
    /// The files, in the order in which they were read.
    pub files: Vec<AnswersFile>,
    /// The register as it is without them.
    pub before: Register,
    /// The facts that were taken, by whose they are and fact.
    facts: Vec<AnsweredFact>,
}

/// A file of answers.
#[derive(Debug, Clone)]
pub struct AnswersFile {
    /// What it is called.
    pub file: String,
    /// Where it is, as it was given.
    pub path: PathBuf,
    /// The digest of its bytes; none where it could not be read.
    pub digest: Option<FileDigest>,
    /// Whether there is any table of a form in it.
    pub is_form: bool,
    /// How many of its rows were filled in.
    pub answered: usize,
    /// How many facts were taken from it.
    pub facts: usize,
    /// How many documents were taken from it.
    pub documents: usize,
    /// How many of its answers say what the register says already.
    pub known: usize,
}

impl AnswersFile {
    /// How many of its answers were not taken, each for a reason that was told.
    pub fn refused(&self) -> usize {
        let taken = self.facts + self.documents + self.known;
        self.answered.saturating_sub(taken)
    }
}

/// Whose fact an answer gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    /// A party's.
    Party(PartyId),
    /// A relationship's.
    Relationship(RelationshipId),
}

impl Whose {
    /// The cell of a fact of a register.
    fn cell(self, register: &Register, fact: FactId) -> (&Column, usize) {
        let position = usize::from(fact.0);
        match self {
            Whose::Party(party) => (register.parties.fact(position), party.index()),
            Whose::Relationship(at) => (register.relationships.fact(position), at.index()),
        }
    }
}

/// A cell of the register that an answer filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredFact {
    /// Whose cell.
    pub whose: Whose,
    /// Which fact.
    pub fact: FactId,
    /// Where the answer stands: `answers.csv:4 answer`.
    pub place: String,
}

impl Answers {
    /// The facts that were taken, by whose they are and fact.
    pub fn facts(&self) -> &[AnsweredFact] {
        &self.facts
    }

    /// The position among them of the answer that filled the cell of a fact, if one did.
    pub fn position(&self, whose: Whose, fact: FactId) -> Option<usize> {
        let facts = &self.facts;
        let found = facts.binary_search_by_key(&(whose, fact), |known| (known.whose, known.fact));
        found.ok()
    }

    /// Calls each file by something else, tells nothing more of it, and puts another register for that without answers.
    pub(crate) fn redact(&mut self, before: Register, called: impl Fn(usize) -> String) {
        self.before = before;
        for fact in &mut self.facts {
            let mut files = self.files.iter();
            let file = files.position(|file| {
                let rest = fact.place.strip_prefix(&file.file);
                rest.is_some_and(|rest| rest.starts_with([':', '!']))
            });
            let row = fact.place.rsplit_once(':').map_or("", |(_, row)| row);
            fact.place = format!("{}:{row}", file.map_or_else(String::new, &called));
        }
        for (position, file) in self.files.iter_mut().enumerate() {
            file.file = called(position);
            file.path = PathBuf::new();
            file.digest = file.digest.take().map(|_| FileDigest::withheld());
        }
    }

    /// How many facts were taken from all files.
    pub fn fact_count(&self) -> usize {
        self.files.iter().map(|file| file.facts).sum()
    }

    /// How many documents were taken from all files.
    pub fn document_count(&self) -> usize {
        self.files.iter().map(|file| file.documents).sum()
    }
}

/// Takes the answers in files, and in the files of directories, into what was read.
pub(super) fn take(
    reading: &mut Reading,
    paths: &[PathBuf],
    policy: &Policy,
) -> Result<(), ReadError> {
    let found = files::find(paths)?;
    let before = std::mem::take(&mut reading.register);
    let mut understanding = Understanding {
        register: &before,
        policy,
        diagnostics: &mut reading.diagnostics,
        facts: Vec::new(),
        documents: Vec::new(),
        reads: HashMap::new(),
    };
    let read = found.iter().enumerate().map(|(of, file)| {
        let read = files::read(&file.path);
        read_file(read, of, file, &mut understanding)
    });
    let files: Vec<AnswersFile> = read.collect();
    let Understanding {
        facts, documents, ..
    } = understanding;
    let mut taking = Taking::new(&before, policy, files, reading);
    taking.take_facts(facts);
    taking.take_documents(documents);
    let (register, files, facts) = taking.finish();
    reading.register = register;
    reading.answers = Some(Answers {
        files,
        before,
        facts,
    });
    Ok(())
}

/// Reads the forms of a file.
fn read_file(
    read: Result<(Vec<Table>, FileDigest), Trouble>,
    of: usize,
    found: &Found,
    understanding: &mut Understanding,
) -> AnswersFile {
    let Found {
        path,
        name,
        is_named,
    } = found;
    let mut file = AnswersFile {
        file: name.to_owned(),
        path: path.to_owned(),
        digest: None,
        is_form: false,
        answered: 0,
        facts: 0,
        documents: 0,
        known: 0,
    };
    let (tables, digest) = match read {
        Ok(read) => read,
        Err(trouble) => {
            let diagnostics = &mut *understanding.diagnostics;
            let id = diagnostics.file(name);
            // A file that is locked is told as any other that is.
            let fault = match trouble.fault(id, path) {
                fault if fault.code == Code::LockedWorkbook => fault,
                fault => Fault::new(Code::UnreadableAnswers, id).other(fault.other),
            };
            diagnostics.add(fault, 0);
            return file;
        }
    };
    file.digest = Some(digest);
    let is_sheet = super::workbook::is_workbook(path) && !docx::is_named(path);
    for table in &tables {
        let Some(form) = Form::recognise(table) else {
            continue;
        };
        file.is_form = true;
        let id = form_file(
            &form,
            name,
            &table.name,
            is_sheet,
            understanding.diagnostics,
        );
        file.answered += understanding.read(&form, of, id);
    }
    // A directory has letters too that ask nothing.
    if !file.is_form && *is_named {
        let diagnostics = &mut *understanding.diagnostics;
        let id = diagnostics.file(name);
        diagnostics.add(Fault::new(Code::NoAnswers, id), 0);
    }
    file
}

/// The file that faults of a form name: a table within it, where it has several.
fn form_file(
    form: &Form,
    name: &str,
    table: &str,
    is_sheet: bool,
    diagnostics: &mut Diagnostics,
) -> crate::diagnostic::FileId {
    match table {
        "" => diagnostics.file(name),
        table => {
            let id = diagnostics.file(format!("{name}!{table}"));
            if is_sheet {
                diagnostics.set_columns(id, form.headings());
            }
            id
        }
    }
}
