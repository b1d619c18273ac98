//! Answers in words and as cells, with the option of `what-if` that tries each.

use serde::Serialize;

use crate::assess::{About, Answer, Cell, Missing, Outcome, Question};
use crate::lang::say;
use crate::register::{NewScope, RelationshipId, Scope, SupportList};
use crate::view::View;

/// Answers that come to the same, of which this many are named.
const MOST_ALIKE: usize = 4;

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

impl View<'_> {
    pub(super) fn answer(&self, question: &Question, outcome: &Outcome) -> AnswerRow {
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

    /// The deliveries that a relationship is known to support.
    fn known_support(&self, at: RelationshipId) -> Option<&SupportList> {
        match self.assessment.flow.register.relationships.supports(at) {
            Scope::Named(list) => Some(list),
            _ => None,
        }
    }

    /// What a relationship is known to support, with one delivery more.
    fn supports_cell(&self, about: About, more: Option<RelationshipId>) -> String {
        let known = match about {
            About::Cell(_, Cell::Relationship(at)) => self.known_support(at),
            _ => None,
        };
        let relationships = known.map_or(&[][..], |list| &list.relationships);
        let relationships = relationships.iter().copied().chain(more);
        let parties = known.map_or(&[][..], |list| &list.parties).iter();
        let names = relationships.map(|at| self.label(at));
        let names = names.chain(parties.map(|&party| self.id(party).to_owned()));
        list_cell(names.collect())
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

    /// The option of `what-if` that tries an answer, where one can: labels and ids may mean something else there.
    fn what_if(&self, about: About, answer: &Answer) -> Option<WhatIf> {
        let relationships = &self.assessment.flow.register.relationships;
        match (about, answer) {
            (_, Answer::DeliversNothing) => None,
            (About::Group { operator, owner }, _) => {
                let cells = [("customer", operator), ("supplier", owner)];
                let cells =
                    cells.map(|(column, party)| quoted(&format!("{column}={}", self.id(party))));
                Some(WhatIf::Add(cells.join(",")))
            }
            (About::Cell(missing, at), _) => {
                let (who, column) = (self.about(about), self.column(about));
                let cell = self.answer_cell(about, answer);
                let is_meant = match at {
                    Cell::Relationship(at) => relationships.find(&who) == Some(at),
                    Cell::Party(_) => true,
                };
                let reads_back = match (missing, at) {
                    (Missing::Supports, Cell::Relationship(at)) => {
                        self.reads_back(at, answer, &cell)
                    }
                    _ => true,
                };
                let set = || WhatIf::Set(format!("{who}.{column}={cell}"));
                (is_meant && reads_back).then(set)
            }
        }
    }

    /// Whether a `supports` cell is read as what an answer says.
    fn reads_back(&self, at: RelationshipId, answer: &Answer, cell: &str) -> bool {
        let (scope, faults) = self.assessment.flow.register.scope(at, cell);
        let meant = || {
            let mut list = self.known_support(at).cloned().unwrap_or_default();
            if let Answer::Supports(delivery) = answer {
                list.relationships.push(*delivery);
            }
            list.relationships.sort_unstable();
            (list.relationships, list.parties)
        };
        let reads = match scope {
            NewScope::All => *answer == Answer::SupportsAll,
            NewScope::None => meant() == (Vec::new(), Vec::new()),
            NewScope::Named(list) => meant() == (list.relationships, list.parties),
            NewScope::Unknown => false,
        };
        reads && faults.is_empty()
    }
}

/// A cell of a record of CSV.
fn quoted(cell: &str) -> String {
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

/// A list as a cell of the register has it.
fn list_cell(items: Vec<String>) -> String {
    match items.is_empty() {
        true => "none".to_owned(),
        false => items.join(";"),
    }
}
