//! The columns of the picture, and the order of parties within them.
//!
//! Layered drawing after Sugiyama: a link that skips columns gets a bend in each column between, which takes a place of
//! its own there, so that no line runs behind a box. The order within the columns comes from barycentre sweeps and then
//! swaps of neighbours, both deterministic; the arrangement with the fewest crossings stands.

use crate::view::{ChartLink, ChartNode};

/// Tiers from this one on share the last column.
pub(super) const LAST_TIER: u32 = 12;
const SWEEPS: usize = 16;
/// Swapping neighbours costs more than sweeping, so crowded pictures go without.
const MOST_SWAPPED: usize = 1_500;

/// What takes a place in a column: the nodes first, by index, then the bends of links.
#[derive(Debug)]
pub(super) struct Layers {
    /// The column of each place.
    pub(super) column_of: Vec<usize>,
    /// The places of each column, from the top.
    pub(super) columns: Vec<Vec<usize>>,
    /// The tier that each column begins with.
    pub(super) tiers: Vec<u32>,
    /// The places that each link visits, from customer to supplier.
    pub(super) paths: Vec<Vec<usize>>,
    /// The neighbours of each place in the column to its left, and in that to its right.
    pub(super) neighbours: [Vec<Vec<usize>>; 2],
    /// How many ends of links within a column each place has.
    pub(super) arc_ends: Vec<usize>,
}

/// A direction of a sweep, an index into `Layers::neighbours`.
const LEFT: usize = 0;
const RIGHT: usize = 1;

