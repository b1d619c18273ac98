//! The parties by concern, as rows.

use serde::Serialize;

use super::View;
use crate::register::CRITICALITIES;

/// A row of `exposure.csv`: what of a party is not in force, and where that places it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExposureRow<'a> {
    /// The party's place in the order of concern, from 1.
    pub rank: usize,
    /// The party's id.
    pub party: &'a str,
    /// The party's name.
    pub name: &'a str,
    /// The least tier of its findings.
    pub tier: u32,
    /// How many findings it has.
    pub findings: usize,
    /// How many of them are not in force.
    pub open: usize,
    /// Of those: owed by statute.
    pub open_statute: usize,
    /// Owed by contract, or by what is undetermined or not said.
    pub open_contract: usize,
    /// Recommended by a standard or practice.
    pub open_recommended: usize,
    /// Owed if a potential operator is designated.
    pub open_conditional: usize,
    /// Resting on an unknown fact.
    pub open_unconfirmed: usize,
    /// The highest criticality of what it delivers under an obligation that applies; none where it is not known.
    pub criticality: Option<&'static str>,
}

impl View<'_> {
    /// The rows of `exposure.csv`, by the bytes of the party's id.
    pub fn exposure(&self) -> Vec<ExposureRow<'_>> {
        let parties = &self.assessment.flow.register.parties;
        let ranked = self.concerns().iter().zip(1..);
        let mut rows: Vec<ExposureRow> = ranked
            .map(|(concern, rank)| {
                let findings =
                    &self.assessment.findings[self.assessment.findings_of(concern.party)];
                ExposureRow {
                    rank,
                    party: parties.id(concern.party),
                    name: parties.name(concern.party),
                    tier: findings
                        .iter()
                        .map(|finding| finding.tier)
                        .min()
                        .unwrap_or(0),
                    findings: concern.findings,
                    open: concern.open.total(),
                    open_statute: concern.open.statute,
                    open_contract: concern.open.contract,
                    open_recommended: concern.open.recommended,
                    open_conditional: concern.open.conditional,
                    open_unconfirmed: concern.open.unconfirmed,
                    criticality: concern.criticality.map(|at| CRITICALITIES[usize::from(at)]),
                }
            })
            .collect();
        rows.sort_by_key(|row| row.party);
        rows
    }
}
