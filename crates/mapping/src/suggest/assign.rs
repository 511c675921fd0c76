//! From columns to the fields of one kind of record.

use std::collections::BTreeMap;

use velocity_model::{EntityKind, Field};

use super::column::{ColumnProfile, percent};
use super::headers::{Guess, meaning, phrase, words};
use super::learnt::Learnt;
use super::synonyms::LEADING;
use crate::columns::Cells;
use crate::header_pattern::is_nameable;
use crate::transform::clean_line;

/// What becomes of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A field of the main record.
    Field(Field),
    /// The name of an organisation beside the person of the row.
    Company,
    /// A field of the organisation beside the person of the row.
    OfCompany(Field),
    /// A further part of the value that another column begins: the second line of a street.
    More(usize),
    /// The name of an organisation in a row that states no person.
    OtherKind,
    /// Part of a further address, with the word that its parts share.
    Address(String),
    /// An address of the person whom an item is about.
    Mention(Field),
    /// The key.
    Key,
    /// Left out.
    None,
}

impl Target {
    /// The word that the parts of a further address share.
    fn group(&self) -> Option<&str> {
        match self {
            Self::Address(group) => Some(group),
            _ => None,
        }
    }
}

/// The decision for one column.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) target: Target,
    pub(super) confidence: u8,
    pub(super) reason: String,
}

impl Choice {
    /// Whether the column is kept under a name of its own.
    fn is_custom(&self) -> bool {
        matches!(&self.target, Target::Field(field) if field.name().starts_with("x_"))
    }
}

/// The decisions for a table.
pub(super) struct Assignment {
    pub(super) kind: EntityKind,
    pub(super) choices: Vec<Choice>,
}

/// Decides what the rows are about and what every column is.
pub(super) fn assign(headers: &[String], profiles: &[ColumnProfile], cells: &Cells, learnt: &Learnt) -> Assignment {
    let guesses: Vec<Option<Guess>> =
        headers.iter().zip(profiles).map(|(header, profile)| guess(header, profile)).collect();
    let kind = kind(&guesses, profiles);
    let key = key_column(headers, &guesses, profiles);
    let has_company = guesses.iter().flatten().any(|guess| guess.meaning == "=company" && guess.of.is_none());
    let has_job = guesses.iter().flatten().any(|guess| guess.meaning == "job_title");
    let is_mixed = kind == EntityKind::Person && is_mixed(&guesses, cells);
    let mut choices: Vec<Choice> = Vec::with_capacity(headers.len());
    for (column, ((header, guess), profile)) in headers.iter().zip(&guesses).zip(profiles).enumerate() {
        choices.push(match guess {
            _ if !is_nameable(header) => none("the column has no header by which a profile could name it"),
            _ if key == Some(column) => Choice {
                target: Target::Key,
                confidence: 95,
                reason: "every row has a value of its own, and the header says that it is a key".to_owned(),
            },
            Some(guess) if guess.meaning == "=skip" => none("it only labels another column"),
            _ if learnt.is_custom(kind, header) => custom(header, "known exports keep it beside the fields"),
            // Beside a job title, or before a given name, a title is that before the name.
            Some(guess)
                if guess.meaning == "=title"
                    && kind == EntityKind::Person
                    && (has_job || is_meant(&guesses, column + 1, "given_name")) =>
            {
                chosen(header, Guess { meaning: "name_prefix", ..*guess }, profile, kind, is_mixed)
            }
            Some(guess) if kind == EntityKind::Person && has_company && OF_COMPANY.contains(&guess.meaning) => Choice {
                target: Target::OfCompany(Field::known(guess.meaning)),
                confidence: guess.confidence,
                reason: "says something of the organisation of the person".to_owned(),
            },
            Some(guess) => {
                match (chosen(header, *guess, profile, kind, is_mixed), by_others(learnt, header, profile, kind)) {
                    (own, Some(learnt)) if own.is_custom() => learnt,
                    (own, _) => own,
                }
            }
            None => match by_others(learnt, header, profile, kind) {
                Some(choice) => choice,
                None if profile.rows > 0 && profile.filled == 0 => none("no row has a value"),
                None => by_values(header, profile, kind),
            },
        });
    }
    address_is_street(headers, &mut choices);
    settle(headers, &mut choices, cells);
    Assignment { kind, choices }
}

