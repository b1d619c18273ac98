//! What the picture of evidence shows: for each obligation that applies, where its evidence stands at which tier.

use super::{Proof, Status, View};
use crate::lang::{Lang, grouped, say};

/// Obligations by tier and evidence, findings that apply only.
#[derive(Debug, Clone)]
pub struct EvidenceChart<'a> {
    /// The finding, as a sentence.
    pub title: String,
    /// What the picture shows, of which register and date.
    pub subtitle: String,
    /// The obligations that apply to any party, in pack order.
    pub rows: Vec<EvidenceRow<'a>>,
    /// The number of findings left out, conditional or unconfirmed.
    pub unsure: usize,
    /// The language of everything that the picture adds to the titles.
    pub lang: Lang,
}

/// An obligation of the picture of evidence.
#[derive(Debug, Clone)]
pub struct EvidenceRow<'a> {
    /// What the obligation is called.
    pub obligation: &'a str,
    /// The number of findings at tiers 0, 1 and 2, and from tier 3 on, by evidence in the order of [`Proof::ALL`].
    pub tiers: [[usize; Proof::ALL.len()]; EvidenceRow::TIERS],
}

impl EvidenceRow<'_> {
    /// The number of tiers told apart; the last stands for all that follow.
    pub const TIERS: usize = 4;

    /// The number of findings.
    pub fn total(&self) -> usize {
        self.tiers.iter().flatten().sum()
    }

    /// The number of findings with evidence in a state.
    pub fn of(&self, proof: Proof) -> usize {
        self.tiers.iter().map(|tier| tier[proof as usize]).sum()
    }

    /// The number of findings whose evidence is in force.
    pub fn in_force(&self) -> usize {
        let states = Proof::ALL.into_iter().filter(|proof| proof.in_force());
        states.map(|proof| self.of(proof)).sum()
    }
}

impl View<'_> {
    /// The evidence of every obligation that applies, tier by tier.
    pub fn evidence_chart(&self) -> EvidenceChart<'_> {
        let lang = self.lang;
        let obligations = &self.assessment.flow.policy.obligations;
        let mut rows: Vec<EvidenceRow> = obligations
            .iter()
            .map(|obligation| EvidenceRow {
                obligation: obligation.title.get(lang),
                tiers: [[0; Proof::ALL.len()]; EvidenceRow::TIERS],
            })
            .collect();
        let mut unsure = 0;
        for (finding, proven) in self.assessment.iter() {
            if finding.status != Status::Applies {
                unsure += 1;
                continue;
            }
            let tier = (finding.tier as usize).min(EvidenceRow::TIERS - 1);
            rows[usize::from(finding.obligation)].tiers[tier][proven.proof as usize] += 1;
        }
        rows.retain(|row| row.total() > 0);
        EvidenceChart {
            title: evidence_title(&rows, lang),
            subtitle: self.picture_subtitle(),
            rows,
            unsure,
            lang,
        }
    }
}

fn evidence_title(rows: &[EvidenceRow], lang: Lang) -> String {
    let applies: usize = rows.iter().map(EvidenceRow::total).sum();
    let missing: usize = rows.iter().map(|row| row.of(Proof::Missing)).sum();
    let (all, lacking) = (grouped(applies), grouped(missing));
    match (applies, missing) {
        (0, _) => say!(
            lang,
            "No obligation applies for certain",
            "没有确定适用的义务"
        ),
        (_, 0) => {
            let in_force: usize = rows.iter().map(EvidenceRow::in_force).sum();
            let in_force = grouped(in_force);
            say!(
                lang,
                "Evidence is in force for {in_force} of {all} findings that apply, and missing for none",
                "适用的 {all} 项义务中，{in_force} 项有有效证据，无一缺失证据"
            )
        }
        (1, _) => say!(
            lang,
            "Evidence is missing for the only finding that applies",
            "唯一适用的义务缺失证据"
        ),
        _ if missing == applies => say!(
            lang,
            "Evidence is missing for all {all} findings that apply",
            "适用的 {all} 项义务均缺失证据"
        ),
        _ => say!(
            lang,
            "Evidence is missing for {lacking} of {all} findings that apply",
            "适用的 {all} 项义务中，{lacking} 项缺失证据"
        ),
    }
}
