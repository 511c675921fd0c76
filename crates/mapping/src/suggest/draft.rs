//! The profile that the decisions make, and the questions that they leave.

use std::collections::BTreeMap;

use velocity_model::{
    ColumnMap, EntityKind, EntityMap, Field, LinkMap, LinkRole, Profile, Question, ReadHints, Recognise, StagedTable,
    ValueType,
};

use super::assign::{Assignment, Choice, Target};
use super::column::ColumnProfile;
use super::headers::{meaning, phrase, words};
use super::{ColumnProposal, Draft};
use crate::ask::{ask, words as words_of};
use crate::columns::{Cells, Columns, fold_header};
use crate::header_pattern::is_nameable;
use crate::map::DateProof;
use crate::revise::is_identifying;
use crate::transform::{Reading, clean_line, read_date};

/// Trust rank of a source of which nothing is known.
const TRUST: u32 = 50;

/// Fields that say who a person is, for rows that may state none.
const PERSON: &[&str] = &["full_name", "given_name", "family_name", "nickname"];

pub(super) fn draft(
    table: &StagedTable,
    cells: &Cells,
    file_name: &str,
    profiles: &[ColumnProfile],
    assignment: Assignment,
) -> Draft {
    let Assignment { kind, choices } = assignment;
    let name = profile_name(file_name);
    let profile = Profile {
        snapshot: false,
        name: format!("local/{name}"),
        version: 1,
        source: name.clone(),
        label: file_name.to_owned(),
        trust: TRUST,
        region: None,
        time_zone: None,
        currency: None,
        recognise: recognised(table),
        read: ReadHints::default(),
        entities: entities(table, kind, &choices),
        ignore: ignored(table, &choices),
    };
    let mut questions = order_questions(table, cells, &choices, &profile);
    questions.extend(status_questions(table, cells, kind, &choices, &profile));
    questions.extend(identity_question(&profile, table));
    let columns = table.headers.iter().zip(choices).zip(profiles);
    let columns = columns.enumerate().map(|(column, ((header, choice), profile))| ColumnProposal {
        header: header.clone(),
        is_key: choice.target == Target::Key,
        samples: samples(cells, column),
        target: match choice.target {
            Target::Field(field) | Target::Mention(field) => Some(field),
            Target::Company if kind == EntityKind::Person => Some(Field::known("organisation_name")),
            Target::Company | Target::OtherKind => Some(Field::known("name")),
            Target::Address(_) => Some(Field::known("address")),
            Target::OfCompany(field) => Some(field),
            Target::More(_) => Some(Field::known("street")),
            Target::Key | Target::None => None,
        },
        confidence: choice.confidence.min(99),
        reason: choice.reason,
        sample_fill_percent: profile.fill_percent(),
    });
    let columns = columns.collect();
    Draft { profile, columns, questions }
}

/// Values shown of a column, and how much of each.
const SAMPLES: usize = 3;
const SAMPLE_CHARS: usize = 60;

/// The first values of a column that differ from each other.
fn samples(cells: &Cells, column: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for cell in (0..cells.height()).filter_map(|row| cells.get(row, column)) {
        let text: String = clean_line(cell).chars().take(SAMPLE_CHARS).collect();
        if !text.is_empty() && !found.contains(&text) {
            found.push(text);
        }
        if found.len() == SAMPLES {
            break;
        }
    }
    found
}

/// The file name without extension, as a profile may be called.
fn profile_name(file_name: &str) -> String {
    let stem = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let word: String = words(stem).join("-").chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let word = word.trim_matches('-');
    if word.is_empty() { "table".to_owned() } else { word.to_owned() }
}

fn recognised(table: &StagedTable) -> Recognise {
    let mut headers: Vec<String> = Vec::new();
    for header in table.headers.iter().filter(|header| is_nameable(header)) {
        if !headers.iter().any(|known| fold_header(known) == fold_header(header)) {
            headers.push(header.clone());
        }
    }
    Recognise { headers, optional: Vec::new(), format: Some(table.format) }
}

fn ignored(table: &StagedTable, choices: &[Choice]) -> Vec<String> {
    let pairs = table.headers.iter().zip(choices);
    let mut ignored: Vec<String> = Vec::new();
    for (header, _) in pairs.filter(|(header, choice)| choice.target == Target::None && is_nameable(header)) {
        // Ignoring names every column of that header, so that a mapped one of the same name would look forgotten.
        if !ignored.contains(header) {
            ignored.push(header.clone());
        }
    }
    ignored
}

