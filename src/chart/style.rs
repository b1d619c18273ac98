//! Colours and sizes of every picture, in one place.
//!
//! Each status has a second cue beside its hue, the dash of its lines and the fill of its counts. Lengths are CSS pixels.

pub(super) use plotters::style::RGBColor;

use crate::view::palette::{self, Rgb};
use crate::view::{Proof, Status};

const fn color([red, green, blue]: Rgb) -> RGBColor {
    RGBColor(red, green, blue)
}

/// Titles and names.
pub(super) const INK: RGBColor = color(palette::INK);
/// Subtitles, headings and notes.
pub(super) const MUTED: RGBColor = color(palette::MUTED);
/// Rules and the outlines of parties without obligations.
pub(super) const RULE: RGBColor = color(palette::RULE);
/// The ground of the picture and of party boxes.
pub(super) const PAPER: RGBColor = color(palette::PAPER);
/// Where a grid has nothing.
pub(super) const BLANK: RGBColor = RGBColor(0xF5, 0xF6, 0xF8);
/// Evidence of duties, and of clauses with its ground.
pub(super) const DUTY: RGBColor = RGBColor(0x0B, 0x5C, 0xAD);
pub(super) const CLAUSE: RGBColor = RGBColor(0x00, 0x5F, 0x56);
pub(super) const CLAUSE_GROUND: RGBColor = RGBColor(0xCF, 0xEC, 0xE6);
/// The days that are near.
pub(super) const SOON: RGBColor = RGBColor(0xF1, 0xF3, 0xF7);
/// The boxes of operators, and their ground where that is not all.
pub(super) const OPERATOR: RGBColor = color(palette::OPERATOR);
pub(super) const OPERATOR_GROUND: RGBColor = color(palette::OPERATOR_GROUND);

/// The families of every text: the embedded fonts, the fonts they are cut from, and what systems have for Chinese.
pub(super) const FAMILIES: &str = "Ciiflow Sans, Ciiflow Sans SC, Noto Sans, Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif";

pub(super) const TITLE_SIZE: f64 = 22.0;
pub(super) const SUBTITLE_SIZE: f64 = 14.0;
pub(super) const HEADING_SIZE: f64 = 13.0;
pub(super) const NAME_SIZE: f64 = 12.5;
pub(super) const COUNT_SIZE: f64 = 12.0;
pub(super) const NOTE_SIZE: f64 = 12.0;
/// The distance of baselines, in sizes of the text.
pub(super) const LEADING: f64 = 1.36;

/// The blank rim of the picture.
pub(super) const MARGIN: f64 = 32.0;
/// The least width of a picture; titles wrap within it.
pub(super) const LEAST_WIDTH: f64 = 760.0;

/// How lines and counts of a status look.
#[derive(Debug, Clone, Copy)]
pub(super) struct StatusStyle {
    pub(super) color: RGBColor,
    /// The ground of its counts.
    pub(super) fill: RGBColor,
    /// The digits of its counts.
    pub(super) digits: RGBColor,
    /// Dash and space; `None` for an unbroken line.
    pub(super) dash: Option<(f64, f64)>,
}

/// The look of `status`.
pub(super) fn status(status: Status) -> StatusStyle {
    match status {
        Status::Applies => {
            let color = RGBColor(0x0B, 0x5C, 0xAD);
            StatusStyle {
                color,
                fill: color,
                digits: PAPER,
                dash: None,
            }
        }
        Status::Conditional => {
            let color = RGBColor(0xD9, 0x6B, 0x00);
            StatusStyle {
                color,
                fill: RGBColor(0xFD, 0xE3, 0xC4),
                digits: RGBColor(0x7A, 0x3A, 0x00),
                dash: Some((8.0, 4.0)),
            }
        }
        Status::Unconfirmed => {
            let color = RGBColor(0x8A, 0x93, 0x9F);
            StatusStyle {
                color,
                fill: PAPER,
                digits: MUTED,
                dash: Some((2.5, 4.5)),
            }
        }
    }
}

/// The width of the line of a link that carries so many obligations.
pub(super) fn link_width(obligations: usize) -> f64 {
    match obligations {
        0 | 1 => 1.25,
        2 | 3 => 2.0,
        4..=7 => 3.0,
        _ => 4.25,
    }
}

/// How a finding of a status looks, given its evidence.
#[derive(Debug, Clone, Copy)]
pub(super) struct ToneStyle {
    /// The ground: the weaker the evidence, the darker.
    pub(super) fill: RGBColor,
    /// The mark of its evidence, and counts.
    pub(super) ink: RGBColor,
}

/// The tone of a finding: see [`palette::tone`].
pub(super) fn tone(status: Status, proof: Proof) -> ToneStyle {
    let tone = palette::tone(status, proof);
    ToneStyle {
        fill: color(tone.fill),
        ink: color(tone.ink),
    }
}
