//! Which pseudonym stands for what, and the file that keeps it.
//!
//! Pseudonyms are numbered, not computed from what they stand for: a digest of a name can be found by trying names.

use std::collections::{HashMap, HashSet};
use std::ops::{Index, IndexMut};

use csv::{ReaderBuilder, Writer};

use crate::lang::{Text, both};

/// What pseudonyms stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Party,
    Relationship,
    Contract,
    Document,
    Currency,
}

impl Kind {
    const ALL: [Kind; 5] = [
        Kind::Party,
        Kind::Relationship,
        Kind::Contract,
        Kind::Document,
        Kind::Currency,
    ];

    /// As the file has it, and the letter before the number.
    fn words(self) -> (&'static str, char) {
        match self {
            Kind::Party => ("party", 'P'),
            Kind::Relationship => ("relationship", 'R'),
            Kind::Contract => ("contract", 'C'),
            Kind::Document => ("document", 'D'),
            Kind::Currency => ("currency", 'K'),
        }
    }
}

/// The kind of a row that tells another name of a party.
const NAME: &str = "name";
const HEADING: [&str; 3] = ["kind", "pseudonym", "was"];
/// So many digits at least.
const LEAST_DIGITS: usize = 3;

/// The pseudonyms of one kind.
#[derive(Debug, Clone)]
pub(super) struct Series {
    letter: char,
    /// What each stands for, and the pseudonym, in the order in which they were given.
    entries: Vec<(String, String)>,
    by_word: HashMap<String, usize>,
    by_pseudonym: HashMap<String, usize>,
    last: usize,
}

impl Series {
    fn new(letter: char) -> Series {
        Series {
            letter,
            entries: Vec::new(),
            by_word: HashMap::new(),
            by_pseudonym: HashMap::new(),
            last: 0,
        }
    }

    /// The pseudonym of a word.
    pub(super) fn get(&self, word: &str) -> Option<&str> {
        let position = *self.by_word.get(word)?;
        Some(&self.entries[position].1)
    }

    fn insert(&mut self, word: String, pseudonym: String) {
        let number = pseudonym.strip_prefix(self.letter);
        let number = number.and_then(|digits| digits.parse().ok()).unwrap_or(0);
        self.last = self.last.max(number);
        let position = self.entries.len();
        self.by_word.insert(word.clone(), position);
        self.by_pseudonym.insert(pseudonym.clone(), position);
        self.entries.push((word, pseudonym));
    }

    /// Numbers the words that have no pseudonym, in their order; none becomes a word that stands for itself somewhere.
    pub(super) fn extend<'w>(
        &mut self,
        words: impl Iterator<Item = &'w str>,
        is_taken: impl Fn(&str) -> bool,
    ) {
        let mut seen = HashSet::new();
        let fresh: Vec<&str> = words
            .filter(|word| !self.by_word.contains_key(*word) && seen.insert(*word))
            .collect();
        let most = self.last.saturating_add(fresh.len()).to_string().len();
        let (letter, width) = (self.letter, most.max(LEAST_DIGITS));
        let mut number = self.last;
        for word in fresh {
            let pseudonym = loop {
                number = number.saturating_add(1);
                let pseudonym = format!("{letter}{number:0width$}");
                let is_word = self.by_word.contains_key(&pseudonym) || seen.contains(&*pseudonym);
                if !is_word && !is_taken(&pseudonym) && !self.by_pseudonym.contains_key(&pseudonym)
                {
                    break pseudonym;
                }
            };
            self.insert(word.to_owned(), pseudonym);
        }
    }
}

/// Pseudonyms of parties, relationships, contracts and documents.
#[derive(Debug, Clone)]
pub struct Pseudonyms {
    series: [Series; Kind::ALL.len()],
    /// Further names of each party, by position.
    names: HashMap<usize, Vec<String>>,
}

impl Default for Pseudonyms {
    fn default() -> Pseudonyms {
        Pseudonyms {
            series: Kind::ALL.map(|kind| Series::new(kind.words().1)),
            names: HashMap::new(),
        }
    }
}