fn none(reason: &str) -> Choice {
    Choice { target: Target::None, confidence: 90, reason: reason.to_owned() }
}

/// The meaning of the header, unless the values contradict it.
fn guess(header: &str, profile: &ColumnProfile) -> Option<Guess> {
    let mut guess = meaning(header)?;
    if guess.meaning == "=title" && percent(profile.salutations, profile.filled) >= 50 {
        guess.meaning = "name_prefix";
    }
    // In French a gender; of music and books a sort, of which there are more.
    let is_sort = guess.meaning == "gender" && phrase(header) == "genre" && profile.distinct > MOST_GENDERS;
    (!is_sort).then_some(guess)
}

/// A column of genders seldom has more values, however each is written.
const MOST_GENDERS: usize = 12;

/// How much each meaning speaks for a kind of record.
const CUES: &[(EntityKind, &[(&str, i32)])] = &[
    (
        EntityKind::Person,
        &[
            ("given_name", 4),
            ("family_name", 4),
            ("full_name", 3),
            ("birth_date", 4),
            ("gender", 3),
            ("name_prefix", 2),
            ("job_title", 2),
            ("occupation", 2),
            ("email", 1),
            ("phone", 1),
            ("nickname", 1),
            ("middle_name", 2),
            ("=name", 2),
            ("birth_place", 2),
            ("lifecycle", 1),
            ("tag", 1),
        ],
    ),
    (
        EntityKind::Organisation,
        &[
            ("=company", 3),
            ("domain", 3),
            ("industry", 3),
            ("employee_count", 3),
            ("revenue", 2),
            ("website", 1),
            ("=name", 2),
            ("address", 1),
            ("city", 1),
        ],
    ),
    (
        EntityKind::Opportunity,
        &[("stage", 4), ("close_date", 4), ("probability", 3), ("amount", 3), ("pipeline", 2), ("=title", 1)],
    ),
    (EntityKind::Interaction, &[("duration_seconds", 4), ("direction", 4), ("at", 2), ("channel", 2)]),
    (EntityKind::Task, &[("due_at", 4), ("priority", 3), ("completed_at", 3), ("=title", 2), ("owner", 1)]),
    (EntityKind::Note, &[("=text", 2), ("at", 1), ("=date", 1)]),
];

fn kind(guesses: &[Option<Guess>], profiles: &[ColumnProfile]) -> EntityKind {
    let has = |meaning: &str, kind: EntityKind| {
        guesses.iter().flatten().any(|guess| guess.meaning == meaning && guess.of.is_none_or(|of| of == kind))
    };
    let mut best = (EntityKind::Person, i32::MIN);
    for (kind, cues) in CUES {
        let mut score: i32 = cues.iter().filter(|(meaning, _)| has(meaning, *kind)).map(|(_, weight)| weight).sum();
        // Each column that names the kind speaks for it.
        score += guesses.iter().flatten().filter(|guess| guess.of == Some(*kind)).count().min(4) as i32;
        // Beside a company a name is a person's.
        let is_named = has("=name", *kind) || has("given_name", *kind);
        if *kind == EntityKind::Person && is_named && has("=company", *kind) {
            score += 4;
        }
        if *kind == EntityKind::Organisation && names_have_legal_forms(guesses, profiles) {
            score += 3;
        }
        // The first of equals, in the order of the table.
        if score > best.1 {
            best = (*kind, score);
        }
    }
    best.0
}

