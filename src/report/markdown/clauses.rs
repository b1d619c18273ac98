//! The clauses that each contract has to carry.

use super::super::words::{by_binding, capitalized, listed, status_word};
use super::{Beside, escaped, section, table_head, table_row};
use crate::assess::{Proof, Proven};
use crate::flow::{Clause, Status};
use crate::lang::say;
use crate::register::RelationshipId;
use crate::view::View;

/// Contracts that the report shows.
const MOST: usize = 40;
/// Clauses that one contract's row names.
const MOST_NAMES: usize = 12;

/// A table of contracts: for which clauses evidence is in force, for which it is not, which are not certain.
pub(super) fn clauses(view: &View, beside: Beside, out: &mut String) {
    let lang = view.lang;
    let clauses = view.assessment.clauses();
    if clauses.is_empty() {
        return;
    }
    section(
        out,
        2,
        "clauses",
        &say!(lang, "Clauses by contract", "按合同列出的条款"),
    );
    *out += &say!(
        lang,
        "The customer named is who can agree a clause with its supplier.\n\n",
        "条款由所列客户与其供应商约定。\n\n"
    );
    let contracts: Vec<_> = clauses
        .chunk_by(|(a, _), (b, _)| a.relationship == b.relationship)
        .collect();
    table(view, &contracts, beside, out);
}

/// The table of some contracts, cut with a count.
pub(super) fn table(
    view: &View,
    contracts: &[&[(Clause, Proven)]],
    beside: Beside,
    out: &mut String,
) {
    let lang = view.lang;
    let head = [
        say!(lang, "Contract", "合同"),
        say!(lang, "Customer → supplier", "客户 → 供应商"),
        say!(lang, "Evidence in force", "有有效证据"),
        say!(lang, "No evidence in force", "无有效证据"),
    ];
    let uncertain = [Status::Conditional, Status::Unconfirmed]
        .map(|status| capitalized(status_word(status, lang)));
    table_head(out, &[&head[..], &uncertain].concat());
    for contract in contracts.iter().take(MOST) {
        table_row(out, &row(view, contract));
    }
    if contracts.len() > MOST {
        let (rest, whole) = (contracts.len() - MOST, beside.whole("clauses.csv", lang));
        let rest = lang.count(rest, "more contract", "more contracts", "份合同");
        *out += &say!(lang, "\nAnd {rest}{whole}.\n", "\n另有 {rest}{whole}。\n");
    }
}

fn row(view: &View, contract: &[(Clause, Proven)]) -> [String; 6] {
    let lang = view.lang;
    let relationship = contract[0].0.relationship;
    let titles = |wanted: &dyn Fn(Status, bool) -> bool| {
        let chosen = contract
            .iter()
            .filter(|(clause, proven)| wanted(clause.status, proven.proof.in_force()));
        let titles = chosen.map(|(clause, _)| title(view, clause.obligation));
        listed(titles.collect::<Vec<_>>().into_iter(), MOST_NAMES, lang)
    };
    let lacking = contract
        .iter()
        .filter(|(clause, proven)| clause.status == Status::Applies && !proven.proof.in_force());
    let lacking = lacking.map(|(clause, proven)| {
        let title = wanted_title(view, clause.obligation, proven.proof);
        (clause.binding, title)
    });
    [
        contract_words(view, relationship),
        ends_words(view, relationship),
        titles(&|_, in_force| in_force),
        by_binding(&lacking.collect::<Vec<_>>(), MOST_NAMES, lang),
        titles(&|status, in_force| !in_force && status == Status::Conditional),
        titles(&|status, in_force| !in_force && status == Status::Unconfirmed),
    ]
}

fn title(view: &View, obligation: u8) -> String {
    let obligation = &view.assessment.flow.policy.obligations[usize::from(obligation)];
    escaped(obligation.title.get(view.lang))
}

/// What a clause that is wanting is about; one that a contract had is to be renewed and not agreed anew.
pub(super) fn wanted_title(view: &View, obligation: u8, proof: Proof) -> String {
    let title = title(view, obligation);
    match proof {
        Proof::Expired => say!(
            view.lang,
            "{title} (expired: renew)",
            "{title}（已过期，需续签）"
        ),
        _ => title,
    }
}

/// “R23 · ML-2025-014”: the relationship and the reference of its contract.
pub(super) fn contract_words(view: &View, relationship: RelationshipId) -> String {
    let label = escaped(&view.label(relationship));
    let relationships = &view.assessment.flow.register.relationships;
    match relationships.contract(relationship) {
        Some(contract) => format!("{label} · {}", escaped(contract)),
        None => label,
    }
}

/// “Bank → Host”: the customer, who agrees clauses, and its supplier.
pub(super) fn ends_words(view: &View, relationship: RelationshipId) -> String {
    let relationships = &view.assessment.flow.register.relationships;
    let ends = [
        relationships.customer(relationship),
        relationships.supplier(relationship),
    ];
    ends.map(|party| escaped(view.name(party))).join(" → ")
}
