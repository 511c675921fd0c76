//! The `velocity` command.
fn main() {}
