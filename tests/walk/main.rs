//! The walk: the cases of the specification, a naive search beside it, its laws, and registers of odd shapes.

mod cases;
mod rows;
