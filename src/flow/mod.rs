//! The walk: obligations travel from operators along relationships by the rules of the policy.
//!
//! Numbered prose of the whole algorithm stands in `docs/algorithm.md`. In short: rules run once per distinct profile of
//! facts ([`rules`](self)), the active relationships become a compressed graph, all obligations and grades walk together
//! level by level as bit sets, and every arrival keeps the relationship it came by, so that each finding has its chain.

mod certain;
mod chain;
mod components;
mod cut;
mod deliveries;
mod dominators;
mod findings;
mod gatekeepers;
mod graph;
mod loops;
mod names;
mod order;
mod origins;
mod outcomes;
mod profile;
mod reach;
mod rows;
mod rules;
mod shared;
mod statuses;
mod sure;
mod through;
mod truths;
mod walk;
mod word;

use std::sync::OnceLock;

use jiff::civil::Date;

use crate::policy::{Binding, Policy, TestId, Truth};
use crate::register::{PartyId, Register, RelationshipId};

pub(crate) use chain::{ChainStep, FirstSteps};
pub use gatekeepers::{Behind, Gatekeeper, Gatekeepers};
pub use origins::Origins;
pub use shared::{Dependents, SharedSupplier};
pub use statuses::{Statuses, Turned};
pub use through::Through;
pub(crate) use truths::truths;

use graph::Graph;
use order::ById;
use origins::OriginCounts;
use rules::Rules;
use walk::Walk;

/// A set of obligations: the bit at an obligation's position in the policy.
pub type ObligationSet = u64;

/// How sure it is that something is owed, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Status {
    /// It is owed.
    #[default]
    Applies,
    /// It is owed if a potential operator is designated.
    Conditional,
    /// It rests on a fact that is not known.
    Unconfirmed,
}

impl Status {
    /// Every status, strongest first.
    pub const ALL: [Status; 3] = [Status::Applies, Status::Conditional, Status::Unconfirmed];

    /// The word for it, as result files have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Applies => "applies",
            Status::Conditional => "conditional",
            Status::Unconfirmed => "unconfirmed",
        }
    }

    fn grade(self) -> usize {
        self as usize
    }
}

/// One set of obligations for each status, in the order of [`Status::ALL`].
type Grades = [ObligationSet; 3];

fn and(a: Grades, b: Grades) -> Grades {
    [a[0] & b[0], a[1] & b[1], a[2] & b[2]]
}

fn or(a: Grades, b: Grades) -> Grades {
    [a[0] | b[0], a[1] | b[1], a[2] | b[2]]
}

/// A party owes an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Finding {
    /// Who owes it.
    pub party: PartyId,
    /// Position of the obligation in the policy.
    pub obligation: u8,
    /// How sure that is.
    pub status: Status,
    /// Steps from the operator; 0 for what an operator itself bears.
    pub tier: u32,
    /// The last relationship of the chain; none at tier 0.
    pub via: Option<RelationshipId>,
    /// Where the chain starts.
    pub operator: PartyId,
    /// How many operators reach the party on their own; none for an unconfirmed finding.
    pub origins: Option<Origins>,
    /// What makes it owed; none where the pack does not say.
    pub binding: Option<Binding>,
    /// The position of its chain's last step among the leads of its obligation's group.
    lead: u32,
}

/// A contract has to carry an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause {
    /// Which relationship's contract.
    pub relationship: RelationshipId,
    /// Position of the obligation in the policy.
    pub obligation: u8,
    /// How sure that is.
    pub status: Status,
    /// Steps from the operator.
    pub tier: u32,
    /// What makes it owed; none where the pack does not say.
    pub binding: Option<Binding>,
}

/// Which rule of an obligation a step of a chain stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// What the operator itself bears.
    Own,
    /// The first step.
    Direct,
    /// A later step.
    Onward,
}

impl StepKind {
    /// The step that reaches a tier.
    pub fn of_tier(tier: u32) -> StepKind {
        match tier {
            0 => StepKind::Own,
            1 => StepKind::Direct,
            _ => StepKind::Onward,
        }
    }
}