fn names_have_legal_forms(guesses: &[Option<Guess>], profiles: &[ColumnProfile]) -> bool {
    let names = guesses.iter().zip(profiles).filter(|(guess, _)| guess.is_some_and(|guess| guess.meaning == "=name"));
    names.into_iter().any(|(_, profile)| percent(profile.legal_forms, profile.filled) >= 20)
}

/// A column of which every row has a value of its own, and whose header says that it is a key.
fn key_column(headers: &[String], guesses: &[Option<Guess>], profiles: &[ColumnProfile]) -> Option<usize> {
    let rank = |column: usize| -> Option<usize> {
        let profile = profiles.get(column).filter(|profile| profile.is_unique() && profile.opaque_percent() >= 90)?;
        let words = words(headers.get(column)?);
        let is_id = guesses.get(column)?.is_some_and(|guess| guess.meaning == "=id");
        let ends_as_id =
            words.last().is_some_and(|word| matches!(word.as_str(), "id" | "key" | "nr" | "no" | "uuid" | "guid"));
        let is_first = column == 0 && profile.rows > 20;
        match () {
            () if is_id && words.len() <= 2 => Some(0),
            () if is_id => Some(1),
            () if ends_as_id && guesses.get(column)?.is_none() => Some(2),
            () if is_first && guesses.get(column)?.is_none() => Some(3),
            () => None,
        }
    };
    (0..headers.len()).filter_map(|column| Some((rank(column)?, column))).min().map(|(_, column)| column)
}

/// Whether some rows are persons and others organisations: the names of both hardly ever stand in one row.
fn is_mixed(guesses: &[Option<Guess>], cells: &Cells) -> bool {
    let columns = |wanted: &[&str]| -> Vec<usize> {
        let found =
            guesses.iter().enumerate().filter(|(_, guess)| guess.is_some_and(|guess| wanted.contains(&guess.meaning)));
        found.map(|(column, _)| column).collect()
    };
    let (persons, companies) = (columns(&["full_name", "given_name", "family_name"]), columns(&["=company"]));
    let states = |row: usize, columns: &[usize]| columns.iter().any(|column| !blank(cells, row, *column));
    let with_company: Vec<usize> = (0..cells.height()).filter(|row| states(*row, &companies)).collect();
    let with_both = with_company.iter().filter(|row| states(**row, &persons)).count();
    !persons.is_empty() && !with_company.is_empty() && percent(with_both, with_company.len()) <= 10
}

fn blank(cells: &Cells, row: usize, column: usize) -> bool {
    cells.get(row, column).is_none_or(|cell| clean_line(cell).is_empty())
}

/// The field of a kind that a meaning stands for; `None` if such a record has no such field.
fn field_of(meaning: &str, kind: EntityKind) -> Option<Field> {
    let name = match (meaning, kind) {
        ("=name", EntityKind::Person) => "full_name",
        ("=name" | "=company", EntityKind::Organisation) => "name",
        ("=title", EntityKind::Person) => "job_title",
        ("=name" | "=title", _) => "title",
        ("=text", _) => "body",
        ("=date", _) => "at",
        (name, _) => name,
    };
    Field::from_name(name).filter(|field| field.spec().kinds.contains(&kind))
}

/// What is said of an organisation beside a person.
const OF_COMPANY: [&str; 4] = ["industry", "employee_count", "revenue", "domain"];

fn is_meant(guesses: &[Option<Guess>], column: usize, meaning: &str) -> bool {
    guesses.get(column).is_some_and(|guess| guess.is_some_and(|guess| guess.meaning == meaning))
}

