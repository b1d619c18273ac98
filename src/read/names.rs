//! Parties that registers give by name alone: one party per name after normalising.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::register::Texts;

/// A name as it is compared: compatibility forms, case, width, spaces and punctuation set aside.
pub(super) fn normal_name(name: &str) -> String {
    let letters: String = name
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect();
    if letters.is_empty() {
        name.trim().to_owned()
    } else {
        letters
    }
}

/// The ids of parties by name.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Spellings met, with the id they stand for.
    spellings: HashMap<String, String>,
    /// Normal names, with the id: the first spelling met.
    ids: HashMap<String, String>,
}

impl Names {
    /// The id of the party that is called so: the first spelling of its name that was met.
    pub(super) fn id(&mut self, name: &str) -> &str {
        if !self.spellings.contains_key(name) {
            let id = self
                .ids
                .entry(normal_name(name))
                .or_insert_with(|| name.to_owned())
                .clone();
            self.spellings.insert(name.to_owned(), id);
        }
        &self.spellings[name]
    }

    /// The ids of parties that are called so, in order.
    pub(super) fn ids(&mut self, names: &Texts) -> Texts {
        let mut ids = Texts::default();
        names.iter().for_each(|name| ids.push(self.id(name)));
        ids
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one_party() {
        let mut names = Names::default();
        let first = "Yunhe Cloud Co., Ltd.";
        for spelling in [
            first,
            "YUNHE CLOUD CO LTD",
            "Ｙｕｎｈｅ　Cloud Co.,Ltd",
            "yunhe-cloud co. ltd",
        ] {
            assert_eq!(names.id(spelling), first);
        }
        assert_eq!(names.id("云河云（集团）"), "云河云（集团）");
        assert_eq!(names.id("云河云(集团)"), "云河云（集团）");
        assert_eq!(names.id("***"), "***");
        assert_eq!(names.id("###"), "###");
    }
}
