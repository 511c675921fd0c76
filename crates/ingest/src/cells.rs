//! What a cell looks like: for telling headers from data, and numbers as text.

/// Whether a cell is a value rather than a name of values: a number, a date, a phone number, an address of mail or web.
pub(crate) fn looks_like_data(cell: &str) -> bool {
    let cell = cell.trim();
    if cell.is_empty() {
        return false;
    }
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let is_numeric = digits > 0 && cell.chars().all(|c| c.is_ascii_digit() || " +-./,:()'%€$£TZ".contains(c));
    let is_mail = cell.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'));
    is_numeric || is_mail || cell.starts_with("http://") || cell.starts_with("https://")
}

/// A number as text, to be read back the same. A phone number stored as a number must not become `3.36e10`, and a double
/// holds 15 digits as they were typed; only beyond that an exponent says more than its zeros.
pub(crate) fn number_text(number: f64) -> String {
    let size = number.abs();
    if number == 0.0 {
        "0".to_owned()
    } else if (1e-7..1e21).contains(&size) || !number.is_finite() {
        number.to_string()
    } else {
        format!("{number:e}")
    }
}
