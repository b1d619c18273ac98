//! A TOML value with its place, read so that whatever does not fit becomes a fault and reading goes on.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::faults::{Faults, Place};
use crate::lang::{Text, both, say};
use crate::policy::PolicyFaultCode as Code;

/// A value with its place.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    pub(super) value: &'a DeValue<'a>,
    pub(super) place: Place,
}

/// A string with its place.
#[derive(Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) place: Place,
}

/// A key of a table with its value.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) key: Word<'a>,
    pub(super) node: Node<'a>,
}

/// A table with its place.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    entries: &'a DeTable<'a>,
    pub(super) place: Place,
}

impl<'a> Node<'a> {
    fn new(value: &'a Spanned<DeValue<'a>>) -> Self {
        Node {
            value: value.get_ref(),
            place: Place::of(value),
        }
    }

    fn wrong_type<T>(self, expected: Text, faults: &mut Faults) -> Option<T> {
        let found = match self.value {
            DeValue::String(_) => both!("a string", "字符串"),
            DeValue::Integer(_) => both!("an integer", "整数"),
            DeValue::Float(_) => both!("a float", "浮点数"),
            DeValue::Boolean(_) => both!("a boolean", "布尔值"),
            DeValue::Datetime(_) => both!("a date or time", "日期或时间"),
            DeValue::Array(_) => both!("a list", "列表"),
            DeValue::Table(_) => both!("a table", "表"),
        };
        let message = |lang| {
            let (expected, found) = (expected.get(lang), found.get(lang));
            say!(
                lang,
                "{expected} is due here, and this is {found}",
                "此处应为{expected}，而不是{found}"
            )
        };
        faults.push(Code::WrongType, self.place, Text::said(message));
        None
    }

    pub(super) fn table(self, faults: &mut Faults) -> Option<Table<'a>> {
        match self.value.as_table() {
            Some(entries) => Some(Table {
                entries,
                place: self.place,
            }),
            None => self.wrong_type(both!("a table", "表"), faults),
        }
    }

    /// The items of a list; none where this is no list.
    pub(super) fn list(self, faults: &mut Faults) -> Vec<Node<'a>> {
        match self.value.as_array() {
            Some(items) => items.iter().map(Node::new).collect(),
            None => self
                .wrong_type(both!("a list", "列表"), faults)
                .unwrap_or_default(),
        }
    }

    /// Any string.
    pub(super) fn string(self, faults: &mut Faults) -> Option<Word<'a>> {
        match self.value.as_str() {
            Some(text) => Some(Word {
                text,
                place: self.place,
            }),
            None => self.wrong_type(both!("a string", "字符串"), faults),
        }
    }

    /// A string with something in it.
    pub(super) fn filled(self, faults: &mut Faults) -> Option<Word<'a>> {
        let word = self.string(faults)?;
        if word.text.trim().is_empty() {
            faults.push(
                Code::EmptyText,
                self.place,
                both!("a text here must say something", "此处的文本不能为空"),
            );
            return None;
        }
        Some(word)
    }

    /// A list of strings with something in each.
    pub(super) fn strings(self, faults: &mut Faults) -> Vec<Word<'a>> {
        self.list(faults)
            .into_iter()
            .filter_map(|item| item.filled(faults))
            .collect()
    }

    pub(super) fn boolean(self, faults: &mut Faults) -> Option<bool> {
        match self.value.as_bool() {
            Some(value) => Some(value),
            None => self.wrong_type(both!("`true` or `false`", " true 或 false "), faults),
        }
    }

    /// A whole number from 1 to `most`.
    pub(super) fn count(self, most: u32, faults: &mut Faults) -> Option<u32> {
        let Some(integer) = self.value.as_integer() else {
            return self.wrong_type(both!("an integer", "整数"), faults);
        };
        let number = u32::from_str_radix(integer.as_str(), integer.radix());
        match number {
            Ok(number) if (1..=most).contains(&number) => Some(number),
            _ => {
                let message = match number {
                    Ok(0) | Err(_) => both!(
                        "a whole number of at least 1 is due here",
                        "此处应为不小于 1 的整数"
                    ),
                    Ok(_) => both!(
                        "a number of at most {most} is due here",
                        "此处的数不能大于 {most}"
                    ),
                };
                faults.push(Code::OutOfRange, self.place, message);
                None
            }
        }
    }

    /// A finite number; none, without a fault, where this is something else.
    pub(super) fn number(self) -> Option<f64> {
        let number = match self.value {
            DeValue::Integer(integer) => {
                i64::from_str_radix(integer.as_str(), integer.radix()).ok()? as f64
            }
            DeValue::Float(float) => float.as_str().parse().ok()?,
            _ => return None,
        };
        number.is_finite().then_some(number)
    }

    pub(super) fn date(self, faults: &mut Faults) -> Option<Date> {
        let date = match self.value {
            DeValue::Datetime(toml::value::Datetime {
                date: Some(date),
                time: None,
                offset: None,
            }) => civil(*date),
            _ => None,
        };
        date.or_else(|| {
            self.wrong_type(
                both!(
                    "a date such as 2026-01-01, without quotes or time,",
                    "不带引号和时间的日期（如 2026-01-01）"
                ),
                faults,
            )
        })
    }

    /// One of a fixed list of words.
    pub(super) fn word<T: Copy>(self, words: &[(&str, T)], faults: &mut Faults) -> Option<T> {
        let Word { text, place } = self.string(faults)?;
        let meaning = words
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, meaning)| *meaning);
        if meaning.is_none() {
            let list = words.iter().map(|(word, _)| *word);
            faults.push_unlisted(
                Code::UnknownWord,
                place,
                both!("`{text}` means nothing here", "“{text}”在此处没有意义"),
                text,
                list,
            );
        }
        meaning
    }

    /// A text in both languages, or a string where they share it.
    pub(super) fn name(self, faults: &mut Faults) -> Option<Text> {
        if self.value.is_table() {
            return self.text(faults);
        }
        let word = self.filled(faults)?;
        Some(Text {
            en: word.text.to_owned(),
            zh: None,
        })
    }

    /// A text in both languages: `{ en, zh }`, where `zh` may be left out.
    pub(super) fn text(self, faults: &mut Faults) -> Option<Text> {
        self.text_with(&[], faults)
    }

    /// A text beside which other keys may stand.
    pub(super) fn text_with(self, others: &[&str], faults: &mut Faults) -> Option<Text> {
        let table = self.table(faults)?;
        table.keys(&[&["en", "zh"], others].concat(), faults);
        let en = table
            .require("en", faults)
            .and_then(|node| node.filled(faults));
        let zh = table.get("zh").and_then(|node| node.filled(faults));
        Some(Text {
            en: en?.text.to_owned(),
            zh: zh.map(|zh| zh.text.to_owned()),
        })
    }
}

