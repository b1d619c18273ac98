//! Result files for spreadsheets: CSV with a byte order mark, in which no cell can become a formula.

use std::fmt::Display;
use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;

use crate::flow::Origins;
use crate::view::View;

/// Rows that one task formats.
const BATCH: usize = 512;
/// Tasks whose text is held before it is written.
const WAVE: usize = 64;

/// Writes `findings.csv`.
pub fn findings(view: &View, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let headings =
        "party,name,obligation,status,tier,via,operator,origins,binding,evidence,expires,gap";
    let findings = &view.assessment.findings;
    let look = |position: usize| (findings[position].party, view.finding(position));
    rows(
        out,
        headings,
        findings.len(),
        look,
        |(party, row), cells| {
            cells.same(party.index(), |cells| {
                cells.text(row.party).text(row.name);
            });
            cells
                .text(row.obligation)
                .plain(row.status)
                .digits(row.tier)
                .text(row.via.as_deref().unwrap_or_default())
                .text(row.operator);
            match row.origins {
                Some(Origins::Exactly(count)) => cells.digits(u32::from(count)),
                more => cells.option(more),
            };
            cells
                .plain(row.binding.unwrap_or_default())
                .plain(row.evidence)
                .option(row.expires);
            match row.gap {
                Some(gap) => cells.digits(gap),
                None => cells.plain(""),
            };
        },
    )
}

/// Writes `clauses.csv`.
pub fn clauses(view: &View, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let headings =
        "relationship,customer,supplier,contract,obligation,status,tier,binding,evidence,expires";
    let count = view.assessment.clauses().len();
    let look = |position: usize| view.clause(position);
    rows(out, headings, count, look, |row, cells| {
        cells
            .text(&row.relationship)
            .text(row.customer)
            .text(row.supplier)
            .text(row.contract.unwrap_or_default())
            .text(row.obligation)
            .plain(row.status)
            .digits(row.tier)
            .plain(row.binding.unwrap_or_default())
            .plain(row.evidence)
            .option(row.expires);
    })
}

/// Writes `exposure.csv`.
pub fn exposure(view: &View, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let headings = "party,name,rank,tier,findings,open,open_statute,open_contract,open_recommended,\
                    open_conditional,open_unconfirmed,criticality";
    let exposure = view.exposure();
    rows(
        out,
        headings,
        exposure.len(),
        |at| &exposure[at],
        |row, cells| {
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
        },
    )
}

/// Writes `register-issues.csv`.
pub fn register_issues(view: &View, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let headings = "file,row,column,severity,code,text,message,valid,nearest,help";
    let issues = view.issues();
    rows(
        out,
        headings,
        issues.len(),
        |at| &issues[at],
        |row, cells| {
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
        },
    )
}

/// The cells of rows being written to memory.
#[derive(Default)]
struct Cells {
    text: Vec<u8>,
    /// Whether a row has begun.
    in_row: bool,
    /// What the cells are of with which rows begin, and where they stand.
    same: Option<(usize, Range<usize>)>,
}

impl Cells {
    /// The cells with which a row begins, copied from the row before where they are of the same.
    fn same(&mut self, of: usize, write: impl FnOnce(&mut Cells)) {
        let start = self.text.len();
        match self.same.take() {
            Some((before, range)) if before == of => {
                self.text.extend_from_within(range);
                self.in_row = true;
            }
            _ => write(self),
        }
        self.same = Some((of, start..self.text.len()));
    }

    /// A cell that holds text of the register.
    fn text(&mut self, text: &str) -> &mut Cells {
        self.separate();
        let guard = needs_guard(text);
        // Without a branch for each byte: most cells have none of these.
        let special = |found, &byte: &u8| found | matches!(byte, b',' | b'"' | b'\n' | b'\r');
        if !text.as_bytes().iter().fold(false, special) {
            self.text.extend_from_slice(if guard { b"'" } else { b"" });
            self.text.extend_from_slice(text.as_bytes());
            return self;
        }
        self.text
            .extend_from_slice(if guard { b"\"'" } else { b"\"" });
        for (position, part) in text.split('"').enumerate() {
            self.text
                .extend_from_slice(if position > 0 { b"\"\"" } else { b"" });
            self.text.extend_from_slice(part.as_bytes());
        }
        self.text.push(b'"');
        self
    }

    /// A cell that is ours: it cannot be taken for a formula and needs no quotes.
    fn plain(&mut self, text: &str) -> &mut Cells {
        self.separate();
        self.text.extend_from_slice(text.as_bytes());
        self
    }

    fn number(&mut self, number: impl Display) -> &mut Cells {
        self.separate();
        write!(self.text, "{number}").expect("memory takes every cell");
        self
    }

