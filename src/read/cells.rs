//! What the text of a cell says, by the kind of its column.

mod dates;
mod numbers;
mod width;

use std::collections::{HashMap, HashSet};

use crate::country::Country;
use crate::diagnostic::{Code, Fault, FileId};
use crate::lang::Lang;
use crate::policy::{Fact, Kind};
use crate::register::Value;

pub(super) use dates::formatted;

use dates::Day;
use width::{folded, half_width};

/// How a column's cells are read.
#[derive(Debug)]
pub(super) enum Reads {
    /// Words of a vocabulary.
    Words {
        /// Every value and synonym, lower-cased and folded, with the value's position.
        words: HashMap<String, u16>,
        /// The values, for diagnostics.
        valid: Vec<String>,
        /// Whether one value is asked.
        single: bool,
    },
    /// Yes or no.
    YesNo,
    /// Countries, with words beyond the built-in names, lower-cased and folded.
    Countries(HashMap<String, Country>),
    /// A plain decimal number.
    Number {
        /// Whether it is written 7.160,69.
        decimal_comma: bool,
    },
    /// A date.
    Date {
        /// Its strftime format; without it, any form of which there is no doubt.
        format: Option<String>,
        /// Whether it is a last day, which the year 9999 leaves open.
        is_end: bool,
    },
    /// Text.
    Text,
}

/// A fault of a cell before its place is known: code, the text, what would be valid.
pub(super) type CellFault = (Code, String);

impl Reads {
    /// How the cells of a policy's fact are read.
    pub(super) fn fact(fact: &Fact, decimal_comma: bool, date_format: Option<&str>) -> Reads {
        match fact.kind {
            Kind::Set | Kind::Choice => {
                let positions = (0_u16..).zip(&fact.values);
                let words = positions.flat_map(|(position, value)| {
                    let all = std::iter::once(&value.word).chain(&value.synonyms);
                    all.map(move |word| (word, position))
                });
                Reads::Words {
                    words: lexicon(words),
                    valid: fact.values.iter().map(|value| value.word.clone()).collect(),
                    single: fact.kind == Kind::Choice,
                }
            }
            Kind::YesNo => Reads::YesNo,
            Kind::Countries => {
                let synonyms = fact.country_synonyms.iter();
                Reads::Countries(lexicon(synonyms.map(|(word, country)| (word, *country))))
            }
            Kind::Number => Reads::Number { decimal_comma },
            Kind::Date => Reads::Date {
                format: date_format.map(str::to_owned),
                is_end: false,
            },
            Kind::Text => Reads::Text,
        }
    }

    /// How answers about a policy's fact are read: what people call a value will do as well, and so will both as a
    /// form offers them.
    pub(super) fn answer(fact: &Fact) -> Reads {
        let mut reads = Reads::fact(fact, false, None);
        if let Reads::Words { words, .. } = &mut reads {
            for (position, value) in (0_u16..).zip(&fact.values) {
                for lang in [Lang::En, Lang::Zh] {
                    for called in [value.called(lang), &value.offered(lang)] {
                        words.entry(folded(called)).or_insert(position);
                    }
                }
            }
        }
        reads
    }

    /// A column of one word out of a fixed vocabulary.
    pub(super) fn one_of(values: &[&str]) -> Reads {
        Reads::Words {
            words: (0..)
                .zip(values)
                .map(|(position, word)| (word.to_lowercase(), position))
                .collect(),
            valid: values.iter().map(ToString::to_string).collect(),
            single: true,
        }
    }

    /// What `cell` says, with every fault in it.
    pub(super) fn read(&self, cell: &str, faults: &mut Vec<CellFault>) -> Value {
        let cell = cell.trim();
        if self.says_nothing(cell) {
            return Value::Blank;
        }
        match self {
            Reads::Words { words, single, .. } => {
                let find = |word: &str| find_word(words, word);
                let items = Items::read(cell, faults, Code::UnknownValue, find);
                items.into_words(*single, cell, faults)
            }
            Reads::Countries(synonyms) => {
                let find = |word: &str| find_country(synonyms, word);
                let items = Items::read(cell, faults, Code::BadCountry, find);
                match (items.known.is_empty(), items.complete) {
                    (true, true) if !items.none => Value::Blank,
                    (_, complete) => Value::Countries {
                        known: items.known.into(),
                        complete,
                    },
                }
            }
            Reads::YesNo => match yes_no(cell) {
                Some(flag) => Value::Flag(flag),
                None => unreadable(Code::BadYesNo, cell, faults),
            },
            Reads::Number { decimal_comma } => match numbers::number(cell, *decimal_comma) {
                Some(number) => Value::Number(number),
                None => unreadable(Code::BadNumber, cell, faults),
            },
            Reads::Date { format, is_end } => match dates::day(cell, format.as_deref()) {
                day if *is_end && day.is_open() => Value::Blank,
                Day::On(date) => Value::Date(date),
                Day::Either(..) => unreadable(Code::AmbiguousDate, cell, faults),
                Day::Not => unreadable(Code::BadDate, cell, faults),
            },
            Reads::Text => Value::Text(cell.into()),
        }
    }

