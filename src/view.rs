//! What is shown: the rows and pictures of an assessment, sorted and ready to be written.

use std::borrow::Cow;

use crate::lang::Lang;

pub use crate::flow::Status;

/// The chains along which obligations travel from operators to their partners, tier by tier.
#[derive(Debug, Clone)]
pub struct ExposureChart<'a> {
    /// The finding, as a sentence.
    pub title: String,
    /// What the picture shows, of which register and date.
    pub subtitle: String,
    /// The parties shown; within a tier the first ones stay on top where links leave the choice.
    pub nodes: Vec<ChartNode<'a>>,
    /// The links between them, one for a pair of parties and a status.
    pub links: Vec<ChartLink>,
    /// The number of parties that carry obligations and are not shown.
    pub hidden: usize,
    /// The language of everything that the picture adds to the names.
    pub lang: Lang,
}

/// A party in a picture.
#[derive(Debug, Clone)]
pub struct ChartNode<'a> {
    /// The name, as the register has it.
    pub name: Cow<'a, str>,
    /// The least tier of its findings; 0 for operators.
    pub tier: u32,
    /// Whether obligations start here.
    pub operator: bool,
    /// The strongest status of its findings, if it has any.
    pub status: Option<Status>,
    /// The number of obligations that it carries.
    pub obligations: usize,
}

/// A relationship in a picture, from customer to supplier: the way that obligations travel.
#[derive(Debug, Clone, Copy)]
pub struct ChartLink {
    /// The customer, an index into the nodes.
    pub from: usize,
    /// The supplier, an index into the nodes.
    pub to: usize,
    /// The strongest status of the obligations that travel here.
    pub status: Status,
    /// The number of obligations that travel here.
    pub obligations: usize,
}
