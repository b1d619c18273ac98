//! What the rows of forms say: of which cell or obligation they speak, and what.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Whose;
use super::form::{Column, Form, Row, names_no_document};
use super::key::Key;
use crate::diagnostic::{Code, Diagnostics, Fault, FileId};
use crate::policy::{AskedOf, Fact, FactId, Policy, Subject};
use crate::read::cells::Reads;
use crate::read::source::is_control;
use crate::register::{
    Dated, Evidence, EvidenceScope, EvidenceStatus, Place, Register, Shows, Value,
};

/// Where an answer stands.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// Which file of answers, by position.
    pub(super) of: usize,
    pub(super) file: FileId,
    pub(super) row: u32,
    /// What its column is called there.
    pub(super) heading: String,
}

/// An answer about a fact, understood.
#[derive(Debug)]
pub(super) struct FactAnswer {
    pub(super) whose: Whose,
    pub(super) fact: FactId,
    pub(super) value: Value,
    pub(super) key: String,
    /// As it was written.
    pub(super) text: String,
    pub(super) source: Source,
}

/// A document that an answer names.
#[derive(Debug)]
pub(super) struct DocumentAnswer {
    pub(super) evidence: Evidence,
    pub(super) key: String,
    pub(super) source: Source,
}

/// Reads the rows of forms.
pub(super) struct Understanding<'r> {
    pub(super) register: &'r Register,
    pub(super) policy: &'r Policy,
    pub(super) diagnostics: &'r mut Diagnostics,
    pub(super) facts: Vec<FactAnswer>,
    pub(super) documents: Vec<DocumentAnswer>,
    /// How the answers about each fact are read that was asked for.
    pub(super) reads: HashMap<FactId, Reads>,
}

impl Understanding<'_> {
    /// Reads a form; gives how many of its rows have answers.
    pub(super) fn read(&mut self, form: &Form, of: usize, file: FileId) -> usize {
        let mut answered = 0;
        for row in form.rows() {
            let at = At {
                form,
                of,
                file,
                row,
            };
            answered += usize::from(self.read_row(&at));
        }
        answered
    }

    /// Reads a row; tells whether there is an answer in it.
    fn read_row(&mut self, at: &At) -> bool {
        let key = at.row.get(Column::Key);
        let parsed = Key::parse(key);
        let cells = match parsed {
            Some(Key::Fact { .. }) => &[Column::Answer][..],
            Some(Key::Document { .. }) => &[Column::Document, Column::Issued, Column::Expires],
            None => &[
                Column::Answer,
                Column::Document,
                Column::Issued,
                Column::Expires,
            ],
        };
        // An unknown date or name is no answer, and neither is one that says so.
        let says = |column: &&Column| !Reads::YesNo.says_nothing(at.row.get(**column));
        let Some(first) = cells.iter().find(says).copied() else {
            return false;
        };
        if let Some(unreadable) = cells.iter().find(|at_| is_unreadable(at.row.get(**at_))) {
            let text = at.row.get(*unreadable);
            at.tell(Code::ControlCharacter, *unreadable, text, self.diagnostics);
            return true;
        }
        match parsed {
            Some(Key::Fact { of, fact }) => self.read_fact(at, of, fact),
            Some(Key::Document {
                of,
                obligation,
                shows,
            }) => self.read_document(at, of, obligation, shows),
            None => {
                let column = if key.is_empty() { first } else { Column::Key };
                at.tell(Code::UnknownAnswerKey, column, key, self.diagnostics);
            }
        }
        true
    }

    fn read_fact(&mut self, at: &At, of: &str, fact: &str) {
        let key = at.row.get(Column::Key);
        let policy = self.policy;
        let mut facts = (0..).zip(&policy.facts);
        let Some((position, fact)) = facts.find(|(_, known)| known.name == fact) else {
            let asked = policy.facts.iter().filter(|fact| is_asked(fact));
            let fault = at.fault(Code::UnknownAnswerKey, Column::Key, key);
            let fault = fault.valid(asked.map(|fact| format!("{of}.{}", fact.name)));
            self.diagnostics.add(fault, at.row.number);
            return;
        };
        let id = FactId(position);
        if !is_asked(fact) || id == policy.origin.fact {
            at.tell(Code::AnswerNotAsked, Column::Key, key, self.diagnostics);
            return;
        }
        let register = self.register;
        let whose = match fact.subject {
            Subject::Party => register.parties.find(of).map(Whose::Party),
            Subject::Relationship => register.relationships.find(of).map(Whose::Relationship),
        };
        let Some(whose) = whose else {
            at.tell(Code::UnknownAnswerKey, Column::Key, key, self.diagnostics);
            return;
        };
        let text = at.row.get(Column::Answer);
        let reads = self.reads.entry(id).or_insert_with(|| Reads::answer(fact));
        let value = match understood(reads, text) {
            Ok(Value::Blank) => return,
            Ok(value) => value,
            Err(faults) => {
                for fault in &faults {
                    let fault = reads.fault(fault, at.file, at.form.heading(Column::Answer));
                    self.diagnostics.add(fault.other(key), at.row.number);
                }
                return;
            }
        };
        self.facts.push(FactAnswer {
            whose,
            fact: id,
            value,
            key: key.to_owned(),
            text: text.to_owned(),
            source: at.source(Column::Answer),
        });
    }

    fn read_document(&mut self, at: &At, of: &str, obligation: &str, shows: Shows) {
        let key = at.row.get(Column::Key);
        let register = self.register;
        let obligations = || {
            self.policy
                .obligations
                .iter()
                .map(|known| known.id.as_str())
        };
        let Some(position) = obligations().position(|known| known == obligation) else {
            let fault = at.fault(Code::UnknownObligation, Column::Key, obligation);
            let fault = fault.valid(obligations().map(str::to_owned));
            self.diagnostics.add(fault, at.row.number);
            return;
        };
        let relationship = register.relationships.find(of);
        let party = || register.parties.find(of).filter(|_| shows == Shows::Duty);
        let found = match relationship {
            Some(at) => {
                let supplier = register.relationships.supplier(at);
                Some((supplier, EvidenceScope::One(at)))
            }
            None => party().map(|party| (party, EvidenceScope::All)),
        };
        let Some((party, relationship)) = found else {
            at.tell(Code::UnknownAnswerKey, Column::Key, key, self.diagnostics);
            return;
        };
        let document = at.row.get(Column::Document);
        if !names_document(document) {
            at.tell(
                Code::NoDocument,
                Column::Document,
                document,
                self.diagnostics,
            );
            return;
        }
        let (issued, expires) = (
            self.date(at, Column::Issued),
            self.date(at, Column::Expires),
        );
        let (Some(issued), Some(expires)) = (issued, expires) else {
            return;
        };
        let evidence = Evidence {
            party,
            obligation: position as u16,
            relationship,
            shows: Some(shows),
            document: document.to_owned(),
            issued,
            expires,
            status: Some(EvidenceStatus::SelfDeclared),
            owner: String::new(),
            reason: String::new(),
            place: Place {
                table: at.file.0,
                row: at.row.number,
            },
        };
        self.documents.push(DocumentAnswer {
            evidence,
            key: key.to_owned(),
            source: at.source(Column::Document),
        });
    }

    /// The date of a cell; none if it is not understood, which is told.
    fn date(&mut self, at: &At, column: Column) -> Option<Dated> {
        let reads = Reads::Date {
            format: None,
            is_end: column == Column::Expires,
        };
        match understood(&reads, at.row.get(column)) {
            Ok(Value::Date(date)) => Some(Dated::On(date)),
            Ok(_) => Some(Dated::Blank),
            Err(faults) => {
                for fault in &faults {
                    let fault = reads.fault(fault, at.file, at.form.heading(column));
                    self.diagnostics.add(fault, at.row.number);
                }
                None
            }
        }
    }
}

