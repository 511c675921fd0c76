//! E-mail addresses, URLs and domains.

use super::{Outcome, Resolved};

const EMAIL: &str = "email.invalid";

/// An address by RFC 5321 and 6531: the domain in lower case, the local part as written.
pub(super) fn email(cleaned: Resolved) -> Outcome {
    let bare = bare_address(&cleaned.value).to_owned();
    let cleaned = cleaned.then(bare, "address only");
    let (local, domain) = cleaned.value.rsplit_once('@').ok_or(EMAIL)?;
    if !is_local_part(local) || !is_host(domain) || cleaned.value.len() > 254 {
        return Err(EMAIL);
    }
    let lower = format!("{local}@{}", domain.to_lowercase());
    Ok(cleaned.then(lower, "domain lower case"))
}

/// `mailto:` and its parameters, `<…>` with a name before it, and punctuation at the end do not belong to an address.
fn bare_address(text: &str) -> &str {
    let mut text = text.trim_end_matches([';', ',', '.', ' ']);
    if let (Some(open), true) = (text.rfind('<'), text.ends_with('>')) {
        text = &text[open + 1..text.len() - 1];
    }
    if text.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:")) {
        text = text[7..].split('?').next().unwrap_or_default();
    }
    text.trim()
}

fn is_local_part(local: &str) -> bool {
    let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    if quoted {
        let inner = &local[1..local.len() - 1];
        return local.len() <= 64 && !inner.contains(['"', '\\']) && !inner.chars().any(char::is_control);
    }
    let is_atom =
        |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || (!c.is_ascii() && !c.is_whitespace());
    local.len() <= 64 && local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom))
}

/// A host name of at least two labels (RFC 1123, RFC 5890), whose last label is not a number.
fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        let inner = |c: char| c == '-' || c == '_' || is_letter(c);
        (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(inner)
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253 && host.contains('.') && host.split('.').all(label) && !last.bytes().all(|b| b.is_ascii_digit())
}

fn is_letter(c: char) -> bool {
    // Combining marks are letters of Indic host names.
    c.is_alphanumeric() || (!c.is_ascii() && unicode_normalization::char::is_combining_mark(c))
}

/// Splits `scheme://user@host:port/rest` into scheme, host with port, and rest. `None` if it has no plausible host.
fn parts(text: &str) -> Option<(Option<&str>, &str, &str)> {
    let (scheme, after) = match text.split_once("://") {
        Some((scheme, after)) => (Some(scheme), after),
        None => (None, text.strip_prefix("//").unwrap_or(text)),
    };
    let end = after.find(['/', '?', '#']).unwrap_or(after.len());
    let (authority, rest) = after.split_at(end);
    Some((scheme, authority.rsplit_once('@').map_or(authority, |(_, host)| host), rest))
}

fn host_of(authority: &str) -> Option<&str> {
    let (host, port) = authority.split_once(':').unwrap_or((authority, "0"));
    let host = host.trim_end_matches('.');
    (is_host(host) && !port.is_empty() && port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit())).then_some(host)
}

/// An absolute URL of the web. Other schemes are refused: a page would show them as a link (`javascript:`).
pub(super) fn url(cleaned: Resolved) -> Outcome {
    const INVALID: &str = "url.invalid";
    if cleaned.value.contains(|c: char| c.is_whitespace() || "<>\"`{}|\\^".contains(c)) {
        return Err(INVALID);
    }
    let (scheme, authority, rest) = parts(&cleaned.value).ok_or(INVALID)?;
    let scheme_lower = scheme.unwrap_or("https").to_ascii_lowercase();
    // A user name in a web address (`https://bank.example@evil.example`) deceives readers, and no source needs it.
    let has_user = cleaned.value.split(['/', '?', '#']).nth(2).is_some_and(|part| part.contains('@'));
    if !matches!(scheme_lower.as_str(), "http" | "https") || host_of(authority).is_none() || has_user {
        return Err(INVALID);
    }
    let missing_scheme = scheme.is_none();
    if missing_scheme && cleaned.value.contains('@') {
        return Err(INVALID);
    }
    let absolute = format!("{scheme_lower}://{}{rest}", authority.to_lowercase());
    Ok(cleaned.then(absolute, if missing_scheme { "assume https" } else { "host lower case" }))
}

/// The registrable domain by the public-suffix list, from a host, a URL or an e-mail address.
pub(super) fn domain(cleaned: Resolved) -> Outcome {
    const INVALID: &str = "domain.invalid";
    let (_, authority, _) = parts(bare_address(&cleaned.value)).ok_or(INVALID)?;
    let host = host_of(authority).ok_or(INVALID)?.to_lowercase();
    let registrable = psl::domain_str(&host).ok_or(INVALID)?.to_owned();
    let lower = cleaned.value.to_lowercase();
    Ok(cleaned.then(lower, "lower case").then(registrable, "registrable domain"))
}
