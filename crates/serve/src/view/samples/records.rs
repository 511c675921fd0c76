//! Records with their evidence.

use std::collections::BTreeMap;

use velocity_model::{
    Assertion, BlobId, CanonicalLink, CanonicalRecord, CanonicalValue, EntityKind, Evidence, Field, LinkRole, Locator,
    Loser, Rule, RunId, VersionId, assertion_id,
};
use velocity_store::{EntityRow, OpenReview, Related, StoredEvidence, Summary};

use super::{id, questions, reviews, sources};
use crate::view::record::RecordRows;

/// Field, header, cell, canonical value (empty: unresolved).
type Cell<'a> = (&'a str, &'a str, &'a str, &'a str);

fn evidence(number: u8, source: &str, path: &str, row: u64, cells: &[Cell<'_>]) -> StoredEvidence {
    let version = VersionId::from_bytes([number; 16]);
    let assertion = |(index, (field, _, raw, value)): (usize, &Cell<'_>)| {
        let ordinal = cells[..index].iter().filter(|(other, ..)| other == field).count();
        let unresolved = value.is_empty().then(|| "date.order_unknown".to_owned());
        Assertion {
            id: assertion_id(version, field, u32::try_from(ordinal).unwrap()),
            field: Field::from_name(field).unwrap(),
            value: (*value).to_owned(),
            raw: (*raw).to_owned(),
            column: Some(u32::try_from(index).unwrap()),
            transforms: if raw == value { Vec::new() } else { vec!["trim".to_owned()] },
            unresolved,
        }
    };
    StoredEvidence {
        evidence: Evidence {
            record: id(number),
            version,
            kind: EntityKind::Person,
            source: source.to_owned(),
            key: format!("{}{number:04}", source.get(..1).unwrap_or_default()),
            trust: 50,
            locator: Locator { blob: BlobId::from_bytes([number; 32]), table: 0, row, offset: 201_344, len: 168 },
            assertions: cells.iter().enumerate().map(assertion).collect(),
            links: Vec::new(),
        },
        entity: id(1),
        sequence: 4,
        run: RunId::from_bytes([4; 16]),
        path: path.to_owned(),
        sheet: None,
        headers: cells.iter().map(|(_, header, ..)| (*header).to_owned()).collect(),
    }
}

/// The evidence of one record joined as simply as can be: the first row wins, later values lose or join a union.
fn joined(kind: EntityKind, evidence: &[StoredEvidence], title: &str) -> CanonicalRecord {
    let mut fields: BTreeMap<Field, Vec<CanonicalValue>> = BTreeMap::new();
    let mut unresolved: BTreeMap<Field, Vec<_>> = BTreeMap::new();
    for stated in evidence.iter().flat_map(|stored| &stored.evidence.assertions) {
        if !stated.is_resolved() {
            unresolved.entry(stated.field.clone()).or_default().push(stated.id);
            continue;
        }
        let multi = stated.field.spec().multi;
        let values = fields.entry(stated.field.clone()).or_default();
        if let Some(same) = values.iter_mut().find(|value| value.value == stated.value) {
            same.support.push(stated.id);
        } else if values.is_empty() || multi {
            values.push(CanonicalValue {
                value: stated.value.clone(),
                winner: Some(stated.id),
                support: vec![stated.id],
                rule: if multi { Rule::Union } else { Rule::SourceTrust },
                losers: Vec::new(),
                confirmed: false,
            });
        } else {
            values[0].losers.push(Loser { value: stated.value.clone(), assertion: stated.id, why: Rule::SourceTrust });
        }
    }
    CanonicalRecord {
        id: evidence[0].evidence.record,
        kind,
        members: evidence.iter().map(|stored| stored.evidence.record).collect(),
        title: title.to_owned(),
        fields,
        unresolved,
        links: Vec::new(),
        unlinked: 0,
    }
}

fn item(number: u8, kind: EntityKind, title: &str, at: &str, cells: &[(&str, &str)]) -> Related {
    let stated: Vec<Cell<'_>> = cells.iter().map(|(field, value)| (*field, *field, *value, *value)).collect();
    let rows = [evidence(number, "hubspot", "hubspot_deals.csv", 12, &stated)];
    let summary = Summary {
        last_activity: at.to_owned(),
        sources: vec!["hubspot".to_owned()],
        email: cells.iter().find(|(field, _)| *field == "email").map_or("", |(_, value)| value).to_owned(),
        ..Summary::default()
    };
    Related { role: LinkRole::Person, record: joined(kind, &rows, title), summary }
}

fn history() -> Vec<Related> {
    let mut items = vec![
        item(
            101,
            EntityKind::Interaction,
            "Asked for a second viewing",
            "2026-03-12T16:20:00Z",
            &[
                ("channel", "call"),
                ("direction", "inbound"),
                ("duration_seconds", "252"),
                ("body", "Wants to see the top floor again, with her brother. Prefers Thursday after 17:00."),
            ],
        ),
        item(
            102,
            EntityKind::Interaction,
            "Re: floor plan <draft>",
            "2026-03-12T09:05:00Z",
            &[
                ("channel", "email"),
                ("direction", "outbound"),
                ("body", "Attached the plan with the changed bathroom."),
            ],
        ),
        item(103, EntityKind::Note, "Budget up to 450k if the parking place is included", "2026-03-10T11:00:00Z", &[]),
        item(
            104,
            EntityKind::Interest,
            "Rue des Tilleuls 14, 3 rooms",
            "2026-03-02T08:15:00Z",
            &[
                ("reference", "P-2207"),
                ("city", "Lyon"),
                ("amount", "43500000 EUR"),
                ("strength", "high"),
                ("at", "2026-03-02T08:15:00Z"),
            ],
        ),
        item(
            105,
            EntityKind::Interest,
            "Quai Perrache 3, 4 rooms",
            "2026-02-20",
            &[("city", "Lyon"), ("at", "2026-02-20")],
        ),
        item(
            106,
            EntityKind::Opportunity,
            "Viewing package, spring",
            "2026-02-18",
            &[("stage", "negotiation"), ("amount", "1800000 EUR"), ("close_date", "2026-02-28")],
        ),
        item(
            107,
            EntityKind::Opportunity,
            "Parking place 12",
            "2026-01-30",
            &[("stage", "proposal"), ("amount", "2450000 EUR"), ("close_date", "2026-04-30")],
        ),
        item(
            108,
            EntityKind::Opportunity,
            "First consultation",
            "2025-11-04",
            &[("stage", "closedwon"), ("amount", "45000 EUR"), ("close_date", "2025-11-04")],
        ),
        item(
            109,
            EntityKind::Task,
            "Send the energy certificate",
            "2026-03-13",
            &[("due_at", "2026-03-13"), ("owner", "Ines Albrecht")],
        ),
        item(110, EntityKind::Task, "Call about the notary", "2026-03-20", &[("due_at", "2026-03-20T09:00:00Z")]),
        item(
            111,
            EntityKind::Task,
            "Collect signed mandate",
            "2026-03-01",
            &[("due_at", "2026-03-01"), ("completed_at", "2026-03-01")],
        ),
        item(112, EntityKind::Note, "Speaks French and English", "", &[]),
    ];
    for (number, (at, value)) in [
        ("2025-12-01", "38"),
        ("2026-01-01", "44"),
        ("2026-01-15", "41"),
        ("2026-02-01", "60"),
        ("2026-02-15", "71"),
        ("2026-03-01", "78"),
    ]
    .into_iter()
    .enumerate()
    {
        let model = if number < 3 { "propensity-1" } else { "propensity-2" };
        let cells = [("name", "Propensity to buy"), ("at", at), ("value", value), ("model_version", model)];
        items.push(item(120 + u8::try_from(number).unwrap(), EntityKind::Score, "Propensity to buy", at, &cells));
    }
    items
}

fn colleagues() -> Vec<Related> {
    let person = |number, name: &str, email: &str, job: &str| {
        let cells = [("full_name", name), ("email", email), ("job_title", job)];
        Related { role: LinkRole::Employer, ..item(number, EntityKind::Person, name, "", &cells) }
    };
    vec![
        person(1, "Maeve O\u{2019}Hara", "maeve.ohara@halden.example", "Head of acquisitions"),
        person(2, "Tom\u{e1}\u{161} Dvo\u{159}\u{e1}k", "tomas@halden.example", "Analyst"),
        person(6, "Anouk Halden", "anouk@halden.example", "Managing partner"),
    ]
}

/// A contact that three sources know.
pub(crate) fn person() -> RecordRows {
    let evidence = vec![
        evidence(
            1,
            "hubspot",
            "hubspot_contacts.csv",
            1_204,
            &[
                ("full_name", "Name", "Maeve O\u{2019}Hara", "Maeve O\u{2019}Hara"),
                ("email", "Email", "Maeve.OHara@halden.example", "maeve.ohara@halden.example"),
                ("phone", "Phone", "06 12 34 56 78", "+33612345678"),
                ("job_title", "Job title", "Head of acquisitions", "Head of acquisitions"),
                ("organisation_name", "Company", "Halden & Partners", "Halden & Partners"),
                ("city", "City", " Lyon ", "Lyon"),
                ("lifecycle", "Lifecycle", "customer", "customer"),
            ],
        ),
        evidence(
            31,
            "google",
            "google_contacts.csv",
            88,
            &[
                ("full_name", "Name", "Maeve O\u{2019}Hara", "Maeve O\u{2019}Hara"),
                ("email", "E-mail 1", "maeve.ohara@halden.example", "maeve.ohara@halden.example"),
                ("email", "E-mail 2", "maeve@mail.example", "maeve@mail.example"),
                ("website", "Website", "https://halden.example/team?a=1&b=2", "https://halden.example/team?a=1&b=2"),
            ],
        ),
        evidence(
            32,
            "portal",
            "portal_enquiries.csv",
            412,
            &[
                ("full_name", "Contact", "O\u{2019}Hara Maeve", "O\u{2019}Hara Maeve"),
                ("phone", "Tel", "0033698765432", "+33698765432"),
                ("city", "Town", "Lyons", "Lyons"),
                ("birth_date", "Born", "03/04/1988", ""),
            ],
        ),
        evidence(
            33,
            "portal",
            "portal_enquiries.csv",
            413,
            &[("language", "Lang", "fr", "fr"), ("x_heard_from", "Heard from", "a friend", "a friend")],
        ),
        evidence(
            34,
            "hubspot",
            "hubspot_contacts.csv",
            1_290,
            &[("country", "Country", "France", "France"), ("postcode", "Zip", "69002", "69002")],
        ),
    ];
    let mut record = joined(EntityKind::Person, &evidence, "Maeve O\u{2019}Hara");
    let pinned = CanonicalValue {
        value: "Ines Albrecht".to_owned(),
        winner: None,
        support: Vec::new(),
        rule: Rule::Pinned,
        losers: Vec::new(),
        confirmed: true,
    };
    record.fields.insert(Field::known("owner"), vec![pinned]);
    record.links = vec![CanonicalLink { role: LinkRole::Employer, target: id(200), target_key: id(200) }];
    record.unlinked = 1;
    let summary = Summary {
        account: "Halden & Partners".to_owned(),
        account_id: Some(id(200)),
        status: "customer".to_owned(),
        owner: "Ines Albrecht".to_owned(),
        sources: sources(),
        evidence: 5,
        ..Summary::default()
    };
    let reviews: Vec<OpenReview> = reviews().into_iter().take(1).collect();
    let entity = EntityRow { record, summary, names: Default::default() };
    RecordRows { entity, evidence, related: history(), colleagues: colleagues(), reviews, questions: questions() }
}

/// The other side of the first merge question.
pub(crate) fn other_person() -> RecordRows {
    let evidence = vec![evidence(
        40,
        "google",
        "google_contacts.csv",
        190,
        &[
            ("full_name", "Name", "M\u{e9}abh O\u{2019}Hara", "M\u{e9}abh O\u{2019}Hara"),
            ("email", "E-mail 1", "maeve.ohara@halden.example", "maeve.ohara@halden.example"),
            ("email", "E-mail 2", "maeve@mail.example", "maeve@mail.example"),
            ("phone", "Phone 1", "+33 6 98 76 54 23", "+33698765423"),
            ("city", "City", "Grenoble", "Grenoble"),
            ("language", "Language", "fr", "fr"),
            ("country", "Country", "France", "France"),
            ("nickname", "Nickname", "Mae", "Mae"),
        ],
    )];
    let record = joined(EntityKind::Person, &evidence, "M\u{e9}abh O\u{2019}Hara");
    let related = vec![
        item(130, EntityKind::Interaction, "Missed call", "2026-03-01T10:00:00Z", &[("channel", "call")]),
        item(131, EntityKind::Opportunity, "Garage", "2026-03-01", &[("stage", "open")]),
    ];
    bare(EntityRow { record, summary: Summary::default(), names: Default::default() }, evidence, related)
}

fn bare(entity: EntityRow, evidence: Vec<StoredEvidence>, related: Vec<Related>) -> RecordRows {
    RecordRows { entity, evidence, related, colleagues: Vec::new(), reviews: Vec::new(), questions: Vec::new() }
}

/// A contact of whom one row knows nearly nothing.
pub(crate) fn bare_person() -> RecordRows {
    let evidence = vec![evidence(
        60,
        "google",
        "google_contacts.csv",
        3,
        &[("phone", "Phone 1", "+1 415 555 0132", "+14155550132")],
    )];
    let record = joined(EntityKind::Person, &evidence, "+14155550132");
    bare(EntityRow { record, summary: Summary::default(), names: Default::default() }, evidence, Vec::new())
}

/// An organisation with people and deals.
pub(crate) fn account() -> RecordRows {
    let evidence = vec![evidence(
        200,
        "hubspot",
        "hubspot_companies.csv",
        7,
        &[
            ("name", "Company name", "Halden & Partners", "Halden & Partners"),
            ("domain", "Domain", "halden.example", "halden.example"),
            ("employee_count", "Employees", "1200", "1200"),
            ("revenue", "Revenue", "48000000.00", "4800000000 EUR"),
        ],
    )];
    let record = joined(EntityKind::Organisation, &evidence, "Halden & Partners");
    let mut related = colleagues();
    related.extend(history().into_iter().filter(|item| item.record.kind == EntityKind::Opportunity));
    let summary = Summary { status: "customer".to_owned(), sources: sources(), ..Summary::default() };
    bare(EntityRow { record, summary, names: Default::default() }, evidence, related)
}
