//! How text looks on a terminal: its colours, and its width.

use unicode_width::UnicodeWidthStr;

/// Colours, or none.
#[derive(Debug, Clone, Copy, Default)]
pub struct Paint {
    /// Whether to colour.
    pub color: bool,
}

impl Paint {
    fn wrap(self, style: anstyle::Style, text: &str) -> String {
        match self.color {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }

    /// A heading or the like.
    pub fn bold(self, text: &str) -> String {
        self.wrap(anstyle::Style::new().bold(), text)
    }

    /// Something less important.
    pub fn dim(self, text: &str) -> String {
        self.wrap(anstyle::Style::new().dimmed(), text)
    }

    /// A severity's or status's word in its colour.
    pub(super) fn colored(self, color: anstyle::AnsiColor, text: &str) -> String {
        self.wrap(
            anstyle::Style::new().bold().fg_color(Some(color.into())),
            text,
        )
    }
}

/// The text padded to a width in columns of a terminal, in which Chinese takes two.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
