//! What a draft of a `register.toml` took for what, and what of it is unsure.

use super::reading::{columns, comma, holds_word};
use crate::lang::{Lang, grouped, say};
use crate::read::Format;
use crate::read::draft::{Draft, DraftTable};

/// Each table with its columns, then what is unsure.
pub fn summary(draft: &Draft, lang: Lang) -> String {
    let tables: String = draft
        .tables
        .iter()
        .map(|found| table(found, lang))
        .collect();
    if draft.unsure.is_empty() {
        return tables;
    }
    let unsure = draft.unsure.iter().map(|unsure| format!("  {unsure}\n"));
    let unsure: String = unsure.collect();
    tables + &say!(lang, "unsure:\n{unsure}", "不确定：\n{unsure}")
}

/// The known formats, each with what of it is read.
pub fn formats(lang: Lang) -> String {
    let line = |format: Format| {
        let (id, title, reads) = (format.id().to_owned(), format.title(), format.reads());
        let (title, reads) = (title.get(lang), reads.get(lang));
        say!(
            lang,
            "{id}: {title}\n  {reads}\n",
            "{id}：{title}\n  {reads}\n"
        )
    };
    Format::all().map(line).collect()
}

fn table(table: &DraftTable, lang: Lang) -> String {
    let file = &table.file;
    let holds = match table.holds {
        Some(holds) => holds_word(holds, lang).to_owned(),
        None => say!(lang, "not taken for anything", "无法判断内容"),
    };
    let rows = grouped(table.rows);
    let rows = match table.is_whole {
        true => {
            lang.count(table.rows, "row", "rows", "行")
                .replacen(&table.rows.to_string(), &rows, 1)
        }
        false => say!(lang, "the first {rows} rows looked at", "看了前 {rows} 行"),
    };
    let mut out = say!(
        lang,
        "{file}: {holds}, {rows}\n",
        "{file}：{holds}，{rows}\n"
    );
    if !table.columns.is_empty() {
        let columns = columns(&table.columns, lang);
        out += &say!(lang, "  read: {columns}\n", "  已读取：{columns}\n");
    }
    if !table.unread.is_empty() {
        let unread = table.unread.join(comma(lang));
        out += &say!(lang, "  not read: {unread}\n", "  未读取：{unread}\n");
    }
    out
}
