//! What is shown: the assessment as rows, counts and pictures, sorted and ready to be written.
//!
//! Every format is fed from here and computes nothing of its own.

mod answered;
mod chart;
mod compared;
mod delta;
mod document;
mod evidence;
mod exposure;
mod focus;
mod gate;
mod groups;
mod heatmap;
mod letter;
mod matter;
mod next;
mod overview;
mod page;
pub(crate) mod palette;
mod questions;
mod ranked;
mod reading;
mod recorded;
mod register_change;
mod rows;
mod sarif;
pub(crate) mod screening;
mod stakes;
mod summary;
mod timeline;
pub(crate) mod words;

use std::sync::OnceLock;

pub use crate::assess::Proof;
use crate::assess::{Assessment, Concern, Hinge, HingeColumn, Ordinals, Questions};
use crate::diagnostic::Diagnostics;
pub use crate::flow::Status;
use crate::lang::{Lang, say};
use crate::policy::FactId;
use crate::read::{Reading, Whose};
pub use crate::register::Shows;
use crate::register::{PartyId, RelationshipId};

pub use answered::{Answered, Removed};
pub use chart::{ChartLink, ChartNode, ExposureChart, Operator, OperatorKind};
pub use compared::Compared;
pub use delta::{
    Along, ClauseChangeRow, DeltaDocument, DeltaView, EvidenceChangeRow, FindingChangeRow, Note,
    PartyChange, ProofSide, Side, told_apart,
};
pub use document::{DOCUMENT_FORMAT, DOCUMENT_VERSION, Document};
pub use evidence::{EvidenceChart, EvidenceRow};
pub use exposure::ExposureRow;
pub use focus::{Asked, Beyond, Carrying, Focus, Reaching};
pub use gate::Gate;
pub use groups::Group;
pub use heatmap::{HeatmapCell, HeatmapChart, HeatmapRow};
pub use letter::{Letter, LetterClause, LetterDocument, LetterDuty, LetterQuestion};
use matter::Matter;
pub use next::{ClauseToAgree, ClausesToAgree, EvidenceToGet, EvidenceToRenew};
pub use overview::{Overview, Owed};
pub use page::{
    ClauseColumns, FindingColumns, MOST_FAULTS, MOST_PARTIES, MOST_ROWS, Page, PageObligation,
    PageParty, PageQuestion, PageStep, RelationshipColumns, Word,
};
pub use questions::{AnswerRow, QuestionGroup, QuestionRow, WhatIf};
pub(crate) use ranked::Ranking;
pub use reading::UnknownCells;
pub use recorded::{Recorded, RecordedAssumption, RecordedFocus, RecordedHead, RecordedPolicy};
pub use register_change::{RegisterChangeRow, RegisterChanges, RegisterCounts};
pub(crate) use rows::FindingAt;
pub use rows::{ClauseRow, FindingRow, IssueRow};
pub use sarif::{MOST_RESULTS, Sarif};
pub use stakes::{BasisRow, PurchaseRow, StakeRow};
pub use summary::Summary;
pub use timeline::{Lapse, Lapses, MonthOfLapses, TimelineChart, TimelineRow};

/// An assessment, ready to be shown in one language.
pub struct View<'a> {
    /// The assessment.
    pub assessment: &'a Assessment<'a>,
    /// The reading that the register came from.
    pub reading: &'a Reading,
    /// Everything wrong with the register and its evidence.
    pub diagnostics: &'a Diagnostics,
    /// The language.
    pub lang: Lang,
    /// What the register is called.
    pub register_name: String,
    /// The counts.
    pub summary: Summary,
    /// What answers of suppliers change; none where none were given, or nobody compared.
    pub answered: Option<Answered>,
    concerns: OnceLock<Vec<Concern>>,
    hinges: OnceLock<Vec<Hinge>>,
    unclear_customers: OnceLock<Vec<PartyId>>,
    questions: OnceLock<Questions>,
    ordinals: OnceLock<Ordinals>,
    /// What an operator by screening is called.
    taken_label: String,
    matter: Matter,
}