fn column_map(table: &StagedTable, column: usize, to: Field) -> ColumnMap {
    let header = table.headers.get(column).cloned().unwrap_or_default();
    let columns = Columns::new(&table.headers);
    let place = columns.all(&header).iter().position(|other| *other == column).unwrap_or(0);
    let nth = u32::try_from(place + 1).ok().filter(|nth| *nth > 1);
    ColumnMap { nth, ..ColumnMap::of(to, &header) }
}

fn entities(table: &StagedTable, kind: EntityKind, choices: &[Choice]) -> Vec<EntityMap> {
    let with = |wanted: &dyn Fn(&Target) -> Option<Field>| -> Vec<ColumnMap> {
        let found = choices.iter().enumerate().filter_map(|(column, choice)| Some((column, wanted(&choice.target)?)));
        found.map(|(column, field)| column_map(table, column, field)).collect()
    };
    let key: Vec<String> = choices
        .iter()
        .zip(&table.headers)
        .filter(|(choice, _)| choice.target == Target::Key)
        .map(|(_, header)| header.clone())
        .collect();
    let company = Field::known("organisation_name");
    let mut fields = with(&|target| match target {
        Target::Field(field) => Some(field.clone()),
        Target::Company if kind == EntityKind::Person => Some(company.clone()),
        _ => None,
    });
    for map in fields.iter_mut().filter(|map| map.to.name() == "street") {
        let begins = |column: &usize| table.headers.get(*column) == map.from.as_ref();
        let more = choices.iter().zip(&table.headers);
        let more = more.filter(|(choice, _)| matches!(&choice.target, Target::More(first) if begins(first)));
        map.join = more.map(|(_, header)| header.clone()).collect();
    }
    let of_company = with(&|target| match target {
        Target::OfCompany(field) => Some(field.clone()),
        _ => None,
    });
    fields.extend(further_addresses(table, choices));
    let names = with(&|target| (*target == Target::OtherKind).then(|| Field::known("name")));
    let employers = with(&|target| (*target == Target::Company).then(|| Field::known("name")));
    let is_mixed = !names.is_empty();
    let mut links = mentions(table, choices);
    let mut others = Vec::new();
    if !names.is_empty() {
        // Rows that name an organisation state it under the same key, with the addresses that stand there.
        let shared = fields.iter().filter(|map| map.to.spec().kinds.contains(&EntityKind::Organisation));
        let fields: Vec<ColumnMap> = names.into_iter().chain(shared.cloned()).collect();
        others.push(entity(EntityKind::Organisation, key.clone(), vec![Field::known("name")], fields, Vec::new()));
    } else if let Some(first) = employers.into_iter().next() {
        let stated = std::iter::once(first).chain(of_company).collect();
        others.push(entity(EntityKind::Organisation, Vec::new(), vec![Field::known("name")], stated, Vec::new()));
        let role = if kind == EntityKind::Person { LinkRole::Employer } else { LinkRole::Organisation };
        links.push(link(role, Some("organisation".to_owned()), None, None));
    }
    let is_person_named = |map: &ColumnMap| PERSON.contains(&map.to.name());
    let needs: Vec<Field> = if is_mixed {
        let mut needs: Vec<Field> =
            fields.iter().filter(|map| is_person_named(map)).map(|map| map.to.clone()).collect();
        needs.sort();
        needs.dedup();
        needs
    } else {
        Vec::new()
    };
    fields.sort_by_key(|map| map.to.rank());
    let main = entity(kind, key, needs, fields, links);
    std::iter::once(main).chain(others).filter(|entity| !entity.fields.is_empty()).collect()
}

/// One value for each address beside the first: its parts, joined in the order of the table.
fn further_addresses(table: &StagedTable, choices: &[Choice]) -> Vec<ColumnMap> {
    let mut groups = BTreeMap::<&str, Vec<usize>>::new();
    for (column, choice) in choices.iter().enumerate() {
        if let Target::Address(group) = &choice.target {
            groups.entry(group).or_default().push(column);
        }
    }
    let address = |columns: Vec<usize>| {
        let (first, others) = columns.split_first()?;
        let join = others.iter().filter_map(|column| table.headers.get(*column).cloned()).collect();
        Some(ColumnMap { join, ..column_map(table, *first, Field::known("address")) })
    };
    groups.into_values().filter_map(address).collect()
}

