//! View models: plain structs made from stored rows by pure functions. Templates print them; the JSON API serves the
//! same structs. Formatting for people happens here and nowhere else.

pub(crate) mod diff;
pub(crate) mod facts;
pub(crate) mod href;
pub(crate) mod identity;
pub(crate) mod list;
pub(crate) mod mapping;
pub(crate) mod merge;
pub(crate) mod message;
pub(crate) mod origin;
pub(crate) mod quarantine;
pub(crate) mod record;
pub(crate) mod report;
pub(crate) mod review;
pub(crate) mod runs;
pub(crate) mod score;
pub(crate) mod sentence;
pub(crate) mod shell;
pub(crate) mod timeline;
pub(crate) mod waterfall;
pub(crate) mod why;
pub(crate) mod work;

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
pub(crate) mod tests;
