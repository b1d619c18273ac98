//! What is wrong with a pack: every fault with its code, its place and a way to repair it.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::lang::{Lang, Text, say};

/// Declares the codes once, with what each is printed as and the label that stands under the offending text, in both languages.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident, $code:literal, $en:literal, $zh:literal;)+) => {
        /// The kind of a fault in a pack.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum PolicyFaultCode {
            $($(#[$doc])* $name,)+
        }

        impl PolicyFaultCode {
            /// Every code.
            pub const ALL: &[PolicyFaultCode] = &[$(PolicyFaultCode::$name),+];

            /// The code as it is printed: stable, in kebab case.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(PolicyFaultCode::$name => $code,)+
                }
            }

            fn label(self, lang: Lang) -> String {
                match self {
                    $(PolicyFaultCode::$name => say!(lang, $en, $zh),)+
                }
            }
        }
    };
}

codes! {
    /// The file is not TOML.
    Syntax, "syntax", "here", "此处";
    /// A key that no table of this kind has.
    UnknownKey, "unknown-key", "unknown key", "未知的键";
    /// A required key is left out.
    MissingKey, "missing-key", "needs another key", "还需要一个键";
    /// A key that does not go with the fact's type.
    UnfittingKey, "unfitting-key", "does not go with this type", "与该类型不符";
    /// A TOML value of another type than the key takes.
    WrongType, "wrong-type", "wrong type", "类型不对";
    /// A number outside its range.
    OutOfRange, "out-of-range", "out of range", "超出范围";
    /// A list that must not be empty is.
    EmptyList, "empty-list", "empty list", "空列表";
    /// A text that must not be empty is.
    EmptyText, "empty-text", "empty text", "空文本";
    /// More of something than a pack may have.
    TooMany, "too-many", "one too many", "超出数量";
    /// An id or name with characters that ids do not have.
    InvalidName, "invalid-name", "not an id", "不是标识";
    /// A fact named like a fixed column or a word of conditions.
    ReservedName, "reserved-name", "reserved name", "保留名称";
    /// A value or synonym that cells use as `all`, `none` or `unknown`.
    ReservedValue, "reserved-value", "reserved word", "保留词";
    /// A value that the fact already has.
    DuplicateValue, "duplicate-value", "stands twice", "重复出现";
    /// A synonym that means another value too.
    AmbiguousSynonym, "ambiguous-synonym", "means two values", "表示两个值";
    /// A name or heading that two facts of the same table answer to.
    AmbiguousHeading, "ambiguous-heading", "another fact's column", "另一事实的列";
    /// An obligation with the id of an earlier one.
    DuplicateObligation, "duplicate-obligation", "id already taken", "标识已被占用";
    /// A word outside a fixed list of the format.
    UnknownWord, "unknown-word", "unknown word", "未知的词";
    /// A fact that the pack does not declare.
    UnknownFact, "unknown-fact", "undeclared fact", "未声明的事实";
    /// A value outside the fact's vocabulary.
    UnknownValue, "unknown-value", "unknown value", "未知的值";
    /// A code that is no assigned ISO 3166-1 alpha-2 code.
    UnknownCountry, "unknown-country", "no assigned code", "未分配的代码";
    /// A citation of an instrument that the pack does not declare.
    UnknownInstrument, "unknown-instrument", "undeclared instrument", "未声明的法律文件";
    /// An obligation that the pack does not have, or that operators do not bear themselves.
    UnknownObligation, "unknown-obligation", "no such duty of operators", "运营者没有该义务";
    /// A placeholder that questions do not have.
    UnknownPlaceholder, "unknown-placeholder", "in this question", "在此问题中";
    /// A test of a fact that is only carried.
    UntestableFact, "untestable-fact", "cannot be tested", "不能检验";
    /// A test that does not fit the fact's type.
    WrongTest, "wrong-test", "does not fit the fact's type", "与事实的类型不符";
    /// A fact of a party where one of the relationship is due, or the other way round.
    MisplacedFact, "misplaced-fact", "cannot stand here", "不能放在此处";
    /// `supplier` or `customer` where no relationship is looked at.
    MisplacedParty, "misplaced-party", "cannot stand here", "不能放在此处";
    /// An origin fact that is no choice of a party.
    UnfitOrigin, "unfit-origin", "cannot say who starts obligations", "不能说明由谁发起义务";
    /// A value that both lists of the origin name.
    OriginOverlap, "origin-overlap", "stands in both lists", "两个列表中都有";
    /// A secondary source that is not named.
    MissingSource, "missing-source", "says `secondary`", "此处为 secondary";
    /// An obligation that nothing brings about.
    NoStep, "no-step", "neither `own` nor `direct`", "既无 own 也无 direct";
    /// An `onward` rule without a `direct` one.
    OnwardWithoutDirect, "onward-without-direct", "nothing to go on from", "无可延续";
    /// A factor or callout of the screening with the id of an earlier one.
    DuplicateFactor, "duplicate-factor", "id already taken", "标识已被占用";
    /// A factor that the screening does not have.
    UnknownFactor, "unknown-factor", "no such factor", "没有该因素";
    /// A factor of which it is not clear when it holds.
    UnfitFactor, "unfit-factor", "one of them is due here", "此处应有且仅有其一";
}

impl fmt::Display for PolicyFaultCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One fault of a pack, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyFault {
    /// The kind of fault.
    pub code: PolicyFaultCode,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong, in one sentence without its full stop.
    pub message: Text,
    /// How it may be repaired.
    pub help: Option<Text>,
    span: Range<usize>,
}

