//! People.

use super::Part;
use crate::names::Culture;
use crate::places::Home;

/// A human being.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) part: Part,
    /// The first of the people who play the part together.
    pub(crate) group: usize,
    pub(crate) culture: Culture,
    pub(crate) given: &'static str,
    pub(crate) nickname: &'static str,
    /// `Jr` or `Sr`.
    pub(crate) suffix: &'static str,
    /// Year, month, day.
    pub(crate) birth: (usize, usize, usize),
    pub(crate) now: Life,
    /// How it was when the oldest of the sources was written, where that was different.
    pub(crate) before: Option<Life>,
}

/// What may change in somebody's life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Life {
    pub(crate) family: String,
    /// Main address first.
    pub(crate) emails: Vec<String>,
    /// E.164, main number first; empty where no reserved number was left.
    pub(crate) phones: Vec<String>,
    pub(crate) home: Home,
    pub(crate) employer: Option<usize>,
    pub(crate) job: &'static str,
}

impl Person {
    /// How it was in 2009.
    pub(crate) fn then(&self) -> &Life {
        self.before.as_ref().unwrap_or(&self.now)
    }
}
