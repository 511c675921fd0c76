//! Names of organisations without their legal form.

use super::fold;

/// Legal forms as single folded words, of many countries.
const FORMS: [&str; 58] = [
    "ltd",
    "limited",
    "llc",
    "llp",
    "lp",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "plc",
    "gmbh",
    "ag",
    "kg",
    "ohg",
    "ug",
    "mbh",
    "ev",
    "eg",
    "sarl",
    "sas",
    "sasu",
    "sa",
    "eurl",
    "sci",
    "snc",
    "bv",
    "nv",
    "vof",
    "spa",
    "srl",
    "srls",
    "sl",
    "slu",
    "lda",
    "ltda",
    "ab",
    "as",
    "asa",
    "aps",
    "oy",
    "oyj",
    "pty",
    "pvt",
    "pte",
    "bhd",
    "sdn",
    "kk",
    "doo",
    "zoo",
    "sro",
    "kft",
    "zrt",
    "ooo",
    "group",
    "groupe",
    "holding",
];

/// The words that tell one organisation from another, sorted. A name made of nothing but legal forms keeps them.
pub(crate) fn words(name: &str) -> Vec<String> {
    // "S.A.R.L." and "B. V." are written with dots and blanks: single letters in a row are one word.
    let mut joined: Vec<String> = Vec::new();
    let mut after_letter = false;
    for word in fold(name).split(' ').filter(|word| !word.is_empty()) {
        let is_letter = word.len() == 1;
        match joined.last_mut() {
            Some(last) if is_letter && after_letter => last.push_str(word),
            _ => joined.push(word.to_owned()),
        }
        after_letter = is_letter;
    }
    let mut telling: Vec<String> =
        joined.iter().filter(|word| !FORMS.contains(&word.as_str()) && *word != "the").cloned().collect();
    if telling.is_empty() {
        telling = joined;
    }
    telling.sort_unstable();
    telling.dedup();
    telling
}
