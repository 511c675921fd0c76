//! Headers of profiles: a literal one, or one with a placeholder for columns that repeat.

use crate::columns::{fold_header, is_added};

/// What a placeholder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    /// `{n}`: a number.
    Number,
    /// `{any}`: any text but a semicolon, which parts the parameters of a property from each other.
    Text,
}

/// A header as a profile writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum HeaderPattern {
    /// The header itself, folded.
    Literal(String),
    /// What stands before and behind the placeholder, folded.
    Repeated(RepeatedHeader),
}

/// A header with a placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RepeatedHeader {
    before: String,
    gap: Gap,
    after: String,
}

impl HeaderPattern {
    /// Reads a header of a profile.
    pub(crate) fn new(header: &str) -> Self {
        let folded = fold_header(header);
        let repeated = [("{n}", Gap::Number), ("{any}", Gap::Text)].into_iter().find_map(|(placeholder, gap)| {
            let (before, after) = folded.split_once(placeholder)?;
            Some(RepeatedHeader { before: before.to_owned(), gap, after: after.to_owned() })
        });
        repeated.map_or(Self::Literal(folded), Self::Repeated)
    }

    /// Whether a folded header of a table is meant.
    pub(crate) fn matches(&self, folded: &str) -> bool {
        match self {
            Self::Literal(literal) => literal == folded,
            Self::Repeated(repeated) => repeated.matches(folded),
        }
    }
}

impl RepeatedHeader {
    /// Whether a folded header is one of the family.
    pub(crate) fn matches(&self, folded: &str) -> bool {
        let inner = folded.strip_prefix(&self.before).and_then(|rest| rest.strip_suffix(&self.after));
        inner.is_some_and(|inner| match self.gap {
            Gap::Number => !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit()),
            Gap::Text => !inner.is_empty() && !inner.contains(';'),
        })
    }
}

/// Whether a header has at most one placeholder, and one that is known.
pub(crate) fn is_sound(header: &str) -> bool {
    let rest = match HeaderPattern::new(header) {
        HeaderPattern::Literal(literal) => literal,
        HeaderPattern::Repeated(repeated) => repeated.before + &repeated.after,
    };
    !rest.contains(['{', '}'])
}

/// Whether a profile can name a column of a file by this header: it is not blank, does not look like a placeholder, and was not
/// added by an export of quarantined rows.
pub(crate) fn is_nameable(header: &str) -> bool {
    !fold_header(header).is_empty() && !header.contains(['{', '}']) && !is_added(header)
}

#[cfg(test)]
mod tests;
