//! What to do next, each with how much it settles.

use super::super::questions::{first, too_large};
use super::super::words::{by_binding, capitalized, listed};
use super::clauses::{contract_words, ends_words, wanted_title};
use super::{Beside, escaped, heading, section};
use crate::assess::{EXPIRING_DAYS, Hinge, Proof};
use crate::lang::{Lang, say};
use crate::view::{EvidenceToGet, View};

/// Entries of each list.
const MOST: usize = 10;
/// Names that one entry lists.
const MOST_NAMES: usize = 6;

/// Evidence to get, clauses to agree, questions to ask.
pub(super) fn next(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    section(out, 2, "next", &say!(lang, "What to do next", "下一步"));
    let start = out.len();
    evidence(view, beside, out);
    lapsing(view, beside, out);
    clauses(view, beside, out);
    questions(view, beside, out);
    if out.len() == start {
        *out += &say!(lang, "Nothing is open.\n", "没有未决事项。\n");
    }
}

pub(super) fn title(view: &View, obligation: u8) -> String {
    let obligation = &view.assessment.flow.policy.obligations[usize::from(obligation)];
    escaped(obligation.title.get(view.lang))
}

fn evidence(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let wanted = view.evidence_to_get();
    if wanted.is_empty() {
        return;
    }
    let heading = say!(
        lang,
        "Evidence to get, renew or complete",
        "应取得、更新或补齐的证据"
    );
    section(out, 3, "evidence", &heading);
    for wanted in wanted.iter().take(MOST) {
        let (name, count) = (escaped(view.name(wanted.party)), wanted.obligations.len());
        let findings = lang.count(count, "finding", "findings", "项结论");
        let statute = match (wanted.statute, lang) {
            (0, _) => String::new(),
            (statute, Lang::En) => format!(", {statute} by statute"),
            (statute, Lang::Zh) => format!("，其中法定 {statute} 项"),
        };
        let doings = doings(view, wanted);
        *out += &say!(
            lang,
            "- **{name}** (for {findings}{statute})\n{doings}",
            "- **{name}**（涉及 {findings}{statute}）\n{doings}"
        );
    }
    rest(wanted.len(), "findings.csv", lang, beside, out);
}

/// What there is to do about the evidence of one party, by whether it was ever there.
pub(super) fn doings(view: &View, wanted: &EvidenceToGet) -> String {
    let lang = view.lang;
    let kinds = [
        (Proof::Missing, say!(lang, "get", "取得")),
        (
            Proof::Expired,
            say!(lang, "renew what has expired", "更新已过期的"),
        ),
        (
            Proof::Partly,
            say!(
                lang,
                "complete what covers only some relationships",
                "补齐仅覆盖部分关系的"
            ),
        ),
    ];
    let told = kinds.into_iter().filter_map(|(kind, word)| {
        let of_kind = wanted.obligations.iter();
        let of_kind = of_kind.filter(|(_, proof)| *proof == kind);
        let titles: Vec<String> = of_kind.map(|(at, _)| title(view, *at)).collect();
        let titles = Some(titles).filter(|titles| !titles.is_empty())?;
        let titles = listed(titles.into_iter(), MOST_NAMES, lang);
        Some(say!(
            lang,
            "  - {word}: {titles}\n",
            "  - {word}：{titles}\n"
        ))
    });
    told.collect()
}

/// What is in force and will not be for long.
fn lapsing(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let wanted = view.evidence_to_renew();
    if !wanted.is_empty() {
        let head = say!(
            lang,
            "Evidence to renew within {EXPIRING_DAYS} days",
            "{EXPIRING_DAYS} 天内应更新的证据"
        );
        heading(out, 3, &head);
        for wanted in wanted.iter().take(MOST) {
            let name = escaped(view.name(wanted.party));
            let titles = wanted.obligations.iter().map(|(at, last)| {
                let title = title(view, *at);
                say!(lang, "{title} (ends {last})", "{title}（{last} 到期）")
            });
            let titles = listed(titles, MOST_NAMES, lang);
            *out += &say!(lang, "- **{name}**: {titles}\n", "- **{name}**：{titles}\n");
        }
        rest(wanted.len(), "findings.csv", lang, beside, out);
    }
    let shows = say!(
        lang,
        "Evidence that lapses within a year, by month",
        "一年内到期的证据（按月）"
    );
    beside.picture("timeline", &shows, out);
}

