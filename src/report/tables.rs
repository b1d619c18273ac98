//! Result files for spreadsheets: CSV with a byte order mark, in which no cell can become a formula.

use std::borrow::Cow;
use std::io::{self, Write};

use rayon::prelude::*;

use crate::view::View;

/// Rows that one task formats.
const BATCH: usize = 4096;
/// Tasks whose text is held before it is written.
const WAVE: usize = 64;

/// Writes `findings.csv`.
pub fn findings(view: &View, out: &mut dyn Write) -> io::Result<()> {
    let headings =
        "party,name,obligation,status,tier,via,operator,origins,binding,evidence,expires,gap";
    rows(
        out,
        headings,
        view.assessment.findings.len(),
        |position, cells| {
            let row = view.finding(position);
            cells
                .text(row.party)
                .text(row.name)
                .text(row.obligation)
                .plain(row.status)
                .number(row.tier);
            cells
                .text(row.via.as_deref().unwrap_or_default())
                .text(row.operator);
            cells.option(row.origins).option(row.binding);
            cells
                .plain(row.evidence)
                .option(row.expires)
                .option(row.gap);
        },
    )
}

/// Writes `clauses.csv`.
pub fn clauses(view: &View, out: &mut dyn Write) -> io::Result<()> {
    let headings =
        "relationship,customer,supplier,contract,obligation,status,tier,binding,evidence,expires";
    rows(
        out,
        headings,
        view.assessment.clauses().len(),
        |position, cells| {
            let row = view.clause(position);
            cells
                .text(&row.relationship)
                .text(row.customer)
                .text(row.supplier);
            cells
                .text(row.contract.unwrap_or_default())
                .text(row.obligation);
            cells.plain(row.status).number(row.tier).option(row.binding);
            cells.plain(row.evidence).option(row.expires);
        },
    )
}

/// Writes `exposure.csv`.
pub fn exposure(view: &View, out: &mut dyn Write) -> io::Result<()> {
    let headings = "party,name,rank,tier,findings,open,open_statute,open_contract,open_recommended,\
                    open_conditional,open_unconfirmed,criticality";
    let exposure = view.exposure();
    rows(out, headings, exposure.len(), |position, cells| {
        let row = &exposure[position];
        cells
            .text(row.party)
            .text(row.name)
            .number(row.rank)
            .number(row.tier)
            .number(row.findings);
        cells
            .number(row.open)
            .number(row.open_statute)
            .number(row.open_contract);
        cells
            .number(row.open_recommended)
            .number(row.open_conditional);
        cells.number(row.open_unconfirmed).option(row.criticality);
    })
}

/// Writes `register-issues.csv`.
pub fn register_issues(view: &View, out: &mut dyn Write) -> io::Result<()> {
    let headings = "file,row,column,severity,code,text,message,valid,nearest,help";
    let issues = view.issues();
    rows(out, headings, issues.len(), |position, cells| {
        let row = &issues[position];
        cells
            .text(row.file)
            .option(row.row)
            .text(row.column)
            .plain(row.severity)
            .plain(row.code);
        cells
            .text(row.text)
            .text(&row.message)
            .text(&row.valid.join("; "));
        cells.text(row.nearest.unwrap_or_default()).text(&row.help);
    })
}

/// The cells of rows being written to memory.
struct Cells(csv::Writer<Vec<u8>>);

impl Cells {
    fn new() -> Cells {
        Cells(csv::Writer::from_writer(Vec::new()))
    }

    /// A cell that holds text of the register.
    fn text(&mut self, text: &str) -> &mut Cells {
        self.plain(&guarded(text))
    }

    /// A cell that is ours and cannot be taken for a formula.
    fn plain(&mut self, text: &str) -> &mut Cells {
        self.0.write_field(text).expect("memory takes every cell");
        self
    }

    fn number(&mut self, number: impl ToString) -> &mut Cells {
        self.plain(&number.to_string())
    }

    /// A cell that is ours, blank where there is nothing.
    fn option(&mut self, cell: Option<impl ToString>) -> &mut Cells {
        self.plain(&cell.map_or(String::new(), |cell| cell.to_string()))
    }

    fn end_row(&mut self) {
        self.0
            .write_record(None::<&[u8]>)
            .expect("memory takes every row");
    }

    fn into_bytes(self) -> Vec<u8> {
        self.0.into_inner().expect("memory takes every row")
    }
}

/// A text that a spreadsheet would run as a formula gets an apostrophe before it.
fn guarded(text: &str) -> Cow<'_, str> {
    match text.as_bytes().first() {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r') => Cow::Owned(format!("'{text}")),
        _ => Cow::Borrowed(text),
    }
}

/// Writes a table: rows are formatted in parallel and written in order.
fn rows(
    out: &mut dyn Write,
    headings: &str,
    count: usize,
    row: impl Fn(usize, &mut Cells) + Sync,
) -> io::Result<()> {
    out.write_all("\u{FEFF}".as_bytes())?;
    writeln!(out, "{headings}")?;
    let batches: Vec<usize> = (0..count).step_by(BATCH).collect();
    for wave in batches.chunks(WAVE) {
        let texts = wave.par_iter().map(|&start| {
            let mut cells = Cells::new();
            for position in start..count.min(start + BATCH) {
                row(position, &mut cells);
                cells.end_row();
            }
            cells.into_bytes()
        });
        for text in texts.collect::<Vec<_>>() {
            out.write_all(&text)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_a_formula() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("+49 30", "'+49 30"),
            ("-", "'-"),
            ("@a", "'@a"),
            ("\t=1", "'\t=1"),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), written);
        }
    }

    #[test]
    fn rows_keep_their_order_over_batches() {
        let mut out = Vec::new();
        let count = 3 * BATCH + 1;
        rows(&mut out, "n", count, |position, cells| {
            cells.number(position as u32);
        })
        .unwrap();
        let text = String::from_utf8(out).unwrap();
        let expected: String = (0..count).map(|n| format!("{n}\n")).collect();
        assert_eq!(text, format!("\u{FEFF}n\n{expected}"));
    }
}
