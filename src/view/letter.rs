//! What a letter to a supplier says: of its own contracts with the sender, and of nobody else.

use std::collections::BTreeSet;

use super::{Proof, Shows, Status, View};
use crate::assess::{Cell, Missing, Notices};
use crate::flow::{Clause, StepKind};
use crate::policy::{AskedOf, Binding, FactId, LetterNotice, Per, Step};
use crate::register::{Dated, PartyId, RelationshipId};

/// A letter from a customer to its supplier.
pub struct Letter<'v> {
    /// In whose name it is written.
    pub sender: PartyId,
    /// To whom.
    pub recipient: PartyId,
    /// Their contracts that carry anything.
    pub contracts: Vec<RelationshipId>,
    /// What these contracts carry.
    pub duties: Vec<LetterDuty>,
    /// The documents that are asked for.
    pub wanted: Vec<LetterDocument>,
    /// Those that are on file, and not asked for.
    pub held: Vec<LetterDocument>,
    /// What only the recipient can tell.
    pub questions: Vec<LetterQuestion>,
    /// The clauses that the contracts do not have yet, by contract.
    pub proposed: Vec<(RelationshipId, Vec<LetterClause>)>,
    /// What the recipient has to be told.
    pub notices: Vec<&'v LetterNotice>,
}

/// An obligation that some of the contracts carry in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterDuty {
    /// Which obligation and by which step, as one of the clauses.
    pub clause: Clause,
    /// The contracts that carry it so.
    pub contracts: Vec<RelationshipId>,
}

/// A document that shows a clause or a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LetterDocument {
    /// The clause, or the one that brings the duty.
    pub clause: Clause,
    /// What it shows.
    pub shows: Shows,
    /// For which contract; none where one document serves them all.
    pub contract: Option<RelationshipId>,
    /// Whether what is on file shows it.
    pub proof: Proof,
    /// When that was issued.
    pub issued: Option<jiff::civil::Date>,
    /// The last day of that.
    pub last: Option<jiff::civil::Date>,
}

/// An unknown cell of a contract, or of the recipient itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LetterQuestion {
    /// The fact.
    pub fact: FactId,
    /// The column, as questions have it.
    pub missing: Missing,
    /// Of which contract; none for a fact of the recipient.
    pub contract: Option<RelationshipId>,
}

/// A clause that a contract does not have yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LetterClause {
    /// Which.
    pub clause: Clause,
    /// The last day of what showed it.
    pub ended: Option<jiff::civil::Date>,
}

impl Letter<'_> {
    /// Whether it goes out only after somebody has reviewed it.
    pub fn needs_review(&self) -> bool {
        self.notices.iter().any(|notice| notice.review)
    }
}

