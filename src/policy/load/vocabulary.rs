//! The words of a fact: its values with their labels, synonyms and authorities.

use std::collections::HashMap;

use super::faults::Faults;
use super::node::{Entry, Node, Table, Word};
use crate::country::Country;
use crate::lang::{Text, both};
use crate::policy::{Authority, Checked, Fact, FactValue, Kind, PolicyFaultCode as Code};

/// How far a statement was checked, as packs write it.
const CHECKED: [(&str, Checked); 3] = [
    ("official", Checked::Official),
    ("secondary", Checked::Secondary),
    ("none", Checked::None),
];

/// Reads the keys that depend on the fact's type.
pub(super) fn read_vocabulary(fact: &mut Fact, kind: Kind, table: Table<'_>, faults: &mut Faults) {
    let worded = matches!(kind, Kind::Set | Kind::Choice);
    for key in ["values", "labels", "authorities", "synonyms"] {
        let fits = worded || (key == "synonyms" && kind == Kind::Countries);
        if !fits && table.get(key).is_some() {
            let message = both!(
                "a fact of this type has no `{key}`",
                "这种类型的事实没有“{key}”"
            );
            faults.push(Code::UnfittingKey, table.place_of(key), message);
        }
    }
    if worded {
        if let Some(node) = table.require("values", faults) {
            fact.values = values(node, faults);
        }
        if let Some(node) = table.get("labels") {
            labels(&mut fact.values, node, faults);
        }
        if let Some(node) = table.get("synonyms") {
            synonyms(&mut fact.values, kind, node, faults);
        }
        if let Some(node) = table.get("authorities") {
            authorities(&mut fact.values, node, faults);
        }
    } else if let (Kind::Countries, Some(node)) = (kind, table.get("synonyms")) {
        fact.country_synonyms = country_synonyms(node, faults);
    }
}

fn values(node: Node<'_>, faults: &mut Faults) -> Vec<FactValue> {
    if node.value.as_array().is_some_and(|items| items.is_empty()) {
        faults.push(
            Code::EmptyList,
            node.place,
            both!(
                "a fact of this type needs values",
                "这种类型的事实需要可选值"
            ),
        );
    }
    let mut seen = HashMap::new();
    let mut values = Vec::new();
    for word in node.strings(faults) {
        let lower = word.text.to_lowercase();
        if matches!(lower.as_str(), "all" | "none" | "unknown") {
            let message = both!(
                "a value cannot be called `{}`: cells use that word for something else",
                "可选值不能叫“{}”：单元格中该词另有含义",
                word.text
            );
            faults.push(Code::ReservedValue, word.place, message);
        }
        if let Some(earlier) = seen.insert(lower, word.text) {
            let message = both!(
                "the value `{}` stands here already, as `{earlier}`; case does not matter",
                "可选值“{}”已经存在（“{earlier}”）；不区分大小写",
                word.text
            );
            faults.push(Code::DuplicateValue, word.place, message);
            continue;
        }
        values.push(FactValue {
            word: word.text.to_owned(),
            label: None,
            synonyms: Vec::new(),
            authority: None,
        });
    }
    if values.len() > usize::from(u16::MAX) {
        faults.push(
            Code::TooMany,
            node.place,
            both!(
                "a fact has at most 65535 values",
                "一个事实最多有 65535 个可选值"
            ),
        );
    }
    values
}

/// The value that `key` names; a fault where none is called so.
fn value_named<'v>(
    values: &'v mut [FactValue],
    key: Word<'_>,
    faults: &mut Faults,
) -> Option<&'v mut FactValue> {
    match values.iter().position(|value| value.word == key.text) {
        Some(position) => Some(&mut values[position]),
        None => {
            // Without any value the fault lies in the vocabulary, where it is told.
            if !values.is_empty() {
                let message = both!(
                    "`{}` is not a value of this fact",
                    "“{}”不是该事实的可选值",
                    key.text
                );
                let words = values.iter().map(|value| value.word.as_str());
                faults.push_unlisted(Code::UnknownValue, key.place, message, key.text, words);
            }
            None
        }
    }
}

fn labels(values: &mut [FactValue], node: Node<'_>, faults: &mut Faults) {
    let Some(table) = node.table(faults) else {
        return;
    };
    table.keys(&["en", "zh"], faults);
    for lang in ["en", "zh"] {
        let Some(words) = table.get(lang).and_then(|node| node.table(faults)) else {
            continue;
        };
        for Entry { key, node } in words.entries() {
            let text = node.filled(faults);
            let (Some(value), Some(text)) = (value_named(values, key, faults), text) else {
                continue;
            };
            let label = value.label.get_or_insert_with(|| Text {
                en: value.word.clone(),
                zh: None,
            });
            match lang {
                "en" => label.en = text.text.to_owned(),
                _ => label.zh = Some(text.text.to_owned()),
            }
        }
    }
}

