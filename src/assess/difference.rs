//! What differs between two registers under one policy: rows that come and go, and cells.

use std::collections::HashMap;
use std::ops::Range;

use super::{Matching, Sameness};
use crate::flow::Flow;
use crate::policy::Subject;
use crate::register::{Column, PartyId, Register, RelationshipId, Scope, SupportList, Value};

/// How a row or a cell differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisterTurn {
    /// The row was not there before.
    Comes,
    /// The row is no longer there.
    Goes,
    /// The cell says something else.
    Differs,
    /// The relationship says the same and is active on the second day only.
    Begins,
    /// The relationship says the same and is active on the first day only.
    Ends,
}

impl RegisterTurn {
    /// Every way, in the order in which they are told.
    pub const ALL: [RegisterTurn; 5] = [
        RegisterTurn::Comes,
        RegisterTurn::Goes,
        RegisterTurn::Differs,
        RegisterTurn::Begins,
        RegisterTurn::Ends,
    ];

    /// The word for it, as result files have it.
    pub fn as_str(self) -> &'static str {
        match self {
            RegisterTurn::Comes => "comes",
            RegisterTurn::Goes => "goes",
            RegisterTurn::Differs => "differs",
            RegisterTurn::Begins => "begins",
            RegisterTurn::Ends => "ends",
        }
    }
}

/// The row that differs, in each register that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// A party.
    Party([Option<PartyId>; 2]),
    /// A relationship.
    Relationship([Option<RelationshipId>; 2]),
}

/// The column of a cell that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellColumn {
    /// Who owns a party.
    Owner,
    /// Who is supplied.
    Customer,
    /// Who supplies.
    Supplier,
    /// Which deliveries are helped.
    Supports,
    /// The first day.
    Starts,
    /// The last day.
    Ends,
    /// The fact at a position of the policy.
    Fact(usize),
}

/// A row or a cell that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// How.
    pub turn: RegisterTurn,
    /// Of whom.
    pub who: Who,
    /// In which column, where it is a cell.
    pub column: Option<CellColumn>,
}

/// Everything that differs between two registers; what is of one row stands together.
#[derive(Debug, Default)]
pub struct Differences {
    /// Parties in register order, then relationships; rows that come stand after the others.
    pub all: Vec<Difference>,
    /// Which of them are of a party, before and after.
    parties: [HashMap<PartyId, Range<usize>>; 2],
    /// Which of them are of a relationship, before and after.
    relationships: [HashMap<RelationshipId, Range<usize>>; 2],
}

impl Differences {
    /// Compares the registers of two walks under one policy.
    pub fn new(before: &Flow, after: &Flow, sameness: Sameness) -> Differences {
        let matching = Matching::new(before.register, after.register, sameness);
        let mut found = Differences::default();
        let [old, new] = [before, after].map(|flow| flow.register);
        let (known_parties, known_relationships) = matching.known_after(new);
        let both = Both {
            before,
            after,
            matching: &matching,
        };
        for party in old.parties.iter() {
            found.of_party(&both, [Some(party), matching.party(party)]);
        }
        let come = new.parties.iter().filter(|at| !known_parties[at.index()]);
        come.for_each(|party| found.of_party(&both, [None, Some(party)]));
        for at in old.relationships.iter() {
            found.of_relationship(&both, [Some(at), matching.relationship(at)]);
        }
        let all = new.relationships.iter();
        let come = all.filter(|at| !known_relationships[at.index()]);
        come.for_each(|at| found.of_relationship(&both, [None, Some(at)]));
        found
    }

    /// What differs of a party, by its id before or after.
    pub fn of(&self, side: usize, party: PartyId) -> &[Difference] {
        let range = self.parties[side].get(&party).cloned();
        &self.all[range.unwrap_or_default()]
    }

    /// What differs of a relationship itself, by its id before or after.
    pub fn along(&self, side: usize, relationship: RelationshipId) -> &[Difference] {
        let range = self.relationships[side].get(&relationship).cloned();
        &self.all[range.unwrap_or_default()]
    }

    fn of_party(&mut self, both: &Both, ids: [Option<PartyId>; 2]) {
        let start = self.all.len();
        let who = Who::Party(ids);
        match ids {
            [Some(before), Some(after)] => {
                let cells = both.party(before, after);
                self.all.extend(cells.map(|column| differs(who, column)));
            }
            _ => self.all.push(row(who, ids[0].is_none())),
        }
        let range = start..self.all.len();
        for (of_side, id) in self.parties.iter_mut().zip(ids) {
            let id = id.filter(|_| !range.is_empty());
            id.map(|id| of_side.insert(id, range.clone()));
        }
    }

    fn of_relationship(&mut self, both: &Both, ids: [Option<RelationshipId>; 2]) {
        let start = self.all.len();
        let who = Who::Relationship(ids);
        match ids {
            [Some(before), Some(after)] => {
                let cells = both.relationship(before, after);
                self.all
                    .extend(cells.into_iter().map(|column| differs(who, column)));
                let is_dated = |difference: &Difference| {
                    matches!(
                        difference.column,
                        Some(CellColumn::Starts | CellColumn::Ends)
                    )
                };
                if !self.all[start..].iter().any(is_dated) {
                    self.all
                        .extend(both.day(before, after).map(|turn| Difference {
                            turn,
                            who,
                            column: None,
                        }));
                }
            }
            _ => self.all.push(row(who, ids[0].is_none())),
        }
        let range = start..self.all.len();
        for (of_side, id) in self.relationships.iter_mut().zip(ids) {
            let id = id.filter(|_| !range.is_empty());
            id.map(|id| of_side.insert(id, range.clone()));
        }
    }
}

