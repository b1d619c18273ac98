//! The register in its canonical form: CSV files from which it reads the same again.
//!
//! Cells are written as they were understood. What was not understood is `?`, which no column understands either: so it
//! is unknown again, and told again. Nothing is guarded against formulas, because a guard would change ids.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::Writer;

use crate::lang::{Lang, say};
use crate::policy::{Policy, Subject};
use crate::read::Reading;
use crate::read::cell_text::{NOT_UNDERSTOOD, cell, supports_cell};
use crate::register::{
    CRITICALITIES, Column, Dated, EvidenceScope, Parties, PartyId, Register, RelationshipId, Scope,
};

pub use crate::read::cell_text::fact_cell;

/// The row of the first party or relationship.
const FIRST_ROW: usize = 2;

/// A column of the canonical form: its heading, and the cell of each row.
struct Output<'a> {
    heading: &'a str,
    cell: Box<dyn Fn(usize) -> Cow<'a, str> + 'a>,
}

impl<'a> Output<'a> {
    fn new(heading: &'a str, cell: impl Fn(usize) -> Cow<'a, str> + 'a) -> Output<'a> {
        Output {
            heading,
            cell: Box::new(cell),
        }
    }

    /// A column of the register; none if it is blank everywhere.
    fn of_column(
        heading: &'a str,
        column: &'a Column,
        words: impl Fn(u16) -> String,
    ) -> Option<Output<'a>> {
        // Each distinct value is made into text once.
        let texts: Vec<String> = column
            .values()
            .iter()
            .map(|value| cell(value, &words))
            .collect();
        (!column.is_blank()).then(|| {
            Output::new(heading, move |row| {
                texts[column.code(row) as usize].clone().into()
            })
        })
    }

    /// The facts of a subject that are not blank everywhere.
    fn of_facts(
        policy: &'a Policy,
        subject: Subject,
        column: impl Fn(usize) -> &'a Column,
    ) -> Vec<Output<'a>> {
        let facts = policy.facts_of(subject);
        let outputs = facts.filter_map(|(id, fact)| {
            let word = |item: u16| fact.values[usize::from(item)].word.clone();
            Output::of_column(&fact.name, column(usize::from(id.0)), word)
        });
        outputs.collect()
    }
}