/// A row that is being read, and where it stands.
struct At<'a> {
    form: &'a Form<'a>,
    of: usize,
    file: FileId,
    row: Row<'a>,
}

impl At<'_> {
    fn source(&self, column: Column) -> Source {
        Source {
            of: self.of,
            file: self.file,
            row: self.row.number,
            heading: self.form.heading(column).to_owned(),
        }
    }

    fn fault(&self, code: Code, column: Column, text: &str) -> Fault {
        let heading = self.form.heading(column);
        Fault::new(code, self.file).column(heading).text(text)
    }

    fn tell(&self, code: Code, column: Column, text: &str, diagnostics: &mut Diagnostics) {
        diagnostics.add(self.fault(code, column, text), self.row.number);
    }
}

/// Whether a supplier is asked for a fact, of what it supplies or of itself.
fn is_asked(fact: &Fact) -> bool {
    fact.asked_of == Some(AskedOf::Supplier)
}

/// Whether something in a cell could not be decoded, or drives a terminal.
fn is_unreadable(cell: &str) -> bool {
    cell.contains('\u{FFFD}') || cell.contains(is_control)
}

/// Whether a cell names a document, and not only says that there is one or none.
fn names_document(cell: &str) -> bool {
    let cell = cell.trim_end_matches(['.', '。']);
    let says_yes_or_no = matches!(Reads::YesNo.read(cell, &mut Vec::new()), Value::Flag(_));
    !Reads::YesNo.says_nothing(cell) && !says_yes_or_no && !names_no_document(cell)
}

/// What an answer says. People write lists as they are used to and end what they say with a stop, so what is not
/// understood as it stands is tried without these; it is taken only if nothing of it is left over.
fn understood(reads: &Reads, text: &str) -> Result<Value, Vec<(Code, String)>> {
    let bare = text.trim().trim_end_matches(['.', '。', ';', '；']);
    let separators = ['、', ',', '，', '\n'];
    let tries = [
        Cow::Borrowed(text),
        Cow::Borrowed(bare),
        Cow::Owned(bare.replace(separators, ";")),
    ];
    let mut first = None;
    for text in tries {
        let mut faults = Vec::new();
        let value = reads.read(&text, &mut faults);
        if faults.is_empty() {
            return Ok(value);
        }
        first.get_or_insert(faults);
    }
    Err(first.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_called_something_is_a_document() {
        for (cell, expected) in [
            ("ISO 27001 certificate", true),
            ("无锡分公司声明", true),
            ("", false),
            ("n/a", false),
            ("No.", false),
            ("none", false),
            ("yes", false),
            ("有", false),
            ("暂无。", false),
            ("See attachment", false),
        ] {
            assert_eq!(names_document(cell), expected, "{cell}");
        }
    }

    #[test]
    fn answers_are_taken_whole_or_not_at_all() {
        let reads = Reads::one_of(&["user", "remote"]);
        let Reads::Words { words, valid, .. } = reads else {
            panic!("these are words");
        };
        let reads = Reads::Words {
            words,
            valid,
            single: false,
        };
        for (text, expected) in [
            ("user、remote", Some(2)),
            ("User, Remote.", Some(2)),
            ("remote。", Some(1)),
            ("none", Some(0)),
            ("remote, badge", None),
        ] {
            let value = understood(&reads, text).ok();
            assert_eq!(value.map(|value| value.items().len()), expected, "{text}");
        }
    }
}
