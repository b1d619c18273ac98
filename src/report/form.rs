//! How sentences that several reports share are written.

use super::markdown::escaped;

/// The form of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As Markdown, in which no text of the register is markup.
    Markdown,
    /// As it stands.
    Plain,
}

impl Form {
    /// Text of the register or the pack.
    pub(super) fn text(self, text: &str) -> String {
        match self {
            Form::Markdown => escaped(text),
            Form::Plain => text.to_owned(),
        }
    }

    /// Words that stand out.
    pub(super) fn strong(self, words: &str) -> String {
        match self {
            Form::Markdown => format!("**{words}**"),
            Form::Plain => words.to_owned(),
        }
    }

    /// Words that lead to a section of the report, where there are links.
    pub(super) fn link(self, words: &str, section: &str) -> String {
        match self {
            Form::Markdown => format!("[{words}](#{section})"),
            Form::Plain => words.to_owned(),
        }
    }
}
