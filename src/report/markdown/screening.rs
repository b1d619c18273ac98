//! Whom to ask whether they are operators: a worklist, and no verdict on anybody.

use super::super::screening::{cited, factor_words};
use super::super::words::filled;
use super::{Beside, escaped, heading, section};
use crate::assess::{CalledOut, Candidate};
use crate::lang::{Text, say};
use crate::policy::{Citation, Screening, Truth};
use crate::view::View;

/// Parties that each list shows.
const MOST: usize = 15;

/// The worklist with its factors, what is called out, and why any of it points anywhere.
pub(super) fn screening(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let Some(screening) = &view.assessment.flow.policy.screening else {
        return;
    };
    if !is_told(view) {
        return;
    }
    let candidates: Vec<&Candidate> = view.assessment.candidates().collect();
    let called_out: Vec<&CalledOut> = view.assessment.called_out().collect();
    let passed_over = view.assessment.worklist().passed_over;
    let title = say!(lang, "Who may be an operator", "哪些主体可能是运营者");
    section(out, 2, "screening", &title);
    *out += &say!(
        lang,
        "A worklist, no verdict: it says whom to ask first. It says of no party that it is an operator, and of none that it is not.\n",
        "以下为工作清单，并非结论：仅提示应优先询问的主体，不认定任何主体是或不是运营者。\n"
    );
    if let Some(notice) = &screening.notice {
        *out += &format!("\n> {}\n", escaped(notice.get(lang)));
    }
    if !candidates.is_empty() {
        worklist(view, screening, &candidates, beside, out);
    }
    passed_over_words(view, passed_over, out);
    if !called_out.is_empty() {
        callouts(view, screening, &called_out, beside, out);
    }
    reasons(view, screening, &candidates, &called_out, out);
}

/// Whether there is anybody to ask or to look at.
pub(super) fn is_told(view: &View) -> bool {
    let assessment = view.assessment;
    assessment.flow.policy.screening.is_some()
        && (assessment.candidates().next().is_some()
            || assessment.called_out().next().is_some()
            || assessment.worklist().passed_over > 0)
}

fn worklist(
    view: &View,
    screening: &Screening,
    candidates: &[&Candidate],
    beside: Beside,
    out: &mut String,
) {
    let lang = view.lang;
    let head = say!(lang, "Whom to ask", "应询问的主体");
    heading(out, 3, &head);
    let policy = view.assessment.flow.policy;
    let question = policy.fact(policy.origin.fact).question.as_ref();
    if let Some(question) = question {
        let who = say!(lang, "this party", "该主体");
        let question = escaped(&filled(question.get(lang), "{party}", &who));
        *out += &say!(
            lang,
            "Of each: {question}\n\n",
            "对每个主体均应询问：{question}\n\n"
        );
    }
    for candidate in candidates.iter().take(MOST) {
        *out += &candidate_words(view, screening, candidate);
    }
    rest(view, candidates.len(), beside, out);
}

fn candidate_words(view: &View, screening: &Screening, candidate: &Candidate) -> String {
    let lang = view.lang;
    let (name, id) = (
        escaped(view.name(candidate.party)),
        escaped(view.id(candidate.party)),
    );
    let status = match candidate.is_blank {
        true => say!(lang, "status blank", "状态为空"),
        false => say!(lang, "status unreadable", "状态无法识别"),
    };
    let mut out = say!(
        lang,
        "- **{name}** ({id}), {status}\n",
        "- **{name}**（{id}），{status}\n"
    );
    let words = |holds: Truth| {
        let found = candidate.factors.iter();
        let found = found.filter(move |found| found.holds == holds);
        found.map(|found| escaped(&factor_words(view, screening, candidate.party, found)))
    };
    for words in words(Truth::True) {
        out += &say!(lang, "  - Holds: {words}\n", "  - 成立：{words}\n");
    }
    for words in words(Truth::Unknown) {
        out += &say!(lang, "  - Open: {words}\n", "  - 未知：{words}\n");
    }
    if view.is_taken(candidate.party) {
        let label = escaped(view.taken_label());
        out += &say!(
            lang,
            "  - In this report: {label}\n",
            "  - 本报告按此处理：{label}\n"
        );
    } else if view.assessment.worklist().proposes(candidate.party) {
        out += &say!(
            lang,
            "  - With `--screen` it counts as a possible operator\n",
            "  - 使用 `--screen` 时按可能的运营者处理\n"
        );
    }
    out
}

