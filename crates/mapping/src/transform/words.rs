//! Words of dates in English, French, German, Spanish, Italian, Portuguese and Dutch, without accents and in lower case.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case without accents, for comparison with the tables here.
pub(crate) fn plain(word: &str) -> String {
    word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

const MONTHS: [&[&str]; 12] = [
    &[
        "january", "jan", "janvier", "janv", "januar", "janner", "jaenner", "enero", "ene", "gennaio", "gen",
        "janeiro", "januari",
    ],
    &["february", "feb", "fevrier", "fevr", "fev", "februar", "feber", "febrero", "febbraio", "fevereiro", "februari"],
    &["march", "mar", "mars", "marz", "maerz", "mrz", "marzo", "marco", "maart", "mrt"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile"],
    &["may", "mai", "mayo", "maggio", "mag", "maio", "mei"],
    &["june", "jun", "juin", "juni", "junio", "giugno", "giu", "junho"],
    &["july", "jul", "juillet", "juil", "juli", "julio", "luglio", "lug", "julho"],
    &["august", "aug", "aout", "agosto", "ago", "augustus"],
    &["september", "sept", "sep", "septembre", "septiembre", "setiembre", "settembre", "set", "setembro"],
    &["october", "oct", "octobre", "oktober", "okt", "octubre", "ottobre", "ott", "outubro", "out"],
    &["november", "nov", "novembre", "noviembre", "novembro"],
    &["december", "dec", "decembre", "dezember", "dez", "diciembre", "dic", "dicembre", "dezembro"],
];

/// Words around a date that say nothing new: weekdays, ordinals, prepositions.
const FILLERS: &[&str] = &[
    "mon",
    "monday",
    "tue",
    "tues",
    "tuesday",
    "wed",
    "wednesday",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "fri",
    "friday",
    "sat",
    "saturday",
    "sun",
    "sunday",
    "lun",
    "lundi",
    "mardi",
    "mer",
    "mercredi",
    "jeu",
    "jeudi",
    "ven",
    "vendredi",
    "sam",
    "samedi",
    "dim",
    "dimanche",
    "montag",
    "mo",
    "dienstag",
    "di",
    "mittwoch",
    "mi",
    "donnerstag",
    "do",
    "freitag",
    "fr",
    "samstag",
    "sa",
    "sonntag",
    "so",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "st",
    "nd",
    "rd",
    "th",
    "er",
    "re",
    "o",
    "a",
    "of",
    "the",
    "de",
    "del",
    "le",
    "den",
    "am",
    "at",
    "um",
    "on",
    "el",
    "las",
    "alle",
    "om",
    "kl",
    "klo",
    "ore",
    "uur",
];

/// Number of the month, from 1.
pub(super) fn month(word: &str) -> Option<i8> {
    let index = MONTHS.iter().position(|names| names.contains(&word))?;
    i8::try_from(index + 1).ok()
}

/// Whether the word may stand in a date without a meaning of its own.
pub(super) fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}
