//! What is compared of a record: folded values, computed once a record.

mod contact;
mod date;
mod fold;
mod name;
mod nicknames;
mod organisation;

use velocity_model::{Evidence, RecordId};

pub(crate) use contact::Email;
pub(crate) use date::PartialDate;
pub(crate) use fold::{fold, skeleton};
pub(crate) use name::PersonName;
pub(crate) use nicknames::{are_forms_of_one, forms_of, root as root_of_given};
pub(crate) use organisation::words as organisation_words;

/// The features of one record. Empty means that nothing is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Features {
    pub(crate) name: PersonName,
    pub(crate) emails: Vec<Email>,
    pub(crate) phones: Vec<String>,
    pub(crate) birth: Option<PartialDate>,
    pub(crate) gender: Option<char>,
    pub(crate) street: String,
    pub(crate) city: String,
    pub(crate) postcode: String,
    pub(crate) employer: String,
    pub(crate) occupation: String,
    pub(crate) birth_place: String,
    /// Words of an organisation's name without its legal form, sorted.
    pub(crate) organisation: Vec<String>,
    pub(crate) domains: Vec<String>,
    pub(crate) identifiers: Vec<String>,
}

impl Features {
    pub(crate) fn of(evidence: &Evidence) -> Self {
        let text = |field: &str| evidence.value(field).map(fold).unwrap_or_default();
        let sorted = |field: &str, key: fn(&str) -> String| {
            let mut values: Vec<String> = evidence.values(field).map(key).filter(|value| !value.is_empty()).collect();
            values.sort_unstable();
            values.dedup();
            values
        };
        let occupation = evidence.value("occupation").or_else(|| evidence.value("job_title"));
        let name = PersonName::of(evidence);
        let mut emails: Vec<Email> = evidence.values("email").filter_map(|email| Email::of(email, &name)).collect();
        emails.sort_unstable();
        emails.dedup();
        let mut domains = sorted("domain", |domain| domain.to_lowercase());
        domains.extend(emails.iter().filter(|email| !email.is_provider).map(|email| email.domain.clone()));
        domains.sort_unstable();
        domains.dedup();
        Self {
            name,
            emails,
            phones: sorted("phone", |phone| phone.split(';').next().unwrap_or_default().to_owned()),
            birth: evidence.value("birth_date").and_then(PartialDate::of),
            gender: evidence.value("gender").and_then(gender),
            street: text("street"),
            city: text("city"),
            postcode: text("postcode").replace(' ', ""),
            employer: evidence.value("organisation_name").map(organisation::key).unwrap_or_default(),
            occupation: occupation.map(fold).unwrap_or_default(),
            birth_place: text("birth_place"),
            organisation: evidence.value("name").map(organisation::words).unwrap_or_default(),
            domains,
            identifiers: sorted("identifier", |value| fold(value).replace(' ', "")),
        }
    }
}

/// `f` or `m`, from the word a source uses.
fn gender(word: &str) -> Option<char> {
    match fold(word).as_str() {
        "f" | "female" | "femme" | "w" | "weiblich" | "frau" | "mrs" | "ms" | "mujer" | "donna" => Some('f'),
        "m" | "male" | "homme" | "mannlich" | "herr" | "mr" | "hombre" | "uomo" => Some('m'),
        _ => None,
    }
}

/// A record with its features.
#[derive(Clone, Debug)]
pub(crate) struct Described {
    pub(crate) record: RecordId,
    pub(crate) features: Features,
}
