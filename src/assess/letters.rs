//! What a letter to a supplier may tell and ask: only of its own contracts with the sender.

use std::collections::BTreeSet;

use super::{Assessment, Cell, Missing, Requirement};
use crate::flow::{Clause, Flow, truths};
use crate::policy::{AskedOf, Binding, FactId, LetterNotice, TestId, Truth};
use crate::register::{PartyId, RelationshipId};

impl<'a> Assessment<'a> {
    /// The document that shows that the duty of a clause is performed. Of the party's documents only those count that
    /// name one of its contracts with the sender or none: what others were given is none of the sender's business.
    pub fn duty_between(&self, clause: &Clause, contracts: &[RelationshipId]) -> Requirement<'a> {
        self.documents.duty_between(clause, contracts)
    }

    /// The unknown cells of some contracts of one supplier, and of the supplier itself, that a rule looks at and the
    /// supplier alone is to be asked about: by contract and fact, then those of the supplier.
    pub fn open_between(&self, contracts: &[RelationshipId]) -> Vec<(Missing, Cell)> {
        let open = contracts.iter().flat_map(|&contract| {
            let supplier = self.flow.register.relationships.supplier(contract);
            let of_rules = self
                .open_at(contract)
                .into_iter()
                .map(|(missing, cell, _)| (missing, cell));
            let open = of_rules.chain(self.open_of_bindings(contract));
            open.filter(move |(missing, cell)| {
                let is_its_own = match cell {
                    Cell::Relationship(at) => *at == contract,
                    Cell::Party(party) => *party == supplier,
                };
                is_its_own && self.is_asked_in_letters(*missing)
            })
        });
        let by_place = |(missing, cell): (Missing, Cell)| (cell, missing);
        let open: BTreeSet<(Cell, Missing)> = open.map(by_place).collect();
        open.into_iter()
            .map(|(cell, missing)| (missing, cell))
            .collect()
    }

    /// Whether letters ask for a column: the supplier can tell it, the pack does not withhold it, and it does not say who
    /// is an operator.
    fn is_asked_in_letters(&self, missing: Missing) -> bool {
        let policy = self.flow.policy;
        match missing {
            Missing::Supports => false,
            Missing::Relationship(fact) | Missing::Party(fact) => {
                policy.fact(fact).asked_of == Some(AskedOf::Supplier)
                    && fact != policy.origin.fact
                    && !policy.letter.withhold.contains(&fact)
            }
        }
    }

    /// What the binding of a contract's clauses hangs on.
    fn open_of_bindings(&self, contract: RelationshipId) -> Vec<(Missing, Cell)> {
        let flow = self.flow;
        let truth = |test: TestId| flow.test(contract, test);
        let clauses = flow.clauses_of(contract).into_iter();
        let clauses = clauses.filter(|clause| clause.binding == Some(Binding::Undetermined));
        let rules = clauses.flat_map(|clause| {
            let obligation = &flow.policy.obligations[usize::from(clause.obligation)];
            obligation.step(clause.tier).into_iter()
        });
        let rules = rules.flat_map(|step| &step.binding);
        let tests = rules.flat_map(|rule| rule.when.open_tests(&truth));
        tests.map(|test| self.cell(test, contract)).collect()
    }
}

/// The notices of a pack, and of whom each holds.
pub struct Notices<'a> {
    flow: &'a Flow<'a>,
    /// For each test that a notice makes the truth of each code of its fact's column.
    truths: Vec<Vec<Truth>>,
}

impl<'a> Notices<'a> {
    /// Runs the tests of the notices once per distinct cell.
    pub fn new(flow: &'a Flow<'a>) -> Notices<'a> {
        let mut made = BTreeSet::new();
        for notice in &flow.policy.letter.notices {
            notice.when.each_test(&mut |test| {
                made.insert(test);
            });
        }
        let column = |fact: FactId| flow.register.parties.fact(usize::from(fact.0));
        let tests = (0..).map(TestId).zip(&flow.policy.tests);
        let tests = tests.map(|(id, test)| match made.contains(&id) {
            true => truths(test, column(test.fact)),
            false => Vec::new(),
        });
        Notices {
            flow,
            truths: tests.collect(),
        }
    }

    /// What a party has to be told: notices that hold of it, and those of which that is not known.
    pub fn of(&self, party: PartyId) -> Vec<&'a LetterNotice> {
        let truth = |test: TestId| {
            let fact = self.flow.policy.tests[usize::from(test.0)].fact;
            let column = self.flow.register.parties.fact(usize::from(fact.0));
            self.truths[usize::from(test.0)][column.code(party.index()) as usize]
        };
        let notices = self.flow.policy.letter.notices.iter();
        notices
            .filter(|notice| notice.when.truth(&truth).possible())
            .collect()
    }
}
