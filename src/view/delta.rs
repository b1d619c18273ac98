//! What differs between two assessments, as rows.

use serde::{Serialize, Serializer};

use super::View;
use super::words::binding_word;
use crate::assess::{Change, Delta, Sameness, Turn};
use crate::flow::Status;
use crate::policy::Binding;
use crate::read::Changed;
use crate::register::PartyId;

/// Two assessments, ready to be shown with what differs.
pub struct DeltaView<'a> {
    /// The assessment before.
    pub before: &'a View<'a>,
    /// The assessment after.
    pub after: &'a View<'a>,
    /// What differs.
    pub delta: Delta,
    /// The changes that were thought of; none where two registers are compared.
    pub changes: &'a [Changed],
}

/// A finding or clause on one side of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// How sure it is.
    #[serde(serialize_with = "status")]
    pub status: Status,
    /// Steps from the operator.
    pub tier: u32,
    /// What makes it owed; none where the pack does not say.
    #[serde(serialize_with = "binding")]
    pub binding: Option<Binding>,
}

fn status<S: Serializer>(status: &Status, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(status.as_str())
}

fn binding<S: Serializer>(binding: &Option<Binding>, serializer: S) -> Result<S::Ok, S::Error> {
    binding.map(binding_word).serialize(serializer)
}

/// A row of `changes.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingChangeRow<'a> {
    /// How it changed.
    pub change: &'static str,
    /// The party's id.
    pub party: &'a str,
    /// The party's name.
    pub name: &'a str,
    /// The obligation's id.
    pub obligation: &'a str,
    /// What it was; none if it was not there.
    pub before: Option<Side>,
    /// What it is; none if it is no longer there.
    pub after: Option<Side>,
    /// Where its chain starts: the one that it has, else the one that it had.
    pub operator: &'a str,
    /// The relationships of that chain.
    pub chain: Vec<String>,
}

/// A row of `clause-changes.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClauseChangeRow<'a> {
    /// How it changed.
    pub change: &'static str,
    /// The relationship's id.
    pub relationship: String,
    /// The customer's id.
    pub customer: &'a str,
    /// The supplier's id.
    pub supplier: &'a str,
    /// The contract's reference.
    pub contract: Option<&'a str>,
    /// The obligation's id.
    pub obligation: &'a str,
    /// What it was; none if it was not there.
    pub before: Option<Side>,
    /// What it is; none if it is no longer there.
    pub after: Option<Side>,
}

/// Everything that differs, for programs.
#[derive(Debug, Serialize)]
pub struct DeltaDocument<'a> {
    /// What the parties proposed by screening count as; none where it was not applied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screened: Option<String>,
    /// The changes that were thought of.
    pub changes: Vec<&'a str>,
    /// How many findings there are by status, before and after.
    pub counts: [StatusCounts; 2],
    /// The findings that changed.
    pub findings: Vec<FindingChangeRow<'a>>,
    /// The clauses that changed.
    pub clauses: Vec<ClauseChangeRow<'a>>,
}

/// Findings by status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct StatusCounts {
    /// Those that apply.
    pub applies: usize,
    /// Those that would, if a potential operator were designated.
    pub conditional: usize,
    /// Those that rest on something unknown.
    pub unconfirmed: usize,
}

/// What changed for one party, and how often each way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartyChange {
    /// The party, in the assessment after if it is there.
    pub party: PartyId,
    /// Whether it is there.
    pub stays: bool,
    /// The changes, in the order of [`Turn::ALL`].
    pub turns: [usize; Turn::ALL.len()],
}

