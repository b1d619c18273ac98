//! The sheet of parties: a row for each party that has findings, those of most concern first.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::condition::fact_title;
use super::super::words::{cell_words, criticality_word};
use super::sheet::{Cell, Column, DataSheet, Kind, MOST_ROWS, NAME_WIDTH};
use super::{Name, Writing};
use crate::assess::Concern;
use crate::flow::Status;
use crate::lang::{Lang, say};
use crate::policy::{self, Fact, FactId, Subject};
use crate::register::{PartyId, Value};

/// Columns that stay in sight, and that are printed.
const FROZEN: u16 = 2;
const PRINTED: u16 = 14;
/// Characters of a fact's title that a heading has; Excel takes no more than 255.
const MOST_OF_HEADING: usize = 120;

pub(super) fn sheet(writing: &Writing) -> Result<Worksheet, XlsxError> {
    let (view, lang) = (writing.view, writing.lang);
    let concerns = view.concerns();
    let shown = &concerns[..concerns.len().min(MOST_ROWS)];
    let facts = facts(writing, shown);
    let mut sheet = DataSheet::new(
        writing.sheet(Name::Parties)?,
        Name::Parties,
        columns(lang, &facts),
        PRINTED,
        &writing.style,
    )?;
    for (concern, place) in shown.iter().zip(1..) {
        let facts = facts.iter();
        let facts = facts.map(|&(id, fact)| fact_cell(writing, concern.party, id, fact));
        let cells = counts(writing, concern, place).into_iter();
        sheet.row(cells.chain(facts))?;
    }
    let note = match concerns.len() {
        0 => Some(say!(
            lang,
            "No party carries an obligation.",
            "没有主体承担义务。"
        )),
        all => writing.cut(Name::Parties, all),
    };
    sheet.finish(FROZEN, note)
}

/// The facts of parties that the register says anything of.
fn facts<'v>(writing: &'v Writing, shown: &[Concern]) -> Vec<(FactId, &'v Fact)> {
    let flow = writing.view.assessment.flow;
    let parties = &flow.register.parties;
    let facts = flow.policy.facts_of(Subject::Party);
    let is_said = |id: FactId| {
        let column = parties.fact(usize::from(id.0));
        let mut values = shown.iter().map(|of| column.get(of.party.index()));
        values.any(|value| *value != Value::Blank)
    };
    facts.filter(|(id, _)| is_said(*id)).collect()
}

fn columns(lang: Lang, facts: &[(FactId, &Fact)]) -> Vec<Column> {
    let columns = [
        (say!(lang, "Rank", "排序"), Kind::Number, 7),
        (say!(lang, "Party", "主体"), Kind::Text, NAME_WIDTH),
        (say!(lang, "Id", "标识"), Kind::Code, 18),
        (say!(lang, "Other name", "其他名称"), Kind::Text, 24),
        (say!(lang, "Operator", "运营者"), Kind::Text, 16),
        (say!(lang, "Tier", "层级"), Kind::Number, 7),
        (say!(lang, "Findings", "结论"), Kind::Count, 10),
        (
            say!(lang, "No full evidence", "无完整有效证据"),
            Kind::Count,
            11,
        ),
        (
            say!(lang, "Of these by statute", "其中：法定"),
            Kind::Count,
            10,
        ),
        (
            say!(lang, "To be agreed or undetermined", "待约定或约束力未定"),
            Kind::Count,
            13,
        ),
        (say!(lang, "Recommended", "建议"), Kind::Count, 13),
        (say!(lang, "Conditional", "附条件"), Kind::Count, 12),
        (say!(lang, "Unconfirmed", "待确认"), Kind::Count, 12),
        (
            say!(lang, "Highest criticality", "最高重要程度"),
            Kind::Text,
            12,
        ),
        (say!(lang, "Owner", "所有者"), Kind::Text, 24),
    ];
    let columns = columns.map(|(heading, kind, width)| Column::new(heading, kind, width));
    let mut columns = Vec::from(columns);
    for (_, fact) in facts {
        let kind = match fact.kind {
            policy::Kind::Number => Kind::Plain,
            policy::Kind::Date => Kind::Day,
            _ => Kind::Text,
        };
        let heading = heading(&columns, fact, lang);
        columns.push(Column::new(heading, kind, 20));
    }
    columns
}

/// A heading that no other column has, as tables need it.
fn heading(columns: &[Column], fact: &Fact, lang: Lang) -> String {
    let (title, name) = (fact_title(fact, lang), &fact.name);
    let title: String = title.chars().take(MOST_OF_HEADING).collect();
    let title = title.replace(char::is_control, " ");
    let others = (1..).map(|number| format!("{title} ({name}) {number}"));
    let is_free = |heading: &String| {
        let heading = heading.to_lowercase();
        columns
            .iter()
            .all(|column| column.heading.to_lowercase() != heading)
    };
    [title.clone(), format!("{title} ({name})")]
        .into_iter()
        .chain(others)
        .find(is_free)
        .unwrap_or_default()
}

/// What `exposure.csv` has, with names.
fn counts<'v>(writing: &'v Writing, concern: &Concern, place: usize) -> [Cell<'v>; 15] {
    let (view, lang) = (writing.view, writing.lang);
    let flow = view.assessment.flow;
    let parties = &flow.register.parties;
    let party = concern.party;
    let name = view.name(party);
    let other = match lang {
        Lang::En => parties.local_name(party),
        Lang::Zh => Some(parties.name(party)),
    };
    let other = other.filter(|&other| other != name);
    let tiers = view.assessment.findings_of(party);
    let tier = tiers.map(|at| view.assessment.findings[at].tier).min();
    let findings = match writing.first_finding(party) {
        Some(place) => Cell::Count(concern.findings, place),
        None => Cell::count(concern.findings),
    };
    let criticality = concern.criticality.map(|at| criticality_word(at, lang));
    let owner = parties.owner(party);
    let open = &concern.open;
    [
        Cell::count(place),
        Cell::text(name),
        Cell::text(view.id(party)),
        other.map_or(Cell::Blank, Cell::text),
        operator(flow.operator(party), lang),
        Cell::count(tier.unwrap_or_default() as usize),
        findings,
        Cell::count(open.total()),
        Cell::count(open.statute),
        Cell::count(open.contract),
        Cell::count(open.recommended),
        Cell::count(open.conditional),
        Cell::count(open.unconfirmed),
        criticality.map_or(Cell::Blank, Cell::text),
        owner.map_or(Cell::Blank, |owner| {
            Cell::leading(view.name(owner), writing.party(owner))
        }),
    ]
}

fn operator<'v>(status: Option<Status>, lang: Lang) -> Cell<'v> {
    match status {
        Some(Status::Applies) => Cell::text(say!(lang, "operator", "运营者")),
        Some(_) => Cell::text(say!(lang, "possible operator", "可能的运营者")),
        None => Cell::Blank,
    }
}

/// What the register says of a fact, as what it is.
fn fact_cell<'v>(writing: &'v Writing, party: PartyId, id: FactId, fact: &Fact) -> Cell<'v> {
    let parties = &writing.view.assessment.flow.register.parties;
    match parties.fact(usize::from(id.0)).get(party.index()) {
        Value::Number(number) if number.is_finite() => Cell::Number(*number),
        Value::Date(day) => Cell::Day(*day),
        Value::Unreadable => Cell::text("?"),
        value => cell_words(fact, value, writing.lang).map_or(Cell::Blank, Cell::text),
    }
}
