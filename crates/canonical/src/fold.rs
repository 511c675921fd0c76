//! Words compared without regard to case, accents and punctuation. For deciding whether two names or addresses may be
//! the same one written differently; what a record shows is never folded.

/// The words of a text: lower case, common Latin accents taken off, apostrophes dropped, split at everything that is
/// neither letter nor digit. "Seán O'Brien-Łuk" gives `sean`, `obrien`, `luk`.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in text.chars().flat_map(char::to_lowercase) {
        match (c, words.last_mut()) {
            ('\'' | '’' | 'ʼ' | '`', _) => {}
            (c, Some(word)) if c.is_alphanumeric() => match base(c) {
                Some(letters) => word.push_str(letters),
                None => word.push(c),
            },
            // The dot that Turkish capitals leave behind when they are put in lower case, and accents written apart.
            ('\u{300}'..='\u{36f}', _) => {}
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Base letters of the accented small letters of Latin-1 and Latin Extended-A. Others stay: two spellings then count
/// as different, which is the careful side.
fn base(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'þ' => "th",
        _ => return None,
    })
}

/// Whether one list of words may be a shorter way to write the other: each word of the shorter list meets a word of
/// the longer one that is equal to it or an initial of it. An empty list contradicts nothing.
pub(crate) fn may_be_same(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    are_among(short, long)
}

/// Whether each of `words` is found in `text`, as it is or as an initial on either side.
pub(crate) fn are_among(words: &[String], text: &[String]) -> bool {
    words.iter().all(|word| text.iter().any(|other| is_word_or_initial(word, other)))
}

fn is_word_or_initial(a: &str, b: &str) -> bool {
    let is_initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    a == b || is_initial(a, b) || is_initial(b, a)
}

#[cfg(test)]
mod tests;
