//! What proves that a contract has its clause, and that a duty is performed.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::flow::{Clause, Finding, Flow};
use crate::policy::{EvidenceRule, Per};
use crate::register::{
    Dated, Evidence, EvidenceScope, EvidenceStatus, PartyId, RelationshipId, Shows,
};

/// Days before its last day from which a document is expiring.
pub const EXPIRING_DAYS: i32 = 90;

/// Where a requirement for evidence stands, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Proof {
    /// A document shows it.
    Met,
    /// A document shows it, for 90 days at most.
    Expiring,
    /// A document shows it and should have a date, but has none.
    Undated,
    /// It is waived.
    Waived,
    /// Of several relationships some are shown and some are not.
    Partly,
    /// What showed it has expired.
    Expired,
    /// Nothing shows it.
    Missing,
}

impl Proof {
    /// Every state, best first.
    pub const ALL: [Proof; 7] = [
        Proof::Met,
        Proof::Expiring,
        Proof::Undated,
        Proof::Waived,
        Proof::Partly,
        Proof::Expired,
        Proof::Missing,
    ];

    /// The word for it, as result files have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Proof::Met => "met",
            Proof::Expiring => "expiring",
            Proof::Undated => "undated",
            Proof::Waived => "waived",
            Proof::Partly => "partly",
            Proof::Expired => "expired",
            Proof::Missing => "missing",
        }
    }

    /// Whether the requirement is shown or waived today.
    pub fn in_force(self) -> bool {
        self <= Proof::Waived
    }
}

/// Where a requirement stands, and its last day where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proven {
    /// Where it stands.
    pub proof: Proof,
    /// The earliest last day of the documents in force.
    pub expires: Option<Date>,
}

/// Nothing shows it.
const MISSING: Proven = Proven {
    proof: Proof::Missing,
    expires: None,
};

/// One document that a finding or a clause asks for.
#[derive(Debug, Clone, Copy)]
pub struct Requirement<'a> {
    /// For which relationship; none where any document of the party serves.
    pub relationship: Option<RelationshipId>,
    /// Where it stands.
    pub proof: Proof,
    /// The best document; none where nothing shows it.
    pub document: Option<&'a Evidence>,
    /// The document's last day, past or to come; none where it has none.
    pub last: Option<Date>,
}

impl Requirement<'_> {
    fn proven(&self) -> Proven {
        Proven {
            proof: self.proof,
            expires: self.last.filter(|_| self.proof.in_force()),
        }
    }
}

/// The register's documents, by party and obligation.
pub struct Documents<'a> {
    flow: &'a Flow<'a>,
    by_subject: HashMap<(PartyId, u8), Subject<'a>>,
}

/// The documents of one party and obligation.
#[derive(Default)]
struct Subject<'a> {
    all: Vec<&'a Evidence>,
    /// Those that name no relationship.
    general: Vec<&'a Evidence>,
    /// Those that name one.
    of_one: HashMap<RelationshipId, Vec<&'a Evidence>>,
}

impl<'a> Subject<'a> {
    /// The documents that serve a relationship.
    fn of(&self, relationship: RelationshipId, shows: Shows) -> impl Iterator<Item = &'a Evidence> {
        let named = self.of_one.get(&relationship).into_iter().flatten();
        let documents = self.general.iter().chain(named).copied();
        documents.filter(move |evidence| evidence.shows == Some(shows))
    }
}

