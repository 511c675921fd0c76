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

/// Words that stand in legal forms written out.
const LONG_FORMS: [&str; 26] = [
    "aktiengesellschaft",
    "gesellschaft",
    "akg",
    "jsc",
    "ojsc",
    "pjsc",
    "oao",
    "zao",
    "pao",
    "joint",
    "stock",
    "liability",
    "open",
    "public",
    "closed",
    "sp",
    "societatea",
    "societate",
    "raspundere",
    "limitata",
    "obshchestvo",
    "ogranichennoi",
    "otvetstvennostyu",
    "aktsionernoe",
    "societe",
    "anonyme",
];

fn is_form(word: &str) -> bool {
    FORMS.contains(&word) || LONG_FORMS.contains(&word) || matches!(word, "the" | "and" | "of")
}

/// Single letters in a row as one word: "S.A.R.L." and "B. V." are written with dots and blanks.
fn joined_letters(folded: &str) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut after_letter = false;
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        let is_letter = word.len() == 1;
        match joined.last_mut() {
            Some(last) if is_letter && after_letter => last.push_str(word),
            _ => joined.push(word.to_owned()),
        }
        after_letter = is_letter;
    }
    joined
}

/// The words that tell one organisation from another, in their order. A name made of nothing but legal forms keeps them.
pub(crate) fn legal_words(name: &str) -> Vec<String> {
    let joined = joined_letters(&fold(name));
    let telling: Vec<String> = joined.iter().filter(|word| !is_form(word)).cloned().collect();
    if telling.is_empty() { joined } else { telling }
}

/// As [`legal_words`], each once and sorted.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut telling = legal_words(name);
    telling.sort_unstable();
    telling.dedup();
    telling
}
