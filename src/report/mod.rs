//! What people read: every format is written here, from results that are already computed.

mod answer;
pub mod binding;
pub mod canonical;
mod cells;
mod chain;
pub mod citation;
mod condition;
pub mod delta;
pub mod drafted;
pub mod explain;
mod focus;
mod form;
pub mod html;
pub mod json;
pub mod letter;
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
pub mod workbook;
