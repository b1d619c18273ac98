//! What unconfirmed findings hang on: the unknown cells at the first step of their chains that is not certain.

use std::collections::{BTreeMap, BTreeSet};

use super::Assessment;
use crate::flow::{Finding, Status, StepKind};
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

impl Assessment<'_> {
    /// What the unconfirmed findings hang on: by column, those with the most findings first; within it by supplier.
    pub fn hinges(&self) -> Vec<Hinge> {
        let steps = self.flow.first_steps(|step| step.is_open);
        let mut groups: BTreeMap<(Missing, PartyId), (BTreeSet<RelationshipId>, usize)> =
            BTreeMap::new();
        for finding in self
            .findings
            .iter()
            .filter(|finding| finding.status == Status::Unconfirmed)
        {
            let cells = match self.flow.first_step(&steps, finding) {
                _ if finding.tier == 0 => self.open_of_own(finding),
                Some(at) => {
                    let step = self.flow.step(at);
                    self.open_of_step(finding, step.relationship, step.tier)
                }
                None => Vec::new(),
            };
            let cells: BTreeSet<_> = cells.into_iter().collect();
            for group in cells
                .iter()
                .map(|(missing, cell)| (*missing, self.supplier(*cell)))
                .collect::<BTreeSet<_>>()
            {
                let (relationships, findings) = groups.entry(group).or_default();
                *findings += 1;
                relationships.extend(cells.iter().filter_map(|(missing, cell)| match cell {
                    Cell::Relationship(relationship) if *missing == group.0 => Some(*relationship),
                    _ => None,
                }));
            }
        }
        let mut by_column: BTreeMap<Missing, usize> = BTreeMap::new();
        for ((missing, _), (_, findings)) in &groups {
            *by_column.entry(*missing).or_default() += findings;
        }
        let mut hinges: Vec<Hinge> = groups
            .into_iter()
            .map(|((missing, party), (relationships, findings))| Hinge {
                missing,
                party,
                relationships: relationships.into_iter().collect(),
                findings,
            })
            .collect();
        let parties = &self.flow.register.parties;
        hinges.sort_by(|a, b| {
            let column = |hinge: &Hinge| std::cmp::Reverse(by_column[&hinge.missing]);
            let key = |hinge: &Hinge| {
                (
                    column(hinge),
                    hinge.missing,
                    std::cmp::Reverse(hinge.findings),
                )
            };
            key(a)
                .cmp(&key(b))
                .then_with(|| parties.id(a.party).cmp(parties.id(b.party)))
        });
        hinges
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
    fn open_of_step(
        &self,
        finding: &Finding,
        relationship: RelationshipId,
        tier: u32,
    ) -> Vec<(Missing, Cell)> {
        let obligation = &self.flow.policy.obligations[usize::from(finding.obligation)];
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
        if self.flow.starts(operator, finding.obligation) == Truth::Unknown {
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
    fn is_scope_open(&self, relationship: RelationshipId) -> bool {
        match self.flow.register.relationships.supports(relationship) {
            Scope::Unknown => true,
            Scope::Named(list) => !list.complete,
            Scope::All | Scope::None => false,
        }
    }

    fn fact(&self, test: TestId) -> FactId {
        self.flow.policy.tests[usize::from(test.0)].fact
    }

    fn cell(&self, test: TestId, relationship: RelationshipId) -> (Missing, Cell) {
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
            Role::Supplier | Role::Party => (
                Missing::Party(fact),
                Cell::Party(relationships.supplier(relationship)),
            ),
        }
    }
}
