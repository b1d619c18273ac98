//! What to ask: the unknown cells that findings rest on, and what each answer would change, exactly.
//!
//! Nothing is estimated: for every distinct answer the register is walked again with the answer in place, and compared.

mod answers;
mod open;
mod put;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Assessment, Cell, Missing};
use crate::flow::{Flow, Status, Statuses, Turned};
use crate::policy::{AskedOf, FactId};
use crate::register::{Edit, PartyId, RelationshipId};

use answers::Alike;
pub use answers::{Answer, MOST_ANSWERS};
use open::Open;
use put::put;

/// All walks for questions together pass about so many relationships and parties, so that a large register is asked in
/// seconds.
pub const MOST_WALKED: usize = 1 << 24;
/// Most questions that are valued, however small the register.
pub const MOST_QUESTIONS: usize = 1000;
/// Questions in the list of those to put first.
pub const MOST_FIRST: usize = 10;

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// An unknown cell.
    Cell(Missing, Cell),
    /// Whether the owner of an operator delivers to it, of which no relationship tells.
    Group {
        /// The operator, actual or potential.
        operator: PartyId,
        /// Its owner.
        owner: PartyId,
    },
}

/// How findings change by an answer, by what they become.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Effect {
    /// Those that become `applies`.
    pub applies: usize,
    /// Those that become `conditional`.
    pub conditional: usize,
    /// Those that become `unconfirmed`.
    pub unconfirmed: usize,
    /// Those that are no longer there.
    pub vanish: usize,
}

/// Answers that change the same findings in the same way.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The answers, the plainest first.
    pub answers: Vec<Answer>,
    /// What they change.
    pub effect: Effect,
}

/// Something unknown, asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What it is about.
    pub about: About,
    /// Who can answer.
    pub asked_of: AskedOf,
    /// Which party that is, where it is one of the register.
    pub who: Option<PartyId>,
    /// What each answer comes to.
    pub outcomes: Vec<Outcome>,
    /// How many findings at least one answer changes.
    pub findings: usize,
    /// How many of these no question before it in [`Questions::first`] changes; none if it is not there.
    pub first: Option<usize>,
}

/// The questions that are worth asking, and how many there may be besides.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Questions {
    /// Those of which some answer changes a finding: those that change most first.
    pub all: Vec<Question>,
    /// Positions in `all` of those to put first: each changes the most findings that those before it leave.
    pub first: Vec<usize>,
    /// How many more were looked at, of which no answer changes anything by itself.
    pub idle: usize,
    /// How many unknown cells were not looked at, because the bound was reached.
    pub left: usize,
    /// Whether the register is so large that the bound allows no question.
    pub is_too_large: bool,
}

/// A question with the findings that some answer changes.
struct Valued {
    question: Question,
    turned: BTreeSet<(PartyId, u8)>,
}

