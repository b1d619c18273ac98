//! What is sure: for each obligation the steps that hold with nothing unknown, and what they reach.

use rayon::prelude::*;

use super::Status;
use super::graph::{EdgeOut, Graph, Node};
use super::rows::{Rows, Sources};
use super::rules::Rules;
use super::walk::{Arrival, Walk};
use super::word::{applying, bit_of, conditional, group_of};
use crate::register::PartyId;

/// What is sure of every obligation.
pub(super) struct SureParts<'a, 'r> {
    graph: &'a Graph<'r>,
    rules: &'a Rules,
    walks: &'a [Walk],
    /// One for each group of obligations.
    parts: Vec<Part>,
    /// Every operator, sure or potential.
    operators: Vec<PartyId>,
}

impl<'a, 'r> SureParts<'a, 'r> {
    pub(super) fn new(graph: &'a Graph<'r>, rules: &'a Rules, walks: &'a [Walk]) -> Self {
        let is_operator = |&party: &PartyId| rules.operator(party).is_some();
        SureParts {
            graph,
            rules,
            walks,
            parts: walks.iter().map(|walk| Part::new(graph, walk)).collect(),
            operators: graph.parties().filter(is_operator).collect(),
        }
    }

    /// What is sure of one obligation.
    pub(super) fn of(&self, obligation: u8) -> Sure<'_, 'r> {
        let group = group_of(obligation);
        Sure {
            graph: self.graph,
            rules: self.rules,
            walk: &self.walks[group],
            part: &self.parts[group],
            obligation,
            operators: &self.operators,
        }
    }
}

/// The edges along which a group of obligations surely goes on, and what surely reaches each node.
struct Part {
    edges: Rows<SureEdge>,
    /// What applies at each node and what is conditional or better, as bits of the group.
    reached: Vec<[u32; 2]>,
}

/// An edge with the obligations that surely pass.
#[derive(Debug, Clone, Copy, Default)]
struct SureEdge {
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

impl Sources<SureEdge> for SureEdges<'_, '_> {
    fn count(&self) -> usize {
        self.0.nodes()
    }

    fn each(&self, source: usize, mut visit: impl FnMut(u32, SureEdge)) {
        let [_, reached] = self.2[source];
        if reached == 0 {
            return;
        }
        for &EdgeOut { to, code } in self.0.out_of.get(source as u32) {
            let pass = applying(self.1.onward[code.index()]) & reached;
            if pass != 0 {
                visit(source as u32, SureEdge { to, pass });
            }
        }
    }
}

/// What is sure of one obligation.
pub(super) struct Sure<'a, 'r> {
    pub(super) graph: &'a Graph<'r>,
    rules: &'a Rules,
    walk: &'a Walk,
    part: &'a Part,
    obligation: u8,
    operators: &'a [PartyId],
}

impl Sure<'_, '_> {
    /// Most steps that the obligation travels.
    pub(super) fn most_tiers(&self) -> Option<u32> {
        self.rules.most_tiers(self.obligation)
    }

    fn bit(&self) -> u32 {
        bit_of(0, self.obligation)
    }

    /// The status at which the obligation surely reaches a node.
    pub(super) fn status(&self, node: Node) -> Option<Status> {
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
    pub(super) fn operators(&self, status: Status) -> impl Iterator<Item = PartyId> + '_ {
        let starts = move |&party: &PartyId| {
            let holds = self.rules.starts(party)[Status::Conditional.grade()];
            self.rules.operator(party) == Some(status) && holds >> self.obligation & 1 == 1
        };
        self.operators.iter().copied().filter(starts)
    }

    /// The operators of a status, each with every node that it reaches by a first step that surely holds.
    pub(super) fn starting(&self, status: Status) -> impl Iterator<Item = (PartyId, Node)> + '_ {
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

    /// Whether a party bears the obligation itself at a status.
    pub(super) fn owns(&self, party: PartyId, status: Status) -> bool {
        self.rules.owns(party)[status.grade()] >> self.obligation & 1 == 1
    }

    /// The nodes that the obligation goes on to from a node by a step that surely holds.
    pub(super) fn later_steps(&self, node: Node) -> impl Iterator<Item = Node> + '_ {
        let edges = self.part.edges.get(node).iter();
        let passes = move |edge: &&SureEdge| edge.pass >> self.bit() & 1 == 1;
        edges.filter(passes).map(|edge| edge.to)
    }
}