/// Where the parts of one address have columns and none is the street, those called address are its lines.
fn address_is_street(headers: &[String], choices: &mut [Choice]) {
    let groups: Vec<Option<String>> = headers.iter().map(|header| group_of(header)).collect();
    let named = |choices: &[Choice], group: &Option<String>, name: &str| -> Vec<usize> {
        let is_named = |choice: &Choice| matches!(&choice.target, Target::Field(field) if field.name() == name);
        let found = choices.iter().zip(&groups).enumerate();
        found.filter(|(_, (choice, of))| *of == group && is_named(choice)).map(|(column, _)| column).collect()
    };
    for group in groups.iter().filter(|group| group.is_some()) {
        let has = |name: &str| !named(choices, group, name).is_empty();
        if !has("city") || has("street") || !(has("postcode") || has("region")) {
            continue;
        }
        for column in named(choices, group, "address") {
            let Some(choice) = choices.get_mut(column) else { continue };
            choice.target = Target::Field(Field::known("street"));
            choice.reason = "an address beside its city: a line of the street".to_owned();
        }
    }
}

/// Parts of an address.
const ADDRESS: [&str; 5] = ["street", "city", "region", "postcode", "country"];

/// The word before the parts of one address: `other` of `Other City`.
fn group_of(header: &str) -> Option<String> {
    let words = words(header);
    words.first().filter(|first| words.len() > 1 && LEADING.contains(&first.as_str())).cloned()
}

fn with_article(kind: EntityKind) -> String {
    let article = if kind.as_str().starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {kind}")
}

fn chosen(header: &str, guess: Guess, profile: &ColumnProfile, kind: EntityKind, is_mixed: bool) -> Choice {
    let Guess { meaning, confidence, reason, of } = guess;
    if let Some(of) = of.filter(|of| *of != kind) {
        return custom(header, &format!("it speaks of {}", with_article(of)));
    }
    let is_company = matches!(meaning, "=company" | "=employer");
    if is_company && !kind.is_resolved() {
        let reason = format!("names the organisation that the {kind} is about");
        return Choice { target: Target::Company, confidence, reason };
    }
    if is_company && kind == EntityKind::Person {
        let (target, reason) = if is_mixed && meaning == "=company" {
            (Target::OtherKind, "names an organisation in rows that name no person")
        } else {
            (Target::Company, "names the organisation of the person")
        };
        return Choice { target, confidence, reason: reason.to_owned() };
    }
    if let (false, "email" | "phone") = (kind.is_resolved(), meaning) {
        let field = if meaning == "email" { Field::known("email") } else { Field::known("phone") };
        let reason = format!("{reason}; links the {kind} to the person who has it");
        return Choice { target: Target::Mention(field), confidence, reason };
    }
    let Some(field) = field_of(meaning, kind) else {
        let reason = match meaning {
            "=id" => "an id that does not tell the rows apart".to_owned(),
            _ => format!("{} has no field for it", with_article(kind)),
        };
        return custom(header, &reason);
    };
    match profile.fits(&field) {
        Some((share, word)) if share < 40 => {
            custom(header, &format!("the header suggests {field}, but only {share} % of the values are {word}"))
        }
        Some((share, word)) => {
            let confidence = if share >= 90 { confidence.saturating_add(3) } else { confidence.saturating_sub(15) };
            Choice {
                target: Target::Field(field),
                confidence,
                reason: format!("{reason}; {share} % of the values are {word}"),
            }
        }
        None => Choice { target: Target::Field(field), confidence, reason: reason.to_owned() },
    }
}

/// The field that known exports give to such a header, unless the values contradict it.
fn by_others(learnt: &Learnt, header: &str, profile: &ColumnProfile, kind: EntityKind) -> Option<Choice> {
    let (field, sources) = learnt.field(kind, header)?;
    if profile.fits(&field).is_some_and(|(share, _)| share < 40) {
        return None;
    }
    let confidence = if sources > 1 { 85 } else { 75 };
    Some(Choice { target: Target::Field(field), confidence, reason: "a known export means this by it".to_owned() })
}

