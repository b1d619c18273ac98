//! What to do next: evidence to get, clauses to agree, questions to ask, each with how much it settles.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Proof, Status, View};
use crate::policy::Binding;
use crate::register::{PartyId, RelationshipId};

/// Evidence that one party owes for certain and nobody has.
#[derive(Debug, Clone)]
pub struct EvidenceToGet {
    /// From whom.
    pub party: PartyId,
    /// Of which obligations, by position, and where their evidence stands: those by statute first, then in pack order.
    pub obligations: Vec<(u8, Proof)>,
    /// How many of them are owed by statute.
    pub statute: usize,
}

/// Evidence of one party that is in force and about to lapse.
#[derive(Debug, Clone)]
pub struct EvidenceToRenew {
    /// Whose.
    pub party: PartyId,
    /// Of which obligations, by position, and its last day; in pack order.
    pub obligations: Vec<(u8, Date)>,
}

/// A clause that a contract has to carry and does not, or no longer.
#[derive(Debug, Clone, Copy)]
pub struct ClauseToAgree {
    /// Of which obligation, by position.
    pub obligation: u8,
    /// What makes it owed.
    pub binding: Option<Binding>,
    /// Where it stands: missing, or expired.
    pub proof: Proof,
}

/// Clauses that one contract has to carry for certain and does not.
#[derive(Debug, Clone)]
pub struct ClausesToAgree {
    /// Which relationship's contract.
    pub relationship: RelationshipId,
    /// Which, in pack order.
    pub clauses: Vec<ClauseToAgree>,
    /// How many findings have a chain that holds up to here and no further.
    pub findings: usize,
}

impl View<'_> {
    /// Evidence to get, from partners first and within them from the parties of most concern.
    pub fn evidence_to_get(&self) -> Vec<EvidenceToGet> {
        let assessment = self.assessment;
        let wanted = self.concerns().iter().map(|concern| {
            let open = assessment.findings_of(concern.party).filter(|&at| {
                let finding = &assessment.findings[at];
                finding.status == Status::Applies && !assessment.proven[at].proof.in_force()
            });
            let open = open.map(|at| (&assessment.findings[at], assessment.proven[at].proof));
            let by_statute = |binding| binding == Some(Binding::Statute);
            let (statute, other): (Vec<_>, Vec<_>) =
                open.partition(|(finding, _)| by_statute(finding.binding));
            EvidenceToGet {
                party: concern.party,
                statute: statute.len(),
                obligations: statute
                    .into_iter()
                    .chain(other)
                    .map(|(finding, proof)| (finding.obligation, proof))
                    .collect(),
            }
        });
        let wanted = wanted.filter(|wanted| !wanted.obligations.is_empty());
        let is_operator = |wanted: &EvidenceToGet| assessment.flow.operator(wanted.party).is_some();
        let (operators, mut partners): (Vec<_>, Vec<_>) = wanted.partition(is_operator);
        partners.extend(operators);
        partners
    }

    /// Evidence that lapses soon, of findings that apply; that of the parties of most concern first.
    pub fn evidence_to_renew(&self) -> Vec<EvidenceToRenew> {
        let assessment = self.assessment;
        let lapsing = |at: usize| {
            let (finding, proven) = (&assessment.findings[at], assessment.proven[at]);
            let lapses = finding.status == Status::Applies && proven.proof == Proof::Expiring;
            let last = proven.expires.filter(|_| lapses)?;
            Some((finding.obligation, last))
        };
        let of_each = self.concerns().iter().map(|concern| EvidenceToRenew {
            party: concern.party,
            obligations: assessment
                .findings_of(concern.party)
                .filter_map(lapsing)
                .collect(),
        });
        of_each
            .filter(|wanted| !wanted.obligations.is_empty())
            .collect()
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
        let mut contracts: BTreeMap<RelationshipId, Vec<ClauseToAgree>> = BTreeMap::new();
        for (clause, proven) in assessment.clauses() {
            if clause.status == Status::Applies && !proven.proof.in_force() {
                contracts
                    .entry(clause.relationship)
                    .or_default()
                    .push(ClauseToAgree {
                        obligation: clause.obligation,
                        binding: clause.binding,
                        proof: proven.proof,
                    });
            }
        }
        let mut wanted: Vec<ClausesToAgree> = contracts
            .into_iter()
            .map(|(relationship, clauses)| {
                let findings = breaks.get(&relationship).copied().unwrap_or(0);
                ClausesToAgree {
                    relationship,
                    clauses,
                    findings,
                }
            })
            .collect();
        wanted.sort_by_key(|wanted| (Reverse(wanted.findings), Reverse(wanted.clauses.len())));
        wanted
    }
}
