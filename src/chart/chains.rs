//! The exposure chains: operators at the left, a column for each tier, and the links along which obligations travel.

mod layers;
mod legend;
mod place;
mod routes;

use plotters::style::text_anchor::HPos;

use self::layers::{LAST_TIER, Layers};
use self::place::{BoxSize, Layout};
use super::ChartError;
use super::canvas::{Canvas, Letters, Point, Rect, Stroke};
use super::frame::{Frame, cut_note, letters, nothing};
use super::marks;
use super::style::{self, INK, MARGIN, MUTED, PAPER, RULE};
use super::text::{clean, width, wrap};
use crate::lang::{Lang, say};
use crate::view::{ChartNode, ExposureChart, Status};

/// The widest that a name may be; longer ones take a second line, and end in an ellipsis there.
const MOST_NAME_WIDTH: f64 = 160.0;
const LEAST_NAME_WIDTH: f64 = 88.0;
const NAME_LINES: usize = 2;
/// What stands between the rim of a box and what is in it, and between name and count.
const PADDING: f64 = 10.0;
const COUNT_HEIGHT: f64 = 18.0;
/// Between the counts of a party.
const COUNT_GAP: f64 = 4.0;
const BOX_RADIUS: f64 = 6.0;
const HEADING_HEIGHT: f64 = 38.0;

/// The chart as SVG.
///
/// Tiers beyond the twelfth share a column, and a note says so. A chart without nodes gives a picture that says that no
/// party carries an obligation. Fails if a link names a node that does not exist.
pub fn svg(chart: &ExposureChart<'_>) -> Result<String, ChartError> {
    for node in chart.links.iter().flat_map(|link| [link.from, link.to]) {
        if node >= chart.nodes.len() {
            return Err(ChartError::Link {
                node,
                nodes: chart.nodes.len(),
            });
        }
    }
    let plan = Plan::new(chart);
    let frame = Frame {
        title: &chart.title,
        subtitle: &chart.subtitle,
        lang: chart.lang,
        groups: legend::groups(chart),
        notes: notes(chart),
    };
    frame.around(
        (plan.content_width, HEADING_HEIGHT + plan.layout.height),
        |canvas, mark, at| mark.draw(canvas, at),
        |canvas, top| plan.draw(canvas, chart, top),
    )
}

/// The names as they are set, and where everything below the head stands.
struct Plan {
    /// The lines of each node's name.
    names: Vec<Vec<String>>,
    layers: Layers,
    layout: Layout,
    content_width: f64,
}

impl Plan {
    fn new(chart: &ExposureChart<'_>) -> Plan {
        let cleaned: Vec<String> = chart.nodes.iter().map(|node| clean(&node.name)).collect();
        let widest = cleaned
            .iter()
            .map(|name| width(name, style::NAME_SIZE))
            .fold(LEAST_NAME_WIDTH, f64::max);
        let name_width = widest.min(MOST_NAME_WIDTH).ceil();
        let names: Vec<Vec<String>> = cleaned
            .iter()
            .map(|name| wrap(name, style::NAME_SIZE, name_width, NAME_LINES))
            .collect();
        let lines = names.iter().map(Vec::len).max().unwrap_or(1).max(1);
        let count_width = chart.nodes.iter().map(counts_width).fold(0.0, f64::max);
        let boxes = BoxSize {
            width: name_width + count_width + 3.0 * PADDING,
            height: (lines as f64 * style::NAME_SIZE * style::LEADING + 12.0)
                .max(COUNT_HEIGHT + 12.0)
                .round(),
        };
        let layers = Layers::new(&chart.nodes, &chart.links);
        let layout = Layout::new(
            &layers,
            chart.nodes.len(),
            boxes,
            style::LEAST_WIDTH - 2.0 * MARGIN,
        );
        let content_width = layout.width.max(style::LEAST_WIDTH - 2.0 * MARGIN);
        Plan {
            names,
            layers,
            layout,
            content_width,
        }
    }

    fn draw(
        &self,
        canvas: &Canvas<'_>,
        chart: &ExposureChart<'_>,
        top: f64,
    ) -> Result<(), ChartError> {
        if chart.nodes.is_empty() {
            let sentence = say!(
                chart.lang,
                "No party carries an obligation.",
                "没有任何一方承担义务。"
            );
            return nothing(canvas, &sentence, top);
        }
        self.draw_headings(canvas, chart.lang, top)?;
        let shift = |(x, y): Point| (x + MARGIN, y + top + HEADING_HEIGHT);
        let routes = routes::routes(&self.layers, &self.layout, &chart.links);
        // The surest links are drawn last, on top; among them thin ones lie on thick ones.
        let mut order: Vec<usize> = (0..routes.len()).collect();
        order.sort_by_key(|&link| {
            (
                std::cmp::Reverse(chart.links[link].status),
                std::cmp::Reverse(chart.links[link].obligations),
            )
        });
        for link in order {
            let look = style::status(chart.links[link].status);
            let points: Vec<Point> = routes[link].points.iter().copied().map(shift).collect();
            let line_width = style::link_width(chart.links[link].obligations);
            canvas.line(
                &points,
                Stroke {
                    color: look.color,
                    width: line_width,
                    dash: look.dash,
                },
            )?;
            if let Some(arrow) = routes[link].arrow {
                canvas.shape(&arrow.map(shift), look.color)?;
            }
        }
        for (node, name) in self.names.iter().enumerate() {
            let mut rect = self.layout.rect(&self.layers, node);
            (rect.x, rect.y) = shift((rect.x, rect.y));
            draw_node(canvas, &chart.nodes[node], name, rect)?;
        }
        Ok(())
    }

