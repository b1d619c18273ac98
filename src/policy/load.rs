//! From the text of a pack to a [`Policy`]: the tree is walked whole, and every fault on the way is recorded.
//!
//! Parts that could not be read are replaced by defaults so that reading goes on; a pack with any fault never leaves here
//! as a policy, so no default is ever seen.

mod conditions;
mod facts;
mod faults;
mod instruments;
mod letter;
mod node;
mod obligations;
mod screening;
mod stakes;
mod steps;
mod vocabulary;

use std::collections::HashMap;

use toml::de::DeTable;

use super::{
    FactId, Instrument, Kind, Origin, Policy, PolicyFaultCode as Code, PolicyFaults, Subject,
};
use crate::digest;
use crate::lang::{Text, both};
use conditions::TestTable;
use facts::DeclaredFact;
use faults::Faults;
use node::{Node, Table, Word, check_name};

impl Policy {
    /// Reads a pack from its TOML `source`; `name` is what its faults call the file.
    ///
    /// Fails with every fault of the pack, not only the first.
    pub fn parse(source: &str, name: &str) -> Result<Policy, PolicyFaults> {
        let mut loader = Loader::default();
        // The recovering parser lets a file show all its faults of syntax at once; what it recovers is not looked at,
        // because a tree with holes would only bring faults that are none.
        let (root, errors) = DeTable::parse_recoverable(source);
        let policy = if errors.is_empty() {
            loader.policy(Table::root(&root), source)
        } else {
            errors.iter().for_each(|error| loader.faults.syntax(error));
            None
        };
        match policy {
            Some(policy) if loader.faults.is_empty() => Ok(policy),
            _ => Err(PolicyFaults::new(name, source, loader.faults.into_found())),
        }
    }
}

/// What is known while a pack is read.
#[derive(Default)]
struct Loader<'a> {
    faults: Faults,
    facts: Vec<DeclaredFact>,
    fact_positions: HashMap<&'a str, u16>,
    instruments: Vec<Instrument>,
    instrument_positions: HashMap<&'a str, u16>,
    tests: TestTable,
}

/// The `[pack]` table.
struct Header {
    id: String,
    version: String,
    title: Text,
    notice: Option<Text>,
}

impl<'a> Loader<'a> {
    /// The policy, or none where a fault left a part of it unread.
    fn policy(&mut self, root: Table<'a>, source: &str) -> Option<Policy> {
        root.keys(
            &[
                "pack",
                "origin",
                "fact",
                "instrument",
                "obligation",
                "ownership",
                "stake",
                "screening",
                "letter",
            ],
            &mut self.faults,
        );
        let header = root
            .require("pack", &mut self.faults)
            .and_then(|node| self.header(node));
        self.read_facts(root.get("fact"));
        self.read_instruments(root.get("instrument"));
        let origin = root
            .require("origin", &mut self.faults)
            .and_then(|node| self.origin(node));
        let obligations = root
            .get("obligation")
            .map(|node| self.obligations(node))
            .unwrap_or_default();
        let stakes = root
            .get("stake")
            .map(|node| self.stakes(node, &obligations))
            .unwrap_or_default();
        let ownership_question = root
            .get("ownership")
            .and_then(|node| self.ownership_question(node));
        let screening = root.get("screening");
        let screening = screening.and_then(|node| self.screening(node, origin.as_ref()));
        let letter = root.get("letter").map(|node| self.letter(node));
        let header = header?;
        let facts = std::mem::take(&mut self.facts);
        Some(Policy {
            id: header.id,
            version: header.version,
            title: header.title,
            notice: header.notice,
            digest: digest::sha256(source.as_bytes()),
            origin: origin?,
            ownership_question,
            facts: facts.into_iter().map(|declared| declared.fact).collect(),
            tests: std::mem::take(&mut self.tests).into_tests(),
            instruments: std::mem::take(&mut self.instruments),
            obligations,
            stakes,
            screening,
            letter: letter.unwrap_or_default(),
        })
    }

