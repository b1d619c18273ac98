//! How many operators reach each party on their own.
//!
//! Only what surely holds counts, so each obligation has its part of the graph. Where an obligation may travel any number
//! of steps, parties that reach each other have the same operators: they are one component, and sets of names go once
//! along each edge between components. Where its steps are bounded, the operators walk together a level at a time, each
//! carrying its name. Past 64 names a set forgets them, so that nothing is quadratic.

use rayon::prelude::*;

use super::Status;
use super::components::Components;
use super::graph::{Graph, Node};
use super::names::{Names, SetId};
use super::rules::Rules;
use super::sure::{Sure, SureParts};
use super::walk::Walk;
use crate::register::PartyId;

/// How many operators reach a party, exact to 64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origins {
    /// So many, 64 at most.
    Exactly(u8),
    /// More than 64.
    More,
}

impl Origins {
    /// Most operators that are counted one by one.
    pub const MOST: u8 = 64;
}

impl std::fmt::Display for Origins {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Origins::Exactly(count) => write!(f, "{count}"),
            Origins::More => write!(f, "{}+", Origins::MOST),
        }
    }
}

/// The counts for every obligation and party, at the strongest status that is not unconfirmed.
#[derive(Debug, Default)]
pub(super) struct OriginCounts(Vec<Vec<u8>>);

impl OriginCounts {
    /// Counts the operators behind everything that arrives at the first two grades.
    pub(super) fn new(graph: &Graph, rules: &Rules, walks: &[Walk]) -> OriginCounts {
        let parts = SureParts::new(graph, rules, walks);
        let count = |obligation: u8| Count(parts.of(obligation)).of_all();
        OriginCounts(
            (0..rules.obligations())
                .into_par_iter()
                .map(count)
                .collect(),
        )
    }

    /// How many operators reach a party that has an obligation at one of the first two statuses.
    pub(super) fn get(&self, party: PartyId, obligation: u8) -> Option<Origins> {
        match self.0.get(usize::from(obligation))?.get(party.index()) {
            Some(&count) if count <= Origins::MOST => Some(Origins::Exactly(count)),
            Some(_) => Some(Origins::More),
            None => None,
        }
    }
}

/// The counting of one obligation.
struct Count<'a, 'r>(Sure<'a, 'r>);

impl Count<'_, '_> {
    /// The count of each party at its strongest status; 65 is more than 64.
    fn of_all(&self) -> Vec<u8> {
        let Count(sure) = self;
        let mut counts = vec![0; sure.graph.nodes()];
        let mut names = Names::new();
        match sure.most_tiers() {
            None => self.of_any_length(&mut names, &mut counts),
            Some(most) => {
                // Where both reach a party, what applies is what counts.
                for status in [Status::Conditional, Status::Applies] {
                    self.of_bounded_length(most, status, &mut names, &mut counts);
                }
            }
        }
        counts.truncate(sure.graph.parties().len());
        counts
    }

    /// Without a bound, what applies at a party applies at all that it leads on to; so each party counts the operators
    /// of its own status, and both statuses go at once.
    fn of_any_length(&self, names: &mut Names, counts: &mut [u8]) {
        let Count(sure) = self;
        let firsts = || {
            let statuses = [Status::Applies, Status::Conditional].into_iter();
            statuses.flat_map(|status| {
                let firsts = sure.starting(status);
                firsts.filter(move |&(_, node)| sure.status(node) == Some(status))
            })
        };
        let on = |node: Node| {
            let status = sure.status(node);
            let nodes = sure.later_steps(node);
            nodes.filter(move |&to| sure.status(to) == status)
        };
        let (components, sets) = spread(sure.graph.nodes(), firsts, on, names);
        for (component, &set) in sets.iter().enumerate() {
            for &node in components.get(component) {
                counts[node as usize] = names.count(set);
            }
        }
        for status in [Status::Applies, Status::Conditional] {
            self.count_owners(status, names, counts, |node| {
                let is_met = sure.status(node) == Some(status);
                is_met.then(|| sets[components.of(node)])
            });
        }
    }

