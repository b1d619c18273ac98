//! The `[fact.…]` tables: what a register may state, and in which words.

use std::collections::HashMap;

use super::Loader;
use super::node::{Entry, Faults, Node, Place, Table, Word, check_name};
use crate::country::Country;
use crate::policy::{
    AskedOf, Authority, Checked, Fact, FactValue, Kind, PolicyFaultCode as Code, Subject,
};

/// Columns that every register has, and words that conditions use: no fact may be called so.
const RESERVED_NAMES: [&str; 25] = [
    "id",
    "name",
    "local_name",
    "owner",
    "customer",
    "supplier",
    "supports",
    "contract",
    "criticality",
    "amount",
    "currency",
    "starts",
    "ends",
    "relationship",
    "document",
    "party",
    "obligation",
    "shows",
    "issued",
    "expires",
    "status",
    "reason",
    "all",
    "any",
    "not",
];

const SUBJECTS: [(&str, Subject); 2] = [
    ("party", Subject::Party),
    ("relationship", Subject::Relationship),
];

const KINDS: [(&str, Kind); 7] = [
    ("set", Kind::Set),
    ("choice", Kind::Choice),
    ("yes-no", Kind::YesNo),
    ("countries", Kind::Countries),
    ("number", Kind::Number),
    ("text", Kind::Text),
    ("date", Kind::Date),
];

const ASKED_OF: [(&str, AskedOf); 4] = [
    ("supplier", AskedOf::Supplier),
    ("customer", AskedOf::Customer),
    ("operator", AskedOf::Operator),
    ("us", AskedOf::Us),
];

/// How far a statement was checked, as packs write it.
pub(super) const CHECKED: [(&str, Checked); 3] = [
    ("official", Checked::Official),
    ("secondary", Checked::Secondary),
    ("none", Checked::None),
];

/// What a question may leave to be filled in.
const PLACEHOLDERS: [&str; 5] = ["customer", "supplier", "relationship", "party", "operator"];

/// A fact as declared; where its subject or type could not be read, rules about it raise no further faults.
pub(super) struct DeclaredFact {
    pub(super) fact: Fact,
    pub(super) subject: Option<Subject>,
    pub(super) kind: Option<Kind>,
}

impl DeclaredFact {
    pub(super) fn value_position(&self, word: &str) -> Option<u16> {
        self.fact
            .values
            .iter()
            .zip(0..)
            .find(|(value, _)| value.word == word)
            .map(|(_, position)| position)
    }
}

impl<'a> Loader<'a> {
    pub(super) fn read_facts(&mut self, node: Option<Node<'a>>) {
        let Some(table) = node.and_then(|node| node.table(&mut self.faults)) else {
            return;
        };
        for (Entry { key, node }, position) in table.entries().into_iter().zip(0..=u16::MAX) {
            check_name(key, "the name of a fact", &mut self.faults);
            let column = key.text.to_lowercase().replace([' ', '-'], "_");
            if RESERVED_NAMES.contains(&column.as_str()) {
                let message = format!(
                    "a fact cannot be called `{}`: registers or conditions use that name",
                    key.text
                );
                self.faults.push(Code::ReservedName, key.place, message);
            }
            let declared = read_fact(key, node, &mut self.faults);
            self.fact_positions.insert(key.text, position);
            self.facts.push(declared);
        }
        if table.entries().len() > self.facts.len() {
            self.faults.push(
                Code::TooMany,
                table.place,
                "a pack has at most 65536 facts".to_owned(),
            );
        }
    }
}

fn read_fact(name: Word<'_>, node: Node<'_>, faults: &mut Faults) -> DeclaredFact {
    let mut fact = Fact {
        name: name.text.to_owned(),
        subject: Subject::Party,
        kind: Kind::Text,
        title: None,
        headings: Vec::new(),
        values: Vec::new(),
        country_synonyms: Vec::new(),
        question: None,
        asked_of: None,
    };
    let Some(table) = node.table(faults) else {
        return DeclaredFact {
            fact,
            subject: None,
            kind: None,
        };
    };
    table.keys(
        &[
            "of",
            "type",
            "title",
            "headings",
            "values",
            "labels",
            "synonyms",
            "authorities",
            "question",
            "asked_of",
        ],
        faults,
    );
    let subject = table
        .require("of", faults)
        .and_then(|node| node.word(&SUBJECTS, faults));
    let kind = table
        .require("type", faults)
        .and_then(|node| node.word(&KINDS, faults));
    fact.subject = subject.unwrap_or(Subject::Party);
    fact.kind = kind.unwrap_or(Kind::Text);
    fact.title = table.get("title").and_then(|node| node.text(faults));
    fact.headings = owned(
        &table
            .get("headings")
            .map(|node| node.strings(faults))
            .unwrap_or_default(),
    );
    fact.question = table
        .get("question")
        .and_then(|node| question(node, faults));
    fact.asked_of = table
        .get("asked_of")
        .and_then(|node| node.word(&ASKED_OF, faults));
    if let Some(kind) = kind {
        read_vocabulary(&mut fact, kind, table, faults);
    }
    DeclaredFact {
        fact,
        subject,
        kind,
    }
}

