//! What headings stand for: the words of `headings.toml`, and the headings that a policy's facts bring.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::keys::{beside, brackets, contains, is_telling, is_wide_word, key};
use crate::policy::{Fact, Policy, Subject};
use crate::read::mapping::Holds;
use crate::read::workbook::names;

/// `headings.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    parties: BTreeMap<String, Vec<String>>,
    relationships: BTreeMap<String, Vec<String>>,
    evidence: BTreeMap<String, Vec<String>>,
    ids: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    sides: Sides,
    ignored: Ignored,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sides {
    customer: Vec<String>,
    supplier: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ignored {
    suffixes: Vec<String>,
    units: Vec<String>,
    scales: Vec<String>,
    fillers: Vec<String>,
}

/// The customer or the supplier of a relationship.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Customer,
    Supplier,
}

impl Side {
    pub(super) const BOTH: [Side; 2] = [Side::Customer, Side::Supplier];

    /// The column that names the party.
    pub(super) fn column(self) -> &'static str {
        match self {
            Side::Customer => "customer",
            Side::Supplier => "supplier",
        }
    }

    pub(super) fn other(self) -> Side {
        match self {
            Side::Customer => Side::Supplier,
            Side::Supplier => Side::Customer,
        }
    }

    /// The column of a fact of this party.
    fn fact(self, fact: &str) -> String {
        format!("{}.{fact}", self.column())
    }
}

/// What a table is taken for: what it holds and, where its rows name one side only, which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) holds: Holds,
    pub(super) only: Option<Side>,
}

impl Taken {
    /// The columns of the table without which it cannot be read.
    pub(super) fn needed(self) -> impl Iterator<Item = &'static str> {
        let constant = self.only.map(|side| side.other().column());
        let needed = names::needed(self.holds).iter().copied();
        needed.filter(move |column| Some(*column) != constant)
    }
}

/// A column that a heading may stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) column: String,
    /// Whether nothing of the heading is left over.
    pub(super) is_whole: bool,
    /// Whether it does not say whose fact it is.
    pub(super) is_sideless: bool,
    /// Whether its cells are ids of parties and no names.
    pub(super) by_id: bool,
    /// The smaller, the better.
    pub(super) rank: usize,
}

#[derive(Debug, Clone)]
struct Meaning {
    column: String,
    by_id: bool,
    rank: usize,
}

/// Headings, as they are compared, and what they mean.
#[derive(Debug, Default)]
struct Lexicon {
    exact: HashMap<String, Vec<Meaning>>,
    /// The headings that may be part of another one, the longest first.
    parts: Vec<(String, Meaning)>,
}

impl Lexicon {
    fn add<'h>(
        &mut self,
        column: &str,
        by_id: bool,
        headings: impl IntoIterator<Item = &'h String>,
    ) {
        let name = column.to_owned();
        let headings = headings.into_iter().cloned();
        for (rank, heading) in [name.clone()].into_iter().chain(headings).enumerate() {
            let (column, key) = (name.clone(), key(&heading));
            let meaning = Meaning {
                column,
                by_id,
                rank,
            };
            // The column's own name stands for what its headings say, not for ids.
            if by_id && rank == 0 {
                continue;
            }
            let known = self.exact.get(&key).into_iter().flatten();
            let is_same =
                |other: &Meaning| (&other.column, other.by_id) == (&meaning.column, by_id);
            if known.into_iter().any(is_same) {
                continue;
            }
            if is_telling(&key) {
                self.parts.push((key.clone(), meaning.clone()));
            }
            self.exact.entry(key).or_default().push(meaning);
        }
    }

    fn add_fact(&mut self, fact: &Fact) {
        let titles = fact.title.iter();
        let titles = titles.flat_map(|title| [Some(&title.en), title.zh.as_ref()]);
        self.add(
            &fact.name,
            false,
            fact.headings.iter().chain(titles.flatten()),
        );
    }

    fn sort(&mut self) {
        self.parts
            .sort_by(|(a, _), (b, _)| b.chars().count().cmp(&a.chars().count()).then(a.cmp(b)));
    }

    fn exact(&self, key: &str) -> &[Meaning] {
        self.exact.get(key).map_or(&[], Vec::as_slice)
    }

    /// What the longest heading that is part of this one means.
    fn part(&self, key: &str) -> Option<&Meaning> {
        let parts = self.parts.iter();
        let mut parts = parts.filter(|(part, _)| contains(key, part));
        parts.next().map(|(_, meaning)| meaning)
    }
}

