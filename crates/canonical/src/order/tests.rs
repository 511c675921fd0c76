use std::borrow::Cow;

use proptest::prelude::*;
use velocity_model::Id;

use super::*;

fn standing() -> impl Strategy<Value = Standing<'static>> {
    let time = prop_oneof![Just(None), Just(Some("2026-01-01")), Just(Some("2026-01-01T08:00:00Z"))];
    let value = prop_oneof![Just("a"), Just("b")];
    (any::<bool>(), 0..2u32, time, 1..3usize, 0..2u32, value, 0..2u8).prop_map(
        |(is_human, trust, updated_at, support, quality, value, id)| Standing {
            is_human,
            trust,
            updated_at,
            support,
            quality: [quality, 0, 0],
            value: Cow::Borrowed(value),
            assertion: Id::from_bytes([id; 16]),
        },
    )
}

proptest! {
    #[test]
    fn the_order_is_total(a in standing(), b in standing(), c in standing()) {
        let order = |a: &Standing<'_>, b: &Standing<'_>| compare(a, b).0;
        prop_assert_eq!(order(&a, &b), order(&b, &a).reverse());
        prop_assert_eq!(compare(&a, &b).1, compare(&b, &a).1);
        if order(&a, &b).is_le() && order(&b, &c).is_le() {
            prop_assert!(order(&a, &c).is_le());
        }
        if order(&a, &b).is_eq() {
            prop_assert_eq!((&a.value, a.assertion), (&b.value, b.assertion));
        }
    }
}