/// Every fault of a pack, in the order of their places; never empty.
#[derive(Debug, Clone)]
pub struct PolicyFaults {
    name: String,
    source: String,
    faults: Vec<PolicyFault>,
}

/// A fault as it is found, before its line is known.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) code: PolicyFaultCode,
    pub(super) message: Text,
    pub(super) help: Option<Text>,
}

impl PolicyFaults {
    pub(super) fn new(name: &str, source: &str, mut found: Vec<Found>) -> Self {
        found.sort_unstable();
        found.dedup();
        let lines = Lines::new(source);
        let faults = found.into_iter().map(|fault| lines.locate(fault)).collect();
        PolicyFaults {
            name: name.to_owned(),
            source: source.to_owned(),
            faults,
        }
    }

    /// The faults, in the order of their places.
    pub fn faults(&self) -> &[PolicyFault] {
        &self.faults
    }

    /// The faults as people read them: each with its line of the pack, the place marked, and what may repair it.
    pub fn render(&self, lang: Lang, color: bool) -> String {
        let renderer = if color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let (error, help_word) = (say!(lang, "error", "错误"), say!(lang, "help", "建议"));
        let lines = Lines::new(&self.source);
        let mut out = String::new();
        for fault in &self.faults {
            let line = lines.line(fault.line);
            let start = fault.span.start - line.start;
            let end = fault.span.end.min(line.end) - line.start;
            let snippet = Snippet::source(&self.source[line])
                .line_start(fault.line)
                .path(&self.name)
                .annotation(
                    AnnotationKind::Primary
                        .span(start..end.max(start))
                        .label(fault.code.label(lang)),
                );
            let mut group = Level::ERROR
                .with_name(error.as_str())
                .primary_title(fault.message.get(lang))
                .id(fault.code.as_str())
                .element(snippet);
            if let Some(help) = &fault.help {
                group = group.element(
                    Level::HELP
                        .with_name(help_word.as_str())
                        .message(help.get(lang)),
                );
            }
            out.push_str(&renderer.render(&[group]));
            out.push_str("\n\n");
        }
        out
    }
}

impl fmt::Display for PolicyFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, fault) in self.faults.iter().enumerate() {
            if position > 0 {
                writeln!(f)?;
            }
            let PolicyFault {
                code,
                line,
                column,
                message,
                ..
            } = fault;
            // A fault is a line, whatever the text is that it quotes.
            let message = message.en.replace(['\r', '\n'], " ");
            write!(f, "{}:{line}:{column}: {code}: {message}", self.name)?;
            if let Some(help) = &fault.help {
                write!(f, " ({})", help.en.replace(['\r', '\n'], " "))?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for PolicyFaults {}

/// Where the lines of a text start.
struct Lines<'a> {
    source: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(source: &'a str) -> Self {
        let after_breaks = source.match_indices('\n').map(|(at, _)| at + 1);
        Lines {
            source,
            starts: std::iter::once(0).chain(after_breaks).collect(),
        }
    }

    /// The bytes of line `number`, counted from 1, without its line break.
    fn line(&self, number: usize) -> Range<usize> {
        let start = self.starts[number - 1];
        let end = self
            .starts
            .get(number)
            .map_or(self.source.len(), |next| next - 1);
        let text = self.source[start..end].trim_end_matches('\r');
        start..start + text.len()
    }

    fn locate(&self, found: Found) -> PolicyFault {
        let mut start = char_start(self.source, found.start);
        let line = self
            .starts
            .partition_point(|&line_start| line_start <= start);
        let whole = self.line(line);
        start = start.min(whole.end);
        let end = char_start(self.source, found.end).max(start);
        let column = self.source[whole.start..start].chars().count() + 1;
        PolicyFault {
            code: found.code,
            line,
            column,
            message: found.message,
            help: found.help,
            span: start..end,
        }
    }
}

/// The start of the character of `text` that byte `at` is part of, or the text's end.
fn char_start(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::both;

    #[test]
    fn codes_are_unique_and_in_kebab_case() {
        let mut codes: Vec<&str> = PolicyFaultCode::ALL
            .iter()
            .map(|code| code.as_str())
            .collect();
        for code in &codes {
            assert!(
                code.chars().all(|c| c.is_ascii_lowercase() || c == '-'),
                "{code}"
            );
        }
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), PolicyFaultCode::ALL.len());
    }

    #[test]
    fn places_count_lines_and_characters() {
        let source = "a = 1\r\n名 = 2\r\n";
        let code = PolicyFaultCode::UnknownKey;
        let found = |start, end| Found {
            start,
            end,
            code,
            message: both!("wrong", "不对"),
            help: None,
        };
        let faults = PolicyFaults::new(
            "p.toml",
            source,
            vec![found(13, 14), found(5, 6), found(99, 100)],
        );
        let places: Vec<_> = faults
            .faults()
            .iter()
            .map(|fault| (fault.line, fault.column))
            .collect();
        assert_eq!(places, [(1, 6), (2, 5), (3, 1)]);
        assert!(
            faults.render(Lang::En, false).contains("p.toml:2:5"),
            "{}",
            faults.render(Lang::En, false)
        );
        assert_eq!(
            faults.to_string().lines().next(),
            Some("p.toml:1:6: unknown-key: wrong")
        );
    }
}
