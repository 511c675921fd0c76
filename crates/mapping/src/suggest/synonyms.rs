//! What headers mean, in English, French, German, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Danish and Norwegian.
//!
//! The phrases stand in `synonyms.txt`, one meaning a line, without accents, in lower case, words apart. A meaning is a field,
//! or one of the words with `=` that another column or the values decide: `=name` (of whom?), `=title` (of a person or a
//! thing?), `=company`, `=employer`, `=id`, `=date`, `=text`, `=skip` (a label of the column beside it).

use std::collections::HashMap;
use std::sync::LazyLock;

use velocity_model::EntityKind;

const TEXT: &str = include_str!("synonyms.txt");

static PHRASES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| entries().collect());

/// Every phrase with its meaning.
fn entries() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = TEXT.lines().filter_map(|line| line.split_once(": "));
    lines.flat_map(|(meaning, phrases)| phrases.split(", ").map(move |phrase| (phrase, meaning)))
}

/// The meaning of a phrase.
pub(super) fn meaning_of(phrase: &str) -> Option<&'static str> {
    PHRASES.get(phrase).copied()
}

/// Words before a name of a value that say which of several it is, and nothing about its sort.
pub(super) const LEADING: &[&str] = &[
    "primary",
    "main",
    "po",
    "sa",
    "home",
    "work",
    "business",
    "personal",
    "private",
    "other",
    "secondary",
    "alternate",
    "alternative",
    "native",
    "mailing",
    "billing",
    "shipping",
    "postal",
    "default",
    "preferred",
    "my",
    "your",
    "the",
    "mobile",
    "office",
    "person",
    "contact",
    "lead",
    "customer",
    "client",
    "invitee",
    "attendee",
    "buyer",
    "guest",
    "member",
    "prospect",
    "address",
    "addr",
    "requester",
    "kontakt",
    "kunde",
    "cliente",
    "klant",
    "current",
];

/// The same, behind it.
pub(super) const TRAILING: &[&str] = &[
    "primary",
    "main",
    "home",
    "work",
    "business",
    "personal",
    "private",
    "other",
    "secondary",
    "mobile",
    "office",
    "fake",
    "value",
    "current",
    "principal",
    "principale",
    "prive",
    "privee",
    "pro",
    "perso",
    "professionnel",
    "personnel",
    "privat",
    "geschaftlich",
    "dienstlich",
    "particular",
    "trabajo",
    "personale",
    "pessoal",
    "zakelijk",
];

/// Those that name a second choice: where one column must be chosen, the others go first.
pub(super) const SECOND: &[&str] = &["other", "secondary", "alternate", "alternative", "shipping", "native"];

/// Words that say of which sort of record the column behind them speaks: `Deal - Title`, `Organization - Address`.
pub(super) const KINDS: &[(EntityKind, &[&str])] = &[
    (
        EntityKind::Organisation,
        &["organization", "organisation", "company", "account", "societe", "firma", "empresa", "azienda"],
    ),
    (EntityKind::Opportunity, &["deal", "opportunity"]),
    (EntityKind::Task, &["activity", "task", "aufgabe", "tache"]),
    (EntityKind::Interaction, &["call", "anruf", "appel"]),
    (EntityKind::Note, &["note"]),
];

/// Words that make the rest of a header speak of something else than the person or thing of the row.
pub(super) const OTHERS: &[&str] = &[
    "display",
    "include",
    "sent",
    "spouse",
    "partner",
    "agent",
    "owner",
    "parent",
    "reports",
    "assistant",
    "emergency",
    "manager",
    "master",
    "created",
    "modified",
    "converted",
    "phonetic",
    "yomi",
    "referral",
    "father",
    "mother",
    "child",
    "co",
    "opt",
    "optin",
    "optout",
    "consent",
    "invalid",
    "marketing",
    "blacklisted",
    "bounced",
    "verified",
    "status",
    "type",
    "label",
    "flag",
    "count",
    "number",
    "date",
    "id",
];

#[cfg(test)]
mod tests;
