//! The rows of a comparison, and its document.

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::assess::{Proof, Turn};
use crate::flow::Status;
use crate::lang::Text;
use crate::policy::Binding;
use crate::view::compared::{Compared, Entry};
use crate::view::register_change::RegisterChangeRow;
use crate::view::summary::BindingCounts;
use crate::view::words::binding_word;

/// Something that has to be known of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// What kind it is.
    pub code: &'static str,
    /// What is to be known.
    #[serde(serialize_with = "english")]
    pub text: Text,
}

fn english<S: Serializer>(text: &Text, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text.en)
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

/// The evidence of a finding or clause on one side of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ProofSide {
    /// Where it stands.
    #[serde(serialize_with = "proof")]
    pub evidence: Proof,
    /// The last day of what proves it.
    #[serde(serialize_with = "day")]
    pub expires: Option<Date>,
}

fn proof<S: Serializer>(proof: &Proof, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(proof.as_str())
}

fn day<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    day.map(|day| day.to_string()).serialize(serializer)
}

/// What differs in the register along the chain of a change; where it is one thing, that is the cause.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Along<'a> {
    /// How much differs.
    pub count: usize,
    /// The first of it.
    pub first: Vec<RegisterChangeRow<'a>>,
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
    /// The relationships of that chain; none where it is too long to be of use.
    pub chain: Option<Vec<String>>,
    /// What differs along the chain that shows how the change came about.
    pub changed_along_chain: Along<'a>,
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
    /// The relationships of its chain; none where it is too long to be of use, or was not kept.
    pub chain: Option<Vec<String>>,
    /// What differs along the chain that shows how the change came about.
    pub changed_along_chain: Along<'a>,
}

/// A row of `evidence-changes.csv`: a finding or clause that stands on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceChangeRow<'a> {
    /// How its evidence changed.
    pub change: &'static str,
    /// What is shown: `duty` or `clause`.
    pub shows: &'static str,
    /// The id of the party that has to show it.
    pub party: &'a str,
    /// The obligation's id.
    pub obligation: &'a str,
    /// The relationship whose contract has the clause.
    pub relationship: Option<String>,
    /// The contract's reference.
    pub contract: Option<&'a str>,
    /// How sure it is.
    #[serde(serialize_with = "status")]
    pub status: Status,
    /// Where the evidence stood.
    pub before: ProofSide,
    /// Where it stands.
    pub after: ProofSide,
}

/// What is compared, for programs.
#[derive(Debug, Serialize)]
pub(super) struct Head<'a> {
    pub(super) register: &'a str,
    pub(super) as_of: String,
    pub(super) policy: [&'a str; 3],
    pub(super) kept: bool,
}

/// Everything that differs, for programs.
#[derive(Debug, Serialize)]
pub struct DeltaDocument<'a> {
    pub(super) before: Head<'a>,
    pub(super) after: Head<'a>,
    pub(super) notes: Vec<Note>,
    pub(super) changes: Vec<&'a str>,
    pub(super) counts: [[StatusCounts; 3]; 2],
    pub(super) findings: Vec<FindingChangeRow<'a>>,
    pub(super) clauses: Vec<ClauseChangeRow<'a>>,
    pub(super) evidence: Vec<EvidenceChangeRow<'a>>,
    pub(super) register: Vec<RegisterChangeRow<'a>>,
}

/// Findings of a status, by binding.
#[derive(Debug, Serialize)]
pub(super) struct StatusCounts {
    status: &'static str,
    findings: usize,
    #[serde(flatten)]
    by_binding: BindingCounts,
}

/// What changed for one party, and how often each way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartyChange<'a> {
    /// The party's id.
    pub party: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The changes, in the order of [`Turn::ALL`].
    pub turns: [usize; Turn::ALL.len()],
}

pub(super) fn side_of(entry: &Entry) -> Side {
    Side {
        status: entry.status,
        tier: entry.tier,
        binding: entry.binding,
    }
}

pub(super) fn proof_of(entry: &Entry) -> ProofSide {
    ProofSide {
        evidence: entry.evidence,
        expires: entry.expires,
    }
}

pub(super) fn status_counts(of: &Compared) -> [StatusCounts; 3] {
    let counts = of.counts();
    Status::ALL.map(|status| {
        let by_binding = counts[status as usize];
        StatusCounts {
            status: status.as_str(),
            findings: by_binding.iter().sum(),
            by_binding: by_binding.into(),
        }
    })
}
