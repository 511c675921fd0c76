#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use velocity_fuzz::check;
use velocity_mapping::{Context, parse, transform};
use velocity_model::{DateOrder, EntityKind, Field, ValueType, fields_of};

/// A field of each type, and the one whose numbers are durations.
static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let mut seen = std::collections::BTreeSet::new();
    let all = EntityKind::ALL.into_iter().flat_map(fields_of);
    let each = all.filter(|spec| spec.name == "duration_seconds" || seen.insert(spec.value_type));
    each.map(|spec| Field::from_name(spec.name).expect("a field")).collect()
});

static CONTEXTS: LazyLock<Vec<Context>> = LazyLock::new(|| {
    let stated = "name = 'a/b'\nversion = 1\nsource = 'a'\nlabel = 'A'\ntrust = 1\nregion = 'IN'\ntime_zone = 'America/New_York'\n\
                  currency = 'INR'\n[recognise]\nheaders = ['x']\n[read]\ncentury = 1950\n[[entity]]\nkind = 'person'\nid = 'person'\n\
                  [[entity.field]]\nfrom = 'x'\nto = 'given_name'\n";
    let stated = Context::of(&parse(stated).expect("a profile"));
    let french = stated.with_currency("EUR".to_owned());
    let orders = [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd].map(|order| french.with_date_order(Some(order)));
    [Context::default(), stated].into_iter().chain(orders).collect()
});

fuzz_target!(|text: &str| check(|| {
    for (context, field) in CONTEXTS.iter().flat_map(|context| FIELDS.iter().map(move |field| (context, field))) {
        let Ok(resolved) = transform(field, text, context) else { continue };
        assert!(!resolved.value.is_empty(), "a value says something");
        // An amount in minor units is not what a person would write.
        if field.spec().value_type != ValueType::Money {
            let again = transform(field, &resolved.value, context).map(|again| again.value);
            assert_eq!(again.as_ref(), Ok(&resolved.value), "what is canonical stays as it is: {}", field.name());
        }
    }
}));
