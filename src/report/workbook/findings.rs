//! The sheet of findings: a row for each party and obligation.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::chain::chain_words;
use super::super::form::Form;
use super::super::proof::evidence_words;
use super::super::stakes::lines;
use super::super::words::{owed_words, proof_word, status_word};
use super::sheet::{Cell, Column, DataSheet, Kind, MOST_ROWS, NAME_WIDTH};
use super::{Name, Writing, tones};
use crate::flow::Origins;
use crate::lang::say;

/// Where the status and the evidence stand.
const STATUS: u16 = 3;
const EVIDENCE: u16 = 5;
/// Columns that stay in sight, and that are printed.
const FROZEN: u16 = 3;
const PRINTED: u16 = 10;

pub(super) fn sheet(writing: &Writing) -> Result<Worksheet, XlsxError> {
    let (view, lang) = (writing.view, writing.lang);
    let has_stakes = !view.assessment.flow.policy.stakes.is_empty();
    let mut sheet = DataSheet::new(
        writing.sheet(Name::Findings)?,
        Name::Findings,
        columns(writing, has_stakes),
        PRINTED,
        &writing.style,
    )?;
    for at in view.findings_ranked().take(MOST_ROWS) {
        let stakes = has_stakes.then(|| Cell::text(lines(view, at).join("\n")));
        let cells = shown(writing, at).into_iter().chain(stakes);
        sheet.row(cells.chain(codes(writing, at)))?;
    }
    tones::findings(&mut sheet, STATUS, EVIDENCE, lang)?;
    let all = view.assessment.findings.len();
    let note = match all {
        0 => Some(say!(lang, "There is no finding.", "没有结论。")),
        _ => writing.cut(Name::Findings, all),
    };
    sheet.finish(FROZEN, note)
}

fn columns(writing: &Writing, has_stakes: bool) -> Vec<Column> {
    let lang = writing.lang;
    let column = |heading: String, kind, width| Column::new(heading, kind, width);
    let mut columns = vec![
        column(say!(lang, "Rank of party", "主体排序"), Kind::Number, 7),
        column(say!(lang, "Party", "主体"), Kind::Text, NAME_WIDTH),
        column(say!(lang, "Obligation", "义务"), Kind::Text, 24),
        column(say!(lang, "Status", "状态"), Kind::Text, 12),
        column(say!(lang, "Binding", "约束力"), Kind::Text, 14),
        column(say!(lang, "Evidence", "证据"), Kind::Text, 10),
        column(say!(lang, "Evidence ends", "证据到期"), Kind::Day, 11),
        column(say!(lang, "Tier", "层级"), Kind::Number, 7),
        column(say!(lang, "Chain", "链条"), Kind::Text, 38),
        column(say!(lang, "Duty", "应做事项"), Kind::Text, 48),
        column(say!(lang, "Legal basis", "依据"), Kind::Text, 50),
        column(say!(lang, "What shows it", "证据说明"), Kind::Text, 34),
        column(
            say!(lang, "Clauses break at step", "条款链断于第几步"),
            Kind::Number,
            9,
        ),
        column(say!(lang, "Clauses break at", "条款链断点"), Kind::Text, 12),
        column(say!(lang, "Operator", "运营者"), Kind::Text, NAME_WIDTH),
        column(
            say!(lang, "Operators that reach it", "可传导至此的运营者数"),
            Kind::Number,
            10,
        ),
    ];
    if has_stakes {
        let heading = say!(lang, "Time limits and penalties", "时限与处罚幅度");
        columns.push(column(heading, Kind::Text, 56));
    }
    let codes = [
        (say!(lang, "Party id", "主体标识"), 18),
        (say!(lang, "Obligation id", "义务标识"), 22),
        (say!(lang, "Operator id", "运营者标识"), 18),
        (say!(lang, "Via", "末段关系"), 12),
        (say!(lang, "Status code", "状态代码"), 13),
        (say!(lang, "Binding code", "约束力代码"), 13),
        (say!(lang, "Evidence code", "证据代码"), 13),
    ];
    let codes = codes.map(|(heading, width)| column(heading, Kind::Code, width));
    columns.extend(codes);
    columns
}

/// What people read.
fn shown<'v>(writing: &'v Writing, at: usize) -> [Cell<'v>; 16] {
    let (view, lang) = (writing.view, writing.lang);
    let assessment = view.assessment;
    let (finding, proven) = (&assessment.findings[at], assessment.proven[at]);
    let (party, obligation, tier) = (finding.party, finding.obligation, finding.tier);
    let place = writing.ranking.place(party);
    let chain = assessment.flow.chain(finding);
    let gap = assessment.gap(at);
    let origins = match finding.origins {
        Some(Origins::Exactly(count)) => Cell::count(usize::from(count)),
        Some(more) => Cell::text(more.to_string()),
        None => Cell::Blank,
    };
    [
        place.map_or(Cell::Blank, Cell::count),
        Cell::leading(view.name(party), writing.party(party)),
        Cell::text(writing.duties.title(obligation)),
        Cell::text(status_word(finding.status, lang)),
        Cell::text(owed_words(finding.status, finding.binding, lang)),
        Cell::text(proof_word(proven.proof, lang)),
        Cell::day(proven.expires),
        Cell::count(tier as usize),
        Cell::text(chain_words(view, party, &chain, Form::Plain)),
        Cell::text(writing.duties.duty(obligation, tier, finding.status)),
        Cell::text(writing.duties.basis(obligation, tier)),
        Cell::text(evidence_words(view, at)),
        gap.map_or(Cell::Blank, |gap| Cell::count(gap.position as usize)),
        gap.map_or(Cell::Blank, |gap| Cell::text(view.label(gap.relationship))),
        Cell::leading(view.name(finding.operator), writing.party(finding.operator)),
        origins,
    ]
}

/// What `findings.csv` has in its place, for whoever brings the two together.
fn codes<'v>(writing: &'v Writing, at: usize) -> [Cell<'v>; 7] {
    let row = writing.view.finding(at);
    [
        Cell::text(row.party),
        Cell::text(row.obligation),
        Cell::text(row.operator),
        row.via.map_or(Cell::Blank, Cell::text),
        Cell::text(row.status),
        row.binding.map_or(Cell::Blank, Cell::text),
        Cell::text(row.evidence),
    ]
}
