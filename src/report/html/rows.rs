//! The findings, clauses and questions of the page, column by column.

use std::collections::HashMap;
use std::hash::Hash;

use super::super::proof::{evidence_words, gap_words};
use super::super::questions::{changes, who_words};
use super::parties::Parties;
use crate::assess::{About, Cell, Concern};
use crate::flow::{Clause, Finding};
use crate::lang::say;
use crate::register::PartyId;
use crate::view::{ClauseColumns, FindingColumns, MOST_ROWS, PageQuestion, Summary, View};

/// Steps of the longest chain on the page.
const LONGEST_CHAIN: u32 = 64;

/// Things in the order in which they came, each once.
pub(super) struct Distinct<T> {
    pub(super) all: Vec<T>,
    known: HashMap<T, usize>,
}

impl<T: Clone + Eq + Hash> Distinct<T> {
    fn new() -> Distinct<T> {
        Distinct {
            all: Vec::new(),
            known: HashMap::new(),
        }
    }

    fn position(&mut self, thing: T) -> usize {
        if let Some(&at) = self.known.get(&thing) {
            return at;
        }
        self.all.push(thing.clone());
        self.known.insert(thing, self.all.len() - 1);
        self.all.len() - 1
    }
}

/// The rows so far, and what they refer to.
pub(super) struct Rows<'v> {
    view: &'v View<'v>,
    pub(super) parties: Parties<'v>,
    pub(super) chains: Distinct<Vec<usize>>,
    pub(super) sentences: Distinct<String>,
    /// What is not on the page.
    pub(super) left_out: Vec<(&'static str, String)>,
}

impl<'v> Rows<'v> {
    pub(super) fn new(view: &'v View<'v>) -> Rows<'v> {
        let (shown, others) = view.page_parties();
        let mut left_out = Vec::new();
        if others > 0 {
            let count = shown.len();
            left_out.push(("parties", say!(
                view.lang,
                "Parties: the {count} of most concern; the other {others} stand in exposure.csv, or have no finding.",
                "主体：仅列最需关注的 {count} 个；其余 {others} 个见 exposure.csv，或没有结论。"
            )));
        }
        Rows {
            view,
            parties: Parties::new(view, shown),
            chains: Distinct::new(),
            sentences: Distinct::new(),
            left_out,
        }
    }

    /// The findings of the parties shown, party by party in the order of concern.
    pub(super) fn findings(&mut self) -> FindingColumns {
        let assessment = self.view.assessment;
        let concerns: Vec<Concern> = self.view.concerns().to_vec();
        let mut columns = FindingColumns::default();
        let mut shown = 0;
        for concern in &concerns {
            let range = assessment.findings_of(concern.party);
            if !self.parties.is_shown(concern.party)
                || columns.party.len() + range.len() > MOST_ROWS
            {
                break;
            }
            shown += 1;
            for at in range {
                self.finding(&mut columns, at, &assessment.findings[at]);
            }
        }
        let all = assessment.findings.len();
        if columns.party.len() < all {
            let (count, lang) = (columns.party.len(), self.view.lang);
            self.left_out.push(("findings", say!(
                lang,
                "Findings: the {count} of the first {shown} parties; all {all} stand in findings.csv.",
                "结论：仅列前 {shown} 个主体的 {count} 项；全部 {all} 项见 findings.csv。"
            )));
        }
        columns
    }

    fn finding(&mut self, columns: &mut FindingColumns, at: usize, finding: &Finding) {
        let (view, assessment) = (self.view, self.view.assessment);
        let proven = assessment.proven[at];
        let chain = (finding.tier <= LONGEST_CHAIN).then(|| {
            let chain = assessment.flow.chain(finding);
            let steps = chain.into_iter();
            steps.map(|step| self.parties.relationship(step)).collect()
        });
        let evidence = evidence_words(view, at) + &gap_words(view, at);
        columns.party.push(self.parties.position(finding.party));
        columns.obligation.push(finding.obligation);
        columns.status.push(finding.status as u8);
        columns.tier.push(finding.tier);
        columns
            .operator
            .push(self.parties.position(finding.operator));
        let origins = finding.origins.map(|origins| origins.to_string());
        columns.origins.push(origins);
        columns.binding.push(Summary::binding_at(finding.binding));
        columns.proof.push(proven.proof as u8);
        columns
            .expires
            .push(proven.expires.map(|day| day.to_string()));
        columns.gap.push(assessment.gap_position(at));
        columns
            .chain
            .push(chain.map(|chain| self.chains.position(chain)));
        columns.evidence.push(self.sentences.position(evidence));
    }

    /// The clauses of contracts with suppliers shown.
    pub(super) fn clauses(&mut self) -> ClauseColumns {
        let clauses = self.view.assessment.clauses();
        let relationships = &self.view.assessment.flow.register.relationships;
        let mut columns = ClauseColumns::default();
        for (clause, proven) in clauses {
            let Clause { relationship, .. } = *clause;
            if !self.parties.is_shown(relationships.supplier(relationship)) {
                continue;
            }
            if columns.relationship.len() == MOST_ROWS {
                break;
            }
            columns
                .relationship
                .push(self.parties.relationship(relationship));
            columns.obligation.push(clause.obligation);
            columns.status.push(clause.status as u8);
            columns.tier.push(clause.tier);
            columns.binding.push(Summary::binding_at(clause.binding));
            columns.proof.push(proven.proof as u8);
            columns
                .expires
                .push(proven.expires.map(|day| day.to_string()));
        }
        let (count, all) = (columns.relationship.len(), clauses.len());
        if count < all {
            let lang = self.view.lang;
            self.left_out.push((
                "contracts",
                say!(
                    lang,
                    "Clauses: {count} of {all}; all stand in clauses.csv.",
                    "条款：仅列 {count} 项，共 {all} 项；全部见 clauses.csv。"
                ),
            ));
        }
        columns
    }

    /// The questions, with the parties that each is about.
    pub(super) fn questions(&mut self) -> Vec<PageQuestion> {
        let all = &self.view.questions().all;
        let rows = all.iter().enumerate().map(|(at, question)| {
            let row = self.view.question(at);
            let (who, concerns) = (question.who, self.concerns(question.about));
            PageQuestion {
                first: row.first,
                who: who_words(self.view, &row).to_owned(),
                party: who.map(|party| self.parties.position(party)),
                about: row.about.into_owned(),
                concerns,
                column: row.column.to_owned(),
                question: row.question.clone(),
                findings: row.findings,
                answers: row
                    .answers
                    .iter()
                    .map(|answer| (answer.label.clone(), changes(answer, self.view.lang)))
                    .collect(),
            }
        });
        rows.collect()
    }

    /// The parties that a question is about.
    fn concerns(&mut self, about: About) -> Vec<usize> {
        let relationships = &self.view.assessment.flow.register.relationships;
        let parties: Vec<PartyId> = match about {
            About::Cell(_, Cell::Party(party)) => vec![party],
            About::Cell(_, Cell::Relationship(at)) => {
                vec![relationships.customer(at), relationships.supplier(at)]
            }
            About::Group { operator, owner } => vec![operator, owner],
        };
        parties
            .into_iter()
            .map(|party| self.parties.position(party))
            .collect()
    }
}
