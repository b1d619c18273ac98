//! The unknown cells that unconfirmed findings rest on, at any step of any walk that may bring them about.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::super::{Assessment, Cell, Missing};
use crate::flow::Status;
use crate::policy::{Condition, Step, TestId, Truth};
use crate::register::{PartyId, RelationshipId};

/// Relationships that one task looks at.
const BATCH: usize = 1 << 12;

/// An unknown cell, with the tests that it leaves open.
#[derive(Debug, Clone)]
pub(super) struct Open {
    pub(super) missing: Missing,
    pub(super) cell: Cell,
    pub(super) tests: BTreeSet<TestId>,
    /// How much may hang on it: what decides the order in which cells are looked at closely.
    hanging: usize,
}

/// A test that a cell leaves open; none for `supports`.
pub(in crate::assess) type OpenTest = (Missing, Cell, Option<TestId>);

impl Assessment<'_> {
    /// The cells, those with the most findings that hang on them first; then customers whose status is unknown.
    pub(super) fn open_cells(&self) -> Vec<Open> {
        let relationships = self.flow.register.relationships.len() as u32;
        let rows: Vec<u32> = (0..relationships).collect();
        let of_rows = rows.par_chunks(BATCH).flat_map_iter(|rows| {
            let relationships = rows.iter().copied().map(RelationshipId);
            relationships.flat_map(|relationship| self.open_at(relationship))
        });
        let mut tests: Vec<OpenTest> = of_rows.collect();
        for finding in &self.findings {
            if finding.tier == 0 && finding.status == Status::Unconfirmed {
                let obligation = &self.flow.policy.obligations[usize::from(finding.obligation)];
                let own = obligation.own.iter().map(|step| &step.when);
                for when in own.chain([&obligation.origin]) {
                    self.add_party_tests(finding.party, when, &mut tests);
                }
            }
        }
        tests.par_sort_unstable();
        tests.dedup();
        let hanging = self.hanging_by_cell();
        let of_cell = |tests: &[OpenTest]| {
            let (missing, cell, _) = tests[0];
            Open {
                missing,
                cell,
                tests: tests.iter().filter_map(|(_, _, test)| *test).collect(),
                hanging: hanging.get(&(missing, cell)).copied().unwrap_or(0),
            }
        };
        let cells = tests.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1));
        let mut open: Vec<Open> = cells.map(of_cell).collect();
        self.add_customers(&mut open);
        open.sort_by_key(|open| (Reverse(open.hanging), open.missing, open.cell));
        open
    }

    /// Customers whose status is blank or unreadable; they start nothing, so no finding tells of them.
    fn add_customers(&self, open: &mut Vec<Open>) {
        let flow = self.flow;
        let fact = flow.policy.origin.fact;
        let missing = Missing::Party(fact);
        let tests: BTreeSet<TestId> = (0..)
            .map(TestId)
            .zip(&flow.policy.tests)
            .filter(|(_, test)| test.fact == fact)
            .map(|(id, _)| id)
            .collect();
        let customers: BTreeSet<PartyId> = self.unclear_customers().into_iter().collect();
        open.retain(|open| {
            let is_customer = |party| customers.contains(&party);
            open.missing != missing
                || !matches!(open.cell, Cell::Party(party) if is_customer(party))
        });
        open.extend(customers.into_iter().map(|party| Open {
            missing,
            cell: Cell::Party(party),
            tests: tests.clone(),
            hanging: flow.supplies_to(party).count(),
        }));
    }

    /// What a relationship leaves open of the obligations that it does not carry for certain.
    pub(in crate::assess) fn open_at(&self, relationship: RelationshipId) -> Vec<OpenTest> {
        let flow = self.flow;
        let doubtful = flow.doubtful(relationship);
        let mut open = Vec::new();
        let customer = flow.register.relationships.customer(relationship);
        for position in (0..64).filter(|position| doubtful >> position & 1 == 1) {
            let obligation = &flow.policy.obligations[usize::from(position)];
            if flow.starts(customer, position).possible() {
                self.add_tests(relationship, obligation.direct.as_ref(), &mut open);
                if flow.starts(customer, position) == Truth::Unknown {
                    self.add_party_tests(customer, &obligation.origin, &mut open);
                }
            }
            if flow.may_reach(customer, position) {
                self.add_tests(relationship, obligation.onward.as_ref(), &mut open);
                if self.is_scope_open(relationship) {
                    open.push((Missing::Supports, Cell::Relationship(relationship), None));
                }
            }
        }
        open
    }

    fn add_tests(
        &self,
        relationship: RelationshipId,
        step: Option<&Step>,
        open: &mut Vec<OpenTest>,
    ) {
        let truth = |test: TestId| self.flow.test(relationship, test);
        let tests = step.map(|step| step.when.open_tests(&truth));
        open.extend(tests.into_iter().flatten().map(|test| {
            let (missing, cell) = self.cell(test, relationship);
            (missing, cell, Some(test))
        }));
    }

    fn add_party_tests(&self, party: PartyId, when: &Condition, open: &mut Vec<OpenTest>) {
        let truth = |test: TestId| self.flow.test_party(party, test);
        let tests = when.open_tests(&truth).into_iter();
        open.extend(tests.map(|test| {
            let missing = Missing::Party(self.fact(test));
            (missing, Cell::Party(party), Some(test))
        }));
    }

    /// How many unconfirmed findings hang on each cell at the first step of their chains that is not certain.
    fn hanging_by_cell(&self) -> HashMap<(Missing, Cell), usize> {
        let mut counts = HashMap::new();
        for (missing, cell, findings) in self.hanging_cells() {
            *counts.entry((missing, cell)).or_default() += findings;
        }
        counts
    }
}
