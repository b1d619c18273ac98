//! What the pack says of letters to suppliers: what they never ask, and what they have to tell.

use super::{Page, one_line};
use crate::lang::say;
use crate::policy::{Condition, LetterNotice};
use crate::report::condition::{enumeration, fact_title};

impl Page<'_> {
    /// The rules of letters; none where the pack has none.
    pub(super) fn letter(&self) -> Option<String> {
        let Page { policy, lang, .. } = self;
        let rules = &policy.letter;
        if rules.withhold.is_empty() && rules.notices.is_empty() {
            return None;
        }
        let mut out = say!(lang, "## Letters to suppliers\n\n", "## 致供应商的函\n\n");
        let withheld = rules.withhold.iter();
        let withheld: Vec<&str> = withheld
            .map(|fact| fact_title(policy.fact(*fact), *lang))
            .collect();
        if !withheld.is_empty() {
            let withheld = enumeration(&withheld, *lang);
            out += &say!(
                lang,
                "- Never asked in a letter: {withheld}\n",
                "- 函中从不询问：{withheld}\n"
            );
        }
        for notice in &rules.notices {
            out += &self.letter_notice(notice);
        }
        Some(out)
    }

    fn letter_notice(&self, notice: &LetterNotice) -> String {
        let lang = self.lang;
        let text = one_line(notice.text.get(lang));
        let mut out = say!(lang, "- Notice: {text}\n", "- 告知：{text}\n");
        if notice.when != Condition::ALWAYS {
            let when = self.lines(&notice.when);
            out += &say!(
                lang,
                "- Told where this holds of the recipient, or may:\n{when}",
                "- 收函方符合或可能符合以下条件时告知：\n{when}"
            );
        }
        if notice.review {
            out += &say!(
                lang,
                "- Such a letter is written only with `--reviewed-by`\n",
                "- 此类函件须以 `--reviewed-by` 注明复核人方可生成\n"
            );
        }
        out + &self.basis(&notice.basis)
    }
}
