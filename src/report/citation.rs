//! How a place in a law is cited, with the marks that say how far the citation can be relied on.

use jiff::civil::Date;

use crate::lang::{Lang, say};
use crate::policy::{Checked, Citation, Instrument, Policy};

/// The citation as it is printed: instrument, article, and a mark for whatever a reader has to know before relying on it.
///
/// Before the day that an instrument was renumbered, the article is cited by its former number.
pub fn citation(policy: &Policy, citation: &Citation, lang: Lang, as_of: Date) -> String {
    let instrument = &policy.instruments[usize::from(citation.instrument)];
    let mut out = place(policy, citation, lang, as_of);
    for mark in marks(citation, instrument, as_of) {
        out.push_str(&mark.words(lang, as_of));
    }
    out
}

/// The same with a sign for each mark, for where the signs are explained.
pub(super) fn signed(policy: &Policy, citation: &Citation, lang: Lang, as_of: Date) -> String {
    let instrument = &policy.instruments[usize::from(citation.instrument)];
    let mut out = place(policy, citation, lang, as_of);
    let marks = marks(citation, instrument, as_of);
    out.extend(marks.into_iter().map(Mark::sign));
    out
}

/// Instrument and article.
fn place(policy: &Policy, citation: &Citation, lang: Lang, as_of: Date) -> String {
    let instrument = &policy.instruments[usize::from(citation.instrument)];
    let mut out = title(instrument, lang);
    let numbers = Numbers::of(citation, instrument, as_of);
    if let Some(article) = numbers.current {
        if lang == Lang::En {
            out.push(' ');
        }
        out.push_str(&article_words(article, lang));
    }
    if let Some(formerly) = numbers.former {
        out.push_str(&match lang {
            Lang::En => format!(", formerly {formerly}"),
            Lang::Zh => format!("，原{}", article_words(formerly, lang)),
        });
    }
    out
}

/// The article numbers to print at a date.
pub(super) struct Numbers<'a> {
    /// The number to cite.
    pub(super) current: Option<&'a str>,
    /// The number that it had before, where that is still worth saying.
    pub(super) former: Option<&'a str>,
}

impl<'a> Numbers<'a> {
    pub(super) fn of(citation: &'a Citation, instrument: &Instrument, as_of: Date) -> Self {
        let (article, formerly) = (citation.article.as_deref(), citation.formerly.as_deref());
        if instrument.renumbered.is_some_and(|day| as_of < day) && formerly.is_some() {
            return Numbers {
                current: formerly,
                former: None,
            };
        }
        Numbers {
            current: article,
            former: formerly,
        }
    }
}

/// Something that a reader has to know before relying on a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// Found in a secondary source, not compared with the official text.
    SecondarySource,
    /// Not checked at all.
    NotChecked,
    /// The interpretation of whoever wrote the pack, no wording of the instrument.
    PackReading,
    /// The instrument is not in force at the date.
    NotInForce,
}

impl Mark {
    /// The mark in words, in brackets, to stand right behind the citation.
    pub(super) fn words(self, lang: Lang, as_of: Date) -> String {
        match self {
            Mark::SecondarySource => say!(lang, " (secondary source)", "（二手来源）"),
            Mark::NotChecked => say!(lang, " (not checked)", "（未核对）"),
            Mark::PackReading => say!(lang, " (the pack's reading)", "（本规则包的解读）"),
            Mark::NotInForce => say!(lang, " (not in force at {as_of})", "（{as_of} 尚未施行）"),
        }
    }

    /// The mark in words without brackets, behind its sign.
    pub(super) fn explained(self, lang: Lang, as_of: Date) -> String {
        let (sign, words) = (self.sign(), self.words(lang, as_of));
        format!("{sign} {}", words.trim_matches([' ', '(', ')', '（', '）']))
    }

    /// The mark as one sign, where there is no room for words.
    pub(super) fn sign(self) -> char {
        match self {
            Mark::SecondarySource => '†',
            Mark::NotChecked => '‡',
            Mark::PackReading => '§',
            Mark::NotInForce => '°',
        }
    }

    pub(super) const ALL: [Mark; 4] = [
        Mark::SecondarySource,
        Mark::NotChecked,
        Mark::PackReading,
        Mark::NotInForce,
    ];
}

/// The marks of a citation, in the order of printing.
pub(super) fn marks(citation: &Citation, instrument: &Instrument, as_of: Date) -> Vec<Mark> {
    let mut marks: Vec<Mark> = checked_mark(citation.checked).into_iter().collect();
    if citation.reading {
        marks.push(Mark::PackReading);
    }
    marks.extend(in_force_mark(instrument, as_of));
    marks
}

