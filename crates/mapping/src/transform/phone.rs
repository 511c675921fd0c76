//! Phone numbers to E.164 (ITU-T E.164), by the numbering plans of libphonenumber.

use std::collections::BTreeMap;

use rlibphonenumber::{NumberLengthType, PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region};
use velocity_model::Question;

use super::{Context, Outcome, Resolved};

const INVALID: &str = "phone.invalid";
const REGION: &str = Question::REGION_UNKNOWN;

/// Longest text that is tried; numbers have at most 15 digits.
const MAX_LEN: usize = 64;

/// Words before an extension, in the languages of the shipped profiles, longest first.
const EXTENSION: &[&str] =
    &[";ext=", "extension", "durchwahl", "extensión", "interno", "anexo", "poste", "extn", "ext", "dw", "x", "#"];

/// The region of an ISO 3166 code, if it has a numbering plan.
pub(super) fn region(code: &str) -> Option<Region> {
    let region = Region::from_code(code).ok()?;
    PHONE_NUMBER_UTIL.get_country_code_for_region(region).map(|_| region)
}

/// Whether the code names a country whose numbers can be read.
pub(crate) fn is_region(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()) && region(code).is_some()
}

/// The countries of some numbers in canonical form, those of most numbers first.
pub(crate) fn regions_of(numbers: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for number in numbers {
        let number = read(number.split(';').next().unwrap_or_default(), None);
        let region = number.and_then(|number| PHONE_NUMBER_UTIL.get_region_for_number(&number));
        if let Some(region) = region {
            *counts.entry(region.to_string()).or_default() += 1;
        }
    }
    let mut found: Vec<(String, u64)> = counts.into_iter().collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    found.into_iter().map(|(region, _)| region).collect()
}

/// A number with a country code, or one of the context's region. Digits without `+` count as an international number only
/// if they are no number of the region.
pub(super) fn phone(cleaned: Resolved, context: &Context) -> Outcome {
    if cleaned.value.len() > MAX_LEN {
        return Err(INVALID);
    }
    let text = cleaned.value.strip_prefix("tel:").unwrap_or(&cleaned.value);
    // A workbook cell that holds the number as a number.
    let text = text.strip_suffix(".0").filter(|digits| digits.bytes().all(|b| b.is_ascii_digit())).unwrap_or(text);
    let (main, extension) = split_extension(text);
    let main: String = main.chars().map(ascii_digit).collect();
    if main.chars().any(char::is_alphabetic) || main.contains('@') || !main.contains(|c: char| c.is_ascii_digit()) {
        return Err(INVALID);
    }
    let (number, step) = parse(main.trim(), context)?;
    let mut value = number.format_as(PhoneNumberFormat::E164).into_owned();
    // Of two prefixes one is taken off, and the other when the result is read again: then it is not clear which number is meant.
    let again = || parse(&value, context).map(|(again, _)| again.format_as(PhoneNumberFormat::E164).into_owned());
    if value != main && again().as_ref() != Ok(&value) {
        return Err(INVALID);
    }
    if let Some(extension) = extension {
        value.push_str(";ext=");
        value.push_str(&extension);
    }
    if value == cleaned.value {
        return Ok(cleaned);
    }
    Ok(cleaned.noting(value, step))
}

fn parse(text: &str, context: &Context) -> Result<(PhoneNumber, String), &'static str> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if text.starts_with('+') {
        let number = read(text, None).filter(|number| number.is_valid() || is_dialable(number)).ok_or(INVALID)?;
        return Ok((number, "phone +".to_owned()));
    }
    let in_region = context.region.and_then(|region| Some((read(text, Some(region))?, format!("phone {region}"))));
    let with_zeros =
        digits.strip_prefix("00").and_then(|rest| Some((read(&format!("+{rest}"), None)?, "phone 00".to_owned())));
    let with_code = (digits.len() >= 10 && !digits.starts_with('0'))
        .then(|| Some((read(&format!("+{digits}"), None)?, "phone digits".to_owned())))
        .flatten();
    let valid = [&in_region, &with_zeros, &with_code];
    if let Some(found) = valid.into_iter().flatten().find(|(number, _)| number.is_valid()) {
        return Ok(found.clone());
    }
    // Numbering plans grow faster than their lists: the right length is enough where the country is known. Digits without
    // `+` are read with a country code only where a stated region rules out that they are its own.
    let foreign = with_code.filter(|_| context.region.is_some());
    let possible = [with_zeros, in_region, foreign];
    match possible.into_iter().flatten().find(|(number, _)| is_dialable(number)) {
        Some(found) => Ok(found),
        None if context.region.is_none() && (6..=15).contains(&digits.len()) => Err(REGION),
        None => Err(INVALID),
    }
}

fn read(text: &str, region: Option<Region>) -> Option<PhoneNumber> {
    PHONE_NUMBER_UTIL.parse(text, region).ok()
}

/// Whether a subscriber's number in its country may be so long. (Any number may: service numbers are longer and shorter.)
fn is_dialable(number: &PhoneNumber) -> bool {
    let lengths = PHONE_NUMBER_UTIL.is_possible_number_for_type_with_reason(number, PhoneNumberType::FixedLineOrMobile);
    lengths == Ok(NumberLengthType::IsPossible)
}

/// Splits `01 02 03 04 05 ext. 12` into the number and the extension's digits.
fn split_extension(text: &str) -> (&str, Option<String>) {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return (text, None);
    }
    let places = EXTENSION.iter().filter_map(|word| Some((lower.rfind(word)?, word.len())));
    let Some((start, len)) = places.min_by_key(|(start, len)| (*start, usize::MAX - len)) else { return (text, None) };
    let (Some(before), Some(after)) = (text.get(..start), text.get(start + len..)) else { return (text, None) };
    let digits = after.trim_matches(['.', ':', ' ', ')', '-']);
    let is_extension = (1..=7).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if is_extension {
        (before.trim_end_matches([' ', ',', '(', '-', '/']), Some(digits.to_owned()))
    } else {
        (text, None)
    }
}

/// Arabic-Indic, Persian, Devanagari and full-width digits as ASCII.
fn ascii_digit(c: char) -> char {
    let offset = match c {
        '\u{0660}'..='\u{0669}' => c as u32 - 0x0660,
        '\u{06F0}'..='\u{06F9}' => c as u32 - 0x06F0,
        '\u{0966}'..='\u{096F}' => c as u32 - 0x0966,
        '\u{FF10}'..='\u{FF19}' => c as u32 - 0xFF10,
        '\u{FF0B}' => return '+',
        _ => return c,
    };
    char::from_digit(offset, 10).unwrap_or(c)
}
