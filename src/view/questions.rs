//! Questions in words: whom to ask what, and what each answer would change.

mod answers;

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Serialize;

use super::View;
use super::words::filled;
use crate::assess::{About, Cell, Missing, Questions};
use crate::lang::say;
use crate::policy::{AskedOf, Fact};
use crate::register::{PartyId, RelationshipId};

pub use answers::{AnswerRow, WhatIf};

/// A question with its answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionRow<'v> {
    /// Its place among all, from 1.
    pub rank: usize,
    /// Its place among those to put first, from 1.
    pub first: Option<usize>,
    /// Who can answer: `supplier`, `customer`, `operator` or `us`.
    pub ask: &'static str,
    /// Which party that is, by id.
    pub who: Option<&'v str>,
    /// The authorities in charge of what the party does, where its origin fact is asked for.
    pub authorities: Vec<&'v str>,
    /// The party's id or the relationship's label.
    pub about: Cow<'v, str>,
    /// The column that is open.
    pub column: &'v str,
    /// The question in full.
    pub question: String,
    /// How many findings at least one answer changes.
    pub findings: usize,
    /// How many of them no question before it in the list of those to put first changes; none if it is not there.
    pub beyond: Option<usize>,
    /// The answers, by what they change.
    pub answers: Vec<AnswerRow>,
}

/// The questions that one party, or one authority, is to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionGroup<'v> {
    /// Who can answer.
    pub asked_of: AskedOf,
    /// Which party that is; none for ourselves, and where an authority is in charge.
    pub who: Option<PartyId>,
    /// The authorities in charge.
    pub authorities: Vec<&'v str>,
    /// Positions of the questions in [`Questions::all`].
    pub questions: Vec<usize>,
}