fn entity(
    kind: EntityKind,
    key: Vec<String>,
    needs: Vec<Field>,
    fields: Vec<ColumnMap>,
    links: Vec<LinkMap>,
) -> EntityMap {
    EntityMap {
        kind,
        id: kind.as_str().to_owned(),
        key,
        key_prefix: None,
        key_may_be_blank: false,
        when: None,
        needs,
        fields,
        links,
    }
}

fn link(role: LinkRole, entity: Option<String>, mention_from: Option<String>, mention_as: Option<Field>) -> LinkMap {
    LinkMap {
        role,
        entity,
        key_from: None,
        source: None,
        mention_from,
        mention_as,
        split: None,
        strip_prefix: None,
        when: None,
        extract: None,
    }
}

fn mentions(table: &StagedTable, choices: &[Choice]) -> Vec<LinkMap> {
    let found = choices.iter().zip(&table.headers).filter_map(|(choice, header)| match &choice.target {
        Target::Mention(field) => Some(link(LinkRole::Person, None, Some(header.clone()), Some(field.clone()))),
        _ => None,
    });
    found.collect()
}

/// One question for each date column whose order nothing decides.
fn order_questions(table: &StagedTable, cells: &Cells, choices: &[Choice], profile: &Profile) -> Vec<Question> {
    let mut questions = Vec::new();
    for (column, choice) in choices.iter().enumerate() {
        let Target::Field(field) = &choice.target else { continue };
        if !matches!(field.spec().value_type, ValueType::Date | ValueType::DateTime) {
            continue;
        }
        let (mut proof, mut open) = (DateProof::default(), 0);
        for cell in (0..cells.height()).filter_map(|row| cells.get(row, column)) {
            proof.add(cell);
            open += u64::from(
                matches!(read_date(&clean_line(cell)), Ok(Reading::Numeric(first, second, _)) if first <= 12 && second <= 12),
            );
        }
        if open > 0 && proof.order().is_none() {
            questions.extend(ask(profile, table, cells, (column, Question::ORDER_UNKNOWN), open));
        }
    }
    questions
}

/// Words of a status that is neither where a contact stands nor the stage of a deal.
const STATES: &[&str] = &[
    "active", "inactive", "actif", "inactif", "aktiv", "inaktiv", "activo", "inactivo", "attivo", "inattivo",
    "enabled", "disabled", "archived", "deleted", "blocked", "yes", "no", "true", "false", "0", "1",
];
/// More different words than that are no states.
const STATES_MOST: usize = 20;

/// One question for each column whose header says no more than that it is a status or a stage, beside a person or an organisation.
fn status_questions(
    table: &StagedTable,
    cells: &Cells,
    kind: EntityKind,
    choices: &[Choice],
    profile: &Profile,
) -> Vec<Question> {
    let is_open = |(column, (header, choice)): &(usize, (&String, &Choice))| {
        let is_field = matches!(choice.target, Target::Field(_));
        let is_bare = phrase(header).split(' ').count() == 1;
        let is_state = meaning(header).is_some_and(|guess| matches!(guess.meaning, "status" | "stage"));
        let found = if is_field && is_bare && is_state { words_of(cells, *column) } else { Vec::new() };
        let is_plain = found.iter().all(|(word, _)| STATES.contains(&word.to_lowercase().as_str()));
        found.len() <= STATES_MOST && !is_plain
    };
    let columns = table.headers.iter().zip(choices).enumerate();
    let columns = columns.filter(|_| kind.is_resolved()).filter(is_open);
    let rows = |column| words_of(cells, column).iter().map(|(_, rows)| rows).sum();
    columns
        .filter_map(|(column, _)| ask(profile, table, cells, (column, Question::STATUS_UNKNOWN), rows(column)))
        .collect()
}

fn identity_question(profile: &Profile, table: &StagedTable) -> Option<Question> {
    (!is_identifying(profile)).then(|| Question {
        code: Question::NO_IDENTITY.to_owned(),
        profile: profile.name.clone(),
        column: String::new(),
        rows: table.rows,
        message: "no column says who or what a row is about; is this a list of customers at all?".to_owned(),
        answer: "map a name, an address or an identifier in the drafted profile, or leave the file out".to_owned(),
        answers: Vec::new(),
        evidence: Vec::new(),
    })
}
