//! The walk: the cases of the specification, a naive search beside it, its laws, and registers of odd shapes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cases;
mod cells;
mod delta;
mod focus;
mod generate;
mod laws;
mod matter;
mod model;
mod naive;
mod odd;
mod questions;
mod rows;
mod screening;