impl View<'_> {
    /// The questions by whom to ask: by the authority in charge where that decides, else by party.
    pub fn question_groups(&self) -> Vec<QuestionGroup<'_>> {
        let mut groups: Vec<QuestionGroup> = Vec::new();
        let mut places = HashMap::new();
        for (at, question) in self.questions().all.iter().enumerate() {
            let authorities = self.authorities(question.about);
            let who = question.who.filter(|_| authorities.is_empty());
            let key = (question.asked_of, who, authorities.clone());
            let place = *places.entry(key).or_insert(groups.len());
            if place == groups.len() {
                groups.push(QuestionGroup {
                    asked_of: question.asked_of,
                    who,
                    authorities,
                    questions: Vec::new(),
                });
            }
            groups[place].questions.push(at);
        }
        groups
    }

    /// What to ask, valued by walking again with each answer in place.
    pub fn questions(&self) -> &Questions {
        self.questions.get_or_init(|| self.assessment.questions())
    }

    /// The question at a position of [`Questions::all`].
    pub fn question(&self, at: usize) -> QuestionRow<'_> {
        let questions = self.questions();
        let question = &questions.all[at];
        let first = questions.first.iter().position(|&first| first == at);
        let answers = question.outcomes.iter();
        QuestionRow {
            rank: at + 1,
            first: first.map(|place| place + 1),
            ask: asked_of_word(question.asked_of),
            who: question.who.map(|party| self.id(party)),
            authorities: self.authorities(question.about),
            about: self.about(question.about),
            column: self.column(question.about),
            question: self.question_text(question.about),
            findings: question.findings,
            beyond: question.first,
            answers: answers
                .map(|outcome| self.answer(question, outcome))
                .collect(),
        }
    }

    /// The party's id or the relationship's label.
    fn about(&self, about: About) -> Cow<'_, str> {
        match about {
            About::Cell(_, Cell::Relationship(relationship)) => {
                let relationships = &self.assessment.flow.register.relationships;
                relationships.label(relationship)
            }
            About::Cell(_, Cell::Party(party)) => self.id(party).into(),
            About::Group { operator, .. } => self.id(operator).into(),
        }
    }

    fn column(&self, about: About) -> &str {
        match self.fact_of(about) {
            Some(fact) => &fact.name,
            None if matches!(about, About::Group { .. }) => "owner",
            None => "supports",
        }
    }

    fn fact_of(&self, about: About) -> Option<&Fact> {
        match about {
            About::Cell(Missing::Relationship(fact) | Missing::Party(fact), _) => {
                Some(self.assessment.flow.policy.fact(fact))
            }
            _ => None,
        }
    }

    /// The question in full: the pack's, with names in the places of its blanks.
    pub fn question_text(&self, about: About) -> String {
        match about {
            About::Group { operator, owner } => {
                let question = &self.assessment.flow.policy.ownership_question;
                let text = question.as_ref().map_or("", |text| text.get(self.lang));
                let text = filled(text, "{party}", self.name(operator));
                filled(&text, "{owner}", self.name(owner))
            }
            About::Cell(missing, Cell::Party(party)) => self.cell_question(missing, party, None),
            About::Cell(missing, Cell::Relationship(at)) => {
                let supplier = self.assessment.flow.register.relationships.supplier(at);
                self.cell_question(missing, supplier, Some(at))
            }
        }
    }

    /// The question about a cell of a party, or of a relationship of its supplier.
    pub fn cell_question(
        &self,
        missing: Missing,
        party: PartyId,
        relationship: Option<RelationshipId>,
    ) -> String {
        let lang = self.lang;
        let text = match missing {
            Missing::Supports => say!(
                lang,
                "Which deliveries of {{customer}} does {{relationship}} support?",
                "{{relationship}}支撑{{customer}}的哪些交付？"
            ),
            Missing::Relationship(fact) | Missing::Party(fact) => {
                let fact = self.assessment.flow.policy.fact(fact);
                let (asked, name) = (fact.question.as_ref(), &fact.name);
                let plain = match relationship {
                    Some(_) => say!(
                        lang,
                        "What is `{name}` of {{relationship}}?",
                        "{{relationship}}的 `{name}` 是什么？"
                    ),
                    None => say!(
                        lang,
                        "What is `{name}` of {{party}}?",
                        "{{party}}的 `{name}` 是什么？"
                    ),
                };
                asked.map_or(plain, |text| text.get(lang).to_owned())
            }
        };
        let mut text = filled(&text, "{party}", self.name(party));
        if let Some(relationship) = relationship {
            let relationships = &self.assessment.flow.register.relationships;
            let customer = self.name(relationships.customer(relationship));
            let supplier = self.name(relationships.supplier(relationship));
            text = filled(&text, "{customer}", customer);
            text = filled(&text, "{supplier}", supplier);
            text = filled(&text, "{relationship}", &self.label(relationship));
        }
        text
    }

    /// Who is in charge of what a party does, where its origin fact is asked for: of its sector, as the pack has it.
    fn authorities(&self, about: About) -> Vec<&str> {
        let flow = self.assessment.flow;
        let About::Cell(Missing::Party(fact), Cell::Party(party)) = about else {
            return Vec::new();
        };
        if fact != flow.policy.origin.fact {
            return Vec::new();
        }
        let facts = flow.policy.facts.iter().enumerate();
        let titles = facts.flat_map(|(position, fact)| {
            let value = flow.register.parties.fact(position).get(party.index());
            let items = value.items().iter();
            let values = items.filter_map(|&item| fact.values.get(usize::from(item)));
            values.filter_map(|value| Some(value.authority.as_ref()?.title.get(self.lang)))
        });
        titles.collect()
    }
}

/// Who can answer, as result files have it.
pub(crate) fn asked_of_word(asked_of: AskedOf) -> &'static str {
    match asked_of {
        AskedOf::Supplier => "supplier",
        AskedOf::Customer => "customer",
        AskedOf::Operator => "operator",
        AskedOf::Us => "us",
    }
}
