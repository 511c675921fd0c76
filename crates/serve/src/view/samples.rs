//! An invented tenant as stored rows, from which every page is rendered in tests.

mod imports;
mod records;

pub(crate) use imports::{quarantine, questions, runs, waiting};
pub(crate) use records::{account, bare_person, other_person, person};

use std::collections::BTreeMap;

use velocity_model::{
    Action, Decision, DecisionId, EntityKind, PairOutcome, RecordId, Risk, ScoredPair, StepWeight, Waterfall, review_id,
};
use velocity_store::{Cursor, ListRow, OpenReview, Page, ReviewState, Summary};

use super::identity::IdentityRows;
use super::merge::{MergeRows, SideRows};
use super::shell::{Section, Shell};
use crate::session::{Flash, FormKey, Undo};

/// 15 March 2026, 10:30 UTC.
pub(crate) const NOW: i64 = 1_773_570_600_000_000;

/// A record id from a number.
pub(crate) fn id(number: u8) -> RecordId {
    RecordId::from_bytes([number; 16])
}

/// A frame.
pub(crate) fn shell(section: Section, title: &str) -> Shell {
    Shell {
        title: title.to_owned(),
        section,
        tenant: "northwind-living".to_owned(),
        user: "Ana".to_owned(),
        forms: FormKey::new([7; 32]),
        waiting: 24,
        flash: None,
    }
}

/// What stands after a merge.
pub(crate) fn flash() -> Flash {
    let undo = Some(Undo::new(DecisionId::from_bytes([9; 16]), "/review"));
    Flash { text: "Merged. 24 left.".to_owned(), undo }
}

/// Names of sources.
pub(crate) fn sources() -> Vec<String> {
    ["google", "hubspot", "portal"].map(str::to_owned).to_vec()
}

/// One page of people.
pub(crate) fn people_page() -> Page<ListRow> {
    let row = |number: u8, title: &str, account: &str, email: &str, phone: &str, status: &str, score: &str| ListRow {
        id: id(number),
        kind: EntityKind::Person,
        title: title.to_owned(),
        summary: Summary {
            account: account.to_owned(),
            account_id: (!account.is_empty()).then(|| id(200)),
            email: email.to_owned(),
            phone: phone.to_owned(),
            city: "Lyon".to_owned(),
            status: status.to_owned(),
            owner: if number.is_multiple_of(3) { String::new() } else { "Ines Albrecht".to_owned() },
            last_activity: format!("2026-03-{:02}T09:30:00Z", number % 27 + 1),
            score: score.to_owned(),
            open_opportunities: u32::from(number % 3),
            people: 0,
            sources: sources().into_iter().take(usize::from(number % 3) + 1).collect(),
            evidence: 3,
        },
        in_review: number.is_multiple_of(4),
    };
    let rows = vec![
        row(
            1,
            "Maeve O\u{2019}Hara",
            "Halden & Partners",
            "maeve.ohara@halden.example",
            "+33612345678",
            "customer",
            "78",
        ),
        row(
            2,
            "Tom\u{e1}\u{161} Dvo\u{159}\u{e1}k",
            "Halden & Partners",
            "tomas@halden.example",
            "+420601234567",
            "lead",
            "41",
        ),
        row(4, "Kim <Jo> Sato", "", "kim.sato@mail.example", "+81312345678", "customer", ""),
        row(
            5,
            "Rosalind Achterberg-Van den Heuvel",
            "Achterberg Bouw en Ontwikkeling B.V.",
            "r.achterberg@bouw.example",
            "",
            "opportunity",
            "63",
        ),
        row(8, "Idris Bello", "Lagoon Estates", "idris@lagoon.example", "+447700900123", "customer", "88"),
        row(9, "Lucia Ferri", "", "", "+14155550132", "", ""),
        row(10, "Noor Haddad", "Lagoon Estates", "noor.haddad@lagoon.example", "+447700900188", "lead", "52"),
        row(12, "Oskar Lindqvist", "", "oskar.lindqvist@mail.example", "", "subscriber", "12"),
    ];
    let next = Some(Cursor { key: "oskar lindqvist".to_owned(), id: id(12) });
    Page { rows, total: 1_234, next }
}

/// One page of organisations.
pub(crate) fn accounts_page() -> Page<ListRow> {
    let row = |number: u8, title: &str, domain: &str, people: u32| ListRow {
        id: id(number),
        kind: EntityKind::Organisation,
        title: title.to_owned(),
        summary: Summary {
            email: domain.to_owned(),
            phone: "+442079460000".to_owned(),
            city: "London".to_owned(),
            status: "customer".to_owned(),
            owner: "Ines Albrecht".to_owned(),
            last_activity: "2026-03-12".to_owned(),
            open_opportunities: 2,
            people,
            sources: sources(),
            evidence: 2,
            ..Summary::default()
        },
        in_review: false,
    };
    let rows = vec![
        row(200, "Halden & Partners", "halden.example", 12),
        row(201, "Lagoon Estates", "lagoon.example", 3),
        row(202, "Achterberg Bouw en Ontwikkeling B.V.", "bouw.example", 0),
    ];
    Page { rows, total: 3, next: None }
}

