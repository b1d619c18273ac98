//! The sheet of questions: what to ask, whom, and what each answer would change.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::questions::{changes, role_word, too_large};
use super::super::words::capitalized;
use super::sheet::{Cell, Column, DataSheet, Kind, MOST_ROWS, NAME_WIDTH};
use super::{Name, Writing};
use crate::lang::{Lang, say};
use crate::view::QuestionRow;

/// Columns that stay in sight, and that are printed.
const FROZEN: u16 = 3;
const PRINTED: u16 = 10;

pub(super) fn sheet(writing: &Writing) -> Result<Worksheet, XlsxError> {
    let (view, lang) = (writing.view, writing.lang);
    let mut sheet = DataSheet::new(
        writing.sheet(Name::Questions)?,
        Name::Questions,
        columns(lang),
        PRINTED,
        &writing.style,
    )?;
    let questions = view.questions();
    for at in 0..questions.all.len().min(MOST_ROWS) {
        let row = view.question(at);
        sheet.row(cells(writing, at, &row))?;
    }
    let note = match questions.all.len() {
        _ if questions.is_too_large => Some(capitalized(&too_large(lang))),
        0 => Some(say!(
            lang,
            "There is no question whose answer would change a finding.",
            "没有答复可改变结论的问题。"
        )),
        all => writing.cut(Name::Questions, all),
    };
    sheet.finish(FROZEN, note)
}

fn columns(lang: Lang) -> Vec<Column> {
    [
        (say!(lang, "Rank", "排序"), Kind::Number, 7),
        (say!(lang, "Ask first", "优先询问"), Kind::Number, 8),
        (say!(lang, "Ask whom", "询问对象"), Kind::Text, NAME_WIDTH),
        (say!(lang, "As what", "对象角色"), Kind::Text, 12),
        (say!(lang, "About", "所涉对象"), Kind::Text, 16),
        (say!(lang, "Column", "列"), Kind::Code, 16),
        (say!(lang, "Question", "问题"), Kind::Text, 56),
        (
            say!(lang, "Findings it can change", "可改变的结论数"),
            Kind::Number,
            11,
        ),
        (
            say!(lang, "What each answer would change", "各答复的影响"),
            Kind::Text,
            56,
        ),
        (
            say!(lang, "Authority in charge", "主管部门"),
            Kind::Text,
            26,
        ),
        (say!(lang, "Id of whom", "询问对象标识"), Kind::Code, 18),
    ]
    .map(|(heading, kind, width)| Column::new(heading, kind, width))
    .into()
}

fn cells<'v>(writing: &'v Writing, at: usize, row: &QuestionRow<'v>) -> [Cell<'v>; 11] {
    let (view, lang) = (writing.view, writing.lang);
    let question = &view.questions().all[at];
    let role = role_word(question.asked_of, lang);
    let whom = match question.who {
        Some(party) => Cell::leading(view.name(party), writing.party(party)),
        None => Cell::text(role),
    };
    let answers = row.answers.iter().map(|answer| {
        let (label, changes) = (&answer.label, changes(answer, lang));
        say!(lang, "{label}: {changes}", "{label}：{changes}")
    });
    let answers: Vec<String> = answers.collect();
    [
        Cell::count(row.rank),
        row.first.map_or(Cell::Blank, Cell::count),
        whom,
        Cell::text(role),
        Cell::text(row.about.clone()),
        Cell::text(row.column),
        Cell::text(row.question.clone()),
        Cell::count(row.findings),
        Cell::text(answers.join("\n")),
        Cell::text(row.authorities.join(&say!(lang, "; ", "；"))),
        row.who.map_or(Cell::Blank, Cell::text),
    ]
}
