//! Where boxes and bends stand: heights that make chains run straight, without any overlap.

use super::layers::Layers;
use super::routes;
use crate::chart::canvas::Rect;

const ROUNDS: usize = 12;
/// Between two boxes of a column.
const BOX_GAP: f64 = 12.0;
/// Between a line that passes through a column and its neighbours there.
const LINE_GAP: f64 = 9.0;
const LEAST_GUTTER: f64 = 84.0;
const MOST_GUTTER: f64 = 210.0;
/// Few columns are spread over the least width of a picture up to this.
const MOST_SPREAD_GUTTER: f64 = 320.0;

/// The size of the boxes of a picture; a box that many lines meet is higher.
#[derive(Debug, Clone, Copy)]
pub(super) struct BoxSize {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// The places of a picture, measured from the upper left corner of the columns.
#[derive(Debug)]
pub(super) struct Layout {
    /// The left edge of each column.
    pub(super) lefts: Vec<f64>,
    /// The space to the right of each column; the last has some only if arcs need it.
    pub(super) gutters: Vec<f64>,
    /// The middle of each place of `Layers`.
    pub(super) middles: Vec<f64>,
    /// The height of each place; bends have none.
    pub(super) heights: Vec<f64>,
    pub(super) box_width: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Layout {
    /// Gives every place of `layers` its position; columns are spread over `least_width` as far as that looks well.
    pub(super) fn new(layers: &Layers, nodes: usize, boxes: BoxSize, least_width: f64) -> Layout {
        let heights: Vec<f64> = (0..layers.column_of.len())
            .map(|place| match place < nodes {
                true => boxes
                    .height
                    .max(routes::least_height(layers.line_ends(place))),
                false => 0.0,
            })
            .collect();
        let middles = middles(layers, &heights);
        let height = (0..middles.len()).fold(0.0, |height: f64, place| {
            height.max(middles[place] + clearance(&heights, place))
        });
        let gutters = gutters(layers, &middles, boxes.width, least_width);
        let mut lefts = Vec::with_capacity(gutters.len());
        let mut width = 0.0;
        for gutter in &gutters {
            lefts.push(width);
            width += boxes.width + gutter;
        }
        Layout {
            lefts,
            gutters,
            middles,
            heights,
            box_width: boxes.width,
            width,
            height,
        }
    }

    /// The box of a node.
    pub(super) fn rect(&self, layers: &Layers, node: usize) -> Rect {
        Rect {
            x: self.lefts[layers.column_of[node]],
            y: self.middles[node] - self.heights[node] / 2.0,
            width: self.box_width,
            height: self.heights[node],
        }
    }
}

/// What a place keeps free above and below its middle, at the rim of the picture.
fn clearance(heights: &[f64], place: usize) -> f64 {
    (heights[place] / 2.0).max(LINE_GAP)
}

/// The middle of every place: near the mean of its neighbours, as far as order and distances within the columns let it.
fn middles(layers: &Layers, heights: &[f64]) -> Vec<f64> {
    let distance = |above: usize, below: usize| {
        let both = heights[above] > 0.0 && heights[below] > 0.0;
        let gap = if both { BOX_GAP } else { LINE_GAP };
        f64::midpoint(heights[above], heights[below]) + gap
    };
    let mut middles = stacked(layers, distance);
    let count = layers.columns.len();
    for round in 0..ROUNDS {
        for step in 0..count {
            let column = &layers.columns[if round % 2 == 0 {
                step
            } else {
                count - 1 - step
            }];
            let wanted: Vec<f64> = column
                .iter()
                .map(|&place| mean_of_neighbours(layers, &middles, place))
                .collect();
            let gaps: Vec<f64> = column
                .windows(2)
                .map(|pair| distance(pair[0], pair[1]))
                .collect();
            for (&place, middle) in column.iter().zip(nearest_apart(&wanted, &gaps)) {
                middles[place] = middle;
            }
        }
    }
    let top = (0..middles.len()).fold(f64::INFINITY, |top, place| {
        top.min(middles[place] - clearance(heights, place))
    });
    middles
        .iter()
        .map(|middle| (middle - top).round())
        .collect()
}

/// Every column stacked as close as may be, around the same height.
fn stacked(layers: &Layers, distance: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let mut middles = vec![0.0; layers.column_of.len()];
    for column in &layers.columns {
        let total: f64 = column
            .windows(2)
            .map(|pair| distance(pair[0], pair[1]))
            .sum();
        let mut at = -total / 2.0;
        for (position, &place) in column.iter().enumerate() {
            if position > 0 {
                at += distance(column[position - 1], place);
            }
            middles[place] = at;
        }
    }
    middles
}

fn mean_of_neighbours(layers: &Layers, middles: &[f64], place: usize) -> f64 {
    let [left, right] = &layers.neighbours;
    let mean = |places: &[usize]| {
        (!places.is_empty())
            .then(|| places.iter().map(|&other| middles[other]).sum::<f64>() / places.len() as f64)
    };
    match (mean(&left[place]), mean(&right[place])) {
        (Some(left), Some(right)) => (left + right) / 2.0,
        (Some(mean), None) | (None, Some(mean)) => mean,
        (None, None) => middles[place],
    }
}

/// The positions nearest to those wanted, by least squares, that keep their order and are at least the gaps apart.
///
/// Pool adjacent violators: without their gaps the positions must not fall, so runs that do take their common mean.
fn nearest_apart(wanted: &[f64], gaps: &[f64]) -> Vec<f64> {
    let mut offset = 0.0;
    let mut offsets = Vec::with_capacity(wanted.len());
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (position, &want) in wanted.iter().enumerate() {
        if position > 0 {
            offset += gaps[position - 1];
        }
        offsets.push(offset);
        let mut pool = (want - offset, 1);
        while let Some(&(sum, size)) = pools.last() {
            if sum / size as f64 <= pool.0 / pool.1 as f64 {
                break;
            }
            pools.pop();
            pool = (pool.0 + sum, pool.1 + size);
        }
        pools.push(pool);
    }
    let levels = pools
        .iter()
        .flat_map(|&(sum, size)| std::iter::repeat_n(sum / size as f64, size));
    levels
        .zip(offsets)
        .map(|(level, offset)| level + offset)
        .collect()
}

/// The space to the right of each column: wider where links are many or steep.
fn gutters(layers: &Layers, middles: &[f64], box_width: f64, least_width: f64) -> Vec<f64> {
    let mut count = vec![0_usize; layers.columns.len()];
    let mut steepest = vec![0.0_f64; layers.columns.len()];
    let mut arcs = vec![false; layers.columns.len()];
    for step in layers.paths.iter().flat_map(|path| path.windows(2)) {
        let column = layers.column_of[step[0]].min(layers.column_of[step[1]]);
        count[column] += 1;
        steepest[column] = steepest[column].max((middles[step[0]] - middles[step[1]]).abs());
        arcs[column] |= layers.column_of[step[0]] == layers.column_of[step[1]];
    }
    let last = layers.columns.len().saturating_sub(1);
    let mut gutters: Vec<f64> = (0..layers.columns.len())
        .map(|column| {
            let wanted = LEAST_GUTTER + count[column] as f64 * 0.8 + steepest[column] * 0.08;
            match column == last {
                true if arcs[column] => routes::MOST_BULGE,
                true => 0.0,
                false => wanted.min(MOST_GUTTER).round(),
            }
        })
        .collect();
    let missing = least_width - gutters.iter().map(|gutter| gutter + box_width).sum::<f64>();
    if missing > 0.0 && last > 0 {
        let share = (missing / last as f64).floor();
        for gutter in &mut gutters[..last] {
            *gutter = (*gutter + share).min(MOST_SPREAD_GUTTER);
        }
    }
    gutters
}
