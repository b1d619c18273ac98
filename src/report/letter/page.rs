//! What a letter is made of, before anyone knows in which format it will be written.

use crate::lang::Lang;

/// A text in the languages of a letter; only once where it is the same in all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Words(pub(super) Vec<(Lang, String)>);

impl Words {
    pub(super) fn new(texts: impl Iterator<Item = (Lang, String)>) -> Words {
        let mut words: Vec<(Lang, String)> = texts.collect();
        words.dedup_by(|(_, a), (_, b)| a == b);
        Words(words)
    }

    /// All of them in one line, for headings.
    pub(super) fn inline(&self) -> String {
        self.joined(" ")
    }

    /// All of them with something between them.
    pub(super) fn joined(&self, between: &str) -> String {
        let texts: Vec<&str> = self.0.iter().map(|(_, text)| text.as_str()).collect();
        texts.join(between)
    }
}

/// A paragraph of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) words: Words,
    pub(super) is_strong: bool,
}

impl Line {
    pub(super) fn plain(words: Words) -> Line {
        Line {
            words,
            is_strong: false,
        }
    }

    pub(super) fn strong(words: Words) -> Line {
        Line {
            words,
            is_strong: true,
        }
    }
}

/// The paragraphs of a cell.
pub(super) type Cell = Vec<Line>;

/// A table; the columns from one on may be there to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) head: Vec<Words>,
    /// The width of each column, in hundredths.
    pub(super) widths: Vec<u32>,
    pub(super) rows: Vec<Vec<Cell>>,
    /// The first column that is to be filled in.
    pub(super) fill_from: usize,
}

/// A part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// What the letter is about.
    Title(Words),
    /// The heading of a section.
    Heading(Words),
    /// A heading within it.
    Minor(Words),
    /// A paragraph.
    Text(Words),
    /// A list.
    Bullets(Vec<Words>),
    /// What stands at the head of a letter: each with what it is called.
    Facts(Vec<(Words, Vec<Words>)>),
    /// A table.
    Table(Table),
}
