//! What was read, so that a person sees in one screen whether the files were understood.

use unicode_width::UnicodeWidthStr;

use super::paint::padded;
use super::returned::taken_lines;
use crate::diagnostic::Severity;
use crate::lang::{Lang, say};
use crate::read::{Holds, ReadColumn, TableReport};
use crate::view::View;

/// Each table with its columns, then the columns that do not say everything, then counts of faults.
pub fn summary(view: &View) -> String {
    let lang = view.lang;
    let mut out = String::new();
    if let Some(format) = &view.reading.format {
        let format = format.get(lang);
        out += &say!(lang, "Read as: {format}\n", "按此格式读取：{format}\n");
    }
    for table in &view.reading.tables {
        out += &line(table, lang);
        let read = columns(&table.columns, lang);
        out += &say!(lang, "  read: {read}\n", "  已读取：{read}\n");
        if let Some(unread) = unread(table, lang) {
            out += &say!(lang, "  not read: {unread}\n", "  未读取：{unread}\n");
        }
    }
    out += &taken_lines(view.reading.answers.as_ref(), lang);
    let same = view.reading.same;
    if same > 0 {
        let names = lang.count(same, "name", "names", "个名称");
        out += &say!(
            lang,
            "[[same]]: {names} taken for another\n",
            "[[same]]：{names}视为另一名称\n"
        );
    }
    out += &unknown(view);
    let count = |severity, one, several, chinese| {
        lang.count(view.diagnostics.count(severity), one, several, chinese)
    };
    let errors = count(Severity::Error, "error", "errors", "处错误");
    let warnings = count(Severity::Warning, "warning", "warnings", "处警告");
    let notes = count(Severity::Note, "note", "notes", "处提示");
    out + &say!(
        lang,
        "{errors}, {warnings}, {notes}\n",
        "{errors}，{warnings}，{notes}\n"
    )
}

/// A table in one line.
fn line(table: &TableReport, lang: Lang) -> String {
    let file = &table.file;
    let (holds, form) = (holds_word(table.holds, lang), form(table, lang));
    let rows = rows(table, lang);
    say!(
        lang,
        "{file}: {holds}, {rows} ({form})\n",
        "{file}：{holds}，{rows}（{form}）\n"
    )
}

/// How many rows were read, set aside, and left out.
pub(super) fn rows(table: &TableReport, lang: Lang) -> String {
    let TableReport {
        set_aside,
        left_out,
        ..
    } = table;
    let rows = lang.count(table.rows, "row", "rows", "行");
    let rows = say!(
        lang,
        "{rows}, {set_aside} set aside",
        "{rows}，搁置 {set_aside} 行"
    );
    match left_out {
        0 => rows,
        _ => say!(
            lang,
            "{rows}, {left_out} left out",
            "{rows}，按映射略去 {left_out} 行"
        ),
    }
}

/// The headings of columns that nothing reads, the first of them where there are many.
pub(super) fn unread(table: &TableReport, lang: Lang) -> Option<String> {
    const MOST: usize = 12;
    let shown = table.unread.iter().take(MOST).map(String::as_str);
    let shown = shown.collect::<Vec<_>>().join(comma(lang));
    match table.unread.len() {
        0 => None,
        1..=MOST => Some(shown),
        all => {
            let rest = all - MOST;
            Some(say!(
                lang,
                "{shown} and {rest} more",
                "{shown}等，另有 {rest} 列"
            ))
        }
    }
}

/// What a table holds, in words.
pub(super) fn holds_word(holds: Holds, lang: Lang) -> &'static str {
    match (holds, lang) {
        (holds, Lang::En) => holds.as_str(),
        (Holds::Parties, Lang::Zh) => "主体",
        (Holds::Relationships, Lang::Zh) => "关系",
        (Holds::Ownership, Lang::Zh) => "持有关系",
        (Holds::Evidence, Lang::Zh) => "证据",
    }
}

/// The encoding of a table and what separates its cells; of a sheet the kind of its workbook.
pub(super) fn form(table: &TableReport, lang: Lang) -> String {
    let encoding = table.encoding;
    match table.delimiter {
        None => encoding.to_owned(),
        Some('\t') => say!(lang, "{encoding}, `\\t`", "{encoding}，`\\t`"),
        Some(other) => say!(lang, "{encoding}, `{other}`", "{encoding}，`{other}`"),
    }
}

/// The columns that were read, each with the file's heading where that is another.
pub(super) fn columns(columns: &[ReadColumn], lang: Lang) -> String {
    let shown = |column: &ReadColumn| {
        let ReadColumn { canonical, heading } = column;
        match heading {
            Some(heading) if heading == canonical => canonical.clone(),
            Some(heading) => say!(
                lang,
                "{canonical} (“{heading}”)",
                "{canonical}（“{heading}”）"
            ),
            None => say!(
                lang,
                "{canonical} (the same in every row)",
                "{canonical}（每行相同）"
            ),
        }
    };
    let columns: Vec<String> = columns.iter().map(shown).collect();
    columns.join(comma(lang))
}

/// What stands between the items of a list.
pub(super) fn comma(lang: Lang) -> &'static str {
    match lang {
        Lang::En => ", ",
        Lang::Zh => "、",
    }
}

/// The columns that do not say something in every row.
fn unknown(view: &View) -> String {
    let lang = view.lang;
    let unknown = view.unknown_cells();
    if unknown.is_empty() {
        return String::new();
    }
    let head = [
        say!(lang, "Unknown cells", "未知单元格"),
        say!(lang, "cells", "单元格"),
        say!(lang, "blank", "空白"),
        say!(lang, "not understood", "未能识别"),
    ];
    let rows = unknown.iter().map(|cells| {
        let (of, column) = (holds_word(cells.of, lang), cells.column);
        [
            say!(lang, "  {of}: {column}", "  {of}：{column}"),
            cells.cells.to_string(),
            cells.blank.to_string(),
            cells.not_understood.to_string(),
        ]
    });
    let rows: Vec<[String; 4]> = [head].into_iter().chain(rows).collect();
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].width())
            .max()
            .unwrap_or(0)
    };
    let widths = [0, 1, 2, 3].map(width);
    let mut out = "\n".to_owned();
    for row in &rows {
        out += &padded(&row[0], widths[0]);
        for (cell, width) in row.iter().zip(widths).skip(1) {
            let blanks = " ".repeat(width - cell.width());
            out += &format!("  {blanks}{cell}");
        }
        out += "\n";
    }
    out + "\n"
}
