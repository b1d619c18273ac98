//! Findings as marks: the ground says how sure they are, the sign on it what proves them.

use std::collections::BTreeSet;

use super::ChartError;
use super::canvas::{Canvas, Point, Rect, Stroke};
use super::legend::{Group, Item};
use super::style::{self, INK, MUTED, OPERATOR, OPERATOR_GROUND, PAPER, RGBColor};
use crate::lang::{Lang, say};
use crate::view::words::proof_word;
use crate::view::{Operator, OperatorKind, Proof, Status};

/// The size of a sign; it fits into a square of twice its radius.
pub(super) const RADIUS: f64 = 4.5;
const LINE: f64 = 1.5;
const CORNER: f64 = 3.0;
/// The size of a sample in the key.
const SAMPLE: (f64, f64) = (22.0, 16.0);

/// A mark that keys explain.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mark {
    Operator(OperatorKind),
    Status(Status),
    /// Evidence of a finding that applies.
    Proof(Proof),
}

impl Mark {
    /// Draws a sample from its left end on.
    pub(super) fn draw(self, canvas: &Canvas<'_>, (x, y): Point) -> Result<(), ChartError> {
        let rect = Rect {
            x,
            y: y - SAMPLE.1 / 2.0,
            width: SAMPLE.0,
            height: SAMPLE.1,
        };
        match self {
            Mark::Operator(kind) => operator(canvas, kind, (x, y)),
            Mark::Status(status) => cell(canvas, rect, status, Proof::Missing),
            Mark::Proof(proof) => cell(canvas, rect, Status::Applies, proof),
        }
    }

    fn item(self, lang: Lang) -> Item<Mark> {
        let (width, words) = match self {
            Mark::Operator(_) => (2.0 * RADIUS, say!(lang, "Operator", "运营者")),
            Mark::Status(status) => (SAMPLE.0, status_words(status, lang)),
            Mark::Proof(proof) => (SAMPLE.0, capitalised(proof_word(proof, lang))),
        };
        Item {
            mark: self,
            width,
            words,
        }
    }
}

/// The key to operators and statuses.
pub(super) fn status_group(statuses: &[Status], lang: Lang) -> Group<Mark> {
    let statuses = statuses.iter().copied().map(Mark::Status);
    Group {
        heading: say!(lang, "Obligation", "义务"),
        items: statuses.map(|mark| mark.item(lang)).collect(),
    }
}

/// The key to the kinds of operators.
pub(super) fn operator_group<'a>(
    operators: impl Iterator<Item = Operator<'a>>,
    lang: Lang,
) -> Group<Mark> {
    let item = |(kind, words)| Item {
        words,
        ..Mark::Operator(kind).item(lang)
    };
    Group {
        heading: say!(lang, "Operator", "运营者"),
        items: kinds(operators).into_iter().map(item).collect(),
    }
}

/// The kinds of operators, each once for what it is called.
pub(super) fn kinds<'a>(
    operators: impl Iterator<Item = Operator<'a>>,
) -> Vec<(OperatorKind, String)> {
    let operators: BTreeSet<Operator> = operators.collect();
    let kinds = operators.into_iter();
    kinds.map(|is| (is.kind, is.label.to_owned())).collect()
}

/// The key to the evidence that is in force, and to that which is not.
pub(super) fn proof_groups(proofs: &[Proof], lang: Lang) -> [Group<Mark>; 2] {
    let items = |in_force: bool| {
        let states = proofs
            .iter()
            .copied()
            .filter(move |proof| proof.in_force() == in_force);
        states.map(|proof| Mark::Proof(proof).item(lang)).collect()
    };
    [
        Group {
            heading: say!(lang, "In force", "有效证据"),
            items: items(true),
        },
        Group {
            heading: say!(lang, "Not in force", "无完整有效证据"),
            items: items(false),
        },
    ]
}

