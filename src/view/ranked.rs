//! Findings and clauses in the order of concern, for lists that people work down.

use super::View;
use crate::register::PartyId;

/// Where the findings of each party stand when those of the party of most concern come first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ranking {
    /// Of each party by its index: its place in the order of concern, and how many findings stand before its own.
    places: Vec<Option<(usize, usize)>>,
}

impl Ranking {
    /// The place of a party in the order of concern, from 1; none if it has no finding.
    pub(crate) fn place(&self, party: PartyId) -> Option<usize> {
        self.get(party).map(|(place, _)| place)
    }

    /// How many findings stand before the first of a party.
    pub(crate) fn before(&self, party: PartyId) -> Option<usize> {
        self.get(party).map(|(_, before)| before)
    }

    fn get(&self, party: PartyId) -> Option<(usize, usize)> {
        self.places.get(party.index()).copied().flatten()
    }
}

impl View<'_> {
    /// The place of each party, and of its findings.
    pub(crate) fn ranking(&self) -> Ranking {
        let mut places = vec![None; self.assessment.flow.register.parties.len()];
        let mut before = 0;
        for (concern, place) in self.concerns().iter().zip(1..) {
            places[concern.party.index()] = Some((place, before));
            before += concern.findings;
        }
        Ranking { places }
    }

    /// The positions of all findings, those of the party of most concern first, and of each party the surest first.
    pub(crate) fn findings_ranked(&self) -> impl Iterator<Item = usize> {
        self.concerns().iter().flat_map(|concern| {
            let mut findings: Vec<usize> = self.assessment.findings_of(concern.party).collect();
            findings.sort_by_key(|&at| self.assessment.findings[at].status);
            findings
        })
    }

    /// The positions of all clauses, those of the supplier of most concern first.
    pub(crate) fn clauses_ranked(&self, ranking: &Ranking) -> Vec<usize> {
        let relationships = &self.assessment.flow.register.relationships;
        let clauses = self.assessment.clauses();
        let mut all: Vec<usize> = (0..clauses.len()).collect();
        all.sort_by_cached_key(|&at| {
            let supplier = relationships.supplier(clauses[at].0.relationship);
            ranking.place(supplier).unwrap_or(usize::MAX)
        });
        all
    }
}
