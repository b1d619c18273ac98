//! How many operators reach each party on their own.
//!
//! Only what surely holds counts, so each obligation has its part of the graph. Where an obligation may travel any number
//! of steps, parties that reach each other have the same operators: they are one component, and sets of names go once
//! along each edge between components. Where its steps are bounded, the operators walk together a level at a time, each
//! carrying its name. Past 64 names a set forgets them, so that nothing is quadratic.

use rayon::prelude::*;

use super::Status;
use super::components::Components;
use super::graph::{EdgeOut, Graph, Node};
use super::names::{Names, SetId};
use super::rows::{Rows, Sources};
use super::rules::Rules;
use super::walk::{Arrival, Walk};
use super::word::{applying, conditional, group_of};
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
        let parts: Vec<Part> = walks.iter().map(|walk| Part::new(graph, walk)).collect();
        let is_operator = |&party: &PartyId| rules.operator(party).is_some();
        let operators: Vec<PartyId> = graph.parties().filter(is_operator).collect();
        let count = |obligation: u8| {
            let group = group_of(obligation);
            let count = Count {
                graph,
                rules,
                walk: &walks[group],
                part: &parts[group],
                obligation,
                operators: &operators,
            };
            count.of_all()
        };
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

/// The edges along which a group of obligations surely goes on, and what surely reaches each node.
struct Part {
    edges: Rows<Sure>,
    /// What applies at each node and what is conditional or better, as bits of the group.
    reached: Vec<[u32; 2]>,
}

/// An edge with the obligations that surely pass.
#[derive(Debug, Clone, Copy, Default)]
struct Sure {
    to: Node,
    pass: u32,
}

impl Part {
    fn new(graph: &Graph, walk: &Walk) -> Part {
        let reached = |node: u32| {
            let all = |words: u64, arrival: &Arrival| words | arrival.new;
            let word = walk.arrivals.get(node).iter().fold(0, all);
            [applying(word), conditional(word)]
        };
        let nodes = 0..graph.nodes() as u32;
        let reached: Vec<[u32; 2]> = nodes.into_par_iter().map(reached).collect();
        let edges = Rows::new(graph.nodes(), &SureEdges(graph, walk, &reached));
        Part { edges, reached }
    }
}

/// The edges that pass anything surely, by the node that they lead from.
struct SureEdges<'a, 'r>(&'a Graph<'r>, &'a Walk, &'a [[u32; 2]]);

impl Sources<Sure> for SureEdges<'_, '_> {
    fn count(&self) -> usize {
        self.0.nodes()
    }

    fn each(&self, source: usize, mut visit: impl FnMut(u32, Sure)) {
        let [_, reached] = self.2[source];
        if reached == 0 {
            return;
        }
        for &EdgeOut { to, code } in self.0.out_of.get(source as u32) {
            let pass = applying(self.1.onward[code.index()]) & reached;
            if pass != 0 {
                visit(source as u32, Sure { to, pass });
            }
        }
    }
}

/// The counting of one obligation.
struct Count<'a, 'r> {
    graph: &'a Graph<'r>,
    rules: &'a Rules,
    walk: &'a Walk,
    part: &'a Part,
    obligation: u8,
    /// Every operator, sure or potential.
    operators: &'a [PartyId],
}

impl Count<'_, '_> {
    /// The count of each party at its strongest status; 65 is more than 64.
    fn of_all(&self) -> Vec<u8> {
        let mut counts = vec![0; self.graph.nodes()];
        let mut names = Names::new();
        match self.rules.most_tiers(self.obligation) {
            None => self.of_any_length(&mut names, &mut counts),
            Some(most) => {
                // Where both reach a party, what applies is what counts.
                for status in [Status::Conditional, Status::Applies] {
                    self.of_bounded_length(most, status, &mut names, &mut counts);
                }
            }
        }
        counts.truncate(self.graph.parties().len());
        counts
    }

    fn bit(&self) -> u32 {
        super::word::bit_of(0, self.obligation)
    }

    /// The status at which the obligation surely reaches a node.
    fn status(&self, node: Node) -> Option<Status> {
        let [applies, conditional] = self.part.reached[node as usize];
        match () {
            () if applies >> self.bit() & 1 == 1 => Some(Status::Applies),
            () if conditional >> self.bit() & 1 == 1 => Some(Status::Conditional),
            () => None,
        }
    }

