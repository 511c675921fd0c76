//! E-mail addresses as keys.

use super::{PersonName, fold};

/// An e-mail address in the form in which two spellings of one mailbox are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Email {
    /// `local@domain`, lower case, without a `+tag`.
    pub(crate) key: String,
    /// The local part without dots and tags.
    pub(crate) local: String,
    /// The domain.
    pub(crate) domain: String,
    /// Whether the local part is the owner's name over again, and so says nothing that the name does not.
    pub(crate) is_name: bool,
    /// Whether it is a function's mailbox and not a person's: `info@`, `sales@`.
    pub(crate) is_role: bool,
    /// Whether the domain is that of a mail provider, which says nothing about an employer.
    pub(crate) is_provider: bool,
}

/// Local parts that name a function (RFC 2142 and everyday use in several languages).
const ROLES: [&str; 30] = [
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

/// First labels of the domains of large mail providers.
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

impl Email {
    /// An address of somebody of that name.
    pub(crate) fn of(address: &str, name: &PersonName) -> Option<Self> {
        let address = address.to_lowercase();
        let (local, domain) = address.rsplit_once('@')?;
        let domain = if domain == "googlemail.com" { "gmail.com" } else { domain };
        let untagged = local.split('+').next().unwrap_or(local);
        // Gmail delivers `a.b` and `ab` to one mailbox.
        let own = if domain == "gmail.com" { untagged.replace('.', "") } else { untagged.to_owned() };
        let plain = fold(untagged).replace(' ', "");
        Some(Self {
            key: format!("{own}@{domain}"),
            is_role: ROLES.contains(&plain.as_str()),
            is_provider: PROVIDERS.contains(&domain.split('.').next().unwrap_or_default()),
            is_name: is_name(&plain, name),
            local: plain,
            domain: domain.to_owned(),
        })
    }
}

/// `ana.example`, `example.ana`, `a.example`, `aexample`: given name or its initial and family name, without anything else.
fn is_name(local: &str, name: &PersonName) -> bool {
    let (given, family) = (name.given.concat(), name.family_key());
    let givens = [given.as_str(), name.first(), given.get(..1).unwrap_or_default()];
    !family.is_empty()
        && givens.iter().any(|given| {
            local.len() == given.len() + family.len() && {
                let front = local.strip_prefix(given).is_some_and(|rest| rest == family);
                front || local.strip_suffix(given).is_some_and(|rest| rest == family)
            }
        })
}

#[cfg(test)]
mod tests;