impl Assessment<'_> {
    /// Values every question, as far as the bound allows: those on which most seems to hang first.
    pub fn questions(&self) -> Questions {
        let register = self.flow.register;
        let walk = register.relationships.len() + register.parties.len() + 1;
        let mut walks = MOST_WALKED / walk;
        if walks < 2 {
            return Questions {
                is_too_large: true,
                ..Questions::default()
            };
        }
        let mut wanted: Vec<(About, Vec<Alike>)> = Vec::new();
        let mut left = 0;
        for (about, answers) in self.groups().chain(self.cells()) {
            let fits = wanted.len() < MOST_QUESTIONS && answers.len() <= walks;
            if !fits {
                // The order is that of worth, so nothing smaller may take the place of what does not fit.
                walks = 0;
                left += 1;
                continue;
            }
            walks -= answers.len();
            wanted.push((about, answers));
        }
        let before = self.flow.statuses();
        // An edited copy for each thread, and no more: a register may be large.
        let share = wanted.len().div_ceil(rayon::current_num_threads()).max(1);
        let valued = wanted.par_chunks(share).flat_map_iter(|share| {
            let mut edit = Edit::new(register);
            let value = |(about, answers): &(About, Vec<Alike>)| {
                self.value(&before, &mut edit, *about, answers)
            };
            share.iter().map(value).collect::<Vec<Valued>>()
        });
        let mut valued: Vec<Valued> = valued.collect();
        let looked_at = valued.len();
        valued.retain(|valued| !valued.turned.is_empty());
        valued.sort_by_key(|valued| (Reverse(valued.turned.len()), valued.question.about));
        let idle = looked_at - valued.len();
        let first = greedy(&mut valued);
        Questions {
            all: valued.into_iter().map(|valued| valued.question).collect(),
            first,
            idle,
            left,
            is_too_large: false,
        }
    }

    /// The unknown cells with their answers.
    fn cells(&self) -> impl Iterator<Item = (About, Vec<Alike>)> {
        let cells = self.open_cells().into_iter();
        let asked = cells.map(|open: Open| {
            let answers = answers::of_cell(self.flow, &open);
            (About::Cell(open.missing, open.cell), answers)
        });
        asked.filter(|(_, answers)| !answers.is_empty())
    }

    /// Operators with an owner that delivers nothing to them.
    fn groups(&self) -> impl Iterator<Item = (About, Vec<Alike>)> {
        let flow = self.flow;
        let register = flow.register;
        let parties = register.parties.iter();
        let asked = parties.filter_map(move |operator| {
            flow.operator(operator)?;
            flow.policy.ownership_question.as_ref()?;
            let owner = register.parties.owner(operator)?;
            let delivers = |relationship| register.relationships.supplier(relationship) == owner;
            let is_asked = owner != operator && !flow.supplies_to(operator).any(delivers);
            is_asked.then_some(About::Group { operator, owner })
        });
        let concerned = asked.filter(|_| self.focus().is_none());
        concerned.map(|about| {
            let answers = [Answer::Delivers, Answer::DeliversNothing];
            (about, answers.map(|answer| vec![answer]).to_vec())
        })
    }

    /// Walks again with each answer in place.
    fn value(&self, before: &Statuses, edit: &mut Edit, about: About, answers: &[Alike]) -> Valued {
        let mut turned = BTreeSet::new();
        let mut outcomes: Vec<(Vec<Turned>, Outcome)> = Vec::new();
        for alike in answers {
            let changed = alike.first().map_or_else(Vec::new, |answer| {
                self.turned_by(before, edit, about, answer)
            });
            turned.extend(
                changed
                    .iter()
                    .map(|turned| (turned.party, turned.obligation)),
            );
            match outcomes.iter_mut().find(|(other, _)| *other == changed) {
                Some((_, outcome)) => outcome.answers.extend_from_slice(alike),
                None => {
                    let effect = Effect::new(&changed);
                    let outcome = Outcome {
                        answers: alike.clone(),
                        effect,
                    };
                    outcomes.push((changed, outcome));
                }
            }
        }
        let (asked_of, who) = self.asked_of(about);
        let question = Question {
            about,
            asked_of,
            who,
            outcomes: outcomes.into_iter().map(|(_, outcome)| outcome).collect(),
            findings: turned.len(),
            first: None,
        };
        Valued { question, turned }
    }

    /// What an answer changes. The edited copy is left as it was.
    fn turned_by(
        &self,
        before: &Statuses,
        edit: &mut Edit,
        about: About,
        answer: &Answer,
    ) -> Vec<Turned> {
        match about {
            About::Cell(missing, cell) => {
                let put = put(edit, missing, cell, answer);
                let turned = self.turned(before, edit);
                if let Some(put) = put {
                    put.take_back(edit);
                }
                turned
            }
            About::Group { .. } if *answer == Answer::DeliversNothing => Vec::new(),
            About::Group { operator, owner } => {
                let mut edit = Edit::new(edit.register());
                edit.relationship("", operator, owner);
                self.turned(before, &edit)
            }
        }
    }

    /// What is otherwise in a register as it is edited; with a focus, only what concerns that.
    fn turned(&self, before: &Statuses, edit: &Edit) -> Vec<Turned> {
        let flow = Flow::walked(edit.register(), self.flow.policy, self.flow.as_of, &|_| ());
        let mut turned = before.turned(&flow.statuses());
        if let Some(focus) = self.focus()
            && !turned.is_empty()
        {
            let sides = [self.flow, &flow].map(|flow| flow.through(focus.party));
            turned.retain(|turned| {
                let reaches = |side: usize, status: Option<Status>| {
                    let reaches =
                        |status| sides[side].reaches(turned.party, turned.obligation, status);
                    status.is_some_and(reaches)
                };
                turned.party == focus.party || reaches(0, turned.before) || reaches(1, turned.after)
            });
        }
        turned
    }

    /// Who can answer, and which party that is.
    fn asked_of(&self, about: About) -> (AskedOf, Option<PartyId>) {
        let relationships = &self.flow.register.relationships;
        let asked_of = |fact: FactId| self.flow.policy.fact(fact).asked_of;
        match about {
            About::Group { operator, .. } => (AskedOf::Operator, Some(operator)),
            About::Cell(Missing::Supports, Cell::Relationship(at)) => {
                (AskedOf::Customer, Some(relationships.customer(at)))
            }
            About::Cell(Missing::Relationship(fact), Cell::Relationship(at)) => {
                let asked_of = asked_of(fact).unwrap_or(AskedOf::Us);
                let who = match asked_of {
                    AskedOf::Supplier => Some(relationships.supplier(at)),
                    AskedOf::Customer => Some(relationships.customer(at)),
                    AskedOf::Operator => self.operator_behind(at),
                    AskedOf::Us => None,
                };
                (asked_of, who)
            }
            About::Cell(Missing::Party(fact), Cell::Party(party)) => {
                let asked_of = asked_of(fact).unwrap_or(AskedOf::Us);
                (asked_of, Some(party).filter(|_| asked_of != AskedOf::Us))
            }
            About::Cell(..) => (AskedOf::Us, None),
        }
    }

    /// The operator from which something comes along a relationship.
    fn operator_behind(&self, relationship: RelationshipId) -> Option<PartyId> {
        let relationships = &self.flow.register.relationships;
        let customer = relationships.customer(relationship);
        if self.flow.operator(customer).is_some() {
            return Some(customer);
        }
        let findings = &self.findings[self.findings_of(relationships.supplier(relationship))];
        let by_it = findings
            .iter()
            .find(|finding| finding.via == Some(relationship));
        by_it.map(|finding| finding.operator)
    }
}