impl<'a> DeltaView<'a> {
    /// Compares two assessments under one policy; the second is of the first's register with changes, if there are any.
    pub fn new(
        before: &'a View<'a>,
        after: &'a View<'a>,
        sameness: Sameness,
        changes: &'a [Changed],
    ) -> DeltaView<'a> {
        DeltaView {
            before,
            after,
            delta: Delta::new(before.assessment, after.assessment, sameness),
            changes,
        }
    }

    /// The side that has a change, the later if both have it, and its position there.
    fn side(&self, change: &Change) -> (&'a View<'a>, usize) {
        match (change.before, change.after) {
            (_, Some(after)) => (self.after, after),
            (before, None) => (self.before, before.unwrap_or_default()),
        }
    }

    /// The row of a change of a finding.
    pub fn finding(&self, change: &Change) -> FindingChangeRow<'a> {
        let side = |view: &'a View<'a>, at: usize| {
            let finding = &view.assessment.findings[at];
            Side {
                status: finding.status,
                tier: finding.tier,
                binding: finding.binding,
            }
        };
        let (view, at) = self.side(change);
        let row = view.finding(at);
        let flow = view.assessment.flow;
        let chain = flow.chain(&view.assessment.findings[at]);
        FindingChangeRow {
            change: change.turn.as_str(),
            party: row.party,
            name: row.name,
            obligation: row.obligation,
            before: change.before.map(|at| side(self.before, at)),
            after: change.after.map(|at| side(self.after, at)),
            operator: row.operator,
            chain: chain.into_iter().map(|step| view.label(step)).collect(),
        }
    }

    /// The row of a change of a clause.
    pub fn clause(&self, change: &Change) -> ClauseChangeRow<'a> {
        let side = |view: &'a View<'a>, at: usize| {
            let (clause, _) = &view.assessment.clauses()[at];
            Side {
                status: clause.status,
                tier: clause.tier,
                binding: clause.binding,
            }
        };
        let (view, at) = self.side(change);
        let row = view.clause(at);
        ClauseChangeRow {
            change: change.turn.as_str(),
            relationship: row.relationship.into_owned(),
            customer: row.customer,
            supplier: row.supplier,
            contract: row.contract,
            obligation: row.obligation,
            before: change.before.map(|at| side(self.before, at)),
            after: change.after.map(|at| side(self.after, at)),
        }
    }

    /// Everything that differs, for programs.
    pub fn document(&self) -> DeltaDocument<'a> {
        let counts = |view: &View| StatusCounts {
            applies: view.summary.of_status(Status::Applies),
            conditional: view.summary.of_status(Status::Conditional),
            unconfirmed: view.summary.of_status(Status::Unconfirmed),
        };
        let findings = self.delta.findings.iter();
        let clauses = self.delta.clauses.iter();
        DeltaDocument {
            screened: self.after.screened_words().map(|(screened, _)| screened),
            changes: self
                .changes
                .iter()
                .map(|change| change.stated.as_str())
                .collect(),
            counts: [counts(self.before), counts(self.after)],
            findings: findings.map(|change| self.finding(change)).collect(),
            clauses: clauses.map(|change| self.clause(change)).collect(),
        }
    }

    /// How many findings changed each way, by status: the one that they have, else the one that they had.
    pub fn counts(&self) -> [[usize; Turn::ALL.len()]; Status::ALL.len()] {
        let mut counts = [[0; Turn::ALL.len()]; Status::ALL.len()];
        for change in &self.delta.findings {
            let (view, at) = self.side(change);
            let status = view.assessment.findings[at].status;
            counts[status as usize][change.turn as usize] += 1;
        }
        counts
    }

    /// The parties whose findings changed, those with the most changes first.
    pub fn parties(&self) -> Vec<PartyChange> {
        let mut parties: Vec<PartyChange> = Vec::new();
        for change in &self.delta.findings {
            let (view, at) = self.side(change);
            let party = view.assessment.findings[at].party;
            let stays = change.after.is_some();
            let id = |of: &PartyChange| match of.stays {
                true => self.after.id(of.party),
                false => self.before.id(of.party),
            };
            // Changes stand in the order of their parties.
            match parties.last_mut() {
                Some(last) if id(last) == view.id(party) => {
                    last.turns[change.turn as usize] += 1;
                    if stays {
                        (last.party, last.stays) = (party, true);
                    }
                }
                _ => {
                    let mut turns = [0; Turn::ALL.len()];
                    turns[change.turn as usize] = 1;
                    parties.push(PartyChange {
                        party,
                        stays,
                        turns,
                    });
                }
            }
        }
        parties.sort_by_key(|party| std::cmp::Reverse(party.turns.iter().sum::<usize>()));
        parties
    }

    /// What the party with an id is called in the language.
    pub fn called(&self, id: &'a str) -> &'a str {
        let find = |view: &'a View<'a>| {
            let party = view.assessment.flow.register.parties.find(id)?;
            Some(view.name(party))
        };
        find(self.after).or_else(|| find(self.before)).unwrap_or(id)
    }

    /// The name of a party whose findings changed.
    pub fn name(&self, party: &PartyChange) -> &'a str {
        match party.stays {
            true => self.after.name(party.party),
            false => self.before.name(party.party),
        }
    }
}