    fn header(&mut self, node: Node<'a>) -> Option<Header> {
        let faults = &mut self.faults;
        let table = node.table(faults)?;
        table.keys(&["id", "version", "title", "notice"], faults);
        let id = table
            .require("id", faults)
            .and_then(|node| node.string(faults));
        if let Some(id) = id {
            check_name(id, faults);
        }
        let version = table
            .require("version", faults)
            .and_then(|node| node.filled(faults));
        let title = table
            .require("title", faults)
            .and_then(|node| node.text(faults));
        let notice = table.get("notice").and_then(|node| node.text(faults));
        Some(Header {
            id: id?.text.to_owned(),
            version: version?.text.to_owned(),
            title: title?,
            notice,
        })
    }

    fn ownership_question(&mut self, node: Node<'a>) -> Option<Text> {
        let table = node.table(&mut self.faults)?;
        table.keys(&["question"], &mut self.faults);
        let question = table.require("question", &mut self.faults)?;
        facts::question(question, &["party", "owner"], &mut self.faults)
    }

    fn origin(&mut self, node: Node<'a>) -> Option<Origin> {
        let table = node.table(&mut self.faults)?;
        table.keys(&["fact", "applies", "conditional"], &mut self.faults);
        let name = table
            .require("fact", &mut self.faults)
            .and_then(|node| node.string(&mut self.faults));
        let applies = table
            .require("applies", &mut self.faults)
            .map(|node| node.strings(&mut self.faults));
        let conditional = table
            .get("conditional")
            .map(|node| node.strings(&mut self.faults))
            .unwrap_or_default();
        let applies = applies.unwrap_or_default();
        for word in conditional
            .iter()
            .filter(|word| applies.iter().any(|other| other.text == word.text))
        {
            let message = both!(
                "`{}` cannot both make an operator and only a potential one",
                "“{}”不能既表示运营者，又只表示可能的运营者",
                word.text
            );
            self.faults.push(Code::OriginOverlap, word.place, message);
        }

        let fact = self.fact_named(name?)?;
        let declared = &self.facts[usize::from(fact.0)];
        let of_another = declared
            .subject
            .is_some_and(|subject| subject != Subject::Party);
        if of_another || declared.kind.is_some_and(|kind| kind != Kind::Choice) {
            let message = both!(
                "`{}` is not a choice of a party, so it cannot be the origin",
                "“{}”不是主体的单选项，不能作为 origin",
                declared.fact.name
            );
            self.faults.push(Code::UnfitOrigin, name?.place, message);
            return None;
        }
        Some(Origin {
            fact,
            applies: self.values_of(fact, &applies),
            conditional: self.values_of(fact, &conditional),
        })
    }

    /// Positions in the fact's vocabulary, in its order, each once.
    fn values_of(&mut self, fact: FactId, words: &[Word<'_>]) -> Vec<u16> {
        let declared = &self.facts[usize::from(fact.0)];
        let mut positions = Vec::new();
        for word in words {
            match declared.value_position(word.text) {
                Some(position) => positions.push(position),
                // Without a vocabulary the fault lies in the fact, where it is told.
                None if declared.fact.values.is_empty() => {}
                None => {
                    let message = both!(
                        "`{}` is not a value of the fact `{}`",
                        "“{}”不是事实“{}”的可选值",
                        word.text,
                        declared.fact.name
                    );
                    let values = declared.fact.values.iter().map(|value| value.word.as_str());
                    self.faults.push_unlisted(
                        Code::UnknownValue,
                        word.place,
                        message,
                        word.text,
                        values,
                    );
                }
            }
        }
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    /// The fact that `name` means; a fault where none is declared.
    fn fact_named(&mut self, name: Word<'_>) -> Option<FactId> {
        let position = self.fact_positions.get(name.text).copied();
        if position.is_none() {
            let message = both!(
                "the pack declares no fact `{}`",
                "规则包没有声明事实“{}”",
                name.text
            );
            let names = self
                .facts
                .iter()
                .map(|declared| declared.fact.name.as_str());
            self.faults
                .push_unlisted(Code::UnknownFact, name.place, message, name.text, names);
        }
        position.map(FactId)
    }
}
