//! What of an assessment concerns one party: what reaches it, and what goes on from it.

use std::sync::OnceLock;

use super::{Assessment, Proven};
use crate::flow::{Clause, Finding, Flow};
use crate::register::PartyId;

/// The party that an assessment is narrowed to.
#[derive(Debug, Clone)]
pub struct Focus {
    /// Who.
    pub party: PartyId,
    /// The parties that it supplies, itself or through others, and itself.
    upstream: Vec<bool>,
}

impl Focus {
    fn new(flow: &Flow, party: PartyId) -> Focus {
        let relationships = &flow.register.relationships;
        let mut upstream = vec![false; flow.register.parties.len()];
        upstream[party.index()] = true;
        let mut open = vec![party];
        while let Some(supplier) = open.pop() {
            for relationship in flow.supplied_by(supplier) {
                let customer = relationships.customer(relationship);
                if !std::mem::replace(&mut upstream[customer.index()], true) {
                    open.push(customer);
                }
            }
        }
        Focus { party, upstream }
    }

    /// Whether the party supplies a customer, itself or through others, or is that customer.
    pub(super) fn is_supplied_to(&self, customer: PartyId) -> bool {
        self.upstream[customer.index()]
    }
}

impl<'a> Assessment<'a> {
    /// The party that it is narrowed to, if it is.
    pub fn focus(&self) -> Option<&Focus> {
        self.focus.as_ref()
    }

    /// Only what concerns a party: its findings and those that reach others by a walk through it; the clauses of
    /// relationships into it and out of it, and those further down that carry what came through it.
    pub fn focused(self, party: PartyId) -> Assessment<'a> {
        let flow = self.flow;
        let through = flow.through(party);
        let suppliers = &flow.register.relationships;
        let is_clause = |(clause, _): &&(Clause, Proven)| {
            suppliers.supplier(clause.relationship) == party
                || through.carries(clause.relationship, clause.obligation, clause.status)
        };
        let clauses: Vec<_> = self.clauses().iter().filter(is_clause).copied().collect();
        let is_finding = |finding: &Finding| {
            finding.party == party
                || through.reaches(finding.party, finding.obligation, finding.status)
        };
        let found = self.iter().filter(|(finding, _)| is_finding(finding));
        let (findings, proven) = found.map(|(finding, proven)| (*finding, proven)).unzip();
        Assessment {
            findings,
            proven,
            clauses: OnceLock::from(clauses),
            focus: Some(Focus::new(flow, party)),
            ..self
        }
    }
}
