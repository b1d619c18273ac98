//! Result files for spreadsheets: CSV with a byte order mark, in which no cell can become a formula.

use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;

use super::cells::Cells;
use crate::flow::{Finding, Origins, Status};
use crate::view::words::binding_word;
use crate::view::{FindingAt, View};

/// Rows that one task formats.
const BATCH: usize = 1 << 11;
/// Tasks whose text is held before it is written.
const WAVE: usize = 16;

/// Writes `findings.csv`.
pub fn findings(view: &View, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let headings =
        "party,name,obligation,status,tier,via,operator,origins,binding,evidence,expires,gap";
    let owed = Owed::new(view);
    let count = view.assessment.findings.len();
    batches(out, headings, count, |positions, cells| {
        for row in view.finding_batch(positions) {
            finding(view, &owed, &row, cells);
            cells.end_row();
        }
    })
}

/// The cells of an obligation and a status, which many rows of `findings.csv` share.
struct Owed(Vec<[Cells; Status::ALL.len()]>);

impl Owed {
    fn new(view: &View) -> Owed {
        let obligations = view.assessment.flow.policy.obligations.iter();
        let words = obligations.map(|obligation| {
            Status::ALL.map(|status| {
                let mut cells = Cells::after_the_first();
                cells.text(&obligation.id).plain(status.as_str());
                cells
            })
        });
        Owed(words.collect())
    }

    fn get(&self, finding: &Finding) -> &Cells {
        &self.0[usize::from(finding.obligation)][finding.status as usize]
    }
}

/// A row of `findings.csv`: [`crate::view::FindingRow`] as cells.
fn finding(view: &View, owed: &Owed, row: &FindingAt, cells: &mut Cells) {
    let parties = &view.assessment.flow.register.parties;
    let finding = row.finding;
    cells.same(finding.party.index(), |cells| {
        let (id, name) = (parties.id(finding.party), parties.name(finding.party));
        cells.text(id).text(name);
    });
    cells
        .ready(owed.get(finding))
        .digits(finding.tier)
        .text(&row.via)
        .text(row.operator);
    match finding.origins {
        Some(Origins::Exactly(count)) => cells.digits(u32::from(count)),
        Some(more) => cells.number(more),
        None => cells.blank(),
    };
    match finding.binding {
        Some(binding) => cells.plain(binding_word(binding)),
        None => cells.blank(),
    };
    cells.plain(row.proven.proof.as_str());
    match row.proven.expires {
        Some(day) => cells.number(day),
        None => cells.blank(),
    };
    match row.gap {
        Some(gap) => cells.digits(gap),
        None => cells.blank(),
    };
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

/// Writes a table: `look` finds what a row says, `row` writes it. The rows of a batch are all looked up before any is
/// written, so that the processor can wait for much of memory at once.
pub(super) fn rows<R>(
    out: &mut (dyn Write + Send),
    headings: &str,
    count: usize,
    look: impl Fn(usize) -> R + Sync,
    row: impl Fn(&R, &mut Cells) + Sync,
) -> io::Result<()> {
    batches(out, headings, count, |positions, cells| {
        let found: Vec<R> = positions.map(&look).collect();
        for found in &found {
            row(found, cells);
            cells.end_row();
        }
    })
}

/// Writes a table: batches of rows are formatted in parallel, a wave while the one before is written, and written in
/// order.
fn batches(
    out: &mut (dyn Write + Send),
    headings: &str,
    count: usize,
    batch: impl Fn(Range<usize>, &mut Cells) + Sync,
) -> io::Result<()> {
    out.write_all("\u{FEFF}".as_bytes())?;
    writeln!(out, "{headings}")?;
    let format = |start: usize, wave: &mut Vec<Cells>| {
        wave.par_iter_mut().enumerate().for_each(|(at, cells)| {
            cells.clear();
            let start = count.min(start + at * BATCH);
            batch(start..count.min(start + BATCH), cells);
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
