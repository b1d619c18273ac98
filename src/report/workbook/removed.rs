//! The sheet of findings that are gone because of answers of suppliers; only where there are any.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::form::Form;
use super::super::returned::{along_words, removed_words};
use super::super::words::{binding_word, status_word};
use super::sheet::{Cell, Column, DataSheet, Kind, MOST_ROWS, NAME_WIDTH};
use super::{Name, Writing};
use crate::lang::{Lang, say};
use crate::view::words::binding_word as binding_code;
use crate::view::{Removed, View};

/// Columns that stay in sight, and that are printed.
const FROZEN: u16 = 2;
const PRINTED: u16 = 6;

pub(super) fn sheet(writing: &Writing) -> Result<Option<Worksheet>, XlsxError> {
    let (view, lang) = (writing.view, writing.lang);
    let answered = view.answered.as_ref();
    let Some(answered) = answered.filter(|answered| !answered.removed.is_empty()) else {
        return Ok(None);
    };
    let mut sheet = DataSheet::new(
        writing.sheet(Name::Removed)?,
        Name::Removed,
        columns(lang),
        PRINTED,
        &writing.style,
    )?;
    for removed in answered.removed.iter().take(MOST_ROWS) {
        sheet.row(cells(writing, removed))?;
    }
    let cut = writing.cut(Name::Removed, answered.removed.len());
    let note = cut.unwrap_or_else(|| removed_words(answered, lang));
    sheet.finish(FROZEN, Some(note)).map(Some)
}

/// How many rows it has.
pub(super) fn rows(view: &View) -> usize {
    let answered = view.answered.as_ref();
    answered.map_or(0, |answered| answered.removed.len())
}

fn columns(lang: Lang) -> Vec<Column> {
    [
        (say!(lang, "Party", "主体"), Kind::Text, NAME_WIDTH),
        (say!(lang, "Obligation", "义务"), Kind::Text, 30),
        (say!(lang, "It was", "原状态"), Kind::Text, 14),
        (say!(lang, "Tier", "层级"), Kind::Number, 7),
        (say!(lang, "Binding", "约束力"), Kind::Text, 14),
        (
            say!(lang, "Answers on its chain", "链条上的答复"),
            Kind::Text,
            70,
        ),
        (say!(lang, "Party id", "主体标识"), Kind::Code, 18),
        (say!(lang, "Obligation id", "义务标识"), Kind::Code, 24),
        (say!(lang, "Status code", "状态代码"), Kind::Code, 13),
        (say!(lang, "Binding code", "约束力代码"), Kind::Code, 13),
    ]
    .map(|(heading, kind, width)| Column::new(heading, kind, width))
    .into()
}

fn cells<'v>(writing: &'v Writing, removed: &Removed) -> [Cell<'v>; 10] {
    let (view, lang) = (writing.view, writing.lang);
    let (party, obligation) = (removed.party, removed.obligation);
    let policy = view.assessment.flow.policy;
    [
        Cell::leading(view.name(party), writing.party(party)),
        Cell::text(writing.duties.title(obligation)),
        Cell::text(status_word(removed.status, lang)),
        Cell::count(removed.tier as usize),
        Cell::text(binding_word(removed.binding, lang)),
        Cell::text(along_words(view, removed, Form::Plain)),
        Cell::text(view.id(party)),
        Cell::text(policy.obligations[usize::from(obligation)].id.as_str()),
        Cell::text(removed.status.as_str()),
        removed
            .binding
            .map_or(Cell::Blank, |binding| Cell::text(binding_code(binding))),
    ]
}
