//! What screening found, as programs read it.

use serde::Serialize;

use super::View;
use crate::assess::{CalledOut, Candidate, FactorFound};
use crate::policy::{Screening, Truth};
use crate::register::{PartyId, Value};

/// What screening found.
#[derive(Serialize)]
pub(super) struct ScreeningObject<'v> {
    /// Whether the parties proposed are operators in this walk.
    in_walk: bool,
    candidates: Vec<CandidateObject<'v>>,
    called_out: Vec<CalledOutObject<'v>>,
    passed_over: usize,
}

#[derive(Serialize)]
struct CandidateObject<'v> {
    party: &'v str,
    name: &'v str,
    status: &'static str,
    proposed: bool,
    factors: Vec<FactorObject<'v>>,
}

#[derive(Serialize)]
struct FactorObject<'v> {
    factor: &'v str,
    holds: &'static str,
    facts: Vec<&'v str>,
    linked: Option<LinkObject<'v>>,
}

#[derive(Serialize)]
struct LinkObject<'v> {
    party: &'v str,
    relationship: Option<String>,
    count: u32,
}

#[derive(Serialize)]
struct CalledOutObject<'v> {
    callout: &'v str,
    party: &'v str,
    owner: &'v str,
    status: Option<&'v str>,
    holds: &'static str,
}

impl View<'_> {
    /// What screening found; none where the pack does not screen.
    pub(super) fn screening_object(&self) -> Option<ScreeningObject<'_>> {
        let screening = self.assessment.flow.policy.screening.as_ref()?;
        let assessment = self.assessment;
        let candidates = assessment.candidates();
        let called_out = assessment.called_out();
        Some(ScreeningObject {
            in_walk: assessment.is_screened(),
            candidates: candidates
                .map(|candidate| self.candidate(screening, candidate))
                .collect(),
            called_out: called_out
                .map(|out| self.called_out_object(screening, out))
                .collect(),
            passed_over: assessment.worklist().passed_over,
        })
    }

    fn candidate<'v>(
        &'v self,
        screening: &'v Screening,
        candidate: &Candidate,
    ) -> CandidateObject<'v> {
        let factors = candidate.factors.iter();
        CandidateObject {
            party: self.id(candidate.party),
            name: self.assessment.flow.register.parties.name(candidate.party),
            status: unknown_word(candidate),
            proposed: self.assessment.worklist().proposes(candidate.party),
            factors: factors.map(|found| self.factor(screening, found)).collect(),
        }
    }

    fn factor<'v>(&'v self, screening: &'v Screening, found: &FactorFound) -> FactorObject<'v> {
        let policy = self.assessment.flow.policy;
        let facts = found.facts.iter();
        FactorObject {
            factor: &screening.factors[usize::from(found.factor)].id,
            holds: holds_word(found.holds),
            facts: facts.map(|fact| policy.fact(*fact).name.as_str()).collect(),
            linked: found.linked.map(|linked| LinkObject {
                party: self.id(linked.other),
                relationship: linked.relationship.map(|at| self.label(at)),
                count: linked.count,
            }),
        }
    }

    fn called_out_object<'v>(
        &'v self,
        screening: &'v Screening,
        out: &CalledOut,
    ) -> CalledOutObject<'v> {
        CalledOutObject {
            callout: &screening.callouts[usize::from(out.callout)].id,
            party: self.id(out.party),
            owner: self.id(out.owner),
            status: self.status_word(out.party),
            holds: holds_word(out.holds),
        }
    }

    /// The value of the origin fact that a party has, as rules write it.
    pub(crate) fn status_word(&self, party: PartyId) -> Option<&str> {
        let position = self.status_value(party)?;
        let policy = self.assessment.flow.policy;
        let values = &policy.fact(policy.origin.fact).values;
        Some(values[usize::from(position)].word.as_str())
    }

    /// The position of that value; none where it is unknown, or was until the screening was applied.
    pub(crate) fn status_value(&self, party: PartyId) -> Option<u16> {
        let flow = self.assessment.flow;
        let origin = usize::from(flow.policy.origin.fact.0);
        let value: &Value = flow.register.parties.fact(origin).get(party.index());
        value.only_item().filter(|_| !self.is_taken(party))
    }

    /// Whether a party is an operator in this walk only by the screening.
    pub(crate) fn is_taken(&self, party: PartyId) -> bool {
        let policy = self.assessment.flow.policy;
        let origin = usize::from(policy.origin.fact.0);
        let status = self.assessment.flow.register.parties.fact(origin);
        let becomes = policy.screening.as_ref().map(|screening| screening.becomes);
        // What changes may have said otherwise since.
        self.assessment.taken().binary_search(&party).is_ok()
            && status.get(party.index()).only_item() == becomes
    }

    /// The facts that tell whether a party is to be screened.
    pub(crate) fn among_facts(&self) -> Vec<&str> {
        let policy = self.assessment.flow.policy;
        let mut facts = Vec::new();
        if let Some(screening) = &policy.screening {
            screening.among.each_test(&mut |id| {
                let fact = policy.tests[usize::from(id.0)].fact;
                let name = policy.fact(fact).name.as_str();
                if !facts.contains(&name) {
                    facts.push(name);
                }
            });
        }
        facts
    }

    /// What an operator by screening is called.
    pub(crate) fn taken_label(&self) -> &str {
        &self.taken_label
    }

    /// What the origin fact is taken for, and of how many parties; none where the screening was not applied.
    pub(crate) fn screened_words(&self) -> Option<(String, usize)> {
        let policy = self.assessment.flow.policy;
        let screening = policy.screening.as_ref()?;
        let fact = policy.fact(policy.origin.fact);
        let (name, value) = (
            &fact.name,
            &fact.values[usize::from(screening.becomes)].word,
        );
        let taken = self.assessment.taken().len();
        let screened = || (format!("{name}={value}"), taken);
        self.assessment.is_screened().then(screened)
    }
}

/// Whether something holds, as result files have it.
pub(crate) fn holds_word(holds: Truth) -> &'static str {
    match holds {
        Truth::True => "yes",
        Truth::Unknown => "open",
        Truth::False => "no",
    }
}

/// In which way a candidate's status is unknown, as result files have it.
pub(crate) fn unknown_word(candidate: &Candidate) -> &'static str {
    match candidate.is_blank {
        true => "blank",
        false => "unreadable",
    }
}
