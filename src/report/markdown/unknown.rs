//! What the register does not say, and how much hangs on it.

use super::super::words::{listed, missing_word};
use super::{Beside, escaped, heading, section, table_head, table_row};
use crate::lang::say;
use crate::view::{Summary, View};

/// Rows of one column that are shown.
const MOST: usize = 15;

/// Customers whose status is blank first, then what unconfirmed findings hang on, then what is not in the result.
pub(super) fn unknown(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let title = say!(lang, "What is not known", "未知事项");
    section(out, 2, "unknown", &title);
    let start = out.len();
    unclear(view, out);
    hinges(view, out);
    let before = out.len();
    left_out(view, beside, out);
    let told = out.split_off(before);
    if !told.is_empty() {
        let title = say!(lang, "Also to know of the register", "台账的其他情况");
        heading(out, 3, &title);
        out.push_str(&told);
    }
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
    if view.unclear_customers().is_empty() {
        return;
    }
    let policy = view.assessment.flow.policy;
    let fact = policy.fact(policy.origin.fact);
    let column = &fact.name;
    let names = view
        .unclear_customers()
        .iter()
        .map(|&party| escaped(view.name(party)));
    let names = listed(names, 2 * MOST, lang);
    *out += &say!(
        lang,
        "**Customers whose `{column}` is blank or unreadable** start nothing here. That is no all-clear: {names}. What to ask them stands under [questions to ask](#ask).\n\n",
        "**`{column}` 为空或无法识别的客户**在此不发起任何义务，但这不等于没有义务：{names}。应向其询问的内容见[应询问的问题](#ask)。\n\n"
    );
}

fn hinges(view: &View, out: &mut String) {
    let lang = view.lang;
    if view.hinges().is_empty() {
        return;
    }
    let policy = view.assessment.flow.policy;
    *out += &say!(
        lang,
        "**Unconfirmed findings** rest on these cells, each at the first step of a chain that is not certain.\n",
        "**待确认结论**取决于以下单元格，即其链条上第一个不确定的环节。\n"
    );
    for group in view.hinges().chunk_by(|a, b| a.missing == b.missing) {
        let what = missing_word(group[0].missing, policy, lang);
        let findings: usize = group.iter().map(|hinge| hinge.findings).sum();
        let findings = lang.count(findings, "finding", "findings", "项结论");
        let title = say!(lang, "{what}: {findings}", "{what}：{findings}");
        heading(out, 3, &title);
        let head = [
            say!(lang, "Party", "主体"),
            say!(lang, "Relationships", "关系"),
            say!(lang, "Findings", "结论"),
        ];
        table_head(out, &head);
        for hinge in group.iter().take(MOST) {
            let labels = hinge
                .relationships
                .iter()
                .map(|&relationship| escaped(&view.label(relationship)));
            let labels = match labels.len() {
                0 => say!(lang, "the party itself", "主体自身"),
                _ => listed(labels, 8, lang),
            };
            let row = [
                escaped(view.name(hinge.party)),
                labels,
                hinge.findings.to_string(),
            ];
            table_row(out, &row);
        }
        if group.len() > MOST {
            let rest = group.len() - MOST;
            let parties = lang.count(rest, "more party", "more parties", "个主体");
            *out += &say!(lang, "\nAnd {parties}.\n", "\n另有 {parties}。\n");
        }
    }
    out.push('\n');
}

fn left_out(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let Summary {
        set_aside, implied, ..
    } = view.summary;
    let inactive = view.summary.inactive();
    let names = |most: usize, names: Vec<String>| listed(names.into_iter(), most, lang);
    if set_aside > 0 {
        let rows = lang.count(set_aside, "row was", "rows were", "行");
        let whole = beside.whole("register-issues.csv", lang);
        *out += &say!(
            lang,
            "- {rows} set aside and not read{whole}.\n",
            "- {rows}被搁置，未读入{whole}。\n"
        );
    }
    if implied > 0 {
        let parties = lang.count(
            implied,
            "party is named by relationships and listed by no row; every fact of it is unknown",
            "parties are named by relationships and listed by no row; every fact of them is unknown",
            "个主体",
        );
        let who = view
            .implied()
            .map(|party| escaped(view.id(party)))
            .collect();
        let who = names(2 * MOST, who);
        *out += &say!(
            lang,
            "- {parties}: {who}.\n",
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
    loops(view, out);
}

/// Parties that supply each other, with how many obligations apply on contracts between them.
fn loops(view: &View, out: &mut String) {
    let lang = view.lang;
    let carried = view.carried_in_loops(MOST);
    for (group, carried) in view.loops().iter().zip(carried) {
        let who = group.iter().map(|&party| escaped(view.name(party)));
        let who = listed(who, MOST, lang);
        *out += &say!(
            lang,
            "- These supply each other in a loop, which is taken as it is: {who}. ",
            "- 以下主体相互循环供应，按原样处理：{who}。"
        );
        *out += &match carried.count_ones() as usize {
            0 => say!(
                lang,
                "Nothing applies within it.\n",
                "其中没有适用的义务传导。\n"
            ),
            count => {
                let count = lang.count(count, "obligation applies", "obligations apply", "项义务");
                say!(
                    lang,
                    "{count} on contracts within it.\n",
                    "其内部合同适用 {count}。\n"
                )
            }
        };
    }
}
