//! What the register does not say, and how much hangs on it.

use super::super::words::{listed, missing_word};
use super::{escaped, heading, table_head, table_row};
use crate::lang::say;
use crate::view::{Summary, View};

/// Rows of one column that are shown.
const MOST: usize = 15;

/// Customers whose status is blank first, then what unconfirmed findings hang on, then what is not in the result.
pub(super) fn unknown(view: &View, out: &mut String) {
    let lang = view.lang;
    heading(out, 2, &say!(lang, "What is not known", "未知事项"));
    let start = out.len();
    unclear(view, out);
    hinges(view, out);
    left_out(view, out);
    if out.len() == start {
        *out += &say!(
            lang,
            "Nothing that any finding rests on.\n",
            "没有结论取决于未知事项。\n"
        );
    }
}

fn unclear(view: &View, out: &mut String) {
    let lang = view.lang;
    if view.unclear_customers.is_empty() {
        return;
    }
    let policy = view.assessment.flow.policy;
    let fact = policy.fact(policy.origin.fact);
    let column = &fact.name;
    let names = view
        .unclear_customers
        .iter()
        .map(|&party| escaped(view.name(party)));
    let names = listed(names, 2 * MOST, lang);
    *out += &say!(
        lang,
        "**Customers whose `{column}` is blank or unreadable**, who therefore start nothing here: {names}.\n",
        "**“{column}”为空或无法识别的客户**，此处因此不发起任何义务：{names}。\n"
    );
    if let Some(question) = &fact.question {
        let question = escaped(question.get(lang)).replace("{party}", "…");
        *out += &format!("\n> {question}\n");
    }
    out.push('\n');
}

fn hinges(view: &View, out: &mut String) {
    let lang = view.lang;
    if view.hinges.is_empty() {
        return;
    }
    let policy = view.assessment.flow.policy;
    *out += &say!(
        lang,
        "**Unconfirmed findings** hang on these cells, at the first step of their chains that is not certain.\n",
        "**待确认结论**取决于以下单元格，即其链条上第一个不确定的环节。\n"
    );
    for group in view.hinges.chunk_by(|a, b| a.missing == b.missing) {
        let what = missing_word(group[0].missing, policy, lang);
        heading(out, 4, &what);
        let head = [
            say!(lang, "At", "主体"),
            say!(lang, "Relationships", "关系"),
            say!(lang, "Findings", "结论"),
        ];
        table_head(out, &head);
        for hinge in group.iter().take(MOST) {
            let labels = hinge
                .relationships
                .iter()
                .map(|&relationship| escaped(&view.label(relationship)));
            let row = [
                escaped(view.name(hinge.party)),
                listed(labels, 8, lang),
                hinge.findings.to_string(),
            ];
            table_row(out, &row);
        }
        if group.len() > MOST {
            let rest = group.len() - MOST;
            *out += &say!(
                lang,
                "\nand {rest} more parties.\n",
                "\n另有 {rest} 个主体。\n"
            );
        }
    }
    out.push('\n');
}

fn left_out(view: &View, out: &mut String) {
    let lang = view.lang;
    let Summary {
        set_aside, implied, ..
    } = view.summary;
    let inactive = view.summary.inactive();
    let names = |most: usize, names: Vec<String>| listed(names.into_iter(), most, lang);
    if set_aside > 0 {
        let rows = lang.count(set_aside, "row was", "rows were", "行");
        *out += &say!(
            lang,
            "- {rows} set aside and not read; `register-issues.csv` says which and why.\n",
            "- {rows}被搁置，未读入；具体行及原因见 `register-issues.csv`。\n"
        );
    }
    if implied > 0 {
        let parties = lang.count(implied, "party is", "parties are", "个主体");
        let who = view
            .implied()
            .map(|party| escaped(view.id(party)))
            .collect();
        let who = names(2 * MOST, who);
        *out += &say!(
            lang,
            "- {parties} named by relationships and listed by no row, so that every fact of them is unknown: {who}.\n",
            "- {parties}仅在关系中出现，主体表未列出，其事实均为未知：{who}。\n"
        );
    }
    if inactive > 0 {
        let relationships = lang.count(inactive, "relationship is", "relationships are", "条关系");
        let which = view
            .inactive()
            .map(|relationship| escaped(&view.label(relationship)))
            .collect();
        let which = names(2 * MOST, which);
        *out += &say!(
            lang,
            "- {relationships} not active on the day and carry nothing: {which}.\n",
            "- {relationships}在评估日未生效或已结束，不传导义务：{which}。\n"
        );
    }
    for group in view.loops.iter().take(MOST) {
        let who = names(
            MOST,
            group
                .iter()
                .map(|&party| escaped(view.name(party)))
                .collect(),
        );
        *out += &say!(
            lang,
            "- These supply each other in a loop, which the walk takes as it is: {who}.\n",
            "- 以下主体相互循环供应，按原样处理：{who}。\n"
        );
    }
}
