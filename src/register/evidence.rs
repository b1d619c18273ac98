//! Documents that show a clause or a performed duty, as the register states them.

use jiff::civil::Date;

use super::{PartyId, Place, RelationshipId};

/// What a document shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// The contract has the clause.
    Clause,
    /// The duty is performed.
    Duty,
}

impl Shows {
    /// As a cell has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Shows::Clause => "clause",
            Shows::Duty => "duty",
        }
    }
}

/// Where a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceStatus {
    /// It counts.
    Accepted,
    /// It counts on the word of the party itself: nobody else has accepted it.
    SelfDeclared,
    /// It does not count yet.
    Draft,
    /// It does not count.
    Rejected,
    /// The requirement is waived.
    Waived,
}

impl EvidenceStatus {
    /// As a cell has it.
    pub fn as_str(self) -> &'static str {
        match self {
            EvidenceStatus::Accepted => "accepted",
            EvidenceStatus::SelfDeclared => "self-declared",
            EvidenceStatus::Draft => "draft",
            EvidenceStatus::Rejected => "rejected",
            EvidenceStatus::Waived => "waived",
        }
    }
}

/// A row of evidence whose party and obligation were understood.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// Whose evidence.
    pub party: PartyId,
    /// Position of the obligation in the policy.
    pub obligation: u16,
    /// For which relationship.
    pub relationship: EvidenceScope,
    /// What it shows; absent where the cell was not understood.
    pub shows: Option<Shows>,
    /// What the document is called.
    pub document: String,
    /// Its day of issue.
    pub issued: Dated,
    /// Its last day.
    pub expires: Dated,
    /// Where it stands; absent where blank or not understood.
    pub status: Option<EvidenceStatus>,
    /// Who answers for a waiver.
    pub owner: String,
    /// Why a waiver is given.
    pub reason: String,
    /// Where the row stands.
    pub place: Place,
}

impl Evidence {
    /// Whether it stands on the word of the party itself.
    pub fn is_self_declared(&self) -> bool {
        self.status == Some(EvidenceStatus::SelfDeclared)
    }
}

/// For which relationship a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceScope {
    /// All of the party's.
    All,
    /// This one.
    One(RelationshipId),
    /// One that the register does not have.
    Unknown,
}

/// A date cell of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dated {
    /// No date is given.
    Blank,
    /// The cell was not understood.
    Unreadable,
    /// The date.
    On(Date),
}