/// All that is known of headings.
#[derive(Debug)]
pub(in crate::read) struct Words {
    parties: Lexicon,
    relationships: Lexicon,
    evidence: Lexicon,
    /// Empty: no table is taken for one of owners, which most give in a column of parties.
    ownership: Lexicon,
    facts: Lexicon,
    /// The words for each side, the longest first.
    sides: [(Side, Vec<String>); 2],
    suffixes: Vec<String>,
    units: Vec<String>,
    scales: Vec<String>,
    fillers: Vec<String>,
}

impl Words {
    pub(in crate::read) fn new(policy: &Policy) -> Words {
        let file: File =
            toml::from_str(include_str!("headings.toml")).expect("the embedded headings parse");
        let lexicon = |of: &BTreeMap<String, Vec<String>>, holds: Holds, subject| {
            let mut lexicon = Lexicon::default();
            for column in holds.columns() {
                lexicon.add(column, false, of.get(*column).into_iter().flatten());
            }
            let ids = file.ids.get(holds.as_str()).into_iter().flatten();
            for (column, headings) in ids {
                lexicon.add(column, true, headings);
            }
            let facts = policy.facts.iter();
            for fact in facts.filter(|fact| Some(fact.subject) == subject) {
                lexicon.add_fact(fact);
            }
            lexicon.sort();
            lexicon
        };
        let mut facts = Lexicon::default();
        for (_, fact) in policy.facts_of(Subject::Party) {
            facts.add_fact(fact);
        }
        facts.sort();
        let keys = |words: &[String]| {
            let mut keys: Vec<String> = words.iter().map(|word| key(word)).collect();
            keys.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
            keys
        };
        Words {
            parties: lexicon(&file.parties, Holds::Parties, Some(Subject::Party)),
            relationships: lexicon(
                &file.relationships,
                Holds::Relationships,
                Some(Subject::Relationship),
            ),
            evidence: lexicon(&file.evidence, Holds::Evidence, None),
            ownership: Lexicon::default(),
            facts,
            sides: [
                (Side::Customer, keys(&file.sides.customer)),
                (Side::Supplier, keys(&file.sides.supplier)),
            ],
            suffixes: keys(&file.ignored.suffixes),
            units: keys(&file.ignored.units),
            scales: keys(&file.ignored.scales),
            fillers: keys(&file.ignored.fillers),
        }
    }

    /// Whether it stands for some column of some table.
    pub(super) fn is_heading(&self, heading: &str) -> bool {
        [Holds::Parties, Holds::Relationships, Holds::Evidence]
            .into_iter()
            .any(|holds| {
                let taken = Taken { holds, only: None };
                let candidates = self.candidates(heading, taken);
                candidates
                    .iter()
                    .any(|found| found.is_whole && !found.is_sideless)
            })
    }

    /// Whether nothing of it is left over as a heading of such a table's column.
    pub(in crate::read) fn stands_for(&self, heading: &str, column: &str, holds: Holds) -> bool {
        let candidates = self.candidates(heading, Taken { holds, only: None });
        let mut whole = candidates.iter().filter(|found| found.is_whole);
        whole.any(|found| found.column == column)
    }

    /// The unit behind a heading that makes numbers other ones than they read.
    pub(super) fn scale(&self, heading: &str) -> Option<String> {
        let (_, inside) = brackets(heading);
        inside.into_iter().find(|unit| self.scales.contains(unit))
    }

    /// The columns that a heading may stand for in such a table: those of which nothing is left over, else one of which part is.
    pub(super) fn candidates(&self, heading: &str, taken: Taken) -> Vec<Candidate> {
        let full = key(heading);
        let (outside, inside) = brackets(heading);
        let is_unit = inside.iter().all(|unit| self.units.contains(unit));
        let mut forms = vec![(full.clone(), true)];
        forms.extend(self.without_suffix(&full).map(|key| (key, true)));
        if !outside.is_empty() && outside != full {
            forms.push((outside.clone(), is_unit));
            forms.extend(self.without_suffix(&outside).map(|key| (key, is_unit)));
        }
        for (form, is_whole) in forms.iter().filter(|(form, _)| !form.is_empty()) {
            let found = self.exact(form, taken, *is_whole);
            if !found.is_empty() {
                return found;
            }
        }
        self.part(&full, taken).into_iter().collect()
    }

