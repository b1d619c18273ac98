//! A register in which everything is called otherwise, while its facts, dates and shape stay as they are.

use super::{Column, Ids, Parties, PartyId, Register, RelationshipId, Relationships, Texts};

/// What the words of a register become.
pub struct Wording<'w> {
    /// The id and the name of a party.
    pub party: &'w dyn Fn(PartyId) -> [String; 2],
    /// The id of a relationship that has one.
    pub relationship: &'w dyn Fn(RelationshipId) -> String,
    /// The reference of a contract.
    pub contract: &'w dyn Fn(&str) -> String,
    /// A currency.
    pub currency: &'w dyn Fn(&str) -> String,
    /// What a document is called.
    pub document: &'w dyn Fn(&str) -> String,
    /// A table by its position.
    pub table: &'w dyn Fn(usize, &str) -> String,
    /// Any other text that says something.
    pub other: &'w str,
}

impl Register {
    /// The register in other words; every party and relationship keeps its number and its place.
    pub fn reworded(mut self, words: &Wording) -> Register {
        self.parties.reword(words);
        self.relationships.reword(words);
        for evidence in &mut self.evidence {
            if !evidence.document.is_empty() {
                evidence.document = (words.document)(&evidence.document);
            }
            let others = [&mut evidence.owner, &mut evidence.reason];
            for text in others.into_iter().filter(|text| !text.is_empty()) {
                words.other.clone_into(text);
            }
        }
        self
    }
}

impl Parties {
    fn reword(&mut self, words: &Wording) {
        let (mut ids, mut names) = (Texts::default(), Texts::default());
        for party in self.iter() {
            let [id, name] = (words.party)(party);
            let is_named =
                !self.names.get(party.index()).is_empty() || self.local_name(party).is_some();
            ids.push(&id);
            names.push(if is_named { &name } else { "" });
        }
        self.ids = Ids::of(&ids);
        self.names = names;
        self.local_names = Column::default();
        hide_texts(&mut self.facts, words.other);
    }
}

impl Relationships {
    fn reword(&mut self, words: &Wording) {
        let mut ids = Texts::default();
        for relationship in self.iter() {
            match self.has_id(relationship) {
                true => ids.push(&(words.relationship)(relationship)),
                false => ids.push(""),
            }
        }
        self.ids = Ids::of(&ids);
        self.contract.rewrite(|text| Some((words.contract)(text)));
        self.currency.rewrite(|text| Some((words.currency)(text)));
        hide_texts(&mut self.facts, words.other);
        for (position, table) in self.tables.iter_mut().enumerate() {
            *table = (words.table)(position, table);
        }
    }
}

fn hide_texts(facts: &mut [Column], word: &str) {
    for column in facts {
        column.rewrite(|_| Some(word.to_owned()));
    }
}
