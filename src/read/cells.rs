//! What the text of a cell says, by the kind of its column.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use crate::country::Country;
use crate::diagnostic::{Code, Fault, FileId};
use crate::policy::{Fact, Kind};
use crate::register::Value;

/// How a column's cells are read.
#[derive(Debug)]
pub(super) enum Reads {
    /// Words of a vocabulary.
    Words {
        /// Every value and synonym, lower-cased, with the value's position.
        words: HashMap<String, u16>,
        /// The values, for diagnostics.
        valid: Vec<String>,
        /// Whether one value is asked.
        single: bool,
    },
    /// Yes or no.
    YesNo,
    /// Countries, with words beyond the built-in names, lower-cased.
    Countries(HashMap<String, Country>),
    /// A plain decimal number.
    Number {
        /// Whether it is written 7.160,69.
        decimal_comma: bool,
    },
    /// A date.
    Date {
        /// Its strftime format; without it, YYYY-MM-DD.
        format: Option<String>,
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
                    all.map(move |word| (word.to_lowercase(), position))
                });
                Reads::Words {
                    words: words.collect(),
                    valid: fact.values.iter().map(|value| value.word.clone()).collect(),
                    single: fact.kind == Kind::Choice,
                }
            }
            Kind::YesNo => Reads::YesNo,
            Kind::Countries => {
                let synonyms = fact.country_synonyms.iter();
                Reads::Countries(
                    synonyms
                        .map(|(word, country)| (word.to_lowercase(), *country))
                        .collect(),
                )
            }
            Kind::Number => Reads::Number { decimal_comma },
            Kind::Date => Reads::Date {
                format: date_format.map(str::to_owned),
            },
            Kind::Text => Reads::Text,
        }
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
        let lower = cell.to_lowercase();
        if cell.is_empty() || lower == "unknown" {
            return Value::Blank;
        }
        match self {
            Reads::Words { words, single, .. } => {
                let items = Items::read(cell, faults, Code::UnknownValue, |word| {
                    words.get(word).copied()
                });
                items.into_words(*single, cell, faults)
            }
            Reads::Countries(synonyms) => {
                let find = |word: &str| {
                    synonyms
                        .get(word)
                        .copied()
                        .or_else(|| Country::from_word(word))
                };
                let items = Items::read(cell, faults, Code::BadCountry, find);
                match (items.known.is_empty(), items.complete) {
                    (true, true) if !items.none => Value::Blank,
                    (_, complete) => Value::Countries {
                        known: items.known.into(),
                        complete,
                    },
                }
            }
            Reads::YesNo => match lower.as_str() {
                "yes" | "true" | "y" | "1" | "是" => Value::Flag(true),
                "no" | "false" | "n" | "0" | "否" => Value::Flag(false),
                _ => unreadable(Code::BadYesNo, cell, faults),
            },
            Reads::Number { decimal_comma } => match number(cell, *decimal_comma) {
                Some(number) => Value::Number(number),
                None => unreadable(Code::BadNumber, cell, faults),
            },
            Reads::Date { format } => match date(cell, format.as_deref()) {
                Some(date) => Value::Date(date),
                None => unreadable(Code::BadDate, cell, faults),
            },
            Reads::Text => Value::Text(cell.into()),
        }
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
        let written = cell
            .split([';', '|'])
            .map(str::trim)
            .filter(|item| !item.is_empty());
        let words: Vec<(String, &str)> = written
            .map(|item| (item.to_lowercase(), item))
            .filter(|(word, _)| seen.insert(word.clone()))
            .collect();
        let alone = |wanted: &str| matches!(words.as_slice(), [(word, _)] if word == wanted);
        let mut items = Items {
            known: Vec::new(),
            complete: true,
            // A choice may have it as an ordinary word.
            none: alone("none") && find("none").is_none(),
        };
        if items.none || alone("unknown") {
            return items;
        }
        for (word, written) in &words {
            let reserved = ["none", "all", "unknown"].contains(&word.as_str()) && words.len() > 1;
            match find(word).filter(|_| !reserved) {
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

/// A plain decimal: digits with at most one point, perhaps signed; grouped by points where the comma is decimal.
fn number(cell: &str, decimal_comma: bool) -> Option<f64> {
    let plain = if decimal_comma {
        cell.replace('.', "").replace(',', ".")
    } else {
        cell.to_owned()
    };
    let digits = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
    let is_plain = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().filter(|&byte| byte == b'.').count() <= 1
        && digits.bytes().any(|byte| byte.is_ascii_digit());
    plain
        .parse()
        .ok()
        .filter(|number: &f64| is_plain && number.is_finite())
}

/// A date in a strftime format, or as YYYY-MM-DD and nothing else.
pub(super) fn date(cell: &str, format: Option<&str>) -> Option<Date> {
    match format {
        Some(format) => jiff::fmt::strtime::parse(format, cell).ok()?.to_date().ok(),
        None => {
            let digits = |range: std::ops::Range<usize>| {
                let part = cell.get(range)?;
                part.bytes()
                    .all(|byte| byte.is_ascii_digit())
                    .then(|| part.parse::<i16>().ok())
                    .flatten()
            };
            let is_shaped =
                cell.len() == 10 && cell.as_bytes()[4] == b'-' && cell.as_bytes()[7] == b'-';
            let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
            is_shaped
                .then(|| Date::new(year, month as i8, day as i8).ok())
                .flatten()
        }
    }
}

#[cfg(test)]
mod tests;