impl Effect {
    fn new(turned: &[Turned]) -> Effect {
        let mut effect = Effect::default();
        for turned in turned {
            let count = match turned.after {
                Some(Status::Applies) => &mut effect.applies,
                Some(Status::Conditional) => &mut effect.conditional,
                Some(Status::Unconfirmed) => &mut effect.unconfirmed,
                None => &mut effect.vanish,
            };
            *count += 1;
        }
        effect
    }

    /// How many findings change.
    pub fn total(self) -> usize {
        self.applies + self.conditional + self.unconfirmed + self.vanish
    }
}

/// The questions to put first: each time the one that changes most of what those before it leave.
fn greedy(valued: &mut [Valued]) -> Vec<usize> {
    let mut covered: BTreeSet<(PartyId, u8)> = BTreeSet::new();
    let mut first = Vec::new();
    while first.len() < MOST_FIRST {
        let worth = |valued: &Valued| valued.turned.difference(&covered).count();
        let open = valued.iter().enumerate();
        let open = open.filter(|(_, valued)| valued.question.first.is_none());
        let best = open.map(|(at, valued)| (worth(valued), Reverse(at))).max();
        let Some((settles @ 1.., Reverse(at))) = best else {
            break;
        };
        valued[at].question.first = Some(settles);
        covered.extend(valued[at].turned.iter().copied());
        first.push(at);
    }
    first
}
