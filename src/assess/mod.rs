//! Assessing.
