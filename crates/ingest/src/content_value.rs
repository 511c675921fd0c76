//! Values of content lines: their transfer encodings, charsets and escapes.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Bytes as text: by the charset stated, else UTF-8, else as the file; and whether nothing fits and it is a guess.
pub(crate) fn decode(raw: &[u8], charset: Option<&'static Encoding>, file: &'static Encoding) -> (String, bool) {
    for encoding in charset.into_iter().chain([UTF_8, file]) {
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(raw) {
            return (text.into_owned(), charset.is_some_and(|charset| charset != encoding));
        }
    }
    (WINDOWS_1252.decode_without_bom_handling(raw).0.into_owned(), true)
}

/// Quoted-printable without its soft line ends, which are joined already. What is no escape stays.
pub(crate) fn unquote_printable(raw: &[u8]) -> Vec<u8> {
    let hex = |byte: &u8| char::from(*byte).to_digit(16).map(|digit| digit as u8);
    let mut decoded = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        match behind {
            [high, low, behind @ ..] if *first == b'=' => match (hex(high), hex(low)) {
                (Some(high), Some(low)) => {
                    decoded.push(high * 16 + low);
                    rest = behind;
                }
                _ => decoded.push(b'='),
            },
            // A soft line end that nothing follows.
            [] if *first == b'=' => {}
            _ => decoded.push(*first),
        }
    }
    decoded
}

/// The text that an escaped value means: `\n`, `\,`, `\;`, `\:` and `\\`; another backslash stays.
pub(crate) fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some('n' | 'N')) => text.push('\n'),
            ('\\', Some(next @ (',' | ';' | ':' | '\\' | '"'))) => text.push(*next),
            ('\r', Some('\n')) => continue,
            _ => {
                text.push(if c == '\r' { '\n' } else { c });
                continue;
            }
        }
        chars.next();
    }
    text.truncate(text.trim_end().len());
    text
}

/// The components of a structured value, unescaped.
pub(crate) fn components(value: &str) -> Vec<String> {
    let mut found = Vec::new();
    let (mut from, mut is_escaped) = (0, false);
    for (at, c) in value.char_indices() {
        if c == ';' && !is_escaped {
            found.push(unescape(&value[from..at]));
            from = at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    found.push(unescape(&value[from..]));
    found
}

/// Bytes in Base64; `None` if they are not.
pub(crate) fn base64(bytes: &[u8]) -> Option<Vec<u8>> {
    mail_parser::decoders::base64::base64_decode(bytes)
}

/// Whether a value is a file written as an address (RFC 2397).
pub(crate) fn is_data_uri(raw: &[u8]) -> bool {
    raw.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"data:"))
        && raw[..raw.len().min(200)].windows(8).any(|window| window.eq_ignore_ascii_case(b";base64,"))
}

#[cfg(test)]
mod tests;
