//! Where the faults of a pack are collected while it is read.

use std::fmt::Write as _;

use toml::Spanned;

use crate::policy::PolicyFaultCode as Code;
use crate::policy::fault::Found;

/// Bytes of the source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) start: usize,
    end: usize,
}

impl Place {
    pub(super) fn of<T>(spanned: &Spanned<T>) -> Self {
        let span = spanned.span();
        Place {
            start: span.start,
            end: span.end,
        }
    }
}

/// Where faults are collected.
#[derive(Debug, Default)]
pub(super) struct Faults {
    found: Vec<Found>,
}

impl Faults {
    pub(super) fn push(&mut self, code: Code, place: Place, message: String) {
        self.found.push(Found {
            start: place.start,
            end: place.end,
            code,
            message,
            help: None,
        });
    }

    pub(super) fn push_with_help(
        &mut self,
        code: Code,
        place: Place,
        message: String,
        help: String,
    ) {
        self.found.push(Found {
            start: place.start,
            end: place.end,
            code,
            message,
            help: Some(help),
        });
    }

    /// A word outside a list, with the nearest of the list and the list itself as help.
    pub(super) fn push_unlisted<'a>(
        &mut self,
        code: Code,
        place: Place,
        message: String,
        word: &str,
        list: impl Iterator<Item = &'a str>,
    ) {
        let list: Vec<&str> = list.collect();
        self.found.push(Found {
            start: place.start,
            end: place.end,
            code,
            message,
            help: choices(word, &list),
        });
    }

    pub(super) fn syntax(&mut self, error: &toml::de::Error) {
        let span = error.span().unwrap_or_default();
        let place = Place {
            start: span.start,
            end: span.end,
        };
        self.push(
            Code::Syntax,
            place,
            format!("this is not TOML: {}", error.message()),
        );
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(super) fn into_found(self) -> Vec<Found> {
        self.found
    }
}

/// Help that offers the nearest of `list` to `word`, then all of them.
fn choices(word: &str, list: &[&str]) -> Option<String> {
    const MOST: usize = 40;
    let mut help = String::new();
    if let Some(nearest) = nearest(word, list) {
        let _ = write!(help, "did you mean `{nearest}`? ");
    }
    if let Some((first, rest)) = list.split_first() {
        let _ = write!(help, "valid: `{first}`");
        for entry in rest.iter().take(MOST) {
            let _ = write!(help, ", `{entry}`");
        }
        if rest.len() > MOST {
            let _ = write!(help, " and {} more", rest.len() - MOST);
        }
    }
    (!help.is_empty()).then_some(help)
}

/// The entry of `list` that was probably meant: one that begins alike, or differs by one slip of the keys.
fn nearest<'a>(word: &str, list: &[&'a str]) -> Option<&'a str> {
    const ALIKE: f64 = 0.8;
    let word = word.to_lowercase();
    let score = |entry: &str| {
        let entry = entry.to_lowercase();
        let slip = entry.chars().count() > 2 && strsim::damerau_levenshtein(&word, &entry) <= 1;
        if slip {
            1.0
        } else {
            strsim::jaro_winkler(&word, &entry)
        }
    };
    let near = list
        .iter()
        .map(|entry| (score(entry), *entry))
        .filter(|(score, _)| *score >= ALIKE);
    // Of equally near ones the first stands.
    near.reduce(|a, b| if b.0 > a.0 { b } else { a })
        .map(|(_, entry)| entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_comes_first() {
        let list = ["cloud-hosting", "staffing", "csl"];
        assert_eq!(nearest("Cloud", &list), Some("cloud-hosting"));
        assert_eq!(nearest("stafing", &list), Some("staffing"));
        assert_eq!(nearest("cls", &list), Some("csl"));
        assert_eq!(nearest("x", &list), None);
        let valid = "valid: `cloud-hosting`, `staffing`, `csl`";
        assert_eq!(choices("x", &list).as_deref(), Some(valid));
        assert_eq!(choices("x", &[]), None);
    }
}
