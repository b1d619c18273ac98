//! What differs between two assessments as rows for spreadsheets.

use std::io::{self, Write};

use crate::report::cells::Cells;
use crate::report::tables::rows;
use crate::view::words::binding_word;
use crate::view::{Along, DeltaView, ProofSide, RegisterChangeRow, Side};

/// Writes `changes.csv`: the findings that changed.
///
/// # Errors
///
/// When `out` does not take it.
pub fn findings(view: &DeltaView, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let headings = "change,party,name,obligation,status_before,tier_before,binding_before,status,tier,binding,operator,chain,causes,changed_along_chain";
    let changes = &view.findings.turns;
    let look = |position: usize| view.finding(&changes[position]);
    rows(out, headings, changes.len(), look, |row, cells| {
        cells
            .plain(row.change)
            .text(row.party)
            .text(row.name)
            .text(row.obligation);
        side(cells, row.before.as_ref());
        side(cells, row.after.as_ref());
        cells.text(row.operator);
        chain(cells, row.chain.as_deref());
        along(cells, &row.changed_along_chain);
    })
}

/// Writes `clause-changes.csv`: the clauses that changed.
///
/// # Errors
///
/// When `out` does not take it.
pub fn clauses(view: &DeltaView, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let headings = "change,relationship,customer,supplier,contract,obligation,status_before,tier_before,binding_before,status,tier,binding,chain,causes,changed_along_chain";
    let changes = &view.clauses.turns;
    let look = |position: usize| view.clause(&changes[position]);
    rows(out, headings, changes.len(), look, |row, cells| {
        cells
            .plain(row.change)
            .text(&row.relationship)
            .text(row.customer)
            .text(row.supplier)
            .text(row.contract.unwrap_or_default())
            .text(row.obligation);
        side(cells, row.before.as_ref());
        side(cells, row.after.as_ref());
        chain(cells, row.chain.as_deref());
        along(cells, &row.changed_along_chain);
    })
}

/// Writes `evidence-changes.csv`: findings and clauses that stand on both sides, and whose evidence lapsed or was gained.
///
/// # Errors
///
/// When `out` does not take it.
pub fn evidence(view: &DeltaView, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let headings = "change,shows,party,obligation,relationship,contract,status,evidence_before,expires_before,evidence,expires";
    let look = |position: usize| view.evidence(position);
    rows(out, headings, view.evidence_len(), look, |row, cells| {
        cells
            .plain(row.change)
            .plain(row.shows)
            .text(row.party)
            .text(row.obligation)
            .text(row.relationship.as_deref().unwrap_or_default())
            .text(row.contract.unwrap_or_default())
            .plain(row.status.as_str());
        proof(cells, &row.before);
        proof(cells, &row.after);
    })
}

/// Writes `register-changes.csv`: rows that come and go, and cells that differ.
///
/// # Errors
///
/// When `out` does not take it.
pub fn register(view: &DeltaView, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let headings =
        "change,of,id,name,customer,supplier,contract,column,cell_before,cell,place_before,place";
    let look = |position: usize| view.register_change(position);
    rows(out, headings, view.register.len(), look, |row, cells| {
        cells.plain(row.turn.as_str()).plain(row.of).text(&row.id);
        for cell in [row.name, row.customer, row.supplier, row.contract] {
            cells.text(cell.unwrap_or_default());
        }
        cells.text(row.column.unwrap_or_default());
        for cell in [&row.before, &row.after, &row.place_before, &row.place] {
            cells.text(cell.as_deref().unwrap_or_default());
        }
    })
}

fn chain(cells: &mut Cells, chain: Option<&[String]>) {
    cells.text(&chain.map_or(String::new(), |chain| chain.join(" > ")));
}

/// How much differs along a chain, and the first of it.
fn along(cells: &mut Cells, along: &Along) {
    let mut words: Vec<String> = along.first.iter().map(RegisterChangeRow::words).collect();
    let rest = along.count - words.len();
    words.extend((rest > 0).then(|| format!("+{rest}")));
    cells.number(along.count).text(&words.join("; "));
}

fn proof(cells: &mut Cells, side: &ProofSide) {
    cells.plain(side.evidence.as_str()).option(side.expires);
}

fn side(cells: &mut Cells, side: Option<&Side>) {
    match side {
        Some(side) => cells
            .plain(side.status.as_str())
            .digits(side.tier)
            .plain(side.binding.map(binding_word).unwrap_or_default()),
        None => cells.blank().blank().blank(),
    };
}