/// A register walked under a policy on a day.
pub struct Flow<'a> {
    /// The register.
    pub register: &'a Register,
    /// The policy.
    pub policy: &'a Policy,
    /// The day.
    pub as_of: Date,
    graph: Graph<'a>,
    rules: Rules,
    /// One for each group of obligations that walks together.
    walks: Vec<Walk>,
    origins: OriginCounts,
    by_id: OnceLock<ById>,
}

impl<'a> Flow<'a> {
    /// Walks every obligation from every operator along the relationships that are active on the day.
    pub fn new(register: &'a Register, policy: &'a Policy, as_of: Date) -> Flow<'a> {
        Flow::observed(register, policy, as_of, &|_| ())
    }

    /// The same, calling `done` with the name of each stage as it ends.
    pub fn observed(
        register: &'a Register,
        policy: &'a Policy,
        as_of: Date,
        done: &dyn Fn(&'static str),
    ) -> Flow<'a> {
        let mut flow = Flow::walked(register, policy, as_of, done);
        flow.origins = OriginCounts::new(&flow.graph, &flow.rules, &flow.walks);
        done("origins");
        flow
    }

    /// The walk alone, for what stands where: its findings do not say how many operators reach them.
    pub(crate) fn walked(
        register: &'a Register,
        policy: &'a Policy,
        as_of: Date,
        done: &dyn Fn(&'static str),
    ) -> Flow<'a> {
        let (rules, outcome_of) = Rules::new(register, policy);
        done("rules");
        let outcome = |relationship| outcome_of.get(relationship);
        let graph = Graph::new(register, as_of, outcome, rules.passes());
        drop(outcome_of);
        done("graph");
        let groups = 0..word::groups(policy.obligations.len());
        let walks: Vec<Walk> = groups
            .map(|group| Walk::new(&graph, &rules, group))
            .collect();
        done("walk");
        Flow {
            register,
            policy,
            as_of,
            graph,
            rules,
            walks,
            origins: OriginCounts::default(),
            by_id: OnceLock::new(),
        }
    }

    /// The relationships that are active on the day, as a count.
    pub fn active(&self) -> usize {
        self.graph.active()
    }

    /// Whether the party starts obligations, and if so whether surely.
    pub fn operator(&self, party: PartyId) -> Option<Status> {
        self.rules.operator(party)
    }

    /// The active relationships out of a customer, in register order.
    pub fn supplies_to(&self, customer: PartyId) -> impl Iterator<Item = RelationshipId> + '_ {
        self.graph.supplies_to(customer).iter().copied()
    }

    /// The active relationships into a supplier, in register order.
    pub fn supplied_by(&self, supplier: PartyId) -> impl Iterator<Item = RelationshipId> + '_ {
        self.graph.supplied_by(supplier).iter().copied()
    }

    /// Whether any active relationship leads out of a customer.
    pub fn is_supplied(&self, customer: PartyId) -> bool {
        self.graph.is_supplied(customer)
    }

    /// The relationships into a supplier that carry an obligation at a status, in register order.
    pub(crate) fn carrying_into(
        &self,
        supplier: PartyId,
        obligation: u8,
        status: Status,
    ) -> impl Iterator<Item = RelationshipId> + '_ {
        let into = self.graph.passing_into(supplier);
        into.filter(move |&relationship| self.carries(relationship, obligation, status))
    }

    /// Whether a relationship carries an obligation at a status, by some walk of whatever length.
    pub fn carries(&self, relationship: RelationshipId, obligation: u8, status: Status) -> bool {
        self.carried(relationship)[status.grade()] >> obligation & 1 == 1
    }

    /// Whether the party is an operator that surely starts an obligation, or may.
    pub fn starts(&self, party: PartyId, obligation: u8) -> Truth {
        let [_, holds, possible] = self
            .rules
            .starts(party)
            .map(|set| set >> obligation & 1 == 1);
        match (holds, possible) {
            (true, _) => Truth::True,
            (false, true) => Truth::Unknown,
            (false, false) => Truth::False,
        }
    }

    /// Whether a test of the policy holds for a relationship and its parties.
    pub fn test(&self, relationship: RelationshipId, test: TestId) -> Truth {
        self.rules
            .test(self.register, self.policy, relationship, test)
    }

    /// Whether a test of the policy holds for a party.
    pub fn test_party(&self, party: PartyId, test: TestId) -> Truth {
        self.rules
            .test_party(self.policy, self.register, party, test)
    }
}
