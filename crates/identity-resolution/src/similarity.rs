//! How alike two folded texts are. Folded text is lower-case ASCII letters, digits and spaces, so that a letter is a small
//! number and a word of up to 64 letters one machine word. `strsim` is the oracle in the tests.

/// Places in a table of letters: a–z, 0–9, space, anything else.
const LETTERS: usize = 38;

fn letter(byte: u8) -> usize {
    match byte {
        b'a'..=b'z' => usize::from(byte - b'a'),
        b'0'..=b'9' => 26 + usize::from(byte - b'0'),
        b' ' => 36,
        _ => 37,
    }
}

/// The optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours (Hyyrö, "A
/// Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances", 2003). Texts of more than 64 letters are
/// compared by their first 64.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (a, b) = (&a[..a.len().min(64)], &b[..b.len().min(64)]);
    if a.is_empty() || b.is_empty() {
        return a.len().max(b.len());
    }
    let mut places = [0_u64; LETTERS];
    for (place, byte) in a.iter().enumerate() {
        places[letter(*byte)] |= 1 << place;
    }
    let last = 1_u64 << (a.len() - 1);
    let (mut up, mut down, mut diagonal, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
    let mut distance = a.len();
    for byte in b {
        let same = places[letter(*byte)];
        let swapped = ((!diagonal & same) << 1) & before;
        diagonal = ((same & up).wrapping_add(up) ^ up) | same | down | swapped;
        let rises = down | !(diagonal | up);
        let falls = diagonal & up;
        distance = distance + usize::from(rises & last != 0) - usize::from(falls & last != 0);
        let (rises, falls) = ((rises << 1) | 1, falls << 1);
        up = falls | !(diagonal | rises);
        down = rises & diagonal;
        before = same;
    }
    distance
}

/// Jaro's similarity with Winkler's bonus for a common beginning, in thousandths. Texts of more than 64 letters are compared
/// by their first 64.
pub(crate) fn jaro_winkler(a: &str, b: &str) -> u32 {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (a, b) = (&a[..a.len().min(64)], &b[..b.len().min(64)]);
    if a.is_empty() || b.is_empty() {
        return if a.is_empty() && b.is_empty() { 1000 } else { 0 };
    }
    let window = (a.len().max(b.len()) / 2).saturating_sub(1);
    let mut places = [0_u64; LETTERS];
    for (place, byte) in b.iter().enumerate() {
        places[letter(*byte)] |= 1 << place;
    }
    let (mut taken_a, mut taken_b) = (0_u64, 0_u64);
    for (place, byte) in a.iter().enumerate() {
        let from = place.saturating_sub(window);
        let to = (place + window).min(63);
        let reach = (u64::MAX >> (63 - to)) & (u64::MAX << from);
        let free = places[letter(*byte)] & reach & !taken_b;
        if free != 0 {
            taken_a |= 1 << place;
            taken_b |= free & free.wrapping_neg();
        }
    }
    let matches = taken_a.count_ones();
    if matches == 0 {
        return 0;
    }
    let (mut rest_a, mut rest_b, mut moved) = (taken_a, taken_b, 0_u32);
    while rest_a != 0 {
        let (at_a, at_b) = (rest_a.trailing_zeros() as usize, rest_b.trailing_zeros() as usize);
        moved += u32::from(letter(a[at_a]) != letter(b[at_b]));
        rest_a &= rest_a - 1;
        rest_b &= rest_b - 1;
    }
    let (matches, lengths) = (f64::from(matches), (a.len() as f64, b.len() as f64));
    let jaro = (matches / lengths.0 + matches / lengths.1 + (matches - f64::from(moved / 2)) / matches) / 3.0;
    let common = a.iter().zip(b).take(4).take_while(|(a, b)| a == b).count() as f64;
    let winkler = if jaro > 0.7 { jaro + 0.1 * common * (1.0 - jaro) } else { jaro };
    (winkler * 1000.0) as u32
}

/// Which letters a text has, a bit each.
pub(crate) fn letters(text: &str) -> u64 {
    text.bytes().fold(0, |letters, byte| letters | 1 << letter(byte))
}

/// Whether two texts have so few letters that only one of them has that they may be alike: a quick look before a long one.
pub(crate) fn may_be_alike(a: u64, b: u64) -> bool {
    (a ^ b).count_ones() <= 5
}

/// One typing error in a word of four letters or more, two in a long one.
pub(crate) fn is_typo(a: &str, b: &str) -> bool {
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    shorter >= 3 && longer - shorter <= 2 && distance(a, b) <= 1 + usize::from(shorter >= 8)
}

/// Whether two words of five letters or more have all letters but one in common, in whatever order.
pub(crate) fn has_same_letters(a: &str, b: &str) -> bool {
    let mut counts = [0_i8; LETTERS];
    a.bytes().take(64).for_each(|byte| counts[letter(byte)] += 1);
    b.bytes().take(64).for_each(|byte| counts[letter(byte)] -= 1);
    let (more, less) = counts.iter().fold((0, 0), |(more, less), count| match count {
        0.. => (more + count, less),
        _ => (more, less - count),
    });
    a.len().min(b.len()) >= 5 && more.max(less) <= 1
}

#[cfg(test)]
mod tests;
