//! What the tables and the graph of `report.html` are made of.
//!
//! Rows name parties, relationships, chains and sentences by their positions, and stand in columns, so that the page
//! stays small.

use serde::Serialize;

use super::{IssueRow, Status, View};
use crate::register::PartyId;

/// Most parties on the page; of more, those of most concern are there.
pub const MOST_PARTIES: usize = 5_000;
/// Most findings on the page, and most clauses.
pub const MOST_ROWS: usize = 60_000;
/// Most faults of the register on the page.
pub const MOST_FAULTS: usize = 2_000;

/// Everything that the page shows beside the report itself.
#[derive(Debug, Serialize)]
pub struct Page<'v> {
    /// `en` or `zh`.
    pub lang: &'static str,
    /// What the register is called.
    pub register: &'v str,
    /// The day of the assessment.
    pub day: String,
    /// What the page itself says, by name.
    pub words: Vec<(&'static str, String)>,
    /// The statuses, in the order of [`Status::ALL`].
    pub statuses: Vec<Word>,
    /// The states of evidence, in the order of [`super::Proof::ALL`].
    pub proofs: Vec<Word>,
    /// The bindings, in the order of [`super::Summary::BINDINGS`].
    pub bindings: Vec<Word>,
    /// What the facts of parties are called.
    pub facts: Vec<String>,
    /// Which of them is the country or region, if the pack has such a fact.
    pub country: Option<usize>,
    /// The obligations, in the order of the pack.
    pub obligations: Vec<PageObligation>,
    /// The parties of most concern first, then those without findings, then those that only chains name.
    pub parties: Vec<PageParty<'v>>,
    /// The relationships that chains and clauses name.
    pub relationships: RelationshipColumns<'v>,
    /// The distinct chains of findings, each the positions of its relationships.
    pub chains: Vec<Vec<usize>>,
    /// The distinct sentences that findings refer to.
    pub sentences: Vec<String>,
    /// The findings.
    pub findings: FindingColumns,
    /// The clauses.
    pub clauses: ClauseColumns,
    /// The questions.
    pub questions: Vec<PageQuestion>,
    /// The faults of the register.
    pub faults: Vec<IssueRow<'v>>,
    /// What is not on the page: of which view, and a sentence.
    pub left_out: Vec<(&'static str, String)>,
}

/// A word of a small vocabulary.
#[derive(Debug, Serialize)]
pub struct Word {
    /// The word in result files.
    pub id: &'static str,
    /// The word in the language.
    pub word: &'static str,
    /// What a status means, and the force that a binding gives to what applies; nothing for evidence.
    pub means: &'static str,
}

/// An obligation with what its steps ask.
#[derive(Debug, Serialize)]
pub struct PageObligation {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What tiers 0, 1 and those from 2 on are asked.
    pub steps: [Option<PageStep>; 3],
}

/// What one step of an obligation asks.
#[derive(Debug, Serialize)]
pub struct PageStep {
    /// The duty, where the pack words it.
    pub duty: Option<String>,
    /// What it stands on, each with its mark.
    pub basis: Vec<String>,
    /// What is accepted as evidence.
    pub accepts: Vec<String>,
}

/// A party; what is not so, or not there, is left out.
#[derive(Debug, Serialize)]
pub struct PageParty<'v> {
    /// Its id.
    pub id: &'v str,
    /// Its name in the language.
    pub name: &'v str,
    /// Its name in the other language, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<&'v str>,
    /// What makes it an operator, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    /// Whether it is a customer whose status is not known.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unclear: bool,
    /// Whether no row of the register lists it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub implied: bool,
    /// Whether only a chain names it: its findings are not on the page.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub named: bool,
    /// Its place in the order of concern, from 1; none without findings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<usize>,
    /// The least tier of its findings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<u32>,
    /// How many findings it has, by status.
    pub counts: [usize; Status::ALL.len()],
    /// How many of them have no full evidence in force.
    pub open: usize,
    /// The highest criticality of what it delivers under an obligation that applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub criticality: Option<&'static str>,
    /// What the register says of it, by fact; nothing of a party that only chains name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Option<String>>,
}

/// The relationships, column by column.
#[derive(Debug, Default, Serialize)]
pub struct RelationshipColumns<'v> {
    /// Ids, or `row N`.
    pub label: Vec<String>,
    /// Contracts.
    pub contract: Vec<Option<&'v str>>,
    /// Positions of customers.
    pub customer: Vec<usize>,
    /// Positions of suppliers.
    pub supplier: Vec<usize>,
}

/// The findings, column by column.
#[derive(Debug, Default, Serialize)]
pub struct FindingColumns {
    /// Positions of parties.
    pub party: Vec<usize>,
    /// Positions of obligations.
    pub obligation: Vec<u8>,
    /// Positions of statuses.
    pub status: Vec<u8>,
    /// Tiers.
    pub tier: Vec<u32>,
    /// Positions of the operators at which the chains start.
    pub operator: Vec<usize>,
    /// How many operators reach the party on their own.
    pub origins: Vec<Option<String>>,
    /// Positions of bindings.
    pub binding: Vec<usize>,
    /// Positions of states of evidence.
    pub proof: Vec<u8>,
    /// Last days of what is in force.
    pub expires: Vec<Option<String>>,
    /// Where the clauses of the chain break.
    pub gap: Vec<Option<u32>>,
    /// Positions of chains; none where one is too long for the page.
    pub chain: Vec<Option<usize>>,
    /// Positions of the sentences on the evidence.
    pub evidence: Vec<usize>,
}

/// The clauses, column by column.
#[derive(Debug, Default, Serialize)]
pub struct ClauseColumns {
    /// Positions of relationships.
    pub relationship: Vec<usize>,
    /// Positions of obligations.
    pub obligation: Vec<u8>,
    /// Positions of statuses.
    pub status: Vec<u8>,
    /// Tiers.
    pub tier: Vec<u32>,
    /// Positions of bindings.
    pub binding: Vec<usize>,
    /// Positions of states of evidence.
    pub proof: Vec<u8>,
    /// Last days of what is in force.
    pub expires: Vec<Option<String>>,
}

/// A question.
#[derive(Debug, Serialize)]
pub struct PageQuestion {
    /// Its place among those to put first.
    pub first: Option<usize>,
    /// Who can answer.
    pub who: String,
    /// The position of that party, if it is on the page.
    pub party: Option<usize>,
    /// The party's id or the relationship's label.
    pub about: String,
    /// The positions of the parties that it is about.
    pub concerns: Vec<usize>,
    /// The column that is open.
    pub column: String,
    /// The question.
    pub question: String,
    /// How many findings at least one answer changes.
    pub findings: usize,
    /// The answers, each with what it changes.
    pub answers: Vec<(String, String)>,
}

impl View<'_> {
    /// The parties of the page, those of most concern first and then those without findings by id, and how many others
    /// there are. With a party in focus only those that it concerns.
    pub fn page_parties(&self) -> (Vec<PartyId>, usize) {
        let mut parties: Vec<PartyId> = self.concerns().iter().map(|it| it.party).collect();
        if self.assessment.focus().is_none() {
            let all = self.assessment.flow.register.parties.iter();
            let bare = all.filter(|&party| self.assessment.findings_of(party).is_empty());
            let start = parties.len();
            parties.extend(bare);
            parties[start..].sort_by_key(|&party| self.id(party));
        }
        let left_out = parties.len().saturating_sub(MOST_PARTIES);
        parties.truncate(MOST_PARTIES);
        (parties, left_out)
    }
}
