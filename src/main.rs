//! The `ciiflow` command.

fn main() {}
