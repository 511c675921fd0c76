//! Birth dates.

use crate::features::PartialDate;

/// Exact; day and month swapped, or one digit off or two swapped; equal as far as both are known; the same year; different.
pub(crate) fn compare(a: PartialDate, b: PartialDate) -> Option<usize> {
    if a == b && a.is_whole() {
        return Some(0);
    }
    if a.is_whole() && b.is_whole() {
        let swapped = a.year == b.year && a.month == b.day && a.day == b.month;
        return Some(match () {
            () if swapped || is_one_slip(a.digits(), b.digits()) => 1,
            () if a.year == b.year => 3,
            () => 4,
        });
    }
    let agree = |a: u16, b: u16| a == 0 || b == 0 || a == b;
    let known = (a.year != 0 && b.year != 0) || (a.month != 0 && b.month != 0);
    let agrees = agree(a.year, b.year)
        && agree(u16::from(a.month), u16::from(b.month))
        && agree(u16::from(a.day), u16::from(b.day));
    known.then_some(if agrees { 2 } else { 4 })
}

/// One digit off, or two neighbours swapped.
pub(crate) fn is_one_slip(a: [u8; 8], b: [u8; 8]) -> bool {
    let off: Vec<usize> = (0..8).filter(|place| a[*place] != b[*place]).collect();
    match off.as_slice() {
        [_] => true,
        [first, second] => *second == first + 1 && a[*first] == b[*second] && a[*second] == b[*first],
        _ => false,
    }
}

/// Whether two dates can be one person's birth date, however they were written.
pub(crate) fn are_compatible(a: PartialDate, b: PartialDate) -> bool {
    compare(a, b).is_none_or(|level| level <= 2)
}
