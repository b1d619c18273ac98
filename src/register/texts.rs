//! Many short texts in one allocation, and an index from a text to its position.

use std::hash::BuildHasher;

use hashbrown::hash_table::Entry;
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

/// Most bytes of a text that its [`Key`] holds whole.
const SHORT: usize = 16;

/// The ends of a text: of a short one, as most ids and words are, all that is needed to tell it from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    /// The first eight bytes, and the last eight; in a text of at most 16 bytes they meet.
    ends: [u64; 2],
    length: u32,
}

impl Key {
    fn new(text: &[u8]) -> Key {
        let ends = if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
            [first, last].map(|bytes| u64::from_le_bytes(*bytes))
        } else if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
            [first, last].map(|bytes| u64::from(u32::from_le_bytes(*bytes)))
        } else {
            let word = text
                .iter()
                .fold(0, |word, &byte| word << 8 | u64::from(byte));
            [word; 2]
        };
        Key {
            ends,
            length: text.len() as u32,
        }
    }

    fn is_whole(&self) -> bool {
        self.length as usize <= SHORT
    }
}

/// The position of a text, under its key so that few look-ups need to look further.
#[derive(Debug, Clone, Copy)]
struct Slot {
    key: Key,
    position: u32,
}

impl Slot {
    fn is(&self, key: &Key, text: &str, texts: &Texts) -> bool {
        self.key == *key && (key.is_whole() || texts.get(self.position as usize) == text)
    }
}

/// The hash of a text, which is that of its key if that is the whole text.
fn hash(hasher: &DefaultHashBuilder, key: &Key, text: &str) -> u64 {
    match key.is_whole() {
        true => hasher.hash_one(key),
        false => hasher.hash_one(text.as_bytes()),
    }
}

/// The hash of a text that is entered.
fn hash_of(hasher: &DefaultHashBuilder, slot: &Slot, texts: &Texts) -> u64 {
    match slot.key.is_whole() {
        true => hasher.hash_one(slot.key),
        false => hasher.hash_one(texts.get(slot.position as usize).as_bytes()),
    }
}

/// Different texts, numbered in the order in which they were met.
#[derive(Debug, Default)]
pub struct Dictionary {
    texts: Texts,
    slots: HashTable<Slot>,
    hasher: DefaultHashBuilder,
}

impl Dictionary {
    /// The number of a text, which is new if it is as many as there were.
    pub fn number(&mut self, text: &str) -> u32 {
        let Dictionary {
            texts,
            slots,
            hasher,
        } = self;
        let key = Key::new(text.as_bytes());
        let hash = hash(hasher, &key, text);
        let is_it = |slot: &Slot| slot.is(&key, text, texts);
        match slots.entry(hash, is_it, |slot| hash_of(hasher, slot, texts)) {
            Entry::Occupied(entry) => entry.get().position,
            Entry::Vacant(entry) => {
                let position = texts.len() as u32;
                entry.insert(Slot { key, position });
                texts.push(text);
                position
            }
        }
    }

    /// The texts, by number.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }
}

/// Parts of an index that threads fill side by side.
const SHARDS: usize = 16;

/// Fewer texts than this are entered by one thread.
const MANY: usize = 4096;

/// Positions of [`Texts`] by text; blank texts have none.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    shards: [HashTable<Slot>; SHARDS],
    hasher: DefaultHashBuilder,
}

impl Index {
    /// The position of `text`, if it was entered.
    pub(super) fn find(&self, texts: &Texts, text: &str) -> Option<u32> {
        let key = Key::new(text.as_bytes());
        let hash = hash(&self.hasher, &key, text);
        let is_it = |slot: &Slot| slot.is(&key, text, texts);
        let slot = self.shards[shard(hash)].find(hash, is_it)?;
        Some(slot.position)
    }

    /// Enters the texts from a position on, and gives those that stand already, each with the position where it does.
    pub(super) fn extend(&mut self, texts: &Texts, from: usize) -> Vec<(u32, u32)> {
        let hasher = &self.hasher;
        let hashes: Vec<u64> = (from..texts.len())
            .into_par_iter()
            .with_min_len(MANY)
            .map(|position| {
                let text = texts.get(position);
                hash(hasher, &Key::new(text.as_bytes()), text)
            })
            .collect();
        let fill = |(number, table): (usize, &mut HashTable<Slot>)| {
            let mut taken = Vec::new();
            for (position, &hash) in (from as u32..).zip(&hashes) {
                if shard(hash) != number {
                    continue;
                }
                let text = texts.get(position as usize);
                let key = Key::new(text.as_bytes());
                let is_it = |slot: &Slot| slot.is(&key, text, texts);
                match table.entry(hash, is_it, |slot| hash_of(hasher, slot, texts)) {
                    _ if text.is_empty() => {}
                    Entry::Occupied(first) => taken.push((position, first.get().position)),
                    Entry::Vacant(entry) => drop(entry.insert(Slot { key, position })),
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
    pub(super) fn enter_last(&mut self, texts: &Texts) {
        let Some(position) = texts.len().checked_sub(1) else {
            return;
        };
        let hasher = &self.hasher;
        let text = texts.get(position);
        let key = Key::new(text.as_bytes());
        let slot = Slot {
            key,
            position: position as u32,
        };
        let hash = hash(hasher, &key, text);
        self.shards[shard(hash)].insert_unique(hash, slot, |slot| hash_of(hasher, slot, texts));
    }

    /// Takes back the texts from a position on.
    pub(super) fn truncate(&mut self, texts: &Texts, length: usize) {
        for position in length..texts.len() {
            let text = texts.get(position);
            let hash = hash(&self.hasher, &Key::new(text.as_bytes()), text);
            let is_it = |slot: &Slot| slot.position as usize == position;
            if let Ok(entry) = self.shards[shard(hash)].find_entry(hash, is_it) {
                entry.remove();
            }
        }
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
    fn texts_of_every_length_are_told_apart() {
        let text = "abcdefghijklmnopqrstuvwxyz甲".repeat(2);
        let cut = |length: usize| text.get(..length).into_iter().chain(text.get(1..=length));
        let mut dictionary = Dictionary::default();
        for (number, text) in (0..).zip((1..text.len()).flat_map(cut)) {
            assert_eq!(dictionary.number(text), number, "{text}");
        }
        for (number, text) in (0..).zip((1..text.len()).flat_map(cut)) {
            assert_eq!(dictionary.number(text), number, "{text}");
        }
        assert_ne!(
            dictionary.number("aaaaaaaabbbbbbbb"),
            dictionary.number("aaaaaaaaabbbbbbbb")
        );
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
