//! What an unknown cell may turn out to say: one answer for each distinct outcome of the tests that hang on it.

use std::collections::BTreeSet;

use super::open::Open;
use crate::country::Country;
use crate::flow::Flow;
use crate::policy::{Check, Fact, FactId, Kind, Policy, TestId};
use crate::register::{Register, RelationshipId, Scope, SupportList, Value};

use super::super::{Cell, Missing};

/// Most answers to one question; past it each value by itself, none of them, and all together.
pub const MOST_ANSWERS: usize = 32;
/// Tests of one fact that are told apart: as many as a word has bits, but for two.
const MOST_TESTS: usize = 125;
/// Deliveries that are tried one by one as what a relationship supports.
const MOST_DELIVERIES: usize = 6;

/// An answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A set or choice holds just these values, by position; none of them is an empty set.
    Values(Vec<u16>),
    /// Just these countries.
    Countries(Vec<Country>),
    /// Any country that the rules do not name, for which this one stands.
    AnotherCountry(Country),
    /// Yes or no.
    Flag(bool),
    /// A number from the first on and below the second, where given.
    Number {
        /// The least.
        from: Option<f64>,
        /// The first that is too large.
        below: Option<f64>,
    },
    /// Every delivery of the customer is supported.
    SupportsAll,
    /// None is.
    SupportsNone,
    /// This one is.
    Supports(RelationshipId),
    /// There is a relationship of which nothing else is known.
    Delivers,
    /// There is none.
    DeliversNothing,
}

impl Answer {
    /// The cell that gives it; none for what is no cell of a fact.
    pub(super) fn value(&self) -> Option<Value> {
        let complete = true;
        Some(match self {
            Answer::Values(items) => Value::Items {
                known: items.as_slice().into(),
                complete,
            },
            Answer::Countries(countries) => Value::Countries {
                known: countries.as_slice().into(),
                complete,
            },
            Answer::AnotherCountry(country) => Value::Countries {
                known: [*country].into(),
                complete,
            },
            Answer::Flag(flag) => Value::Flag(*flag),
            Answer::Number { .. } => Value::Number(self.number()?),
            _ => return None,
        })
    }

    /// A number that the answer stands for.
    pub fn number(&self) -> Option<f64> {
        match self {
            Answer::Number { from, below } => {
                // One less than a great number is the same number.
                from.or(below.map(|below| (below - 1.0).min(below.next_down())))
            }
            _ => None,
        }
    }
}

/// Answers that come to the same: the first is the plainest of them.
pub(super) type Alike = Vec<Answer>;

/// The distinct answers to what a cell leaves open.
pub(super) fn of_cell(flow: &Flow, open: &Open) -> Vec<Alike> {
    let (fact, position) = match (open.missing, open.cell) {
        (Missing::Supports, Cell::Relationship(relationship)) => {
            return of_supports(flow, relationship);
        }
        (Missing::Relationship(fact), Cell::Relationship(at)) => (fact, at.index()),
        (Missing::Party(fact), Cell::Party(party)) => (fact, party.index()),
        _ => return Vec::new(),
    };
    let value = value_at(flow.register, open.missing, fact, position);
    of_fact(flow.policy, fact, value, &open.tests)
}

/// What a cell says so far.
pub(super) fn value_at(register: &Register, missing: Missing, fact: FactId, row: usize) -> &Value {
    let position = usize::from(fact.0);
    match missing {
        Missing::Party(_) => register.parties.fact(position).get(row),
        _ => register.relationships.fact(position).get(row),
    }
}

fn of_supports(flow: &Flow, relationship: RelationshipId) -> Vec<Alike> {
    let relationships = &flow.register.relationships;
    let into = flow.supplied_by(relationships.customer(relationship));
    let deliveries: Vec<RelationshipId> = into
        .filter(|&delivery| flow.may_carry(delivery))
        .take(MOST_DELIVERIES + 1)
        .collect();
    let known = match relationships.supports(relationship) {
        Scope::Named(list) => list.clone(),
        _ => SupportList::default(),
    };
    let mut answers = vec![vec![Answer::SupportsNone], vec![Answer::SupportsAll]];
    // What one delivery alone comes to is what all come to if there is no other.
    if (2..=MOST_DELIVERIES).contains(&deliveries.len()) {
        let others = deliveries.into_iter();
        let others = others.filter(|delivery| !known.relationships.contains(delivery));
        answers.extend(others.map(|delivery| vec![Answer::Supports(delivery)]));
    }
    answers
}

