//! Screening: what points to a party being an operator without anybody knowing. It lists, and never says that it is one.

use super::{Citation, Condition, FactId};
use crate::lang::Text;

/// What a pack looks for in parties whose origin fact is unknown, and what it expects of those where it is known.
#[derive(Debug, Clone)]
pub struct Screening {
    /// What a reader has to be told before relying on it.
    pub notice: Option<Text>,
    /// Which parties are looked at.
    pub among: Condition,
    /// The position of the value of the origin fact that a party is taken for where the walk is to include it.
    pub becomes: u16,
    /// Sets of factors, by position: the walk includes a party for which every factor of one set holds.
    pub takes: Vec<Vec<u16>>,
    /// What points to an operator, in pack order.
    pub factors: Vec<Factor>,
    /// What is told of parties whatever their status, operators aside, in pack order.
    pub callouts: Vec<Callout>,
    /// What the register should say of an operator.
    pub expects: Option<Expects>,
}

/// Something that points to an operator.
#[derive(Debug, Clone)]
pub struct Factor {
    /// The factor's id.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// When it holds.
    pub sign: Sign,
    /// Why it points there.
    pub why: Option<Text>,
    /// What it stands on.
    pub basis: Vec<Citation>,
}

/// When a factor holds.
#[derive(Debug, Clone)]
pub enum Sign {
    /// The facts of the party say so.
    Facts(Condition),
    /// The party is linked to another that is an operator.
    Link {
        /// In which way.
        link: Link,
        /// By which values of the origin fact, as positions.
        of: Vec<u16>,
    },
}

/// In which way a party is linked to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Link {
    /// It supplies the other.
    Supplies,
    /// The other supplies it.
    SuppliedBy,
    /// The other owns it.
    OwnedBy,
    /// It owns the other.
    Owns,
}

impl Link {
    /// Every link.
    pub const ALL: [Link; 4] = [Link::Supplies, Link::SuppliedBy, Link::OwnedBy, Link::Owns];

    /// The word for it, as packs have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Link::Supplies => "supplies",
            Link::SuppliedBy => "supplied_by",
            Link::OwnedBy => "owned_by",
            Link::Owns => "owns",
        }
    }
}

/// Something to tell of a party and its owner.
#[derive(Debug, Clone)]
pub struct Callout {
    /// The callout's id.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// What holds of the party.
    pub when: Condition,
    /// What holds of its owner.
    pub owner: Condition,
    /// Why it is told.
    pub why: Option<Text>,
    /// What it stands on.
    pub basis: Vec<Citation>,
}

/// What the register should say of a party with certain values of the origin fact.
#[derive(Debug, Clone)]
pub struct Expects {
    /// Which values, by position.
    pub of: Vec<u16>,
    /// Facts whose cells should say something.
    pub stated: Vec<FactId>,
    /// What should hold of the party.
    pub when: Condition,
}