/// Parties of which the register does not even say whether they are to be looked at.
fn passed_over_words(view: &View, count: usize, out: &mut String) {
    let lang = view.lang;
    if count == 0 || view.assessment.focus().is_some() {
        return;
    }
    let parties = lang.count(
        count,
        "party of unknown status was",
        "parties of unknown status were",
        "个状态未知的主体",
    );
    let facts = view.among_facts();
    let facts: Vec<String> = facts.iter().map(|fact| format!("`{fact}`")).collect();
    let facts = facts.join(&say!(lang, ", ", "、"));
    *out += &say!(
        lang,
        "\n{parties} passed over: what the register says of {facts} does not tell whether to look at them.\n",
        "\n{parties}未予筛查：台账中的 {facts} 不足以判断是否应予筛查。\n"
    );
}

fn callouts(
    view: &View,
    screening: &Screening,
    called_out: &[&CalledOut],
    beside: Beside,
    out: &mut String,
) {
    let lang = view.lang;
    let head = say!(lang, "Also to look at", "另请关注");
    heading(out, 3, &head);
    for called in called_out.iter().take(MOST) {
        let callout = &screening.callouts[usize::from(called.callout)];
        let (name, id, owner) = (
            escaped(view.name(called.party)),
            escaped(view.id(called.party)),
            escaped(view.name(called.owner)),
        );
        let title = escaped(callout.title.get(lang));
        let open = match called.holds {
            Truth::True => String::new(),
            _ => say!(
                lang,
                " (open: too little is known of the owner)",
                "（未定：所有者的信息不足）"
            ),
        };
        let status = status_words(view, called);
        *out += &say!(
            lang,
            "- **{name}** ({id}), owned by {owner}, {status}: {title}{open}\n",
            "- **{name}**（{id}），所有者：{owner}，{status}：{title}{open}\n"
        );
    }
    rest(view, called_out.len(), beside, out);
}

fn status_words(view: &View, called: &CalledOut) -> String {
    let lang = view.lang;
    let policy = view.assessment.flow.policy;
    match view.status_value(called.party) {
        Some(value) => {
            let fact = policy.fact(policy.origin.fact);
            let label = escaped(fact.values[usize::from(value)].called(lang));
            say!(lang, "status “{label}”", "状态为“{label}”")
        }
        None => say!(lang, "status unknown", "状态未知"),
    }
}

/// Why each factor and callout that was met points anywhere, and what it stands on.
fn reasons(
    view: &View,
    screening: &Screening,
    candidates: &[&Candidate],
    called_out: &[&CalledOut],
    out: &mut String,
) {
    let lang = view.lang;
    let head = say!(lang, "Why these count", "因素说明");
    let mut lines = String::new();
    let mut met = vec![false; screening.factors.len()];
    let found = candidates.iter().flat_map(|candidate| &candidate.factors);
    found.for_each(|found| met[usize::from(found.factor)] = true);
    for (factor, _) in screening.factors.iter().zip(met).filter(|(_, met)| *met) {
        lines += &reason(view, &factor.title, factor.why.as_ref(), &factor.basis);
    }
    let mut met = vec![false; screening.callouts.len()];
    let called_out = called_out.iter();
    called_out.for_each(|out| met[usize::from(out.callout)] = true);
    for (callout, _) in screening.callouts.iter().zip(met).filter(|(_, met)| *met) {
        lines += &reason(view, &callout.title, callout.why.as_ref(), &callout.basis);
    }
    if !lines.is_empty() {
        heading(out, 3, &head);
        out.push_str(&lines);
    }
}

fn reason(view: &View, title: &Text, why: Option<&Text>, basis: &[Citation]) -> String {
    let lang = view.lang;
    let title = escaped(title.get(lang));
    let why = why.map_or(String::new(), |why| {
        let why = escaped(why.get(lang));
        say!(lang, ": {why}", "：{why}")
    });
    let basis = escaped(&cited(view, basis));
    let basis = match basis.is_empty() {
        true => String::new(),
        false => format!("  {basis}\n"),
    };
    format!("- **{title}**{why}\n{basis}")
}

/// A list that was cut says so.
fn rest(view: &View, count: usize, beside: Beside, out: &mut String) {
    if let Some(rest) = count.checked_sub(MOST).filter(|rest| *rest > 0) {
        let (lang, whole) = (view.lang, beside.whole("screening.csv", view.lang));
        *out += &say!(
            lang,
            "- and {rest} more{whole}.\n",
            "- 另有 {rest} 项{whole}。\n"
        );
    }
}
