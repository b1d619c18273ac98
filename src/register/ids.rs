//! Ids by position, each standing once, and the way back from an id to its position.

use super::Texts;
use super::index::Index;
use super::numbers::Numbers;

/// Ids in register order; a blank one names nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Ids {
    texts: Texts,
    /// None while every id is greater than the one before, as most exports are sorted: then nothing can stand twice.
    index: Option<Index>,
    /// Where all ids that stood when it was made are numbered; the index then has only those that came after.
    numbers: Option<Numbers>,
}

impl Ids {
    /// These ids, each of which stands once.
    pub(super) fn of(texts: &Texts) -> Ids {
        let mut ids = Ids::default();
        let taken = ids.append(texts, false);
        debug_assert_eq!(taken, []);
        ids
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether no id has a letter beyond ASCII.
    pub(super) fn is_ascii(&self) -> bool {
        self.texts.is_ascii()
    }

    /// The id at a position.
    pub(super) fn get(&self, position: usize) -> &str {
        self.texts.get(position)
    }

    /// The position of an id.
    pub(super) fn find(&self, id: &str) -> Option<u32> {
        let numbered = self.numbers.as_ref().and_then(|numbers| numbers.find(id));
        numbered.or_else(|| match &self.index {
            _ if id.is_empty() => None,
            Some(index) => index.find(&self.texts, id),
            None => self.search(id).map(|position| position as u32),
        })
    }

    /// The position of each of many ids.
    pub(super) fn find_all(&self, ids: &Texts) -> Vec<Option<u32>> {
        match (&self.numbers, &self.index) {
            (Some(numbers), _) => {
                let mut found = numbers.find_all(ids);
                let others = found.iter_mut().enumerate();
                for (at, position) in others.filter(|(_, position)| position.is_none()) {
                    *position = self.find(ids.get(at));
                }
                found
            }
            (None, Some(index)) => index.find_all(&self.texts, ids),
            (None, None) => ids.iter().map(|id| self.find(id)).collect(),
        }
    }

    fn search(&self, id: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.get(middle).cmp(id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Makes finding as fast as it can be, for whoever is about to look for many.
    pub(super) fn make_fast(&mut self) {
        self.numbers = Numbers::of(&self.texts);
        match self.numbers {
            Some(_) => self.index = Some(Index::default()),
            None => self.make_index(),
        }
    }

    fn make_index(&mut self) {
        if self.index.is_none() || self.numbers.take().is_some() {
            let mut index = Index::default();
            index.extend(&self.texts, 0);
            self.index = Some(index);
        }
    }

    /// Appends ids, of which it is known whether each is greater than the one before, and gives those that are taken,
    /// each as its position among them with the position of the id that took it.
    pub(super) fn append(&mut self, ids: &Texts, rising: bool) -> Vec<(usize, u32)> {
        let before = self.len();
        let goes_on = before == 0 || ids.is_empty() || self.get(before - 1) < ids.get(0);
        let are_rising = self.index.is_none() && rising && goes_on;
        if !are_rising {
            self.make_index();
        }
        self.texts.append(ids);
        let Some(index) = &mut self.index else {
            return Vec::new();
        };
        let taken = index.extend(&self.texts, before);
        taken
            .into_iter()
            .map(|(position, first)| (position as usize - before, first))
            .collect()
    }

    /// Appends one id that does not stand yet.
    pub(super) fn push(&mut self, id: &str) {
        if self.index.is_none() {
            self.make_fast();
        }
        self.texts.push(id);
        if let Some(index) = &mut self.index {
            index.enter_last(&self.texts);
        }
    }

    /// Takes back every id from a position on.
    pub(super) fn truncate(&mut self, length: usize) {
        if self.numbers.is_some() {
            self.make_index();
        }
        if let Some(index) = &mut self.index {
            index.truncate(&self.texts, length);
        }
        self.texts.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(words: &[&str]) -> Texts {
        let mut texts = Texts::default();
        words.iter().for_each(|word| texts.push(word));
        texts
    }

    #[test]
    fn ids_are_found_whether_they_rise_or_not() {
        let mut ids = Ids::default();
        assert_eq!(ids.append(&texts(&["A", "B", "D"]), true), []);
        assert!(ids.index.is_none());
        assert_eq!(
            (ids.find("B"), ids.find("C"), ids.find("")),
            (Some(1), None, None)
        );
        assert_eq!(
            ids.append(&texts(&["C", "", "B", "", "E", "E"]), false),
            [(2, 1), (5, 7)]
        );
        assert_eq!(
            (ids.find("C"), ids.find("E"), ids.find("")),
            (Some(3), Some(7), None)
        );
        ids.truncate(3);
        assert_eq!(
            (ids.len(), ids.find("C"), ids.find("D")),
            (3, None, Some(2))
        );
    }

    #[test]
    fn numbered_ids_are_found_beside_others() {
        let mut ids = Ids::default();
        assert_eq!(ids.append(&texts(&["V1", "V2", "V4"]), true), []);
        ids.make_fast();
        ids.push("W");
        ids.push("V3");
        let wanted = texts(&["V4", "V3", "V1", "W", "V5", ""]);
        let found = [Some(2), Some(4), Some(0), Some(3), None, None];
        assert_eq!(ids.find_all(&wanted), found);
        assert_eq!(
            ids.append(&texts(&["V2", "V5", "W"]), false),
            [(0, 1), (2, 3)]
        );
        let found = [Some(2), Some(4), Some(0), Some(3), Some(6), None];
        assert_eq!(ids.find_all(&wanted), found);
    }
}
