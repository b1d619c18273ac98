//! Answers of suppliers in the document: what was taken from which file, and what that changes.

use serde::Serialize;

use crate::assess::Turn;
use crate::read::{AnsweredFact, Answers, AnswersFile, FileDigest};
use crate::view::View;
use crate::view::answered::{Answered, Removed};
use crate::view::words::binding_word;

/// The answers that were taken, on the suppliers' own word.
#[derive(Serialize)]
pub(super) struct AnswersObject<'v> {
    files: Vec<FileObject<'v>>,
    facts: Vec<FactObject<'v>>,
    #[serde(flatten)]
    effect: Option<Effect<'v>>,
}

#[derive(Serialize)]
struct FileObject<'v> {
    file: &'v str,
    sha256: Option<&'v str>,
    answered: usize,
    facts: usize,
    documents: usize,
    known: usize,
    refused: usize,
}

impl<'v> FileObject<'v> {
    fn new(file: &'v AnswersFile) -> FileObject<'v> {
        FileObject {
            file: &file.file,
            sha256: file.digest.as_ref().map(FileDigest::get),
            answered: file.answered,
            facts: file.facts,
            documents: file.documents,
            known: file.known,
            refused: file.refused(),
        }
    }
}

#[derive(Serialize)]
struct FactObject<'v> {
    key: String,
    value: String,
    place: &'v str,
}

/// What differs from the assessment without the answers.
#[derive(Serialize)]
struct Effect<'v> {
    removed: Vec<RemovedObject<'v>>,
    enters: usize,
    strengthens: usize,
    weakens: usize,
    evidence_gained: usize,
    self_declared_findings: usize,
    self_declared_clauses: usize,
}

#[derive(Serialize)]
struct RemovedObject<'v> {
    party: &'v str,
    obligation: &'v str,
    status: &'static str,
    tier: u32,
    binding: Option<&'static str>,
    answers: Vec<String>,
}

impl View<'_> {
    /// The answers that were taken; none where none were given.
    pub(super) fn answers_object(&self) -> Option<AnswersObject<'_>> {
        let answers = self.reading.answers.as_ref()?;
        let fact = |fact| self.fact_object(fact);
        Some(AnswersObject {
            files: answers.files.iter().map(FileObject::new).collect(),
            facts: answers.facts().iter().map(fact).collect(),
            effect: self.answered.as_ref().map(|answered| self.effect(answered)),
        })
    }

    fn fact_object<'v>(&'v self, fact: &'v AnsweredFact) -> FactObject<'v> {
        FactObject {
            key: self.answer_key(fact),
            value: self.answered_cell(fact),
            place: &fact.place,
        }
    }

    fn effect<'v>(&'v self, answered: &Answered) -> Effect<'v> {
        let [findings, clauses] = self.self_declared();
        let removed = answered.removed.iter();
        Effect {
            removed: removed.map(|removed| self.removed(removed)).collect(),
            enters: answered.count(Turn::Enters),
            strengthens: answered.count(Turn::Strengthens),
            weakens: answered.count(Turn::Weakens),
            evidence_gained: answered.gained,
            self_declared_findings: findings,
            self_declared_clauses: clauses,
        }
    }

    fn removed<'v>(&'v self, removed: &Removed) -> RemovedObject<'v> {
        let obligations = &self.assessment.flow.policy.obligations;
        RemovedObject {
            party: self.id(removed.party),
            obligation: &obligations[usize::from(removed.obligation)].id,
            status: removed.status.as_str(),
            tier: removed.tier,
            binding: removed.binding.map(binding_word),
            answers: self.answer_keys(removed),
        }
    }

    /// What the answers along the chain of a removed finding were asked by.
    fn answer_keys(&self, removed: &Removed) -> Vec<String> {
        let facts = self
            .reading
            .answers
            .as_ref()
            .map_or(&[][..], Answers::facts);
        let answers = removed.answers.iter().map(|&at| &facts[at]);
        answers.map(|answer| self.answer_key(answer)).collect()
    }
}
