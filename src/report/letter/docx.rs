//! A letter as Office Open XML, by hand: the crates that write it bring second copies of others that we have.

use std::io::{self, Cursor, Write};

use jiff::civil::Date;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime, System};

use super::page::{Block, Line, Table, Words};
use crate::lang::Lang;

/// The width between the margins, in twentieths of a point: A4 less two centimetres on each side.
const WIDTH: u32 = 9638;

/// What a document says of itself.
pub(super) struct About {
    pub(super) title: String,
    pub(super) author: String,
    pub(super) reference: String,
    pub(super) day: Date,
    pub(super) lang: Lang,
}

/// The document with these blocks.
pub(super) fn document(blocks: &[Block], about: &About) -> Vec<u8> {
    packed(blocks, about).expect("memory takes every part")
}

fn packed(blocks: &[Block], about: &About) -> io::Result<Vec<u8>> {
    let parts = [
        (
            "[Content_Types].xml",
            include_str!("docx/types.xml").to_owned(),
        ),
        ("_rels/.rels", include_str!("docx/package.xml").to_owned()),
        ("docProps/core.xml", properties(about)),
        ("word/document.xml", body(blocks)),
        (
            "word/_rels/document.xml.rels",
            include_str!("docx/parts.xml").to_owned(),
        ),
        (
            "word/styles.xml",
            include_str!("docx/styles.xml").to_owned(),
        ),
        (
            "word/settings.xml",
            include_str!("docx/settings.xml").to_owned(),
        ),
        (
            "word/numbering.xml",
            include_str!("docx/numbering.xml").to_owned(),
        ),
        (
            "word/footer.xml",
            include_str!("docx/footer.xml").replace("{reference}", &escaped(&about.reference)),
        ),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // The same time and system for every file of every run, so that the same letter is the same bytes everywhere.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .system(System::Unix);
    for (name, text) in parts {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn properties(about: &About) -> String {
    let lang = match about.lang {
        Lang::En => "en-GB",
        Lang::Zh => "zh-CN",
    };
    let (title, author) = (escaped(&about.title), escaped(&about.author));
    include_str!("docx/properties.xml")
        .replace("{lang}", lang)
        .replace("{day}", &about.day.to_string())
        .replace("{title}", &title)
        .replace("{author}", &author)
}

/// Text that no character of can be taken for markup. What XML cannot hold becomes a question mark.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push('?'),
            c => out.push(c),
        }
    }
    out
}

fn body(blocks: &[Block]) -> String {
    let mut out = String::from(include_str!("docx/document.xml").trim_end());
    for (at, block) in blocks.iter().enumerate() {
        match (block, blocks.get(at + 1)) {
            // What leads to a table stands on the page on which it begins.
            (Block::Text(words), Some(Block::Table(_) | Block::Minor(_))) => {
                running(std::slice::from_ref(words), "Lead", &mut out);
            }
            _ => put(block, &mut out),
        }
    }
    out + include_str!("docx/section.xml")
}

fn put(block: &Block, out: &mut String) {
    match block {
        Block::Title(words) => each(words, "Title", out),
        Block::Heading(words) => paragraph(&first_lang(words), &words.inline(), "Heading1", out),
        Block::Minor(words) => paragraph(&first_lang(words), &words.inline(), "Heading2", out),
        Block::Text(words) => running(std::slice::from_ref(words), "Normal", out),
        Block::Bullets(items) => running(items, "Item", out),
        Block::Facts(facts) => self::facts(facts, out),
        Block::Table(table) => self::table(table, out),
    }
}

fn first_lang(words: &Words) -> Lang {
    words.0.first().map_or(Lang::En, |(lang, _)| *lang)
}

