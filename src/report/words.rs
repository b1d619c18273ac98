//! The words of results in both languages, and small pieces of text that several formats share.

use crate::assess::{Concern, Missing, OpenCounts};
use crate::flow::Status;
use crate::lang::{Lang, say};
use crate::policy::{Binding, Fact, Policy};
use crate::register::{PartyId, Value};
use crate::report::binding::binding_words;
use crate::report::condition::{fact_title, value_label};
use crate::view::View;
pub(super) use crate::view::words::{filled, proof_word, status_word};

/// What a status means.
pub(super) fn status_meaning(status: Status, lang: Lang) -> &'static str {
    match (status, lang) {
        (Status::Applies, Lang::En) => {
            "every fact on the chain is known, and an operator starts it"
        }
        (Status::Applies, Lang::Zh) => "链条上的事实均已知，且由运营者发起",
        (Status::Conditional, Lang::En) => {
            "every fact on the chain is known, but it starts only if a possible operator turns out to be one"
        }
        (Status::Conditional, Lang::Zh) => "链条上的事实均已知，但仅在可能的运营者被确认后才发起",
        (Status::Unconfirmed, Lang::En) => "it rests on a fact that the register does not give",
        (Status::Unconfirmed, Lang::Zh) => "取决于台账未给出的事实",
    }
}

/// The word for what makes something owed, without the force that it gives.
pub(super) fn binding_word(binding: Option<Binding>, lang: Lang) -> &'static str {
    match (binding, lang) {
        (None, Lang::En) => "not said",
        (None, Lang::Zh) => "未说明",
        (Some(Binding::Statute), Lang::En) => "statute",
        (Some(Binding::Statute), Lang::Zh) => "法定",
        (Some(Binding::Contract), Lang::En) => "contract",
        (Some(Binding::Contract), Lang::Zh) => "合同",
        (Some(Binding::Standard), Lang::En) => "standard",
        (Some(Binding::Standard), Lang::Zh) => "标准",
        (Some(Binding::Practice), Lang::En) => "practice",
        (Some(Binding::Practice), Lang::Zh) => "良好实践",
        (Some(Binding::Undetermined), Lang::En) => "undetermined",
        (Some(Binding::Undetermined), Lang::Zh) => "未定",
    }
}

/// A word as it begins a heading.
pub(super) fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// How something is owed; what is not certain is owed by nobody yet, so only the kind of its binding is named.
pub(super) fn owed_words(status: Status, binding: Option<Binding>, lang: Lang) -> &'static str {
    match binding {
        Some(Binding::Undetermined) => match lang {
            Lang::En => "binding undetermined",
            Lang::Zh => "约束力未定",
        },
        Some(binding) if status == Status::Applies => binding_words(binding, lang),
        binding => binding_word(binding, lang),
    }
}

/// The word for a criticality, by its position.
pub(super) fn criticality_word(position: u16, lang: Lang) -> &'static str {
    let position = usize::from(position);
    match lang {
        Lang::En => crate::register::CRITICALITIES[position],
        Lang::Zh => ["低", "中", "高", "关键"][position],
    }
}

/// Open findings in words, the gravest first: “2 by statute, 3 to be agreed, 1 recommended”.
pub(super) fn open_words(concern: &Concern, lang: Lang) -> String {
    let OpenCounts {
        statute,
        contract,
        recommended,
        conditional,
        unconfirmed,
    } = concern.open;
    let undetermined = concern.undetermined;
    let contract = contract - undetermined;
    let parts = [
        (
            statute,
            say!(lang, "{statute} by statute", "法定 {statute} 项"),
        ),
        (
            contract,
            say!(lang, "{contract} to be agreed", "待约定 {contract} 项"),
        ),
        (
            undetermined,
            say!(
                lang,
                "{undetermined} of undetermined binding",
                "约束力未定 {undetermined} 项"
            ),
        ),
        (
            recommended,
            say!(lang, "{recommended} recommended", "建议 {recommended} 项"),
        ),
        (
            conditional,
            say!(lang, "{conditional} conditional", "附条件 {conditional} 项"),
        ),
        (
            unconfirmed,
            say!(lang, "{unconfirmed} unconfirmed", "待确认 {unconfirmed} 项"),
        ),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(_, words)| words)
        .collect();
    match (parts.is_empty(), lang) {
        (true, _) => say!(lang, "nothing open", "无未决事项"),
        (false, Lang::En) => parts.join(", "),
        (false, Lang::Zh) => parts.join("、"),
    }
}

