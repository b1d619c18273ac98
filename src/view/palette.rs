//! The colours that pictures and workbooks share, in red, green and blue.
//!
//! The statuses are blue, orange and grey: three hues that no common colour blindness confuses, of falling strength in
//! grey as well. Nothing is said by colour alone.

use super::{Proof, Status};

/// A colour.
pub(crate) type Rgb = [u8; 3];

/// Titles and names.
pub(crate) const INK: Rgb = [0x1B, 0x26, 0x36];
/// Subtitles, headings and notes.
pub(crate) const MUTED: Rgb = [0x5A, 0x64, 0x72];
/// Rules and outlines.
pub(crate) const RULE: Rgb = [0xD3, 0xD8, 0xDF];
/// The ground of everything.
pub(crate) const PAPER: Rgb = [0xFF, 0xFF, 0xFF];
/// Operators, and what stands at the head.
pub(crate) const OPERATOR: Rgb = [0x1D, 0x35, 0x57];
/// Their ground where that is not all.
pub(crate) const OPERATOR_GROUND: Rgb = [0xDF, 0xE6, 0xEF];

/// How a finding of a status looks, given its evidence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tone {
    /// The ground: the weaker the evidence, the darker.
    pub(crate) fill: Rgb,
    /// What stands on it.
    pub(crate) ink: Rgb,
}

/// The tone of a finding: three steps of the hue of its status, darkest where nothing was ever shown, in the middle
/// where something was and is not in force, and pale where all is. They stay three steps in grey.
pub(crate) fn tone(status: Status, proof: Proof) -> Tone {
    let step = match proof {
        Proof::Missing => 0,
        Proof::Expired | Proof::Partly => 1,
        Proof::Met | Proof::Expiring | Proof::Undated | Proof::Waived => 2,
    };
    let (fills, inks) = match status {
        Status::Applies => (
            [[0x0B, 0x5C, 0xAD], [0x93, 0xBE, 0xE8], [0xE4, 0xEF, 0xFA]],
            [PAPER, [0x07, 0x34, 0x66], [0x0B, 0x5C, 0xAD]],
        ),
        Status::Conditional => (
            [[0xF5, 0xB0, 0x66], [0xFB, 0xD6, 0xAB], [0xFF, 0xF5, 0xE9]],
            [[0x7A, 0x3A, 0x00]; 3],
        ),
        Status::Unconfirmed => ([RULE, [0xE9, 0xEC, 0xF0], PAPER], [MUTED; 3]),
    };
    Tone {
        fill: fills[step],
        ink: inks[step],
    }
}