/// The distinct answers to a fact: for the origin fact also by what operator they make of the party.
fn of_fact(policy: &Policy, fact: FactId, value: &Value, tests: &BTreeSet<TestId>) -> Vec<Alike> {
    let Fact { kind, values, .. } = policy.fact(fact);
    let checks: Vec<&Check> = tests
        .iter()
        .map(|test| &policy.tests[usize::from(test.0)].check)
        .take(MOST_TESTS)
        .collect();
    let passes = |fits: &dyn Fn(&Check) -> bool| -> u128 {
        let each = checks.iter().enumerate();
        each.fold(0, |set, (at, check)| set | u128::from(fits(check)) << at)
    };
    let has = |item: u16| {
        passes(&|check| matches!(check, Check::HasAny(wanted) if wanted.contains(&item)))
    };
    match kind {
        Kind::Set => {
            let known: &[u16] = match value {
                Value::Items { known, .. } => known,
                _ => &[],
            };
            let base = (
                known.iter().fold(0, |all, &item| all | has(item)),
                known.to_vec(),
            );
            let items = (0..values.len() as u16).filter(|item| !known.contains(item));
            unions(
                base,
                items.map(|item| (has(item), item)).collect(),
                Answer::Values,
            )
        }
        Kind::Choice => {
            let origin = &policy.origin;
            let class = |item: u16| match fact == origin.fact {
                true if origin.applies.contains(&item) => 1 << 126,
                true if origin.conditional.contains(&item) => 1 << 125,
                _ => 0,
            };
            let items = (0..values.len() as u16).map(|item| (has(item) | class(item), item));
            alike(items.map(|(mask, item)| (mask, Answer::Values(vec![item]))))
        }
        Kind::YesNo => [true, false].map(|flag| vec![Answer::Flag(flag)]).to_vec(),
        Kind::Countries => of_countries(value, &checks),
        Kind::Number => of_number(&checks),
        Kind::Text | Kind::Date => Vec::new(),
    }
}

fn of_countries(value: &Value, checks: &[&Check]) -> Vec<Alike> {
    let named = |check: &&Check| match check {
        Check::Outside(countries) | Check::Within(countries) => countries.clone(),
        _ => Vec::new(),
    };
    let listed: BTreeSet<Country> = checks.iter().flat_map(named).collect();
    let outside = |country: Country| {
        let each = checks.iter().enumerate();
        each.fold(0, |set, (at, check)| {
            set | u128::from(!named(check).contains(&country)) << at
        })
    };
    let known: &[Country] = match value {
        Value::Countries { known, .. } => known,
        _ => &[],
    };
    let another = Country::all()
        .into_iter()
        .find(|country| !listed.contains(country));
    let base = known.iter().fold(0, |all, &country| all | outside(country));
    let named = listed.iter().copied().chain(another);
    let atoms = named.filter(|country| !known.contains(country));
    let atoms = atoms.map(|country| (outside(country), country)).collect();
    let answer = |countries: Vec<Country>| match countries.as_slice() {
        [only] if Some(*only) == another => Answer::AnotherCountry(*only),
        _ => Answer::Countries(countries),
    };
    unions((base, known.to_vec()), atoms, answer)
}

/// The stretches between the numbers at which some test turns.
fn of_number(checks: &[&Check]) -> Vec<Alike> {
    let mut turns: Vec<f64> = checks
        .iter()
        .flat_map(|check| match check {
            Check::Range { at_least, below } => [*at_least, *below],
            _ => [None, None],
        })
        .flatten()
        .collect();
    turns.sort_by(f64::total_cmp);
    turns.dedup();
    let from = std::iter::once(None).chain(turns.iter().copied().map(Some));
    let below = turns.iter().copied().map(Some).chain([None]);
    let stretches = from.zip(below).filter(|_| !turns.is_empty());
    stretches
        .map(|(from, below)| vec![Answer::Number { from, below }])
        .collect()
}

