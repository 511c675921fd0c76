//! The blocking passes. Each finds pairs that the others miss; a pass whose keys are common is the less exact one.

use velocity_model::EntityKind;

use crate::features::{Features, PartialDate, skeleton};

/// A pass: its name, for explanations, and the keys of a record in it.
pub(crate) struct Pass {
    pub(crate) name: &'static str,
    pub(crate) keys: fn(&Features) -> Vec<String>,
}

/// The passes for a kind, in the order in which they emit pairs.
pub(crate) fn passes(kind: EntityKind) -> &'static [Pass] {
    match kind {
        EntityKind::Person => &PERSON,
        EntityKind::Organisation => &ORGANISATION,
        _ => &[],
    }
}

const PERSON: [Pass; 13] = [
    Pass { name: "identifier", keys: |f| f.identifiers.clone() },
    Pass { name: "e-mail", keys: |f| f.emails.iter().map(|email| email.key.clone()).collect() },
    Pass { name: "phone", keys: |f| f.phones.clone() },
    Pass { name: "given and family name", keys: |f| both(&f.name.given_root, &f.name.family_key()) },
    Pass {
        name: "family and given name swapped",
        keys: |f| {
            let mut parts = [f.name.first().to_owned(), f.name.family_key()];
            parts.sort_unstable();
            both(&parts[0], &parts[1])
        },
    },
    Pass { name: "birth date and start of the given name", keys: |f| dated(f, &start(f.name.first(), 2)) },
    Pass { name: "birth date and sound of the family name", keys: |f| dated(f, &skeleton(&f.name.family_key())) },
    Pass {
        name: "sound of both names",
        keys: |f| both(&skeleton(&f.name.given_root), &skeleton(&f.name.family_key())),
    },
    Pass {
        name: "family name, initial and birth year",
        keys: |f| {
            let year = f.birth.map_or(0, |birth| birth.year);
            if year == 0 {
                Vec::new()
            } else {
                both(&f.name.family_key(), &format!("{}{year}", start(f.name.first(), 1)))
            }
        },
    },
    Pass { name: "postcode and family name", keys: |f| both(&f.postcode, &skeleton(&f.name.family_key())) },
    Pass { name: "postcode and given name", keys: |f| both(&f.postcode, &f.name.given_root) },
    Pass {
        name: "local part of the e-mail",
        keys: |f| {
            let own = f.emails.iter().filter(|email| !email.is_role && email.local.len() >= 6);
            own.map(|email| email.local.clone()).collect()
        },
    },
    Pass {
        name: "birth place, start of both names",
        keys: |f| {
            let names = format!("{}{}", start(f.name.first(), 3), start(&f.name.family_key(), 3));
            if names.len() < 4 { Vec::new() } else { both(&f.birth_place, &names) }
        },
    },
];

const ORGANISATION: [Pass; 5] = [
    Pass { name: "identifier", keys: |f| f.identifiers.clone() },
    Pass { name: "name", keys: |f| vec![f.organisation.concat()] },
    Pass { name: "domain", keys: |f| f.domains.clone() },
    Pass { name: "phone", keys: |f| f.phones.clone() },
    Pass {
        name: "longest word of the name",
        keys: |f| {
            let longest = f.organisation.iter().max_by_key(|word| (word.len(), word.as_str()));
            longest.filter(|word| word.len() >= 4).map(|word| start(word, 6)).into_iter().collect()
        },
    },
];

/// Both parts as one key; none if a part is missing.
fn both(a: &str, b: &str) -> Vec<String> {
    if a.is_empty() || b.is_empty() { Vec::new() } else { vec![format!("{a}|{b}")] }
}

fn start(word: &str, letters: usize) -> String {
    word.chars().take(letters).collect()
}

fn dated(features: &Features, part: &str) -> Vec<String> {
    let whole = features.birth.filter(|birth| birth.is_whole());
    whole.map(|PartialDate { year, month, day }| both(&format!("{year}-{month}-{day}"), part)).unwrap_or_default()
}