impl<'v> View<'v> {
    /// The letter to the supplier of some contracts with one customer; none where they carry nothing.
    pub fn letter(
        &self,
        contracts: &[RelationshipId],
        notices: &Notices<'v>,
    ) -> Option<Letter<'v>> {
        let flow = self.assessment.flow;
        let carrying = contracts.iter().map(|&at| (at, flow.clauses_of(at)));
        let carrying: Vec<(RelationshipId, Vec<Clause>)> = carrying
            .filter(|(_, clauses)| !clauses.is_empty())
            .collect();
        let contracts: Vec<RelationshipId> = carrying.iter().map(|(at, _)| *at).collect();
        let first = *contracts.first()?;
        let recipient = flow.register.relationships.supplier(first);
        let clauses: Vec<Clause> = carrying.into_iter().flat_map(|(_, all)| all).collect();
        let documents = self.letter_documents(&clauses, &contracts);
        let is_wanted =
            |document: &LetterDocument| !matches!(document.proof, Proof::Met | Proof::Waived);
        let (wanted, held) = documents.into_iter().partition(is_wanted);
        Some(Letter {
            sender: flow.register.relationships.customer(first),
            recipient,
            duties: duties(&clauses),
            wanted,
            held,
            questions: self.letter_questions(&contracts),
            proposed: self.letter_clauses(&clauses),
            notices: notices.of(recipient),
            contracts,
        })
    }

    /// The rule by which a clause is carried.
    pub fn step_of(&self, clause: &Clause) -> Option<&'v Step> {
        let policy = self.assessment.flow.policy;
        policy.obligations[usize::from(clause.obligation)].step(clause.tier)
    }

    /// What shows the clauses and duties that apply, duties that documents of the party show once.
    fn letter_documents(
        &self,
        clauses: &[Clause],
        contracts: &[RelationshipId],
    ) -> Vec<LetterDocument> {
        let mut documents = Vec::new();
        let mut of_party = BTreeSet::new();
        let applying = |clause: &&Clause| clause.status == Status::Applies;
        for clause in clauses.iter().filter(applying) {
            let rule = self.step_of(clause).map(|step| &step.evidence);
            let is_of_party = rule.is_none_or(|rule| rule.per == Per::Party);
            let is_first = !is_of_party || of_party.insert(clause.obligation);
            let can_show = rule.is_none_or(|rule| {
                let mut accepted = rule.accepts.iter();
                rule.accepts.is_empty()
                    || accepted.any(|accepted| accepted.asked_of == AskedOf::Supplier)
            });
            if is_first && can_show {
                let found = self.assessment.duty_between(clause, contracts);
                documents.push(document(*clause, Shows::Duty, found));
            }
            let found = self
                .assessment
                .clause(clause.relationship, clause.obligation);
            documents.push(document(*clause, Shows::Clause, found));
        }
        documents.sort_by_key(|document| document.clause.obligation);
        documents
    }

    fn letter_questions(&self, contracts: &[RelationshipId]) -> Vec<LetterQuestion> {
        let open = self.assessment.open_between(contracts).into_iter();
        let questions = open.filter_map(|(missing, cell)| match missing {
            Missing::Supports => None,
            Missing::Relationship(fact) | Missing::Party(fact) => Some(LetterQuestion {
                fact,
                missing,
                contract: match cell {
                    Cell::Relationship(at) => Some(at),
                    Cell::Party(_) => None,
                },
            }),
        });
        questions.collect()
    }

    /// The clauses of which no document in force shows that the contract has them.
    fn letter_clauses(&self, clauses: &[Clause]) -> Vec<(RelationshipId, Vec<LetterClause>)> {
        let by_contract = clauses.chunk_by(|a, b| a.relationship == b.relationship);
        let proposed = by_contract.map(|clauses| {
            let lacking = clauses.iter().filter_map(|clause| {
                let found = self
                    .assessment
                    .clause(clause.relationship, clause.obligation);
                let ended = found.last.filter(|_| found.proof == Proof::Expired);
                let clause = *clause;
                (!found.proof.in_force()).then_some(LetterClause { clause, ended })
            });
            (clauses[0].relationship, lacking.collect::<Vec<_>>())
        });
        proposed
            .filter(|(_, lacking)| !lacking.is_empty())
            .collect()
    }
}

fn document(clause: Clause, shows: Shows, found: crate::assess::Requirement<'_>) -> LetterDocument {
    // A waiver is between the sender and whoever granted it.
    let on_file = found.document.filter(|_| found.proof != Proof::Waived);
    LetterDocument {
        clause,
        shows,
        contract: found.relationship,
        proof: found.proof,
        issued: on_file.and_then(|document| match document.issued {
            Dated::On(day) => Some(day),
            Dated::Blank | Dated::Unreadable => None,
        }),
        last: found.last.filter(|_| on_file.is_some()),
    }
}

/// What makes two clauses the same to who reads of them.
type Alike = (StepKind, Status, Option<Binding>);

/// The obligations with the contracts that carry them in the same way, in pack order.
fn duties(clauses: &[Clause]) -> Vec<LetterDuty> {
    let alike = |clause: &Clause| -> Alike {
        (
            StepKind::of_tier(clause.tier),
            clause.status,
            clause.binding,
        )
    };
    let mut duties: Vec<LetterDuty> = Vec::new();
    let mut sorted = clauses.to_vec();
    sorted.sort_by_key(|clause| (clause.obligation, clause.status as u8));
    for clause in sorted {
        let of_obligation = duties
            .iter_mut()
            .rev()
            .take_while(|duty| duty.clause.obligation == clause.obligation);
        let mut same = of_obligation.filter(|duty| alike(&duty.clause) == alike(&clause));
        match same.next() {
            Some(duty) => duty.contracts.push(clause.relationship),
            None => duties.push(LetterDuty {
                clause,
                contracts: vec![clause.relationship],
            }),
        }
    }
    duties
}
