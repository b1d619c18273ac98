//! The sheet of clauses: a row for each contract and obligation that it has to carry.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::chain::chain_words;
use super::super::form::Form;
use super::super::words::{owed_words, proof_word, status_word};
use super::sheet::{Cell, Column, DataSheet, Kind, MOST_ROWS, NAME_WIDTH};
use super::{Name, Writing, tones};
use crate::lang::say;

/// Where the status and the evidence stand.
const STATUS: u16 = 5;
const EVIDENCE: u16 = 7;
/// Columns that stay in sight, and that are printed.
const FROZEN: u16 = 2;
const PRINTED: u16 = 11;

pub(super) fn sheet(writing: &Writing) -> Result<Worksheet, XlsxError> {
    let (view, lang) = (writing.view, writing.lang);
    let mut sheet = DataSheet::new(
        writing.sheet(Name::Clauses)?,
        Name::Clauses,
        columns(writing),
        PRINTED,
        &writing.style,
    )?;
    let all = view.clauses_ranked(&writing.ranking);
    for &at in all.iter().take(MOST_ROWS) {
        let cells = shown(writing, at).into_iter();
        sheet.row(cells.chain(codes(writing, at)))?;
    }
    tones::findings(&mut sheet, STATUS, EVIDENCE, lang)?;
    let note = match all.len() {
        0 => {
            let none = say!(
                lang,
                "No contract has to carry a clause.",
                "没有合同需要载有条款。"
            );
            Some(none)
        }
        all => writing.cut(Name::Clauses, all),
    };
    sheet.finish(FROZEN, note)
}

fn columns(writing: &Writing) -> Vec<Column> {
    let lang = writing.lang;
    [
        (say!(lang, "Relationship", "关系"), Kind::Text, 12),
        (say!(lang, "Contract", "合同"), Kind::Text, 14),
        (
            say!(lang, "Customer, who agrees it", "客户（约定方）"),
            Kind::Text,
            NAME_WIDTH,
        ),
        (say!(lang, "Supplier", "供应商"), Kind::Text, NAME_WIDTH),
        (say!(lang, "Obligation", "义务"), Kind::Text, 24),
        (say!(lang, "Status", "状态"), Kind::Text, 12),
        (say!(lang, "Binding", "约束力"), Kind::Text, 14),
        (say!(lang, "Evidence", "证据"), Kind::Text, 10),
        (say!(lang, "Evidence ends", "证据到期"), Kind::Day, 11),
        (say!(lang, "Tier", "层级"), Kind::Number, 7),
        (say!(lang, "Duty", "应做事项"), Kind::Text, 48),
        (say!(lang, "Chain", "链条"), Kind::Text, 46),
        (say!(lang, "Legal basis", "依据"), Kind::Text, 50),
        (say!(lang, "Customer id", "客户标识"), Kind::Code, 18),
        (say!(lang, "Supplier id", "供应商标识"), Kind::Code, 18),
        (say!(lang, "Obligation id", "义务标识"), Kind::Code, 22),
        (say!(lang, "Status code", "状态代码"), Kind::Code, 13),
        (say!(lang, "Binding code", "约束力代码"), Kind::Code, 13),
        (say!(lang, "Evidence code", "证据代码"), Kind::Code, 13),
    ]
    .map(|(heading, kind, width)| Column::new(heading, kind, width))
    .into()
}

/// What people read.
fn shown<'v>(writing: &'v Writing, at: usize) -> [Cell<'v>; 13] {
    let (view, lang) = (writing.view, writing.lang);
    let flow = view.assessment.flow;
    let relationships = &flow.register.relationships;
    let (clause, proven) = &view.assessment.clauses()[at];
    let (obligation, tier) = (clause.obligation, clause.tier);
    let relationship = clause.relationship;
    let [customer, supplier] = [
        relationships.customer(relationship),
        relationships.supplier(relationship),
    ];
    let chain = flow.clause_chain(clause);
    let contract = relationships.contract(relationship);
    [
        Cell::text(view.label(relationship)),
        contract.map_or(Cell::Blank, Cell::text),
        Cell::leading(view.name(customer), writing.party(customer)),
        Cell::leading(view.name(supplier), writing.party(supplier)),
        Cell::text(writing.duties.title(obligation)),
        Cell::text(status_word(clause.status, lang)),
        Cell::text(owed_words(clause.status, clause.binding, lang)),
        Cell::text(proof_word(proven.proof, lang)),
        Cell::day(proven.expires),
        Cell::count(tier as usize),
        Cell::text(writing.duties.duty(obligation, tier, clause.status)),
        Cell::text(chain_words(view, supplier, &chain, Form::Plain)),
        Cell::text(writing.duties.basis(obligation, tier)),
    ]
}

/// What `clauses.csv` has in its place.
fn codes<'v>(writing: &'v Writing, at: usize) -> [Cell<'v>; 6] {
    let row = writing.view.clause(at);
    [
        Cell::text(row.customer),
        Cell::text(row.supplier),
        Cell::text(row.obligation),
        Cell::text(row.status),
        row.binding.map_or(Cell::Blank, Cell::text),
        Cell::text(row.evidence),
    ]
}
