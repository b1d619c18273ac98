//! The curves of links: from box to box through the spaces between columns, never behind a box.

use super::layers::Layers;
use super::place::Layout;
use crate::chart::canvas::Point;
use crate::chart::style;
use crate::view::ChartLink;

/// How far an arc within a column may reach into the space to its right.
pub(super) const MOST_BULGE: f64 = 84.0;
/// The length of an arrowhead; the line ends at its foot.
const ARROW: f64 = 7.0;
/// The greatest and the least distance of two line ends on one side of a box.
const MOST_PORT_GAP: f64 = 7.0;
const LEAST_PORT_GAP: f64 = 4.0;
/// What line ends keep from the corners of a box.
const CORNER: f64 = 7.0;
/// The length of the straight pieces that a curve is drawn with.
const PIECE: f64 = 7.0;

/// The line of a link.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) points: Vec<Point>,
    /// The tip and the two feet of the arrowhead, for links that run against the tiers or within one.
    pub(super) arrow: Option<[Point; 3]>,
}

/// The side of a place that a line meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Left,
    Right,
}

/// The end of a link at a box.
struct Port {
    node: usize,
    side: Side,
    /// The height that the line comes from; ends at one side are sorted by it.
    toward: f64,
    link: usize,
    /// 0 where the link starts, 1 where it ends.
    end: usize,
}

/// The least height of a box that so many lines meet on one side.
pub(super) fn least_height(line_ends: usize) -> f64 {
    2.0 * CORNER + LEAST_PORT_GAP * (line_ends as f64 - 1.0)
}

/// The routes of all links, in their order.
pub(super) fn routes(layers: &Layers, layout: &Layout, links: &[ChartLink]) -> Vec<Route> {
    let heights = port_heights(layers, layout);
    links
        .iter()
        .zip(&layers.paths)
        .zip(heights)
        .map(|((link, path), [start, end])| {
            let arrow_size = ARROW + style::link_width(link.obligations);
            if layers.column_of[link.from] == layers.column_of[link.to] {
                arc(layers, layout, link, (start, end), arrow_size)
            } else {
                curve(layers, layout, path, (start, end), arrow_size)
            }
        })
        .collect()
}

/// The height at which each link leaves its customer's box and meets its supplier's.
fn port_heights(layers: &Layers, layout: &Layout) -> Vec<[f64; 2]> {
    let mut ports = Vec::new();
    for (link, path) in layers.paths.iter().enumerate() {
        let (first, last) = (path[0], path[path.len() - 1]);
        let within = layers.column_of[first] == layers.column_of[last];
        let onward = layers.column_of[first] < layers.column_of[last];
        let (start, end) = if onward || within {
            (Side::Right, Side::Left)
        } else {
            (Side::Left, Side::Right)
        };
        let end = if within { Side::Right } else { end };
        ports.push(Port {
            node: first,
            side: start,
            toward: layout.middles[path[1]],
            link,
            end: 0,
        });
        ports.push(Port {
            node: last,
            side: end,
            toward: layout.middles[path[path.len() - 2]],
            link,
            end: 1,
        });
    }
    ports.sort_by(|left, right| {
        (left.node, left.side)
            .cmp(&(right.node, right.side))
            .then(left.toward.total_cmp(&right.toward))
            .then((left.link, left.end).cmp(&(right.link, right.end)))
    });
    let mut heights = vec![[0.0; 2]; layers.paths.len()];
    for group in ports.chunk_by(|left, right| (left.node, left.side) == (right.node, right.side)) {
        let room = layout.heights[group[0].node] - 2.0 * CORNER;
        let gap = (room / (group.len() as f64 - 1.0).max(1.0)).min(MOST_PORT_GAP);
        let top = layout.middles[group[0].node] - gap * (group.len() as f64 - 1.0) / 2.0;
        for (position, port) in group.iter().enumerate() {
            heights[port.link][port.end] = top + gap * position as f64;
        }
    }
    heights
}

/// A link between columns: curves through the spaces, straight lines past the boxes of the columns between.
fn curve(
    layers: &Layers,
    layout: &Layout,
    path: &[usize],
    ends: (f64, f64),
    arrow_size: f64,
) -> Route {
    let onward = layers.column_of[path[0]] < layers.column_of[path[1]];
    let left = |place: usize| layout.lefts[layers.column_of[place]];
    let right = |place: usize| left(place) + layout.box_width;
    let last = path.len() - 1;
    let mut points = Vec::new();
    for (step, pair) in path.windows(2).enumerate() {
        let start_height = if step == 0 {
            ends.0
        } else {
            layout.middles[pair[0]]
        };
        let end_height = if step + 1 == last {
            ends.1
        } else {
            layout.middles[pair[1]]
        };
        let (start_x, mut end_x) = if onward {
            (right(pair[0]), left(pair[1]))
        } else {
            (left(pair[0]), right(pair[1]))
        };
        if step + 1 == last && !onward {
            end_x += arrow_size;
        }
        if (start_height - end_height).abs() < 0.5 {
            points.extend([(start_x, start_height), (end_x, end_height)]);
            continue;
        }
        let middle = f64::midpoint(start_x, end_x);
        cubic(
            &mut points,
            [
                (start_x, start_height),
                (middle, start_height),
                (middle, end_height),
                (end_x, end_height),
            ],
        );
    }
    let arrow = (!onward).then(|| arrowhead((right(path[last]), ends.1), arrow_size));
    Route { points, arrow }
}

/// A link within a column, or from a party to itself: an arc through the space to the right.
fn arc(
    layers: &Layers,
    layout: &Layout,
    link: &ChartLink,
    ends: (f64, f64),
    arrow_size: f64,
) -> Route {
    let column = layers.column_of[link.from];
    let edge = layout.lefts[column] + layout.box_width;
    let bulge = (16.0 + 3.2 * (ends.0 - ends.1).abs().sqrt())
        .min(MOST_BULGE - 8.0)
        .min(layout.gutters[column] * 0.7);
    let reach = edge + bulge * 4.0 / 3.0;
    let foot = edge + arrow_size;
    let mut points = Vec::new();
    cubic(
        &mut points,
        [
            (edge, ends.0),
            (reach, ends.0),
            (reach, ends.1),
            (foot, ends.1),
        ],
    );
    Route {
        points,
        arrow: Some(arrowhead((edge, ends.1), arrow_size)),
    }
}

/// An arrowhead that points to the left.
fn arrowhead(tip: Point, size: f64) -> [Point; 3] {
    let half = size * 0.45;
    [
        tip,
        (tip.0 + size, tip.1 - half),
        (tip.0 + size, tip.1 + half),
    ]
}

/// Adds the points of a Bézier curve.
fn cubic(points: &mut Vec<Point>, [a, b, c, d]: [Point; 4]) {
    let length = (d.0 - a.0).hypot(d.1 - a.1).max((b.0 - a.0).abs() * 1.5);
    let steps = (length / PIECE).ceil().clamp(10.0, 400.0);
    for step in 0..=steps as u32 {
        let t = f64::from(step) / steps;
        let s = 1.0 - t;
        let blend = |a: f64, b: f64, c: f64, d: f64| {
            s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
        };
        points.push((blend(a.0, b.0, c.0, d.0), blend(a.1, b.1, c.1, d.1)));
    }
}
