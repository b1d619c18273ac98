//! What can be reached from some nodes, as a graph of its own: nodes become positions in the order in which a search in
//! breadth meets them, and the start stands before them at position 0.

use std::ops::Range;

use super::graph::Node;

/// Marks a node that was not met.
const UNMET: u32 = u32::MAX;

/// A part of the graph, level by level.
pub(super) struct Reach {
    /// The node at each position from 1 on.
    nodes: Vec<Node>,
    /// The steps from the start to each position.
    levels: Vec<u32>,
    /// The first position that was met from each; those of the next follow.
    met_from: Vec<u32>,
    out_starts: Vec<usize>,
    out_of: Vec<u32>,
    in_starts: Vec<usize>,
    into: Vec<u32>,
}

impl Reach {
    /// Searches from some of so many nodes, at most so many steps.
    pub(super) fn new<I: Iterator<Item = Node>>(
        nodes: usize,
        firsts: impl Iterator<Item = Node>,
        on: impl Fn(Node) -> I,
        most: u32,
    ) -> Reach {
        let mut reach = Reach {
            nodes: Vec::new(),
            levels: vec![0],
            met_from: Vec::new(),
            out_starts: vec![0],
            out_of: Vec::new(),
            in_starts: Vec::new(),
            into: Vec::new(),
        };
        let mut positions = vec![UNMET; nodes];
        reach.meet(firsts, 1, &mut positions);
        let mut at = 1;
        while let Some(&node) = reach.nodes.get(at - 1) {
            let level = reach.levels[at];
            let on = (level < most).then(|| on(node)).into_iter().flatten();
            reach.meet(on, level.saturating_add(1), &mut positions);
            at += 1;
        }
        reach.turn();
        reach
    }

    /// Meets the nodes that the next position leads to, of which some have a position already.
    fn meet(&mut self, nodes: impl Iterator<Item = Node>, level: u32, positions: &mut [u32]) {
        self.met_from.push(self.levels.len() as u32);
        for node in nodes {
            let position = &mut positions[node as usize];
            if *position == UNMET {
                *position = self.levels.len() as u32;
                self.levels.push(level);
                self.nodes.push(node);
            }
            self.out_of.push(*position);
        }
        self.out_starts.push(self.out_of.len());
    }

    /// Collects the edges into each position.
    fn turn(&mut self) {
        let mut starts = vec![0; self.len() + 1];
        for &to in &self.out_of {
            starts[to as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut into = vec![0; self.out_of.len()];
        for from in 0..self.len() as u32 {
            for &to in self.out_of(from) {
                let slot = &mut next[to as usize];
                into[*slot] = from;
                *slot += 1;
            }
        }
        (self.in_starts, self.into) = (starts, into);
    }

    /// How many positions there are, the start included.
    pub(super) fn len(&self) -> usize {
        self.levels.len()
    }

    /// How many edges there are.
    pub(super) fn edges(&self) -> usize {
        self.out_of.len()
    }

    /// The nodes that were met, each with its position.
    pub(super) fn met(&self) -> impl Iterator<Item = (u32, Node)> + '_ {
        (1..).zip(self.nodes.iter().copied())
    }

    /// The position of a node that was met.
    #[cfg(test)]
    pub(super) fn position(&self, node: Node) -> Option<u32> {
        let mut met = self.met();
        met.find_map(|(position, other)| (other == node).then_some(position))
    }

    /// The node at a position from 1 on.
    pub(super) fn node(&self, position: u32) -> Node {
        self.nodes[position as usize - 1]
    }

    /// The steps from the start to a position.
    pub(super) fn level(&self, position: u32) -> u32 {
        self.levels[position as usize]
    }

    /// The positions that one leads to.
    pub(super) fn out_of(&self, position: u32) -> &[u32] {
        let at = position as usize;
        &self.out_of[self.out_starts[at]..self.out_starts[at + 1]]
    }

    /// The positions that lead to one.
    pub(super) fn into(&self, position: u32) -> &[u32] {
        let at = position as usize;
        &self.into[self.in_starts[at]..self.in_starts[at + 1]]
    }

    /// The positions that were first met from one.
    pub(super) fn met_from(&self, position: u32) -> Range<u32> {
        let at = position as usize;
        let end = self.met_from.get(at + 1);
        self.met_from[at]..end.map_or(self.len() as u32, |&end| end)
    }
}
