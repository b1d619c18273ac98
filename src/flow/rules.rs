//! The policy's rules, run over the register's facts: what each party starts and bears, what each relationship carries.

use hashbrown::HashMap;
use rayon::prelude::*;

use super::graph::{Code, Node, Takes};
use super::outcomes::{PartyOutcome, RelationshipOutcome};
use super::profile::{Factor, Profiles};
use super::truths::truths;
use super::word::{self, ONLY_UNCONFIRMED, Word};
use super::{Grades, ObligationSet, Status, StepKind};
use crate::policy::{Binding, Policy, Role, Subject, Test, TestId, Truth};
use crate::register::{Column, PartyId, Register, RelationshipId, Value};

/// The outcomes of a policy's rules over a register.
#[derive(Debug)]
pub(super) struct Rules {
    /// For each test the truth of each code of its fact's column.
    truths: Vec<Vec<Truth>>,
    parties: Profiles,
    party_outcomes: Vec<PartyOutcome>,
    /// The distinct outcomes for relationships.
    outcomes: Vec<RelationshipOutcome>,
    /// Most steps from an operator, for each obligation that has such a bound.
    tiers: Vec<Option<u32>>,
}

/// Which outcome each relationship has.
pub(super) struct OutcomeOf {
    profiles: Vec<u32>,
    of_profile: Vec<u32>,
}

impl OutcomeOf {
    pub(super) fn get(&self, relationship: RelationshipId) -> u32 {
        self.of_profile[self.profiles[relationship.index()] as usize]
    }
}

impl Rules {
    /// Runs every rule once per profile, and tells which outcome each relationship has.
    pub(super) fn new(register: &Register, policy: &Policy) -> (Rules, OutcomeOf) {
        let truths: Vec<Vec<Truth>> = policy
            .tests
            .iter()
            .map(|test| match test.role {
                // No rule of the walk makes it.
                Role::Screened => Vec::new(),
                _ => truths(test, column(register, policy, test)),
            })
            .collect();
        let factors = |roles: &[Role]| factors(register, policy, &truths, roles);
        let people = register.parties.len();
        let mut party_factors = factors(&[Role::Party]);
        let origin = register.parties.fact(usize::from(policy.origin.fact.0));
        let operator = |value: &Value| operator(policy, value);
        let classes = origin
            .values()
            .iter()
            .map(|value| operator(value).map_or(0, |status| 1 + status as u32));
        party_factors.push(Factor::Column(origin, classes.collect()));
        let parties = Profiles::new(people, party_factors);
        let suppliers = Profiles::new(people, factors(&[Role::Supplier])).of_row;
        let customers = Profiles::new(people, factors(&[Role::Customer])).of_row;
        let all = &register.relationships;
        let mut relationship_factors = factors(&[Role::Relationship]);
        relationship_factors.push(Factor::Party(all.suppliers(), &suppliers));
        relationship_factors.push(Factor::Party(all.customers(), &customers));
        let relationships = Profiles::new(all.len(), relationship_factors);
        let tiers = policy
            .obligations
            .iter()
            .map(|obligation| obligation.tiers)
            .collect();
        let mut rules = Rules {
            truths,
            parties,
            party_outcomes: Vec::new(),
            outcomes: Vec::new(),
            tiers,
        };
        let first = rules
            .parties
            .first_rows
            .iter()
            .map(|&row| PartyId(row as u32));
        rules.party_outcomes = first
            .map(|party| {
                let test = |id: TestId| rules.test_party(policy, register, party, id);
                PartyOutcome::new(policy, operator(origin.get(party.index())), &test)
            })
            .collect();
        let of_profile = rules.run(register, policy, &relationships.first_rows);
        let outcome_of = OutcomeOf {
            profiles: relationships.of_row,
            of_profile,
        };
        (rules, outcome_of)
    }

