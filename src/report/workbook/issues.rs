//! The sheet of what is wrong with the register: a row for each place.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::sheet::{Cell, Column, DataSheet, Kind, MOST_ROWS};
use super::{Name, Writing, tones};
use crate::diagnostic::Severity;
use crate::lang::{Lang, say};
use crate::view::IssueRow;

/// Where the severity stands.
const SEVERITY: u16 = 3;
/// Columns that stay in sight, and that are printed.
const FROZEN: u16 = 3;
const PRINTED: u16 = 10;

pub(super) fn sheet(writing: &Writing) -> Result<Worksheet, XlsxError> {
    let lang = writing.lang;
    let mut sheet = DataSheet::new(
        writing.sheet(Name::Issues)?,
        Name::Issues,
        columns(lang),
        PRINTED,
        &writing.style,
    )?;
    let issues = writing.view.issues();
    for issue in issues.iter().take(MOST_ROWS) {
        sheet.row(cells(issue, lang))?;
    }
    tones::severities(&mut sheet, SEVERITY, lang)?;
    let note = match issues.len() {
        0 => Some(say!(
            lang,
            "Everything was understood.",
            "台账内容均已识别。"
        )),
        all => writing.cut(Name::Issues, all),
    };
    sheet.finish(FROZEN, note)
}

fn columns(lang: Lang) -> Vec<Column> {
    [
        (say!(lang, "File", "文件"), Kind::Text, 22),
        (say!(lang, "Row", "行"), Kind::Plain, 8),
        (say!(lang, "Column", "列"), Kind::Text, 16),
        (say!(lang, "Severity", "严重程度"), Kind::Text, 11),
        (say!(lang, "Code", "代码"), Kind::Code, 22),
        (say!(lang, "Text", "原文"), Kind::Text, 28),
        (say!(lang, "What is wrong", "问题"), Kind::Text, 46),
        (
            say!(lang, "What would be valid", "可用的写法"),
            Kind::Text,
            34,
        ),
        (say!(lang, "Nearest", "最接近"), Kind::Text, 16),
        (say!(lang, "How to mend it", "处理办法"), Kind::Text, 46),
        (say!(lang, "Severity code", "严重程度代码"), Kind::Code, 13),
    ]
    .map(|(heading, kind, width)| Column::new(heading, kind, width))
    .into()
}

fn cells<'v>(issue: &'v IssueRow, lang: Lang) -> [Cell<'v>; 11] {
    let severity = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .find(|severity| severity.as_str() == issue.severity);
    let severity = severity.map_or(String::new(), |severity| {
        tones::severity_word(severity, lang)
    });
    [
        Cell::text(issue.file),
        issue
            .row
            .map_or(Cell::Blank, |row| Cell::count(row as usize)),
        Cell::text(issue.column),
        Cell::text(severity),
        Cell::text(issue.code),
        Cell::text(issue.text),
        Cell::text(issue.message.as_str()),
        Cell::text(issue.valid.join("; ")),
        issue.nearest.map_or(Cell::Blank, Cell::text),
        Cell::text(issue.help.as_str()),
        Cell::text(issue.severity),
    ]
}
