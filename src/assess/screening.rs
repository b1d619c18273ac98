//! Screening: whom to ask whether they are operators without anybody knowing. A worklist, never a verdict.

mod expected;
mod links;

use std::cmp::Reverse;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::flow::truths;
use crate::policy::{
    Callout, Condition, FactId, Factor, Policy, Role, Screening, Sign, TestId, Truth,
};
use crate::register::{Edit, PartyId, Register, RelationshipId, Value};

pub use expected::tell_operators;
use links::Links;

/// What the screening of a pack finds in a register.
#[derive(Debug, Clone, Default)]
pub struct Worklist {
    /// The parties whose status is unknown and for which some factor holds: those for which most hold first, then by id.
    pub candidates: Vec<Candidate>,
    /// What is told of parties whatever their status, operators aside, by party.
    pub called_out: Vec<CalledOut>,
    /// How many parties of unknown status were passed over because it is not known whether they are to be looked at.
    pub passed_over: usize,
    /// The parties that the pack proposes as potential operators, by position.
    pub proposed: Vec<PartyId>,
}

/// A party whose status is unknown and for which some factor holds.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Who.
    pub party: PartyId,
    /// Whether its status is blank; if not, it is unreadable.
    pub is_blank: bool,
    /// Every factor that holds or may hold, in pack order.
    pub factors: Vec<FactorFound>,
}

/// A factor that holds or may hold.
#[derive(Debug, Clone)]
pub struct FactorFound {
    /// Its position in the screening.
    pub factor: u16,
    /// Whether it holds: true or unknown.
    pub holds: Truth,
    /// The facts that make it hold, or that would tell.
    pub facts: Vec<FactId>,
    /// The link that makes it hold, or that would tell.
    pub linked: Option<Linked>,
}

/// Another party to which one is linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Linked {
    /// Whether the other has the status that is looked for.
    pub holds: Truth,
    /// The other, the first of several.
    pub other: PartyId,
    /// By which relationship; none where one owns the other.
    pub relationship: Option<RelationshipId>,
    /// How many links there are like this one.
    pub count: u32,
}

/// A callout that holds for a party or may hold.
#[derive(Debug, Clone, Copy)]
pub struct CalledOut {
    /// Its position in the screening.
    pub callout: u16,
    /// Who.
    pub party: PartyId,
    /// Its owner.
    pub owner: PartyId,
    /// Whether it holds: true, or unknown because of the owner.
    pub holds: Truth,
}

impl Candidate {
    /// How many factors hold.
    fn holding(&self) -> usize {
        let factors = self.factors.iter();
        factors.filter(|found| found.holds == Truth::True).count()
    }

    fn is_proposed(&self, screening: &Screening) -> bool {
        let holds = |factor: &u16| {
            let mut factors = self.factors.iter();
            factors.any(|found| found.factor == *factor && found.holds == Truth::True)
        };
        screening.takes.iter().any(|set| set.iter().all(holds))
    }
}

impl Worklist {
    /// Screens a register as it stands on a day; empty where the pack does not screen.
    pub fn new(register: &Register, policy: &Policy, day: Date) -> Worklist {
        let Some(screening) = &policy.screening else {
            return Worklist::default();
        };
        let screen = Screen::new(register, policy, screening);
        let looked_at = screen.looked_at();
        let links = screen.links(&looked_at, day);
        let people = register.parties.len() as u32;
        let parties = || (0..people).into_par_iter().map(PartyId);
        let mut candidates: Vec<Candidate> = parties()
            .filter(|party| looked_at[party.index()] == Truth::True)
            .filter_map(|party| screen.candidate(party, &links))
            .collect();
        candidates.par_sort_by_cached_key(|candidate| {
            let id = register.parties.id(candidate.party);
            (Reverse(candidate.holding()), id)
        });
        let proposed = candidates.iter();
        let proposed = proposed.filter(|candidate| candidate.is_proposed(screening));
        let mut proposed: Vec<PartyId> = proposed.map(|candidate| candidate.party).collect();
        proposed.sort_unstable();
        Worklist {
            candidates,
            called_out: parties()
                .flat_map_iter(|party| screen.called_out(party))
                .collect(),
            passed_over: looked_at
                .iter()
                .filter(|truth| **truth == Truth::Unknown)
                .count(),
            proposed,
        }
    }

    /// Whether the pack proposes the party as a potential operator.
    pub fn proposes(&self, party: PartyId) -> bool {
        self.proposed.binary_search(&party).is_ok()
    }

    /// The register in which the parties proposed have the status that the pack takes them for.
    pub fn applied(&self, register: Register, policy: &Policy) -> Register {
        let Some(screening) = &policy.screening else {
            return register;
        };
        if self.proposed.is_empty() {
            return register;
        }
        let mut edit = Edit::of(register);
        let status = Value::Items {
            known: [screening.becomes].into(),
            complete: true,
        };
        edit.set_party_facts(&self.proposed, usize::from(policy.origin.fact.0), status);
        edit.finish()
    }
}

