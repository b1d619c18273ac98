//! What answers of suppliers change, and what rests on their own word alone.

use super::delta::DeltaView;
use super::{Compared, View};
use crate::assess::{CellColumn, Change, Difference, ProofTurn, Requirement, Sameness, Turn, Who};
use crate::flow::Status;
use crate::policy::{Binding, FactId};
use crate::read::cell_text::fact_cell;
use crate::read::{AnsweredFact, Answers, Whose};
use crate::register::{Evidence, PartyId};

/// What differs from the assessment without the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The findings that are no longer there.
    pub removed: Vec<Removed>,
    /// How many findings changed, by [`Turn::ALL`].
    pub turns: [usize; Turn::ALL.len()],
    /// Of how many findings evidence is in force now and was not.
    pub gained: usize,
}

/// A finding that is no longer there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Whose it was.
    pub party: PartyId,
    /// Of which obligation, by position.
    pub obligation: u8,
    /// How sure it was.
    pub status: Status,
    /// How many steps from the operator it was.
    pub tier: u32,
    /// What made it owed; none where the pack does not say.
    pub binding: Option<Binding>,
    /// The answers along its chain, by position in [`Answers::facts`].
    pub answers: Vec<usize>,
}

impl Answered {
    /// Compares an assessment with the one that was made without the answers.
    pub fn new(before: &View, after: &View) -> Answered {
        let sides = [before, after].map(Compared::Assessed);
        let delta = DeltaView::new(sides[0], sides[1], Sameness::Position, &[], after.lang);
        let removed = |change: &Change| {
            let at = change.before.filter(|_| change.turn == Turn::Leaves)?;
            let finding = &before.assessment.findings[at];
            let along = delta.finding_differences(change);
            let answers = after.reading.answers.as_ref();
            let answers = along.iter().filter_map(|along| answer_at(answers?, along));
            Some(Removed {
                party: finding.party,
                obligation: finding.obligation,
                status: finding.status,
                tier: finding.tier,
                binding: finding.binding,
                answers: answers.collect(),
            })
        };
        let changes = &delta.findings;
        let mut turns = [0; Turn::ALL.len()];
        for change in &changes.turns {
            turns[change.turn as usize] += 1;
        }
        let gained = |change: &&Change<ProofTurn>| change.turn == ProofTurn::Gained;
        Answered {
            removed: changes.turns.iter().filter_map(removed).collect(),
            turns,
            gained: changes.proofs.iter().filter(gained).count(),
        }
    }

    /// How many findings changed one way.
    pub fn count(&self, turn: Turn) -> usize {
        self.turns[turn as usize]
    }
}

/// The answer that makes a difference, if one does.
fn answer_at(answers: &Answers, difference: &Difference) -> Option<usize> {
    let Some(CellColumn::Fact(position)) = difference.column else {
        return None;
    };
    let whose = match difference.who {
        Who::Party([_, party]) => Whose::Party(party?),
        Who::Relationship([_, relationship]) => Whose::Relationship(relationship?),
    };
    answers.position(whose, FactId(u16::try_from(position).ok()?))
}

impl View<'_> {
    /// What an answer was asked by: `R11.access`.
    pub fn answer_key(&self, answer: &AnsweredFact) -> String {
        let fact = &self.assessment.flow.policy.fact(answer.fact).name;
        let whose = match answer.whose {
            Whose::Party(party) => self.id(party).to_owned(),
            Whose::Relationship(relationship) => self.label(relationship),
        };
        format!("{whose}.{fact}")
    }

    /// What the register says by an answer, in the words of the pack.
    pub fn answered_cell(&self, answer: &AnsweredFact) -> String {
        let flow = self.assessment.flow;
        let (position, fact) = (usize::from(answer.fact.0), flow.policy.fact(answer.fact));
        let register = flow.register;
        let value = match answer.whose {
            Whose::Party(party) => register.parties.fact(position).get(party.index()),
            Whose::Relationship(at) => register.relationships.fact(position).get(at.index()),
        };
        fact_cell(fact, value)
    }

    /// Whether the register has a document that nobody but the party itself vouches for.
    pub fn has_self_declared(&self) -> bool {
        let mut evidence = self.assessment.flow.register.evidence.iter();
        evidence.any(Evidence::is_self_declared)
    }

    /// Whether the evidence of a finding is in force on the party's own word, for some relationship at least.
    pub fn is_self_declared(&self, finding: usize) -> bool {
        self.assessment.proven[finding].proof.in_force()
            && self
                .assessment
                .requirements(finding)
                .iter()
                .any(rests_on_own_word)
    }

    /// Whether the evidence of a clause is in force on the party's own word.
    pub fn is_clause_self_declared(&self, clause: usize) -> bool {
        let (clause, proven) = &self.assessment.clauses()[clause];
        proven.proof.in_force()
            && rests_on_own_word(
                &self
                    .assessment
                    .clause(clause.relationship, clause.obligation),
            )
    }

    /// How many findings, and how many clauses, have evidence in force on the party's own word only.
    pub fn self_declared(&self) -> [usize; 2] {
        if !self.has_self_declared() {
            return [0, 0];
        }
        let findings = 0..self.assessment.findings.len();
        let clauses = 0..self.assessment.clauses().len();
        [
            findings.filter(|&at| self.is_self_declared(at)).count(),
            clauses
                .filter(|&at| self.is_clause_self_declared(at))
                .count(),
        ]
    }
}

/// Whether the best document of a requirement is the party's own word: one that was accepted and is in force comes before it.
fn rests_on_own_word(requirement: &Requirement) -> bool {
    let document = requirement.document;
    requirement.proof.in_force() && document.is_some_and(Evidence::is_self_declared)
}
