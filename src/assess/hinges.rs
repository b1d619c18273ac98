//! What unconfirmed findings hang on: the unknown cells at the first step of their chains that is not certain.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Assessment;
use crate::flow::{ChainStep, Finding, Status, StepKind};
use crate::policy::{Condition, FactId, Role, TestId, Truth};
use crate::register::{PartyId, RelationshipId, Scope};

/// A column that a register leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// `supports`: which deliveries a relationship helps.
    Supports,
    /// A fact of a relationship.
    Relationship(FactId),
    /// A fact of a party.
    Party(FactId),
}

/// An unknown cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// Of a relationship.
    Relationship(RelationshipId),
    /// Of a party.
    Party(PartyId),
}

/// The unknown cells of one column at one supplier, and how many findings hang on them.
#[derive(Debug, Clone)]
pub struct Hinge {
    /// The column.
    pub missing: Missing,
    /// The supplier of the relationships, or the party itself.
    pub party: PartyId,
    /// The relationships whose cell it is; none for a fact of a party.
    pub relationships: Vec<RelationshipId>,
    /// How many unconfirmed findings hang on them.
    pub findings: usize,
}

/// A column that a register leaves open, over all parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HingeColumn {
    /// The column.
    pub missing: Missing,
    /// How many unconfirmed findings hang on it.
    pub findings: usize,
    /// How many parties there are at which they do.
    pub parties: usize,
    /// The first of these parties.
    pub first: Vec<PartyId>,
}

impl HingeColumn {
    /// The columns of hinges, in their order, with the first so many parties of each.
    pub fn of_hinges(hinges: &[Hinge], most: usize) -> Vec<HingeColumn> {
        let columns = hinges.chunk_by(|a, b| a.missing == b.missing);
        let column = |of_column: &[Hinge]| HingeColumn {
            missing: of_column[0].missing,
            findings: of_column.iter().map(|hinge| hinge.findings).sum(),
            parties: of_column.len(),
            first: of_column
                .iter()
                .take(most)
                .map(|hinge| hinge.party)
                .collect(),
        };
        columns.map(column).collect()
    }
}

/// How many findings hang on an unknown cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hanging {
    missing: Missing,
    party: PartyId,
    relationship: Option<RelationshipId>,
    findings: usize,
}

impl Hanging {
    /// The column and the party in one number, so that comparing is cheap.
    fn place(&self) -> u64 {
        let column = match self.missing {
            Missing::Supports => 0,
            Missing::Relationship(fact) => 1 + u64::from(fact.0),
            Missing::Party(fact) => 1 + u64::from(fact.0) + (1 << 16),
        };
        column << 32 | u64::from(self.party.0)
    }
}

impl Hinge {
    /// What entries of one column and party say together.
    fn new(entries: &[Hanging]) -> Hinge {
        let mut relationships: Vec<RelationshipId> = entries
            .iter()
            .filter_map(|entry| entry.relationship)
            .collect();
        relationships.dedup();
        Hinge {
            missing: entries[0].missing,
            party: entries[0].party,
            relationships,
            findings: entries.iter().map(|entry| entry.findings).sum(),
        }
    }
}