impl Index<Kind> for Pseudonyms {
    type Output = Series;

    fn index(&self, kind: Kind) -> &Series {
        &self.series[kind as usize]
    }
}

impl IndexMut<Kind> for Pseudonyms {
    fn index_mut(&mut self, kind: Kind) -> &mut Series {
        &mut self.series[kind as usize]
    }
}

impl Pseudonyms {
    /// Notes a further name of a party that has a pseudonym.
    pub(super) fn name(&mut self, party: &str, name: &str) {
        if let Some(&position) = self[Kind::Party].by_word.get(party) {
            let names = self.names.entry(position).or_default();
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }

    /// The pseudonyms that a file keeps.
    ///
    /// # Errors
    ///
    /// A sentence that says in which line of the file what is wrong.
    pub fn read(bytes: &[u8]) -> Result<Pseudonyms, Text> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut reader = ReaderBuilder::new().has_headers(false).from_reader(bytes);
        let mut records = reader.records();
        let not_one = || {
            both!(
                "it is no file of pseudonyms: the first row has to be kind,pseudonym,was",
                "这不是化名文件：首行须为 kind,pseudonym,was"
            )
        };
        let heading = records.next().and_then(Result::ok).ok_or_else(not_one)?;
        if heading != HEADING[..] {
            return Err(not_one());
        }
        let mut pseudonyms = Pseudonyms::default();
        for (row, record) in (2..).zip(records) {
            let record = record.map_err(|_| {
                fault(
                    row,
                    &both!(
                        "it does not have three cells of UTF-8 text",
                        "该行不是三个 UTF-8 单元格"
                    ),
                )
            })?;
            let cell = |at: usize| record.get(at).unwrap_or_default();
            let told = pseudonyms.enter_row(cell(0), cell(1), cell(2));
            told.map_err(|told| fault(row, &told))?;
        }
        Ok(pseudonyms)
    }

    fn enter_row(&mut self, kind: &str, pseudonym: &str, was: &str) -> Result<(), Text> {
        if pseudonym.trim().is_empty() || was.is_empty() {
            return Err(both!("a cell is blank", "有空白单元格"));
        }
        if kind == NAME {
            let parties = &self[Kind::Party];
            let position = *parties.by_pseudonym.get(pseudonym).ok_or_else(|| {
                both!(
                    "no party before it has the pseudonym `{pseudonym}`",
                    "此前没有化名为“{pseudonym}”的主体"
                )
            })?;
            self.names.entry(position).or_default().push(was.to_owned());
            return Ok(());
        }
        let mut kinds = Kind::ALL.into_iter();
        let found = kinds.find(|candidate| candidate.words().0 == kind);
        let found = found.ok_or_else(|| both!("`{kind}` is no kind", "没有类别“{kind}”"))?;
        let series = &mut self[found];
        if series.by_pseudonym.contains_key(pseudonym) || series.by_word.contains_key(was) {
            return Err(both!(
                "`{pseudonym}` or what it stands for is there already",
                "“{pseudonym}”或其所代表的内容已出现过"
            ));
        }
        series.insert(was.to_owned(), pseudonym.to_owned());
        Ok(())
    }

    /// The file that keeps them.
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer::from_writer("\u{FEFF}".as_bytes().to_vec());
        // Memory takes whatever is written.
        let mut row = |cells: [&str; 3]| out.write_record(cells).unwrap_or_default();
        row(HEADING);
        for kind in Kind::ALL {
            let (word, _) = kind.words();
            for (position, (was, pseudonym)) in self[kind].entries.iter().enumerate() {
                row([word, pseudonym, was]);
                let names = self.names.get(&position).filter(|_| kind == Kind::Party);
                for name in names.into_iter().flatten() {
                    row([NAME, pseudonym, name]);
                }
            }
        }
        out.into_inner().unwrap_or_default()
    }
}

fn fault(row: usize, told: &Text) -> Text {
    Text::said(|lang| {
        let told = told.get(lang);
        crate::lang::say!(lang, "row {row}: {told}", "第 {row} 行：{told}")
    })
}