impl Layers {
    /// Arranges nodes and links; every link names nodes that exist.
    pub(super) fn new(nodes: &[ChartNode<'_>], links: &[ChartLink]) -> Layers {
        let mut tiers: Vec<u32> = nodes.iter().map(|node| node.tier.min(LAST_TIER)).collect();
        let columns_of_nodes = tiers.clone();
        tiers.sort_unstable();
        tiers.dedup();
        let column_of: Vec<usize> = columns_of_nodes
            .iter()
            .map(|tier| tiers.partition_point(|other| other < tier))
            .collect();
        let mut columns = vec![Vec::new(); tiers.len()];
        for (place, &column) in column_of.iter().enumerate() {
            columns[column].push(place);
        }
        let mut layers = Layers {
            column_of,
            columns,
            tiers,
            paths: Vec::new(),
            neighbours: Default::default(),
            arc_ends: Vec::new(),
        };
        for link in links {
            layers.add_path(link);
        }
        layers.connect();
        layers.order();
        layers
    }

    fn add_path(&mut self, link: &ChartLink) {
        let (from, to) = (self.column_of[link.from], self.column_of[link.to]);
        let mut path = vec![link.from];
        let between: Vec<usize> = if from < to {
            (from + 1..to).collect()
        } else {
            (to + 1..from).rev().collect()
        };
        for column in between {
            let bend = self.column_of.len();
            self.column_of.push(column);
            self.columns[column].push(bend);
            path.push(bend);
        }
        path.push(link.to);
        self.paths.push(path);
    }

    fn connect(&mut self) {
        self.neighbours = [
            vec![Vec::new(); self.column_of.len()],
            vec![Vec::new(); self.column_of.len()],
        ];
        self.arc_ends = vec![0; self.column_of.len()];
        for step in self.paths.iter().flat_map(|path| path.windows(2)) {
            let (mut left, mut right) = (step[0], step[1]);
            if self.column_of[left] == self.column_of[right] {
                self.arc_ends[left] += 1;
                self.arc_ends[right] += 1;
                continue;
            }
            if self.column_of[left] > self.column_of[right] {
                (left, right) = (right, left);
            }
            self.neighbours[RIGHT][left].push(right);
            self.neighbours[LEFT][right].push(left);
        }
    }

    fn order(&mut self) {
        let mut rank = self.ranks();
        let mut best = (self.crossings(&rank), self.columns.clone());
        for sweep in 0..SWEEPS {
            let side = if sweep % 2 == 0 { LEFT } else { RIGHT };
            self.sweep(side, &mut rank);
            if self.column_of.len() <= MOST_SWAPPED {
                self.swap_neighbours(&mut rank);
            }
            let crossings = self.crossings(&rank);
            if crossings < best.0 {
                best = (crossings, self.columns.clone());
            }
        }
        self.columns = best.1;
    }

    /// The position of each place in its column.
    fn ranks(&self) -> Vec<usize> {
        let mut rank = vec![0; self.column_of.len()];
        for column in &self.columns {
            for (position, &place) in column.iter().enumerate() {
                rank[place] = position;
            }
        }
        rank
    }

    /// Sorts each column by the mean position of the neighbours on one side; places without any stay where they are.
    fn sweep(&mut self, side: usize, rank: &mut [usize]) {
        let count = self.columns.len();
        for step in 0..count {
            let column = if side == LEFT { step } else { count - 1 - step };
            let mean = |place: usize| {
                let neighbours = &self.neighbours[side][place];
                if neighbours.is_empty() {
                    return rank[place] as f64;
                }
                neighbours
                    .iter()
                    .map(|&other| rank[other] as f64)
                    .sum::<f64>()
                    / neighbours.len() as f64
            };
            let mut keyed: Vec<(f64, usize)> = self.columns[column]
                .iter()
                .map(|&place| (mean(place), place))
                .collect();
            keyed.sort_by(|left, right| left.0.total_cmp(&right.0));
            for (position, &(_, place)) in keyed.iter().enumerate() {
                rank[place] = position;
            }
            self.columns[column] = keyed.into_iter().map(|(_, place)| place).collect();
        }
    }

    /// Swaps places that follow each other in a column while that removes crossings.
    fn swap_neighbours(&mut self, rank: &mut [usize]) {
        for column in &mut self.columns {
            for lower in 1..column.len() {
                let (above, below) = (column[lower - 1], column[lower]);
                let change = |first: usize, second: usize| -> usize {
                    self.neighbours
                        .iter()
                        .map(|side| crossings_of(&side[first], &side[second], rank))
                        .sum()
                };
                if change(below, above) < change(above, below) {
                    column.swap(lower - 1, lower);
                    rank[above] = lower;
                    rank[below] = lower - 1;
                }
            }
        }
    }

    /// The number of line ends on the fuller side of a place; arcs meet the right side.
    pub(super) fn line_ends(&self, place: usize) -> usize {
        let [left, right] = &self.neighbours;
        left[place]
            .len()
            .max(right[place].len() + self.arc_ends[place])
    }

    /// The number of crossings between all columns.
    pub(super) fn crossings(&self, rank: &[usize]) -> usize {
        let mut total = 0;
        for (column, places) in self.columns.iter().enumerate() {
            let width = self.columns.get(column + 1).map_or(0, Vec::len);
            // A Fenwick tree of the right ends seen so far: those below a new end are crossed.
            let mut tree = vec![0_usize; width + 1];
            let mut seen = 0;
            for &place in places {
                let ends = &self.neighbours[RIGHT][place];
                for &end in ends {
                    total += seen - prefix(&tree, rank[end] + 1);
                }
                for &end in ends {
                    insert(&mut tree, rank[end]);
                    seen += 1;
                }
            }
        }
        total
    }
}

/// The crossings between the links of two places of a column if the first is above the second.
fn crossings_of(first: &[usize], second: &[usize], rank: &[usize]) -> usize {
    first
        .iter()
        .map(|&end| {
            second
                .iter()
                .filter(|&&other| rank[other] < rank[end])
                .count()
        })
        .sum()
}

/// How many of the first `length` positions were inserted.
fn prefix(tree: &[usize], length: usize) -> usize {
    let mut sum = 0;
    let mut at = length;
    while at > 0 {
        sum += tree[at];
        at &= at - 1;
    }
    sum
}

fn insert(tree: &mut [usize], position: usize) {
    let mut at = position + 1;
    while at < tree.len() {
        tree[at] += 1;
        at += at & at.wrapping_neg();
    }
}
