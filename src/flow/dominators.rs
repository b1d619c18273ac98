//! Dominators: for each position the last one that every way to it runs through.
//!
//! By the algorithm of Lengauer and Tarjan with path compression, without recursion. petgraph has dominators too, which
//! the tests hold these to; but on two chains side by side of which one feeds the other they take time that grows with the
//! square of the length, and registers have such chains.

use super::reach::Reach;

/// Nothing, as a number.
const NONE: u32 = u32::MAX;

/// The tree of dominators of all that was reached.
pub(super) struct Dominators {
    /// Where each position stands in an order in which all that it dominates follows it.
    place: Vec<u32>,
    /// How many positions each dominates, itself included.
    size: Vec<u32>,
}

impl Dominators {
    /// The dominators of what can be reached from the start, which stands at position 0.
    pub(super) fn new(reach: &Reach) -> Dominators {
        let search = Search::new(reach);
        let above = search.immediate_dominators(reach);
        let count = above.len();
        let mut size = vec![1; count];
        for number in (1..count).rev() {
            size[above[number] as usize] += size[number];
        }
        let (mut place, mut next) = (vec![0; count], vec![1; count]);
        for number in 1..count {
            let above = above[number] as usize;
            place[number] = next[above];
            next[above] += size[number];
            next[number] = place[number] + 1;
        }
        let by_position = |of: &[u32]| {
            let numbers = search.number.iter();
            numbers.map(|&number| of[number as usize]).collect()
        };
        Dominators {
            place: by_position(&place),
            size: by_position(&size),
        }
    }

    /// Where a position stands in the order.
    pub(super) fn place(&self, position: u32) -> u32 {
        self.place[position as usize]
    }

    /// The places of all that a position dominates, its own first.
    pub(super) fn dominated(&self, position: u32) -> std::ops::Range<u32> {
        let place = self.place(position);
        place..place + self.size[position as usize]
    }
}

/// A search in depth: positions are numbered as they are met.
struct Search {
    number: Vec<u32>,
    position: Vec<u32>,
    /// The number of the position that each was met from.
    parent: Vec<u32>,
}

impl Search {
    fn new(reach: &Reach) -> Search {
        let mut search = Search {
            number: vec![NONE; reach.len()],
            position: Vec::with_capacity(reach.len()),
            parent: Vec::with_capacity(reach.len()),
        };
        let mut open = Vec::new();
        search.meet(0, NONE);
        open.push(reach.out_of(0).iter());
        let mut way = vec![0];
        while let (Some(edges), Some(&from)) = (open.last_mut(), way.last()) {
            match edges.find(|&&to| search.number[to as usize] == NONE) {
                Some(&to) => {
                    way.push(search.meet(to, from));
                    open.push(reach.out_of(to).iter());
                }
                None => {
                    open.pop();
                    way.pop();
                }
            }
        }
        search
    }

    fn meet(&mut self, position: u32, from: u32) -> u32 {
        let number = self.position.len() as u32;
        self.number[position as usize] = number;
        self.position.push(position);
        self.parent.push(from);
        number
    }

    /// The number of the immediate dominator of each number; that of the start is the start.
    fn immediate_dominators(&self, reach: &Reach) -> Vec<u32> {
        let count = self.position.len();
        let mut forest = Forest::new(count);
        let mut above = vec![0; count];
        // The numbers that wait at their semidominator, each with the next that waits there.
        let (mut waiting, mut next) = (vec![NONE; count], vec![NONE; count]);
        for number in (1..count as u32).rev() {
            let at = number as usize;
            for &from in reach.into(self.position[at]) {
                let best = forest.best(self.number[from as usize]);
                forest.semi[at] = forest.semi[at].min(forest.semi[best as usize]);
            }
            let semi = forest.semi[at] as usize;
            next[at] = std::mem::replace(&mut waiting[semi], number);
            let parent = self.parent[at];
            forest.above[at] = parent;
            let mut waits = std::mem::replace(&mut waiting[parent as usize], NONE);
            while waits != NONE {
                let best = forest.best(waits);
                let is_below = forest.semi[best as usize] < forest.semi[waits as usize];
                above[waits as usize] = if is_below { best } else { parent };
                waits = next[waits as usize];
            }
        }
        for number in 1..count {
            if above[number] != forest.semi[number] {
                above[number] = above[above[number] as usize];
            }
        }
        above
    }
}

