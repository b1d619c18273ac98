//! The key to the marks that a picture uses; those that it does not use are left out.

use plotters::style::text_anchor::HPos;

use super::layers::LAST_TIER;
use crate::chart::ChartError;
use crate::chart::canvas::{Canvas, Letters, Point, Rect, Stroke};
use crate::chart::legend::{Group, Item};
use crate::chart::marks::{kinds, operator_look, status_words};
use crate::chart::style::{self, MUTED};
use crate::lang::{Lang, say};
use crate::view::{ExposureChart, OperatorKind, Status};

const SWATCH_WIDTH: f64 = 20.0;
const SWATCH_HEIGHT: f64 = 14.0;
const LINE_WIDTH: f64 = 38.0;

/// What the key explains.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mark {
    Operator(OperatorKind),
    Status(Status),
    /// The number in a box.
    Count,
    /// The width of a line.
    Width,
    /// The arrowhead of a link against the tiers.
    Back,
}

/// The key: operators, then what they and their partners bear.
pub(super) fn groups(chart: &ExposureChart<'_>) -> Vec<Group<Mark>> {
    let lang = chart.lang;
    let item = |(mark, words): (Mark, String)| Item {
        mark,
        width: mark.width(),
        words,
    };
    let operators = kinds(chart.nodes.iter().filter_map(|node| node.operator));
    let operators = operators
        .into_iter()
        .map(|(kind, label)| item((Mark::Operator(kind), label)));
    let others = marks(chart)
        .into_iter()
        .map(|mark| item((mark, mark.words(lang))));
    vec![
        Group {
            heading: say!(lang, "Operator", "运营者"),
            items: operators.collect(),
        },
        Group {
            heading: say!(lang, "Obligation", "义务"),
            items: others.collect(),
        },
    ]
}

fn marks(chart: &ExposureChart<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    for status in Status::ALL {
        let mut nodes = chart.nodes.iter();
        let on_node = nodes.any(|node| node.obligations[status as usize] > 0);
        if on_node || chart.links.iter().any(|link| link.status == status) {
            marks.push(Mark::Status(status));
        }
    }
    if chart.nodes.iter().any(|node| node.status().is_some()) {
        marks.push(Mark::Count);
    }
    let column = |node: usize| chart.nodes[node].tier.min(LAST_TIER);
    let mut widths = chart
        .links
        .iter()
        .map(|link| style::link_width(link.obligations));
    if widths
        .next()
        .is_some_and(|first| widths.any(|other| other != first))
    {
        marks.push(Mark::Width);
    }
    if chart
        .links
        .iter()
        .any(|link| column(link.from) >= column(link.to))
    {
        marks.push(Mark::Back);
    }
    marks
}

impl Mark {
    fn width(self) -> f64 {
        match self {
            Mark::Operator(_) | Mark::Count => SWATCH_WIDTH,
            Mark::Status(_) | Mark::Width | Mark::Back => LINE_WIDTH,
        }
    }

    fn words(self, lang: Lang) -> String {
        match self {
            Mark::Operator(_) => say!(lang, "Operator", "运营者"),
            Mark::Status(status) => status_words(status, lang),
            Mark::Count => say!(
                lang,
                "Obligations a party carries, by status",
                "该方承担的义务数，按状态分列"
            ),
            Mark::Width => say!(
                lang,
                "Thicker: more obligations of that status pass",
                "线越粗，该状态的义务传递得越多"
            ),
            Mark::Back => say!(
                lang,
                "Back up the chain, or within a column",
                "回到上层，或在同一列内"
            ),
        }
    }

    /// Draws the mark from its left end on.
    pub(super) fn draw(self, canvas: &Canvas<'_>, (x, y): Point) -> Result<(), ChartError> {
        match self {
            Mark::Operator(kind) => {
                let look = operator_look(kind);
                canvas.rounded(swatch(x, y), 4.0, look.fill, look.rim)?;
            }
            Mark::Status(status) => {
                let look = style::status(status);
                canvas.line(
                    &[(x, y), (x + LINE_WIDTH, y)],
                    Stroke {
                        color: look.color,
                        width: 2.0,
                        dash: look.dash,
                    },
                )?;
                let rect = Rect {
                    x: x + 10.0,
                    y: y - 6.0,
                    width: 18.0,
                    height: 12.0,
                };
                canvas.rounded(
                    rect,
                    6.0,
                    look.fill,
                    Some(Stroke {
                        color: look.color,
                        width: 1.25,
                        dash: None,
                    }),
                )?;
            }
            Mark::Count => {
                let outline = Stroke {
                    color: MUTED,
                    width: 1.0,
                    dash: None,
                };
                canvas.rounded(
                    swatch(x, y),
                    SWATCH_HEIGHT / 2.0,
                    style::PAPER,
                    Some(outline),
                )?;
                let digit = Letters {
                    size: 10.0,
                    color: MUTED,
                    anchor: HPos::Center,
                };
                canvas.text("n", (x + SWATCH_WIDTH / 2.0, y + 3.0), digit)?;
            }
            Mark::Width => {
                let (thin, thick) = (
                    style::link_width(1) / 2.0,
                    style::link_width(usize::MAX) / 2.0,
                );
                let end = x + LINE_WIDTH;
                canvas.shape(
                    &[
                        (x, y - thin),
                        (end, y - thick),
                        (end, y + thick),
                        (x, y + thin),
                    ],
                    MUTED,
                )?;
            }
            Mark::Back => {
                let foot = x + 9.0;
                canvas.line(
                    &[(foot, y), (x + LINE_WIDTH, y)],
                    Stroke {
                        color: MUTED,
                        width: 1.5,
                        dash: None,
                    },
                )?;
                canvas.shape(&[(x, y), (foot, y - 4.0), (foot, y + 4.0)], MUTED)?;
            }
        }
        Ok(())
    }
}

fn swatch(x: f64, y: f64) -> Rect {
    Rect {
        x,
        y: y - SWATCH_HEIGHT / 2.0,
        width: SWATCH_WIDTH,
        height: SWATCH_HEIGHT,
    }
}