impl Assessment<'_> {
    /// What the unconfirmed findings hang on: by column, those with the most findings first; within it by supplier.
    pub fn hinges(&self) -> Vec<Hinge> {
        self.hinges_where(|_| true)
    }

    /// The same for the unconfirmed findings of one party.
    pub fn hinges_of(&self, party: PartyId) -> Vec<Hinge> {
        self.hinges_where(|finding| finding.party == party)
    }

    fn hinges_where(&self, counts: impl Fn(&Finding) -> bool + Sync) -> Vec<Hinge> {
        let mut entries = self.hanging(counts);
        entries.par_sort_unstable();
        let mut hinges: Vec<Hinge> = entries
            .chunk_by(|a, b| (a.missing, a.party) == (b.missing, b.party))
            .map(Hinge::new)
            .collect();
        let mut by_column: BTreeMap<Missing, usize> = BTreeMap::new();
        for hinge in &hinges {
            *by_column.entry(hinge.missing).or_default() += hinge.findings;
        }
        let mut columns: Vec<(Reverse<usize>, Missing)> = by_column
            .into_iter()
            .map(|(missing, findings)| (Reverse(findings), missing))
            .collect();
        columns.sort_unstable();
        let columns: BTreeMap<Missing, usize> = columns
            .into_iter()
            .zip(0..)
            .map(|((_, missing), rank)| (missing, rank))
            .collect();
        hinges.par_sort_by_cached_key(|hinge| {
            let rank = self.flow.rank(hinge.party);
            (columns[&hinge.missing], Reverse(hinge.findings), rank)
        });
        hinges
    }

    /// The columns that the unconfirmed findings hang on, as [`Assessment::hinges`] has them, with the first so many
    /// parties of each.
    pub fn hinge_columns(&self, most: usize) -> Vec<HingeColumn> {
        let mut entries = self.hanging(|_| true);
        entries.par_sort_unstable_by_key(Hanging::place);
        let columns = entries.chunk_by(|a, b| a.missing == b.missing);
        let column = |of_column: &[Hanging]| {
            let parties = of_column.chunk_by(|a, b| a.party == b.party);
            let mut parties: Vec<(Reverse<usize>, PartyId)> = parties
                .map(|entries| {
                    let findings = entries.iter().map(|entry| entry.findings).sum();
                    (Reverse(findings), entries[0].party)
                })
                .collect();
            let count = parties.len();
            let findings = parties.iter().map(|(Reverse(findings), _)| findings).sum();
            let key = |&(findings, party): &_| (findings, self.flow.rank(party));
            if most < count {
                parties.select_nth_unstable_by_key(most, key);
                parties.truncate(most);
            }
            parties.sort_unstable_by_key(key);
            HingeColumn {
                missing: of_column[0].missing,
                findings,
                parties: count,
                first: parties.into_iter().map(|(_, party)| party).collect(),
            }
        };
        let mut columns: Vec<HingeColumn> = columns.map(column).collect();
        columns.sort_unstable_by_key(|column| (Reverse(column.findings), column.missing));
        columns
    }

    /// How many unconfirmed findings hang on each unknown cell; a cell may come several times.
    pub(super) fn hanging_cells(&self) -> impl Iterator<Item = (Missing, Cell, usize)> {
        let entries = self.hanging(|_| true).into_iter();
        entries.map(|entry| {
            let cell = match entry.relationship {
                Some(relationship) => Cell::Relationship(relationship),
                None => Cell::Party(entry.party),
            };
            (entry.missing, cell, entry.findings)
        })
    }

    /// The unknown cells that findings hang on: many findings hang on one step, which is looked at once.
    fn hanging(&self, counts: impl Fn(&Finding) -> bool + Sync) -> Vec<Hanging> {
        let steps = self.flow.first_steps(|step| step.is_open);
        let is_unconfirmed =
            |finding: &Finding| finding.status == Status::Unconfirmed && counts(finding);
        let steps = self
            .flow
            .count_steps(&steps, &self.findings, is_unconfirmed);
        let of_steps = steps.par_iter().flat_map_iter(|(step, findings)| {
            let cells = self.open_of_step(step);
            self.entries(cells, *findings)
        });
        let mut entries: Vec<Hanging> = of_steps.collect();
        let own = self.findings.iter().filter(|finding| finding.tier == 0);
        for finding in own.filter(|finding| is_unconfirmed(finding)) {
            entries.extend(self.entries(self.open_of_own(finding), 1));
        }
        entries
    }

    /// What so many findings hang on, column by column and supplier by supplier.
    fn entries(&self, cells: Vec<(Missing, Cell)>, findings: usize) -> Vec<Hanging> {
        let entry = |(missing, cell)| Hanging {
            missing,
            party: self.supplier(cell),
            relationship: match cell {
                Cell::Relationship(relationship) => Some(relationship),
                Cell::Party(_) => None,
            },
            findings,
        };
        let mut entries: Vec<Hanging> = cells.into_iter().map(entry).collect();
        entries.sort_unstable();
        // The cells of a step are of one relationship, so what is left out says nothing more.
        entries.dedup_by_key(|entry| (entry.missing, entry.party));
        entries
    }

    fn supplier(&self, cell: Cell) -> PartyId {
        match cell {
            Cell::Relationship(relationship) => {
                self.flow.register.relationships.supplier(relationship)
            }
            Cell::Party(party) => party,
        }
    }

    /// The unknown cells of an operator's own finding.
    fn open_of_own(&self, finding: &Finding) -> Vec<(Missing, Cell)> {
        let obligation = &self.flow.policy.obligations[usize::from(finding.obligation)];
        let test = |test: TestId| self.flow.test_party(finding.party, test);
        let own = obligation.own.as_ref().map(|step| &step.when);
        let open = own
            .into_iter()
            .chain([&obligation.origin])
            .flat_map(|when| when.open_tests(&test));
        open.map(|test| (Missing::Party(self.fact(test)), Cell::Party(finding.party)))
            .collect()
    }

    /// The unknown cells of a step: its rule's, its `supports`, and at the first step the operator's.
    fn open_of_step(&self, step: &ChainStep) -> Vec<(Missing, Cell)> {
        let ChainStep {
            relationship,
            obligation: position,
            tier,
            ..
        } = *step;
        let obligation = &self.flow.policy.obligations[usize::from(position)];
        let relationships = &self.flow.register.relationships;
        let rule = match StepKind::of_tier(tier) {
            StepKind::Onward => &obligation.onward,
            _ => &obligation.direct,
        };
        let test = |test: TestId| self.flow.test(relationship, test);
        let open = rule
            .as_ref()
            .map(|step: &crate::policy::Step| step.when.open_tests(&test));
        let mut cells: Vec<_> = open
            .unwrap_or_default()
            .into_iter()
            .map(|test| self.cell(test, relationship))
            .collect();
        if tier > 1 {
            if self.is_scope_open(relationship) {
                cells.push((Missing::Supports, Cell::Relationship(relationship)));
            }
            return cells;
        }
        let operator = relationships.customer(relationship);
        if self.flow.starts(operator, position) == Truth::Unknown {
            let test = |test: TestId| self.flow.test_party(operator, test);
            let open = Condition::open_tests(&obligation.origin, &test);
            cells.extend(
                open.into_iter()
                    .map(|test| (Missing::Party(self.fact(test)), Cell::Party(operator))),
            );
        }
        cells
    }

    /// Whether it is open which deliveries a relationship helps.
    pub(super) fn is_scope_open(&self, relationship: RelationshipId) -> bool {
        match self.flow.register.relationships.supports(relationship) {
            Scope::Unknown => true,
            Scope::Named(list) => !list.complete,
            Scope::All | Scope::None => false,
        }
    }

    pub(super) fn fact(&self, test: TestId) -> FactId {
        self.flow.policy.tests[usize::from(test.0)].fact
    }

    pub(super) fn cell(&self, test: TestId, relationship: RelationshipId) -> (Missing, Cell) {
        let relationships = &self.flow.register.relationships;
        let fact = self.fact(test);
        match self.flow.policy.tests[usize::from(test.0)].role {
            Role::Relationship => (
                Missing::Relationship(fact),
                Cell::Relationship(relationship),
            ),
            Role::Customer => (
                Missing::Party(fact),
                Cell::Party(relationships.customer(relationship)),
            ),
            Role::Supplier | Role::Party | Role::Screened => (
                Missing::Party(fact),
                Cell::Party(relationships.supplier(relationship)),
            ),
        }
    }
}
