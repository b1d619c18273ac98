//! From texts to their positions: dictionaries of the words of a column, and indexes of ids.
//!
//! Registers are mostly look-ups of short texts in tables that no cache holds, so the tables are made for that: a slot
//! holds a short text whole, and look-ups come in batches whose waiting for memory overlaps.

use rayon::prelude::*;

use super::Texts;
use super::slots::{EMPTY, Key, Pair, Slot, Slots, TextHasher};

/// Different texts, numbered in the order in which they were met.
#[derive(Debug, Default)]
pub struct Dictionary {
    texts: Texts,
    slots: Slots,
    hasher: TextHasher,
}

impl Dictionary {
    /// The number of a text, which is new if it is as many as there were.
    #[inline(always)]
    pub fn number(&mut self, text: &str) -> u32 {
        let texts = &self.texts;
        let key = Key::new(text);
        let hash = self.hasher.hash(&key, || text);
        let entered = self.slots.enter(
            hash,
            |slot| slot.is(&key, || text, texts),
            |slot| self.hasher.hash_of(slot, texts),
        );
        match entered {
            Ok(known) => known,
            Err(slot) => {
                let position = texts.len() as u32;
                *slot = Slot { key, position };
                self.texts.push(text);
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

/// Look-ups that wait for memory together.
const BATCH: usize = 16;

/// Positions of [`Texts`] by text; blank texts have none.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    shards: [Slots; SHARDS],
    hasher: TextHasher,
}

impl Index {
    /// The position of `text`, if it was entered.
    pub(super) fn find(&self, texts: &Texts, text: &str) -> Option<u32> {
        let key = Key::new(text);
        let hash = self.hasher.hash(&key, || text);
        self.shards[shard(hash)].find(hash, |slot| slot.is(&key, || text, texts))
    }

    /// The position of each of many texts, if it was entered.
    pub(super) fn find_all(&self, texts: &Texts, wanted: &Texts) -> Vec<Option<u32>> {
        let mut found = Vec::with_capacity(wanted.len());
        let mut batch = [(Key::default(), 0, Pair::FREE); BATCH];
        for start in (0..wanted.len()).step_by(BATCH) {
            let batch = &mut batch[..BATCH.min(wanted.len() - start)];
            for (offset, (key, hash, _)) in batch.iter_mut().enumerate() {
                let text = wanted.get(start + offset);
                *key = Key::new(text);
                *hash = self.hasher.hash(key, || text);
            }
            // Nothing here waits for anything else, so that all slots are on their way at once.
            for (_, hash, pair) in batch.iter_mut() {
                *pair = self.shards[shard(*hash)].first(*hash);
            }
            for (offset, (key, hash, pair)) in batch.iter().enumerate() {
                let is_it = |slot: &Slot| slot.is(key, || wanted.get(start + offset), texts);
                let position = match pair.seek(is_it) {
                    Some(slot) => Some(pair.0[slot].position).filter(|&found| found != EMPTY),
                    None => self.shards[shard(*hash)].find(*hash, is_it),
                };
                found.push(position);
            }
        }
        found
    }

    /// Enters the texts from a position on, and gives those that stand already, each with the position where it does.
    pub(super) fn extend(&mut self, texts: &Texts, from: usize) -> Vec<(u32, u32)> {
        let hasher = &self.hasher;
        let keyed = |position: usize| {
            let text = texts.get(position);
            let key = Key::new(text);
            (hasher.hash(&key, || text), key)
        };
        let positions = (from..texts.len()).into_par_iter().with_min_len(MANY);
        let keyed: Vec<(u64, Key)> = positions.map(keyed).collect();
        let fill = |(number, slots): (usize, &mut Slots)| {
            let mut taken = Vec::new();
            for (position, (hash, key)) in (from as u32..).zip(&keyed) {
                if shard(*hash) != number || key.length == 0 {
                    continue;
                }
                let is_it = |slot: &Slot| slot.is(key, || texts.get(position as usize), texts);
                let hash_of = |slot: &Slot| hasher.hash_of(slot, texts);
                match slots.enter(*hash, is_it, hash_of) {
                    Ok(first) => taken.push((position, first)),
                    Err(slot) => {
                        *slot = Slot {
                            key: *key,
                            position,
                        }
                    }
                }
            }
            taken
        };
        let shards = self.shards.par_iter_mut().enumerate();
        let least = if keyed.len() < MANY { SHARDS } else { 1 };
        let mut taken: Vec<_> = shards.with_min_len(least).flat_map_iter(fill).collect();
        taken.sort_unstable();
        taken
    }

    /// Enters the last text, which does not stand yet.
    pub(super) fn enter_last(&mut self, texts: &Texts) {
        let Some(position) = texts.len().checked_sub(1) else {
            return;
        };
        let text = texts.get(position);
        let key = Key::new(text);
        let hash = self.hasher.hash(&key, || text);
        let position = position as u32;
        let hash_of = |slot: &Slot| self.hasher.hash_of(slot, texts);
        if let Err(slot) = self.shards[shard(hash)].enter(hash, |_| false, hash_of) {
            *slot = Slot { key, position };
        }
    }

    /// Takes back the texts from a position on.
    pub(super) fn truncate(&mut self, texts: &Texts, length: usize) {
        for position in length..texts.len() {
            let text = texts.get(position);
            let hash = self.hasher.hash(&Key::new(text), || text);
            self.shards[shard(hash)].remove(hash, position as u32);
        }
    }
}

/// The shard of a hash: by bits that name no slot.
#[inline]
fn shard(hash: u64) -> usize {
    (hash >> 56) as usize % SHARDS
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
        let mut wanted = Texts::default();
        let words = ["乙", "丙", "", "甲"].repeat(2 * BATCH + 1);
        words.iter().for_each(|word| wanted.push(word));
        let found = [Some(2), None, None, Some(0)].repeat(2 * BATCH + 1);
        assert_eq!(index.find_all(&texts, &wanted), found);
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
}
