//! The core of a name: what is left without its legal form.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

/// The words of `words.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vocabulary {
    forms: Vec<Vec<String>>,
    before: Vec<String>,
    small: HashSet<String>,
    pub(super) telling: String,
    pub(super) ends_of_places: String,
    pub(super) no_name: NoName,
}

/// Words that show that a text is no name of a whole organisation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoName {
    pub(super) chinese_ends: Vec<String>,
    pub(super) chinese_starts: Vec<String>,
    pub(super) chinese_places: Vec<String>,
    pub(super) latin_ends: Vec<String>,
    pub(super) latin_starts: Vec<String>,
    pub(super) latin_places: Vec<String>,
}

pub(super) static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).expect("a test reads it"));

static FORMS: LazyLock<Forms> = LazyLock::new(|| Forms::new(&VOCABULARY));

/// Legal forms, each with the number of its meaning.
struct Forms {
    words: HashMap<&'static str, u16>,
    /// Those that are written without a space after the name, the longest first.
    endings: Vec<(&'static str, u16)>,
    /// Those that are written without a space before the name.
    beginnings: Vec<(&'static str, u16)>,
    before: HashSet<&'static str>,
}

/// Words of the longest legal form.
const MOST_WORDS: usize = 5;

impl Forms {
    fn new(vocabulary: &'static Vocabulary) -> Forms {
        let numbered = (0..).zip(&vocabulary.forms);
        let words: HashMap<&str, u16> = numbered
            .flat_map(|(meaning, words)| words.iter().map(move |word| (word.as_str(), meaning)))
            .collect();
        let written_together = |(word, _): &(&str, u16)| word.chars().any(is_east_asian);
        let ends = vocabulary.forms.iter().flatten().map(String::as_str);
        let mut endings: Vec<_> = ends.map(|word| (word, words[word])).collect();
        endings.retain(written_together);
        endings.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        let before = vocabulary.before.iter().map(String::as_str);
        let known = before
            .clone()
            .filter_map(|word| Some((word, *words.get(word)?)));
        Forms {
            beginnings: known.filter(written_together).collect(),
            before: before.collect(),
            endings,
            words,
        }
    }
}

/// Whether a letter is Chinese, Japanese or Korean.
pub(super) fn is_east_asian(c: char) -> bool {
    matches!(
        u32::from(c),
        0x3005..=0x3007 | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0x20000..=0x323AF
    )
}

/// A name without its legal form.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Core {
    /// Its words in lower case.
    pub(super) written: Vec<String>,
    /// The same without accents and small words.
    pub(super) words: Vec<String>,
    /// What the legal forms mean that were left out.
    pub(super) forms: Vec<u16>,
}

impl Core {
    /// The core of a name.
    pub(super) fn of(name: &str) -> Core {
        let mut written = words(name);
        let mut words: Vec<String> = written.iter().map(|word| folded(word)).collect();
        let mut forms = Vec::new();
        while let Some((left, meaning)) = without_ending(&mut words) {
            written.truncate(left);
            if let (Some(word), Some(shorter)) = (written.last_mut(), words.last())
                && word.chars().any(is_east_asian)
            {
                let length = shorter.chars().count();
                *word = word.chars().take(length).collect();
            }
            forms.push(meaning);
        }
        if let Some(meaning) = drop_beginning(&mut written, &mut words) {
            forms.push(meaning);
        }
        let small = |word: &String| VOCABULARY.small.contains(word);
        if !words.iter().all(small) {
            words.retain(|word| !small(word));
        }
        Core {
            written,
            words,
            forms,
        }
    }