/// The mark of a statement that was not compared with the official text.
pub(super) fn checked_mark(checked: Checked) -> Option<Mark> {
    match checked {
        Checked::Official => None,
        Checked::Secondary => Some(Mark::SecondarySource),
        Checked::None => Some(Mark::NotChecked),
    }
}

/// The mark of an instrument that is not in force at the date.
pub(super) fn in_force_mark(instrument: &Instrument, as_of: Date) -> Option<Mark> {
    instrument
        .in_force
        .filter(|day| as_of < *day)
        .map(|_| Mark::NotInForce)
}

/// The instrument's title; a Chinese one in title marks, unless it begins with the number of a standard.
pub(super) fn title(instrument: &Instrument, lang: Lang) -> String {
    let title = instrument.title.get(lang);
    let chinese = lang == Lang::Zh && instrument.title.zh.is_some();
    let bare = !title.contains('《') && !title.starts_with(|c: char| c.is_ascii());
    if chinese && bare {
        format!("《{title}》")
    } else {
        title.to_owned()
    }
}

/// The article with the word for it; one that is no number, such as an annex, stands alone.
fn article_words(article: &str, lang: Lang) -> String {
    let is_number = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    let (number, rest) = article.split_at(article.find(|c| !is_number(c)).unwrap_or(article.len()));
    match (number, lang) {
        ("", _) => article.to_owned(),
        // Laws count articles; what standards count, with points, they call clauses.
        (_, Lang::En) if number.contains('.') => format!("clause {article}"),
        (_, Lang::En) => format!("art. {article}"),
        (_, Lang::Zh) => format!("第{number}条{}", full_width(rest)),
    }
}

/// The number of a point in Chinese brackets; a bracket that only closes, as in “7.9 a)”, is part of the number.
fn full_width(point: &str) -> String {
    match point.contains('(') {
        true => point.replace('(', "（").replace(')', "）"),
        false => point.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const PACK: &str = r#"
        [pack]
        id = "c"
        version = "1"
        title = { en = "C" }
        [origin]
        fact = "s"
        applies = ["a"]
        [fact.s]
        of = "party"
        type = "choice"
        values = ["a"]
        [instrument.csl]
        title = { en = "Cybersecurity Law", zh = "网络安全法" }
        pillar = "CSL"
        in_force = 2017-06-01
        renumbered = 2026-01-01
        [instrument.standard]
        title = { en = "GB/T 39204-2022", zh = "GB/T 39204-2022 要求" }
        pillar = "GB/T"
        [[obligation]]
        id = "o"
        title = { en = "O" }
        [obligation.own]
        when = {}
        basis = [
            { instrument = "csl", article = "36(1)", formerly = "34(1)", checked = "secondary", source = "a book" },
            { instrument = "csl", article = "annex", checked = "official", reading = true },
            { instrument = "csl" },
            { instrument = "standard", article = "7.9 a)-e)", checked = "official" },
        ]
    "#;

    #[test]
    fn citations_and_their_marks() {
        let policy = Policy::parse(PACK, "pack.toml").unwrap();
        let basis = &policy.obligations[0].own.as_ref().unwrap().basis;
        let cases = [
            (
                0,
                Lang::En,
                date(2026, 1, 1),
                "Cybersecurity Law art. 36(1), formerly 34(1) (secondary source)",
            ),
            (
                0,
                Lang::Zh,
                date(2026, 1, 1),
                "《网络安全法》第36条（1），原第34条（1）（二手来源）",
            ),
            (
                0,
                Lang::En,
                date(2025, 12, 31),
                "Cybersecurity Law art. 34(1) (secondary source)",
            ),
            (
                1,
                Lang::En,
                date(2026, 1, 1),
                "Cybersecurity Law annex (the pack's reading)",
            ),
            (
                1,
                Lang::Zh,
                date(2026, 1, 1),
                "《网络安全法》annex（本规则包的解读）",
            ),
            (
                2,
                Lang::En,
                date(2017, 5, 31),
                "Cybersecurity Law (not checked) (not in force at 2017-05-31)",
            ),
            (
                2,
                Lang::Zh,
                date(2017, 5, 31),
                "《网络安全法》（未核对）（2017-05-31 尚未施行）",
            ),
            (
                3,
                Lang::En,
                date(2026, 1, 1),
                "GB/T 39204-2022 clause 7.9 a)-e)",
            ),
            (
                3,
                Lang::Zh,
                date(2026, 1, 1),
                "GB/T 39204-2022 要求第7.9条 a)-e)",
            ),
        ];
        for (position, lang, as_of, expected) in cases {
            assert_eq!(citation(&policy, &basis[position], lang, as_of), expected);
        }
    }
}
