//! Strongly connected components of a part of the graph, without recursion.
//!
//! A long chain would overflow the stack of an algorithm that recurses; here only some of the edges count, and they are
//! at hand one way.

use super::graph::Node;

/// Marks a node that was not met.
const UNMET: u32 = u32::MAX;
/// Set in a node's mark when its component is complete.
const COMPLETE: u32 = 1 << 31;

/// Components of the nodes that were met, those that nothing leads out of first.
pub(super) struct Components {
    /// For each node the position at which it was met, or with [`COMPLETE`] its component.
    marks: Vec<u32>,
    /// The nodes of all components, component by component.
    pub(super) nodes: Vec<Node>,
    /// Where each component ends in `nodes`.
    pub(super) ends: Vec<u32>,
}

/// A node on the way, with the edges out of it that are still to be followed.
struct Open<I> {
    node: Node,
    /// The lowest mark reached from the node.
    low: u32,
    edges: I,
}

impl Components {
    /// The components of all that can be reached from some of so many nodes, by Tarjan's algorithm.
    pub(super) fn new<I: Iterator<Item = Node>>(
        nodes: usize,
        from: impl Iterator<Item = Node>,
        edges: impl Fn(Node) -> I,
    ) -> Components {
        let mut all = Components {
            marks: vec![UNMET; nodes],
            nodes: Vec::new(),
            ends: Vec::new(),
        };
        let (mut open, mut waiting, mut met) = (Vec::new(), Vec::new(), 0);
        for start in from {
            if all.marks[start as usize] != UNMET {
                continue;
            }
            let mut next = Some(start);
            loop {
                if let Some(node) = next.take() {
                    all.marks[node as usize] = met;
                    waiting.push(node);
                    let (low, edges) = (met, edges(node));
                    open.push(Open { node, low, edges });
                    met += 1;
                }
                let Some(top) = open.last_mut() else { break };
                next = all.follow(top);
                if next.is_some() {
                    continue;
                }
                let Some(Open { node, low, .. }) = open.pop() else {
                    break;
                };
                if low == all.marks[node as usize] {
                    all.complete(node, &mut waiting);
                }
                if let Some(below) = open.last_mut() {
                    below.low = below.low.min(low);
                }
            }
        }
        all
    }

    /// Follows the edges out of a node as far as one that leads to a node not yet met.
    fn follow<I: Iterator<Item = Node>>(&self, top: &mut Open<I>) -> Option<Node> {
        for node in top.edges.by_ref() {
            match self.marks[node as usize] {
                UNMET => return Some(node),
                // The mark of a complete node is greater than any other.
                mark => top.low = top.low.min(mark),
            }
        }
        None
    }

    /// Makes a component of the nodes that wait since a node was met.
    fn complete(&mut self, first: Node, waiting: &mut Vec<Node>) {
        let component = self.ends.len() as u32 | COMPLETE;
        while let Some(node) = waiting.pop() {
            self.marks[node as usize] = component;
            self.nodes.push(node);
            if node == first {
                break;
            }
        }
        self.ends.push(self.nodes.len() as u32);
    }

    /// How many components there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The component of a node that was met.
    pub(super) fn of(&self, node: Node) -> usize {
        (self.marks[node as usize] & !COMPLETE) as usize
    }

    /// The nodes of a component.
    pub(super) fn get(&self, component: usize) -> &[Node] {
        let start = component
            .checked_sub(1)
            .map_or(0, |before| self.ends[before]);
        &self.nodes[start as usize..self.ends[component] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_are_components_and_what_follows_comes_first() {
        // 0 -> 1 -> 2 -> 0, 2 -> 3 -> 4 -> 3, 5 -> 0; 6 is not reached.
        let edges: [&[Node]; 7] = [&[1], &[2], &[0, 3], &[4], &[3, 4], &[0], &[]];
        let of = |node: Node| edges[node as usize].iter().copied();
        let components = Components::new(7, [0, 5].into_iter(), of);
        let mut groups: Vec<Vec<Node>> = (0..components.len())
            .map(|component| components.get(component).to_vec())
            .collect();
        groups.iter_mut().for_each(|group| group.sort_unstable());
        assert_eq!(groups, [vec![3, 4], vec![0, 1, 2], vec![5]]);
        assert_eq!(components.of(4), 0);
    }

    #[test]
    fn a_long_chain_is_no_danger() {
        let last = 300_000;
        let of = |node: Node| (node < last).then_some(node + 1).into_iter();
        let components = Components::new(last as usize + 1, std::iter::once(0), of);
        assert_eq!(components.len(), last as usize + 1);
        assert_eq!(components.get(0), [last]);
    }
}
