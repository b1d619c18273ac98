//! What the cells of a column say about what it is: whether they can be read as such, and which words the pack lacks.

use std::collections::BTreeMap;

use super::sample::Column;
use crate::diagnostic::Code;
use crate::policy::{Policy, Subject};
use crate::read::cells::{Reads, formatted};
use crate::read::evidence::{SHOWS, STATUSES};
use crate::read::mapping::Holds;
use crate::register::{CRITICALITIES, EvidenceStatus, Shows, Value};

/// How the cells of a canonical column are read; none where they are text.
pub(super) fn reads_of(column: &str, holds: Holds, policy: &Policy) -> Option<Reads> {
    let date = |is_end| {
        let format = None;
        Some(Reads::Date { format, is_end })
    };
    let number = Reads::Number {
        decimal_comma: false,
    };
    match (holds, column) {
        (Holds::Relationships, "criticality") => return Some(Reads::one_of(&CRITICALITIES)),
        (Holds::Relationships, "amount") => return Some(number),
        (Holds::Relationships, "starts") | (Holds::Evidence, "issued") => return date(false),
        (Holds::Relationships, "ends") | (Holds::Evidence, "expires") => return date(true),
        (Holds::Evidence, "shows") => return Some(Reads::one_of(&SHOWS.map(Shows::as_str))),
        (Holds::Evidence, "status") => {
            return Some(Reads::one_of(&STATUSES.map(EvidenceStatus::as_str)));
        }
        (Holds::Evidence, "obligation") => {
            let ids = policy.obligations.iter().map(|duty| duty.id.as_str());
            return Some(Reads::one_of(&ids.collect::<Vec<_>>()));
        }
        _ => {}
    }
    let (subject, fact) = match (holds, column.split_once('.')) {
        (Holds::Parties, _) => (Subject::Party, column),
        (Holds::Relationships, Some((_, fact))) => (Subject::Party, fact),
        (Holds::Relationships, None) => (Subject::Relationship, column),
        (Holds::Ownership | Holds::Evidence, _) => return None,
    };
    let mut facts = policy.facts_of(subject);
    let (_, fact) = facts.find(|(_, candidate)| candidate.name == fact)?;
    Some(Reads::fact(fact, false, None)).filter(|reads| !matches!(reads, Reads::Text))
}

/// How far the cells of a column can be read so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// Nearly all of several can be.
    Confirmed,
    /// Hardly any of several can be.
    Denied,
    /// Neither shows.
    Open,
}

/// Cells that are looked at; what so many different ones do not show, more would not.
const ENOUGH: usize = 2000;

/// Fewer cells show nothing.
const FEW: usize = 3;

pub(super) fn fit(reads: &Reads, column: &Column) -> Fit {
    let (mut understood, mut all) = (0, 0);
    let cells = column.cells.iter().take(ENOUGH);
    for (cell, count) in cells.filter(|(cell, _)| !reads.says_nothing(cell)) {
        all += count;
        let mut faults = Vec::new();
        let value = reads.read(cell, &mut faults);
        let is_some_day = faults.iter().any(|(code, _)| *code == Code::AmbiguousDate);
        let is_other_form = || match reads {
            Reads::Date { .. } => super::forms::short_forms().any(|form| is_in(cell, &form)),
            Reads::Number { .. } => is_number(cell),
            _ => false,
        };
        if faults.is_empty() && value != Value::Blank || is_some_day || is_other_form() {
            understood += count;
        }
    }
    match all {
        ..FEW => Fit::Open,
        all if understood * 10 >= all * 9 => Fit::Confirmed,
        all if understood * 5 < all => Fit::Denied,
        _ => Fit::Open,
    }
}

fn is_in(cell: &str, format: &str) -> bool {
    formatted(cell, format).is_some()
}

fn is_number(cell: &str) -> bool {
    let reads = Reads::Number {
        decimal_comma: true,
    };
    matches!(reads.read(cell, &mut Vec::new()), Value::Number(_))
}

/// The words of a column that are not understood, the most frequent first, each with its count of cells.
pub(super) fn unknown_words(reads: &Reads, column: &Column) -> Vec<(String, usize)> {
    let has_words = matches!(
        reads,
        Reads::Words { .. } | Reads::YesNo | Reads::Countries(_)
    );
    if !has_words {
        return Vec::new();
    }
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for (cell, count) in &column.cells {
        let mut faults = Vec::new();
        reads.read(cell, &mut faults);
        // The reader compares them in lower case.
        for (_, word) in faults {
            *words.entry(word).or_default() += count;
        }
    }
    let mut words: Vec<(String, usize)> = words.into_iter().collect();
    words.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut seen = std::collections::HashSet::new();
    words.retain(|(word, _)| seen.insert(word.to_lowercase()));
    words
}