    /// Runs the rules for one relationship of each profile, and gives each profile's outcome; many profiles share one.
    fn run(&mut self, register: &Register, policy: &Policy, first_rows: &[usize]) -> Vec<u32> {
        let rules = &*self;
        let outcomes = first_rows.par_iter().map(|&row| {
            let relationship = RelationshipId(row as u32);
            let test = |id: TestId| rules.test(register, policy, relationship, id);
            RelationshipOutcome::new(policy, &test)
        });
        let outcomes: Vec<RelationshipOutcome> = outcomes.collect();
        let mut known: HashMap<RelationshipOutcome, u32> = HashMap::new();
        let number = |outcome: RelationshipOutcome| {
            let next = known.len() as u32;
            *known.entry(outcome).or_insert_with_key(|outcome| {
                self.outcomes.push(outcome.clone());
                next
            })
        };
        outcomes.into_iter().map(number).collect()
    }

    /// Whether a test holds for a relationship and its parties.
    pub(super) fn test(
        &self,
        register: &Register,
        policy: &Policy,
        relationship: RelationshipId,
        id: TestId,
    ) -> Truth {
        let test = &policy.tests[usize::from(id.0)];
        let relationships = &register.relationships;
        let row = match test.role {
            Role::Relationship => relationship.index(),
            Role::Supplier | Role::Party | Role::Screened => {
                relationships.supplier(relationship).index()
            }
            Role::Customer => relationships.customer(relationship).index(),
        };
        self.truths[usize::from(id.0)][column(register, policy, test).code(row) as usize]
    }

    /// Whether a test holds for a party.
    pub(super) fn test_party(
        &self,
        policy: &Policy,
        register: &Register,
        party: PartyId,
        id: TestId,
    ) -> Truth {
        let test = &policy.tests[usize::from(id.0)];
        self.truths[usize::from(id.0)][column(register, policy, test).code(party.index()) as usize]
    }

    /// Which operators the party is one of.
    pub(super) fn operator(&self, party: PartyId) -> Option<Status> {
        self.party(party).operator
    }

    /// What the party starts as an operator, at each grade.
    pub(super) fn starts(&self, party: PartyId) -> Grades {
        let outcome = self.party(party);
        let [applies, conditional, unconfirmed] = outcome.origin.grades();
        match outcome.operator {
            Some(Status::Applies) => [applies, conditional, unconfirmed],
            Some(_) => [0, conditional, unconfirmed],
            None => [0; 3],
        }
    }

    /// What the party bears itself as an operator, at each grade.
    pub(super) fn owns(&self, party: PartyId) -> Grades {
        super::and(self.starts(party), self.party(party).own.grades())
    }

    /// What relationships of an outcome carry as a first step, at each grade.
    pub(super) fn direct(&self, outcome: u32) -> Grades {
        self.outcomes[outcome as usize].direct.grades()
    }

    /// What relationships of an outcome carry as a later step, at each grade, where they support what came before.
    pub(super) fn onward(&self, outcome: u32) -> Grades {
        self.outcomes[outcome as usize].onward.grades()
    }

    /// What edges carry as a first step, for each code.
    pub(super) fn direct_words(&self, group: usize) -> Vec<Word> {
        let codes = Code::each(self.outcomes.len() as u32);
        codes
            .map(|(outcome, takes)| match takes {
                Takes::Named => 0,
                _ => word::pack(self.direct(outcome), group),
            })
            .collect()
    }

    /// What edges carry as a later step, for each code.
    pub(super) fn onward_words(&self, group: usize) -> Vec<Word> {
        let codes = Code::each(self.outcomes.len() as u32);
        codes
            .map(|(outcome, takes)| word::pack(self.onward(outcome), group) & takes.word())
            .collect()
    }

    /// Tells whether anything can ever pass from a node by a code: as a later step, or from an operator as a first one.
    pub(super) fn passes(&self) -> impl Fn(Node, Code) -> bool + Sync + use<> {
        let any = |grades: Grades| grades.into_iter().any(|set| set != 0);
        let codes = || Code::each(self.outcomes.len() as u32);
        let onward =
            codes().map(|(outcome, takes)| takes != Takes::Start && any(self.onward(outcome)));
        let direct =
            codes().map(|(outcome, takes)| takes != Takes::Named && any(self.direct(outcome)));
        let (onward, direct): (Vec<bool>, Vec<bool>) = (onward.collect(), direct.collect());
        let parties = (0..self.parties.of_row.len() as u32).into_par_iter();
        let starts: Vec<bool> = parties
            .map(|party| any(self.starts(PartyId(party))))
            .collect();
        move |from, code| {
            let code = code.index();
            onward[code] || direct[code] && starts[from as usize]
        }
    }

