//! Which fields of evidence are compared, as the columns of a table.

use velocity_model::{EntityKind, Evidence, Field};

use crate::table::Table;

const PERSON: [&str; 20] = [
    "given_name",
    "middle_name",
    "family_name",
    "full_name",
    "name_suffix",
    "birth_date",
    "gender",
    "email",
    "phone",
    "street",
    "address",
    "city",
    "postcode",
    "region",
    "country",
    "organisation_name",
    "occupation",
    "job_title",
    "birth_place",
    "identifier",
];
const ORGANISATION: [&str; 11] =
    ["name", "email", "domain", "phone", "street", "address", "city", "postcode", "region", "country", "identifier"];

/// What tells records of a kind apart or together.
fn compared(kind: EntityKind) -> &'static [&'static str] {
    match kind {
        EntityKind::Person => &PERSON,
        EntityKind::Organisation => &ORGANISATION,
        _ => &[],
    }
}

/// The table of some evidence; its ids sort as records do.
pub(crate) fn table(kind: EntityKind, evidence: &[&Evidence]) -> Table {
    let fields = compared(kind);
    let cells: Vec<Vec<String>> =
        fields.iter().map(|field| evidence.iter().map(|e| cell(e, field)).collect()).collect();
    let headers = fields.iter().map(|field| (label(field), Some((*field).to_owned()))).collect();
    let ids = evidence.iter().map(|evidence| evidence.record.to_string()).collect();
    Table::of(ids, headers, |row, column| &cells[column][row])
}

fn label(field: &'static str) -> String {
    Field::known(field).label().to_lowercase()
}

/// What a record states for a field; several values with a bar between them.
fn cell(evidence: &Evidence, field: &str) -> String {
    let mut values: Vec<&str> = evidence.values(field).collect();
    if field == "phone" {
        // An extension belongs to a desk.
        values = values.into_iter().filter_map(|phone| phone.split(';').next()).collect();
    }
    if field == "domain" {
        let domains = evidence.values("email").filter_map(|email| email.rsplit_once('@')).map(|(_, domain)| domain);
        values.extend(domains.filter(|domain| !is_provider(domain)));
    }
    values.join("|")
}

/// First labels of the domains of large mail providers, which say nothing about an organisation.
const PROVIDERS: [&str; 24] = [
    "gmail",
    "googlemail",
    "yahoo",
    "ymail",
    "hotmail",
    "outlook",
    "live",
    "msn",
    "icloud",
    "me",
    "aol",
    "gmx",
    "web",
    "proton",
    "protonmail",
    "orange",
    "wanadoo",
    "free",
    "laposte",
    "sfr",
    "libero",
    "mail",
    "post",
    "webmail",
];

fn is_provider(domain: &str) -> bool {
    PROVIDERS.contains(&domain.split('.').next().unwrap_or_default())
}

/// The fields of evidence that a compared field is made from, the most telling first.
pub(crate) fn reads(name: &str) -> Vec<String> {
    let parts: &[&str] = match name {
        "given name" => &["given_name", "full_name"],
        "middle name" => &["middle_name", "full_name"],
        "family name" => &["family_name", "full_name"],
        "generation" => &["name_suffix", "family_name", "full_name"],
        "address" | "street" => &["street", "address"],
        _ => {
            let own = PERSON.iter().chain(&ORGANISATION).find(|field| label(field) == name);
            return own.map(|field| (*field).to_owned()).into_iter().collect();
        }
    };
    parts.iter().map(|part| (*part).to_owned()).collect()
}
