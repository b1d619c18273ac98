//! The assessment as one document for programs: what `assessment.json` holds, with names that do not vary.

mod answers;
mod focus;
mod matter;

use serde::{Serialize, Serializer};

use answers::AnswersObject;
use focus::FocusObject;
use matter::{GatekeeperObject, GroupObject, SharedObject};

use super::screening::ScreeningObject;
use super::summary::BindingCounts;
use super::{ClauseRow, ExposureRow, FindingRow, IssueRow, QuestionRow, StakeRow, View};
use crate::assess::{Hinge, Missing};
use crate::flow::Status;
use crate::lang::Text;
use crate::register::PartyId;

/// What the document says that it is.
pub const DOCUMENT_FORMAT: &str = "ciiflow-assessment";
/// The version of the document's shape; it rises when a program that reads it has to change.
pub const DOCUMENT_VERSION: u32 = 1;
/// The longest chain that is written out.
pub(super) const LONGEST_CHAIN: u32 = 64;

/// A whole assessment.
#[derive(Serialize)]
pub struct Document<'v, F: Serialize, C: Serialize> {
    format: &'static str,
    version: u32,
    tool: Tool,
    register: &'v str,
    as_of: String,
    policy: PolicyHead<'v>,
    inputs: Vec<Input<'v>>,
    assumptions: Vec<Assumed<'v>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<AnswersObject<'v>>,
    summary: Counts,
    #[serde(skip_serializing_if = "Option::is_none")]
    focus: Option<FocusObject<'v>>,
    findings: F,
    clauses: C,
    exposure: Vec<ExposureRow<'v>>,
    unknown: Unknown<'v>,
    questions: Vec<QuestionRow<'v>>,
    stakes: Vec<StakeRow<'v>>,
    loops: Vec<Vec<&'v str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    screening: Option<ScreeningObject<'v>>,
    #[serde(flatten)]
    matter: Option<MatterObject<'v>>,
    register_issues: Vec<IssueRow<'v>>,
}

/// Who matters; left out with a party in focus.
#[derive(Serialize)]
struct MatterObject<'v> {
    gatekeepers: Vec<GatekeeperObject<'v>>,
    unsettled_gatekeepers: Vec<&'v str>,
    shared_suppliers: Vec<SharedObject<'v>>,
    groups: Vec<GroupObject<'v>>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct PolicyHead<'v> {
    id: &'v str,
    version: &'v str,
    title: Title<'v>,
    notice: Option<Title<'v>>,
    sha256: &'v str,
    obligations: Vec<&'v str>,
}

#[derive(Serialize)]
struct Title<'v> {
    en: &'v str,
    zh: Option<&'v str>,
}

impl<'v> Title<'v> {
    fn new(text: &'v Text) -> Title<'v> {
        Title {
            en: &text.en,
            zh: text.zh.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct Input<'v> {
    file: &'v str,
    holds: &'static str,
    encoding: &'static str,
    delimiter: Option<char>,
    rows: usize,
    set_aside: usize,
    sha256: &'v str,
}

#[derive(Serialize)]
struct Assumed<'v> {
    assumption: String,
    reason: &'v str,
    cells: usize,
}

#[derive(Serialize)]
struct Counts {
    parties: usize,
    implied_parties: usize,
    relationships: usize,
    active_relationships: usize,
    rows_set_aside: usize,
    operators: usize,
    possible_operators: usize,
    partners: usize,
    tiers: u32,
    applies: StatusCounts,
    conditional: StatusCounts,
    unconfirmed: StatusCounts,
}

#[derive(Serialize)]
struct StatusCounts {
    findings: usize,
    not_in_force: usize,
    #[serde(flatten)]
    by_binding: BindingCounts,
}

impl StatusCounts {
    /// Findings by binding, and how many of them are not in force.
    fn new(by_binding: [usize; 6], not_in_force: usize) -> StatusCounts {
        StatusCounts {
            findings: by_binding.iter().sum(),
            not_in_force,
            by_binding: by_binding.into(),
        }
    }
}

/// A finding with its chain.
#[derive(Serialize)]
struct ChainedFinding<'v> {
    #[serde(flatten)]
    row: FindingRow<'v>,
    /// The labels of its relationships from the operator on; none where it is longer than can be of use.
    chain: Option<Vec<String>>,
    /// Whether its evidence is in force on the party's own word only.
    #[serde(skip_serializing_if = "is_false")]
    self_declared: bool,
}

/// A clause with its chain.
#[derive(Serialize)]
struct ChainedClause<'v> {
    #[serde(flatten)]
    row: ClauseRow<'v>,
    /// Where the relationship has no id, its place among those of the same customer, supplier and contract.
    ordinal: Option<u32>,
    /// As that of a finding.
    chain: Option<Vec<String>>,
    /// As that of a finding.
    #[serde(skip_serializing_if = "is_false")]
    self_declared: bool,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

#[derive(Serialize)]
struct Unknown<'v> {
    customers: Vec<&'v str>,
    cells: Vec<OpenCells<'v>>,
}

#[derive(Serialize)]
struct OpenCells<'v> {
    column: &'v str,
    party: &'v str,
    relationships: Vec<String>,
    findings: usize,
}

/// Rows that are made while they are written.
struct Rows<F>(usize, F);

impl<F: Fn(usize) -> R, R: Serialize> Serialize for Rows<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((0..self.0).map(&self.1))
    }
}