impl<'a> Documents<'a> {
    /// Sorts the register's documents by whom and what they are of.
    pub fn new(flow: &'a Flow<'a>) -> Documents<'a> {
        let mut by_subject: HashMap<_, Subject> = HashMap::new();
        for evidence in &flow.register.evidence {
            let subject = by_subject
                .entry((evidence.party, evidence.obligation as u8))
                .or_default();
            subject.all.push(evidence);
            match evidence.relationship {
                EvidenceScope::All => subject.general.push(evidence),
                EvidenceScope::One(named) => {
                    subject.of_one.entry(named).or_default().push(evidence);
                }
                EvidenceScope::Unknown => {}
            }
        }
        Documents { flow, by_subject }
    }

    /// What shows that a clause is in its contract.
    pub fn of_clause(&self, relationship: RelationshipId, obligation: u8) -> Proven {
        self.clause(relationship, obligation).proven()
    }

    /// The document that shows that a clause is in its contract.
    pub fn clause(&self, relationship: RelationshipId, obligation: u8) -> Requirement<'a> {
        let supplier = self.flow.register.relationships.supplier(relationship);
        let subject = self.by_subject.get(&(supplier, obligation));
        let documents = subject.map(|subject| subject.of(relationship, Shows::Clause));
        self.best(Some(relationship), documents.into_iter().flatten(), None)
    }

    /// What shows that the duty of a finding is performed.
    pub fn of_finding(&self, finding: &Finding) -> Proven {
        match self
            .by_subject
            .contains_key(&(finding.party, finding.obligation))
        {
            true => together(self.requirements(finding).iter().map(Requirement::proven)),
            false => MISSING,
        }
    }

    /// The documents that show that the duty of a finding is performed: one, or one for every relationship that carries it.
    pub fn requirements(&self, finding: &Finding) -> Vec<Requirement<'a>> {
        let rule = self.rule(finding);
        let subject = self.by_subject.get(&(finding.party, finding.obligation));
        if finding.tier == 0 || rule.per == Per::Party {
            let documents = subject.into_iter().flat_map(|subject| &subject.all);
            let documents = documents.copied();
            let documents = documents.filter(|evidence| evidence.shows == Some(Shows::Duty));
            return vec![self.best(None, documents, rule.valid_months)];
        }
        let each = self.carrying(finding).map(|relationship| {
            let documents = subject.map(|subject| subject.of(relationship, Shows::Duty));
            let documents = documents.into_iter().flatten();
            self.best(Some(relationship), documents, rule.valid_months)
        });
        each.collect()
    }

    /// The document that shows that the duty of a clause is performed, among those that name one of these relationships
    /// or none.
    pub fn duty_between(&self, clause: &Clause, contracts: &[RelationshipId]) -> Requirement<'a> {
        let supplier = self
            .flow
            .register
            .relationships
            .supplier(clause.relationship);
        let obligation = &self.flow.policy.obligations[usize::from(clause.obligation)];
        let rule = obligation.step(clause.tier).map(|step| &step.evidence);
        let subject = self.by_subject.get(&(supplier, clause.obligation));
        let is_of_party = rule.is_none_or(|rule| rule.per == Per::Party);
        let (named, relationship) = match is_of_party {
            true => (contracts, None),
            false => (
                std::slice::from_ref(&clause.relationship),
                Some(clause.relationship),
            ),
        };
        let documents = subject.into_iter().flat_map(|subject| {
            let of_one = named.iter().filter_map(|at| subject.of_one.get(at));
            subject.general.iter().chain(of_one.flatten()).copied()
        });
        let documents = documents.filter(|evidence| evidence.shows == Some(Shows::Duty));
        self.best(
            relationship,
            documents,
            rule.and_then(|rule| rule.valid_months),
        )
    }

    /// The relationships into a finding's party that carry its obligation at its status.
    fn carrying(&self, finding: &Finding) -> impl Iterator<Item = RelationshipId> {
        let Finding {
            party,
            obligation,
            status,
            ..
        } = *finding;
        self.flow.carrying_into(party, obligation, status)
    }

    /// What the step of a finding asks for.
    fn rule(&self, finding: &Finding) -> &'a EvidenceRule {
        let obligation = &self.flow.policy.obligations[usize::from(finding.obligation)];
        let step = obligation.step(finding.tier);
        &step
            .expect("a finding stands on a step that the policy has")
            .evidence
    }

    /// The best of several documents, among equals the one that lasts longest. The party's own word comes after whatever
    /// is in force and was accepted.
    fn best(
        &self,
        relationship: Option<RelationshipId>,
        documents: impl Iterator<Item = &'a Evidence>,
        valid_months: Option<u32>,
    ) -> Requirement<'a> {
        let states = documents.filter_map(|evidence| {
            let (proof, last) = state(evidence, valid_months, self.flow.as_of)?;
            Some((evidence, proof, last))
        });
        let best = states.min_by_key(|(evidence, proof, last)| {
            let (in_force, lasts) = (proof.in_force(), last.unwrap_or(Date::MAX));
            let own_word = in_force && evidence.is_self_declared();
            (!in_force, own_word, *proof, std::cmp::Reverse(lasts))
        });
        Requirement {
            relationship,
            proof: best.map_or(Proof::Missing, |(_, proof, _)| proof),
            document: best.map(|(evidence, _, _)| evidence),
            last: best.and_then(|(_, _, last)| last),
        }
    }

    /// The documents that no finding and no clause asks for: accepted ones and waivers.
    pub fn unmatched(&self, findings: &[Finding], clauses: &[Clause]) -> Vec<&'a Evidence> {
        let owed: HashMap<(PartyId, u8), &Finding> = findings
            .iter()
            .map(|finding| ((finding.party, finding.obligation), finding))
            .collect();
        let relationships = &self.flow.register.relationships;
        let supplier = |clause: &Clause| relationships.supplier(clause.relationship);
        let agreed: HashSet<(PartyId, u8)> = clauses
            .iter()
            .map(|clause| (supplier(clause), clause.obligation))
            .collect();
        let agreed_in: HashSet<(RelationshipId, u8)> = clauses
            .iter()
            .map(|clause| (clause.relationship, clause.obligation))
            .collect();
        let is_asked_for = |evidence: &Evidence| {
            let subject = (evidence.party, evidence.obligation as u8);
            match (evidence.shows, evidence.relationship) {
                (Some(Shows::Clause), EvidenceScope::All) => agreed.contains(&subject),
                (Some(Shows::Clause), EvidenceScope::One(named)) => {
                    relationships.supplier(named) == evidence.party
                        && agreed_in.contains(&(named, subject.1))
                }
                (Some(Shows::Clause), EvidenceScope::Unknown) => false,
                _ => owed
                    .get(&subject)
                    .is_some_and(|finding| self.serves(evidence, finding)),
            }
        };
        let counts = |evidence: &&Evidence| {
            matches!(
                evidence.status,
                Some(
                    EvidenceStatus::Accepted
                        | EvidenceStatus::SelfDeclared
                        | EvidenceStatus::Waived
                )
            )
        };
        let all = self.flow.register.evidence.iter();
        all.filter(counts)
            .filter(|evidence| !is_asked_for(evidence))
            .collect()
    }

    /// Whether a finding looks at a document of performance.
    fn serves(&self, evidence: &Evidence, finding: &Finding) -> bool {
        if finding.tier == 0 || self.rule(finding).per == Per::Party {
            return true;
        }
        let relationships = &self.flow.register.relationships;
        match evidence.relationship {
            EvidenceScope::All => true,
            EvidenceScope::One(named) => {
                relationships.supplier(named) == finding.party
                    && relationships.is_active(named, self.flow.as_of)
                    && self.flow.carries(named, finding.obligation, finding.status)
            }
            EvidenceScope::Unknown => false,
        }
    }
}

