//! Countries by their assigned ISO 3166-1 alpha-2 codes, and the names that registers use for them.
//!
//! Codes and names are data: `country/names.csv` holds a country a row.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

/// An assigned ISO 3166-1 alpha-2 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

/// Every assigned code and name, lower-cased, with its country.
static WORDS: LazyLock<HashMap<String, Country>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for line in include_str!("country/names.csv").lines().skip(1) {
        let mut cells = line.split('|');
        let Some(&[a, b]) = cells.next().map(str::as_bytes) else {
            continue;
        };
        let country = Country([a, b]);
        words.insert(country.to_string().to_lowercase(), country);
        for word in cells
            .flat_map(|cell| cell.split(';'))
            .filter(|word| !word.is_empty())
        {
            words.entry(word.to_lowercase()).or_insert(country);
        }
    }
    words
});

impl Country {
    /// The country whose upper-case code is `code`, if that code is assigned.
    pub fn from_code(code: &str) -> Option<Country> {
        let &[a, b] = code.as_bytes() else {
            return None;
        };
        if !(a.is_ascii_uppercase() && b.is_ascii_uppercase()) {
            return None;
        }
        WORDS
            .get(&code.to_lowercase())
            .copied()
            .filter(|country| country.0 == [a, b])
    }

    /// The country that `word` means in any case: an alpha-2 or alpha-3 code, or a name in English or Chinese.
    pub fn from_word(word: &str) -> Option<Country> {
        WORDS.get(&word.to_lowercase()).copied()
    }

    /// Every assigned code, in order.
    pub fn all() -> Vec<Country> {
        let mut all: Vec<Country> = WORDS.values().copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", char::from(self.0[0]), char::from(self.0[1]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_a_country() {
        let china = Country::from_code("CN");
        assert!(china.is_some());
        for word in ["cn", "CHN", "China", "CHINA", "中国", "Mainland China"] {
            assert_eq!(Country::from_word(word), china, "{word}");
        }
        for word in ["XX", "ZZ", "Atlantis", ""] {
            assert_eq!(Country::from_word(word), None, "{word}");
        }
        assert_eq!(Country::from_code("cn"), None);
        assert_eq!(Country::from_code("CHN"), None);
        assert_eq!(Country::all().len(), 249);
    }
}
