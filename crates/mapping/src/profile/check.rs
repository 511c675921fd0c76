//! What a profile must hold beyond its form.

use std::collections::BTreeSet;

use velocity_model::{ColumnMap, Condition, EntityMap, Field, LinkMap, Profile, ValueType, fields_of};

use super::locate::Step::{self, At, Key};
use crate::columns::fold_header;
use crate::header_pattern::{HeaderPattern, is_sound};
use crate::transform::{BLANK, Context, is_currency, is_region, transform, zone_is_known};

/// What is wrong, and where.
pub(super) struct Fault {
    pub(super) path: Vec<Step>,
    pub(super) message: String,
    pub(super) allowed: Vec<String>,
}

fn fault(path: &[Step], message: impl Into<String>) -> Result<(), Fault> {
    Err(Fault { path: path.to_vec(), message: message.into(), allowed: Vec::new() })
}

fn not_among(
    path: &[Step],
    message: impl Into<String>,
    allowed: impl IntoIterator<Item = String>,
) -> Result<(), Fault> {
    Err(Fault { path: path.to_vec(), message: message.into(), allowed: allowed.into_iter().collect() })
}

/// The first fault in the order of the file; `None` if there is none.
pub(super) fn first_fault(profile: &Profile) -> Option<Fault> {
    head(profile).and_then(|()| entities(profile)).err()
}

fn head(profile: &Profile) -> Result<(), Fault> {
    let is_word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
    };
    if !profile.name.split_once('/').is_some_and(|(vendor, name)| is_word(vendor) && is_word(name)) {
        return fault(&[Key("name")], "must be `vendor/name` in lower-case letters, digits, `-` and `_`");
    }
    if profile.version == 0 {
        return fault(&[Key("version")], "counts from 1");
    }
    if profile.source.trim().is_empty() {
        return fault(&[Key("source")], "must name the system whose keys these are");
    }
    if profile.trust > 100 {
        return fault(&[Key("trust")], "must be 0 to 100");
    }
    if let Some(region) = &profile.region
        && !is_region(region)
    {
        return fault(&[Key("region")], format!("is `{region}`, which is no ISO 3166 code of two capitals (`FR`)"));
    }
    if let Some(zone) = &profile.time_zone
        && zone_is_known(zone) == Some(false)
    {
        return fault(&[Key("time_zone")], format!("is `{zone}`, which is no IANA zone (`Europe/Paris`)"));
    }
    if let Some(currency) = &profile.currency
        && !is_currency(currency)
    {
        return fault(&[Key("currency")], format!("is `{currency}`, which is no active ISO 4217 code (`EUR`)"));
    }
    if profile.recognise.headers.iter().all(|header| fold_header(header).is_empty()) {
        return fault(
            &[Key("recognise"), Key("headers")],
            "must name at least one header, or the profile fits any file",
        );
    }
    for (key, headers) in [("headers", &profile.recognise.headers), ("optional", &profile.recognise.optional)] {
        placeholders(headers, &[Key("recognise"), Key(key)])?;
    }
    if profile.recognise.headers.iter().any(|header| matches!(HeaderPattern::new(header), HeaderPattern::Repeated(_))) {
        return fault(&[Key("recognise"), Key("headers")], "has a placeholder, which only `optional` may have");
    }
    placeholders(&profile.ignore, &[Key("ignore")])?;
    if profile.entities.is_empty() {
        return fault(&[], "has no `[[entity]]`, so that a row states nothing");
    }
    Ok(())
}

fn entities(profile: &Profile) -> Result<(), Fault> {
    let mut seen = BTreeSet::new();
    for (index, entity) in profile.entities.iter().enumerate() {
        let path = [Key("entity"), At(index)];
        if entity.id.trim().is_empty() || !seen.insert(&entity.id) {
            return fault(
                &join(&path, &[Key("id")]),
                format!("`{}` must be a name that no other entity has", entity.id),
            );
        }
        keys(profile, entity, &path)?;
        condition(profile, entity.when.as_ref(), &path)?;
        for (place, column) in entity.fields.iter().enumerate() {
            field(profile, entity, column, &join(&path, &[Key("field"), At(place)]))?;
        }
        if !entity.fields.iter().any(|column| column.from.is_some()) {
            return fault(&path, "needs a field with `from`: constants alone state nothing");
        }
        if let Some(missing) = entity.needs.iter().find(|need| !entity.fields.iter().any(|column| column.to == **need))
        {
            let mapped = entity.fields.iter().map(|column| column.to.to_string());
            return not_among(
                &join(&path, &[Key("needs")]),
                format!("names `{missing}`, which the entity does not map"),
                mapped,
            );
        }
        for (place, link_map) in entity.links.iter().enumerate() {
            link(profile, entity, link_map, &join(&path, &[Key("link"), At(place)]))?;
        }
    }
    Ok(())
}

