//! Given and family names of several cultures. Every combination of them is invented.

mod lists;

use crate::random::Random;

/// Where a name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Culture {
    French,
    Maghrebi,
    English,
    Irish,
    German,
    Spanish,
    Indian,
}

/// A given name.
pub(crate) fn given_name(culture: Culture, random: &mut Random) -> &'static str {
    let (female, male) = match culture {
        Culture::French => (lists::FRENCH_FEMALE, lists::FRENCH_MALE),
        Culture::Maghrebi => (lists::MAGHREBI_FEMALE, lists::MAGHREBI_MALE),
        Culture::English => (lists::ENGLISH_FEMALE, lists::ENGLISH_MALE),
        Culture::Irish => (lists::IRISH_FEMALE, lists::IRISH_MALE),
        Culture::German => (lists::GERMAN_FEMALE, lists::GERMAN_MALE),
        Culture::Spanish => (lists::SPANISH_FEMALE, lists::SPANISH_MALE),
        Culture::Indian => (lists::INDIAN_FEMALE, lists::INDIAN_MALE),
    };
    let list = if random.chance(50) { female } else { male };
    one_of(list, random)
}

/// A family name; two in a row for Spanish ones.
pub(crate) fn family_name(culture: Culture, random: &mut Random) -> String {
    match culture {
        Culture::French if random.chance(60) => {
            format!("{}{}", one_of(lists::FRENCH_START, random), one_of(lists::FRENCH_END, random))
        }
        Culture::French => one_of(lists::FRENCH_FAMILY, random).to_owned(),
        Culture::Maghrebi => one_of(lists::MAGHREBI_FAMILY, random).to_owned(),
        Culture::English => one_of(lists::ENGLISH_FAMILY, random).to_owned(),
        Culture::Irish => one_of(lists::IRISH_FAMILY, random).to_owned(),
        Culture::German => one_of(lists::GERMAN_FAMILY, random).to_owned(),
        Culture::Spanish => {
            format!("{} {}", one_of(lists::SPANISH_FAMILY, random), one_of(lists::SPANISH_FAMILY, random))
        }
        Culture::Indian => one_of(lists::INDIAN_FAMILY, random).to_owned(),
    }
}

fn one_of(list: &'static str, random: &mut Random) -> &'static str {
    let names: Vec<&str> = list.split(',').collect();
    random.pick(&names)
}

/// The short form under which somebody of this given name may be known; the name itself if it has none.
pub(crate) fn nickname(given: &'static str) -> &'static str {
    let mut pairs = lists::NICKNAMES.split(',').filter_map(|pair| pair.split_once(':'));
    pairs.find(|(full, _)| *full == given).map_or(given, |(_, short)| short)
}

/// A name without accents: `Zoë Weiß` is `Zoe Weiss`.
pub(crate) fn without_accents(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'à'..='å' => plain.push('a'),
            'ç' => plain.push('c'),
            'è'..='ë' => plain.push('e'),
            'ì'..='ï' => plain.push('i'),
            'ñ' => plain.push('n'),
            'ò'..='ö' => plain.push('o'),
            'ù'..='ü' => plain.push('u'),
            'ß' => plain.push_str("ss"),
            'À'..='Å' => plain.push('A'),
            'Ç' => plain.push('C'),
            'È'..='Ë' => plain.push('E'),
            'Ì'..='Ï' => plain.push('I'),
            'Ò'..='Ö' => plain.push('O'),
            'Ù'..='Ü' => plain.push('U'),
            other => plain.push(other),
        }
    }
    plain
}

/// A name as it stands in an address of mail or on the web: `Le Goff` is `le-goff`.
pub(crate) fn slug(text: &str) -> String {
    let plain = without_accents(text).to_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
