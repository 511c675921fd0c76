//! Addresses of mail, telephone numbers and domains: a record may have several of each.

use super::{intern, intern_column, of_meaning};
use crate::features::is_of_a_function;
use crate::fields::kind::Kind;
use crate::fields::{Aspect, Field};
use crate::table::{Column, Table};

/// All addresses, numbers or domains of a record as one value.
pub(super) fn contacts(table: &Table, meanings: &[&str], contact: Contact) -> Option<Field> {
    let columns = of_meaning(table, meanings);
    let first = columns.first()?;
    if let [(_, column)] = &columns[..] {
        return Some(one_column(column, contact));
    }
    let cleaned: Vec<Vec<String>> =
        columns.iter().map(|(_, column)| column.values.iter().map(|text| contact.key(text)).collect()).collect();
    let keys = (0..table.len()).map(|record| {
        let cells =
            columns.iter().zip(&cleaned).map(|((_, column), cleaned)| cleaned[column.cells[record] as usize].as_str());
        let mut parts: Vec<&str> = cells.flat_map(|cell| cell.split('|')).filter(|part| !part.is_empty()).collect();
        parts.sort_unstable();
        parts.dedup();
        parts.join("|")
    });
    let (aspect, kind) = contact.holds();
    Some(intern(&first.1.header, aspect, kind, keys))
}

/// As [`contacts`], of one column.
pub(super) fn one_column(column: &Column, contact: Contact) -> Field {
    let (aspect, kind) = contact.holds();
    intern_column(column, aspect, kind, |text| contact.key(text))
}

/// What of a record can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Contact {
    Mail,
    /// As [`Contact::Mail`], where a mailbox of a function says nothing: among people.
    OwnMail,
    Phone,
    /// A domain, or the address of a site.
    Domain,
}

impl Contact {
    fn holds(self) -> (Aspect, Kind) {
        match self {
            Self::Mail | Self::OwnMail => (Aspect::Email, Kind::Mail),
            Self::Phone => (Aspect::Phone, Kind::Phone),
            Self::Domain => (Aspect::Identifier, Kind::Identifier),
        }
    }

    /// The addresses, numbers or domains of a cell, sorted, with a bar between them.
    fn key(self, text: &str) -> String {
        let parts = text.split([';', ',', '|']).map(str::trim).filter(|part| !part.is_empty());
        let says_nothing = |part: &String| part.len() < 3 || (self == Self::OwnMail && is_of_a_function(part));
        let mut parts: Vec<String> = parts.map(|part| self.clean(part)).filter(|part| !says_nothing(part)).collect();
        parts.sort_unstable();
        parts.dedup();
        parts.join("|")
    }

    /// Addresses in lower case; numbers as their last nine digits, which the national and the international form share.
    fn clean(self, part: &str) -> String {
        match self {
            // `Ana Example <ana@mail.example>`
            Self::Mail | Self::OwnMail => {
                let inner = part.split_once('<').map_or(part, |(_, inner)| inner.trim_end_matches('>'));
                inner.to_lowercase().replace(' ', "").replace("@googlemail.com", "@gmail.com")
            }
            Self::Phone => {
                let digits: String = part.chars().filter(char::is_ascii_digit).collect();
                digits[digits.len().saturating_sub(9)..].to_owned()
            }
            Self::Domain => {
                let lower = part.to_lowercase();
                let site = lower.split_once("://").map_or(lower.as_str(), |(_, site)| site);
                let host = site.split(['/', '?', '#', ':']).next().unwrap_or_default();
                host.strip_prefix("www.").unwrap_or(host).to_owned()
            }
        }
    }
}