    /// Its letters and digits, by which cores are compared.
    pub(super) fn letters(&self) -> String {
        self.words.concat()
    }
}

/// Leaves out the legal form at the end; gives how many words are left, and what it means.
fn without_ending(words: &mut Vec<String>) -> Option<(usize, u16)> {
    let forms = &*FORMS;
    for count in (1..=MOST_WORDS.min(words.len().saturating_sub(1))).rev() {
        let left = words.len() - count;
        if let Some(&meaning) = forms.words.get(words[left..].join(" ").as_str()) {
            words.truncate(left);
            // As in `GmbH & Co. KG`.
            while words.len() > 1
                && words
                    .last()
                    .is_some_and(|word| VOCABULARY.small.contains(word))
            {
                words.pop();
            }
            return Some((words.len(), meaning));
        }
    }
    let last = words.last_mut()?;
    let (form, meaning) = forms
        .endings
        .iter()
        .find(|(form, _)| last.ends_with(form))?;
    if last.len() == form.len() {
        return None;
    }
    last.truncate(last.len() - form.len());
    Some((words.len(), *meaning))
}

/// Leaves out the legal form before the name, and gives what it means.
fn drop_beginning(written: &mut Vec<String>, words: &mut Vec<String>) -> Option<u16> {
    let forms = &*FORMS;
    let first = words.first_mut()?;
    if forms.before.contains(first.as_str()) {
        if words.len() < 2 {
            return None;
        }
        written.remove(0);
        return forms.words.get(words.remove(0).as_str()).copied();
    }
    let mut beginnings = forms.beginnings.iter();
    let (form, meaning) = beginnings.find(|(form, _)| first.starts_with(form))?;
    first.drain(..form.len());
    if let Some(written) = written.first_mut() {
        *written = written.chars().skip(form.chars().count()).collect();
    }
    Some(*meaning)
}

/// The words of a name, compatibility forms and case set aside; initials with points between them are one word.
fn words(name: &str) -> Vec<String> {
    let text: String = name.nfkc().flat_map(char::to_lowercase).collect();
    let mut words: Vec<String> = Vec::new();
    let mut initials = false;
    for part in text.split_inclusive(|c: char| !is_letter(c)) {
        let word: String = part.chars().filter(|c| c.is_alphanumeric()).collect();
        let is_initial = word.chars().count() == 1 && !word.starts_with(is_east_asian);
        match words.last_mut() {
            Some(last) if initials && is_initial => last.push_str(&word),
            _ if !word.is_empty() => words.push(word.clone()),
            _ => {}
        }
        initials = match word.is_empty() {
            true => initials && part.chars().all(char::is_whitespace),
            false => is_initial && part.ends_with('.'),
        };
    }
    words
}

/// Apostrophes do not part words.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '`')
}

/// A word without accents.
fn folded(word: &str) -> String {
    match word.is_ascii() {
        true => word.to_owned(),
        false => {
            let is_accent = |c: &char| ('\u{300}'..='\u{36F}').contains(c);
            word.nfkd().filter(|c| !is_accent(c)).nfc().collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_is_in_its_normal_form() {
        let mut met = HashSet::new();
        for form in VOCABULARY.forms.iter().flatten() {
            assert!(met.insert(form), "{form} stands twice");
            let normal: Vec<String> = form.split(' ').map(folded).collect();
            assert_eq!(normal.join(" "), form.to_lowercase(), "{form}");
            assert!(form.split(' ').count() <= MOST_WORDS, "{form}");
        }
        for form in &VOCABULARY.before {
            assert!(met.contains(form), "{form} is no form");
        }
    }

    #[test]
    fn legal_forms_are_left_out() {
        for (name, core) in [
            ("Yunhe Cloud Co., Ltd.", "yunhe cloud"),
            ("Yunhe Cloud Co.Ltd", "yunhe cloud"),
            ("YUNHE CLOUD COMPANY LIMITED", "yunhe cloud"),
            ("Rossi S.p.A.", "rossi"),
            ("Rossi S. p. A.", "rossi"),
            ("Müller GmbH & Co. KG", "muller"),
            ("J.B. Hunt Inc", "jb hunt"),
            ("A & W Food Services Ltd.", "a w food services"),
            ("Rock and Roll Pty Ltd", "rock roll"),
            ("Groupe Réseau Ltée", "groupe reseau"),
            ("PT Maju Jaya Tbk", "maju jaya"),
            ("The Limited", "the"),
            ("Limited", "limited"),
            ("", ""),
            ("***", ""),
            ("Children's Wear L.L.C.", "childrens wear"),
            ("Foo Sp. z o.o.", "foo"),
            ("阳泉煤业（集团）有限责任公司", "阳泉煤业"),
            ("云河云集团股份有限公司", "云河云"),
            ("云河云(北京)有限公司", "云河云 北京"),
            ("IBM中国有限公司", "ibm中国"),
            ("公司", "公司"),
            ("有限公司", "有限公司"),
            ("株式会社日立製作所", "日立製作所"),
            ("日立製作所㈱", "日立製作所 株"),
        ] {
            assert_eq!(Core::of(name).words.join(" "), core, "{name}");
        }
    }

    #[test]
    fn forms_that_mean_the_same_have_one_number() {
        for (one, other, same) in [
            ("A B Ltd", "A B Limited", true),
            ("A B Co., Ltd", "A B Company Limited", true),
            ("A B Ltd", "A B Inc", false),
            ("A B Ltd", "A B", false),
            ("云河云有限公司", "云河云有限责任公司", true),
            ("云河云有限公司", "云河云股份有限公司", false),
        ] {
            assert_eq!(Core::of(one).forms == Core::of(other).forms, same, "{one}");
        }
    }
}
