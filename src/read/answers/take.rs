//! Taking answers into a copy of the register, where they do not contradict it.

use std::collections::HashMap;

use jiff::civil::Date;

use super::understand::{DocumentAnswer, FactAnswer, Source};
use super::{AnsweredFact, AnswersFile, Whose};
use crate::diagnostic::{Code, Diagnostics, Fault};
use crate::policy::{FactId, Policy};
use crate::read::cell_text::fact_cell;
use crate::read::{Assumed, Assumption, Reading};
use crate::register::{
    Dated, Edit, Evidence, EvidenceScope, EvidenceStatus, PartyId, Register, RelationshipId, Shows,
    Value,
};

/// What a cell of the register is to an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Nothing is known that the answer contradicts.
    Open,
    /// It says the same.
    Same,
    /// It says something else.
    Other,
}

/// Answers being taken.
pub(super) struct Taking<'r> {
    before: &'r Register,
    policy: &'r Policy,
    edit: Edit,
    files: Vec<AnswersFile>,
    facts: Vec<AnsweredFact>,
    /// The assumption that filled cells of a fact with a code, by both.
    assumed: HashMap<(FactId, u32), usize>,
    assumptions: &'r mut [(Assumption, usize)],
    diagnostics: &'r mut Diagnostics,
}

impl<'r> Taking<'r> {
    pub(super) fn new(
        before: &'r Register,
        policy: &'r Policy,
        files: Vec<AnswersFile>,
        reading: &'r mut Reading,
    ) -> Taking<'r> {
        let assumed = reading.assumed.iter().map(|assumed| {
            let Assumed {
                position,
                fact,
                code,
            } = *assumed;
            ((fact, code), position)
        });
        Taking {
            before,
            policy,
            edit: Edit::new(before),
            files,
            facts: Vec::new(),
            assumed: assumed.collect(),
            assumptions: &mut reading.assumptions,
            diagnostics: &mut reading.diagnostics,
        }
    }

    /// The register with the answers, what was taken from each file, and the facts that were.
    pub(super) fn finish(self) -> (Register, Vec<AnswersFile>, Vec<AnsweredFact>) {
        (self.edit.finish(), self.files, self.facts)
    }

    /// Takes answers about facts; of several that differ none.
    pub(super) fn take_facts(&mut self, mut answers: Vec<FactAnswer>) {
        answers.sort_by_key(|answer| (answer.whose, answer.fact));
        let same_cell = |a: &FactAnswer, b: &FactAnswer| (a.whose, a.fact) == (b.whose, b.fact);
        for answers in answers.chunk_by(same_cell) {
            let mut open = Vec::new();
            for answer in answers {
                match self.standing(answer) {
                    Standing::Open => open.push(answer),
                    Standing::Same => self.files[answer.source.of].known += 1,
                    Standing::Other => self.tell_conflict(answer),
                }
            }
            let Some((first, others)) = open.split_first() else {
                continue;
            };
            if others.iter().any(|other| other.value != first.value) {
                for answer in open {
                    let fault = fault(Code::SeveralAnswers, &answer.source, &answer.text);
                    let fault = fault.other(answer.key.as_str());
                    self.diagnostics.add(fault, answer.source.row);
                }
                continue;
            }
            self.take_fact(first);
            for other in others {
                self.files[other.source.of].known += 1;
            }
        }
    }

    fn take_fact(&mut self, answer: &FactAnswer) {
        let FactAnswer {
            whose,
            fact,
            source,
            ..
        } = answer;
        if let Some(assumption) = self.assumption(answer) {
            self.assumptions[assumption].1 -= 1;
        }
        let (position, value) = (usize::from(fact.0), answer.value.clone());
        match *whose {
            Whose::Party(party) => self.edit.set_party_fact(party, position, value),
            Whose::Relationship(at) => self.edit.set_fact(at, position, value),
        }
        self.files[source.of].facts += 1;
        let file = self.diagnostics.file_name(source.file);
        let Source { row, heading, .. } = source;
        self.facts.push(AnsweredFact {
            whose: *whose,
            fact: *fact,
            place: format!("{file}:{row} {heading}"),
        });
    }

    /// The assumption that filled the cell of an answer, if one did.
    fn assumption(&self, answer: &FactAnswer) -> Option<usize> {
        let (column, row) = answer.whose.cell(self.before, answer.fact);
        self.assumed.get(&(answer.fact, column.code(row))).copied()
    }

    fn standing(&self, answer: &FactAnswer) -> Standing {
        if self.assumption(answer).is_some() {
            return Standing::Open;
        }
        let (column, row) = answer.whose.cell(self.before, answer.fact);
        standing(column.get(row), &answer.value)
    }

    fn tell_conflict(&mut self, answer: &FactAnswer) {
        let fact = self.policy.fact(answer.fact);
        let (column, row) = answer.whose.cell(self.before, answer.fact);
        let says = fact_cell(fact, column.get(row));
        let fault = fault(Code::AnswerConflict, &answer.source, &answer.text);
        let fault = fault.other(format!("{} = {says}", answer.key));
        self.diagnostics.add(fault, answer.source.row);
    }

    /// Takes documents; one that the register has, by its name and day of issue, stands as it is there.
    pub(super) fn take_documents(&mut self, answers: Vec<DocumentAnswer>) {
        let mut known: HashMap<Subject, &Evidence> = HashMap::new();
        for evidence in self.before.evidence.iter().filter(|_| !answers.is_empty()) {
            know(&mut known, evidence);
        }
        for answer in &answers {
            let (evidence, source) = (&answer.evidence, &answer.source);
            match known.get(&Subject::of(evidence)) {
                None => {
                    self.edit.add_evidence(evidence.clone());
                    self.files[source.of].documents += 1;
                    know(&mut known, evidence);
                }
                Some(stands) if says_same(stands, evidence) => {
                    self.files[source.of].known += 1;
                }
                Some(stands) => {
                    let fault = fault(Code::AnswerConflict, source, &words(evidence));
                    let fault = fault.other(format!("{} = {}", answer.key, words(stands)));
                    self.diagnostics.add(fault, source.row);
                }
            }
        }
    }
}