/// A pair that a person must look at.
pub(crate) fn waterfall() -> Waterfall {
    let step = |field: &str, reads: &str, level: &str, weight, left: &str, right: &str| StepWeight {
        field: (!field.is_empty()).then(|| field.to_owned()),
        reads: reads.split_whitespace().map(str::to_owned).collect(),
        level: level.to_owned(),
        weight,
        left: left.to_owned(),
        right: right.to_owned(),
    };
    let email = "maeve.ohara@halden.example";
    Waterfall {
        steps: vec![
            step("", "", "start", -9_000, "", ""),
            step("given name", "given_name full_name", "forms of one given name", 5_600, "Maeve", "M\u{e9}abh"),
            step("e-mail", "email", "same e-mail", 14_300, email, email),
            step("phone", "phone", "different phone", -3_400, "+33612345678", "+33698765432"),
            step("birth date", "birth_date", "missing", 0, "", ""),
            step("city", "city", "different", -1_300, "Lyon", "Grenoble"),
            step(StepWeight::EXPLANATION, "", "relatives share as much", -1_000, "", ""),
        ],
        weight: 5_200,
        probability_ppm: 973_500,
        outcome: PairOutcome::Review,
        risks: vec![Risk::SharedContactPoint, Risk::LooksLikeRelative],
        explanation: "relatives".to_owned(),
        shared_blocks: Some(vec!["part of the e-mail".to_owned(), "family name roughly and city".to_owned()]),
    }
}

fn review(lo: u8, hi: u8, left: &str, right: &str, weight: i32, state: ReviewState) -> OpenReview {
    let risks = if lo == 1 { waterfall().risks } else { Vec::new() };
    OpenReview {
        id: review_id(id(lo), id(hi)),
        pair: ScoredPair { lo: id(lo), hi: id(hi), weight, outcome: PairOutcome::Review, risks },
        left: id(lo),
        right: id(hi),
        kind: if lo > 199 { EntityKind::Organisation } else { EntityKind::Person },
        left_title: left.to_owned(),
        right_title: right.to_owned(),
        state,
        priority: i64::from(weight),
    }
}

/// The queue.
pub(crate) fn reviews() -> Vec<OpenReview> {
    vec![
        review(1, 40, "Maeve O\u{2019}Hara", "M\u{e9}abh O\u{2019}Hara", 5_200, ReviewState::Open),
        review(10, 41, "Noor Haddad", "Nour Haddad", 3_100, ReviewState::Open),
        review(201, 210, "Lagoon Estates", "Lagoon Estates Ltd", 2_400, ReviewState::Open),
        review(12, 42, "Oskar Lindqvist", "Oscar Lindqvist", 1_200, ReviewState::Held),
    ]
}

/// The first question of the queue, with all that its page shows.
pub(crate) fn merge() -> MergeRows {
    let (left, right) = (person(), other_person());
    let side = |rows: super::record::RecordRows| SideRows {
        entity: rows.entity,
        evidence: rows.evidence,
        related: rows.related,
    };
    let queue: Vec<OpenReview> = reviews().into_iter().filter(|item| item.state == ReviewState::Open).collect();
    MergeRows {
        item: reviews().remove(0),
        waterfall: Some(waterfall()),
        sides: [side(left), side(right)],
        queue,
        total: 24,
    }
}

/// What is known of the identity of the sample person.
pub(crate) fn identity() -> IdentityRows {
    let rows = person();
    let members: Vec<RecordId> = rows.evidence.iter().map(|stored| stored.evidence.record).collect();
    let mut pairs = BTreeMap::new();
    for (index, a) in members.iter().enumerate() {
        for b in &members[index + 1..] {
            let mut found = waterfall();
            found.weight += i32::try_from(index).unwrap() * 700;
            pairs.insert((*a.min(b), *a.max(b)), found);
        }
    }
    let decision = |number: u8, action: Action| Decision {
        id: DecisionId::from_bytes([number; 16]),
        at: NOW - 86_400_000_000 + i64::from(number),
        author: "Ana".to_owned(),
        reason: if number == 1 { "Met both at the <open> day".to_owned() } else { String::new() },
        group: DecisionId::from_bytes([number; 16]),
        action,
    };
    let decisions = vec![
        decision(1, Action::Same { a: members[0], b: members[4] }),
        decision(2, Action::Different { a: members[0], b: id(40) }),
        decision(3, Action::Isolate { record: members[1] }),
        decision(4, Action::Withdraw { decision: DecisionId::from_bytes([3; 16]) }),
        decision(5, Action::Same { a: id(90), b: id(91) }),
    ];
    IdentityRows { entity: rows.entity, evidence: rows.evidence, pairs, decisions, others: other_person().evidence }
}
