//! Letters as they are compared: full-width ASCII, as Chinese and Japanese keyboards write it, is ASCII.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The text with full-width letters, digits and signs as their half-width forms, and nothing else changed.
pub(super) fn half_width(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    // Other compatibility forms stay: 10² is not 102.
    let is_wide =
        |c: char| matches!(c, '\u{3000}' | '\u{ff01}'..='\u{ff5e}' | '\u{ffe0}'..='\u{ffe6}');
    let narrow = text.chars().map(|c| match is_wide(c) {
        true => std::iter::once(c).nfkc().next().unwrap_or(c),
        false => c,
    });
    Cow::Owned(narrow.collect())
}

/// A word of a vocabulary as it is compared: in any case and any compatibility form.
pub(super) fn folded(word: &str) -> String {
    match word.is_ascii() {
        true => word.to_ascii_lowercase(),
        false => word.nfkc().collect::<String>().to_lowercase(),
    }
}
