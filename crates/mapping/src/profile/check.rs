//! What a profile must hold beyond its form.

use std::collections::BTreeSet;

use velocity_model::{ColumnMap, EntityMap, Field, LinkMap, Profile, ValueType, fields_of};

use super::locate::Step::{self, At, Key};
use crate::columns::fold_header;
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
    let listed: BTreeSet<String> =
        profile.recognise.headers.iter().chain(&profile.recognise.optional).map(|header| fold_header(header)).collect();
    let Some(unlisted) = entity.key.iter().find(|header| !listed.contains(&fold_header(header))) else { return Ok(()) };
    let message =
        format!("names `{unlisted}`, which stands neither in `recognise.headers` nor in `recognise.optional`");
    fault(&join(path, &[Key("key")]), message)
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
        (None, Some(constant)) => constant_reads(profile, &column.to, constant, path)?,
        (Some(_), None) => {}
    }
    let only_with_from = [
        ("nth", column.nth.is_some()),
        ("split", column.split.is_some()),
        ("strip_prefix", column.strip_prefix.is_some()),
        ("extract", column.extract.is_some()),
        ("date_order", column.date_order.is_some()),
    ];
    if let (None, Some((key, _))) = (&column.from, only_with_from.into_iter().find(|(_, given)| *given)) {
        return fault(&join(path, &[Key(key)]), "has a meaning only with `from`");
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
    Ok(())
}

fn constant_reads(profile: &Profile, to: &Field, constant: &str, path: &[Step]) -> Result<(), Fault> {
    match transform(to, constant, &Context::of(profile)) {
        Ok(_) => Ok(()),
        Err(BLANK) => fault(&join(path, &[Key("constant")]), "is empty"),
        Err(code) => fault(&join(path, &[Key("constant")]), format!("cannot be read as `{to}` ({code})")),
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
        if link.split.is_some() || link.extract.is_some() {
            return fault(path, "has `split` or `extract`, which have a meaning only for a column");
        }
    }
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