/// Writes rows of columns, with a byte order mark so that spreadsheets know the encoding.
fn write(
    columns: &[Output],
    rows: impl Iterator<Item = usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    out.write_all("\u{FEFF}".as_bytes())?;
    let mut csv = Writer::from_writer(out);
    csv.write_record(columns.iter().map(|column| column.heading))?;
    for row in rows {
        for column in columns {
            csv.write_field(&*(column.cell)(row))?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}

fn text(text: Option<&str>) -> Cow<'_, str> {
    text.unwrap_or_default().into()
}

/// The parties of which more is known than that a relationship names them: listed, owned, or owners.
fn known_parties(parties: &Parties) -> Vec<PartyId> {
    let mut is_known: Vec<bool> = parties
        .iter()
        .map(|party| parties.is_listed(party))
        .collect();
    for party in parties.iter() {
        if let Some(owner) = parties.owner(party) {
            is_known[party.index()] = true;
            is_known[owner.index()] = true;
        }
    }
    parties
        .iter()
        .filter(|party| is_known[party.index()])
        .collect()
}

/// Writes `parties.csv`: the parties that rows list, and those that own or are owned.
///
/// # Errors
///
/// When `out` does not take it.
pub fn parties(register: &Register, policy: &Policy, out: &mut dyn Write) -> io::Result<()> {
    let parties = &register.parties;
    let party = |row: usize| PartyId(row as u32);
    let mut columns = vec![
        Output::new("id", move |row| parties.id(party(row)).into()),
        Output::new("name", move |row| parties.name(party(row)).into()),
    ];
    let known = known_parties(parties);
    if known
        .iter()
        .any(|&party| parties.local_name(party).is_some())
    {
        let cell = move |row| text(parties.local_name(party(row)));
        columns.push(Output::new("local_name", cell));
    }
    if known.iter().any(|&party| parties.owner(party).is_some()) {
        let owner = move |row| parties.owner(party(row)).map(|owner| parties.id(owner));
        columns.push(Output::new("owner", move |row| text(owner(row))));
    }
    let fact = |position| parties.fact(position);
    columns.extend(Output::of_facts(policy, Subject::Party, fact));
    write(&columns, known.into_iter().map(PartyId::index), out)
}

/// Writes `relationships.csv`.
///
/// # Errors
///
/// When `out` does not take it.
pub fn relationships(register: &Register, policy: &Policy, out: &mut dyn Write) -> io::Result<()> {
    let Register {
        parties,
        relationships,
        ..
    } = register;
    let names = Names::new(register);
    let relationship = |row: usize| RelationshipId(row as u32);
    let mut columns = vec![
        Output::new("id", |row| names.id(relationship(row)).into()),
        Output::new("customer", |row| {
            parties.id(relationships.customer(relationship(row))).into()
        }),
        Output::new("supplier", |row| {
            parties.id(relationships.supplier(relationship(row))).into()
        }),
        Output::new("supports", |row| {
            names
                .supports(relationships.supports(relationship(row)))
                .into()
        }),
    ];
    let criticality = |item: u16| CRITICALITIES[usize::from(item)].to_owned();
    let fixed = relationships.fixed_columns().into_iter();
    columns.extend(
        fixed.filter_map(|(heading, column)| Output::of_column(heading, column, criticality)),
    );
    let fact = |position| relationships.fact(position);
    columns.extend(Output::of_facts(policy, Subject::Relationship, fact));
    write(&columns, 0..relationships.len(), out)
}

/// Writes `evidence.csv`.
///
/// # Errors
///
/// When `out` does not take it.
pub fn evidence(register: &Register, policy: &Policy, out: &mut dyn Write) -> io::Result<()> {
    let names = Names::new(register);
    let at = |row: usize| &register.evidence[row];
    let date = |dated: Dated| match dated {
        Dated::Blank => String::new(),
        Dated::Unreadable => NOT_UNDERSTOOD.to_owned(),
        Dated::On(date) => date.to_string(),
    };
    let columns = [
        Output::new("party", |row| register.parties.id(at(row).party).into()),
        Output::new("obligation", |row| {
            policy.obligations[usize::from(at(row).obligation)]
                .id
                .as_str()
                .into()
        }),
        Output::new("relationship", |row| match at(row).relationship {
            EvidenceScope::All => "".into(),
            EvidenceScope::One(relationship) => names.label(relationship).into(),
            EvidenceScope::Unknown => NOT_UNDERSTOOD.into(),
        }),
        Output::new("shows", |row| {
            at(row)
                .shows
                .map_or(NOT_UNDERSTOOD, |shows| shows.as_str())
                .into()
        }),
        Output::new("document", |row| at(row).document.as_str().into()),
        Output::new("issued", |row| date(at(row).issued).into()),
        Output::new("expires", |row| date(at(row).expires).into()),
        Output::new("status", |row| {
            at(row).status.map_or("", |status| status.as_str()).into()
        }),
        Output::new("owner", |row| at(row).owner.as_str().into()),
        Output::new("reason", |row| at(row).reason.as_str().into()),
    ];
    write(&columns, 0..register.evidence.len(), out)
}

/// What was written of a register, in words.
pub fn written(reading: &Reading, lang: Lang) -> String {
    let Register {
        parties,
        relationships,
        evidence,
    } = &reading.register;
    let listed = known_parties(parties).len();
    let listed = lang.count(listed, "party", "parties", "个主体");
    let relationships = relationships.len();
    let relationships = lang.count(relationships, "relationship", "relationships", "条关系");
    let documents = lang.count(evidence.len(), "document", "documents", "份文件");
    let mut out = say!(
        lang,
        "{listed}, {relationships}, {documents}\n",
        "{listed}，{relationships}，{documents}\n"
    );
    for (assumption, filled) in &reading.assumptions {
        let cells = lang.count(*filled, "cell", "cells", "个单元格");
        let assumed = assumption.summary();
        out += &say!(
            lang,
            "Written as if the register said so: {assumed} ({cells})\n",
            "按假设写入，如同台账所载：{assumed}（{cells}）\n"
        );
    }
    if let Some(answers) = &reading.answers {
        let facts = lang.count(answers.fact_count(), "fact", "facts", "项事实");
        let documents = lang.count(answers.document_count(), "document", "documents", "份文件");
        out += &say!(
            lang,
            "Written as if the register said so: {facts} of answers; their {documents} as `self-declared`\n",
            "按答复写入，如同台账所载：{facts}；{documents}的状态写为 self-declared\n"
        );
    }
    out
}

/// What relationships are called in the file that is written.
///
/// One without id is called by its row, and results name it so. Where it moves to another row, that name becomes its id.
struct Names<'a> {
    register: &'a Register,
    /// The ids of those that have none and move, by relationship; empty if none does.
    moved: Vec<String>,
}

impl<'a> Names<'a> {
    fn new(register: &'a Register) -> Names<'a> {
        let relationships = &register.relationships;
        let stays = |relationship: RelationshipId| {
            let row = relationship.index() + FIRST_ROW;
            relationships.has_id(relationship)
                || relationships.label(relationship) == format!("row {row}")
        };
        if relationships.iter().all(stays) {
            let moved = Vec::new();
            return Names { register, moved };
        }
        let name = |relationship| relationships.label(relationship).into_owned();
        let moved = relationships.iter().map(name).collect();
        Names { register, moved }
    }

    /// The cell of its id.
    fn id(&self, relationship: RelationshipId) -> String {
        match self.moved.get(relationship.index()) {
            Some(moved) => moved.clone(),
            None if self.register.relationships.has_id(relationship) => self.label(relationship),
            None => String::new(),
        }
    }

    /// What other cells call it.
    fn label(&self, relationship: RelationshipId) -> String {
        match self.moved.get(relationship.index()) {
            Some(moved) => moved.clone(),
            None => self.register.relationships.label(relationship).into_owned(),
        }
    }

    fn supports(&self, scope: Scope) -> String {
        supports_cell(self.register, scope, |named| self.label(named))
    }
}