impl<'a> Table<'a> {
    pub(super) fn root(root: &'a Spanned<DeTable<'a>>) -> Self {
        Table {
            entries: root.get_ref(),
            place: Place::of(root),
        }
    }

    /// The entries, in the order of the source.
    pub(super) fn entries(self) -> Vec<Entry<'a>> {
        let mut entries: Vec<Entry<'a>> = self
            .entries
            .iter()
            .map(|(key, value)| Entry {
                key: Word {
                    text: key.get_ref(),
                    place: Place::of(key),
                },
                node: Node::new(value),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key.place.start);
        entries
    }

    /// Faults every key that is not in `known`.
    pub(super) fn keys(self, known: &[&str], faults: &mut Faults) {
        for Entry { key, .. } in self.entries() {
            if !known.contains(&key.text) {
                let message = both!("there is no key `{}` here", "此处没有键“{}”", key.text);
                faults.push_unlisted(
                    Code::UnknownKey,
                    key.place,
                    message,
                    key.text,
                    known.iter().copied(),
                );
            }
        }
    }

    pub(super) fn get(self, key: &str) -> Option<Node<'a>> {
        self.entries.get(key).map(Node::new)
    }

    /// The place of a key that is there, else of the table.
    pub(super) fn place_of(self, key: &str) -> Place {
        self.entries
            .get_key_value(key)
            .map_or(self.place, |(key, _)| Place::of(key))
    }

    /// The value of a key that has to be there.
    pub(super) fn require(self, key: &str, faults: &mut Faults) -> Option<Node<'a>> {
        let node = self.get(key);
        if node.is_none() {
            faults.push(
                Code::MissingKey,
                self.place,
                both!("the key `{key}` is missing", "缺少键“{key}”"),
            );
        }
        node
    }
}

/// A whole id: lower-case letters, digits, hyphens and underscores.
pub(super) fn check_name(word: Word<'_>, faults: &mut Faults) {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if word.text.is_empty() || !word.text.chars().all(fits) {
        let message = both!("`{}` is not an id", "“{}”不能作为标识", word.text);
        let help = both!(
            "ids consist of lower-case letters, digits, hyphens and underscores",
            "标识只能由小写字母、数字、连字符和下划线组成"
        );
        faults.push_with_help(Code::InvalidName, word.place, message, help);
    }
}

fn civil(date: toml::value::Date) -> Option<Date> {
    let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
    Date::new(i16::try_from(date.year).ok()?, month, day).ok()
}
