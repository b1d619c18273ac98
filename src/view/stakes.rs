//! Stakes as rows: what statutes set for an operator's own finding.

use std::borrow::Cow;

use serde::Serialize;

use super::View;
use crate::policy::{Checked, Citation, Stake};

/// What a statute sets for one finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StakeRow<'v> {
    /// The operator's id.
    pub party: &'v str,
    /// The obligation's id.
    pub obligation: &'v str,
    /// How sure the finding is.
    pub status: &'static str,
    /// `clock` or `penalty`.
    pub kind: &'static str,
    /// What a penalty is for, where the text leaves that open.
    pub breach: Option<&'v str>,
    /// What the statute sets.
    pub text: &'v str,
    /// Who is liable.
    pub liable: Option<&'v str>,
    /// Where it stands.
    pub basis: Vec<BasisRow<'v>>,
    /// The range by each purchase, where a penalty is measured by its amount; never added up.
    pub purchases: Vec<PurchaseRow<'v>>,
    /// How many more purchases there are, of which the register gives no amount above zero.
    pub purchases_without_amount: usize,
}

/// A place in an instrument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BasisRow<'v> {
    /// The instrument's id.
    pub instrument: &'v str,
    /// The article, where it is known.
    pub article: Option<&'v str>,
    /// How far it was checked: `official`, `secondary` or `none`.
    pub checked: &'static str,
    /// Whether it is our interpretation.
    pub reading: bool,
}

/// A purchase, and the range that follows from its amount.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PurchaseRow<'v> {
    /// The relationship's label.
    pub relationship: Cow<'v, str>,
    /// The currency as the register gives it.
    pub currency: Option<&'v str>,
    /// The amount.
    pub amount: f64,
    /// The least of the range.
    pub from: f64,
    /// The most of it.
    pub to: f64,
}

impl View<'_> {
    /// What statutes set for the finding at a position.
    pub fn stakes_of(&self, at: usize) -> Vec<StakeRow<'_>> {
        let finding = &self.assessment.findings[at];
        let stakes = self.assessment.stakes(finding);
        stakes.map(|stake| self.stake(at, stake)).collect()
    }

    /// What statutes set for all findings.
    pub fn stakes(&self) -> Vec<StakeRow<'_>> {
        if self.assessment.flow.policy.stakes.is_empty() {
            return Vec::new();
        }
        let all = 0..self.assessment.findings.len();
        all.flat_map(|at| self.stakes_of(at)).collect()
    }

    fn stake<'v>(&'v self, at: usize, stake: &'v Stake) -> StakeRow<'v> {
        let finding = &self.assessment.findings[at];
        let flow = self.assessment.flow;
        let relationships = &flow.register.relationships;
        let purchases = stake.times_amount.map(|times| {
            let purchases = self.assessment.purchases(finding);
            let rows = purchases.known.iter().map(|&(relationship, amount)| {
                let [from, to] = times.map(|times| f64::from(times) * amount);
                let currency = relationships.currency().get(relationship.index());
                PurchaseRow {
                    relationship: relationships.label(relationship),
                    currency: currency.text(),
                    amount,
                    from,
                    to,
                }
            });
            (rows.collect(), purchases.unknown)
        });
        let (purchases, purchases_without_amount) = purchases.unwrap_or_default();
        StakeRow {
            party: self.id(finding.party),
            obligation: &flow.policy.obligations[usize::from(stake.obligation)].id,
            status: finding.status.as_str(),
            kind: stake.kind.as_str(),
            breach: stake.breach.as_ref().map(|breach| breach.get(self.lang)),
            text: stake.text.get(self.lang),
            liable: stake.liable.as_ref().map(|liable| liable.get(self.lang)),
            basis: stake.basis.iter().map(|basis| self.basis(basis)).collect(),
            purchases,
            purchases_without_amount,
        }
    }

    fn basis<'v>(&'v self, citation: &'v Citation) -> BasisRow<'v> {
        let instruments = &self.assessment.flow.policy.instruments;
        BasisRow {
            instrument: &instruments[usize::from(citation.instrument)].id,
            article: citation.article.as_deref(),
            checked: match citation.checked {
                Checked::Official => "official",
                Checked::Secondary => "secondary",
                Checked::None => "none",
            },
            reading: citation.reading,
        }
    }
}