impl<'a> View<'a> {
    /// Prepares an assessment to be shown.
    pub fn new(
        assessment: &'a Assessment<'a>,
        reading: &'a Reading,
        diagnostics: &'a Diagnostics,
        register_name: String,
        lang: Lang,
    ) -> View<'a> {
        let policy = assessment.flow.policy;
        let taken_label = policy.screening.as_ref().map(|screening| {
            let values = &policy.fact(policy.origin.fact).values;
            let label = values[usize::from(screening.becomes)].called(lang);
            say!(lang, "{label}; by screening only", "{label}；仅由筛查得出")
        });
        View {
            assessment,
            reading,
            diagnostics,
            lang,
            register_name,
            summary: Summary::new(assessment, reading),
            answered: None,
            concerns: OnceLock::new(),
            hinges: OnceLock::new(),
            unclear_customers: OnceLock::new(),
            questions: OnceLock::new(),
            ordinals: OnceLock::new(),
            taken_label: taken_label.unwrap_or_default(),
            matter: Matter::default(),
        }
    }

    /// The parties that have findings, those of most concern first.
    pub fn concerns(&self) -> &[Concern] {
        self.concerns.get_or_init(|| self.assessment.concerns())
    }

    /// The first so many of the parties with findings that are not in force, and how many there are.
    pub fn most_open(&self, most: usize) -> (Vec<Concern>, usize) {
        match self.concerns.get() {
            Some(concerns) => {
                let open = || concerns.iter().filter(|concern| concern.open.total() > 0);
                (open().take(most).copied().collect(), open().count())
            }
            None => self.assessment.most_open(most),
        }
    }

    /// What unconfirmed findings hang on.
    pub fn hinges(&self) -> &[Hinge] {
        self.hinges.get_or_init(|| self.assessment.hinges())
    }

    /// The same column by column, with the first so many parties of each.
    pub fn hinge_columns(&self, most: usize) -> Vec<HingeColumn> {
        match self.hinges.get() {
            Some(hinges) => HingeColumn::of_hinges(hinges, most),
            None => self.assessment.hinge_columns(most),
        }
    }

    /// Customers whose origin fact is blank or unreadable.
    pub fn unclear_customers(&self) -> &[PartyId] {
        let unclear = || self.assessment.unclear_customers();
        self.unclear_customers.get_or_init(unclear)
    }

    /// What tells relationships without ids apart.
    pub fn ordinals(&self) -> &Ordinals {
        let ordinals = || Ordinals::new(self.assessment.flow.register);
        self.ordinals.get_or_init(ordinals)
    }

    /// What the party is called in the language: in Chinese by its own script where the register gives it.
    pub fn name(&self, party: PartyId) -> &str {
        let parties = &self.assessment.flow.register.parties;
        match self.lang {
            Lang::Zh => parties
                .local_name(party)
                .unwrap_or_else(|| parties.name(party)),
            Lang::En => parties.name(party),
        }
    }

    /// The party's id.
    pub fn id(&self, party: PartyId) -> &str {
        self.assessment.flow.register.parties.id(party)
    }

    /// The relationship's id, or `row N`.
    pub fn label(&self, relationship: RelationshipId) -> String {
        self.assessment
            .flow
            .register
            .relationships
            .label(relationship)
            .into_owned()
    }

    /// The parties that relationships name and no row lists.
    pub fn implied(&self) -> impl Iterator<Item = PartyId> {
        let parties = &self.assessment.flow.register.parties;
        parties.iter().filter(|&party| !parties.is_listed(party))
    }

    /// The relationships that are not active on the day.
    pub fn inactive(&self) -> impl Iterator<Item = RelationshipId> {
        let flow = self.assessment.flow;
        let relationships = &flow.register.relationships;
        relationships
            .iter()
            .filter(|&relationship| !relationships.is_active(relationship, flow.as_of))
    }

    /// Where a fact of a party stands: `parties.csv:4 country`.
    pub fn place_of_party(&self, party: PartyId, fact: &str) -> Option<String> {
        let answered = self.place_of_answer(Whose::Party(party), fact);
        answered.or_else(|| {
            let place = self.assessment.flow.register.parties.place(party)?;
            self.place(place, fact)
        })
    }

    /// Where a fact of a relationship stands: `relationships.csv:14 access`.
    pub fn place_of_relationship(
        &self,
        relationship: RelationshipId,
        fact: &str,
    ) -> Option<String> {
        let answered = self.place_of_answer(Whose::Relationship(relationship), fact);
        answered.or_else(|| {
            let relationships = &self.assessment.flow.register.relationships;
            self.place(relationships.place(relationship)?, fact)
        })
    }

    /// Where the answer stands that gave a fact, if one did; it is no more than somebody's own word.
    fn place_of_answer(&self, whose: Whose, fact: &str) -> Option<String> {
        let answers = self.reading.answers.as_ref()?;
        let mut facts = self.assessment.flow.policy.facts.iter();
        let position = facts.position(|known| known.name == fact)?;
        let at = answers.position(whose, FactId(u16::try_from(position).ok()?))?;
        let place = &answers.facts()[at].place;
        Some(say!(
            self.lang,
            "{place} (self-declared)",
            "{place}（自行申报）"
        ))
    }

    fn place(&self, place: crate::register::Place, fact: &str) -> Option<String> {
        let table = self.reading.tables.get(usize::from(place.table))?;
        let read = table.columns.iter().find(|read| read.canonical == fact);
        let heading = read
            .and_then(|read| read.heading.as_deref())
            .unwrap_or(fact);
        Some(format!("{}:{} {heading}", table.file, place.row))
    }
}
