//! A fault: what is wrong, without the row.

use super::{Code, FileId, nearest, remedy, wording};
use crate::lang::Lang;

/// One kind of fault in one column of one file, without the row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fault {
    /// What kind.
    pub code: Code,
    /// In which file.
    pub file: FileId,
    /// The column as the file heads it; empty where the fault is of the whole row or file.
    pub column: String,
    /// The text that is wrong; empty where there is none.
    pub text: String,
    /// What else the sentence needs, such as the row that an id was taken by; empty where it needs nothing.
    pub other: String,
    /// What would be valid.
    pub valid: Vec<String>,
    /// How two names are nearly the same, where that is the matter.
    pub likeness: Option<Likeness>,
    /// Whether its words were taken out, so that nothing can be near to them.
    pub redacted: bool,
}

/// How two names are nearly the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Likeness {
    /// The legal form is written in another way.
    FormSpelling,
    /// Only the legal form differs.
    LegalForm,
    /// Only accents, small words and perhaps the legal form differ.
    SmallWords,
    /// One has the other as its Chinese or its Latin half.
    Script,
    /// The words stand in another order.
    Order,
    /// They are one letter apart.
    Letter,
}

impl Fault {
    /// A fault of a whole file, to be filled in further.
    pub fn new(code: Code, file: FileId) -> Fault {
        Fault {
            code,
            file,
            column: String::new(),
            text: String::new(),
            other: String::new(),
            valid: Vec::new(),
            likeness: None,
            redacted: false,
        }
    }

    /// The same fault, in a column.
    pub fn column(self, column: impl Into<String>) -> Fault {
        Fault {
            column: column.into(),
            ..self
        }
    }

    /// The same fault, with the text that is wrong.
    pub fn text(self, text: impl Into<String>) -> Fault {
        Fault {
            text: shortened(text.into()),
            ..self
        }
    }

    /// The same fault, with what else its sentence needs.
    pub fn other(self, other: impl Into<String>) -> Fault {
        Fault {
            other: other.into(),
            ..self
        }
    }

    /// The same fault, with what would be valid.
    pub fn valid(self, valid: impl IntoIterator<Item = impl Into<String>>) -> Fault {
        Fault {
            valid: valid.into_iter().map(Into::into).collect(),
            ..self
        }
    }

    /// The same fault, of two names that are nearly the same: whole, because they are to be copied.
    pub fn alike(self, name: &str, first: &str, likeness: Likeness) -> Fault {
        Fault {
            text: name.to_owned(),
            other: first.to_owned(),
            likeness: Some(likeness),
            ..self
        }
    }

    /// The valid word nearest to the text, if one is near.
    pub fn nearest(&self) -> Option<&str> {
        match self.redacted {
            true => None,
            false => nearest(&self.text, self.valid.iter().map(String::as_str)),
        }
    }

    /// One sentence that says what is wrong.
    pub fn message(&self, lang: Lang) -> String {
        wording::message(self, lang)
    }

    /// One sentence that says how to mend it or what was done instead; empty where the message says it all.
    pub fn help(&self, lang: Lang) -> String {
        remedy::help(self, lang)
    }
}

/// A cell's text, cut where a diagnostic would drown in it.
fn shortened(text: String) -> String {
    const MOST: usize = 120;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
