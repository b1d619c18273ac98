//! Countries by their assigned ISO 3166-1 alpha-2 codes, and the names that registers use for them.
//!
//! Codes and names are data: `country/names.csv` holds a country a row.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// An assigned ISO 3166-1 alpha-2 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

/// Every assigned code and name, folded, with its country.
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
            words.entry(folded(word)).or_insert(country);
        }
    }
    words
});

/// A word as it is compared: in any case and any compatibility form.
fn folded(word: &str) -> String {
    match word.is_ascii() {
        true => word.to_ascii_lowercase(),
        false => word.nfkc().collect::<String>().to_lowercase(),
    }
}

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

    /// The country that `word` means in any case and width: a code of ISO 3166-1, or a name in English or Chinese.
    pub fn from_word(word: &str) -> Option<Country> {
        WORDS.get(&folded(word)).copied()
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
    fn a_word_belongs_to_one_country() {
        let mut owners = HashMap::new();
        for line in include_str!("country/names.csv").lines().skip(1) {
            let cells: Vec<&str> = line.split('|').collect();
            let [code, alpha_3, numeric, names] = cells.as_slice() else {
                panic!("{line}")
            };
            assert!(alpha_3.len() == 3 && numeric.len() == 3, "{line}");
            for word in [alpha_3, numeric]
                .into_iter()
                .copied()
                .chain(names.split(';'))
            {
                assert!(!word.is_empty(), "{line}");
                let owner = owners.insert(folded(word), code.to_string());
                assert_eq!(owner, None, "{word} of {code} stands twice");
            }
        }
    }

    #[test]
    fn words_for_a_country() {
        let china = Country::from_code("CN");
        assert!(china.is_some());
        for word in [
            "cn",
            "CHN",
            "156",
            "China",
            "CHINA",
            "ＣＨＩＮＡ",
            "中国",
            "Mainland China",
            "P.R. China",
            "P.R.C.",
            "PRC",
            "People’s Republic of China",
            "中华人民共和国",
            "中国大陆",
            "中国（大陆）",
            "中国(大陆)",
        ] {
            assert_eq!(Country::from_word(word), china, "{word}");
        }
        for (word, code) in [
            ("Hong Kong SAR", "HK"),
            ("中国香港", "HK"),
            ("Macau", "MO"),
            ("UK", "GB"),
            ("United Kingdom of Great Britain and Northern Ireland", "GB"),
            ("U.S.A.", "US"),
            ("美利坚合众国", "US"),
            ("840", "US"),
            ("South Korea", "KR"),
            ("Korea, Republic of", "KR"),
            ("大韩民国", "KR"),
            ("Democratic People's Republic of Korea", "KP"),
            ("Federal Republic of Germany", "DE"),
            ("276", "DE"),
            ("036", "AU"),
            ("Saint Lucia", "LC"),
            ("Trinidad and Tobago", "TT"),
            ("刚果（金）", "CD"),
        ] {
            assert_eq!(Country::from_word(word), Country::from_code(code), "{word}");
        }
        for word in ["XX", "ZZ", "Atlantis", "", "36", "999", "EU"] {
            assert_eq!(Country::from_word(word), None, "{word}");
        }
        assert_eq!(Country::from_code("cn"), None);
        assert_eq!(Country::from_code("CHN"), None);
        assert_eq!(Country::all().len(), 249);
    }
}
