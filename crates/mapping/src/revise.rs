//! What a person changes in a proposed profile, and which questions that leaves.

use std::collections::BTreeMap;

use velocity_model::{
    ColumnMap, DateOrder, DecimalSign, EntityKind, EntityMap, Field, LinkMap, LinkRole, Profile, Question,
};

use crate::columns::fold_header;
use crate::{ProfileError, parse, to_toml};

/// Fields that say who or what a record is. A record without any of them can be neither found nor told apart.
const IDENTIFYING: &[&str] = &[
    "full_name",
    "given_name",
    "family_name",
    "nickname",
    "name",
    "email",
    "phone",
    "identifier",
    "domain",
    "title",
    "body",
];

const STAGE: Field = Field::known("stage");

/// What a person decides about columns, by header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// The field that a column is read as; `None` leaves it out. A column that is not named stays as it was proposed.
    pub fields: BTreeMap<String, Option<Field>>,
    /// Order of day and month; `None` leaves values that do not say it raw.
    pub orders: BTreeMap<String, Option<DateOrder>>,
    /// What separates decimals, where a number does not say it.
    pub decimals: BTreeMap<String, DecimalSign>,
    /// Country of phone numbers without a country code, two capital letters; `None` leaves it as it is.
    pub region: Option<String>,
}

impl Choices {
    /// Takes in an answer to a question about a column, as [`velocity_model::PossibleAnswer::answer`] has it: `dmy`, `mdy`, `ymd` or `raw`, `point` or
    /// `comma`, `lifecycle`, `stage` or `status`, or a country. `false` if it is none of these.
    pub fn take(&mut self, header: &str, answer: &str) -> bool {
        let order = match answer {
            "dmy" => Some(DateOrder::Dmy),
            "mdy" => Some(DateOrder::Mdy),
            "ymd" => Some(DateOrder::Ymd),
            "raw" => None,
            "point" | "comma" => {
                let sign = if answer == "point" { DecimalSign::Point } else { DecimalSign::Comma };
                self.decimals.insert(header.to_owned(), sign);
                return true;
            }
            "lifecycle" | "stage" | "status" => {
                self.fields.insert(header.to_owned(), Field::from_name(answer));
                return true;
            }
            country if country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                self.region = Some(country.to_uppercase());
                return true;
            }
            _ => return false,
        };
        self.orders.insert(header.to_owned(), order);
        true
    }

    /// Whether they answer a question about a column.
    pub fn answer(&self, question: &Question) -> bool {
        match question.code.as_str() {
            Question::ORDER_UNKNOWN => {
                self.orders.iter().any(|(header, order)| order.is_some() && is_same(header, &question.column))
            }
            Question::REGION_UNKNOWN => self.region.is_some(),
            Question::NUMBER_AMBIGUOUS => self.decimals.keys().any(|header| is_same(header, &question.column)),
            _ => false,
        }
    }
}

/// A proposed profile with the choices in it.
///
/// # Errors
/// As of [`parse`]: a field that no record of the profile has, or nothing left that a row could state.
pub fn choose(profile: &Profile, choices: &Choices) -> Result<Profile, ProfileError> {
    let mut chosen = profile.clone();
    for (header, field) in &choices.fields {
        if current(profile, header) != field.as_ref() {
            let map = take_out(&mut chosen, header);
            match field {
                Some(field) => put_in(&mut chosen, header, ColumnMap { to: field.clone(), ..map }),
                None => chosen.ignore.push(header.clone()),
            }
        }
    }
    drop_empty(&mut chosen);
    for (header, order) in &choices.orders {
        let maps = chosen.entities.iter_mut().flat_map(|entity| &mut entity.fields);
        for map in maps.filter(|map| map.from.iter().chain(&map.or_from).any(|from| is_same(from, header))) {
            map.date_order = *order;
        }
    }
    for (header, sign) in &choices.decimals {
        let maps = chosen.entities.iter_mut().flat_map(|entity| &mut entity.fields);
        for map in maps.filter(|map| map.from.iter().chain(&map.or_from).any(|from| is_same(from, header))) {
            map.decimal = Some(*sign);
        }
    }
    chosen.region = choices.region.clone().or(chosen.region);
    parse(&to_toml(&chosen))
}

/// The questions that the choices leave open.
pub fn unanswered<'q>(profile: &Profile, questions: &'q [Question], choices: &Choices) -> Vec<&'q Question> {
    let is_open = |question: &&Question| match question.code.as_str() {
        Question::NO_IDENTITY => !is_identifying(profile),
        Question::ORDER_UNKNOWN => {
            let is_read = current(profile, &question.column).is_some();
            is_read && !choices.orders.keys().any(|header| is_same(header, &question.column))
        }
        Question::STATUS_UNKNOWN => {
            let mut chosen = choices.fields.keys().chain(choices.orders.keys());
            !chosen.any(|header| is_same(header, &question.column))
        }
        _ => false,
    };
    questions.iter().filter(is_open).collect()
}