fn join(path: &[Step], more: &[Step]) -> Vec<Step> {
    [path, more].concat()
}

/// A key column must be known to the recognition, or a file without it would be taken for one of this kind.
fn keys(profile: &Profile, entity: &EntityMap, path: &[Step]) -> Result<(), Fault> {
    let Some(unlisted) = entity.key.iter().find(|header| !is_recognised(profile, header)) else { return Ok(()) };
    let message =
        format!("names `{unlisted}`, which stands neither in `recognise.headers` nor in `recognise.optional`");
    fault(&join(path, &[Key("key")]), message)
}

/// The column of a condition must be known to the recognition, or a slip in its name would read as a blank cell.
fn condition(profile: &Profile, condition: Option<&Condition>, path: &[Step]) -> Result<(), Fault> {
    let Some(condition) = condition else { return Ok(()) };
    let path = join(path, &[Key("when")]);
    if !is_recognised(profile, &condition.column) {
        let message = format!(
            "names `{}`, which stands neither in `recognise.headers` nor in `recognise.optional`",
            condition.column
        );
        return fault(&join(&path, &[Key("column")]), message);
    }
    let given = [&condition.is, &condition.is_not, &condition.starts_with];
    if given.into_iter().filter(|texts| !texts.is_empty()).count() != 1 {
        return fault(&path, "needs exactly one of `is`, `is_not` and `starts_with`");
    }
    Ok(())
}

fn is_recognised(profile: &Profile, header: &str) -> bool {
    let mut listed = profile.recognise.headers.iter().chain(&profile.recognise.optional);
    listed.any(|known| fold_header(known) == fold_header(header))
}

/// Headers with at most one placeholder, and one that is known.
fn placeholders<'h>(headers: impl IntoIterator<Item = &'h String>, path: &[Step]) -> Result<(), Fault> {
    match headers.into_iter().find(|header| !is_sound(header)) {
        Some(header) => fault(path, format!("has `{header}`; a header may hold one placeholder, `{{n}}` or `{{any}}`")),
        None => Ok(()),
    }
}

