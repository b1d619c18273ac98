//! The words of results in both languages, which reports and pictures share.

use crate::assess::Proof;
use crate::flow::Status;
use crate::lang::Lang;
use crate::policy::Binding;

/// The word for a binding, as result files have it.
pub(crate) fn binding_word(binding: Binding) -> &'static str {
    match binding {
        Binding::Statute => "statute",
        Binding::Contract => "contract",
        Binding::Standard => "standard",
        Binding::Practice => "practice",
        Binding::Undetermined => "undetermined",
    }
}

/// The word for a status.
pub(crate) fn status_word(status: Status, lang: Lang) -> &'static str {
    match (status, lang) {
        (Status::Applies, Lang::En) => "applies",
        (Status::Applies, Lang::Zh) => "适用",
        (Status::Conditional, Lang::En) => "conditional",
        (Status::Conditional, Lang::Zh) => "附条件",
        (Status::Unconfirmed, Lang::En) => "unconfirmed",
        (Status::Unconfirmed, Lang::Zh) => "待确认",
    }
}

/// The word for a state of evidence.
pub(crate) fn proof_word(proof: Proof, lang: Lang) -> &'static str {
    match (proof, lang) {
        (proof, Lang::En) => proof.as_str(),
        (Proof::Met, Lang::Zh) => "已具备",
        (Proof::Expiring, Lang::Zh) => "即将到期",
        (Proof::Undated, Lang::Zh) => "未注日期",
        (Proof::Waived, Lang::Zh) => "已豁免",
        (Proof::Partly, Lang::Zh) => "部分具备",
        (Proof::Expired, Lang::Zh) => "已过期",
        (Proof::Missing, Lang::Zh) => "缺失",
    }
}

/// A question of the pack with a name in the place of a blank. Chinese and Latin letters are set apart by one space.
pub(crate) fn filled(question: &str, blank: &str, name: &str) -> String {
    let mut parts = question.split(blank);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        join(&mut out, name);
        join(&mut out, part);
    }
    out
}

/// Appends a text, with the space that stands between Chinese and Latin letters.
fn join(out: &mut String, text: &str) {
    let is_latin = |c: char| c.is_ascii_graphic();
    let is_chinese = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    if let (Some(last), Some(first)) = (out.chars().last(), text.chars().next()) {
        let apart = is_latin(last) && is_chinese(first) || is_chinese(last) && is_latin(first);
        out.push_str(if apart { " " } else { "" });
    }
    out.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn names_in_questions_are_set_apart_by_one_rule() {
        let question = "{supplier}在{relationship}项下提供什么？（{supplier}可能无法答复。）";
        let told = filled(question, "{supplier}", "云舟桥");
        let told = filled(&told, "{relationship}", "R53");
        assert_eq!(told, "云舟桥在 R53 项下提供什么？（云舟桥可能无法答复。）");
        let told = filled(question, "{supplier}", "Halvoro Inc.");
        assert_eq!(
            told,
            "Halvoro Inc. 在{relationship}项下提供什么？（Halvoro Inc. 可能无法答复。）"
        );
        assert_eq!(filled("Does {party} know?", "{party}", "A"), "Does A know?");
    }
}
