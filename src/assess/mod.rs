//! The assessment: what is owed, what proves it, whom it concerns most, and what is not known.

mod change;
mod concern;
mod difference;
mod evidence;
mod focus;
mod hinges;
mod letters;
mod questions;
mod sameness;
mod screening;
mod stakes;

use std::ops::Range;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostics, Fault, FileId};
use crate::flow::{Clause, Finding, FirstSteps, Flow};
use crate::register::{Dated, EvidenceStatus, PartyId, RelationshipId, Shows};

pub use change::{Change, Changes, ProofTurn, Standing, Turn};
pub use concern::{Concern, OpenCounts};
pub use difference::{CellColumn, Difference, Differences, RegisterTurn, Who};
pub use evidence::{Documents, EXPIRING_DAYS, Proof, Proven, Requirement};
pub use focus::Focus;
pub use hinges::{Cell, Hinge, HingeColumn, Missing};
pub use letters::Notices;
pub use questions::{
    About, Answer, Effect, MOST_ANSWERS, MOST_FIRST, MOST_QUESTIONS, MOST_WALKED, Outcome,
    Question, Questions,
};
pub use sameness::{Matching, Ordinals, RelationshipKey, Sameness};
pub use screening::{CalledOut, Candidate, FactorFound, Linked, Worklist, tell_operators};
pub use stakes::Purchases;

/// About how many findings one task counts.
const BATCH: usize = 1 << 15;

/// The first relationship of a chain whose clause is not in force: the chain holds up to there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Its position in the chain, from 1.
    pub position: u32,
    /// The relationship.
    pub relationship: RelationshipId,
}

/// A register, walked and held against its evidence.
pub struct Assessment<'a> {
    /// The walk.
    pub flow: &'a Flow<'a>,
    /// The findings, by the bytes of the party's id, then in pack order.
    pub findings: Vec<Finding>,
    /// What proves each finding.
    pub proven: Vec<Proven>,
    /// For everything that reaches a party the first step of its chain whose clause is not in force.
    breaks: FirstSteps,
    documents: Documents<'a>,
    clauses: OnceLock<Vec<(Clause, Proven)>>,
    focus: Option<Focus>,
    worklist: OnceLock<Worklist>,
    is_screened: bool,
}