/// The part of the search's tree that was gone over, with ways made short.
struct Forest {
    semi: Vec<u32>,
    /// The number with the least semidominator on the way up that was made short.
    best: Vec<u32>,
    above: Vec<u32>,
    way: Vec<u32>,
}

impl Forest {
    fn new(count: usize) -> Forest {
        Forest {
            semi: (0..count as u32).collect(),
            best: (0..count as u32).collect(),
            above: vec![NONE; count],
            way: Vec::new(),
        }
    }

    /// The number with the least semidominator between a number and the top of its tree.
    fn best(&mut self, number: u32) -> u32 {
        let mut at = number;
        while self.above[at as usize] != NONE {
            self.way.push(at);
            at = self.above[at as usize];
        }
        // The last of the way hangs under the top already.
        self.way.pop();
        while let Some(at) = self.way.pop() {
            let at = at as usize;
            let above = self.above[at] as usize;
            let (own, higher) = (self.best[at], self.best[above]);
            if self.semi[higher as usize] < self.semi[own as usize] {
                self.best[at] = higher;
            }
            self.above[at] = self.above[above];
        }
        self.best[number as usize]
    }
}

#[cfg(test)]
mod tests {
    use petgraph::algo::dominators::simple_fast;
    use petgraph::graph::{DiGraph, NodeIndex};
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// Whether every way to one position runs through another, for each pair.
    fn dominates(reach: &Reach) -> Vec<Vec<bool>> {
        let dominators = Dominators::new(reach);
        let positions = || 0..reach.len() as u32;
        let row = |above: u32| -> Vec<bool> {
            let dominated = dominators.dominated(above);
            let places = positions().map(|at| dominators.place(at));
            places.map(|place| dominated.contains(&place)).collect()
        };
        positions().map(row).collect()
    }

    proptest! {
        #[test]
        fn dominators_equal_those_of_petgraph(edges in vec((0..12_u32, 0..12_u32), 0..30)) {
            let of = |node: u32| {
                let out = edges.iter().filter(move |&&(from, _)| from == node);
                out.map(|&(_, to)| to)
            };
            let reach = Reach::new(12, of(0), of, u32::MAX);
            let mut graph: DiGraph<(), (), u32> = DiGraph::new();
            (0..reach.len()).for_each(|_| {
                graph.add_node(());
            });
            let positions = 0..reach.len() as u32;
            for from in positions.clone() {
                graph.extend_with_edges(reach.out_of(from).iter().map(|&to| (from, to)));
            }
            let known = simple_fast(&graph, NodeIndex::new(0));
            let found = dominates(&reach);
            for at in positions {
                let above: Vec<usize> = known.dominators(NodeIndex::new(at as usize)).unwrap().map(NodeIndex::index).collect();
                for (other, row) in found.iter().enumerate() {
                    prop_assert_eq!(row[at as usize], above.contains(&other), "{} of {}", other, at);
                }
            }
        }
    }

    #[test]
    fn long_chains_take_little_time_and_no_stack() {
        // Two chains, of which the first feeds the second: nothing of either dominates the second's.
        let length = 100_000;
        let on = |node: u32| {
            let next = Some(node + 1).filter(|next| next % length != 0);
            next.into_iter()
                .chain((node < length).then_some(node + length))
        };
        let reach = Reach::new(2 * length as usize, [0, length].into_iter(), on, u32::MAX);
        let dominators = Dominators::new(&reach);
        let size = |node| dominators.dominated(reach.position(node).unwrap()).len();
        assert_eq!(reach.len(), 2 * length as usize + 1);
        assert_eq!(
            [0, 1, length - 1, length, length + 1].map(size),
            [length as usize, length as usize - 1, 1, 1, 1]
        );
    }
}
