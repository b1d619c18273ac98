//! Headings as they are compared: words without case, width and signs.

use unicode_normalization::UnicodeNormalization;

/// A heading as it is compared: words in lower case and half width with blanks between them, none between Chinese ones.
pub(super) fn key(heading: &str) -> String {
    let mut spaced = String::new();
    let mut before = ' ';
    for c in heading.nfkc() {
        // SupplierName is two words.
        if before.is_lowercase() && c.is_uppercase() {
            spaced.push(' ');
        }
        spaced.push(c);
        before = c;
    }
    let lower = spaced.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let mut key = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        let after_wide = key.chars().next_back().is_none_or(is_wide);
        let is_joined = key.is_empty() || (after_wide && word.starts_with(is_wide));
        if !is_joined {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

/// Chinese, Japanese or Korean: written without blanks between words.
pub(super) fn is_wide(c: char) -> bool {
    c >= '\u{2E80}'
}

pub(super) fn is_wide_word(word: &str) -> bool {
    word.chars().all(is_wide)
}

/// The key of what stands outside of brackets, and of what stands in each.
pub(super) fn brackets(heading: &str) -> (String, Vec<String>) {
    let heading: String = heading.nfkc().collect();
    let (mut outside, mut inside) = (String::new(), Vec::new());
    let mut rest = heading.as_str();
    while let Some(open) = rest.find(['(', '[', '【']) {
        outside.push_str(&rest[..open]);
        outside.push(' ');
        let mut within = rest[open..].splitn(2, [')', ']', '】']);
        inside.extend(within.next().map(key));
        rest = within.next().unwrap_or_default();
    }
    outside.push_str(rest);
    (key(&outside), inside)
}

/// Whether a heading that contains this one says something of the same.
pub(super) fn is_telling(key: &str) -> bool {
    match key.chars().any(is_wide) {
        true => key.chars().count() >= 2,
        false => key.contains(' ') || key.len() >= 5,
    }
}

/// Whether a key has these words in it, in their order.
pub(super) fn contains(key: &str, words: &str) -> bool {
    match words.contains(is_wide) {
        true => key.contains(words),
        false => format!(" {key} ").contains(&format!(" {words} ")),
    }
}

/// What stands behind a word with which the key begins, and before one with which it ends.
pub(super) fn beside(key: &str, word: &str) -> Vec<String> {
    let is_apart = |c: Option<char>| c.is_some_and(|c| c == ' ' || is_wide(c));
    let behind = key.strip_prefix(word);
    let behind = behind.filter(|rest| is_apart(rest.chars().next()));
    let before = key.strip_suffix(word);
    let before = before.filter(|rest| is_apart(rest.chars().next_back()));
    let rests = behind.into_iter().chain(before);
    rests.map(|rest| rest.trim().to_owned()).collect()
}