    /// The operators of a status that surely start the obligation.
    ///
    /// At `conditional` only potential operators count: whatever a sure one reaches so is `applies`.
    fn operators(&self, status: Status) -> impl Iterator<Item = PartyId> + '_ {
        let starts = move |&party: &PartyId| {
            let holds = self.rules.starts(party)[Status::Conditional.grade()];
            self.rules.operator(party) == Some(status) && holds >> self.obligation & 1 == 1
        };
        self.operators.iter().copied().filter(starts)
    }

    /// The operators of a status, each with every node that it reaches by a first step that surely holds.
    fn starting(&self, status: Status) -> impl Iterator<Item = (PartyId, Node)> + '_ {
        let operators = self.operators(status);
        operators.flat_map(move |operator| {
            let nodes = self.first_steps(operator);
            nodes.map(move |node| (operator, node))
        })
    }

    /// The nodes that an operator reaches by a first step that surely holds.
    fn first_steps(&self, operator: PartyId) -> impl Iterator<Item = Node> + '_ {
        let edges = self.graph.out_of.get(operator.0).iter();
        let holds = move |edge: &&EdgeOut| {
            let direct = self.walk.direct[edge.code.index()];
            applying(direct) >> self.bit() & 1 == 1
        };
        edges.filter(holds).map(|edge| edge.to)
    }

    /// The nodes that the obligation goes on to from a node by a step that surely holds.
    fn later_steps(&self, node: Node) -> impl Iterator<Item = Node> + '_ {
        let edges = self.part.edges.get(node).iter();
        let passes = move |edge: &&Sure| edge.pass >> self.bit() & 1 == 1;
        edges.filter(passes).map(|edge| edge.to)
    }

    /// Without a bound, what applies at a party applies at all that it leads on to; so each party counts the operators
    /// of its own status, and both statuses go at once.
    fn of_any_length(&self, names: &mut Names, counts: &mut [u8]) {
        let firsts = || {
            let statuses = [Status::Applies, Status::Conditional].into_iter();
            statuses.flat_map(|status| {
                let firsts = self.starting(status);
                firsts.filter(move |&(_, node)| self.status(node) == Some(status))
            })
        };
        let on = |node: Node| {
            let status = self.status(node);
            let nodes = self.later_steps(node);
            nodes.filter(move |&to| self.status(to) == status)
        };
        let nodes = self.graph.nodes();
        let components = Components::new(nodes, firsts().map(|(_, node)| node), on);
        let mut sets = vec![SetId::EMPTY; components.len()];
        for (operator, node) in firsts() {
            let set = &mut sets[components.of(node)];
            let one = names.one(operator);
            *set = names.union(*set, one);
        }
        for component in (0..components.len()).rev() {
            let set = sets[component];
            for &node in components.get(component) {
                counts[node as usize] = names.count(set);
                for to in on(node) {
                    let into = &mut sets[components.of(to)];
                    *into = names.union(*into, set);
                }
            }
        }
        for status in [Status::Applies, Status::Conditional] {
            self.count_owners(status, names, counts, |node| {
                let is_met = self.status(node) == Some(status);
                is_met.then(|| sets[components.of(node)])
            });
        }
    }

    /// With a bound the tier matters: a node passes on only names that are new to it, at most so many levels.
    fn of_bounded_length(&self, most: u32, status: Status, names: &mut Names, counts: &mut [u8]) {
        let mut sets = vec![SetId::EMPTY; self.graph.nodes()];
        let mut level = Arriving::new(self.graph.nodes());
        for (operator, node) in self.starting(status) {
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
                    counts[node as usize] = names.count(*known);
                    frontier.push((node, new));
                }
            }
            if frontier.is_empty() || tier == most {
                break;
            }
            for (node, new) in frontier {
                for to in self.later_steps(node) {
                    if sets[to as usize] != SetId::MORE {
                        level.arrive(to, new, names);
                    }
                }
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
        for operator in self.operators(status) {
            let owns = self.rules.owns(operator)[status.grade()] >> self.obligation & 1 == 1;
            // What reaches a potential operator from a sure one applies, and there it does not count itself.
            let is_stronger = self.status(operator.0).is_some_and(|other| other < status);
            if owns && !is_stronger {
                let others = reaching(operator.0).unwrap_or(SetId::EMPTY);
                let itself = names.one(operator);
                let set = names.union(others, itself);
                counts[operator.index()] = names.count(set);
            }
        }
    }
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
