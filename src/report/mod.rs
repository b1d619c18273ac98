//! What people read: every format is written here, from results that are already computed.

pub mod binding;
pub mod citation;
mod condition;
pub mod policy;