fn synonyms(values: &mut [FactValue], kind: Kind, node: Node<'_>, faults: &mut Faults) {
    let Some(table) = node.table(faults) else {
        return;
    };
    let mut meanings = Meanings::default();
    for value in values.iter() {
        meanings
            .0
            .insert(value.word.to_lowercase(), value.word.clone());
    }
    for Entry { key, node } in table.entries() {
        let words = node.strings(faults);
        let Some(value) = value_named(values, key, faults) else {
            continue;
        };
        for word in &words {
            check_synonym(*word, kind, faults);
            meanings.claim(*word, key.text, faults);
        }
        value.synonyms = owned(&words);
    }
}

fn country_synonyms(node: Node<'_>, faults: &mut Faults) -> Vec<(String, Country)> {
    let Some(table) = node.table(faults) else {
        return Vec::new();
    };
    let mut meanings = Meanings::default();
    for country in Country::all() {
        meanings
            .0
            .insert(country.to_string().to_lowercase(), country.to_string());
    }
    let mut synonyms = Vec::new();
    for Entry { key, node } in table.entries() {
        let words = node.strings(faults);
        let Some(country) = country(key, faults) else {
            continue;
        };
        for word in words {
            check_synonym(word, Kind::Countries, faults);
            meanings.claim(word, key.text, faults);
            synonyms.push((word.text.to_owned(), country));
        }
    }
    synonyms
}

/// Words in lower case with the value that each means.
#[derive(Default)]
struct Meanings(HashMap<String, String>);

impl Meanings {
    fn claim(&mut self, word: Word<'_>, value: &str, faults: &mut Faults) {
        let earlier = self
            .0
            .entry(word.text.to_lowercase())
            .or_insert_with(|| value.to_owned());
        if earlier != value {
            let message = both!(
                "`{}` cannot mean `{value}`, since it already means `{earlier}`",
                "“{}”不能表示“{value}”，因为它已表示“{earlier}”",
                word.text
            );
            faults.push(Code::AmbiguousSynonym, word.place, message);
        }
    }
}

/// A synonym must not be a word that cells of this type already use.
fn check_synonym(word: Word<'_>, kind: Kind, faults: &mut Faults) {
    let lower = word.text.to_lowercase();
    let listed = matches!(lower.as_str(), "all" | "none") && kind != Kind::Choice;
    if lower == "unknown" || listed {
        let message = both!(
            "`{}` cannot be a synonym: cells use that word for something else",
            "“{}”不能作为同义词：单元格中该词另有含义",
            word.text
        );
        faults.push(Code::ReservedValue, word.place, message);
    }
}

/// The country of a code; a fault where the code is not assigned.
pub(super) fn country(code: Word<'_>, faults: &mut Faults) -> Option<Country> {
    let country = Country::from_code(code.text);
    if country.is_none() {
        let message = both!(
            "`{}` is not an assigned country code",
            "“{}”不是已分配的国家或地区代码",
            code.text
        );
        let help = match Country::from_word(code.text) {
            Some(meant) => both!("did you mean `{meant}`?", "是否为“{meant}”？"),
            None => both!(
                "use upper-case ISO 3166-1 alpha-2 codes, such as `CN`",
                "请使用大写的 ISO 3166-1 两字母代码，如 CN"
            ),
        };
        faults.push_with_help(Code::UnknownCountry, code.place, message, help);
    }
    country
}

fn authorities(values: &mut [FactValue], node: Node<'_>, faults: &mut Faults) {
    let Some(table) = node.table(faults) else {
        return;
    };
    for Entry { key, node } in table.entries() {
        let authority = authority(node, faults);
        if let Some(value) = value_named(values, key, faults) {
            value.authority = authority;
        }
    }
}

fn authority(node: Node<'_>, faults: &mut Faults) -> Option<Authority> {
    let table = node.table(faults)?;
    table.keys(&["title", "checked", "source"], faults);
    let title = table
        .require("title", faults)
        .and_then(|node| node.text(faults));
    let (checked, source) = provenance(table, faults);
    Some(Authority {
        title: title?,
        checked,
        source,
    })
}

/// How far a statement was checked, and where it was found.
pub(super) fn provenance(table: Table<'_>, faults: &mut Faults) -> (Checked, Option<String>) {
    let checked = table
        .get("checked")
        .and_then(|node| node.word(&CHECKED, faults))
        .unwrap_or(Checked::None);
    let source = table.get("source");
    if checked == Checked::Secondary && source.is_none() {
        let message = both!(
            "a statement from a secondary source must name it in `source`",
            "来自二手来源的说明必须在 source 中写明来源"
        );
        let place = table.get("checked").map_or(table.place, |node| node.place);
        faults.push(Code::MissingSource, place, message);
    }
    (
        checked,
        source
            .and_then(|node| node.filled(faults))
            .map(|word| word.text.to_owned()),
    )
}

pub(super) fn owned(words: &[Word<'_>]) -> Vec<String> {
    words.iter().map(|word| word.text.to_owned()).collect()
}