    fn of_bounded_length(&self, most: u32, status: Status, names: &mut Names, counts: &mut [u8]) {
        let sets = spread_bounded(&self.0, most, status, names);
        for (count, &set) in counts.iter_mut().zip(&sets) {
            if set != SetId::EMPTY {
                *count = names.count(set);
            }
        }
        self.count_owners(status, names, counts, |node| Some(sets[node as usize]));
    }

    /// An operator that bears the obligation itself counts as one that reaches it.
    fn count_owners(
        &self,
        status: Status,
        names: &mut Names,
        counts: &mut [u8],
        reaching: impl Fn(Node) -> Option<SetId>,
    ) {
        let Count(sure) = self;
        for operator in sure.operators(status) {
            // What reaches a potential operator from a sure one applies, and there it does not count itself.
            let is_stronger = sure.status(operator.0).is_some_and(|other| other < status);
            if sure.owns(operator, status) && !is_stronger {
                let others = reaching(operator.0).unwrap_or(SetId::EMPTY);
                let itself = names.one(operator);
                let set = names.union(others, itself);
                counts[operator.index()] = names.count(set);
            }
        }
    }
}

/// Spreads names over all that can be reached, however far: the components of parties that reach each other, and the
/// names at each.
pub(super) fn spread<F, I>(
    nodes: usize,
    firsts: impl Fn() -> F,
    on: impl Fn(Node) -> I,
    names: &mut Names,
) -> (Components, Vec<SetId>)
where
    F: Iterator<Item = (PartyId, Node)>,
    I: Iterator<Item = Node>,
{
    let components = Components::new(nodes, firsts().map(|(_, node)| node), &on);
    let mut sets = vec![SetId::EMPTY; components.len()];
    for (operator, node) in firsts() {
        let set = &mut sets[components.of(node)];
        let one = names.one(operator);
        *set = names.union(*set, one);
    }
    for component in (0..components.len()).rev() {
        let set = sets[component];
        for &node in components.get(component) {
            for to in on(node) {
                let into = &mut sets[components.of(to)];
                *into = names.union(*into, set);
            }
        }
    }
    (components, sets)
}

/// Spreads names over what can be reached in so many steps: the names at each node.
///
/// With a bound the tier matters: a node passes on only names that are new to it.
pub(super) fn spread_bounded(
    sure: &Sure,
    most: u32,
    status: Status,
    names: &mut Names,
) -> Vec<SetId> {
    let mut sets = vec![SetId::EMPTY; sure.graph.nodes()];
    let mut level = Arriving::new(sure.graph.nodes());
    for (operator, node) in sure.starting(status) {
        let one = names.one(operator);
        level.arrive(node, one, names);
    }
    for tier in 1..=most {
        let mut frontier = Vec::new();
        for node in std::mem::take(&mut level.touched) {
            let set = std::mem::replace(&mut level.sets[node as usize], SetId::EMPTY);
            let known = &mut sets[node as usize];
            let new = names.without(set, *known);
            if new != SetId::EMPTY {
                *known = names.union(*known, set);
                frontier.push((node, new));
            }
        }
        if frontier.is_empty() || tier == most {
            break;
        }
        for (node, new) in frontier {
            for to in sure.later_steps(node) {
                if sets[to as usize] != SetId::MORE {
                    level.arrive(to, new, names);
                }
            }
        }
    }
    sets
}

/// The names that arrive at each node at a level.
struct Arriving {
    sets: Vec<SetId>,
    touched: Vec<Node>,
}

impl Arriving {
    fn new(nodes: usize) -> Arriving {
        Arriving {
            sets: vec![SetId::EMPTY; nodes],
            touched: Vec::new(),
        }
    }

    fn arrive(&mut self, node: Node, names_new: SetId, names: &mut Names) {
        let set = &mut self.sets[node as usize];
        if *set == SetId::EMPTY {
            self.touched.push(node);
        }
        *set = names.union(*set, names_new);
    }
}
