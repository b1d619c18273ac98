//! What differs between two assessments, as rows.

mod rows;

use std::collections::HashMap;

use super::View;
use super::compared::{Compared, Of, Ranks};
use super::register_change::{RegisterChangeRow, RegisterChanges, RegisterCounts, row};
use crate::assess::{Change, Changes, Difference, ProofTurn, Sameness, Turn};
use crate::flow::Status;
use crate::lang::{Lang, Text, both, say};
use crate::read::Changed;
use rows::{Head, proof_of, side_of, status_counts};

pub use rows::{
    Along, ClauseChangeRow, DeltaDocument, EvidenceChangeRow, FindingChangeRow, Note, PartyChange,
    ProofSide, Side,
};

/// Changes along a chain that are told one by one.
const MOST_ALONG: usize = 8;

/// Two assessments, ready to be shown with what differs.
pub struct DeltaView<'a> {
    /// The assessment before.
    pub before: Compared<'a>,
    /// The assessment after.
    pub after: Compared<'a>,
    /// The language.
    pub lang: Lang,
    /// The findings that changed.
    pub findings: Changes,
    /// The clauses that changed.
    pub clauses: Changes,
    /// What differs between the registers.
    pub register: RegisterChanges<'a>,
    /// The changes that were thought of; none where two registers are compared.
    pub changes: &'a [Changed],
}