/// Paragraphs of running text; of two languages each has a column.
fn running(texts: &[Words], style: &str, out: &mut String) {
    let sides = texts.iter().map(|words| words.0.len()).max().unwrap_or(1);
    if sides < 2 {
        texts.iter().for_each(|words| each(words, style, out));
        return;
    }
    let widths = vec![100 / sides as u32; sides];
    open_table("Sides", &widths, out);
    for words in texts {
        *out += "<w:tr>";
        for (side, &width) in widths.iter().enumerate() {
            open_cell(width, None, out);
            // What is the same in all languages stands on the left.
            match words.0.get(side) {
                Some((lang, text)) => paragraph(lang, text, style, out),
                None => paragraph(&Lang::En, "", style, out),
            }
            *out += "</w:tc>";
        }
        *out += "</w:tr>";
    }
    close_table(out);
}

fn facts(facts: &[(Words, Vec<Words>)], out: &mut String) {
    let widths = [35, 65];
    open_table("Sides", &widths, out);
    for (name, values) in facts {
        *out += "<w:tr>";
        open_cell(widths[0], None, out);
        paragraph(&first_lang(name), &name.inline(), "CellStrong", out);
        *out += "</w:tc>";
        open_cell(widths[1], None, out);
        let values: Vec<Line> = values.iter().cloned().map(Line::plain).collect();
        lines(&values, out);
        *out += "</w:tc></w:tr>";
    }
    close_table(out);
}

fn table(table: &Table, out: &mut String) {
    open_table("Ruled", &table.widths, out);
    // The head stands again on every page.
    *out += "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>";
    for (words, &width) in table.head.iter().zip(&table.widths) {
        open_cell(width, Some("E7ECF2"), out);
        paragraph(&first_lang(words), &words.inline(), "TableHead", out);
        *out += "</w:tc>";
    }
    *out += "</w:tr>";
    for row in &table.rows {
        *out += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
        for (at, (cell, &width)) in row.iter().zip(&table.widths).enumerate() {
            let shade = (at >= table.fill_from).then_some("FFF8E1");
            open_cell(width, shade, out);
            lines(cell, out);
            *out += "</w:tc>";
        }
        *out += "</w:tr>";
    }
    close_table(out);
}

fn open_table(style: &str, widths: &[u32], out: &mut String) {
    *out += &format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
    );
    for width in widths {
        *out += &format!("<w:gridCol w:w=\"{}\"/>", WIDTH * width / 100);
    }
    *out += "</w:tblGrid>";
}

/// Tables that touch would become one.
fn close_table(out: &mut String) {
    *out += "</w:tbl>";
    paragraph(&Lang::En, "", "Gap", out);
}

fn open_cell(width: u32, shade: Option<&str>, out: &mut String) {
    let width = WIDTH * width / 100;
    *out += &format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
    if let Some(color) = shade {
        *out += &format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{color}\"/>");
    }
    *out += "</w:tcPr>";
}

/// The paragraphs of a cell; a cell without any has one that is empty.
fn lines(cell: &[Line], out: &mut String) {
    for line in cell {
        let style = if line.is_strong { "CellStrong" } else { "Cell" };
        each(&line.words, style, out);
    }
    if cell.iter().all(|line| line.words.0.is_empty()) {
        paragraph(&Lang::En, "", "Cell", out);
    }
}

/// A paragraph for each language.
fn each(words: &Words, style: &str, out: &mut String) {
    for (lang, text) in &words.0 {
        paragraph(lang, text, style, out);
    }
}

fn paragraph(lang: &Lang, text: &str, style: &str, out: &mut String) {
    *out += &format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
    if !text.is_empty() {
        // Quotes and dashes stand in both scripts; the hint says whose shapes they have here.
        let run = match lang {
            Lang::En => "",
            Lang::Zh => {
                "<w:rPr><w:rFonts w:hint=\"eastAsia\"/><w:lang w:eastAsia=\"zh-CN\"/></w:rPr>"
            }
        };
        let text = escaped(text);
        *out += &format!("<w:r>{run}<w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    }
    *out += "</w:p>";
}
