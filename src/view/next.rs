//! What to do next: evidence to get, clauses to agree, questions to ask, each with how much it settles.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Status, View};
use crate::policy::Binding;
use crate::register::{PartyId, RelationshipId};

/// Evidence that one party owes for certain and nobody has.
#[derive(Debug, Clone)]
pub struct EvidenceToGet {
    /// From whom.
    pub party: PartyId,
    /// Of which obligations, by position: those by statute first, then in pack order.
    pub obligations: Vec<u8>,
    /// How many of them are owed by statute.
    pub statute: usize,
}

/// Clauses that one contract has to carry for certain and does not.
#[derive(Debug, Clone)]
pub struct ClausesToAgree {
    /// Which relationship's contract.
    pub relationship: RelationshipId,
    /// Of which obligations, by position, in pack order, and what makes them owed.
    pub obligations: Vec<(u8, Option<Binding>)>,
    /// How many findings have a chain that holds up to here and no further.
    pub findings: usize,
}

impl View<'_> {
    /// Evidence to get, from partners first and within them from the parties of most concern.
    pub fn evidence_to_get(&self) -> Vec<EvidenceToGet> {
        let assessment = self.assessment;
        let wanted = self.concerns.iter().map(|concern| {
            let open = assessment.findings_of(concern.party).filter(|&at| {
                let finding = &assessment.findings[at];
                finding.status == Status::Applies && !assessment.proven[at].proof.in_force()
            });
            let mut open: Vec<(bool, u8)> = open
                .map(|at| &assessment.findings[at])
                .map(|finding| {
                    (
                        finding.binding != Some(Binding::Statute),
                        finding.obligation,
                    )
                })
                .collect();
            open.sort_unstable();
            EvidenceToGet {
                party: concern.party,
                statute: open.iter().filter(|(is_not, _)| !is_not).count(),
                obligations: open.into_iter().map(|(_, obligation)| obligation).collect(),
            }
        });
        let wanted = wanted.filter(|wanted| !wanted.obligations.is_empty());
        let is_operator = |wanted: &EvidenceToGet| assessment.flow.operator(wanted.party).is_some();
        let (operators, mut partners): (Vec<_>, Vec<_>) = wanted.partition(is_operator);
        partners.extend(operators);
        partners
    }

    /// Clauses to agree, those at which the most chains break first.
    pub fn clauses_to_agree(&self) -> Vec<ClausesToAgree> {
        let assessment = self.assessment;
        let mut breaks: BTreeMap<RelationshipId, usize> = BTreeMap::new();
        for (position, finding) in assessment.findings.iter().enumerate() {
            if finding.status == Status::Applies
                && let Some(gap) = assessment.gap(position)
            {
                *breaks.entry(gap.relationship).or_default() += 1;
            }
        }
        let mut contracts: BTreeMap<RelationshipId, Vec<(u8, Option<Binding>)>> = BTreeMap::new();
        for (clause, proven) in assessment.clauses() {
            if clause.status == Status::Applies && !proven.proof.in_force() {
                contracts
                    .entry(clause.relationship)
                    .or_default()
                    .push((clause.obligation, clause.binding));
            }
        }
        let mut wanted: Vec<ClausesToAgree> = contracts
            .into_iter()
            .map(|(relationship, obligations)| {
                let findings = breaks.get(&relationship).copied().unwrap_or(0);
                ClausesToAgree {
                    relationship,
                    obligations,
                    findings,
                }
            })
            .collect();
        wanted.sort_by_key(|wanted| (Reverse(wanted.findings), Reverse(wanted.obligations.len())));
        wanted
    }
}
