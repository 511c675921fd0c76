//! The built command on real files.

mod bad_input;
mod crash;
mod demo;
mod environment;
mod errors_file;
mod velocity;
