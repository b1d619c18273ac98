//! One side of a comparison: an assessment just made, or one that was kept.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::document::LONGEST_CHAIN;
use super::recorded::{Recorded, RecordedClause, RecordedFinding};
use super::{Summary, View};
use crate::assess::{Ordinals, Proof, RelationshipKey, Sameness, Standing};
use crate::flow::{Clause, Status};
use crate::policy::Binding;
use crate::register::RelationshipId;

/// An assessment that is compared with another.
#[derive(Clone, Copy)]
pub enum Compared<'a> {
    /// One just made.
    Assessed(&'a View<'a>),
    /// One that was kept.
    Recorded(&'a Recorded<'a>),
}

/// A finding or clause of either side.
pub(super) struct Entry<'a> {
    pub(super) obligation: &'a str,
    pub(super) status: Status,
    pub(super) tier: u32,
    pub(super) binding: Option<Binding>,
    pub(super) evidence: Proof,
    pub(super) expires: Option<Date>,
    /// The labels of its relationships from the operator on; none where it is too long to be of use, or was not kept.
    pub(super) chain: Option<Vec<String>>,
}

/// A finding of either side.
pub(super) struct FoundEntry<'a> {
    pub(super) party: &'a str,
    pub(super) name: &'a str,
    pub(super) operator: &'a str,
    pub(super) entry: Entry<'a>,
}

/// A clause of either side.
pub(super) struct ClauseEntry<'a> {
    pub(super) relationship: String,
    pub(super) customer: &'a str,
    pub(super) supplier: &'a str,
    pub(super) contract: Option<&'a str>,
    pub(super) entry: Entry<'a>,
}

/// The position of an obligation in the order in which both sides are told.
pub(super) type Ranks<'a> = HashMap<&'a str, u32>;

