//! The tables of a form that came back: which columns they have, and what stands in their rows.

use std::sync::LazyLock;

use serde::Deserialize;

/// Rows in which the heading is looked for.
const HEAD_ROWS: usize = 20;

/// A table of any kind, as text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// What it is called within its file; empty where the file is the table.
    pub(super) name: String,
    /// Its rows, each with its number as whoever looks for it counts.
    pub(super) rows: Vec<(u32, Vec<String>)>,
}

/// A column of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Key,
    Answer,
    Document,
    Issued,
    Expires,
}

impl Column {
    const ALL: [Column; 5] = [
        Column::Key,
        Column::Answer,
        Column::Document,
        Column::Issued,
        Column::Expires,
    ];
}

/// The table of a form, from its heading on.
#[derive(Debug)]
pub(super) struct Form<'t> {
    table: &'t Table,
    /// The row of the heading among the table's.
    heading: usize,
    /// Where each of [`Column::ALL`] stands.
    positions: [Option<usize>; Column::ALL.len()],
}

/// A row of a form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'t> {
    pub(super) number: u32,
    cells: [&'t str; Column::ALL.len()],
}

impl Row<'_> {
    /// What the cell of a column says; blank where there is no such column.
    pub(super) fn get(&self, column: Column) -> &str {
        self.cells[column as usize]
    }
}

impl<'t> Form<'t> {
    /// The form that a table is, if it is one.
    pub(super) fn recognise(table: &'t Table) -> Option<Form<'t>> {
        let heads = table.rows.iter().take(HEAD_ROWS).enumerate();
        heads.into_iter().find_map(|(heading, (_, cells))| {
            let is_it = |column: Column| cells.iter().position(|cell| heads_column(cell, column));
            let positions = Column::ALL.map(is_it);
            let is_form = positions[0].is_some() && positions[1..].iter().any(Option::is_some);
            is_form.then_some(Form {
                table,
                heading,
                positions,
            })
        })
    }

    /// What the table calls a column.
    pub(super) fn heading(&self, column: Column) -> &'t str {
        let (_, cells) = &self.table.rows[self.heading];
        self.positions[column as usize].map_or("", |at| cells[at].as_str())
    }

    /// The headings of all columns.
    pub(super) fn headings(&self) -> &'t [String] {
        &self.table.rows[self.heading].1
    }

    /// The rows below the heading that have a key.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'t>> + use<'t> {
        let positions = self.positions;
        let rows = self.table.rows[self.heading + 1..].iter();
        let rows = rows.map(move |(number, cells)| Row {
            number: *number,
            cells: positions.map(|at| {
                let cell = at.and_then(|at| cells.get(at));
                cell.map_or("", |cell| unguarded(cell))
            }),
        });
        rows.filter(|row| !row.get(Column::Key).is_empty())
    }
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn unguarded(cell: &str) -> &str {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => cell,
    }
}

/// Whether a cell heads a column, in either language or both.
fn heads_column(cell: &str, column: Column) -> bool {
    let words = &WORDS.headings;
    let words = match column {
        Column::Key => &words.key,
        Column::Answer => &words.answer,
        Column::Document => &words.document,
        Column::Issued => &words.issued,
        Column::Expires => &words.expires,
    };
    let cell = folded(cell);
    let both: String = words.iter().map(|word| folded(word)).collect();
    !cell.is_empty() && (cell == both || words.iter().any(|word| folded(word) == cell))
}

/// Whether a cell that should name a document says that there is none, or which it is only to who sees what came with it.
pub(super) fn names_no_document(cell: &str) -> bool {
    let cell = folded(cell);
    let mut words = WORDS.words.no_document.iter();
    words.any(|word| folded(word) == cell)
}

/// A text as it is compared: without blanks and strokes, in small letters.
fn folded(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_whitespace() && *c != '/');
    kept.flat_map(char::to_lowercase).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    headings: Headings,
    words: Said,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Headings {
    key: Vec<String>,
    answer: Vec<String>,
    document: Vec<String>,
    issued: Vec<String>,
    expires: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    no_document: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("form.toml")).expect("the words of forms are valid")
});

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Table {
        let rows = rows
            .iter()
            .map(|row| row.iter().map(|cell| (*cell).to_owned()));
        Table {
            name: String::new(),
            rows: (1..).zip(rows.map(Iterator::collect)).collect(),
        }
    }

    #[test]
    fn forms_are_known_by_their_headings() {
        for (heading, is_form) in [
            (&["Key", "Question", "Possible answers", "Answer"][..], true),
            (&["编号", "问题", "可选答复", "答复"], true),
            (&["Key 编号", "Question 问题", "Answer 答复"], true),
            (&["编号", "所需材料", "文件", "出具日期", "到期日期"], true),
            (&["key", "question", "choices", "answer", "document"], true),
            (&["Key", "Meaning"], false),
            (&["Question", "Answer"], false),
            (&["Key", "Possible answers"], false),
            (&[], false),
        ] {
            let table = table(&[&["A title"], heading, &["R1.access"], &["", "x"]]);
            let form = Form::recognise(&table);
            assert_eq!(form.is_some(), is_form, "{heading:?}");
            let rows = form.into_iter().flat_map(|form| form.rows());
            assert!(rows.into_iter().all(|row| row.number == 3));
        }
    }

    #[test]
    fn guards_are_taken_off_and_short_rows_are_blank() {
        let table = table(&[&["Key", "Answer", "Issued"], &["'=R1.access", " '-1 "]]);
        let form = Form::recognise(&table).expect("it is a form");
        let row = form.rows().next().expect("it has a row");
        let cells = [Column::Key, Column::Answer, Column::Issued, Column::Expires];
        assert_eq!(cells.map(|at| row.get(at)), ["=R1.access", "-1", "", ""]);
        assert_eq!(form.heading(Column::Answer), "Answer");
    }
}