/// What a status is called in keys.
pub(super) fn status_words(status: Status, lang: Lang) -> String {
    match status {
        Status::Applies => say!(lang, "Applies", "适用"),
        Status::Conditional => say!(
            lang,
            "Conditional on a possible operator",
            "附条件：取决于可能的运营者"
        ),
        Status::Unconfirmed => say!(lang, "Unconfirmed", "待确认"),
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// Draws the sign of an operator, its left end at `left`.
pub(super) fn operator(
    canvas: &Canvas<'_>,
    kind: OperatorKind,
    (x, y): Point,
) -> Result<(), ChartError> {
    let rect = Rect {
        x,
        y: y - RADIUS,
        width: 2.0 * RADIUS,
        height: 2.0 * RADIUS,
    };
    let look = operator_look(kind);
    let rim = look.rim.map(|rim| Stroke {
        width: 1.25,
        dash: rim.dash.map(|(dash, _)| (f64::min(dash, 2.0), 1.6)),
        ..rim
    });
    canvas.rounded(rect, 2.0, look.fill, rim)
}

/// How the box of an operator looks: the surer, the fuller.
pub(super) struct OperatorLook {
    pub(super) fill: RGBColor,
    pub(super) rim: Option<Stroke>,
    pub(super) ink: RGBColor,
}

pub(super) fn operator_look(kind: OperatorKind) -> OperatorLook {
    let rim = |width, dash| {
        Some(Stroke {
            color: OPERATOR,
            width,
            dash,
        })
    };
    let (fill, rim, ink) = match kind {
        OperatorKind::First => (OPERATOR, None, PAPER),
        OperatorKind::Further => (OPERATOR_GROUND, rim(2.0, None), INK),
        OperatorKind::Possible => (PAPER, rim(1.75, Some((6.0, 4.0))), INK),
        OperatorKind::Screened => (PAPER, rim(1.75, Some((1.5, 3.5))), INK),
    };
    OperatorLook { fill, rim, ink }
}

/// Draws a finding as a cell of a grid.
pub(super) fn cell(
    canvas: &Canvas<'_>,
    rect: Rect,
    status: Status,
    proof: Proof,
) -> Result<(), ChartError> {
    let tone = style::tone(status, proof);
    let outline = Stroke {
        color: match status {
            Status::Unconfirmed => MUTED,
            _ => style::status(status).color,
        },
        width: 1.0,
        dash: style::status(status)
            .dash
            .map(|(dash, space)| (dash / 2.0, space / 1.6)),
    };
    canvas.rounded(rect, CORNER, tone.fill, Some(outline))?;
    let center = (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0);
    sign(canvas, proof, center, tone.ink)
}

/// Draws the sign of a state of evidence; missing evidence has none.
pub(super) fn sign(
    canvas: &Canvas<'_>,
    proof: Proof,
    center: Point,
    color: RGBColor,
) -> Result<(), ChartError> {
    let (x, y) = center;
    let line = |points: &[Point], width: f64| {
        canvas.line(
            points,
            Stroke {
                color,
                width,
                dash: None,
            },
        )
    };
    match proof {
        Proof::Met => canvas.disc(center, RADIUS, color),
        Proof::Expiring => {
            canvas.shape(&half_disc(center), color)?;
            canvas.ring(center, RADIUS - LINE / 2.0, color, LINE)
        }
        Proof::Undated => canvas.ring(center, RADIUS - LINE / 2.0, color, LINE),
        Proof::Waived => line(&[(x - RADIUS, y), (x + RADIUS, y)], 2.25),
        Proof::Partly => {
            let side = RADIUS * 0.9;
            let corners = [
                (x - side, y - side),
                (x - side, y + side),
                (x + side, y + side),
                (x + side, y - side),
            ];
            canvas.shape(&corners[..3], color)?;
            line(
                &[corners[0], corners[1], corners[2], corners[3], corners[0]],
                LINE,
            )
        }
        Proof::Expired => {
            let arm = RADIUS * 0.85;
            line(&[(x - arm, y - arm), (x + arm, y + arm)], 2.0)?;
            line(&[(x - arm, y + arm), (x + arm, y - arm)], 2.0)
        }
        Proof::Missing => Ok(()),
    }
}

/// The left half of a disc.
fn half_disc((x, y): Point) -> Vec<Point> {
    const STEPS: u32 = 12;
    let angle = |step: u32| (90.0 + 180.0 * f64::from(step) / f64::from(STEPS)).to_radians();
    (0..=STEPS)
        .map(|step| {
            (
                x + RADIUS * angle(step).cos(),
                y + RADIUS * angle(step).sin(),
            )
        })
        .collect()
}
