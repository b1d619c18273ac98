//! Where each reader finds an answer: a supplier, a buyer, an auditor, and everybody.

use super::Beside;
use super::clauses::{contract_words, ends_words};
use super::law::Citations;
use super::screening;
use crate::lang::say;
use crate::view::View;

/// A line for each reader, with the size of what waits there.
pub(super) fn readers(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    out.push('\n');
    let files = ["findings.csv", "clauses.csv", "exposure.csv"];
    let files = files.into_iter().filter(|file| beside.has(file));
    let files: Vec<String> = files.map(|file| format!("[`{file}`]({file})")).collect();
    *out += &supplier(view);
    *out += &buyer(view);
    *out += &auditor(view);
    *out += &everybody(view);
    if !files.is_empty() {
        let files = files.join(&say!(lang, ", ", "、"));
        *out += &say!(
            lang,
            "- **For sorting and filtering**, everything row by row: {files}.\n",
            "- **如需排序和筛选**，逐行明细见 {files}。\n"
        );
    }
}

fn supplier(view: &View) -> String {
    let lang = view.lang;
    let open = view
        .concerns()
        .iter()
        .filter(|concern| concern.open.total() > 0);
    let (all, open) = (view.concerns().len(), open.count());
    let parties = lang.count(all, "party", "parties", "个主体");
    let have = match (open, all) {
        (0, _) => say!(
            lang,
            "{parties}, none with anything open",
            "共 {parties}，均无未决事项"
        ),
        (1, 1) => say!(
            lang,
            "1 party, with something open",
            "共 1 个主体，有未决事项"
        ),
        _ if open == all => say!(
            lang,
            "{parties}, all with something open",
            "共 {parties}，均有未决事项"
        ),
        _ => say!(
            lang,
            "{parties}, {open} of them with something open",
            "共 {parties}，其中 {open} 个有未决事项"
        ),
    };
    say!(
        lang,
        "- **A supplier** finds what it owes, by which chain, and what shows it, under [the parties](#parties): {have}.\n",
        "- **供应商**：承担哪些义务、经由哪条链条、有何证据，见[各主体](#parties)（{have}）。\n"
    )
}

/// Who can agree what: a buyer its own contracts, a supplier those below it.
fn buyer(view: &View) -> String {
    let lang = view.lang;
    let relationships = &view.assessment.flow.register.relationships;
    let wanted = view.clauses_to_agree();
    if wanted.is_empty() {
        return say!(
            lang,
            "- **A buyer**: no contract lacks a clause that applies.\n",
            "- **采购方**：没有合同缺少适用的条款。\n"
        );
    }
    let (own, below): (Vec<_>, Vec<_>) = wanted.iter().partition(|wanted| {
        let customer = relationships.customer(wanted.relationship);
        view.assessment.flow.operator(customer).is_some()
    });
    let clauses: usize = wanted.iter().map(|wanted| wanted.clauses.len()).sum();
    let clauses = lang.count(clauses, "clause", "clauses", "项条款");
    let contracts = lang.count(wanted.len(), "contract lacks", "contracts lack", "份合同");
    let who = match (own.len(), below.len()) {
        (_, 0) => say!(
            lang,
            "an operator can agree all of them itself",
            "均可由运营者自行与供应商约定"
        ),
        (0, _) => say!(
            lang,
            "only suppliers further down can agree them, with their own suppliers",
            "均只能由下层供应商与其供应商约定"
        ),
        (own, below) => say!(
            lang,
            "{own} of these contracts are an operator's own, so it can agree the clauses itself; in the other {below} only a supplier further down can, with its own supplier",
            "其中 {own} 份可由运营者自行与供应商约定，{below} 份只能由下层供应商与其供应商约定"
        ),
    };
    // Sorted by how many chains break at each: the first is where a buyer begins, unless the next is its equal.
    let (contract, ends) = (
        contract_words(view, wanted[0].relationship),
        ends_words(view, wanted[0].relationship),
    );
    let next = wanted.get(1).map_or(0, |next| next.findings);
    let first = match wanted[0].findings {
        breaks if breaks == next || breaks == 0 => String::new(),
        breaks => {
            let chains = lang.count(breaks, "chain breaks", "chains break", "条链");
            say!(
                lang,
                " Most chains break at {contract}, {ends}: {chains} there.",
                "中断最多的是 {contract}（{ends}），{chains}在此中断。"
            )
        }
    };
    say!(
        lang,
        "- **A buyer** finds the contracts, and who can agree each clause, under [clauses to agree](#agree) and [clauses by contract](#clauses): {contracts} {clauses} in force; {who}.{first}\n",
        "- **采购方**：哪些合同缺少哪些条款、由谁约定，见[应约定或续签的合同条款](#agree)和[按合同列出的条款](#clauses)。{contracts}共缺 {clauses}，{who}。{first}\n"
    )
}

/// What qualifies every answer.
fn everybody(view: &View) -> String {
    let lang = view.lang;
    let may_be = match screening::is_told(view) {
        true => say!(
            lang,
            ", and whom to ask whether they are operators under [who may be an operator](#screening)",
            "；应询问哪些主体是否为运营者，见[哪些主体可能是运营者](#screening)"
        ),
        false => String::new(),
    };
    say!(
        lang,
        "- **Everybody** finds what the answer leaves open under [what is not known](#unknown){may_be}.\n",
        "- **所有读者**：结论未能确定的内容，见[未知事项](#unknown){may_be}。\n"
    )
}

fn auditor(view: &View) -> String {
    let lang = view.lang;
    let Citations {
        official,
        secondary,
        unchecked,
    } = Citations::of(view);
    let checked = match official + secondary + unchecked {
        0 => say!(lang, " The pack cites nothing.", "规则包未引用任何依据。"),
        all => {
            let all = lang.count(all, "citation", "citations", "处引用");
            say!(
                lang,
                " Of {all}, {official} compared with the official text, {secondary} on secondary sources, {unchecked} not checked.",
                "共 {all}：{official} 处已与官方文本核对，{secondary} 处依据二手来源，{unchecked} 处未核对。"
            )
        }
    };
    let faults = match view.diagnostics.is_empty() {
        true => String::new(),
        false => say!(
            lang,
            " and the [faults of the register](#faults)",
            "和[台账问题](#faults)"
        ),
    };
    say!(
        lang,
        "- **An auditor** finds the [method](#method), [the law](#law) with a mark on each citation, [digests and assumptions](#inputs){faults}.{checked}\n",
        "- **审计人员**：见[方法](#method)、逐条标注核对情况的[法律依据](#law)、[输入摘要与假设](#inputs){faults}。{checked}\n"
    )
}