/// Whether a row can say who or what it is about.
pub(crate) fn is_identifying(profile: &Profile) -> bool {
    let says = |map: &ColumnMap| IDENTIFYING.contains(&map.to.name());
    profile.entities.iter().any(|entity| entity.fields.iter().any(says) || entity.kind == EntityKind::Interaction)
}

fn is_same(a: &str, b: &str) -> bool {
    fold_header(a) == fold_header(b)
}

/// The field that a column is read as.
fn current<'p>(profile: &'p Profile, header: &str) -> Option<&'p Field> {
    let reads =
        |map: &&ColumnMap| map.from.iter().chain(&map.or_from).chain(&map.join).any(|from| is_same(from, header));
    let links = profile.entities.iter().flat_map(|entity| &entity.links);
    let mentioned = links.filter(|link| link.mention_from.as_ref().is_some_and(|from| is_same(from, header)));
    let fields = profile.entities.iter().flat_map(|entity| &entity.fields);
    fields.filter(reads).map(|map| &map.to).chain(mentioned.filter_map(|link| link.mention_as.as_ref())).next()
}

/// Takes a column out of everything but keys, and gives how it was read.
fn take_out(profile: &mut Profile, header: &str) -> ColumnMap {
    profile.ignore.retain(|ignored| !is_same(ignored, header));
    let mut found = None;
    for entity in &mut profile.entities {
        for map in &mut entity.fields {
            map.or_from.retain(|from| !is_same(from, header));
            map.join.retain(|from| !is_same(from, header));
            if map.from.as_ref().is_some_and(|from| is_same(from, header)) && !map.or_from.is_empty() {
                map.from = Some(map.or_from.remove(0));
            }
        }
        let (own, others) = std::mem::take(&mut entity.fields)
            .into_iter()
            .partition(|map: &ColumnMap| map.from.as_ref().is_some_and(|from| is_same(from, header)));
        entity.fields = others;
        let own: Vec<ColumnMap> = own;
        found = found.or_else(|| own.into_iter().next());
        entity.links.retain(|link| !link.mention_from.as_ref().is_some_and(|from| is_same(from, header)));
    }
    // How a value is read belongs to its type, so only the place of the column is kept.
    let nth = found.and_then(|map| map.nth);
    ColumnMap { nth, ..ColumnMap::of(Field::known("name"), header) }
}

/// Puts a column where its field belongs; where nothing has such a field, into the first record, so that the check says it.
fn put_in(profile: &mut Profile, header: &str, map: ColumnMap) {
    let kinds = map.to.spec().kinds;
    if map.to == STAGE && !profile.entities.iter().any(|entity| kinds.contains(&entity.kind)) {
        profile.entities.extend(profile.entities.first().and_then(deal_beside));
    }
    let place = profile.entities.iter().position(|entity| kinds.contains(&entity.kind)).unwrap_or(0);
    if let Some(entity) = profile.entities.get_mut(place) {
        entity.fields.push(map);
    }
    if !profile.recognise.headers.iter().chain(&profile.recognise.optional).any(|known| is_same(known, header)) {
        profile.recognise.optional.push(header.to_owned());
    }
}

/// A deal that each row states beside a person or an organisation, known by the key of that.
fn deal_beside(main: &EntityMap) -> Option<EntityMap> {
    let role = match main.kind {
        EntityKind::Person => LinkRole::Person,
        EntityKind::Organisation => LinkRole::Organisation,
        _ => return None,
    };
    let link = LinkMap {
        role,
        entity: Some(main.id.clone()),
        key_from: None,
        source: None,
        mention_from: None,
        mention_as: None,
        split: None,
        strip_prefix: None,
        when: None,
        extract: None,
    };
    let (kind, id) = (EntityKind::Opportunity, "opportunity".to_owned());
    Some(EntityMap { kind, id, needs: Vec::new(), fields: Vec::new(), links: vec![link], ..main.clone() })
}

/// Leaves out what no column says anything of any more.
fn drop_empty(profile: &mut Profile) {
    for entity in &mut profile.entities {
        let fields = &entity.fields;
        entity.needs.retain(|need| fields.iter().any(|map| map.to == *need));
    }
    profile.entities.retain(|entity| entity.fields.iter().any(|map| map.from.is_some()));
    let ids: Vec<String> = profile.entities.iter().map(|entity| entity.id.clone()).collect();
    for entity in &mut profile.entities {
        entity.links.retain(|link| link.entity.as_ref().is_none_or(|target| ids.contains(target)));
    }
}

#[cfg(test)]
mod tests;
