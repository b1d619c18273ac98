//! Cells that hold a name in two scripts: `中国银行 Bank of China`.

use super::core::{Core, VOCABULARY, is_east_asian};
use crate::country::Country;

/// The Latin and the Chinese name, where a text is plainly both; a text that may be one name of mixed script is not.
///
/// Neither is made of two names again.
pub(super) fn split(text: &str) -> Option<[String; 2]> {
    if text.is_ascii() || !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let (parts, is_marked) = bracketed(text)
        .or_else(|| slashed(text))
        .map(|parts| (parts, true))
        .or_else(|| Some((spaced(text)?, false)))?;
    let [one, other] = parts.map(trimmed);
    let [latin, chinese] = match one.contains(is_east_asian) {
        true => [other, one],
        false => [one, other],
    };
    let forms = [latin, chinese].map(|part| !Core::of(part).forms.is_empty());
    // Between mere spaces `General Electric 中国投资有限公司` is one name.
    let is_balanced = forms[0] == forms[1];
    let is_pure = !chinese
        .chars()
        .any(|c| c.is_alphabetic() && !is_east_asian(c));
    let holds = is_latin_name(latin)
        && is_chinese_name(chinese)
        && (is_balanced || is_marked)
        && (is_pure || (is_balanced && forms[1]));
    holds.then(|| [latin.to_owned(), chinese.to_owned()])
}

/// What stands before the brackets at the end, and in them.
fn bracketed(text: &str) -> Option<[&str; 2]> {
    let inner = text.strip_suffix([')', '）'])?;
    let mut depth = 1;
    for (at, c) in inner.char_indices().rev() {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let parts = [&inner[..at], &inner[at + c.len_utf8()..]];
            return is_one_of_each(parts).then_some(parts);
        }
    }
    None
}

/// What stands on each side of the only slash.
fn slashed(text: &str) -> Option<[&str; 2]> {
    let (one, other) = text.split_once(['/', '／', '|', '｜'])?;
    let parts = [one, other];
    (!other.contains(['/', '／', '|', '｜']) && is_one_of_each(parts)).then_some(parts)
}

/// The words without a Chinese letter and those with one, where all of one kind stand before all of the other.
fn spaced(text: &str) -> Option<[&str; 2]> {
    let starts = text.char_indices().filter(|(_, c)| c.is_whitespace());
    let mut cuts = starts.map(|(at, _)| text.split_at(at).into());
    cuts.find(|parts: &[&str; 2]| is_one_of_each(*parts))
}

/// Whether every word of one part has a Chinese letter, and none of the other.
fn is_one_of_each(parts: [&str; 2]) -> bool {
    let all = |part: &str| {
        let mut words = part.split_whitespace().peekable();
        words.peek().is_some() && words.all(|word| word.contains(is_east_asian))
    };
    let none = |part: &str| !part.trim().is_empty() && !part.contains(is_east_asian);
    let [one, other] = parts;
    (all(one) && none(other)) || (none(one) && all(other))
}

/// Without blanks and signs that only part one name from the other.
fn trimmed(part: &str) -> &str {
    let parts = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | '，' | '、' | ';' | '；' | '-' | '–' | '—' | ':' | '：'
            )
    };
    part.trim_matches(parts)
}

/// Whether a text may be the whole name of an organisation: of two words, and neither a place nor a unit.
fn is_latin_name(text: &str) -> bool {
    const LEAST_LETTERS: usize = 5;
    let no_name = &VOCABULARY.no_name;
    let core = Core::of(text);
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| word.contains(char::is_alphabetic));
    let is = |word: Option<&String>, list: &[String]| word.is_some_and(|word| list.contains(word));
    words.count() >= 2
        && text.chars().filter(|c| c.is_alphabetic()).count() >= LEAST_LETTERS
        && Country::from_word(text).is_none()
        && !no_name.latin_places.contains(&core.words.join(" "))
        && !is(core.words.first(), &no_name.latin_starts)
        && !is(core.words.last(), &no_name.latin_ends)
}