/// Enters a document under its day of issue, and under none, by which it is found where an answer gives no day.
fn know<'e>(known: &mut HashMap<Subject, &'e Evidence>, evidence: &'e Evidence) {
    let subject = Subject::of(evidence);
    let undated = Subject {
        issued: None,
        ..subject.clone()
    };
    known.entry(subject).or_insert(evidence);
    known.entry(undated).or_insert(evidence);
}

fn fault(code: Code, source: &Source, text: &str) -> Fault {
    let heading = source.heading.as_str();
    Fault::new(code, source.file).column(heading).text(text)
}

/// What a cell of the register is to an answer: what is known of a list must be in the answer too.
fn standing(cell: &Value, answer: &Value) -> Standing {
    let goes_on = match (cell, answer) {
        (Value::Blank | Value::Unreadable, _) => true,
        (
            Value::Items {
                known,
                complete: false,
            },
            Value::Items { known: said, .. },
        ) => known.iter().all(|item| said.contains(item)),
        (
            Value::Countries {
                known,
                complete: false,
            },
            Value::Countries { known: said, .. },
        ) => known.iter().all(|item| said.contains(item)),
        _ => false,
    };
    match goes_on {
        true => Standing::Open,
        false if cell == answer => Standing::Same,
        false => Standing::Other,
    }
}

/// What a document is, by its name, its day of issue and what it is to show: a new edition often keeps the name.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Subject {
    party: PartyId,
    obligation: u16,
    relationship: Option<RelationshipId>,
    is_clause: bool,
    document: String,
    issued: Option<Date>,
}

impl Subject {
    fn of(evidence: &Evidence) -> Subject {
        Subject {
            party: evidence.party,
            obligation: evidence.obligation,
            relationship: match evidence.relationship {
                EvidenceScope::One(relationship) => Some(relationship),
                EvidenceScope::All | EvidenceScope::Unknown => None,
            },
            is_clause: evidence.shows == Some(Shows::Clause),
            document: evidence.document.trim().to_lowercase(),
            issued: match evidence.issued {
                Dated::On(date) => Some(date),
                Dated::Blank | Dated::Unreadable => None,
            },
        }
    }
}

/// Whether a document that stands already, and counts, has the dates of an answer; a date that is not given contradicts none.
fn says_same(stands: &Evidence, answer: &Evidence) -> bool {
    let counts = matches!(
        stands.status,
        Some(EvidenceStatus::Accepted | EvidenceStatus::SelfDeclared | EvidenceStatus::Waived)
    );
    let fits = |stands: Dated, answer: Dated| answer == Dated::Blank || stands == answer;
    counts && fits(stands.issued, answer.issued) && fits(stands.expires, answer.expires)
}

/// A document in few words, as cells have them.
fn words(evidence: &Evidence) -> String {
    let date = |dated: Dated| match dated {
        Dated::Blank => None,
        Dated::Unreadable => Some("?".to_owned()),
        Dated::On(date) => Some(date.to_string()),
    };
    let status = evidence.status.map(EvidenceStatus::as_str);
    let status = status.filter(|_| !evidence.is_self_declared());
    let parts = [
        Some(evidence.document.clone()),
        date(evidence.issued),
        date(evidence.expires),
        status.map(str::to_owned),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(known: &[u16], complete: bool) -> Value {
        Value::Items {
            known: known.into(),
            complete,
        }
    }

    #[test]
    fn answers_fill_what_is_not_known() {
        for (cell, answer, expected) in [
            (Value::Blank, Value::Flag(true), Standing::Open),
            (Value::Unreadable, Value::Flag(true), Standing::Open),
            (Value::Flag(true), Value::Flag(true), Standing::Same),
            (Value::Flag(false), Value::Flag(true), Standing::Other),
            (items(&[1], false), items(&[1, 2], true), Standing::Open),
            (items(&[1], false), items(&[2], true), Standing::Other),
            (items(&[1], true), items(&[1, 2], true), Standing::Other),
            (items(&[], true), items(&[], true), Standing::Same),
        ] {
            assert_eq!(standing(&cell, &answer), expected, "{cell:?} {answer:?}");
        }
    }
}