fn field(profile: &Profile, entity: &EntityMap, column: &ColumnMap, path: &[Step]) -> Result<(), Fault> {
    let to = column.to.spec();
    if !to.kinds.contains(&entity.kind) {
        let allowed = fields_of(entity.kind).map(|spec| spec.name.to_owned());
        return not_among(
            &join(path, &[Key("to")]),
            format!("is `{}`, which no {} has", column.to, entity.kind),
            allowed,
        );
    }
    match (&column.from, &column.constant) {
        (None, None) => return fault(path, "needs either `from` or `constant`"),
        (Some(_), Some(_)) => return fault(&join(path, &[Key("constant")]), "stands beside `from`; give one of them"),
        (Some(from), None) if fold_header(from).is_empty() => return fault(&join(path, &[Key("from")]), "is empty"),
        (None, Some(constant)) => constant_reads(profile, &column.to, constant, &join(path, &[Key("constant")]))?,
        (Some(_), None) => {}
    }
    let only_with_from = [
        ("or_from", !column.or_from.is_empty()),
        ("join", !column.join.is_empty()),
        ("with", column.with.is_some()),
        ("nth", column.nth.is_some()),
        ("split", column.split.is_some()),
        ("strip_prefix", column.strip_prefix.is_some()),
        ("extract", column.extract.is_some()),
        ("values", !column.values.is_empty()),
        ("date_order", column.date_order.is_some()),
        ("decimal", column.decimal.is_some()),
    ];
    if let (None, Some((key, _))) = (&column.from, only_with_from.into_iter().find(|(_, given)| *given)) {
        return fault(&join(path, &[Key(key)]), "has a meaning only with `from`");
    }
    for (key, headers) in [
        ("from", column.from.iter().collect::<Vec<_>>()),
        ("or_from", column.or_from.iter().collect()),
        ("join", column.join.iter().collect()),
    ] {
        placeholders(headers, &join(path, &[Key(key)]))?;
    }
    let is_completed =
        matches!(to.value_type, ValueType::Phone | ValueType::Money | ValueType::Date | ValueType::DateTime);
    if column.with.is_some() && !is_completed {
        let message =
            format!("has no meaning for `{}`: only amounts, phone numbers and times are completed", column.to);
        return fault(&join(path, &[Key("with")]), message);
    }
    for meant in column.values.values().filter(|meant| !meant.is_empty()) {
        constant_reads(profile, &column.to, meant, &join(path, &[Key("values")]))?;
    }
    if column.nth == Some(0) {
        return fault(&join(path, &[Key("nth")]), "counts from 1");
    }
    if column.split.as_deref() == Some("") {
        return fault(&join(path, &[Key("split")]), "is empty");
    }
    if column.date_order.is_some() && !matches!(to.value_type, ValueType::Date | ValueType::DateTime) {
        return fault(
            &join(path, &[Key("date_order")]),
            format!("has no meaning for `{}`, which is no date", column.to),
        );
    }
    let is_number = matches!(to.value_type, ValueType::Integer | ValueType::Decimal | ValueType::Money);
    if column.decimal.is_some() && !is_number {
        let message = format!("has no meaning for `{}`, which is no number", column.to);
        return fault(&join(path, &[Key("decimal")]), message);
    }
    Ok(())
}

fn constant_reads(profile: &Profile, to: &Field, constant: &str, path: &[Step]) -> Result<(), Fault> {
    match transform(to, constant, &Context::of(profile)) {
        Ok(_) => Ok(()),
        Err(BLANK) => fault(path, "is empty"),
        Err(code) => fault(path, format!("cannot be read as `{to}` ({code})")),
    }
}

fn link(profile: &Profile, entity: &EntityMap, link: &LinkMap, path: &[Step]) -> Result<(), Fault> {
    let given = [link.entity.is_some(), link.key_from.is_some(), link.mention_from.is_some()];
    if given.into_iter().filter(|given| *given).count() != 1 {
        return fault(path, "needs exactly one of `entity`, `key_from` and `mention_from`");
    }
    if let Some(name) = &link.entity {
        let Some(target) = profile.entities.iter().find(|target| target.id == *name && target.id != entity.id) else {
            let others = profile.entities.iter().filter(|other| other.id != entity.id).map(|other| other.id.clone());
            return not_among(
                &join(path, &[Key("entity")]),
                format!("names `{name}`, which is no other entity"),
                others,
            );
        };
        if target.kind != link.role.target_kind() {
            let message = format!("is `{}`, but `{name}` is of the kind `{}`", link.role.as_str(), target.kind);
            return fault(&join(path, &[Key("role")]), message);
        }
        if link.split.is_some() || link.extract.is_some() || link.strip_prefix.is_some() || link.when.is_some() {
            let message = "has `split`, `extract`, `strip_prefix` or `when`, which have a meaning only for a column";
            return fault(path, message);
        }
    }
    condition(profile, link.when.as_ref(), path)?;
    placeholders(link.key_from.iter().chain(&link.mention_from), path)?;
    if link.source.is_some() && link.key_from.is_none() {
        return fault(&join(path, &[Key("source")]), "has a meaning only with `key_from`");
    }
    if link.split.as_deref() == Some("") {
        return fault(&join(path, &[Key("split")]), "is empty");
    }
    match (&link.mention_from, &link.mention_as) {
        (Some(_), Some(field)) if matches!(field.name(), "email" | "phone") => Ok(()),
        (None, None) => Ok(()),
        (None, Some(_)) => fault(&join(path, &[Key("mention_as")]), "has a meaning only with `mention_from`"),
        (Some(_), _) => {
            let addresses = ["email", "phone"].map(str::to_owned);
            not_among(&join(path, &[Key("mention_as")]), "must say what `mention_from` holds", addresses)
        }
    }
}