/// The tests of a screening over a register.
struct Screen<'a> {
    register: &'a Register,
    policy: &'a Policy,
    screening: &'a Screening,
    /// For each test of the screening the truth of each code of its fact's column; none for the tests of the walk.
    truths: Vec<Vec<Truth>>,
}

impl<'a> Screen<'a> {
    fn new(register: &'a Register, policy: &'a Policy, screening: &'a Screening) -> Screen<'a> {
        let tests = policy.tests.iter().map(|test| match test.role {
            Role::Screened => truths(test, register.parties.fact(usize::from(test.fact.0))),
            _ => Vec::new(),
        });
        Screen {
            register,
            policy,
            screening,
            truths: tests.collect(),
        }
    }

    fn test(&self, party: PartyId, id: TestId) -> Truth {
        let fact = self.policy.tests[usize::from(id.0)].fact;
        let column = self.register.parties.fact(usize::from(fact.0));
        self.truths[usize::from(id.0)][column.code(party.index()) as usize]
    }

    fn truth(&self, party: PartyId, condition: &Condition) -> Truth {
        condition.truth(&|id| self.test(party, id))
    }

    fn status(&self, party: PartyId) -> &'a Value {
        let origin = usize::from(self.policy.origin.fact.0);
        self.register.parties.fact(origin).get(party.index())
    }

    /// Of each party whether it is to be looked at: false for all whose status is known.
    fn looked_at(&self) -> Vec<Truth> {
        let people = self.register.parties.len() as u32;
        let parties = (0..people).into_par_iter().map(PartyId);
        let looked_at = parties.map(|party| match self.status(party).is_unknown() {
            true => self.truth(party, &self.screening.among),
            false => Truth::False,
        });
        looked_at.collect()
    }

    /// For each factor the link of each party that is looked at, where it goes by links.
    fn links(&self, looked_at: &[Truth], day: Date) -> Vec<Vec<Option<Linked>>> {
        let any = looked_at.contains(&Truth::True);
        let factors = self.screening.factors.iter();
        let links = factors.map(|factor| match &factor.sign {
            Sign::Link { link, of } if any => {
                let mut links = Links {
                    screen: self,
                    of,
                    looked_at,
                    strongest: vec![None; looked_at.len()],
                };
                links.collect(*link, day);
                links.strongest
            }
            _ => Vec::new(),
        });
        links.collect()
    }

    /// The party with the factors that hold or may hold; none if none holds.
    fn candidate(&self, party: PartyId, links: &[Vec<Option<Linked>>]) -> Option<Candidate> {
        let factors = self.screening.factors.iter().zip(links).zip(0..);
        let factors = factors.filter_map(|((factor, links), at)| {
            let linked = links.get(party.index()).copied().flatten();
            self.found(party, factor, linked, at)
        });
        let candidate = Candidate {
            party,
            is_blank: self.status(party) == &Value::Blank,
            factors: factors.collect(),
        };
        (candidate.holding() > 0).then_some(candidate)
    }

    fn found(
        &self,
        party: PartyId,
        factor: &Factor,
        linked: Option<Linked>,
        at: u16,
    ) -> Option<FactorFound> {
        let (holds, tests) = match &factor.sign {
            Sign::Link { .. } => (linked?.holds, Vec::new()),
            Sign::Facts(condition) => {
                let test = |id: TestId| self.test(party, id);
                match condition.truth(&test) {
                    Truth::True => (Truth::True, tests_of(condition)),
                    holds => (holds, condition.open_tests(&test)),
                }
            }
        };
        let facts = self.facts_of(tests);
        holds.possible().then_some(FactorFound {
            factor: at,
            holds,
            facts,
            linked,
        })
    }

    /// The facts that tests look at, each once.
    fn facts_of(&self, tests: Vec<TestId>) -> Vec<FactId> {
        let mut facts: Vec<FactId> = Vec::new();
        for test in tests {
            let fact = self.policy.tests[usize::from(test.0)].fact;
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
        facts
    }

    fn called_out(&self, party: PartyId) -> Vec<CalledOut> {
        let origin = &self.policy.origin;
        let status = self.status(party).only_item();
        let is_operator = status.is_some_and(|status| origin.applies.contains(&status));
        let Some(owner) = self.register.parties.owner(party).filter(|_| !is_operator) else {
            return Vec::new();
        };
        let holds = |callout: &Callout| match self.truth(party, &callout.when) {
            Truth::True => self.truth(owner, &callout.owner),
            // Of the party itself enough has to be known, or every party with an owner would stand here.
            _ => Truth::False,
        };
        let callouts = self.screening.callouts.iter().zip(0..);
        let called_out = callouts.map(|(callout, at)| CalledOut {
            callout: at,
            party,
            owner,
            holds: holds(callout),
        });
        called_out.filter(|out| out.holds.possible()).collect()
    }
}

/// Every test that a condition makes.
fn tests_of(condition: &Condition) -> Vec<TestId> {
    let mut tests = Vec::new();
    condition.each_test(&mut |id| tests.push(id));
    tests
}
