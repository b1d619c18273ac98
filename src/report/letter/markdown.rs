//! A letter in Markdown.

use super::super::markdown::escaped;
use super::page::{Block, Cell, Table, Words};
use crate::lang::Lang;

/// The blocks of a letter as a page.
pub(super) fn page(blocks: &[Block]) -> String {
    let parts: Vec<String> = blocks.iter().map(part).collect();
    parts.join("\n")
}

fn part(block: &Block) -> String {
    match block {
        Block::Title(words) => heading(1, words),
        Block::Heading(words) => heading(2, words),
        Block::Minor(words) => heading(3, words),
        Block::Text(words) => text(words),
        Block::Bullets(items) => {
            let items = items
                .iter()
                .map(|words| format!("- {}\n", cell_text(words)));
            items.collect()
        }
        Block::Facts(facts) => facts.iter().map(fact).collect(),
        Block::Table(table) => self::table(table),
    }
}

fn heading(level: usize, words: &Words) -> String {
    format!("{} {}\n", "#".repeat(level), escaped(&words.inline()))
}

/// A paragraph for each language.
fn text(words: &Words) -> String {
    let paragraphs = words
        .0
        .iter()
        .map(|(_, text)| format!("{}\n", escaped(text)));
    paragraphs.collect::<Vec<_>>().join("\n")
}

fn fact((name, values): &(Words, Vec<Words>)) -> String {
    let values = values.iter().map(|words| escaped(&words.joined(" / ")));
    let values: Vec<String> = values.collect();
    let colon = match name.0.as_slice() {
        [(Lang::Zh, _)] => "：",
        _ => ": ",
    };
    let (name, values) = (escaped(&name.inline()), values.join("<br>"));
    format!("- **{name}**{colon}{values}\n")
}

/// A text in the cell of a table, each language on a line of its own.
fn cell_text(words: &Words) -> String {
    let texts: Vec<String> = words.0.iter().map(|(_, text)| escaped(text)).collect();
    texts.join("<br>")
}

fn cell(cell: &Cell) -> String {
    let lines = cell.iter().flat_map(|line| {
        line.words.0.iter().map(|(_, text)| match line.is_strong {
            true => format!("**{}**", escaped(text)),
            false => escaped(text),
        })
    });
    lines.collect::<Vec<_>>().join("<br>")
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    format!("| {} |\n", cells.join(" | "))
}

fn table(table: &Table) -> String {
    let head = table.head.iter().map(|words| escaped(&words.inline()));
    let rows = table
        .rows
        .iter()
        .map(|cells| row(cells.iter().map(self::cell)));
    let rule = format!("|{}\n", " --- |".repeat(table.head.len()));
    row(head) + &rule + &rows.collect::<String>()
}
