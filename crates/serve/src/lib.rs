//! The web UI and JSON API.
//!
//! A page request reads the serving tables and nothing else: rows are loaded through the store, a pure function of
//! [`view`] turns them into plain structs, a template prints those. The JSON of a record is the same struct. Writes go
//! through the pipeline's `Workspace`, so a decision made here is the decision that the command line would make.
//!
//! Nothing here matches, merges or chooses a value, and nothing here reads a clock except through the workspace.

mod assets;
mod error;
mod form;
mod format;
mod gate;
mod pages;
mod resolution;
mod respond;
mod server;
mod session;
mod view;

pub use error::ServeError;
pub use resolution::resolution_page;
pub use server::{Server, router, serve};
pub use session::SignIn;