fn differs(who: Who, column: CellColumn) -> Difference {
    Difference {
        turn: RegisterTurn::Differs,
        who,
        column: Some(column),
    }
}

fn row(who: Who, comes: bool) -> Difference {
    Difference {
        turn: match comes {
            true => RegisterTurn::Comes,
            false => RegisterTurn::Goes,
        },
        who,
        column: None,
    }
}

/// Two registers being compared.
struct Both<'f> {
    before: &'f Flow<'f>,
    after: &'f Flow<'f>,
    matching: &'f Matching,
}

impl Both<'_> {
    fn registers(&self) -> [&Register; 2] {
        [self.before, self.after].map(|flow| flow.register)
    }

    /// The columns of the facts of a subject whose cells differ.
    fn facts<'s>(
        &'s self,
        subject: Subject,
        cell: impl Fn(usize, usize) -> &'s Value + 's,
    ) -> impl Iterator<Item = CellColumn> + 's {
        let facts = self.before.policy.facts_of(subject);
        let positions = facts.map(|(id, _)| usize::from(id.0));
        let differ = positions.filter(move |&fact| cell(0, fact) != cell(1, fact));
        differ.map(CellColumn::Fact)
    }

    fn party(&self, before: PartyId, after: PartyId) -> impl Iterator<Item = CellColumn> {
        let [old, new] = self.registers().map(|register| &register.parties);
        let owners = [
            old.owner(before)
                .and_then(|owner| self.matching.party(owner)),
            new.owner(after),
        ];
        // An owner that is no longer there is another one.
        let gone = old.owner(before).is_some() && owners[0].is_none();
        let owner = (gone || owners[0] != owners[1]).then_some(CellColumn::Owner);
        let rows = [before.index(), after.index()];
        let cell = move |side: usize, fact: usize| [old, new][side].fact(fact).get(rows[side]);
        owner.into_iter().chain(self.facts(Subject::Party, cell))
    }

    fn relationship(&self, before: RelationshipId, after: RelationshipId) -> Vec<CellColumn> {
        let [old, new] = self.registers().map(|register| &register.relationships);
        let ends = [
            (
                CellColumn::Customer,
                old.customer(before),
                new.customer(after),
            ),
            (
                CellColumn::Supplier,
                old.supplier(before),
                new.supplier(after),
            ),
        ];
        let ends = ends
            .into_iter()
            .filter(|(_, before, after)| self.matching.party(*before) != Some(*after));
        let mut differ: Vec<CellColumn> = ends.map(|(column, _, _)| column).collect();
        if !self.same_scope(old.supports(before), new.supports(after)) {
            differ.push(CellColumn::Supports);
        }
        let rows = [before.index(), after.index()];
        let dates = old.fixed_columns().into_iter().zip(new.fixed_columns());
        differ.extend(dates.filter_map(|((name, old), (_, new))| {
            let column = match name {
                "starts" => CellColumn::Starts,
                "ends" => CellColumn::Ends,
                _ => return None,
            };
            (!same(old, new, rows)).then_some(column)
        }));
        let cell = move |side: usize, fact: usize| [old, new][side].fact(fact).get(rows[side]);
        differ.extend(self.facts(Subject::Relationship, cell));
        differ
    }

    /// Whether a relationship is active on one day only.
    fn day(&self, before: RelationshipId, after: RelationshipId) -> Option<RegisterTurn> {
        let active = |flow: &Flow, at| flow.register.relationships.is_active(at, flow.as_of);
        match (active(self.before, before), active(self.after, after)) {
            (false, true) => Some(RegisterTurn::Begins),
            (true, false) => Some(RegisterTurn::Ends),
            _ => None,
        }
    }

    fn same_scope(&self, before: Scope, after: Scope) -> bool {
        match (before, after) {
            (Scope::Unknown, Scope::Unknown)
            | (Scope::All, Scope::All)
            | (Scope::None, Scope::None) => true,
            (Scope::Named(before), Scope::Named(after)) => self.same_list(before, after),
            _ => false,
        }
    }

    fn same_list(&self, before: &SupportList, after: &SupportList) -> bool {
        let rows = before.relationships.iter();
        let mut rows: Vec<_> = rows.map(|&at| self.matching.relationship(at)).collect();
        let parties = before.parties.iter();
        let mut parties: Vec<_> = parties.map(|&party| self.matching.party(party)).collect();
        let mut other_rows: Vec<_> = after.relationships.iter().copied().map(Some).collect();
        let mut other_parties: Vec<_> = after.parties.iter().copied().map(Some).collect();
        for rows in [&mut rows, &mut other_rows] {
            rows.sort_unstable();
        }
        for parties in [&mut parties, &mut other_parties] {
            parties.sort_unstable();
        }
        before.complete == after.complete && rows == other_rows && parties == other_parties
    }
}

/// Whether cells say the same.
fn same(old: &Column, new: &Column, rows: [usize; 2]) -> bool {
    old.get(rows[0]) == new.get(rows[1])
}
