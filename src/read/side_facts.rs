//! Facts of parties that rows of relationships state.

use std::collections::{BTreeMap, HashSet};

use super::cells::Reads;
use super::relationships::Target;
use super::table::Table;
use crate::diagnostic::{Code, Fault};
use crate::policy::Kind;
use crate::register::{PartyId, Value};

/// Facts of parties that rows of relationships state, by party and position of the fact: the cells met, in order.
pub(super) type SideFacts = BTreeMap<(PartyId, usize), Cells>;

/// Different cells, in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Cells {
    met: Vec<String>,
    known: HashSet<String>,
}

impl Cells {
    pub(super) fn add(&mut self, text: &str) {
        if !self.known.contains(text) {
            self.known.insert(text.to_owned());
            self.met.push(text.to_owned());
        }
    }

    /// The first few, with a count of the others.
    fn shown(&self) -> String {
        const MOST: usize = 3;
        let shown = self.met.iter().take(MOST).cloned().collect::<Vec<_>>();
        match self.met.len().saturating_sub(MOST) {
            0 => shown.join("; "),
            rest => format!("{}; … (+{rest})", shown.join("; ")),
        }
    }
}

/// Gives parties the facts that rows of relationships state of them, where their own row says nothing.
pub(super) fn apply(table: &Table, target: &mut Target) {
    for ((party, position), cells) in &*target.side_facts {
        let fact = &target.policy.facts[*position];
        let column = &mut target.builder.party_facts[*position];
        if column.get(party.index()) != &Value::Blank {
            continue;
        }
        let spec = table.spec;
        let reads = Reads::fact(fact, spec.decimal_comma, spec.date_format.as_deref());
        let is_list = matches!(fact.kind, Kind::Set | Kind::Countries);
        let mut faults = Vec::new();
        // A row that says nothing contradicts none.
        let met = cells.met.iter().filter(|cell| !reads.says_nothing(cell));
        let met: Vec<&str> = met.map(String::as_str).collect();
        let value = match met.as_slice() {
            [] => continue,
            [cell] => reads.read(cell, &mut faults),
            several if is_list => reads.read(&several.join(";"), &mut faults),
            _ => {
                let id = target.builder.party_text(*party, "id");
                let fault = Fault::new(Code::ConflictingFact, table.file)
                    .column(&fact.name)
                    .text(id);
                target.diagnostics.add(fault.other(cells.shown()), 0);
                Value::Unreadable
            }
        };
        for fault in &faults {
            target
                .diagnostics
                .add(reads.fault(fault, table.file, &fact.name), 0);
        }
        let column = &mut target.builder.party_facts[*position];
        let code = column.define(value);
        column.put(party.index(), code);
    }
}
