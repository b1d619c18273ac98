//! What differs between two assessments: a summary for the terminal, a report, and rows for spreadsheets.

mod markdown;
mod tables;

use unicode_width::UnicodeWidthStr;

use super::paint::{Paint, padded};
use super::words::{binding_word, status_word};
use crate::assess::{ProofTurn, RegisterTurn, Turn};
use crate::flow::Status;
use crate::lang::{Lang, say};
use crate::view::{DeltaView, RegisterChangeRow, Summary};

pub use markdown::markdown;
pub use tables::{clauses, evidence, findings, register};

/// Parties that the summary shows.
const MOST: usize = 8;

/// What changed, and for whom most.
pub fn summary(view: &DeltaView, paint: Paint) -> String {
    let lang = view.lang;
    let mut out = String::new();
    for change in view.changes {
        let (stated, means) = (&change.stated, change.means.get(lang));
        out += &format!("{}  {means}\n", paint.bold(stated));
    }
    for note in view.notes() {
        let text = note.text.get(lang);
        out += &say!(lang, "note: {text}\n", "提示：{text}\n");
    }
    if view.is_empty() {
        return out + &nothing(view) + "\n";
    }
    if !out.is_empty() {
        out += "\n";
    }
    out += &counts(view);
    out += "\n";
    out += &parties(view);
    let clauses = view.clauses.turns.len();
    let clauses = lang.count(
        clauses,
        "clause changes",
        "clauses change",
        "条合同条款变化",
    );
    out += &format!("{clauses}\n");
    for line in [evidence_words(view), register_words(view)]
        .into_iter()
        .flatten()
    {
        out += &format!("{line}\n");
    }
    out
}

/// That nothing changes, or only rows and cells from which nothing follows.
fn nothing(view: &DeltaView) -> String {
    let lang = view.lang;
    let owed = match register_words(view) {
        None => return say!(lang, "Nothing changes.", "没有任何变化。"),
        Some(register) => register,
    };
    say!(
        lang,
        "No finding, clause or evidence changes. {owed}",
        "结论、条款和证据均无变化。{owed}"
    )
}

fn parties(view: &DeltaView) -> String {
    let lang = view.lang;
    let mut out = String::new();
    let parties = view.parties();
    for party in parties.iter().take(MOST) {
        let turns = Turn::ALL
            .iter()
            .zip(party.turns)
            .filter(|(_, count)| *count > 0);
        let turns = turns.map(|(turn, count)| said(*turn, count, lang));
        let turns: Vec<String> = turns.collect();
        let name = view.called(party.party, party.name);
        let turns = turns.join(&say!(lang, ", ", "，"));
        out += &say!(lang, "  {name}: {turns}\n", "  {name}：{turns}\n");
    }
    let rest = parties.len().saturating_sub(MOST);
    if rest > 0 {
        let more = lang.count(rest, "more party", "more parties", "个主体");
        out += &say!(lang, "  and {more}\n", "  另有 {more}\n");
    }
    match out.is_empty() {
        true => out,
        false => out + "\n",
    }
}

/// How much evidence lapsed and was gained; none where none did.
fn evidence_words(view: &DeltaView) -> Option<String> {
    let lang = view.lang;
    let [lapsed, gained] =
        [ProofTurn::Lapses, ProofTurn::Gained].map(|turn| view.evidence_count(turn));
    (lapsed + gained > 0).then(|| {
        say!(
            lang,
            "evidence: {lapsed} no longer in force, {gained} newly in force",
            "证据：{lapsed} 项不再有效，{gained} 项新近有效"
        )
    })
}

