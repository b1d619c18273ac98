//! What is lost where some positions are cut out: a search that looks only at what was first met by way of them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::reach::Reach;

/// What a cut makes of a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// It was first met on a way that the cut leaves whole.
    Whole,
    Cut,
    /// It was first met by way of the cut, and no other way is known.
    Doubtful,
    /// There is another way.
    Found,
}

/// Cuts positions out of what can be reached in so many steps, one party's after another's.
pub(super) struct Cutter<'r> {
    reach: &'r Reach,
    most: u32,
    marks: Vec<Mark>,
    /// The positions whose mark is not [`Mark::Whole`].
    touched: Vec<u32>,
    open: BinaryHeap<Reverse<(u32, u32)>>,
    /// Positions and edges that were looked at so far.
    pub(super) looks: usize,
}

impl<'r> Cutter<'r> {
    pub(super) fn new(reach: &'r Reach, most: u32) -> Cutter<'r> {
        Cutter {
            reach,
            most,
            marks: vec![Mark::Whole; reach.len()],
            touched: Vec::new(),
            open: BinaryHeap::new(),
            looks: 0,
        }
    }

    /// The positions that can no longer be reached in as many steps, those that are cut out not among them.
    pub(super) fn lost(&mut self, cut: impl Iterator<Item = u32>) -> Vec<u32> {
        self.doubt(cut);
        self.look_back();
        self.go_on();
        let is_lost = |&&position: &&u32| self.marks[position as usize] == Mark::Doubtful;
        let lost = self.touched.iter().filter(is_lost).copied().collect();
        for position in self.touched.drain(..) {
            self.marks[position as usize] = Mark::Whole;
        }
        lost
    }

    /// Marks the cut, and all that was first met by way of it.
    fn doubt(&mut self, cut: impl Iterator<Item = u32>) {
        for position in cut {
            self.marks[position as usize] = Mark::Cut;
            self.touched.push(position);
        }
        let mut at = 0;
        while let Some(&position) = self.touched.get(at) {
            for met in self.reach.met_from(position) {
                if self.marks[met as usize] == Mark::Whole {
                    self.marks[met as usize] = Mark::Doubtful;
                    self.touched.push(met);
                }
            }
            let edges = self.reach.out_of(position).len() + self.reach.into(position).len();
            self.looks += 1 + edges;
            at += 1;
        }
    }

    /// Opens the doubtful positions to which something whole leads.
    fn look_back(&mut self) {
        for &position in &self.touched {
            if self.marks[position as usize] != Mark::Doubtful {
                continue;
            }
            let from = self.reach.into(position).iter();
            let whole = from.filter(|&&from| self.marks[from as usize] == Mark::Whole);
            if let Some(level) = whole.map(|&from| self.reach.level(from) + 1).min() {
                self.open.push(Reverse((level, position)));
            }
        }
    }

    /// Goes on from what is open, the nearest first, as far as the steps allow.
    fn go_on(&mut self) {
        while let Some(Reverse((level, position))) = self.open.pop() {
            if self.marks[position as usize] == Mark::Found || level > self.most {
                continue;
            }
            self.marks[position as usize] = Mark::Found;
            for &to in self.reach.out_of(position) {
                if self.marks[to as usize] == Mark::Doubtful {
                    self.open.push(Reverse((level + 1, to)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_lost_is_not_found_without_the_cut(
            edges in vec((0..12_u32, 0..12_u32), 0..30),
            cuts in vec(vec(0..12_u32, 1..3), 1..4),
            most in prop_oneof![1..6_u32, Just(u32::MAX)],
        ) {
            let of = |node: u32| edges.iter().filter(move |edge| edge.0 == node).map(|edge| edge.1);
            let reach = Reach::new(12, of(0), of, most);
            let mut cutter = Cutter::new(&reach, most);
            for cut in &cuts {
                let whole = |node: &u32| !cut.contains(node);
                let left = Reach::new(12, of(0).filter(whole), |node| of(node).filter(whole), most);
                let positions = cut.iter().filter_map(|&node| reach.position(node));
                let mut lost: Vec<u32> = cutter.lost(positions).into_iter().map(|at| reach.node(at)).collect();
                lost.sort_unstable();
                let is_lost = |&node: &u32| whole(&node) && reach.position(node).is_some() && left.position(node).is_none();
                prop_assert_eq!(lost, (0..12).filter(is_lost).collect::<Vec<u32>>());
            }
        }
    }
}
