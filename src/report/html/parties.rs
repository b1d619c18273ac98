//! The parties and relationships of the page, by position.

use std::collections::{HashMap, HashSet};

use super::super::condition::value_label;
use super::super::words::{cell_words, criticality_word, standing_note};
use crate::assess::Concern;
use crate::lang::Lang;
use crate::policy::Subject;
use crate::register::{PartyId, RelationshipId};
use crate::view::{PageParty, RelationshipColumns, Status, View};

/// The parties shown, and those that only something on the page names.
pub(super) struct Parties<'v> {
    view: &'v View<'v>,
    all: Vec<PartyId>,
    position: HashMap<PartyId, usize>,
    shown: usize,
    relationships: RelationshipColumns<'v>,
    relationship: HashMap<RelationshipId, usize>,
}

impl<'v> Parties<'v> {
    pub(super) fn new(view: &'v View<'v>, shown: Vec<PartyId>) -> Parties<'v> {
        Parties {
            view,
            position: shown.iter().copied().zip(0..).collect(),
            shown: shown.len(),
            all: shown,
            relationships: RelationshipColumns::default(),
            relationship: HashMap::new(),
        }
    }

    /// Whether the findings of a party are on the page.
    pub(super) fn is_shown(&self, party: PartyId) -> bool {
        self.position.get(&party).is_some_and(|&at| at < self.shown)
    }

    /// The position of a party, which is on the page from now on.
    pub(super) fn position(&mut self, party: PartyId) -> usize {
        *self.position.entry(party).or_insert_with(|| {
            self.all.push(party);
            self.all.len() - 1
        })
    }

    /// The position of a relationship, which is on the page from now on.
    pub(super) fn relationship(&mut self, relationship: RelationshipId) -> usize {
        if let Some(&at) = self.relationship.get(&relationship) {
            return at;
        }
        let relationships = &self.view.assessment.flow.register.relationships;
        let customer = self.position(relationships.customer(relationship));
        let supplier = self.position(relationships.supplier(relationship));
        let columns = &mut self.relationships;
        let at = columns.label.len();
        columns.label.push(self.view.label(relationship));
        columns.contract.push(relationships.contract(relationship));
        columns.customer.push(customer);
        columns.supplier.push(supplier);
        self.relationship.insert(relationship, at);
        at
    }

    /// The relationships that something on the page names.
    pub(super) fn relationships(&mut self) -> RelationshipColumns<'v> {
        std::mem::take(&mut self.relationships)
    }

    /// All parties that something on the page names.
    pub(super) fn rows(&self) -> Vec<PageParty<'v>> {
        let concerns = self.view.concerns().iter();
        let ranked: HashMap<PartyId, (usize, &Concern)> = concerns
            .zip(1..)
            .map(|(concern, rank)| (concern.party, (rank, concern)))
            .collect();
        let unclear: HashSet<PartyId> = self.view.unclear_customers().iter().copied().collect();
        let rows = self.all.iter().enumerate().map(|(at, &party)| PageParty {
            unclear: unclear.contains(&party),
            named: at >= self.shown,
            facts: match at < self.shown {
                true => self.facts(party),
                false => Vec::new(),
            },
            ..self.row(party, ranked.get(&party).copied())
        });
        rows.collect()
    }

    fn row(&self, party: PartyId, ranked: Option<(usize, &Concern)>) -> PageParty<'v> {
        let (view, lang) = (self.view, self.view.lang);
        let parties = &view.assessment.flow.register.parties;
        let name = view.name(party);
        let other = match lang {
            Lang::En => parties.local_name(party),
            Lang::Zh => Some(parties.name(party)),
        };
        let range = view.assessment.findings_of(party);
        let findings = &view.assessment.findings[range.clone()];
        let proven = &view.assessment.proven[range];
        let mut counts = [0; Status::ALL.len()];
        findings
            .iter()
            .for_each(|finding| counts[finding.status as usize] += 1);
        PageParty {
            id: view.id(party),
            name,
            other: other.filter(|other| *other != name),
            operator: self.operator(party),
            unclear: false,
            implied: !parties.is_listed(party),
            named: false,
            rank: ranked.map(|(rank, _)| rank),
            tier: findings.iter().map(|finding| finding.tier).min(),
            counts,
            open: proven.iter().filter(|it| !it.proof.in_force()).count(),
            criticality: ranked
                .and_then(|(_, concern)| concern.criticality)
                .map(|at| criticality_word(at, lang)),
            facts: Vec::new(),
        }
    }

    /// What the register says of a party, by fact.
    fn facts(&self, party: PartyId) -> Vec<Option<String>> {
        let flow = self.view.assessment.flow;
        let facts = flow.policy.facts_of(Subject::Party);
        let facts = facts.map(|(id, fact)| {
            let column = flow.register.parties.fact(usize::from(id.0));
            cell_words(fact, column.get(party.index()), self.view.lang)
        });
        facts.collect()
    }

    /// As what a party is an operator, if it is one.
    fn operator(&self, party: PartyId) -> Option<String> {
        let flow = self.view.assessment.flow;
        flow.operator(party)?;
        if let Some(note) = standing_note(self.view, party) {
            return Some(note.to_owned());
        }
        let item = self.view.status_value(party)?;
        let fact = flow.policy.fact(flow.policy.origin.fact);
        Some(value_label(fact, item, self.view.lang).to_owned())
    }
}
