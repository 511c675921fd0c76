//! Forms of text in which spelling does not matter. For keys and comparison only, never stored.

use any_ascii::any_ascii_char;
use unicode_normalization::UnicodeNormalization;

/// Lower-case ASCII words with single spaces: compatibility decomposition, accents off, other scripts transliterated,
/// everything but letters and digits a space.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd() {
        // Scripts without blanks: each sign of a Chinese name is a word.
        if is_ideograph(c) && !folded.ends_with(' ') {
            folded.push(' ');
        }
        for c in any_ascii_char(c).chars() {
            if c.is_ascii_alphanumeric() {
                folded.push(c.to_ascii_lowercase());
            } else if (c.is_ascii_whitespace() || "-_/.,&+|;:()".contains(c)) && !folded.ends_with(' ') {
                folded.push(' ');
            }
        }
    }
    folded.trim().to_owned()
}

/// Whether a sign stands for a word or a syllable, as those of Chinese do.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

/// How a name sounds, roughly and in many languages: its first letter and then its consonants, equal-sounding ones by one
/// letter, none twice in a row.
pub(crate) fn skeleton(folded: &str) -> String {
    const SPELLINGS: [(&str, &str); 7] =
        [("ph", "f"), ("ck", "k"), ("sch", "s"), ("sh", "s"), ("th", "t"), ("gh", "h"), ("x", "ks")];
    let spelled = SPELLINGS.iter().fold(folded.to_owned(), |text, (letters, sound)| text.replace(letters, sound));
    let mut sounds = String::new();
    for (place, c) in spelled.chars().filter(|c| *c != ' ').enumerate() {
        let sound = match c {
            'c' | 'q' | 'k' | 'g' => 'k',
            'z' | 's' | 'x' => 's',
            'v' | 'w' | 'f' => 'f',
            'd' | 't' => 't',
            'b' | 'p' => 'p',
            'm' | 'n' => 'n',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'j' if place > 0 => continue,
            'y' | 'j' => 'i',
            other => other,
        };
        if !sounds.ends_with(sound) {
            sounds.push(sound);
        }
    }
    sounds
}

#[cfg(test)]
mod tests;
