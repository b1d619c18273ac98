//! The two languages that ciiflow speaks, and texts that exist in both.

/// A language of everything printed: reports, pictures, diagnostics, help on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

impl Lang {
    /// A count with its noun; English has two forms of it.
    pub(crate) fn count(self, count: usize, one: &str, several: &str, chinese: &str) -> String {
        match self {
            Lang::En => format!("{count} {}", if count == 1 { one } else { several }),
            Lang::Zh => format!("{count} {chinese}"),
        }
    }
}

/// A text of a policy pack in English and, where the pack has it, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Text {
    /// The English text; never empty in a validated pack.
    pub en: String,
    /// The Chinese text, if the pack gives one.
    pub zh: Option<String>,
}

impl Text {
    /// The text that `say` gives in each language.
    pub(crate) fn said(say: impl Fn(Lang) -> String) -> Text {
        Text {
            en: say(Lang::En),
            zh: Some(say(Lang::Zh)),
        }
    }

    /// The text in `lang`, or in English where the pack has no other.
    pub fn get(&self, lang: Lang) -> &str {
        match (lang, &self.zh) {
            (Lang::Zh, Some(zh)) => zh,
            _ => &self.en,
        }
    }
}

/// A number with its thousands set apart.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Formats one sentence in the language given: English first, Chinese second, both with the same inline arguments.
///
/// Public for the command line, which is a crate of its own.
#[doc(hidden)]
#[macro_export]
macro_rules! say {
    ($lang:expr, $en:literal, $zh:literal $(,)?) => {
        match $lang {
            $crate::lang::Lang::En => format!($en),
            $crate::lang::Lang::Zh => format!($zh),
        }
    };
}
pub use say;

/// Formats one sentence in both languages, for what is found before anyone knows in which language it will be told.
/// Arguments that are not inline stand after both.
macro_rules! both {
    ($en:literal, $zh:literal $(, $arg:expr)* $(,)?) => {
        $crate::lang::Text {
            en: format!($en $(, $arg)*),
            zh: Some(format!($zh $(, $arg)*)),
        }
    };
}
pub(crate) use both;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_chinese_falls_back_to_english() {
        let text = Text {
            en: "Audit".into(),
            zh: None,
        };
        assert_eq!(text.get(Lang::Zh), "Audit");
        let count = 3;
        assert_eq!(say!(Lang::Zh, "{count} findings", "{count} 项"), "3 项");
    }
}