    fn draw_headings(&self, canvas: &Canvas<'_>, lang: Lang, top: f64) -> Result<(), ChartError> {
        for (&tier, &left) in self.layers.tiers.iter().zip(&self.layout.lefts) {
            let heading = match tier {
                0 => say!(lang, "Operators", "运营者"),
                LAST_TIER => say!(lang, "Tier {tier} and beyond", "第 {tier} 层及以下"),
                _ => say!(lang, "Tier {tier}", "第 {tier} 层"),
            };
            canvas.text(
                &heading,
                (left + MARGIN, top + 12.0),
                letters(style::HEADING_SIZE, MUTED),
            )?;
            let ends = [
                (left + MARGIN, top + 20.0),
                (left + MARGIN + self.layout.box_width, top + 20.0),
            ];
            canvas.line(
                &ends,
                Stroke {
                    color: RULE,
                    width: 1.0,
                    dash: None,
                },
            )?;
        }
        Ok(())
    }
}

fn draw_node(
    canvas: &Canvas<'_>,
    node: &ChartNode<'_>,
    name: &[String],
    rect: Rect,
) -> Result<(), ChartError> {
    let (fill, outline, ink) = match node.operator {
        Some(operator) => {
            let look = marks::operator_look(operator.kind);
            (look.fill, look.rim, look.ink)
        }
        None => (PAPER, Some(outline(node)), INK),
    };
    canvas.rounded(rect, BOX_RADIUS, fill, outline)?;
    let middle = rect.y + rect.height / 2.0;
    let leading = style::NAME_SIZE * style::LEADING;
    let first = middle - (name.len() as f64 - 1.0) * leading / 2.0 + style::NAME_SIZE * 0.36;
    for (line, text) in name.iter().enumerate() {
        canvas.text(
            text,
            (rect.x + PADDING, first + line as f64 * leading),
            letters(style::NAME_SIZE, ink),
        )?;
    }
    draw_counts(canvas, node, (rect.x + rect.width - PADDING, middle))
}

/// The rim of a party that is no operator.
fn outline(node: &ChartNode<'_>) -> Stroke {
    let look = node.status().map(style::status);
    Stroke {
        color: look.map_or(RULE, |look| look.color),
        width: 1.25,
        dash: look.and_then(|look| look.dash),
    }
}

/// The number of obligations of each status, in lozenges of which the last one's right end is at `right`.
fn draw_counts(canvas: &Canvas<'_>, node: &ChartNode<'_>, right: Point) -> Result<(), ChartError> {
    let mut end = right.0;
    for (status, count) in counts(node).rev() {
        let look = style::status(status);
        let width = count_width(count);
        let rect = Rect {
            x: end - width,
            y: right.1 - COUNT_HEIGHT / 2.0,
            width,
            height: COUNT_HEIGHT,
        };
        let outline = Stroke {
            color: look.color,
            width: 1.25,
            dash: None,
        };
        canvas.rounded(rect, COUNT_HEIGHT / 2.0, look.fill, Some(outline))?;
        let digits = Letters {
            size: style::COUNT_SIZE,
            color: look.digits,
            anchor: HPos::Center,
        };
        let at = (rect.x + width / 2.0, right.1 + style::COUNT_SIZE * 0.36);
        canvas.text(&count.to_string(), at, digits)?;
        end = rect.x - COUNT_GAP;
    }
    Ok(())
}

/// The statuses of a party's obligations with their numbers, the surest first.
fn counts(node: &ChartNode<'_>) -> impl DoubleEndedIterator<Item = (Status, usize)> {
    let all = Status::ALL.into_iter().zip(node.obligations);
    all.filter(|(_, count)| *count > 0)
}

fn counts_width(node: &ChartNode<'_>) -> f64 {
    let widths = counts(node).map(|(_, count)| count_width(count) + COUNT_GAP);
    (widths.sum::<f64>() - COUNT_GAP).max(0.0)
}

fn count_width(obligations: usize) -> f64 {
    (width(&obligations.to_string(), style::COUNT_SIZE) + 12.0)
        .max(24.0)
        .ceil()
}

/// What the reader has to know about what is not shown as it is.
fn notes(chart: &ExposureChart<'_>) -> Vec<String> {
    // An operator that carries nothing itself is shown, but is none of the parties that are counted.
    let carriers = chart.nodes.iter().filter(|node| node.status().is_some());
    let carriers = carriers.count();
    let mut notes: Vec<String> = cut_note(chart.lang, carriers, chart.hidden)
        .into_iter()
        .collect();
    let deepest = chart.nodes.iter().map(|node| node.tier).max().unwrap_or(0);
    if deepest > LAST_TIER {
        notes.push(say!(
            chart.lang,
            "Tiers {LAST_TIER} to {deepest} share the last column.",
            "第 {LAST_TIER} 至第 {deepest} 层合并在最后一列。",
        ));
    }
    notes
}

#[cfg(test)]
mod tests;