fn by_values(header: &str, profile: &ColumnProfile, kind: EntityKind) -> Choice {
    match profile.field_by_values() {
        Some((field, confidence, reason)) if field.spec().kinds.contains(&kind) => {
            Choice { target: Target::Field(field), confidence, reason: reason.to_owned() }
        }
        Some((field, confidence, reason)) if matches!(field.name(), "email" | "phone") => {
            Choice { target: Target::Mention(field), confidence, reason: reason.to_owned() }
        }
        _ => custom(header, "no known meaning; kept as a custom field"),
    }
}

fn custom(header: &str, reason: &str) -> Choice {
    let name: String =
        words(header).join("_").chars().filter(|c| c.is_alphanumeric() && !c.is_uppercase() || *c == '_').collect();
    let field = Field::from_name(&format!("x_{name}")).or_else(|| Field::from_name("x_column"));
    let target = field.map_or(Target::None, Target::Field);
    Choice { target, confidence: 50, reason: reason.to_owned() }
}

/// Lets one column have each field that holds one value: the surest, then the first. Others may fill its gaps; else they
/// become custom fields. Custom fields get names of their own.
fn settle(headers: &[String], choices: &mut [Choice], cells: &Cells) {
    let mut by_field = BTreeMap::<Field, Vec<usize>>::new();
    for (column, choice) in choices.iter().enumerate() {
        if let Target::Field(field) = &choice.target
            && !field.spec().multi
            && !field.name().starts_with("x_")
        {
            by_field.entry(field.clone()).or_default().push(column);
        }
    }
    for (field, mut columns) in by_field {
        columns
            .sort_by_key(|column| (std::cmp::Reverse(choices.get(*column).map(|choice| choice.confidence)), *column));
        // A column that holds nothing leaves the field to one that does.
        columns.sort_by_key(|column| !(0..cells.height()).any(|row| !blank(cells, row, *column)));
        let Some((first, others)) = columns.split_first() else { continue };
        let mut taken = vec![*first];
        for column in others {
            let Some(choice) = choices.get_mut(*column) else { continue };
            let filled = |row: &usize| !blank(cells, *row, *column);
            let both = |row: &usize| taken.iter().any(|other| !blank(cells, *row, *other));
            let (own, shared) =
                ((0..cells.height()).filter(filled).count(), (0..cells.height()).filter(filled).filter(both).count());
            if own > 0 && percent(shared, own) <= 5 {
                choice.reason = format!("{}; stands where `{}` is empty", choice.reason, headers[*first]);
                taken.push(*column);
            } else if field.name() == "street" && group_of(&headers[*column]) == group_of(&headers[*first]) {
                choice.target = Target::More(*first);
                choice.reason = format!("goes on where `{}` ends", headers[*first]);
            } else if let (true, Some(group)) = (ADDRESS.contains(&field.name()), group_of(&headers[*column])) {
                choice.target = Target::Address(group);
                choice.reason = format!("part of a further address; the {field} is `{}`", headers[*first]);
            } else {
                *choice = custom(&headers[*column], &format!("{field} is taken from `{}` already", headers[*first]));
            }
        }
    }
    // A city alone is no address.
    let groups: Vec<String> = choices.iter().filter_map(|choice| choice.target.group()).map(str::to_owned).collect();
    for (header, choice) in headers.iter().zip(choices.iter_mut()) {
        let parts = choice.target.group().map(|group| groups.iter().filter(|other| *other == group).count());
        if parts == Some(1) {
            *choice = custom(header, "a part of an address by itself");
        }
    }
    let mut seen = BTreeMap::<Field, u32>::new();
    for choice in choices.iter_mut() {
        let Target::Field(field) = &mut choice.target else { continue };
        if !field.name().starts_with("x_") {
            continue;
        }
        let count = seen.entry(field.clone()).or_default();
        *count += 1;
        if *count > 1
            && let Some(numbered) = Field::from_name(&format!("{}_{count}", field.name()))
        {
            *field = numbered;
        }
    }
}