    /// A number that stands in every row of a long table.
    fn digits(&mut self, mut number: u32) -> &mut Cells {
        self.separate();
        let start = self.text.len();
        loop {
            self.text.push(b'0' + (number % 10) as u8);
            number /= 10;
            if number == 0 {
                break;
            }
        }
        self.text[start..].reverse();
        self
    }

    /// A cell that is ours, blank where there is nothing.
    fn option(&mut self, cell: Option<impl Display>) -> &mut Cells {
        match cell {
            Some(cell) => self.number(cell),
            None => self.plain(""),
        }
    }

    fn separate(&mut self) {
        if self.in_row {
            self.text.push(b',');
        }
        self.in_row = true;
    }

    fn end_row(&mut self) {
        self.text.push(b'\n');
        self.in_row = false;
    }
}

/// Whether a spreadsheet would run a text as a formula, and so gets an apostrophe before it.
fn needs_guard(text: &str) -> bool {
    matches!(
        text.as_bytes().first(),
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r')
    )
}

/// Writes a table: rows are formatted in parallel, a wave while the one before is written, and written in order.
///
/// `look` finds what a row says, `row` writes it. The rows of a batch are all looked up before any is written, so that
/// the processor can wait for much of memory at once.
fn rows<R>(
    out: &mut (dyn Write + Send),
    headings: &str,
    count: usize,
    look: impl Fn(usize) -> R + Sync,
    row: impl Fn(&R, &mut Cells) + Sync,
) -> io::Result<()> {
    out.write_all("\u{FEFF}".as_bytes())?;
    writeln!(out, "{headings}")?;
    let format = |start: usize, wave: &mut Vec<Cells>| {
        wave.par_iter_mut().enumerate().for_each(|(batch, cells)| {
            cells.text.clear();
            cells.same = None;
            let start = count.min(start + batch * BATCH);
            let found: Vec<R> = (start..count.min(start + BATCH)).map(&look).collect();
            for found in &found {
                row(found, cells);
                cells.end_row();
            }
        });
    };
    let mut waves = [(); 2].map(|()| (0..WAVE).map(|_| Cells::default()).collect::<Vec<_>>());
    let [ready, next] = &mut waves;
    for start in (0..count + BATCH * WAVE).step_by(BATCH * WAVE) {
        let write = || {
            ready
                .iter()
                .try_for_each(|cells| out.write_all(&cells.text))
        };
        let (written, ()) = rayon::join(write, || format(start, next));
        written?;
        std::mem::swap(ready, next);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_text_becomes_a_formula() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("+49 30", "'+49 30"),
            ("-", "'-"),
            ("@a", "'@a"),
            ("\t=1", "'\t=1"),
            ("a=1", "a=1"),
            ("", ""),
            ("a,b", "\"a,b\""),
            ("say \"a\"", "\"say \"\"a\"\"\""),
            ("\"", "\"\"\"\""),
            ("=a,b", "\"'=a,b\""),
            ("one\r\ntwo", "\"one\r\ntwo\""),
            ("甲；乙", "甲；乙"),
        ] {
            let mut cells = Cells::default();
            cells.text(text).text(text).end_row();
            assert_eq!(
                String::from_utf8(cells.text).unwrap(),
                format!("{written},{written}\n")
            );
        }
    }

    #[test]
    fn cells_read_back_as_they_were() {
        let texts = ["a", "", "a,b", "\"", "a\"b", "\n", "\r", "甲", " "];
        let mut cells = Cells::default();
        for one in texts {
            for two in texts {
                cells.text(one).text(two).end_row();
            }
        }
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(cells.text.as_slice());
        let read: Vec<csv::StringRecord> = reader.into_records().map(Result::unwrap).collect();
        let pairs = texts
            .iter()
            .flat_map(|one| texts.iter().map(move |two| [*one, *two]));
        let is_guarded = |text: &str| text.strip_prefix('\'').unwrap_or(text).to_owned();
        let read = read
            .iter()
            .map(|row| [is_guarded(&row[0]), is_guarded(&row[1])]);
        assert!(read.eq(pairs.map(|pair| pair.map(str::to_owned))));
    }

    #[test]
    fn rows_keep_their_order_over_batches() {
        let mut out = Vec::new();
        let count = 2 * BATCH * WAVE + BATCH + 1;
        let look = |position| position;
        rows(&mut out, "n", count, look, |position, cells| {
            cells.number(position);
        })
        .unwrap();
        let text = String::from_utf8(out).unwrap();
        let expected: String = (0..count).map(|n| format!("{n}\n")).collect();
        assert_eq!(text, format!("\u{FEFF}n\n{expected}"));
    }
}
