//! The meaning of cells and conditions, as the design states it (sections 3 and 4).

use crate::model::{Check, Fact, Kind, Role, Rule};

/// What is known of a statement; `all` is the least, `any` the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Truth {
    No,
    Unknown,
    Yes,
}
use Truth::{No, Unknown, Yes};

/// The truth of a rule; `cell` gives the text of a fact of the party or relationship in a role.
pub(crate) fn truth<'c>(rule: &Rule, cell: &impl Fn(Role, &Fact) -> &'c str) -> Truth {
    match rule {
        Rule::Test(role, fact, check) => tested(fact, check, cell(*role, fact)),
        Rule::All(rules) => rules
            .iter()
            .map(|rule| truth(rule, cell))
            .min()
            .unwrap_or(Yes),
        Rule::Any(rules) => rules
            .iter()
            .map(|rule| truth(rule, cell))
            .max()
            .unwrap_or(No),
        Rule::Not(rule) => opposite(truth(rule, cell)),
    }
}

fn opposite(truth: Truth) -> Truth {
    match truth {
        No => Yes,
        Unknown => Unknown,
        Yes => No,
    }
}

fn from(flag: bool) -> Truth {
    if flag { Yes } else { No }
}

fn tested(fact: &Fact, check: &Check, cell: &str) -> Truth {
    match check {
        Check::HasAny(wanted) if fact.kind == Kind::Choice => {
            one_value(cell, fact).map_or(Unknown, |value| from(wanted.contains(&value.as_str())))
        }
        Check::HasAny(wanted) => {
            let (known, complete) = list(cell, fact);
            let found = known.iter().any(|item| wanted.contains(&item.as_str()));
            if found || complete {
                from(found)
            } else {
                Unknown
            }
        }
        Check::Outside(inside) => {
            let (known, complete) = list(cell, fact);
            let found = known.iter().any(|code| !inside.contains(&code.as_str()));
            if found || complete {
                from(found)
            } else {
                Unknown
            }
        }
        Check::Within(inside) => opposite(tested(fact, &Check::Outside(inside.clone()), cell)),
        Check::Is(wanted) => match cell.trim().to_lowercase().as_str() {
            "yes" | "true" | "y" | "1" | "是" => from(*wanted),
            "no" | "false" | "n" | "0" | "否" => from(!*wanted),
            _ => Unknown,
        },
        Check::Range(at_least, below) => match number(cell.trim()) {
            Some(number) => from(
                at_least.is_none_or(|least| number >= f64::from(least))
                    && below.is_none_or(|limit| number < f64::from(limit)),
            ),
            None => Unknown,
        },
    }
}

fn number(cell: &str) -> Option<f64> {
    let is_plain = cell.chars().all(|c| c.is_ascii_digit() || c == '.');
    cell.parse().ok().filter(|_| is_plain)
}

/// The items of a list cell that are understood, and whether all are; a blank cell may hold anything.
fn list(cell: &str, fact: &Fact) -> (Vec<String>, bool) {
    let items = items(cell);
    if let [only] = items.as_slice()
        && only.eq_ignore_ascii_case("none")
    {
        return (Vec::new(), true);
    }
    let valid = |item: &str| match fact.kind {
        Kind::Countries => Some(item.to_uppercase())
            .filter(|code| ["CN", "HK", "SG", "US"].contains(&code.as_str())),
        _ => Some(item.to_lowercase()).filter(|word| fact.values.contains(&word.as_str())),
    };
    let mut known: Vec<String> = items.iter().filter_map(|item| valid(item)).collect();
    let complete = !items.is_empty() && known.len() == items.len();
    known.sort();
    known.dedup();
    (known, complete)
}

/// The value of a choice: none where it is blank, not understood, or more than one.
pub(crate) fn one_value(cell: &str, fact: &Fact) -> Option<String> {
    match list(cell, fact) {
        (mut known, true) if known.len() == 1 => known.pop(),
        _ => None,
    }
}

/// Whether nothing is known from a cell, or not all of it.
pub(crate) fn is_open(cell: &str, fact: &Fact) -> bool {
    match fact.kind {
        Kind::Choice => one_value(cell, fact).is_none(),
        Kind::Set | Kind::Countries => !list(cell, fact).1,
        Kind::YesNo => tested(fact, &Check::Is(true), cell) == Unknown,
        Kind::Number => tested(fact, &Check::Range(Some(0), None), cell) == Unknown,
    }
}

/// What is known from a list that is not known whole.
pub(crate) fn known_items(cell: &str, fact: &Fact) -> Vec<String> {
    list(cell, fact).0
}

/// The items of a list, each once.
pub(crate) fn items(cell: &str) -> Vec<&str> {
    let mut items = Vec::new();
    for item in cell.split([';', '|']).map(str::trim) {
        if !item.is_empty() && !items.contains(&item) {
            items.push(item);
        }
    }
    items
}

/// Whether a cell names something.
pub(crate) fn names(cell: &str) -> bool {
    let cell = cell.trim().to_lowercase();
    !["", "unknown", "none"].contains(&cell.as_str())
}
