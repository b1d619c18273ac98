//! Colours and sizes of every picture, in one place.
//!
//! The statuses are blue, orange and grey: three hues that no common colour blindness confuses, of falling strength in
//! grey as well. Each has a second cue, the dash of its lines and the fill of its counts. Lengths are CSS pixels.

pub(super) use plotters::style::RGBColor;

use crate::view::{Proof, Status};

/// Titles and names.
pub(super) const INK: RGBColor = RGBColor(0x1B, 0x26, 0x36);
/// Subtitles, headings and notes.
pub(super) const MUTED: RGBColor = RGBColor(0x5A, 0x64, 0x72);
/// Rules and the outlines of parties without obligations.
pub(super) const RULE: RGBColor = RGBColor(0xD3, 0xD8, 0xDF);
/// The ground of the picture and of party boxes.
pub(super) const PAPER: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
/// Where a grid has nothing.
pub(super) const BLANK: RGBColor = RGBColor(0xF5, 0xF6, 0xF8);
/// Evidence of duties, and of clauses with its ground.
pub(super) const DUTY: RGBColor = RGBColor(0x0B, 0x5C, 0xAD);
pub(super) const CLAUSE: RGBColor = RGBColor(0x00, 0x5F, 0x56);
pub(super) const CLAUSE_GROUND: RGBColor = RGBColor(0xCF, 0xEC, 0xE6);
/// The days that are near.
pub(super) const SOON: RGBColor = RGBColor(0xF1, 0xF3, 0xF7);
/// The boxes of operators, and their ground where that is not all.
pub(super) const OPERATOR: RGBColor = RGBColor(0x1D, 0x35, 0x57);
pub(super) const OPERATOR_GROUND: RGBColor = RGBColor(0xDF, 0xE6, 0xEF);

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

/// The tone of a finding: three steps of the hue of its status, darkest where nothing was ever shown, in the middle
/// where something was and is not in force, and pale where all is. They stay three steps in grey.
pub(super) fn tone(status: Status, proof: Proof) -> ToneStyle {
    let step = match proof {
        Proof::Missing => 0,
        Proof::Expired | Proof::Partly => 1,
        Proof::Met | Proof::Expiring | Proof::Undated | Proof::Waived => 2,
    };
    let (fills, inks) = match status {
        Status::Applies => (
            [
                RGBColor(0x0B, 0x5C, 0xAD),
                RGBColor(0x93, 0xBE, 0xE8),
                RGBColor(0xE4, 0xEF, 0xFA),
            ],
            [
                PAPER,
                RGBColor(0x07, 0x34, 0x66),
                RGBColor(0x0B, 0x5C, 0xAD),
            ],
        ),
        Status::Conditional => (
            [
                RGBColor(0xF5, 0xB0, 0x66),
                RGBColor(0xFB, 0xD6, 0xAB),
                RGBColor(0xFF, 0xF5, 0xE9),
            ],
            [RGBColor(0x7A, 0x3A, 0x00); 3],
        ),
        Status::Unconfirmed => (
            [
                RGBColor(0xD3, 0xD8, 0xDF),
                RGBColor(0xE9, 0xEC, 0xF0),
                PAPER,
            ],
            [MUTED; 3],
        ),
    };
    ToneStyle {
        fill: fills[step],
        ink: inks[step],
    }
}
