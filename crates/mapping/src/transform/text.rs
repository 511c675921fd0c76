//! Blanks, invisible characters and normal form.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::Resolved;

/// Characters that show nothing: they come with copies from web pages and phones (bidirectional marks around a number) and
/// from exports that guard against formulas (a zero-width joiner before `=`).
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}'
        | '\u{FEFF}' | '\u{00AD}' | '\u{180E}')
}

/// Blanks of every kind: no-break, narrow, ideographic.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}'
}

const fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// One line: every run of blanks and line ends becomes one space.
pub(super) fn clean(text: &str) -> Resolved {
    cleaned(text, false)
}

/// Several lines: runs of blanks become one space, line ends stay as `\n`, blank lines at both ends go.
pub(super) fn clean_lines(text: &str) -> Resolved {
    cleaned(text, true)
}

/// [`clean`] without the account of what was done.
pub(crate) fn clean_line(text: &str) -> String {
    clean(text).value
}

/// The form in which a name is a key: compatibility forms composed, lower case, one space between words.
pub(crate) fn plain_name(name: &str) -> String {
    let composed: String = name.nfkc().collect();
    clean_line(&composed.to_lowercase())
}

fn cleaned(text: &str, keep_lines: bool) -> Resolved {
    if is_clean_ascii(text) {
        return Resolved { value: text.to_owned(), steps: Vec::new() };
    }
    let mut steps = Vec::new();
    let visible: String = text.chars().filter(|c| !is_invisible(*c) && (!c.is_control() || is_blank(*c))).collect();
    if visible.len() != text.len() {
        steps.push("invisible".to_owned());
    }
    let inner = visible.trim_matches(is_blank);
    if inner.len() != visible.len() {
        steps.push("trim".to_owned());
    }
    let folded = if keep_lines { fold_lines(inner) } else { fold(inner) };
    if folded != inner {
        steps.push("blanks".to_owned());
    }
    let resolved = Resolved { value: folded, steps };
    if is_nfc(&resolved.value) {
        return resolved;
    }
    let composed = resolved.value.nfc().collect();
    resolved.then(composed, "nfc")
}

/// Whether nothing is to be done; most cells are so.
fn is_clean_ascii(text: &str) -> bool {
    let bytes = text.as_bytes();
    let edge = |byte: Option<&u8>| byte.is_some_and(|byte| *byte == b' ');
    !edge(bytes.first())
        && !edge(bytes.last())
        && bytes.iter().all(|byte| (b' '..0x7F).contains(byte))
        && !bytes.windows(2).any(|pair| pair == b"  ")
}

fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(is_blank).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn fold_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.split(is_line_end).map(fold).collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
}