/// Answers by the tests that they pass, each group where its first stands.
fn alike(answers: impl Iterator<Item = (u128, Answer)>) -> Vec<Alike> {
    let mut groups: Vec<(u128, Alike)> = Vec::new();
    for (mask, answer) in answers {
        match groups.iter_mut().find(|(other, _)| *other == mask) {
            Some((_, group)) => group.push(answer),
            None => groups.push((mask, vec![answer])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Everything that some items with what is known come to: a list passes the tests that any of its items passes.
fn unions<T: Copy + Ord>(
    (base, known): (u128, Vec<T>),
    atoms: Vec<(u128, T)>,
    answer: impl Fn(Vec<T>) -> Answer,
) -> Vec<Alike> {
    let with = |items: &[T]| {
        let mut all: Vec<T> = known.iter().chain(items).copied().collect();
        all.sort_unstable();
        answer(all)
    };
    let none = std::iter::once((base, with(&[])));
    let singles = atoms
        .iter()
        .map(|&(mask, item)| (base | mask, with(&[item])));
    let mut groups = alike(none.chain(singles));
    let mut distinct: Vec<(u128, Vec<T>)> = Vec::new();
    for &(mask, item) in &atoms {
        if base | mask != base && distinct.iter().all(|(other, _)| *other != base | mask) {
            distinct.push((base | mask, vec![item]));
        }
    }
    let mut met: BTreeSet<u128> = distinct.iter().map(|(mask, _)| *mask).collect();
    met.insert(base);
    let singles = distinct.clone();
    let (mut at, start) = (0, groups.len());
    while at < distinct.len() && groups.len() <= MOST_ANSWERS {
        let (mask, items) = distinct[at].clone();
        for (other, item) in &singles {
            if met.insert(mask | other) {
                let items: Vec<T> = items.iter().chain(item).copied().collect();
                groups.push(vec![with(&items)]);
                distinct.push((mask | other, items));
            }
        }
        at += 1;
    }
    if groups.len() > MOST_ANSWERS {
        groups.truncate(start);
        let all: Vec<T> = atoms.iter().map(|&(_, item)| item).collect();
        groups.push(vec![with(&all)]);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_to_the_unions_of_what_their_items_pass() {
        // Item 0 passes nothing, 1 and 2 the same test, 3 another.
        let atoms = vec![(0, 0), (1, 1), (1, 2), (2, 3)];
        let found = unions((0, Vec::new()), atoms, Answer::Values);
        let values = |lists: &[&[u16]]| -> Alike {
            lists
                .iter()
                .map(|list| Answer::Values(list.to_vec()))
                .collect()
        };
        let expected = [
            values(&[&[], &[0]]),
            values(&[&[1], &[2]]),
            values(&[&[3]]),
            values(&[&[1, 3]]),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn too_many_outcomes_are_cut_to_the_plain_ones() {
        let atoms: Vec<(u128, u16)> = (0..10).map(|item| (1 << item, item)).collect();
        let found = unions((0, Vec::new()), atoms, Answer::Values);
        assert_eq!(found.len(), 12);
        assert_eq!(found[11], [Answer::Values((0..10).collect())]);
    }

    #[test]
    fn what_is_known_stays_in_every_answer() {
        let found = unions((1, vec![7]), vec![(1, 1), (2, 2)], Answer::Values);
        let one = |items: &[u16]| Answer::Values(items.to_vec());
        assert_eq!(found, [vec![one(&[7]), one(&[1, 7])], vec![one(&[2, 7])]]);
    }

    #[test]
    fn numbers_turn_at_the_limits_of_tests() {
        let range = |at_least, below| Check::Range { at_least, below };
        let (one, other) = (range(Some(10.0), Some(20.0)), range(Some(20.0), None));
        let found = of_number(&[&one, &other]);
        let numbers: Vec<Option<f64>> = found.iter().map(|alike| alike[0].number()).collect();
        assert_eq!(numbers, [Some(9.0), Some(10.0), Some(20.0)]);
        let great = of_number(&[&range(Some(1e17), None)]);
        assert!(great[0][0].number() < Some(1e17));
    }
}
