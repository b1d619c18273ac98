//! The parties by concern, as rows.

use super::View;
use crate::assess::OpenCounts;
use crate::register::CRITICALITIES;

/// A row of `exposure.csv`: what of a party is not in force, and where that places it.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// What of them is not in force.
    pub open: OpenCounts,
    /// The highest criticality of what it delivers under an obligation that applies; blank where none is known.
    pub criticality: &'static str,
}

impl View<'_> {
    /// The rows of `exposure.csv`, by the bytes of the party's id.
    pub fn exposure(&self) -> Vec<ExposureRow<'_>> {
        let parties = &self.assessment.flow.register.parties;
        let ranked = self.concerns.iter().zip(1..);
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
                    open: concern.open,
                    criticality: concern
                        .criticality
                        .map_or("", |at| CRITICALITIES[usize::from(at)]),
                }
            })
            .collect();
        rows.sort_by_key(|row| row.party);
        rows
    }
}