fn clauses(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let wanted = view.clauses_to_agree();
    if wanted.is_empty() {
        return;
    }
    let title = say!(lang, "Clauses to agree or renew", "应约定或续签的合同条款");
    section(out, 3, "agree", &title);
    *out += &say!(
        lang,
        "Who can agree them: the customer, named first, with its supplier.\n\n",
        "条款由箭头前的客户与其供应商约定。\n\n"
    );
    for wanted in wanted.iter().take(MOST) {
        let (contract, ends) = (
            contract_words(view, wanted.relationship),
            ends_words(view, wanted.relationship),
        );
        let clauses = lang.count(wanted.clauses.len(), "clause", "clauses", "项条款");
        let settles = match wanted.findings {
            0 => String::new(),
            count => {
                let chains = lang.count(count, "chain breaks", "chains break", "条链");
                say!(lang, "; {chains} here", "；{chains}在此中断")
            }
        };
        let items = wanted.clauses.iter();
        let items = items.map(|clause| {
            let title = wanted_title(view, clause.obligation, clause.proof);
            (clause.binding, title)
        });
        let titles = by_binding(&items.collect::<Vec<_>>(), MOST_NAMES, lang);
        *out += &say!(
            lang,
            "- **{contract}**, {ends} ({clauses}{settles}): {titles}\n",
            "- **{contract}**，{ends}（{clauses}{settles}）：{titles}\n"
        );
    }
    rest(wanted.len(), "clauses.csv", lang, beside, out);
}

/// The questions to put first, each with what its answers change.
fn questions(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let questions = view.questions();
    if questions.is_too_large {
        let title = say!(lang, "Questions to ask", "应询问的问题");
        section(out, 3, "ask", &title);
        let why = capitalized(&too_large(lang));
        *out += &say!(
            lang,
            "{why}; what the unconfirmed findings rest on stands under [what is not known](#unknown).\n",
            "{why}；待确认结论所取决的单元格见[未知事项](#unknown)。\n"
        );
        return;
    }
    let rest = questions.all.len() - questions.first.len() + questions.idle + questions.left;
    if questions.all.is_empty() && rest == 0 {
        return;
    }
    let title = say!(lang, "Questions to ask", "应询问的问题");
    section(out, 3, "ask", &title);
    *out += &say!(
        lang,
        "In this order, each question settles the most of what the earlier ones leave open. What an answer would change was found by walking the chains again with that answer.\n\n",
        "每个问题均解决前面问题所余事项中的最大部分；各答复的影响均由代入后重新推导得出。\n\n"
    );
    *out += &first(view);
    if rest > 0 {
        let more = lang.count(
            rest,
            "more cell is unknown",
            "more cells are unknown",
            "个未知单元格",
        );
        let whole = beside.whole("questions.csv", lang);
        *out += &say!(
            lang,
            "\n{more}{whole}; what the unconfirmed findings rest on stands under [what is not known](#unknown).\n",
            "\n另有 {more}{whole}；待确认结论所取决的单元格见[未知事项](#unknown)。\n"
        );
    }
}

/// One unknown column at one party: what it could settle, and the pack's question.
pub(super) fn question(view: &View, hinge: &Hinge) -> String {
    let lang = view.lang;
    let name = escaped(view.name(hinge.party));
    let findings = hinge.findings;
    let labels = hinge
        .relationships
        .iter()
        .map(|&relationship| escaped(&view.label(relationship)));
    let labels = match labels.len() {
        0 => String::new(),
        _ => {
            let labels = listed(labels, MOST_NAMES, lang);
            say!(lang, " ({labels})", "（{labels}）")
        }
    };
    let relationship = hinge.relationships.first().copied();
    let question = escaped(&view.cell_question(hinge.missing, hinge.party, relationship));
    let question = match question.is_empty() {
        true => String::new(),
        false => say!(lang, ": {question}", "：{question}"),
    };
    say!(
        lang,
        "  - {name}{labels}, could settle {findings}{question}\n",
        "  - {name}{labels}，可确定 {findings} 项{question}\n"
    )
}

/// A list that was cut says so.
fn rest(count: usize, file: &str, lang: Lang, beside: Beside, out: &mut String) {
    if count > MOST {
        let (rest, whole) = (count - MOST, beside.whole(file, lang));
        *out += &say!(
            lang,
            "- and {rest} more{whole}.\n",
            "- 另有 {rest} 项{whole}。\n"
        );
    }
}