/// One requirement for several relationships: the weakest if all are in force, else partly, expired or missing.
fn together(each: impl Iterator<Item = Proven>) -> Proven {
    let each: Vec<Proven> = each.collect();
    let in_force = || each.iter().filter(|proven| proven.proof.in_force());
    let worst = each
        .iter()
        .map(|proven| proven.proof)
        .max()
        .unwrap_or(Proof::Missing);
    let proof = match in_force().count() {
        0 if each.iter().any(|proven| proven.proof == Proof::Expired) => Proof::Expired,
        0 => Proof::Missing,
        count if count < each.len() => Proof::Partly,
        _ => worst,
    };
    Proven {
        proof,
        expires: in_force().filter_map(|proven| proven.expires).min(),
    }
}

/// Where one document stands, with its last day; none if it proves nothing.
fn state(
    evidence: &Evidence,
    valid_months: Option<u32>,
    day: Date,
) -> Option<(Proof, Option<Date>)> {
    let readable = |date| match date {
        Dated::Blank => Some(None),
        Dated::On(date) => Some(Some(date)),
        Dated::Unreadable => None,
    };
    let (issued, expires) = (readable(evidence.issued)?, readable(evidence.expires)?);
    match evidence.status? {
        EvidenceStatus::Draft | EvidenceStatus::Rejected => None,
        EvidenceStatus::Waived => {
            let last = expires.filter(|_| is_complete(evidence))?;
            Some((
                if last < day {
                    Proof::Expired
                } else {
                    Proof::Waived
                },
                Some(last),
            ))
        }
        EvidenceStatus::Accepted | EvidenceStatus::SelfDeclared => {
            if issued.is_some_and(|issued| issued > day) {
                return None;
            }
            let last = expires.or_else(|| lasting(issued?, valid_months?));
            let soon = day.saturating_add(EXPIRING_DAYS.days());
            let proof = match last {
                Some(last) if last < day => Proof::Expired,
                Some(last) if last <= soon => Proof::Expiring,
                None if valid_months.is_some() => Proof::Undated,
                _ => Proof::Met,
            };
            Some((proof, last))
        }
    }
}

/// The last day of a document that was issued on a day and lasts some months.
fn lasting(issued: Date, months: u32) -> Option<Date> {
    let months = Span::new().try_months(months).ok()?;
    Some(issued.saturating_add(months))
}

/// Whether a waiver says who answers for it, why, and until when.
pub(super) fn is_complete(waiver: &Evidence) -> bool {
    !waiver.owner.is_empty() && !waiver.reason.is_empty() && matches!(waiver.expires, Dated::On(_))
}
