//! The `[fact.…]` tables: what a register may state, and in which words.

use std::collections::HashMap;

use super::Loader;
use super::faults::Faults;
use super::node::{Entry, Node, Table, Word, check_name};
use super::vocabulary::{owned, read_vocabulary};
use crate::lang::{Text, both};
use crate::policy::{AskedOf, Fact, Kind, PolicyFaultCode as Code, Subject};

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

const KEYS: [&str; 10] = [
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

pub(super) const ASKED_OF: [(&str, AskedOf); 4] = [
    ("supplier", AskedOf::Supplier),
    ("customer", AskedOf::Customer),
    ("operator", AskedOf::Operator),
    ("us", AskedOf::Us),
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
            check_name(key, &mut self.faults);
            if RESERVED_NAMES.contains(&column(key.text).as_str()) {
                let message = both!(
                    "a fact cannot be called `{}`: registers or conditions use that name",
                    "事实不能叫“{}”：台账或条件已使用该名称",
                    key.text
                );
                self.faults.push(Code::ReservedName, key.place, message);
            }
            let declared = read_fact(key, node, &mut self.faults);
            self.fact_positions.insert(key.text, position);
            self.facts.push(declared);
        }
        self.check_headings(table);
        if table.entries().len() > self.facts.len() {
            self.faults.push(
                Code::TooMany,
                table.place,
                both!(
                    "a pack has at most 65536 facts",
                    "一个规则包最多有 65536 个事实"
                ),
            );
        }
    }

    /// Faults headings that two facts of one subject would both be read from.
    fn check_headings(&mut self, table: Table<'a>) {
        let mut owners: HashMap<(Subject, String), &str> = HashMap::new();
        let facts: Vec<(Entry<'a>, Subject)> = table
            .entries()
            .into_iter()
            .zip(&self.facts)
            .filter_map(|(entry, declared)| Some((entry, declared.subject?)))
            .collect();
        let names = facts
            .iter()
            .map(|(entry, subject)| (entry.key, entry.key.text, *subject));
        let headings = facts.iter().flat_map(|(entry, subject)| {
            let words = headings(entry.node);
            words
                .into_iter()
                .map(|word| (word, entry.key.text, *subject))
        });
        for (word, fact, subject) in names.chain(headings) {
            let owner = *owners.entry((subject, column(word.text))).or_insert(fact);
            if owner != fact {
                let message = both!(
                    "a column `{}` would be read as the fact `{owner}` already",
                    "“{}”列已被读作事实“{owner}”",
                    word.text
                );
                self.faults
                    .push(Code::AmbiguousHeading, word.place, message);
            }
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
    table.keys(&KEYS, faults);
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
        .and_then(|node| question(node, &PLACEHOLDERS, faults));
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

/// The headings that a fact's table gives, whatever else is wrong with it.
fn headings<'a>(node: Node<'a>) -> Vec<Word<'a>> {
    // Faults of the list itself were told when the fact was read.
    let mut told = Faults::default();
    let list = node
        .table(&mut told)
        .and_then(|table| table.get("headings"));
    list.map(|list| list.strings(&mut told)).unwrap_or_default()
}

/// A heading as registers match it: case, spaces, hyphens and underscores do not matter.
fn column(heading: &str) -> String {
    heading.trim().to_lowercase().replace([' ', '-'], "_")
}

/// A question, of which some placeholders may be filled in.
pub(super) fn question(
    node: Node<'_>,
    placeholders: &[&'static str],
    faults: &mut Faults,
) -> Option<Text> {
    let text = node.text(faults)?;
    let table = node.table(faults)?;
    for lang in ["en", "zh"] {
        if let Some(word) = table.get(lang).and_then(|node| node.string(faults)) {
            check_placeholders(word, placeholders, faults);
        }
    }
    Some(text)
}

/// Faults whatever stands in braces and is no placeholder, and braces that do not pair.
fn check_placeholders(word: Word<'_>, placeholders: &[&'static str], faults: &mut Faults) {
    let mut rest = word.text;
    while let Some(at) = rest.find(['{', '}']) {
        let inside = rest[at..]
            .strip_prefix('{')
            .and_then(|inside| inside.split_once('}'));
        match inside {
            Some((name, _)) if placeholders.contains(&name) => {}
            Some((name, _)) => {
                let message = both!(
                    "questions have no placeholder `{{{name}}}`",
                    "问题中没有占位符“{{{name}}}”"
                );
                faults.push_unlisted(
                    Code::UnknownPlaceholder,
                    word.place,
                    message,
                    name,
                    placeholders.iter().copied(),
                );
            }
            None => {
                let message = both!(
                    "a brace stands alone, and nothing can be filled in",
                    "花括号没有成对，无法填入内容"
                );
                faults.push(Code::UnknownPlaceholder, word.place, message);
            }
        }
        rest = inside.map_or(&rest[at + 1..], |(_, after)| after);
    }
}
