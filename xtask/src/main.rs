//! The project's own chores: test, tidy.
fn main() {}
