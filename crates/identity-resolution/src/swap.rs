//! Given and family name the other way round.

use crate::fields::{Aspect, Field, Name, Values};
use crate::similarity::{is_typo, may_be_alike};

/// Looks at two records' names crosswise where they differ as they stand. Crosswise equal names count as a typing error in the given
/// name and as an equal family name: rarer than a slip of a key, and nearly as telling.
pub(crate) fn unswap(fields: &[Field], a: usize, b: usize, levels: &mut [u8]) {
    let place = |aspect: Aspect| fields.iter().position(|field| field.aspect == aspect);
    let (Some(given), Some(family)) = (place(Aspect::Given), place(Aspect::Family)) else { return };
    if levels[given] < 4 || levels[family] < 3 {
        return;
    }
    let (Values::Given(given_values), Values::Family(family_values)) = (&fields[given].values, &fields[family].values)
    else {
        return;
    };
    let name = |record: usize| {
        let given = &given_values[fields[given].cells[record] as usize];
        let family = &family_values[fields[family].cells[record] as usize];
        (given, family)
    };
    let ((given_a, family_a), (given_b, family_b)) = (name(a), name(b));
    let agree = |a: &Name, b: &Name| {
        may_be_alike(a.letters, b.letters) && a.whole.len() > 1 && (a.whole == b.whole || is_typo(&a.whole, &b.whole))
    };
    if agree(given_a, family_b) && agree(family_a, given_b) {
        levels[given] = 2;
        let is_equal = given_a.whole == family_b.whole && family_a.whole == given_b.whole;
        levels[family] = if is_equal { 0 } else { 2 };
    }
}
