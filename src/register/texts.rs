//! Many short texts in one allocation, and an index from a text to its position.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use rayon::prelude::*;

/// Texts whose ends are counted from a common start: so many that no run of cells outgrows 32 bits.
const RUN: usize = 1 << 14;

/// Texts by position, in one run of bytes.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    bytes: String,
    /// Where each text ends, counted from the start of its run.
    ends: Vec<u32>,
    /// Where each run starts.
    runs: Vec<usize>,
}

impl Texts {
    /// Appends a text.
    pub fn push(&mut self, text: &str) {
        if self.ends.len().is_multiple_of(RUN) {
            self.runs.push(self.bytes.len());
        }
        self.bytes.push_str(text);
        self.end_text(self.bytes.len());
    }

    /// Appends all texts of another.
    pub fn append(&mut self, more: &Texts) {
        let mut end = self.bytes.len();
        self.bytes.push_str(&more.bytes);
        self.ends.reserve(more.len());
        for length in more.lengths() {
            if self.ends.len().is_multiple_of(RUN) {
                self.runs.push(end);
            }
            end += length;
            self.end_text(end);
        }
    }

    fn end_text(&mut self, end: usize) {
        let start = self.runs.last().copied().unwrap_or(0);
        self.ends.push((end - start) as u32);
    }

    fn lengths(&self) -> impl Iterator<Item = usize> + '_ {
        self.ends.chunks(RUN).flat_map(|run| {
            let starts = [0].into_iter().chain(run.iter().copied());
            run.iter()
                .zip(starts)
                .map(|(end, start)| (end - start) as usize)
        })
    }

    /// Takes back every text from a position on.
    pub fn truncate(&mut self, length: usize) {
        if length < self.len() {
            self.bytes.truncate(self.bounds(length).0);
            self.ends.truncate(length);
            self.runs.truncate(length.div_ceil(RUN));
        }
    }

    fn bounds(&self, position: usize) -> (usize, usize) {
        let start = self.runs[position / RUN];
        let before = match position % RUN {
            0 => 0,
            _ => self.ends[position - 1] as usize,
        };
        (start + before, start + self.ends[position] as usize)
    }

    /// The text at a position.
    pub fn get(&self, position: usize) -> &str {
        let (start, end) = self.bounds(position);
        &self.bytes[start..end]
    }

    /// Every text, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|position| self.get(position))
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// Parts of an index that threads fill side by side.
const SHARDS: usize = 16;

/// Fewer texts than this are entered by one thread.
const MANY: usize = 4096;

/// Positions of [`Texts`] by text; blank texts have none.
#[derive(Debug, Clone, Default)]
pub struct Index {
    shards: [HashTable<u32>; SHARDS],
    hasher: DefaultHashBuilder,
}

impl Index {
    /// The position of `text`, if it was entered.
    pub fn find(&self, texts: &Texts, text: &str) -> Option<u32> {
        let hash = self.hash(text);
        self.shards[shard(hash)]
            .find(hash, |&position| texts.get(position as usize) == text)
            .copied()
    }

    /// Enters the texts from a position on, and gives those that stand already, each with the position where it does.
    pub fn extend(&mut self, texts: &Texts, from: usize) -> Vec<(u32, u32)> {
        let hashes: Vec<u64> = (from..texts.len())
            .into_par_iter()
            .with_min_len(MANY)
            .map(|position| self.hash(texts.get(position)))
            .collect();
        let hasher = &self.hasher;
        let hash_of = |position: &u32| hasher.hash_one(texts.get(*position as usize).as_bytes());
        let fill = |(number, table): (usize, &mut HashTable<u32>)| {
            let mut taken = Vec::new();
            for (position, &hash) in (from as u32..).zip(&hashes) {
                let text = texts.get(position as usize);
                if shard(hash) != number || text.is_empty() {
                    continue;
                }
                let same = |&other: &u32| texts.get(other as usize) == text;
                match table.find(hash, same) {
                    Some(&first) => taken.push((position, first)),
                    None => drop(table.insert_unique(hash, position, hash_of)),
                }
            }
            taken
        };
        let shards = self.shards.par_iter_mut().enumerate();
        let least = if hashes.len() < MANY { SHARDS } else { 1 };
        let mut taken: Vec<_> = shards.with_min_len(least).flat_map_iter(fill).collect();
        taken.sort_unstable();
        taken
    }

    /// Enters the last text, which does not stand yet.
    pub fn enter_last(&mut self, texts: &Texts) {
        let Some(position) = texts.len().checked_sub(1) else {
            return;
        };
        let hasher = &self.hasher;
        let hash_of = |position: &u32| hasher.hash_one(texts.get(*position as usize).as_bytes());
        let position = position as u32;
        let hash = hash_of(&position);
        self.shards[shard(hash)].insert_unique(hash, position, hash_of);
    }

    /// Takes back the texts from a position on.
    pub fn truncate(&mut self, texts: &Texts, length: usize) {
        for position in length..texts.len() {
            let hash = self.hash(texts.get(position));
            let is_it = |&entered: &u32| entered as usize == position;
            if let Ok(entry) = self.shards[shard(hash)].find_entry(hash, is_it) {
                entry.remove();
            }
        }
    }

    fn hash(&self, text: &str) -> u64 {
        self.hasher.hash_one(text.as_bytes())
    }
}

/// The shard of a hash: by bits that the tables themselves use least.
fn shard(hash: u64) -> usize {
    (hash >> 48) as usize % SHARDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_content() {
        let (mut texts, mut index) = (Texts::default(), Index::default());
        for text in ["甲", "", "乙", "甲乙"] {
            texts.push(text);
        }
        assert_eq!(index.extend(&texts, 0), []);
        assert_eq!(texts.get(1), "");
        assert_eq!(index.find(&texts, "甲乙"), Some(3));
        assert_eq!(index.find(&texts, ""), None);
        assert_eq!(index.find(&texts, "丙"), None);
        texts.push("乙");
        texts.push("丙");
        assert_eq!(index.extend(&texts, 4), [(4, 2)]);
        index.truncate(&texts, 4);
        texts.truncate(4);
        assert_eq!(index.find(&texts, "丙"), None);
        assert_eq!(index.find(&texts, "乙"), Some(2));
    }

    #[test]
    fn texts_keep_their_bounds_over_runs() {
        let numbers = |range: std::ops::Range<usize>| {
            let mut texts = Texts::default();
            range.for_each(|number| texts.push(&number.to_string()));
            texts
        };
        let (first, all) = (RUN / 3, 3 * RUN + 1);
        let mut texts = numbers(0..first);
        texts.append(&numbers(first..all));
        assert!(texts.iter().eq(numbers(0..all).iter()));
        texts.truncate(2 * RUN);
        texts.append(&numbers(2 * RUN..all));
        assert!(texts.iter().eq(numbers(0..all).iter()));
    }
}