/// What a column that a register leaves open is called.
pub(super) fn missing_word(missing: Missing, policy: &Policy, lang: Lang) -> String {
    match missing {
        Missing::Supports => say!(
            lang,
            "Deliveries that it supports (`supports`)",
            "所支撑的交付（`supports`）"
        ),
        Missing::Relationship(fact) | Missing::Party(fact) => {
            let fact = policy.fact(fact);
            let (title, name) = (fact_title(fact, lang), &fact.name);
            if title == name {
                return format!("`{name}`");
            }
            say!(lang, "{title} (`{name}`)", "{title}（`{name}`）")
        }
    }
}

/// As what an operator is one, where that is not the plainest of the pack's values: “Declared: on the operator's own word”.
pub(super) fn standing_note<'v>(view: &'v View, party: PartyId) -> Option<&'v str> {
    let flow = view.assessment.flow;
    let origin = &flow.policy.origin;
    flow.operator(party)?;
    if view.is_taken(party) {
        return Some(view.taken_label());
    }
    let item = view.status_value(party)?;
    let is_plain = origin.applies.first() == Some(&item);
    (!is_plain).then(|| value_label(flow.policy.fact(origin.fact), item, view.lang))
}

/// What a cell of a fact says; none where it says nothing that is understood.
///
/// Values are called as the pack labels them. Their ids stand beside, because whoever mends a cell writes those.
pub(super) fn cell_words(fact: &Fact, value: &Value, lang: Lang) -> Option<String> {
    let text = match value {
        Value::Blank | Value::Unreadable => return None,
        Value::Items { known, complete } => {
            let words = known.iter().map(|&item| {
                let (word, label) = (
                    &fact.values[usize::from(item)].word,
                    value_label(fact, item, lang),
                );
                match label == word {
                    true => word.clone(),
                    false => say!(lang, "{label} ({word})", "{label}（{word}）"),
                }
            });
            list_words(words.collect(), *complete, lang)
        }
        Value::Countries { known, complete } => {
            let words = known.iter().map(ToString::to_string);
            list_words(words.collect(), *complete, lang)
        }
        Value::Flag(true) => say!(lang, "yes", "是"),
        Value::Flag(false) => say!(lang, "no", "否"),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Text(text) => text.to_string(),
    };
    Some(text)
}

/// A list, with a mark where something in the cell was not understood.
fn list_words(mut words: Vec<String>, complete: bool, lang: Lang) -> String {
    if !complete {
        words.push("?".to_owned());
    }
    match words.is_empty() {
        true => say!(lang, "none", "无（none）"),
        false => words.join(&say!(lang, "; ", "；")),
    }
}

/// A list of names, cut after `most` with a count of the rest; semicolons stand between names that have commas of their own.
pub(super) fn listed(
    names: impl ExactSizeIterator<Item = String>,
    most: usize,
    lang: Lang,
) -> String {
    let count = names.len();
    listed_of(names.take(most), count, lang)
}

/// The same for the first names of so many.
pub(super) fn listed_of(
    first: impl ExactSizeIterator<Item = String>,
    count: usize,
    lang: Lang,
) -> String {
    let rest = count - first.len();
    let shown: Vec<String> = first.collect();
    let has_comma = shown.iter().any(|name| name.contains(", "));
    let separator = match (lang, has_comma) {
        (Lang::Zh, _) => "、",
        (Lang::En, true) => "; ",
        (Lang::En, false) => ", ",
    };
    let shown = shown.join(separator);
    match rest {
        0 => shown,
        _ => say!(lang, "{shown} and {rest} more", "{shown}，另有 {rest} 项"),
    }
}

/// Titles by what makes them owed: “by statute: …; to be agreed: …; recommended: …”.
pub(super) fn by_binding(items: &[(Option<Binding>, String)], most: usize, lang: Lang) -> String {
    let groups: [(&[Option<Binding>], String); 4] = [
        (&[Some(Binding::Statute)], say!(lang, "by statute", "法定")),
        (
            &[Some(Binding::Contract)],
            say!(lang, "to be agreed", "待约定"),
        ),
        (
            &[Some(Binding::Standard), Some(Binding::Practice)],
            say!(lang, "recommended", "建议"),
        ),
        (
            &[Some(Binding::Undetermined), None],
            say!(lang, "binding undetermined", "约束力未定"),
        ),
    ];
    let told = groups.into_iter().filter_map(|(bindings, word)| {
        let titles: Vec<String> = items
            .iter()
            .filter(|(binding, _)| bindings.contains(binding))
            .map(|(_, title)| title.clone())
            .collect();
        let titles = Some(titles).filter(|titles| !titles.is_empty())?;
        let titles = listed(titles.into_iter(), most, lang);
        Some(say!(lang, "{word}: {titles}", "{word}：{titles}"))
    });
    told.collect::<Vec<_>>().join(&say!(lang, "; ", "；"))
}
