//! Addresses of pages.

use velocity_model::{EntityKind, RecordId};

/// `text` percent-encoded for a query value or path segment (RFC 3986: all but unreserved characters).
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The page of a record. Items have none of their own: what is known of them is where they come from.
pub(crate) fn record(kind: EntityKind, id: RecordId) -> String {
    match kind {
        EntityKind::Person => format!("/contacts/{id}"),
        EntityKind::Organisation => format!("/accounts/{id}"),
        _ => format!("/why/{id}"),
    }
}

/// Why a record is what it is.
pub(crate) fn why(id: RecordId) -> String {
    format!("/why/{id}")
}

/// Why a field has its value.
pub(crate) fn why_field(id: RecordId, field: &str) -> String {
    format!("/why/{id}/{}", encode(field))
}

/// A query string from the pairs that have a value; empty without any.
pub(crate) fn query(pairs: &[(&str, &str)]) -> String {
    let set = pairs.iter().filter(|(_, value)| !value.is_empty());
    let text: Vec<String> = set.map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if text.is_empty() { String::new() } else { format!("?{}", text.join("&")) }
}

/// An address that a browser may follow from data: only web links, so that no value can run a script.
pub(crate) fn safe_web(url: &str) -> Option<&str> {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")).then_some(url)
}