impl<'a> Assessment<'a> {
    /// Collects the findings of a walk and what proves them.
    pub fn new(flow: &'a Flow<'a>) -> Assessment<'a> {
        Assessment::observed(flow, &|_| ())
    }

    /// The same, calling `done` with the name of each stage as it ends.
    pub fn observed(flow: &'a Flow<'a>, done: &dyn Fn(&'static str)) -> Assessment<'a> {
        let findings = flow.findings();
        done("findings");
        let documents = Documents::new(flow);
        let proven = findings
            .par_iter()
            .map(|finding| documents.of_finding(finding))
            .collect();
        let breaks = flow.first_steps(|step| {
            !documents
                .of_clause(step.relationship, step.obligation)
                .proof
                .in_force()
        });
        done("proofs");
        Assessment {
            flow,
            findings,
            proven,
            breaks,
            documents,
            clauses: OnceLock::new(),
            focus: None,
            worklist: OnceLock::new(),
            is_screened: false,
        }
    }

    /// The same, of a register to which the worklist was applied.
    pub fn screened(self, worklist: Worklist) -> Assessment<'a> {
        Assessment {
            worklist: OnceLock::from(worklist),
            is_screened: true,
            ..self
        }
    }

    /// Whom to ask whether they are operators.
    pub fn worklist(&self) -> &Worklist {
        let Flow {
            register,
            policy,
            as_of,
            ..
        } = *self.flow;
        let screen = || Worklist::new(register, policy, as_of);
        self.worklist.get_or_init(screen)
    }

    /// Those of the worklist; with a focus, only those from which something could reach it.
    pub fn candidates(&self) -> impl Iterator<Item = &Candidate> {
        let candidates = self.worklist().candidates.iter();
        candidates.filter(|candidate| self.concerns_focus(candidate.party))
    }

    /// What is called out; with a focus, only of parties from which something could reach it.
    pub fn called_out(&self) -> impl Iterator<Item = &CalledOut> {
        let called_out = self.worklist().called_out.iter();
        called_out.filter(|out| self.concerns_focus(out.party))
    }

    /// Whether something could reach the focus from a party; true without a focus.
    fn concerns_focus(&self, party: PartyId) -> bool {
        let focus = self.focus.as_ref();
        focus.is_none_or(|focus| focus.is_supplied_to(party))
    }

    /// Whether the walk is of a register to which the worklist was applied.
    pub fn is_screened(&self) -> bool {
        self.is_screened
    }

    /// The parties that are operators in this walk only by the screening, by position.
    pub fn taken(&self) -> &[PartyId] {
        match self.is_screened {
            true => &self.worklist().proposed,
            false => &[],
        }
    }

    /// Every finding with what proves it.
    pub fn iter(&self) -> impl Iterator<Item = (&Finding, Proven)> {
        self.findings.iter().zip(self.proven.iter().copied())
    }

    /// The same for the findings at some positions.
    pub fn iter_in(&self, positions: Range<usize>) -> impl Iterator<Item = (&Finding, Proven)> {
        let proven = self.proven[positions.clone()].iter().copied();
        self.findings[positions].iter().zip(proven)
    }

    /// The positions of all findings in batches to be shared out; the findings of a party are in one.
    pub(crate) fn batches(&self) -> Vec<Range<usize>> {
        let findings = &self.findings;
        let mut batches = Vec::new();
        let mut start = 0;
        while start < findings.len() {
            let mut end = findings.len().min(start + BATCH);
            while end < findings.len() && findings[end].party == findings[end - 1].party {
                end += 1;
            }
            batches.push(start..end);
            start = end;
        }
        batches
    }

    /// Where the clauses of the chain of the finding at a position break; none if all of them are in force.
    pub fn gap(&self, position: usize) -> Option<Gap> {
        let at = self
            .flow
            .first_step(&self.breaks, &self.findings[position])?;
        let step = self.flow.step(at);
        Some(Gap {
            position: step.tier,
            relationship: step.relationship,
        })
    }

    /// The position of that relationship in the chain, from 1.
    pub fn gap_position(&self, position: usize) -> Option<u32> {
        let at = self
            .flow
            .first_step(&self.breaks, &self.findings[position])?;
        Some(self.flow.tier_of(at))
    }

    /// The documents that the finding at a position asks for, and the best that there is of each.
    pub fn requirements(&self, position: usize) -> Vec<Requirement<'a>> {
        self.documents.requirements(&self.findings[position])
    }

    /// The best document that shows a clause.
    pub fn clause(&self, relationship: RelationshipId, obligation: u8) -> Requirement<'a> {
        self.documents.clause(relationship, obligation)
    }

    /// The positions of a party's findings.
    pub fn findings_of(&self, party: PartyId) -> Range<usize> {
        let parties = &self.flow.register.parties;
        let id = parties.id(party);
        let start = self
            .findings
            .partition_point(|finding| parties.id(finding.party) < id);
        let end = self
            .findings
            .partition_point(|finding| parties.id(finding.party) <= id);
        start..end
    }

    /// The clauses with what proves them, by the bytes of the relationship's label, then in pack order.
    pub fn clauses(&self) -> &[(Clause, Proven)] {
        self.clauses.get_or_init(|| {
            let clauses = self.flow.clauses();
            let prove = |clause: Clause| {
                (
                    clause,
                    self.documents
                        .of_clause(clause.relationship, clause.obligation),
                )
            };
            clauses.into_par_iter().map(prove).collect()
        })
    }

    /// The customers of active relationships whose origin fact is blank or unreadable: they start nothing, which must
    /// not read as an all-clear. With a focus, only those from which something could reach it.
    pub fn unclear_customers(&self) -> Vec<PartyId> {
        let Flow {
            register, policy, ..
        } = *self.flow;
        let origin = register.parties.fact(usize::from(policy.origin.fact.0));
        let is_customer = |party: &PartyId| self.flow.is_supplied(*party);
        let unclear = |party: &PartyId| origin.get(party.index()).is_unknown();
        register
            .parties
            .iter()
            .filter(unclear)
            .filter(is_customer)
            .filter(|&party| self.concerns_focus(party))
            .collect()
    }

    /// Tells evidence that proves nothing, or that nothing asks for.
    pub fn tell_evidence(&self, diagnostics: &mut Diagnostics) {
        let Flow {
            register,
            policy,
            as_of,
            ..
        } = *self.flow;
        for evidence in &register.evidence {
            let mut tell = |code, other: String| {
                let fault = Fault::new(code, FileId(evidence.place.table)).text(&evidence.document);
                diagnostics.add(fault.other(other), evidence.place.row);
            };
            match (evidence.status, evidence.issued, evidence.expires) {
                (Some(EvidenceStatus::Waived), _, _) if !evidence::is_complete(evidence) => {
                    let blank = |cell: &str| cell.is_empty();
                    let lacks = [
                        ("owner", blank(&evidence.owner)),
                        ("reason", blank(&evidence.reason)),
                        ("expires", !matches!(evidence.expires, Dated::On(_))),
                    ];
                    let lacks: Vec<_> = lacks
                        .iter()
                        .filter(|(_, lacks)| *lacks)
                        .map(|(name, _)| *name)
                        .collect();
                    tell(Code::IncompleteWaiver, lacks.join(", "));
                }
                (Some(EvidenceStatus::Waived), _, Dated::On(last)) if last < as_of => {
                    tell(Code::LapsedWaiver, last.to_string());
                }
                (
                    Some(EvidenceStatus::Accepted | EvidenceStatus::SelfDeclared),
                    Dated::On(issued),
                    _,
                ) if issued > as_of => tell(Code::IssuedLater, issued.to_string()),
                _ => {}
            }
        }
        if register.evidence.is_empty() {
            return;
        }
        let clauses: Vec<Clause> = self.clauses().iter().map(|(clause, _)| *clause).collect();
        for evidence in self.documents.unmatched(&self.findings, &clauses) {
            let obligation = &policy.obligations[usize::from(evidence.obligation)].id;
            let shows = if evidence.shows == Some(Shows::Clause) {
                "clause"
            } else {
                "duty"
            };
            let fault = Fault::new(Code::UnmatchedEvidence, FileId(evidence.place.table));
            let party = register.parties.id(evidence.party);
            diagnostics.add(
                fault.text(party).other(format!("{obligation}, {shows}")),
                evidence.place.row,
            );
        }
    }
}