    /// The obligations that may travel as far as a tier.
    fn reaching(&self, tier: u32) -> ObligationSet {
        let reaching = self
            .tiers
            .iter()
            .enumerate()
            .filter(|(_, most)| most.is_none_or(|most| tier <= most));
        reaching.fold(0, |set, (obligation, _)| set | 1 << obligation)
    }

    /// The same in the word of a group, at every grade.
    pub(super) fn reaching_word(&self, tier: u32, group: usize) -> Word {
        word::pack([self.reaching(tier); 3], group)
    }

    /// Most steps that an obligation travels.
    pub(super) fn most_tiers(&self, obligation: u8) -> Option<u32> {
        self.tiers[usize::from(obligation)]
    }

    /// How many obligations the policy has.
    pub(super) fn obligations(&self) -> u8 {
        self.tiers.len() as u8
    }

    /// What makes an obligation owed by a party at tier 0.
    pub(super) fn own_binding(&self, party: PartyId, obligation: u8) -> Option<Binding> {
        self.party(party).bindings[usize::from(obligation)]
    }

    /// What makes an obligation owed along a relationship of an outcome.
    pub(super) fn binding(&self, outcome: u32, step: StepKind, obligation: u8) -> Option<Binding> {
        let outcome = &self.outcomes[outcome as usize];
        let bindings = match step {
            StepKind::Direct => &outcome.direct_bindings,
            _ => &outcome.onward_bindings,
        };
        bindings[usize::from(obligation)]
    }

    fn party(&self, party: PartyId) -> &PartyOutcome {
        &self.party_outcomes[self.parties.of_row[party.index()] as usize]
    }
}

impl Takes {
    /// What may come from a source taken from in this way.
    pub(super) fn word(self) -> Word {
        match self {
            Takes::All | Takes::Named => Word::MAX,
            Takes::Perhaps => ONLY_UNCONFIRMED,
            Takes::Start => 0,
        }
    }
}

/// Which operators a party with this origin fact is one of.
fn operator(policy: &Policy, value: &Value) -> Option<Status> {
    let item = value.only_item()?;
    match () {
        () if policy.origin.applies.contains(&item) => Some(Status::Applies),
        () if policy.origin.conditional.contains(&item) => Some(Status::Conditional),
        () => None,
    }
}

fn column<'r>(register: &'r Register, policy: &Policy, test: &Test) -> &'r Column {
    let position = usize::from(test.fact.0);
    match policy.fact(test.fact).subject {
        Subject::Party => register.parties.fact(position),
        Subject::Relationship => register.relationships.fact(position),
    }
}

/// One factor for each fact that tests of these roles look at: its codes, classed by what those tests say of them.
fn factors<'r>(
    register: &'r Register,
    policy: &Policy,
    truths: &[Vec<Truth>],
    roles: &[Role],
) -> Vec<Factor<'r>> {
    let mut factors = Vec::new();
    for fact in (0..policy.facts.len()).map(|fact| crate::policy::FactId(fact as u16)) {
        let tests = policy.tests.iter().enumerate();
        let tests: Vec<usize> = tests
            .filter(|(_, test)| test.fact == fact && roles.contains(&test.role))
            .map(|(id, _)| id)
            .collect();
        let Some(&any) = tests.first() else { continue };
        let column = column(register, policy, &policy.tests[any]);
        let mut known: HashMap<Vec<Truth>, u32> = HashMap::new();
        let classes = (0..column.values().len()).map(|code| {
            let outcomes = tests.iter().map(|&test| truths[test][code]).collect();
            let next = known.len() as u32;
            *known.entry(outcomes).or_insert(next)
        });
        factors.push(Factor::Column(column, classes.collect()));
    }
    factors
}