    /// Whether a cell is blank or stands for that; a word of the column's own vocabulary never does.
    pub(super) fn says_nothing(&self, cell: &str) -> bool {
        let cell = cell.trim();
        if cell.is_empty() || cell.eq_ignore_ascii_case("unknown") {
            return true;
        }
        let is_word = |cell: &str| match self {
            Reads::Words { words, .. } => find_word(words, cell).is_some(),
            Reads::Countries(words) => find_country(words, cell).is_some(),
            Reads::YesNo | Reads::Number { .. } | Reads::Date { .. } => false,
            // It may be a name, and these are left as they are.
            Reads::Text => true,
        };
        NOTHING.contains(&half_width(cell).trim().to_lowercase().as_str()) && !is_word(cell)
    }

    /// A fault of a cell of this column, in its place.
    pub(super) fn fault(&self, (code, text): &CellFault, file: FileId, heading: &str) -> Fault {
        let fault = Fault::new(*code, file).column(heading).text(text.as_str());
        match self {
            Reads::Words { valid, .. } if *code == Code::UnknownValue => fault.valid(valid),
            _ => fault,
        }
    }
}

/// What stands for a blank cell: nobody has said no.
const NOTHING: [&str; 12] = [
    "unknown",
    "未知",
    "不详",
    "n/a",
    "#n/a",
    "不适用",
    "-",
    "--",
    "–",
    "—",
    "——",
    "/",
];

/// Words as they are compared; where two fold to one, each is still found as it is written.
fn lexicon<'w, T: Copy>(
    words: impl Iterator<Item = (&'w String, T)> + Clone,
) -> HashMap<String, T> {
    let mut all: HashMap<String, T> = words
        .clone()
        .map(|(word, meaning)| (word.to_lowercase(), meaning))
        .collect();
    for (word, meaning) in words {
        all.entry(folded(word)).or_insert(meaning);
    }
    all
}

fn find_word<T: Copy>(words: &HashMap<String, T>, word: &str) -> Option<T> {
    let found = words.get(&word.to_lowercase());
    found.or_else(|| words.get(&folded(word))).copied()
}

fn find_country(synonyms: &HashMap<String, Country>, word: &str) -> Option<Country> {
    find_word(synonyms, word).or_else(|| Country::from_word(word))
}

/// What a cell answers; a lone letter x is not here, because it ticks as often as it crosses out.
fn yes_no(cell: &str) -> Option<bool> {
    let word = half_width(cell).trim().to_lowercase();
    // Some keyboards add a sign that asks for a coloured tick.
    match word.trim_end_matches('\u{fe0f}') {
        "yes" | "true" | "y" | "t" | "1" | "是" | "有" | "√" | "✓" | "✔" => Some(true),
        "no" | "false" | "n" | "f" | "0" | "否" | "无" | "×" | "✗" | "✘" => Some(false),
        _ => None,
    }
}

fn unreadable(code: Code, cell: &str, faults: &mut Vec<CellFault>) -> Value {
    faults.push((code, cell.to_owned()));
    Value::Unreadable
}

/// The items of a list cell.
struct Items<T> {
    known: Vec<T>,
    complete: bool,
    /// Whether the cell is `none` alone.
    none: bool,
}

impl<T: Ord> Items<T> {
    fn read(
        cell: &str,
        faults: &mut Vec<CellFault>,
        unknown: Code,
        find: impl Fn(&str) -> Option<T>,
    ) -> Items<T> {
        // Each item once, as it is compared and as it is written.
        let mut seen = HashSet::new();
        let written = split_list(cell);
        let words: Vec<(String, &str)> = written
            .map(|item| (folded(item), item))
            .filter(|(word, _)| seen.insert(word.clone()))
            .collect();
        let alone = |wanted: &str| matches!(words.as_slice(), [(word, _)] if word == wanted);
        let mut items = Items {
            known: Vec::new(),
            complete: true,
            // A choice may have it as an ordinary word.
            none: ["none", "无"]
                .iter()
                .any(|none| alone(none) && find(none).is_none()),
        };
        if items.none || alone("unknown") {
            return items;
        }
        for (word, written) in &words {
            let reserved = ["none", "all", "unknown"].contains(&word.as_str()) && words.len() > 1;
            match find(written).filter(|_| !reserved) {
                Some(item) => items.known.push(item),
                None => {
                    items.complete = false;
                    let code = if reserved { Code::WordInList } else { unknown };
                    faults.push((code, (*written).to_owned()));
                }
            }
        }
        items.known.sort_unstable();
        items.known.dedup();
        items
    }
}

impl Items<u16> {
    fn into_words(self, single: bool, cell: &str, faults: &mut Vec<CellFault>) -> Value {
        match (self.known.len(), self.complete) {
            (0, true) if !self.none => Value::Blank,
            _ if !single => Value::Items {
                known: self.known.into(),
                complete: self.complete,
            },
            (1, true) => Value::Items {
                known: self.known.into(),
                complete: true,
            },
            // `none` is the empty list, and a choice is no list.
            (0, true) => unreadable(Code::UnknownValue, cell, faults),
            (_, true) => unreadable(Code::SeveralValues, cell, faults),
            (_, false) => Value::Unreadable,
        }
    }
}

/// The items of a list that are not blank.
pub(super) fn split_list(cell: &str) -> impl Iterator<Item = &str> {
    let items = cell.split([';', '|', '；', '｜']).map(str::trim);
    items.filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests;