/// How many rows came and went and how many cells differ; none where none do.
fn register_words(view: &DeltaView) -> Option<String> {
    let lang = view.lang;
    let counts = view.register_counts();
    let (parties, relationships) = (counts.parties, counts.relationships);
    let told = [
        (parties[0], "party is new", "parties are new", "个主体新增"),
        (
            parties[1],
            "party is gone",
            "parties are gone",
            "个主体移除",
        ),
        (
            relationships[0],
            "relationship is new",
            "relationships are new",
            "条关系新增",
        ),
        (
            relationships[1],
            "relationship is gone",
            "relationships are gone",
            "条关系移除",
        ),
        (counts.cells, "cell differs", "cells differ", "个单元格不同"),
        (
            counts.days[0],
            "relationship begins by its dates",
            "relationships begin by their dates",
            "条关系因日期开始",
        ),
        (
            counts.days[1],
            "relationship ends by its dates",
            "relationships end by their dates",
            "条关系因日期终止",
        ),
    ];
    let told = told.into_iter().filter(|(count, ..)| *count > 0);
    let told = told.map(|(count, one, several, chinese)| lang.count(count, one, several, chinese));
    let told: Vec<String> = told.collect();
    let told = (!told.is_empty()).then(|| told.join(&say!(lang, ", ", "，")))?;
    Some(say!(lang, "register: {told}", "台账：{told}"))
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

/// A row or cell that differs, in few words.
fn register_change_words(row: &RegisterChangeRow, lang: Lang) -> String {
    let (id, place) = (&row.id, row.cell_place());
    let column = row.column.unwrap_or_default();
    let [before, after] = [&row.before, &row.after].map(|cell| cell.as_deref().unwrap_or_default());
    match row.turn {
        RegisterTurn::Comes => say!(lang, "{id} is new", "{id} 新增"),
        RegisterTurn::Goes => say!(lang, "{id} is gone", "{id} 移除"),
        RegisterTurn::Begins => {
            say!(
                lang,
                "{id} begins ({column} {after})",
                "{id} 开始（{column} {after}）"
            )
        }
        RegisterTurn::Ends => {
            say!(
                lang,
                "{id} ends ({column} {after})",
                "{id} 终止（{column} {after}）"
            )
        }
        RegisterTurn::Differs => {
            say!(
                lang,
                "{place}: {before} → {after}",
                "{place}：{before} → {after}"
            )
        }
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

/// Findings before and after by status and by what makes them owed, and what changed.
fn counts(view: &DeltaView) -> String {
    let lang = view.lang;
    let mut rows = vec![vec![
        String::new(),
        say!(lang, "before", "之前"),
        say!(lang, "after", "之后"),
        say!(lang, "enter", "新增"),
        say!(lang, "strengthen", "增强"),
        say!(lang, "weaken", "减弱"),
        say!(lang, "leave", "消失"),
    ]];
    let (before, after) = (view.before.counts(), view.after.counts());
    let changed = view.counts();
    for status in Status::ALL {
        let (before, after) = (before[status as usize], after[status as usize]);
        let mut row = vec![
            status_word(status, lang).to_owned(),
            before.iter().sum::<usize>().to_string(),
            after.iter().sum::<usize>().to_string(),
        ];
        row.extend(changed[status as usize].map(|count| count.to_string()));
        rows.push(row);
        let bindings = Summary::BINDINGS
            .into_iter()
            .zip(before.into_iter().zip(after));
        for (binding, (before, after)) in bindings.filter(|(_, counts)| *counts != (0, 0)) {
            let word = format!("  {}", binding_word(binding, lang));
            let mut row = vec![word, before.to_string(), after.to_string()];
            row.resize(rows[0].len(), String::new());
            rows.push(row);
        }
    }
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max();
    let widths: Vec<usize> = (0..rows[0].len())
        .map(|column| width(column).unwrap_or(0))
        .collect();
    let mut out = String::new();
    for row in &rows {
        let mut line = padded(&row[0], widths[0]);
        for (cell, width) in row.iter().zip(&widths).skip(1) {
            let blanks = " ".repeat(width - cell.width());
            line += &format!("  {blanks}{cell}");
        }
        out += line.trim_end();
        out += "\n";
    }
    out
}
