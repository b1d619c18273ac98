//! The clauses that each contract has to carry.

use super::super::words::{by_binding, listed, status_word};
use super::{escaped, heading, table_head, table_row};
use crate::flow::Status;
use crate::lang::say;
use crate::policy::Binding;
use crate::view::View;

/// Contracts that the report shows.
const MOST: usize = 40;
/// Clauses that one contract's row names.
const MOST_NAMES: usize = 12;

/// A table of contracts: for which clauses evidence is in force, for which it is not, which are not certain.
pub(super) fn clauses(view: &View, out: &mut String) {
    let lang = view.lang;
    let clauses = view.assessment.clauses();
    if clauses.is_empty() {
        return;
    }
    heading(
        out,
        2,
        &say!(lang, "Clauses by contract", "按合同列出的条款"),
    );
    let head = [
        say!(lang, "Contract", "合同"),
        say!(lang, "Customer and supplier", "客户与供应商"),
        say!(lang, "Evidence in force", "有有效证据"),
        say!(lang, "No evidence in force", "无有效证据"),
    ];
    let uncertain = [Status::Conditional, Status::Unconfirmed]
        .map(|status| status_word(status, lang).to_owned());
    table_head(out, &[&head[..], &uncertain].concat());
    let policy = view.assessment.flow.policy;
    let relationships = &view.assessment.flow.register.relationships;
    let contracts: Vec<_> = clauses
        .chunk_by(|(a, _), (b, _)| a.relationship == b.relationship)
        .collect();
    for contract in contracts.iter().take(MOST) {
        let relationship = contract[0].0.relationship;
        let label = escaped(&view.label(relationship));
        let reference = relationships
            .contract(relationship)
            .map_or(String::new(), |text| format!(" · {}", escaped(text)));
        let ends = [
            relationships.customer(relationship),
            relationships.supplier(relationship),
        ];
        let ends = ends.map(|party| escaped(view.name(party))).join(" → ");
        let titles = |wanted: &dyn Fn(Status, bool) -> bool| {
            let chosen = contract
                .iter()
                .filter(|(clause, proven)| wanted(clause.status, proven.proof.in_force()));
            let titles = chosen.map(|(clause, _)| {
                escaped(
                    policy.obligations[usize::from(clause.obligation)]
                        .title
                        .get(lang),
                )
            });
            listed(titles.collect::<Vec<_>>().into_iter(), MOST_NAMES, lang)
        };
        let lacking: Vec<(Option<Binding>, String)> = contract
            .iter()
            .filter(|(clause, proven)| clause.status == Status::Applies && !proven.proof.in_force())
            .map(|(clause, _)| {
                (
                    clause.binding,
                    escaped(
                        policy.obligations[usize::from(clause.obligation)]
                            .title
                            .get(lang),
                    ),
                )
            })
            .collect();
        let row = [
            format!("{label}{reference}"),
            ends,
            titles(&|_, in_force| in_force),
            by_binding(&lacking, MOST_NAMES, lang),
            titles(&|status, in_force| !in_force && status == Status::Conditional),
            titles(&|status, in_force| !in_force && status == Status::Unconfirmed),
        ];
        table_row(out, &row);
    }
    if contracts.len() > MOST {
        let rest = contracts.len() - MOST;
        *out += &say!(
            lang,
            "\nand {rest} more contracts, all in `clauses.csv`.\n",
            "\n另有 {rest} 份合同，全部见 `clauses.csv`。\n"
        );
    }
}
