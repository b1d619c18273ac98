//! Questions in words: whom to ask what, and what each answer would change.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Serialize;

use super::View;
use super::words::filled;
use crate::assess::{About, Answer, Cell, Missing, Outcome, Question, Questions};
use crate::lang::say;
use crate::policy::{AskedOf, Fact};
use crate::register::{PartyId, RelationshipId, Scope};

/// Answers that come to the same, of which this many are named.
const MOST_ALIKE: usize = 4;

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

/// Answers that come to the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerRow {
    /// The first of them as a cell of the register.
    pub answer: String,
    /// All of them in words.
    pub label: String,
    /// The option of `what-if` that tries it, and what it takes; none where nothing would change.
    pub what_if: Option<WhatIf>,
    /// Findings that become `applies`.
    pub applies: usize,
    /// Findings that become `conditional`.
    pub conditional: usize,
    /// Findings that become `unconfirmed`.
    pub unconfirmed: usize,
    /// Findings that vanish.
    pub vanish: usize,
}

/// An option of `what-if`, with what it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WhatIf {
    /// Takes a cell for something.
    Set(String),
    /// Adds a relationship.
    Add(String),
}

impl std::fmt::Display for WhatIf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            WhatIf::Set(change) => write!(f, "set {change}"),
            WhatIf::Add(change) => write!(f, "add {change}"),
        }
    }
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

    fn answer(&self, question: &Question, outcome: &Outcome) -> AnswerRow {
        let labels = outcome.answers.iter().take(MOST_ALIKE);
        let mut labels: Vec<String> = labels
            .map(|answer| self.answer_label(question.about, answer))
            .collect();
        let rest = outcome.answers.len() - labels.len();
        if rest > 0 {
            labels.push(say!(self.lang, "{rest} more", "另 {rest} 项"));
        }
        let first = outcome.answers.first();
        AnswerRow {
            answer: first.map_or_else(String::new, |answer| {
                self.answer_cell(question.about, answer)
            }),
            label: labels.join(&say!(self.lang, " / ", "／")),
            what_if: first.and_then(|answer| self.what_if(question.about, answer)),
            applies: outcome.effect.applies,
            conditional: outcome.effect.conditional,
            unconfirmed: outcome.effect.unconfirmed,
            vanish: outcome.effect.vanish,
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

    /// An answer as a cell of the register has it.
    fn answer_cell(&self, about: About, answer: &Answer) -> String {
        match answer {
            Answer::Values(items) => {
                let values = self.fact_of(about).map_or(&[][..], |fact| &fact.values);
                let words = items
                    .iter()
                    .map(|&item| values[usize::from(item)].word.clone());
                list_cell(words.collect())
            }
            Answer::Countries(countries) => {
                list_cell(countries.iter().map(ToString::to_string).collect())
            }
            Answer::AnotherCountry(country) => country.to_string(),
            Answer::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Answer::Number { .. } => answer.number().unwrap_or_default().to_string(),
            Answer::SupportsAll => "all".to_owned(),
            Answer::SupportsNone => self.supports_cell(about, None),
            Answer::Supports(delivery) => self.supports_cell(about, Some(*delivery)),
            Answer::Delivers => "yes".to_owned(),
            Answer::DeliversNothing => "no".to_owned(),
        }
    }

    /// What a relationship is known to support, with one delivery more.
    fn supports_cell(&self, about: About, more: Option<RelationshipId>) -> String {
        let register = self.assessment.flow.register;
        let known = match about {
            About::Cell(_, Cell::Relationship(at)) => match register.relationships.supports(at) {
                Scope::Named(list) => Some(list),
                _ => None,
            },
            _ => None,
        };
        let relationships = known.map_or(&[][..], |list| &list.relationships);
        let relationships = relationships.iter().copied().chain(more);
        let parties = known.map_or(&[][..], |list| &list.parties).iter();
        let names = relationships.map(|at| self.label(at));
        let names: Vec<String> = names
            .chain(parties.map(|&party| self.id(party).to_owned()))
            .collect();
        list_cell(names)
    }

    /// An answer in words.
    fn answer_label(&self, about: About, answer: &Answer) -> String {
        let lang = self.lang;
        match answer {
            Answer::Values(items) if !items.is_empty() => {
                let values = self.fact_of(about).map_or(&[][..], |fact| &fact.values);
                let words = items.iter().take(MOST_ALIKE);
                let words = words.map(|&item| values[usize::from(item)].called(lang));
                let words = words.collect::<Vec<_>>().join(&say!(lang, " + ", "、"));
                match items.len() {
                    all if all <= MOST_ALIKE => words,
                    all => {
                        let rest = all - MOST_ALIKE;
                        say!(lang, "{words} + {rest} more", "{words}等共 {all} 项")
                    }
                }
            }
            Answer::Values(_) => say!(lang, "none", "无"),
            Answer::Countries(countries) => match countries.is_empty() {
                true => say!(lang, "none", "无"),
                false => self.answer_cell(about, answer),
            },
            Answer::AnotherCountry(_) => say!(lang, "any other country", "其他任一国家或地区"),
            Answer::Flag(true) | Answer::Delivers => say!(lang, "yes", "是"),
            Answer::Flag(false) | Answer::DeliversNothing => say!(lang, "no", "否"),
            Answer::Number { from, below } => match (from, below) {
                (Some(from), Some(below)) => {
                    say!(lang, "{from} to below {below}", "{from} 以上、不足 {below}")
                }
                (Some(from), None) => say!(lang, "{from} or more", "{from} 及以上"),
                (None, Some(below)) => say!(lang, "below {below}", "不足 {below}"),
                (None, None) => say!(lang, "any number", "任一数字"),
            },
            Answer::SupportsAll => say!(lang, "all of them", "全部"),
            Answer::SupportsNone | Answer::Supports(_) => {
                let cell = self.answer_cell(about, answer);
                match cell.as_str() {
                    "none" => say!(lang, "none", "无"),
                    _ => say!(lang, "only {cell}", "仅 {cell}"),
                }
            }
        }
    }

    /// The option of `what-if` that tries an answer.
    fn what_if(&self, about: About, answer: &Answer) -> Option<WhatIf> {
        match (about, answer) {
            (_, Answer::DeliversNothing) => None,
            (About::Group { operator, owner }, _) => {
                let (customer, supplier) = (self.id(operator), self.id(owner));
                let cells = format!("customer={customer},supplier={supplier}");
                Some(WhatIf::Add(cells))
            }
            _ => {
                let (who, column) = (self.about(about), self.column(about));
                let cell = self.answer_cell(about, answer);
                Some(WhatIf::Set(format!("{who}.{column}={cell}")))
            }
        }
    }
}

/// A list as a cell of the register has it.
fn list_cell(items: Vec<String>) -> String {
    match items.is_empty() {
        true => "none".to_owned(),
        false => items.join(";"),
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
