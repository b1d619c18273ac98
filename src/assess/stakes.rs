//! What statutes set for an operator's own duty, and the purchases by whose amount a penalty is measured.

use super::Assessment;
use crate::flow::Finding;
use crate::policy::Stake;
use crate::register::RelationshipId;

/// The purchases that an operator's own duty is about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Purchases {
    /// Those of which the register gives an amount that can be measured by, in register order.
    pub known: Vec<(RelationshipId, f64)>,
    /// How many more there are.
    pub unknown: usize,
}

impl Assessment<'_> {
    /// What statutes set for a finding on the day: nothing from tier 1 on, because it is the operator's own.
    pub fn stakes(&self, finding: &Finding) -> impl Iterator<Item = &Stake> {
        let as_of = self.flow.as_of;
        let of_own = (finding.tier == 0).then_some(finding.obligation);
        let stakes = self.flow.policy.stakes.iter();
        stakes.filter(move |stake| {
            Some(stake.obligation) == of_own && stake.since.is_none_or(|since| since <= as_of)
        })
    }

    /// The purchases of an operator that carry the obligation of its own finding, as surely, at their first step.
    pub fn purchases(&self, finding: &Finding) -> Purchases {
        let relationships = &self.flow.register.relationships;
        let mut purchases = Purchases::default();
        for relationship in self.flow.supplies_to(finding.party) {
            let mut clauses = self.flow.clauses_of(relationship).into_iter();
            let is_about = clauses.any(|clause| {
                clause.obligation == finding.obligation
                    && clause.tier == 1
                    && clause.status <= finding.status
            });
            if !is_about {
                continue;
            }
            let amount = relationships.amount().get(relationship.index()).number();
            match amount.filter(is_measure) {
                Some(amount) => purchases.known.push((relationship, amount)),
                None => purchases.unknown += 1,
            }
        }
        purchases
    }
}

/// Whether a range can be measured by an amount. Nothing, a credit and what a multiple of is no number say no price.
fn is_measure(amount: &f64) -> bool {
    *amount > 0.0 && *amount <= f64::MAX / f64::from(u32::MAX)
}
