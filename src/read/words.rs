//! The words of a file, and what a mapping says that they mean.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// A code without its prefix, which starts as `prefix` says and ends at a colon: `S01` of `eba_TA:S01`.
pub(super) fn code_of<'c>(cell: &'c str, prefix: Option<&str>) -> &'c str {
    let code = prefix.and_then(|prefix| cell.strip_prefix(prefix)?.split_once(':'));
    code.map_or(cell, |(_, code)| code)
}

/// Whether a cell is a word, in any case, or begins with it where it ends in `*`.
pub(super) fn word_fits(word: &str, cell: &str) -> bool {
    let (word, cell) = (word.to_lowercase(), cell.to_lowercase());
    match word.strip_suffix('*') {
        Some(beginning) => cell.starts_with(beginning),
        None => cell == word,
    }
}

/// The words of a file and the canonical cells they stand for.
#[derive(Debug, Clone, Default)]
pub(super) struct ValueMap {
    exact: HashMap<String, String>,
    /// Beginnings, the longest first.
    beginnings: Vec<(String, String)>,
}

impl ValueMap {
    /// From the file's word, perhaps ending in `*`, to the canonical cell.
    pub(super) fn new(words: &BTreeMap<String, String>) -> ValueMap {
        let mut map = ValueMap::default();
        for (word, cell) in words {
            let word = word.trim().to_lowercase();
            match word.strip_suffix('*') {
                Some(beginning) => map.beginnings.push((beginning.to_owned(), cell.clone())),
                None => drop(map.exact.insert(word, cell.clone())),
            }
        }
        map.beginnings
            .sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        map
    }

    /// The canonical cell for a cell of the file: mapped whole, else item by item.
    pub(super) fn apply<'c>(&self, cell: &'c str) -> Cow<'c, str> {
        if cell.is_empty() {
            return Cow::Borrowed(cell);
        }
        if let Some(exact) = self.exact.get(&cell.to_lowercase()) {
            return Cow::Owned(exact.clone());
        }
        let items = || cell.split([';', '|']).map(str::trim);
        if items().all(|item| self.find(item).is_none()) {
            return Cow::Borrowed(cell);
        }
        let mapped: Vec<&str> = items()
            .map(|item| self.find(item).unwrap_or(item))
            .collect();
        Cow::Owned(mapped.join(";"))
    }

    fn find(&self, item: &str) -> Option<&str> {
        let item = item.to_lowercase();
        if item.is_empty() {
            return None;
        }
        let beginning = || {
            self.beginnings
                .iter()
                .find(|(beginning, _)| item.starts_with(beginning.as_str()))
        };
        let exact = self.exact.get(&item);
        exact
            .or_else(|| beginning().map(|(_, cell)| cell))
            .map(String::as_str)
    }
}

/// A cell of the file as the mapping has it: codes without their prefixes, then words by their meanings.
pub(super) fn mapped<'c>(
    cell: &'c str,
    values: Option<&ValueMap>,
    prefix: Option<&str>,
) -> Cow<'c, str> {
    let cell = match prefix {
        Some(_) if cell.contains([';', '|']) => {
            let codes: Vec<_> = cell
                .split([';', '|'])
                .map(|item| code_of(item.trim(), prefix))
                .collect();
            Cow::Owned(codes.join(";"))
        }
        _ => Cow::Borrowed(code_of(cell, prefix)),
    };
    match (values, cell) {
        (None, cell) => cell,
        (Some(values), Cow::Borrowed(cell)) => values.apply(cell),
        (Some(values), Cow::Owned(cell)) => Cow::Owned(values.apply(&cell).into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_beginning_wins_and_exact_words_first() {
        let words = [
            ("N7*", "hardware"),
            ("N70*", "computers"),
            ("N7030", "software"),
            ("*", "other"),
        ];
        let map = ValueMap::new(
            &words
                .iter()
                .map(|(a, b)| (a.to_string(), b.to_string()))
                .collect(),
        );
        for (cell, expected) in [
            ("n7030", "software"),
            ("N7010", "computers"),
            ("N7110", "hardware"),
            ("X", "other"),
            ("N7030; X", "software;other"),
            ("", ""),
        ] {
            assert_eq!(map.apply(cell), expected, "{cell}");
        }
    }
}
