//! What people read: every format is written here, from results that are already computed.

mod answers;
pub mod binding;
pub mod canonical;
mod cells;
pub mod citation;
mod condition;
pub mod delta;
pub mod drafted;
pub mod explain;
mod focus;
pub mod json;
pub mod markdown;
pub mod paint;
pub mod policy;
mod proof;
pub mod questions;
pub mod reading;
pub mod screening;
mod stakes;
pub mod tables;
pub mod terminal;
mod words;
