//! What hangs on an operator's own duty by statute: clocks and penalties, as ranges.

use super::Citation;
use crate::lang::Text;

/// What a statute sets for an operator's own duty: said of nobody else, and no prediction.
#[derive(Debug, Clone)]
pub struct Stake {
    /// Position of the obligation in the policy; it has an `own` step.
    pub obligation: u8,
    /// What it is.
    pub kind: StakeKind,
    /// What a penalty is for, where its text leaves that open: the same measure serves several breaches.
    pub breach: Option<Text>,
    /// What the statute sets, in a sentence.
    pub text: Text,
    /// Who is liable.
    pub liable: Option<Text>,
    /// The first day on which it is so; without one it always was.
    pub since: Option<jiff::civil::Date>,
    /// The range of a fine in times the amount of the purchase, where that measures it.
    pub times_amount: Option<[u32; 2]>,
    /// What it stands on.
    pub basis: Vec<Citation>,
}

/// What a statute sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StakeKind {
    /// A time within which, or for how long, something is done.
    Clock,
    /// A penalty.
    Penalty,
}

impl StakeKind {
    /// The word for it, as packs and result files have it.
    pub fn as_str(self) -> &'static str {
        match self {
            StakeKind::Clock => "clock",
            StakeKind::Penalty => "penalty",
        }
    }
}
