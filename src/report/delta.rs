//! What differs between two assessments: a summary for the terminal, rows for spreadsheets, and everything for programs.

use std::io::{self, Write};

use super::cells::Cells;
use super::markdown::escaped;
use super::screening::screened_line;
use super::tables::rows;
use super::terminal::{Paint, padded};
use super::words::{binding_word, status_word};
use crate::assess::Turn;
use crate::flow::Status;
use crate::lang::{Lang, say};
use crate::view::{DeltaView, Side};

/// Parties that the summary shows.
const MOST: usize = 8;

/// What changed, and for whom most.
pub fn summary(view: &DeltaView, paint: Paint) -> String {
    let lang = view.after.lang;
    let mut out = String::new();
    for change in view.changes {
        let (stated, means) = (&change.stated, change.means.get(lang));
        out += &format!("{}  {means}\n", paint.bold(stated));
    }
    out += &screened_line(view.after);
    if view.delta.is_empty() {
        let none = say!(lang, "Nothing changes.", "没有任何变化。");
        return out + &none + "\n";
    }
    out += "\n";
    out += &counts(view);
    out += "\n";
    let parties = view.parties();
    for party in parties.iter().take(MOST) {
        let turns = Turn::ALL
            .iter()
            .zip(party.turns)
            .filter(|(_, count)| *count > 0);
        let turns = turns.map(|(turn, count)| said(*turn, count, lang));
        let turns: Vec<String> = turns.collect();
        let (name, turns) = (view.name(party), turns.join(&say!(lang, ", ", "，")));
        out += &say!(lang, "  {name}: {turns}\n", "  {name}：{turns}\n");
    }
    let rest = parties.len().saturating_sub(MOST);
    if rest > 0 {
        let more = lang.count(rest, "more party", "more parties", "个主体");
        out += &say!(lang, "  and {more}\n", "  另有 {more}\n");
    }
    let clauses = view.delta.clauses.len();
    let clauses = lang.count(
        clauses,
        "clause changes",
        "clauses change",
        "条合同条款变化",
    );
    out + "\n" + &clauses + "\n"
}

/// The same as a report: every party with what changed for it, and the chain of each change.
pub fn markdown(view: &DeltaView) -> String {
    let lang = view.after.lang;
    let mut out = format!("# {}\n\n", say!(lang, "What changes", "变化"));
    for change in view.changes {
        let (stated, means) = (escaped(&change.stated), escaped(change.means.get(lang)));
        out += &format!("- **{stated}** {means}\n");
    }
    let screened = escaped(screened_line(view.after).trim_end());
    if !screened.is_empty() {
        out += &format!("- {screened}\n");
    }
    if view.delta.is_empty() {
        return out + &say!(lang, "\nNothing changes.\n", "\n没有任何变化。\n");
    }
    out += &format!("\n```text\n{}```\n", counts(view));
    let mut party = "";
    for change in &view.delta.findings {
        let row = view.finding(change);
        if row.party != party {
            party = row.party;
            let (name, id) = (escaped(view.called(party)), escaped(party));
            out += &say!(lang, "\n## {name} ({id})\n\n", "\n## {name}（{id}）\n\n");
        }
        let state = |side: &Option<Side>| match side {
            Some(side) => in_words(side, lang),
            None => "–".to_owned(),
        };
        let (turn, obligation) = (turn_word(change.turn, lang), row.obligation);
        let (before, after) = (state(&row.before), state(&row.after));
        let chain = escaped(&row.chain.join(" → "));
        let chain = match chain.is_empty() {
            true => String::new(),
            false => say!(lang, "; by {chain}", "；经由 {chain}"),
        };
        out += &say!(
            lang,
            "- {turn}: `{obligation}`, {before} → {after}{chain}\n",
            "- {turn}：`{obligation}`，{before} → {after}{chain}\n"
        );
    }
    out
}

fn in_words(side: &Side, lang: Lang) -> String {
    let (status, tier) = (status_word(side.status, lang), side.tier);
    let binding = binding_word(side.binding, lang);
    say!(
        lang,
        "{status} (tier {tier}, {binding})",
        "{status}（第 {tier} 层，{binding}）"
    )
}

fn turn_word(turn: Turn, lang: Lang) -> &'static str {
    match (turn, lang) {
        (turn, Lang::En) => turn.as_str(),
        (Turn::Enters, Lang::Zh) => "新增",
        (Turn::Strengthens, Lang::Zh) => "增强",
        (Turn::Weakens, Lang::Zh) => "减弱",
        (Turn::Leaves, Lang::Zh) => "消失",
    }
}

/// So many findings changed one way.
fn said(turn: Turn, count: usize, lang: Lang) -> String {
    match turn {
        Turn::Enters => lang.count(count, "enters", "enter", "项新增"),
        Turn::Strengthens => lang.count(count, "strengthens", "strengthen", "项增强"),
        Turn::Weakens => lang.count(count, "weakens", "weaken", "项减弱"),
        Turn::Leaves => lang.count(count, "leaves", "leave", "项消失"),
    }
}

/// Findings before and after by status, and what changed.
fn counts(view: &DeltaView) -> String {
    let lang = view.after.lang;
    let mut rows = vec![vec![
        String::new(),
        say!(lang, "before", "之前"),
        say!(lang, "after", "之后"),
        say!(lang, "enter", "新增"),
        say!(lang, "strengthen", "增强"),
        say!(lang, "weaken", "减弱"),
        say!(lang, "leave", "消失"),
    ]];
    let changed = view.counts();
    for status in Status::ALL {
        let mut row = vec![
            status_word(status, lang).to_owned(),
            view.before.summary.of_status(status).to_string(),
            view.after.summary.of_status(status).to_string(),
        ];
        row.extend(changed[status as usize].map(|count| count.to_string()));
        rows.push(row);
    }
    let width = |column: usize| {
        let cells = rows
            .iter()
            .map(|row| unicode_width::UnicodeWidthStr::width(&*row[column]));
        cells.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let mut out = String::new();
    for row in &rows {
        out += &padded(&row[0], widths[0]);
        for (cell, width) in row.iter().zip(&widths).skip(1) {
            let blanks = width - unicode_width::UnicodeWidthStr::width(cell.as_str());
            out += &format!("  {}{cell}", " ".repeat(blanks));
        }
        out += "\n";
    }
    out
}

/// Writes `changes.csv`: the findings that changed.
pub fn findings(view: &DeltaView, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let headings = "change,party,name,obligation,status_before,tier_before,binding_before,status,tier,binding,operator,chain";
    let changes = &view.delta.findings;
    let look = |position: usize| view.finding(&changes[position]);
    rows(out, headings, changes.len(), look, |row, cells| {
        cells
            .plain(row.change)
            .text(row.party)
            .text(row.name)
            .text(row.obligation);
        side(cells, row.before.as_ref());
        side(cells, row.after.as_ref());
        cells.text(row.operator).text(&row.chain.join(" > "));
    })
}

/// Writes `clause-changes.csv`: the clauses that changed.
pub fn clauses(view: &DeltaView, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let headings = "change,relationship,customer,supplier,contract,obligation,status_before,tier_before,binding_before,status,tier,binding";
    let changes = &view.delta.clauses;
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
    })
}

fn side(cells: &mut Cells, side: Option<&Side>) {
    match side {
        Some(side) => cells.plain(side.status.as_str()).digits(side.tier).plain(
            side.binding
                .map(crate::view::words::binding_word)
                .unwrap_or_default(),
        ),
        None => cells.blank().blank().blank(),
    };
}