/// The same for Chinese: of four letters, besides its legal form of two.
fn is_chinese_name(text: &str) -> bool {
    const LEAST_LETTERS: usize = 4;
    const LEAST_IN_CORE: usize = 2;
    let no_name = &VOCABULARY.no_name;
    let letters = |text: &str| text.chars().filter(|&c| is_east_asian(c)).count();
    let core = Core::of(text).letters();
    let ends =
        |list: &[String], end: fn(&str, &str) -> bool| list.iter().any(|word| end(text, word));
    letters(text) >= LEAST_LETTERS
        && letters(&core) >= LEAST_IN_CORE
        && text.starts_with(char::is_alphanumeric)
        && text.ends_with(|c: char| is_east_asian(c) || matches!(c, ')' | '）'))
        && [text, core.as_str()]
            .iter()
            .all(|text| Country::from_word(text).is_none())
        && !no_name.chinese_places.contains(&core)
        && !ends(&no_name.chinese_starts, |text, word| text.starts_with(word))
        && !ends(&no_name.chinese_ends, |text, word| text.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_names_are_split() {
        for (cell, latin, chinese) in [
            (
                "阳泉煤业（集团）有限责任公司 Yangquan Coal Industry (Group) Co.,Ltd",
                "Yangquan Coal Industry (Group) Co.,Ltd",
                "阳泉煤业（集团）有限责任公司",
            ),
            ("Yangquan Coal (阳泉煤业)", "Yangquan Coal", "阳泉煤业"),
            ("Bank of China 中国银行", "Bank of China", "中国银行"),
            ("中国银行 / Bank of China", "Bank of China", "中国银行"),
            ("中国银行／Bank of China", "Bank of China", "中国银行"),
            (
                "中国银行(Bank of China Ltd)",
                "Bank of China Ltd",
                "中国银行",
            ),
            ("Bank of China\n中国银行", "Bank of China", "中国银行"),
            ("Bank of China　（中国银行）", "Bank of China", "中国银行"),
            ("Bank of China - 中国银行", "Bank of China", "中国银行"),
            (
                "云河云计算（北京）有限公司 (Yunhe Cloud Computing (Beijing) Co., Ltd.)",
                "Yunhe Cloud Computing (Beijing) Co., Ltd.",
                "云河云计算（北京）有限公司",
            ),
            (
                "TCL科技集团股份有限公司 TCL Technology Group Corporation",
                "TCL Technology Group Corporation",
                "TCL科技集团股份有限公司",
            ),
            (
                "Hitachi Seisakusho K.K. 株式会社日立製作所",
                "Hitachi Seisakusho K.K.",
                "株式会社日立製作所",
            ),
        ] {
            let parts = split(cell).unwrap_or_else(|| panic!("{cell}"));
            assert_eq!(parts, [latin, chinese], "{cell}");
            assert_eq!(parts.map(|part| split(&part)), [None, None], "{cell}");
        }
    }

    #[test]
    fn what_may_be_one_name_is_not_split() {
        for cell in [
            "",
            "Bank of China",
            "中国银行",
            "3M中国有限公司",
            "A座物业公司",
            "IBM中国",
            "IBM 中国",
            "IBM 中国有限公司",
            "TCL科技集团股份有限公司",
            "中国石化 Sinopec Group (集团)",
            "中国银行Bank of China",
            "Amazon Web Services 中国",
            "Amazon Web Services (中国)",
            "Amazon Web Services 中国有限公司",
            "General Electric 中国投资有限公司",
            "General Electric (中国) 有限公司",
            "Standard Chartered 上海浦东分行",
            "Yunhe Cloud Ltd (已经注销)",
            "Yunhe Cloud Ltd (原云河科技)",
            "Yangquan Coal (集团)",
            "Yangquan Coal（集团）有限公司",
            "中国工商银行 (New York)",
            "中国移动通信 / Hong Kong",
            "中国移动通信 (Shanghai)",
            "中国移动通信 Beijing Branch",
            "中国移动通信 (formerly Yunhe Cloud)",
            "中国银行 / 工商银行 / Bank of China",
            "中国银行（Bank of China）上海分行",
            "ABC 阳泉煤业",
            "A B 阳泉煤业",
            "Ernst & Young 华明会计师事务所",
            "(阳泉煤业)",
            "Yangquan Coal )阳泉煤业)",
            "Yangquan Coal 阳泉",
            "Müller Söhne GmbH",
        ] {
            assert_eq!(split(cell), None, "{cell}");
        }
    }
}
