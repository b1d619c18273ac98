//! Where the faults of a pack are collected while it is read.

use toml::Spanned;

use crate::lang::{Text, both, say};
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
    pub(super) fn push(&mut self, code: Code, place: Place, message: Text) {
        self.found.push(Found {
            start: place.start,
            end: place.end,
            code,
            message,
            help: None,
        });
    }

    pub(super) fn push_with_help(&mut self, code: Code, place: Place, message: Text, help: Text) {
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
        message: Text,
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
            both!(
                "this is not TOML: {}",
                "不是有效的 TOML：{}",
                error.message()
            ),
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
fn choices(word: &str, list: &[&str]) -> Option<Text> {
    const MOST: usize = 41;
    if list.is_empty() {
        return None;
    }
    Some(Text::said(|lang| {
        let hint = nearest(word, list).map_or(String::new(), |nearest| {
            say!(lang, "did you mean `{nearest}`? ", "是否为“{nearest}”？")
        });
        let shown = list.iter().take(MOST);
        let shown: Vec<String> = shown.map(|word| say!(lang, "`{word}`", "{word}")).collect();
        let shown = shown.join(&say!(lang, ", ", "、"));
        let rest = match list.len().saturating_sub(MOST) {
            0 => String::new(),
            rest => say!(lang, " and {rest} more", "等（另有 {rest} 项）"),
        };
        say!(
            lang,
            "{hint}valid: {shown}{rest}",
            "{hint}可选值：{shown}{rest}"
        )
    }))
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
        assert_eq!(choices("x", &list).unwrap().en, valid);
        assert_eq!(choices("x", &[]), None);
    }
}