    fn without_suffix(&self, key: &str) -> Option<String> {
        let (rest, last) = key.rsplit_once(' ')?;
        self.suffixes
            .iter()
            .any(|suffix| suffix == last)
            .then(|| rest.to_owned())
    }

    fn lexicon(&self, holds: Holds) -> &Lexicon {
        match holds {
            Holds::Parties => &self.parties,
            Holds::Relationships => &self.relationships,
            Holds::Evidence => &self.evidence,
            Holds::Ownership => &self.ownership,
        }
    }

    fn exact(&self, key: &str, taken: Taken, is_whole: bool) -> Vec<Candidate> {
        let of = |meaning: &Meaning, column: String| Candidate {
            column,
            is_whole,
            is_sideless: false,
            by_id: meaning.by_id,
            rank: meaning.rank,
        };
        let own = self.lexicon(taken.holds).exact(key).iter();
        let mut found: Vec<Candidate> = own
            .map(|meaning| of(meaning, meaning.column.clone()))
            .collect();
        // A list of suppliers alone calls its columns as a table of parties does.
        if let Some(side) = taken.only {
            let names = self.parties.exact(key).iter();
            let names = names.filter(|meaning| meaning.column == "name");
            found.extend(names.map(|meaning| of(meaning, side.column().to_owned())));
            // What every row has is no column's.
            found.retain(|candidate| candidate.column != side.other().column());
        }
        if !found.is_empty() || taken.holds == Holds::Evidence {
            return found;
        }
        for (side, rest) in self.without_side(key) {
            let facts = self.facts.exact(&rest).iter();
            let column = |meaning: &Meaning| match taken.holds {
                Holds::Parties => meaning.column.clone(),
                _ => side.fact(&meaning.column),
            };
            found.extend(facts.map(|meaning| of(meaning, column(meaning))));
            if !found.is_empty() {
                return found;
            }
        }
        let facts = self.facts.exact(key).iter();
        let side = taken.only.unwrap_or(Side::Supplier);
        found.extend(facts.map(|meaning| Candidate {
            is_sideless: taken.only.is_none(),
            ..of(meaning, side.fact(&meaning.column))
        }));
        found
    }

    /// What stands beside a word for a side, as it is and without the words that say nothing.
    fn without_side(&self, key: &str) -> Vec<(Side, String)> {
        let mut found = Vec::new();
        for (side, words) in &self.sides {
            for word in words {
                for rest in beside(key, word) {
                    let telling = self.without_fillers(&rest);
                    found.push((*side, rest));
                    found.push((*side, telling));
                }
            }
        }
        found
    }

    fn without_fillers(&self, key: &str) -> String {
        let is_telling = |word: &&str| !self.fillers.iter().any(|filler| filler == word);
        let words: Vec<&str> = key.split(' ').filter(is_telling).collect();
        let mut rest = words.join(" ");
        for filler in self.fillers.iter().filter(|filler| is_wide_word(filler)) {
            rest = rest.replace(filler.as_str(), "");
        }
        rest
    }

    fn part(&self, key: &str, taken: Taken) -> Option<Candidate> {
        let of = |meaning: &Meaning, column: String| Candidate {
            column,
            is_whole: false,
            is_sideless: false,
            by_id: meaning.by_id,
            rank: meaning.rank,
        };
        if taken.holds != Holds::Evidence {
            for (side, rest) in self.without_side(key) {
                if let Some(meaning) = self.facts.part(&rest) {
                    let column = match taken.holds {
                        Holds::Parties => meaning.column.clone(),
                        _ => side.fact(&meaning.column),
                    };
                    return Some(of(meaning, column));
                }
            }
        }
        if let Some(side) = taken.only {
            let name = self.parties.part(key);
            if let Some(name) = name.filter(|meaning| meaning.column == "name") {
                return Some(of(name, side.column().to_owned()));
            }
        }
        let meaning = self.lexicon(taken.holds).part(key)?;
        Some(of(meaning, meaning.column.clone()))
    }
}

#[cfg(test)]
mod tests;
