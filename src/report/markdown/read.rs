//! What was read of each file, and which cells say nothing.

use super::{escaped, section, table_head, table_row};
use crate::lang::say;
use crate::report::reading::{columns, form, holds_word, rows, unread};
use crate::view::View;

/// The tables with their columns, and the columns that do not say something in every row.
pub(super) fn read(view: &View, out: &mut String) {
    let lang = view.lang;
    let title = say!(lang, "What was read", "读取情况");
    section(out, 2, "read", &title);
    if let Some(format) = &view.reading.format {
        let format = escaped(format.get(lang));
        *out += &say!(
            lang,
            "Read as: {format}.\n\n",
            "按此格式读取：{format}。\n\n"
        );
    }
    for table in &view.reading.tables {
        let (file, form) = (escaped(&table.file), form(table, lang));
        let holds = holds_word(table.holds, lang);
        let rows = rows(table, lang);
        let read = escaped(&columns(&table.columns, lang));
        *out += &say!(
            lang,
            "- **{file}** ({holds}): {rows}; {form}. Read: {read}.",
            "- **{file}**（{holds}）：{rows}；{form}。已读取：{read}。"
        );
        if let Some(unread) = unread(table, lang) {
            let unread = escaped(&unread);
            *out += &say!(lang, " Not read: {unread}.", "未读取：{unread}。");
        }
        out.push('\n');
    }
    let unknown = view.unknown_cells();
    if unknown.is_empty() {
        return;
    }
    *out += &say!(
        lang,
        "\nCells that say nothing, by column; what they leave open is [above](#unknown).\n\n",
        "\n各列中没有内容可用的单元格；由此未定之处见[上文](#unknown)。\n\n"
    );
    let head = [
        say!(lang, "Of", "所属"),
        say!(lang, "Column", "列"),
        say!(lang, "Cells", "单元格"),
        say!(lang, "Blank", "空白"),
        say!(lang, "Not understood", "未能识别"),
    ];
    table_head(out, &head);
    for cells in &unknown {
        let row = [
            holds_word(cells.of, lang).to_owned(),
            format!("`{}`", cells.column),
            cells.cells.to_string(),
            cells.blank.to_string(),
            cells.not_understood.to_string(),
        ];
        table_row(out, &row);
    }
}