impl View<'_> {
    /// The assessment as one document.
    pub fn document(&self) -> Document<'_, impl Serialize + '_, impl Serialize + '_> {
        let flow = self.assessment.flow;
        let policy = flow.policy;
        let any_self_declared = self.has_self_declared();
        let findings = move |at: usize| ChainedFinding {
            self_declared: any_self_declared && self.is_self_declared(at),
            ..self.chained(at)
        };
        let clauses = move |at: usize| ChainedClause {
            self_declared: any_self_declared && self.is_clause_self_declared(at),
            ..self.chained_clause(at)
        };
        Document {
            format: DOCUMENT_FORMAT,
            version: DOCUMENT_VERSION,
            tool: Tool {
                name: "ciiflow",
                version: env!("CARGO_PKG_VERSION"),
            },
            register: &self.register_name,
            as_of: flow.as_of.to_string(),
            policy: PolicyHead {
                id: &policy.id,
                version: &policy.version,
                title: Title::new(&policy.title),
                notice: policy.notice.as_ref().map(Title::new),
                sha256: &policy.digest,
                obligations: policy.obligations.iter().map(|of| &*of.id).collect(),
            },
            inputs: self.inputs(),
            assumptions: self.assumed(),
            answers: self.answers_object(),
            summary: self.counts(),
            focus: self.focus_object(),
            findings: Rows(self.assessment.findings.len(), findings),
            clauses: Rows(self.assessment.clauses().len(), clauses),
            exposure: self.exposure(),
            unknown: self.unknown(),
            questions: self.question_rows(),
            stakes: self.stakes(),
            loops: self.loops().iter().map(|group| self.ids(group)).collect(),
            screening: self.screening_object(),
            matter: self.assessment.focus().is_none().then(|| MatterObject {
                gatekeepers: self.gatekeeper_objects(),
                unsettled_gatekeepers: self.ids(&self.gatekeepers().unsettled),
                shared_suppliers: self.shared_objects(),
                groups: self.group_objects(),
            }),
            register_issues: self.issues(),
        }
    }

    fn chained(&self, at: usize) -> ChainedFinding<'_> {
        let finding = &self.assessment.findings[at];
        let chain = (finding.tier <= LONGEST_CHAIN).then(|| {
            let chain = self.assessment.flow.chain(finding);
            chain.into_iter().map(|step| self.label(step)).collect()
        });
        ChainedFinding {
            row: self.finding(at),
            chain,
            self_declared: false,
        }
    }

    fn chained_clause(&self, at: usize) -> ChainedClause<'_> {
        let (clause, _) = &self.assessment.clauses()[at];
        let chain = (clause.tier <= LONGEST_CHAIN).then(|| {
            let chain = self.assessment.flow.clause_chain(clause);
            chain.into_iter().map(|step| self.label(step)).collect()
        });
        ChainedClause {
            row: self.clause(at),
            ordinal: self.ordinals().get(clause.relationship),
            chain,
            self_declared: false,
        }
    }

    fn ids(&self, parties: &[PartyId]) -> Vec<&str> {
        parties.iter().map(|&party| self.id(party)).collect()
    }

    fn inputs(&self) -> Vec<Input<'_>> {
        let tables = self.reading.tables.iter();
        tables
            .map(|table| Input {
                file: &table.file,
                holds: table.holds.as_str(),
                encoding: table.encoding,
                delimiter: table.delimiter,
                rows: table.rows,
                set_aside: table.set_aside,
                sha256: table.digest.get(),
            })
            .collect()
    }

    fn assumed(&self) -> Vec<Assumed<'_>> {
        let assumptions = self.reading.assumptions.iter();
        let assumptions = assumptions.map(|(assumption, cells)| Assumed {
            assumption: assumption.summary(),
            reason: &assumption.reason,
            cells: *cells,
        });
        let screened = self.screened_words().map(|(assumption, cells)| Assumed {
            assumption,
            reason: "--screen",
            cells,
        });
        assumptions.chain(screened).collect()
    }

    fn counts(&self) -> Counts {
        let summary = &self.summary;
        let of = |status: Status| {
            let at = status as usize;
            StatusCounts::new(summary.findings[at], summary.open[at])
        };
        Counts {
            parties: summary.parties,
            implied_parties: summary.implied,
            relationships: summary.relationships,
            active_relationships: summary.active,
            rows_set_aside: summary.set_aside,
            operators: summary.operators,
            possible_operators: summary.possible_operators,
            partners: summary.partners,
            tiers: summary.tiers,
            applies: of(Status::Applies),
            conditional: of(Status::Conditional),
            unconfirmed: of(Status::Unconfirmed),
        }
    }

    fn question_rows(&self) -> Vec<QuestionRow<'_>> {
        let all = 0..self.questions().all.len();
        all.map(|at| self.question(at)).collect()
    }

    fn unknown(&self) -> Unknown<'_> {
        let cells = self.hinges().iter().map(|hinge| self.open_cells(hinge));
        Unknown {
            customers: self.ids(self.unclear_customers()),
            cells: cells.collect(),
        }
    }

    fn open_cells(&self, hinge: &Hinge) -> OpenCells<'_> {
        let policy = self.assessment.flow.policy;
        OpenCells {
            column: match hinge.missing {
                Missing::Supports => "supports",
                Missing::Relationship(fact) | Missing::Party(fact) => &policy.fact(fact).name,
            },
            party: self.id(hinge.party),
            relationships: hinge
                .relationships
                .iter()
                .map(|&at| self.label(at))
                .collect(),
            findings: hinge.findings,
        }
    }
}
