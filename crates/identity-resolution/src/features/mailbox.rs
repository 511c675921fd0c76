//! Mailboxes of functions, which are nobody's own.

/// Local parts that name a function (RFC 2142 and everyday use in several languages).
const FUNCTIONS: [&str; 30] = [
    "info",
    "contact",
    "contacto",
    "kontakt",
    "office",
    "sales",
    "admin",
    "support",
    "hello",
    "mail",
    "team",
    "accueil",
    "service",
    "billing",
    "accounts",
    "marketing",
    "reception",
    "secretariat",
    "direction",
    "vente",
    "ventes",
    "commercial",
    "buero",
    "help",
    "helpdesk",
    "jobs",
    "hr",
    "postmaster",
    "webmaster",
    "enquiries",
];

/// Whether an address in lower case is a function's: `info@firma.example`.
pub(crate) fn is_of_a_function(address: &str) -> bool {
    address.split_once('@').is_some_and(|(local, _)| FUNCTIONS.contains(&local))
}
