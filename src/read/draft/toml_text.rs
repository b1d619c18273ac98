//! Text as TOML writes it.

/// A string in quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out += &format!("\\u{:04X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A key, in quotes where it has to be.
pub(super) fn key(name: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    match !name.is_empty() && name.chars().all(is_bare) {
        true => name.to_owned(),
        false => quoted(name),
    }
}

/// Text for a comment: on one line, and no longer than a person reads.
pub(super) fn plain(text: &str) -> String {
    const MOST: usize = 40;
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .collect();
    let text = words.join(" ");
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_quoted_reads_the_same_again() {
        for text in [
            "",
            "plain",
            "\"x\" \\ 'y'",
            "供应商\n名称",
            "a\r\n\tb",
            "\u{1}\u{7F}\u{85}",
            "# no comment",
            "a = b",
        ] {
            let line = format!("{} = {}  # {}", key(text), quoted(text), plain(text));
            let table: toml::Table = toml::from_str(&line).expect(&line);
            assert_eq!(table[text].as_str(), Some(text), "{line}");
        }
    }
}