impl<'a> Compared<'a> {
    /// What the register is called.
    pub fn register(&self) -> &'a str {
        match self {
            Compared::Assessed(view) => &view.register_name,
            Compared::Recorded(recorded) => &recorded.register,
        }
    }

    /// The day of the assessment.
    pub fn as_of(&self) -> Date {
        match self {
            Compared::Assessed(view) => view.assessment.flow.as_of,
            Compared::Recorded(recorded) => recorded.as_of,
        }
    }

    /// Whether it was kept, so that only findings and clauses are known of its register.
    pub fn is_recorded(&self) -> bool {
        matches!(self, Compared::Recorded(_))
    }

    /// The id, version and digest of its pack.
    pub fn policy(&self) -> [&'a str; 3] {
        match self {
            Compared::Assessed(view) => {
                let policy = view.assessment.flow.policy;
                [&policy.id, &policy.version, &policy.digest]
            }
            Compared::Recorded(recorded) => {
                let policy = &recorded.policy;
                [&policy.id, &policy.version, &policy.sha256]
            }
        }
    }

    /// The id of the party that it is narrowed to, if it is.
    pub fn focus(&self) -> Option<&'a str> {
        match self {
            Compared::Assessed(view) => {
                let focus = view.assessment.focus()?;
                Some(view.id(focus.party))
            }
            Compared::Recorded(recorded) => {
                recorded.focus.as_ref().map(|focus| focus.party.as_str())
            }
        }
    }

    /// What blank cells were taken for, as it was stated.
    pub fn assumptions(&self) -> Vec<String> {
        match self {
            Compared::Assessed(view) => {
                let assumptions = view.reading.assumptions.iter();
                let assumptions = assumptions.map(|(assumed, _)| assumed.summary());
                let screened = view.screened_words().map(|(screened, _)| screened);
                assumptions.chain(screened).collect()
            }
            Compared::Recorded(recorded) => {
                let assumptions = recorded.assumptions.iter();
                assumptions
                    .map(|assumed| assumed.assumption.clone())
                    .collect()
            }
        }
    }

    /// How many findings there are by status, and within it by binding: see [`Summary::BINDINGS`].
    pub fn counts(&self) -> [[usize; 6]; 3] {
        let recorded = match self {
            Compared::Assessed(view) => return view.summary.findings,
            Compared::Recorded(recorded) => recorded,
        };
        let mut counts = [[0; 6]; 3];
        for finding in &recorded.findings {
            let mut bindings = Summary::BINDINGS.iter();
            let binding = bindings.position(|binding| *binding == finding.binding);
            counts[finding.status as usize][binding.unwrap_or(5)] += 1;
        }
        counts
    }

    /// The ids of the obligations, in pack order as far as it is known.
    pub(super) fn obligations(&self) -> Vec<&'a str> {
        match self {
            Compared::Assessed(view) => {
                let obligations = view.assessment.flow.policy.obligations.iter();
                obligations.map(|obligation| &*obligation.id).collect()
            }
            Compared::Recorded(recorded) => {
                let listed = recorded.policy.obligations.iter().map(String::as_str);
                let found = recorded.findings.iter().map(|finding| &*finding.obligation);
                let agreed = recorded.clauses.iter().map(|clause| &*clause.obligation);
                listed.chain(found).chain(agreed).collect()
            }
        }
    }

    /// The findings, to be compared.
    pub(super) fn findings(&self, ranks: &Ranks<'a>) -> Vec<Standing<(&'a str, u32)>> {
        match *self {
            Compared::Assessed(view) => {
                let flow = view.assessment.flow;
                let ranks = pack_ranks(view, ranks);
                let all = view.assessment.iter().enumerate();
                let standings = all.map(|(at, (finding, proven))| Standing {
                    key: (
                        flow.register.parties.id(finding.party),
                        ranks[usize::from(finding.obligation)],
                    ),
                    status: finding.status,
                    binding: finding.binding,
                    in_force: proven.proof.in_force(),
                    at,
                });
                standings.collect()
            }
            Compared::Recorded(recorded) => {
                let all = recorded.findings.iter().enumerate();
                let standing = |(at, finding): (usize, &'a RecordedFinding<'a>)| Standing {
                    key: (&*finding.party, ranks[&*finding.obligation]),
                    status: finding.status,
                    binding: finding.binding,
                    in_force: finding.evidence.in_force(),
                    at,
                };
                all.map(standing).collect()
            }
        }
    }

    /// What the relationship of each clause is known by in any register.
    pub(super) fn clause_keys(&self) -> Vec<RelationshipKey<'a>> {
        match *self {
            Compared::Assessed(view) => {
                let (register, ordinals) = (view.assessment.flow.register, view.ordinals());
                let clauses = view.assessment.clauses().iter();
                let key =
                    |clause: &Clause| RelationshipKey::of(register, clause.relationship, ordinals);
                clauses.map(|(clause, _)| key(clause)).collect()
            }
            Compared::Recorded(recorded) => {
                recorded.clauses.iter().map(RecordedClause::key).collect()
            }
        }
    }

    /// The clauses, to be compared.
    pub(super) fn clauses(
        &self,
        ranks: &Ranks<'a>,
        sameness: Sameness,
    ) -> Vec<Standing<(RelationshipKey<'a>, u32)>> {
        match *self {
            Compared::Assessed(view) => {
                let register = view.assessment.flow.register;
                let ranks = pack_ranks(view, ranks);
                let none = Ordinals::default();
                let ordinals = match sameness {
                    Sameness::Position => &none,
                    Sameness::Content => view.ordinals(),
                };
                let all = view.assessment.clauses().iter().enumerate();
                let standings = all.map(|(at, (clause, proven))| Standing {
                    key: (
                        RelationshipKey::of(register, clause.relationship, ordinals),
                        ranks[usize::from(clause.obligation)],
                    ),
                    status: clause.status,
                    binding: clause.binding,
                    in_force: proven.proof.in_force(),
                    at,
                });
                standings.collect()
            }
            Compared::Recorded(recorded) => {
                let all = recorded.clauses.iter().enumerate();
                let standing = |(at, clause): (usize, &'a RecordedClause<'a>)| Standing {
                    key: (clause.key(), ranks[&*clause.obligation]),
                    status: clause.status,
                    binding: clause.binding,
                    in_force: clause.evidence.in_force(),
                    at,
                };
                all.map(standing).collect()
            }
        }
    }

    /// The finding at a position.
    pub(super) fn finding(&self, at: usize) -> FoundEntry<'a> {
        match *self {
            Compared::Assessed(view) => {
                let flow = view.assessment.flow;
                let (finding, proven) = (&view.assessment.findings[at], view.assessment.proven[at]);
                let chain = || flow.chain(finding);
                FoundEntry {
                    party: view.id(finding.party),
                    name: flow.register.parties.name(finding.party),
                    operator: view.id(finding.operator),
                    entry: Entry {
                        obligation: &flow.policy.obligations[usize::from(finding.obligation)].id,
                        status: finding.status,
                        tier: finding.tier,
                        binding: finding.binding,
                        evidence: proven.proof,
                        expires: proven.expires,
                        chain: labels(view, finding.tier, chain),
                    },
                }
            }
            Compared::Recorded(recorded) => recorded.findings[at].entry(),
        }
    }

    /// The clause at a position.
    pub(super) fn clause(&self, at: usize) -> ClauseEntry<'a> {
        match *self {
            Compared::Assessed(view) => {
                let flow = view.assessment.flow;
                let relationships = &flow.register.relationships;
                let (clause, proven) = &view.assessment.clauses()[at];
                let chain = || flow.clause_chain(clause);
                ClauseEntry {
                    relationship: view.label(clause.relationship),
                    customer: view.id(relationships.customer(clause.relationship)),
                    supplier: view.id(relationships.supplier(clause.relationship)),
                    contract: relationships.contract(clause.relationship),
                    entry: Entry {
                        obligation: &flow.policy.obligations[usize::from(clause.obligation)].id,
                        status: clause.status,
                        tier: clause.tier,
                        binding: clause.binding,
                        evidence: proven.proof,
                        expires: proven.expires,
                        chain: labels(view, clause.tier, chain),
                    },
                }
            }
            Compared::Recorded(recorded) => recorded.clauses[at].entry(),
        }
    }

    /// The id and name of the party of the finding at a position.
    pub(super) fn party(&self, at: usize) -> (&'a str, &'a str) {
        match *self {
            Compared::Assessed(view) => {
                let parties = &view.assessment.flow.register.parties;
                let party = view.assessment.findings[at].party;
                (parties.id(party), parties.name(party))
            }
            Compared::Recorded(recorded) => {
                let finding = &recorded.findings[at];
                (&finding.party, &finding.name)
            }
        }
    }

    /// The status of the finding at a position.
    pub(super) fn status(&self, at: usize) -> Status {
        match *self {
            Compared::Assessed(view) => view.assessment.findings[at].status,
            Compared::Recorded(recorded) => recorded.findings[at].status,
        }
    }

    /// The relationships of a chain: of the finding or clause at a position; none where they are not known.
    pub(super) fn chain(&self, of: Of, at: usize) -> Vec<RelationshipId> {
        let Compared::Assessed(view) = self else {
            return Vec::new();
        };
        let flow = view.assessment.flow;
        match of {
            Of::Finding => {
                let finding = &view.assessment.findings[at];
                match finding.tier <= LONGEST_CHAIN {
                    true => flow.chain(finding),
                    false => Vec::new(),
                }
            }
            Of::Clause => {
                let (clause, _) = &view.assessment.clauses()[at];
                match clause.tier <= LONGEST_CHAIN {
                    true => flow.clause_chain(clause),
                    false => Vec::new(),
                }
            }
        }
    }

    /// The parties that findings and clauses name, each with its name as far as one is given.
    pub(super) fn named_parties(&self) -> BTreeMap<&'a str, &'a str> {
        let mut named = BTreeMap::new();
        match *self {
            Compared::Assessed(view) => {
                let relationships = &view.assessment.flow.register.relationships;
                let found = view.assessment.findings.iter();
                let found = found.flat_map(|finding| [finding.party, finding.operator]);
                let agreed = view.assessment.clauses().iter();
                let agreed = agreed.flat_map(|(clause, _)| {
                    let at = clause.relationship;
                    [relationships.customer(at), relationships.supplier(at)]
                });
                for party in found.chain(agreed) {
                    named.entry(view.id(party)).or_insert(view.name(party));
                }
            }
            Compared::Recorded(recorded) => {
                for finding in &recorded.findings {
                    named.insert(&*finding.party, &*finding.name);
                }
                let operators = recorded.findings.iter().map(|finding| &*finding.operator);
                let ends = recorded.clauses.iter();
                let ends = ends.flat_map(|clause| [&*clause.customer, &*clause.supplier]);
                for party in operators.chain(ends) {
                    named.entry(party).or_insert(party);
                }
            }
        }
        named
    }
}

/// Findings or clauses.
#[derive(Clone, Copy)]
pub(super) enum Of {
    Finding,
    Clause,
}

/// The rank of each obligation of the pack of an assessment.
fn pack_ranks(view: &View, ranks: &Ranks) -> Vec<u32> {
    let obligations = view.assessment.flow.policy.obligations.iter();
    obligations
        .map(|obligation| ranks[obligation.id.as_str()])
        .collect()
}

/// What the relationships of a chain are called, where it is not too long.
fn labels(
    view: &View,
    tier: u32,
    chain: impl FnOnce() -> Vec<RelationshipId>,
) -> Option<Vec<String>> {
    (tier <= LONGEST_CHAIN).then(|| chain().into_iter().map(|step| view.label(step)).collect())
}
