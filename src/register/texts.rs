//! Many short texts in one allocation, and an index from a text to its position.

use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;

/// Texts by position, in one run of bytes.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    bytes: String,
    ends: Vec<usize>,
}

impl Texts {
    /// Appends a text.
    pub fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
    }

    /// The text at a position.
    pub fn get(&self, position: usize) -> &str {
        let start = position
            .checked_sub(1)
            .map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[position]]
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

type Hasher = BuildHasherDefault<std::hash::DefaultHasher>;

/// Positions of [`Texts`] by text.
#[derive(Debug, Clone, Default)]
pub struct Index {
    positions: HashTable<u32>,
    hasher: Hasher,
}

impl Index {
    /// The position of `text`, if it was entered.
    pub fn find(&self, texts: &Texts, text: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(text);
        self.positions
            .find(hash, |&position| texts.get(position as usize) == text)
            .copied()
    }

    /// Enters a position whose text is in `texts` and not yet entered.
    pub fn insert(&mut self, texts: &Texts, position: u32) {
        let hash_of = |position: &u32| self.hasher.hash_one(texts.get(*position as usize));
        self.positions
            .insert_unique(hash_of(&position), position, hash_of);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_content() {
        let (mut texts, mut index) = (Texts::default(), Index::default());
        for (position, text) in (0..).zip(["甲", "", "乙", "甲乙"]) {
            texts.push(text);
            index.insert(&texts, position);
        }
        assert_eq!(texts.get(1), "");
        assert_eq!(index.find(&texts, "甲乙"), Some(3));
        assert_eq!(index.find(&texts, ""), Some(1));
        assert_eq!(index.find(&texts, "丙"), None);
        assert_eq!(texts.len(), 4);
    }
}
