//! The pipeline on real files and a real database.

mod decisions;
mod orders;
mod rebuild;
mod world;
