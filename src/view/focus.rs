//! What concerns one party: what reaches it and through whom, what it passes on and to whom, and what it lacks.

use std::collections::BTreeMap;

use super::View;
use crate::assess::{Hinge, Missing};
use crate::policy::AskedOf;
use crate::register::{PartyId, RelationshipId};

/// An assessment as the party in focus sees it.
pub struct Focus {
    /// Who.
    pub party: PartyId,
    /// What reaches it, by the customer who hands it on and the operator at which it starts.
    pub reaching: Vec<Reaching>,
    /// The contracts with its customers that have to carry clauses, by customer.
    pub above: Vec<Carrying>,
    /// The contracts with its suppliers that have to, by supplier.
    pub below: Vec<Carrying>,
    /// The parties that something reaches through it: its suppliers first, then those further down, each by id.
    pub beyond: Vec<Beyond>,
    /// What its own unconfirmed findings hang on.
    pub hinges: Vec<Hinge>,
}

/// What one customer hands on from one operator, by the chains that are shown.
pub struct Reaching {
    /// The customer; none for what the party bears as an operator itself.
    pub customer: Option<PartyId>,
    /// Where the chains start.
    pub operator: PartyId,
    /// The positions of the findings.
    pub findings: Vec<usize>,
}

/// A contract and its clauses.
pub struct Carrying {
    /// Whose contract.
    pub relationship: RelationshipId,
    /// The positions of its clauses.
    pub clauses: Vec<usize>,
}

/// A party that something reaches through the one in focus.
pub struct Beyond {
    /// Who.
    pub party: PartyId,
    /// Whether it supplies the party in focus under a contract that carries something.
    pub is_supplier: bool,
    /// How many findings reach it so, by status.
    pub findings: [usize; 3],
    /// How many of them are not in force.
    pub open: usize,
}

/// Who can tell what is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// These parties.
    Parties(Vec<PartyId>),
    /// The operator at which the chains start.
    Operator,
    /// Who keeps the register.
    Us,
}

impl View<'_> {
    /// What concerns the party in focus, if there is one.
    pub fn focus(&self) -> Option<Focus> {
        let party = self.assessment.focus()?.party;
        let relationships = &self.assessment.flow.register.relationships;
        let below = self.carrying(|at| (relationships.customer(at), relationships.supplier(at)));
        Some(Focus {
            party,
            reaching: self.reaching(party),
            above: self.carrying(|at| (relationships.supplier(at), relationships.customer(at))),
            beyond: self.beyond(party, &below),
            below,
            hinges: self.assessment.hinges_of(party),
        })
    }

    fn reaching(&self, party: PartyId) -> Vec<Reaching> {
        let flow = self.assessment.flow;
        let relationships = &flow.register.relationships;
        let mut groups: BTreeMap<_, Reaching> = BTreeMap::new();
        for at in self.assessment.findings_of(party) {
            let finding = &self.assessment.findings[at];
            let customer = finding.via.map(|via| relationships.customer(via));
            let operator = finding.operator;
            let ranks = (customer.map(|at| flow.rank(at)), flow.rank(operator));
            let group = groups.entry(ranks).or_insert_with(|| Reaching {
                customer,
                operator,
                findings: Vec::new(),
            });
            group.findings.push(at);
        }
        let mut groups: Vec<Reaching> = groups.into_values().collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.findings.len()));
        groups
    }

    /// The contracts of which one end is in focus, by the id of the other; `ends` gives the one that would be, first.
    fn carrying(&self, ends: impl Fn(RelationshipId) -> (PartyId, PartyId)) -> Vec<Carrying> {
        let focus = self.assessment.focus().map(|focus| focus.party);
        let clauses = self.assessment.clauses();
        let mut contracts: Vec<Carrying> = Vec::new();
        for (at, (clause, _)) in clauses.iter().enumerate() {
            let relationship = clause.relationship;
            if Some(ends(relationship).0) != focus {
                continue;
            }
            match contracts.last_mut() {
                Some(last) if last.relationship == relationship => last.clauses.push(at),
                _ => contracts.push(Carrying {
                    relationship,
                    clauses: vec![at],
                }),
            }
        }
        contracts.sort_by_key(|contract| self.assessment.flow.rank(ends(contract.relationship).1));
        contracts
    }

    fn beyond(&self, focus: PartyId, below: &[Carrying]) -> Vec<Beyond> {
        let relationships = &self.assessment.flow.register.relationships;
        let suppliers = below
            .iter()
            .map(|contract| relationships.supplier(contract.relationship));
        let suppliers: Vec<u32> = suppliers
            .map(|party| self.assessment.flow.rank(party))
            .collect();
        let mut beyond: Vec<Beyond> = Vec::new();
        for (finding, proven) in self.assessment.iter() {
            let party = finding.party;
            if party == focus {
                continue;
            }
            if beyond.last().is_none_or(|last| last.party != party) {
                let rank = self.assessment.flow.rank(party);
                beyond.push(Beyond {
                    party,
                    is_supplier: suppliers.binary_search(&rank).is_ok(),
                    findings: [0; 3],
                    open: 0,
                });
            }
            if let Some(last) = beyond.last_mut() {
                last.findings[finding.status as usize] += 1;
                last.open += usize::from(!proven.proof.in_force());
            }
        }
        beyond.sort_by_key(|beyond| !beyond.is_supplier);
        beyond
    }

    /// The customers whose contracts bring the finding at a position, at its status.
    pub fn customers_bringing(&self, position: usize) -> Vec<PartyId> {
        let flow = self.assessment.flow;
        let finding = &self.assessment.findings[position];
        let carrying = flow.carrying_into(finding.party, finding.obligation, finding.status);
        let customers = carrying.map(|at| flow.register.relationships.customer(at));
        let mut customers: Vec<PartyId> = customers.collect();
        customers.sort_unstable_by_key(|&customer| flow.rank(customer));
        customers.dedup();
        customers
    }

    /// Who can tell what a hinge leaves open.
    pub fn asked(&self, hinge: &Hinge) -> Asked {
        let flow = self.assessment.flow;
        let relationships = &flow.register.relationships;
        let customers = || {
            let customers = hinge
                .relationships
                .iter()
                .map(|&at| relationships.customer(at));
            let mut customers: Vec<PartyId> = customers.collect();
            customers.sort_unstable_by_key(|&customer| flow.rank(customer));
            customers.dedup();
            Asked::Parties(customers)
        };
        let fact = match hinge.missing {
            Missing::Supports => return customers(),
            Missing::Relationship(fact) | Missing::Party(fact) => flow.policy.fact(fact),
        };
        match (fact.asked_of, hinge.missing) {
            (Some(AskedOf::Us), _) => Asked::Us,
            (Some(AskedOf::Operator), _) => Asked::Operator,
            (Some(AskedOf::Customer), Missing::Relationship(_)) => customers(),
            _ => Asked::Parties(vec![hinge.party]),
        }
    }
}