impl<'a> DeltaView<'a> {
    /// Compares two assessments; the second is of the first's register with changes, if there are any.
    pub fn new(
        before: Compared<'a>,
        after: Compared<'a>,
        sameness: Sameness,
        changes: &'a [Changed],
        lang: Lang,
    ) -> DeltaView<'a> {
        let mut ranks: Ranks = HashMap::new();
        for obligation in after.obligations().into_iter().chain(before.obligations()) {
            let next = ranks.len() as u32;
            ranks.entry(obligation).or_insert(next);
        }
        let clauses = |side: Compared<'a>| side.clauses(&ranks, sameness);
        DeltaView {
            before,
            after,
            lang,
            findings: Changes::new(before.findings(&ranks), after.findings(&ranks)),
            clauses: Changes::new(clauses(before), clauses(after)),
            register: RegisterChanges::new([before, after], sameness),
            changes,
        }
    }

    /// Whether nothing that is owed differs, and nothing that proves it.
    pub fn is_empty(&self) -> bool {
        self.findings == Changes::default() && self.clauses == Changes::default()
    }

    /// What has to be known of the comparison.
    pub fn notes(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut note = |code, text| notes.push(Note { code, text });
        let (before, after) = (self.before.policy(), self.after.policy());
        if before != after {
            let [old, new] = told_apart([before, after]);
            note(
                "other-pack",
                both!(
                    "the assessments stand under two packs, {old} and {new}: some changes may be the packs', not the register's",
                    "两份评估所依据的规则包不同（{old} 与 {new}）：部分变化可能来自规则包，而非台账"
                ),
            );
        }
        if self.before.assumptions() != self.after.assumptions() {
            note(
                "other-assumptions",
                both!(
                    "the assessments assume different things of blank cells",
                    "两份评估对空白单元格的假设不同"
                ),
            );
        }
        if let Compared::Assessed(after) = self.after
            && let Some(answers) = &after.reading.answers
        {
            note(
                "answers",
                Text::said(|lang| {
                    let facts = lang.count(answers.fact_count(), "fact", "facts", "项事实");
                    let documents = answers.document_count();
                    let documents = lang.count(documents, "document", "documents", "份文件");
                    say!(
                        lang,
                        "{facts} and {documents} are taken from answers, on the suppliers' own word",
                        "{facts}和 {documents}取自答复，以供应商自行申报为据"
                    )
                }),
            );
        }
        if let Compared::Assessed(after) = self.after
            && let Some((screened, parties)) = after.screened_words()
        {
            note(
                "screened",
                Text::said(|lang| {
                    let parties = lang.count(parties, "party", "parties", "个主体");
                    say!(
                        lang,
                        "screened: {screened} ({parties} of unknown status)",
                        "筛查：{screened}（{parties}，状态未知）"
                    )
                }),
            );
        }
        if self.before.is_recorded() || self.after.is_recorded() {
            note(
                "kept-assessment",
                both!(
                    "assessment.json does not hold the register: parties and relationships are those that findings and clauses name, and which cells differ is not known",
                    "assessment.json 不含台账本身：主体和关系仅限于结论和条款所提及者，无法得知哪些单元格不同"
                ),
            );
        }
        notes
    }

    /// The side that has a change, the later if both have it, and its position there.
    fn side(&self, change: &Change) -> (Compared<'a>, usize) {
        match (change.before, change.after) {
            (_, Some(after)) => (self.after, after),
            (before, None) => (self.before, before.unwrap_or_default()),
        }
    }

    /// The row of a change of a finding.
    pub fn finding(&self, change: &Change) -> FindingChangeRow<'a> {
        let side = |of: Compared<'a>, at: usize| side_of(&of.finding(at).entry);
        let (of, at) = self.side(change);
        let found = of.finding(at);
        FindingChangeRow {
            change: change.turn.as_str(),
            party: found.party,
            name: found.name,
            obligation: found.entry.obligation,
            before: change.before.map(|at| side(self.before, at)),
            after: change.after.map(|at| side(self.after, at)),
            operator: found.operator,
            chain: found.entry.chain,
            changed_along_chain: self.along(Of::Finding, change),
        }
    }

    /// What differs along the chain of a change of a finding.
    pub(super) fn finding_differences(&self, change: &Change) -> Vec<Difference> {
        let sides = [self.before, self.after];
        self.register.along(sides, Of::Finding, change)
    }

    /// The row of a change of a clause.
    pub fn clause(&self, change: &Change) -> ClauseChangeRow<'a> {
        let side = |of: Compared<'a>, at: usize| side_of(&of.clause(at).entry);
        let (of, at) = self.side(change);
        let clause = of.clause(at);
        ClauseChangeRow {
            change: change.turn.as_str(),
            relationship: clause.relationship,
            customer: clause.customer,
            supplier: clause.supplier,
            contract: clause.contract,
            obligation: clause.entry.obligation,
            before: change.before.map(|at| side(self.before, at)),
            after: change.after.map(|at| side(self.after, at)),
            chain: clause.entry.chain,
            changed_along_chain: self.along(Of::Clause, change),
        }
    }

    fn along(&self, of: Of, change: &Change) -> Along<'a> {
        let sides = [self.before, self.after];
        let found: Vec<Difference> = self.register.along(sides, of, change);
        let [Compared::Assessed(before), Compared::Assessed(after)] = sides else {
            return Along::default();
        };
        let first = found.iter().take(MOST_ALONG);
        Along {
            count: found.len(),
            first: first.map(|found| row([before, after], found)).collect(),
        }
    }

    /// How many findings and clauses have other evidence.
    pub fn evidence_len(&self) -> usize {
        self.findings.proofs.len() + self.clauses.proofs.len()
    }

    /// The row of `evidence-changes.csv` at a position: findings, then clauses.
    pub fn evidence(&self, position: usize) -> EvidenceChangeRow<'a> {
        let (findings, clauses) = (&self.findings.proofs, &self.clauses.proofs);
        let both = |change: &Change<ProofTurn>| {
            let sides = change.before.zip(change.after);
            sides.expect("what has other evidence stands on both sides")
        };
        match findings.get(position) {
            Some(change) => {
                let (before, after) = both(change);
                let was = self.before.finding(before).entry;
                let found = self.after.finding(after);
                EvidenceChangeRow {
                    change: change.turn.as_str(),
                    shows: "duty",
                    party: found.party,
                    obligation: found.entry.obligation,
                    relationship: None,
                    contract: None,
                    status: found.entry.status,
                    before: proof_of(&was),
                    after: proof_of(&found.entry),
                }
            }
            None => {
                let change = &clauses[position - findings.len()];
                let (before, after) = both(change);
                let was = self.before.clause(before).entry;
                let clause = self.after.clause(after);
                EvidenceChangeRow {
                    change: change.turn.as_str(),
                    shows: "clause",
                    party: clause.supplier,
                    obligation: clause.entry.obligation,
                    relationship: Some(clause.relationship),
                    contract: clause.contract,
                    status: clause.entry.status,
                    before: proof_of(&was),
                    after: proof_of(&clause.entry),
                }
            }
        }
    }

    /// How often evidence of findings and of clauses changed one way.
    pub fn evidence_count(&self, turn: ProofTurn) -> usize {
        let all = self.findings.proofs.iter().chain(&self.clauses.proofs);
        all.filter(|change| change.turn == turn).count()
    }

    /// How many rows and cells of the register differ in each way.
    pub fn register_counts(&self) -> RegisterCounts {
        self.register.counts()
    }

    /// The row of `register-changes.csv` at a position.
    pub fn register_change(&self, at: usize) -> RegisterChangeRow<'a> {
        self.register.row([self.before, self.after], at)
    }

    /// Everything that differs, for programs.
    pub fn document(&self) -> DeltaDocument<'a> {
        let head = |of: Compared<'a>| Head {
            register: of.register(),
            as_of: of.as_of().to_string(),
            policy: of.policy(),
            kept: of.is_recorded(),
        };
        let findings = self.findings.turns.iter();
        let clauses = self.clauses.turns.iter();
        let stated = self.changes.iter();
        let evidence = 0..self.evidence_len();
        let register = 0..self.register.len();
        DeltaDocument {
            before: head(self.before),
            after: head(self.after),
            notes: self.notes(),
            changes: stated.map(|change| change.stated.as_str()).collect(),
            counts: [self.before, self.after].map(|of| status_counts(&of)),
            findings: findings.map(|change| self.finding(change)).collect(),
            clauses: clauses.map(|change| self.clause(change)).collect(),
            evidence: evidence.map(|at| self.evidence(at)).collect(),
            register: register.map(|at| self.register_change(at)).collect(),
        }
    }

    /// How many findings changed each way, by status: the one that they have, else the one that they had.
    pub fn counts(&self) -> [[usize; Turn::ALL.len()]; Status::ALL.len()] {
        let mut counts = [[0; Turn::ALL.len()]; Status::ALL.len()];
        for change in &self.findings.turns {
            let (of, at) = self.side(change);
            counts[of.status(at) as usize][change.turn as usize] += 1;
        }
        counts
    }

    /// The parties whose findings changed, those with the most changes first.
    pub fn parties(&self) -> Vec<PartyChange<'a>> {
        let mut parties: Vec<PartyChange> = Vec::new();
        for change in &self.findings.turns {
            let (of, at) = self.side(change);
            let (party, name) = of.party(at);
            // Changes stand in the order of their parties.
            if parties.last().is_none_or(|last| last.party != party) {
                let turns = [0; Turn::ALL.len()];
                parties.push(PartyChange { party, name, turns });
            }
            let last = parties.last_mut().expect("one was added");
            last.turns[change.turn as usize] += 1;
        }
        parties.sort_by_key(|party| std::cmp::Reverse(party.turns.iter().sum::<usize>()));
        parties
    }

    /// The title of the obligation with an id in the language; none where no pack at hand has it.
    pub fn title(&self, id: &str) -> Option<&'a str> {
        let find = |of: Compared<'a>| {
            let Compared::Assessed(view) = of else {
                return None;
            };
            let obligations = &view.assessment.flow.policy.obligations;
            let found = obligations.iter().find(|obligation| obligation.id == id);
            found.map(|obligation| obligation.title.get(self.lang))
        };
        find(self.after).or_else(|| find(self.before))
    }

    /// What the party with an id is called in the language; where no register is at hand, what a row calls it.
    pub fn called<'n>(&self, id: &str, name: &'n str) -> &'n str
    where
        'a: 'n,
    {
        let find = |of: Compared<'a>| {
            let Compared::Assessed(view) = of else {
                return None;
            };
            let view: &'a View<'a> = view;
            let party = view.assessment.flow.register.parties.find(id)?;
            Some(view.name(party))
        };
        find(self.after)
            .or_else(|| find(self.before))
            .unwrap_or(name)
    }
}

/// What two packs are called that differ, each given by its id, version and digest: the digest tells apart what was edited
/// under one version.
pub fn told_apart(packs: [[&str; 3]; 2]) -> [String; 2] {
    let [old, new] = packs.map(|[id, version, _]| [id, version]);
    packs.map(|[id, version, digest]| {
        let start = digest.get(..8).unwrap_or(digest);
        match old == new {
            true => format!("{id} {version} ({start})"),
            false => format!("{id} {version}"),
        }
    })
}
