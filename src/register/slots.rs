//! Slots of tables of texts: each holds a short text whole, and two of them come from memory together.

use std::hash::{BuildHasher, Hash, Hasher};

use hashbrown::DefaultHashBuilder;

use super::Texts;

/// Most bytes of a text that its [`Key`] holds whole.
const SHORT: usize = 16;

/// The ends of a text: of a short one, as most ids and words are, all that is needed to tell it from others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Key {
    /// The first eight bytes.
    first: u64,
    /// The last eight; in a text of at most 16 bytes they meet the first.
    last: u64,
    pub(super) length: u32,
}

impl Key {
    #[inline]
    pub(super) fn new(text: &str) -> Key {
        let text = text.as_bytes();
        let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
        let half = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
        let (first, last) =
            if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
                (word(first), word(last))
            } else if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
                (half(first), half(last))
            } else {
                let bytes = text
                    .iter()
                    .fold(0, |word, &byte| word << 8 | u64::from(byte));
                (bytes, bytes)
            };
        let length = text.len() as u32;
        Key {
            first,
            last,
            length,
        }
    }

    #[inline]
    fn is_whole(&self) -> bool {
        self.length as usize <= SHORT
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.first);
        state.write_u64(self.last ^ u64::from(self.length) << 56);
    }
}

/// Hashes texts by their key, or whole where that is more.
#[derive(Debug, Clone, Default)]
pub(super) struct TextHasher(DefaultHashBuilder);

impl TextHasher {
    #[inline]
    pub(super) fn hash<'t>(&self, key: &Key, text: impl FnOnce() -> &'t str) -> u64 {
        match key.is_whole() {
            true => self.0.hash_one(key),
            false => self.0.hash_one(text().as_bytes()),
        }
    }

    pub(super) fn hash_of(&self, slot: &Slot, texts: &Texts) -> u64 {
        self.hash(&slot.key, || texts.get(slot.position as usize))
    }
}

/// The position of a text, under its key so that few look-ups need to look further.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) key: Key,
    pub(super) position: u32,
}

/// The position in slots that nothing is in, and in those that something was taken from.
pub(super) const EMPTY: u32 = u32::MAX;
const REMOVED: u32 = u32::MAX - 1;

impl Slot {
    const FREE: Slot = Slot {
        key: Key {
            first: 0,
            last: 0,
            length: 0,
        },
        position: EMPTY,
    };

    #[inline]
    pub(super) fn is<'t>(&self, key: &Key, text: impl Fn() -> &'t str, texts: &Texts) -> bool {
        self.key == *key
            && self.position < REMOVED
            && (key.is_whole() || texts.get(self.position as usize) == text())
    }
}

/// Two slots that come from memory together: a line of it.
#[repr(align(64))]
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair(pub(super) [Slot; 2]);

impl Pair {
    pub(super) const FREE: Pair = Pair([Slot::FREE; 2]);

    /// The number of the slot of which `is_it` is true or, if it comes first, of a free one.
    #[inline]
    pub(super) fn seek(&self, is_it: impl Fn(&Slot) -> bool) -> Option<usize> {
        let ends = |slot: &Slot| slot.position == EMPTY || is_it(slot);
        self.0.iter().position(ends)
    }
}

/// Slots by hash: a text is in the pair that its hash names, or in one of those behind it before the first free slot.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots {
    /// A power of two, at most half of the slots taken; or none.
    pairs: Vec<Pair>,
    taken: usize,
}

impl Slots {
    #[inline]
    fn mask(&self) -> usize {
        self.pairs.len().wrapping_sub(1)
    }

    /// The pair that a hash names.
    #[inline]
    pub(super) fn first(&self, hash: u64) -> Pair {
        let pair = self.pairs.get(hash as usize & self.mask());
        pair.copied().unwrap_or(Pair::FREE)
    }

    /// The slot of which `is_it` is true or that is free, from the pair that the hash names on: numbers of pair and
    /// slot.
    #[inline]
    pub(super) fn seek(&self, hash: u64, is_it: impl Fn(&Slot) -> bool) -> (usize, usize) {
        let mut number = hash as usize & self.mask();
        loop {
            if let Some(slot) = self.pairs[number].seek(&is_it) {
                return (number, slot);
            }
            number = (number + 1) & self.mask();
        }
    }

    /// The position of a text.
    #[inline]
    pub(super) fn find(&self, hash: u64, is_it: impl Fn(&Slot) -> bool) -> Option<u32> {
        if self.pairs.is_empty() {
            return None;
        }
        let (pair, slot) = self.seek(hash, is_it);
        let position = self.pairs[pair].0[slot].position;
        (position != EMPTY).then_some(position)
    }

    /// The position of a text that stands already, or the slot that is to be its own.
    #[inline]
    pub(super) fn enter(
        &mut self,
        hash: u64,
        is_it: impl Fn(&Slot) -> bool,
        hash_of: impl Fn(&Slot) -> u64,
    ) -> Result<u32, &mut Slot> {
        if self.taken >= self.pairs.len() {
            self.grow(hash_of);
        }
        let (pair, slot) = self.seek(hash, is_it);
        let slot = &mut self.pairs[pair].0[slot];
        if slot.position != EMPTY {
            return Ok(slot.position);
        }
        self.taken += 1;
        Err(slot)
    }

    #[cold]
    fn grow(&mut self, hash_of: impl Fn(&Slot) -> u64) {
        let wanted = (2 * self.pairs.len()).max(8);
        let old = std::mem::replace(&mut self.pairs, vec![Pair::FREE; wanted]);
        self.taken = 0;
        let slots = old.iter().flat_map(|pair| pair.0);
        for taken in slots.filter(|slot| slot.position < REMOVED) {
            let (pair, slot) = self.seek(hash_of(&taken), |_| false);
            self.pairs[pair].0[slot] = taken;
            self.taken += 1;
        }
    }

    pub(super) fn remove(&mut self, hash: u64, position: u32) {
        if !self.pairs.is_empty() {
            let (pair, slot) = self.seek(hash, |slot| slot.position == position);
            let slot = &mut self.pairs[pair].0[slot];
            if slot.position == position {
                slot.position = REMOVED;
            }
        }
    }
}
