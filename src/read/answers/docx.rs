//! The tables of a Word document, as it stands with its changes accepted.

use std::io::{BufRead, BufReader, Cursor, Read};

use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::form::Table;
use crate::read::content::Trouble;

/// Most bytes that the text of a document may unfold to.
const MOST_UNFOLDED: u64 = 1 << 25;

/// Most columns that one cell can span.
const MOST_SPANNED: usize = 8;

/// Whether a file is called a Word document.
pub(super) fn is_named(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("docx"))
}

/// Every table, in the order in which they end; those within cells are tables of their own.
pub(super) fn tables(bytes: Vec<u8>) -> Result<Vec<Table>, Trouble> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(Trouble::of_zip)?;
    let part = archive
        .by_name("word/document.xml")
        .map_err(Trouble::of_zip)?;
    // What the archive says of its size may be wrong.
    let mut part = part.take(MOST_UNFOLDED + 1);
    let mut document = Document::default();
    let tables = document.read(&mut Reader::from_reader(BufReader::new(&mut part)));
    match part.limit() {
        0 => Err(Trouble::TooLarge),
        _ => tables,
    }
}

/// A table that is being read.
#[derive(Default)]
struct OpenTable {
    rows: Vec<Vec<String>>,
    /// The cell that is being read, and how many columns it spans.
    cell: Option<(String, usize)>,
}

/// What was read of a document so far.
#[derive(Default)]
struct Document {
    /// The tables that have not ended, each within a cell of the one before.
    open: Vec<OpenTable>,
    done: Vec<Table>,
    /// How deep in text that is no longer there, or stands there only for programs that cannot show better.
    dropped: usize,
    /// For each content control that has not ended whether it shows what is to be typed there; and how many do.
    controls: Vec<bool>,
    prompts: usize,
    in_text: bool,
}

