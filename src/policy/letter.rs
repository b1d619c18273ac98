//! What letters to suppliers never ask, and what they have to tell.

use super::{Citation, Condition, FactId};
use crate::lang::Text;

/// What a pack says of letters to suppliers.
#[derive(Debug, Clone, Default)]
pub struct LetterRules {
    /// Facts that no letter asks for, whoever could answer.
    pub withhold: Vec<FactId>,
    /// What letters have to tell, in pack order.
    pub notices: Vec<LetterNotice>,
}

/// Something that the recipient of a letter has to be told.
#[derive(Debug, Clone)]
pub struct LetterNotice {
    /// What holds of the recipient; it is told where that is true or unknown.
    pub when: Condition,
    /// What it is told.
    pub text: Text,
    /// What that stands on.
    pub basis: Vec<Citation>,
    /// Whether such a letter goes out only after somebody has reviewed it.
    pub review: bool,
}