/// Reads the keys that depend on the fact's type.
fn read_vocabulary(fact: &mut Fact, kind: Kind, table: Table<'_>, faults: &mut Faults) {
    let worded = matches!(kind, Kind::Set | Kind::Choice);
    for key in ["values", "labels", "authorities", "synonyms"] {
        let fits = worded || (key == "synonyms" && kind == Kind::Countries);
        if !fits && table.get(key).is_some() {
            let message = format!("a fact of this type has no `{key}`");
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
            "a fact of this type needs values".to_owned(),
        );
    }
    let mut seen = HashMap::new();
    let mut values = Vec::new();
    for word in node.strings(faults) {
        let lower = word.text.to_lowercase();
        if matches!(lower.as_str(), "all" | "none" | "unknown") {
            let message = format!(
                "a value cannot be called `{}`: cells use that word for something else",
                word.text
            );
            faults.push(Code::ReservedValue, word.place, message);
        }
        if let Some(earlier) = seen.insert(lower, word.text) {
            let message = format!(
                "the value `{}` stands here already, as `{earlier}`; case does not matter",
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
            "a fact has at most 65535 values".to_owned(),
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
                let message = format!("`{}` is not a value of this fact", key.text);
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
            let label = value.label.get_or_insert_with(|| crate::lang::Text {
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
            let message = format!(
                "`{}` cannot mean `{value}`, since it already means `{earlier}`",
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
        let message = format!(
            "`{}` cannot be a synonym: cells use that word for something else",
            word.text
        );
        faults.push(Code::ReservedValue, word.place, message);
    }
}

/// The country of a code; a fault where the code is not assigned.
pub(super) fn country(code: Word<'_>, faults: &mut Faults) -> Option<Country> {
    let country = Country::from_code(code.text);
    if country.is_none() {
        let message = format!("`{}` is not an assigned country code", code.text);
        let help = match Country::from_word(code.text) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "use upper-case ISO 3166-1 alpha-2 codes, such as `CN`".to_owned(),
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
        let message = "a statement from a secondary source must name it in `source`".to_owned();
        let place: Place = table.get("checked").map_or(table.place, |node| node.place);
        faults.push(Code::MissingSource, place, message);
    }
    (
        checked,
        source
            .and_then(|node| node.filled(faults))
            .map(|word| word.text.to_owned()),
    )
}

fn question(node: Node<'_>, faults: &mut Faults) -> Option<crate::lang::Text> {
    let text = node.text(faults)?;
    let table = node.table(faults)?;
    for lang in ["en", "zh"] {
        if let Some(word) = table.get(lang).and_then(|node| node.string(faults)) {
            check_placeholders(word, faults);
        }
    }
    Some(text)
}

/// Faults whatever stands in braces and is no placeholder, and braces that do not pair.
fn check_placeholders(word: Word<'_>, faults: &mut Faults) {
    let mut rest = word.text;
    while let Some(at) = rest.find(['{', '}']) {
        let inside = rest[at..]
            .strip_prefix('{')
            .and_then(|inside| inside.split_once('}'));
        match inside {
            Some((name, _)) if PLACEHOLDERS.contains(&name) => {}
            Some((name, _)) => {
                let message = format!("questions have no placeholder `{{{name}}}`");
                faults.push_unlisted(
                    Code::UnknownPlaceholder,
                    word.place,
                    message,
                    name,
                    PLACEHOLDERS.into_iter(),
                );
            }
            None => {
                let message = "a brace stands alone, and nothing can be filled in".to_owned();
                faults.push(Code::UnknownPlaceholder, word.place, message);
            }
        }
        rest = inside.map_or(&rest[at + 1..], |(_, after)| after);
    }
}

fn owned(words: &[Word<'_>]) -> Vec<String> {
    words.iter().map(|word| word.text.to_owned()).collect()
}