impl Document {
    fn read<R: BufRead>(&mut self, reader: &mut Reader<R>) -> Result<Vec<Table>, Trouble> {
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().check_end_names = false;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            let event = reader.read_event_into(&mut buffer);
            match event.map_err(Trouble::broken)? {
                Event::Start(start) => self.start(&start),
                Event::End(end) => self.end(end.local_name().as_ref()),
                Event::Text(text) => self.text(&text),
                Event::CData(text) => self.text(&text),
                Event::GeneralRef(sign) => {
                    let entity = quick_xml::escape::resolve_predefined_entity(&sign);
                    let sign = sign.resolve_char_ref().map_err(Trouble::broken)?;
                    let sign = sign.map(String::from).or(entity.map(str::to_owned));
                    self.text(&sign.unwrap_or_default());
                }
                Event::Eof => return Ok(std::mem::take(&mut self.done)),
                _ => {}
            }
        }
    }

    fn cell(&mut self) -> Option<&mut (String, usize)> {
        self.open.last_mut()?.cell.as_mut()
    }

    fn start(&mut self, start: &BytesStart) {
        match start.local_name().as_ref() {
            "tbl" => self.open.push(OpenTable::default()),
            "tr" => {
                let table = self.open.last_mut();
                table
                    .into_iter()
                    .for_each(|table| table.rows.push(Vec::new()));
            }
            "tc" => {
                let table = self.open.last_mut();
                table
                    .into_iter()
                    .for_each(|table| table.cell = Some((String::new(), 1)));
            }
            "gridSpan" => {
                let value = start.attributes().flatten().find_map(|attribute| {
                    let is_value = attribute.key.local_name().as_ref() == "val";
                    is_value.then(|| attribute.value.parse::<usize>().ok())?
                });
                if let (Some(value), Some((_, span))) = (value, self.cell()) {
                    *span = value.clamp(1, MOST_SPANNED);
                }
            }
            "del" | "moveFrom" | "Fallback" => self.dropped += 1,
            "sdt" => self.controls.push(false),
            "showingPlcHdr" => {
                if let Some(control @ false) = self.controls.last_mut() {
                    *control = true;
                    self.prompts += 1;
                }
            }
            "t" => self.in_text = true,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "tbl" => {
                if let Some(table) = self.open.pop() {
                    self.done.push(Table {
                        name: format!("table {}", self.done.len() + 1),
                        rows: (1..).zip(table.rows).collect(),
                    });
                }
            }
            "tc" => {
                let Some(table) = self.open.last_mut() else {
                    return;
                };
                if let (Some((text, span)), Some(row)) = (table.cell.take(), table.rows.last_mut())
                {
                    let is_edge = |c: char| c.is_whitespace() || c == ';';
                    row.push(text.trim_matches(is_edge).to_owned());
                    row.extend((1..span).map(|_| String::new()));
                }
            }
            "del" | "moveFrom" | "Fallback" => self.dropped = self.dropped.saturating_sub(1),
            "sdt" => {
                let is_prompt = self.controls.pop() == Some(true);
                self.prompts -= usize::from(is_prompt);
            }
            "t" => self.in_text = false,
            // The items of a list are often typed one below the other.
            "p" | "br" | "cr" => self.separate("; "),
            "tab" => self.separate(" "),
            "noBreakHyphen" => self.add("-"),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.add(text);
        }
    }

    fn add(&mut self, more: &str) {
        if self.dropped > 0 || self.prompts > 0 {
            return;
        }
        if let Some((text, _)) = self.cell() {
            text.extend(more.chars().filter(|c| !c.is_control()));
        }
    }

    /// Sets apart what follows from what was there, if anything was.
    fn separate(&mut self, by: &str) {
        if let Some((text, _)) = self.cell()
            && !text.is_empty()
            && !text.ends_with(by)
        {
            text.push_str(by);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables_of(body: &str) -> Vec<Vec<Vec<String>>> {
        let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
        let tables = Document::default().read(&mut Reader::from_reader(document.as_bytes()));
        let tables = tables.expect("it is XML").into_iter();
        let rows = |table: Table| table.rows.into_iter().map(|(_, cells)| cells).collect();
        tables.map(rows).collect()
    }

    #[test]
    fn cells_have_the_text_that_is_seen() {
        let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
        for (cell, expected) in [
            (format!("<w:p>{}{}</w:p>", run("re"), run("mote")), "remote"),
            (
                format!(
                    "<w:p>{}</w:p><w:p/><w:p>{}</w:p>",
                    run("user"),
                    run("remote")
                ),
                "user; remote",
            ),
            (
                format!("<w:p>{}<w:br/>{}</w:p>", run("a"), run("b")),
                "a; b",
            ),
            (
                format!(
                    "<w:p><w:del>{}</w:del><w:ins>{}</w:ins></w:p>",
                    run("old"),
                    run("new")
                ),
                "new",
            ),
            (
                format!(
                    "<w:sdt><w:sdtPr/><w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt>",
                    run("yes")
                ),
                "yes",
            ),
            (
                format!(
                    "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt><w:p>{}</w:p>",
                    run("Click here"),
                    run("x")
                ),
                "x",
            ),
            (
                format!("<w:p>{}</w:p>", run("a &lt;b&gt; &#67; 甲")),
                "a <b> C 甲",
            ),
            ("<w:p><w:pPr><w:tab/></w:pPr></w:p>".to_owned(), ""),
        ] {
            let body = format!(
                "<w:p>{}</w:p><w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>",
                run("no")
            );
            assert_eq!(tables_of(&body), [[[expected]]], "{cell}");
        }
    }

    #[test]
    fn cells_that_span_columns_keep_the_others_in_place() {
        let cell = |properties: &str, text: &str| {
            format!(
                "<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
            )
        };
        let body = format!(
            "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
            cell("<w:gridSpan w:val=\"2\"/>", "a"),
            cell("", "b")
        );
        assert_eq!(tables_of(&body), [[["a", "", "b"]]]);
        let nested = format!("<w:tbl><w:tr><w:tc>{body}<w:p/></w:tc></w:tr></w:tbl>");
        assert_eq!(
            tables_of(&nested),
            [vec![vec!["a", "", "b"]], vec![vec![""]]]
        );
    }
}
