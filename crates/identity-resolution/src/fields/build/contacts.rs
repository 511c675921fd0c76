//! Addresses of mail and telephone numbers.

use super::{intern, intern_column, of_meaning};
use crate::features::fold;
use crate::fields::values::{Mail, Values};
use crate::fields::{Aspect, Field};
use crate::table::Table;

/// All addresses or numbers of a record as one value.
pub(super) fn contacts(table: &Table, meaning: &str, aspect: Aspect) -> Option<Field> {
    let columns = of_meaning(table, &[meaning]);
    let first = columns.first()?;
    let parts = |key: &str| key.split('|').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let mails = |key: &str| parts(key).iter().map(|part| mail(part)).collect();
    if let [column] = &columns[..] {
        let key = |text: &str| contact(text, aspect);
        return Some(match aspect {
            Aspect::Email => intern_column(column, aspect, key, mails, Values::Mail),
            _ => intern_column(column, aspect, key, parts, Values::Phone),
        });
    }
    let cleaned: Vec<Vec<String>> =
        columns.iter().map(|column| column.values.iter().map(|text| contact(text, aspect)).collect()).collect();
    let keys = (0..table.len()).map(|record| {
        let cells =
            columns.iter().zip(&cleaned).map(|(column, cleaned)| cleaned[column.cells[record] as usize].as_str());
        let mut parts: Vec<&str> = cells.flat_map(|cell| cell.split('|')).filter(|part| !part.is_empty()).collect();
        parts.sort_unstable();
        parts.dedup();
        parts.join("|")
    });
    Some(match aspect {
        Aspect::Email => intern(&first.header, aspect, keys, mails, Values::Mail),
        _ => intern(&first.header, aspect, keys, parts, Values::Phone),
    })
}

/// Addresses in lower case; numbers as their last nine digits, which the national and the international form share.
pub(super) fn contact(text: &str, aspect: Aspect) -> String {
    let parts = text.split([';', ',', '|']).map(str::trim).filter(|part| !part.is_empty());
    let clean = |part: &str| match aspect {
        Aspect::Email => part.to_lowercase().replace(' ', ""),
        _ => {
            let digits: String = part.chars().filter(char::is_ascii_digit).collect();
            digits[digits.len().saturating_sub(9)..].to_owned()
        }
    };
    let mut parts: Vec<String> = parts.map(clean).filter(|part| part.len() >= 3).collect();
    parts.sort_unstable();
    parts.dedup();
    parts.join("|")
}

pub(super) fn mail(text: &str) -> Mail {
    let (local, domain) = text.split_once('@').unwrap_or((text, ""));
    Mail::of(fold(local.split('+').next().unwrap_or(local)).replace(' ', ""), domain)
}
