//! Runs, questions and rows that were set aside.

use std::collections::BTreeMap;

use velocity_model::{
    BlobId, ColumnMap, Conflict, Drift, Effect, EntityKind, EntityMap, Field, FileOutcome, FileReport, Issue,
    PossibleAnswer, Profile, QuarantinedRow, Question, ReadHints, Recognise, RowCounts, RunId, RunReport, RunState,
    Severity, Waiting, WaitingColumn, Withdrawal, waiting_id,
};
use velocity_store::RunRow;

use super::NOW;
use crate::view::quarantine::StoredQuarantine;

fn possible((answer, means, value): (&str, &str, &str)) -> PossibleAnswer {
    PossibleAnswer {
        answer: answer.to_owned(),
        means: means.to_owned(),
        values: 412,
        example: Some(("03/04/1988".to_owned(), value.to_owned())),
    }
}

/// Open questions about columns.
pub(crate) fn questions() -> Vec<Question> {
    vec![Question {
        code: "date.order_unknown".to_owned(),
        profile: "portal/contacts".to_owned(),
        column: "Born".to_owned(),
        rows: 412,
        message: "Are dates such as 03/04/1988 in the column Born day first or month first?".to_owned(),
        answer: "Answer it under Review.".to_owned(),
        answers: [("dmy", "day first", "1988-04-03"), ("mdy", "month first", "1988-03-04")].map(possible).into(),
        evidence: Vec::new(),
    }]
}

fn file(path: &str, outcome: FileOutcome, rows: RowCounts) -> FileReport {
    FileReport {
        path: path.to_owned(),
        sheet: None,
        blob: Some(BlobId::from_bytes([3; 32])),
        profile: Some("hubspot/contacts v2".to_owned()),
        outcome,
        rows,
        kinds: BTreeMap::new(),
        unmapped: Vec::new(),
        issues: Vec::new(),
        questions: Vec::new(),
        next: Vec::new(),
        waiting: None,
    }
}

fn report(number: u8, files: Vec<FileReport>) -> RunReport {
    let mut rows = RowCounts::default();
    for file in &files {
        rows.add(file.rows);
    }
    let conflicts = vec![Conflict { record: super::id(1), field: Field::known("city") }];
    RunReport {
        run: RunId::from_bytes([number; 16]),
        sequence: u64::from(number),
        state: RunState::Published,
        files,
        rows,
        effect: Effect { created: 3_980, changed: 385, merged: 41, withdrawn: 6, asked: 24, closed: 2, conflicts },
        records: BTreeMap::from([
            (EntityKind::Person, 1_234),
            (EntityKind::Organisation, 150),
            (EntityKind::Interaction, 2_981),
        ]),
        merges: 3_204,
        waiting: 24,
        unlinked: 11,
        digest: "5d1f".repeat(16),
    }
}

/// An unknown file, a known one with other columns, one that lacks a column, a snapshot that lacks most rows.
pub(crate) fn waiting() -> [Waiting; 4] {
    let column = |header: &str, target: Option<&str>, samples: &[&str]| WaitingColumn {
        header: header.to_owned(),
        target: target.and_then(Field::from_name),
        is_key: header == "Key",
        confidence: 90,
        reason: "the header says it".to_owned(),
        fill_percent: 98,
        samples: samples.iter().map(|sample| (*sample).to_owned()).collect(),
    };
    let blob = BlobId::from_bytes([8; 32]);
    let map = |field: &'static str, from: &str| ColumnMap::of(Field::known(field), from);
    let profile = Profile {
        name: "local/visits".to_owned(),
        version: 1,
        source: "visits".to_owned(),
        label: "visits.csv".to_owned(),
        trust: 50,
        region: None,
        time_zone: None,
        currency: None,
        snapshot: false,
        recognise: Recognise { headers: vec!["Name <b>".to_owned()], ..Recognise::default() },
        read: ReadHints::default(),
        entities: vec![EntityMap {
            kind: EntityKind::Person,
            id: "person".to_owned(),
            key: vec!["Key".to_owned()],
            key_prefix: None,
            key_may_be_blank: false,
            when: None,
            needs: Vec::new(),
            fields: vec![map("full_name", "Name <b>"), map("birth_date", "Born")],
            links: Vec::new(),
        }],
        ignore: Vec::new(),
    };
    let unknown = Waiting {
        id: waiting_id(blob, 0),
        run: None,
        blob,
        table: 0,
        path: "visits.csv".to_owned(),
        sheet: None,
        rows: 412,
        headers: ["Key", "Name <b>", "Born"].map(str::to_owned).to_vec(),
        profile,
        drift: None,
        snapshot: false,
        withdrawal: None,
        columns: vec![
            column("Key", None, &["1", "2"]),
            column("Name <b>", Some("full_name"), &["Ada <Lind>"]),
            column("Born", Some("birth_date"), &["03/04/1988", "05/06/1990"]),
        ],
        questions: questions(),
    };
    let drift = |new: &[&str], gone: &[&str]| {
        let owned = |headers: &[&str]| headers.iter().map(|header| (*header).to_owned()).collect();
        Some(Drift { new: owned(new), gone: owned(gone) })
    };
    let changed = Waiting {
        id: waiting_id(blob, 1),
        table: 1,
        sheet: Some("Sheet 2".to_owned()),
        drift: drift(&["Tel"], &["Phone"]),
        columns: vec![column("Tel", Some("phone"), &["+33 6 39 98 00 01"])],
        questions: Vec::new(),
        ..unknown.clone()
    };
    let lacking = Waiting {
        id: waiting_id(blob, 2),
        table: 2,
        drift: drift(&[], &["Phone"]),
        columns: Vec::new(),
        questions: Vec::new(),
        ..unknown.clone()
    };
    let doubt = "that is more than half of one kind (person)".to_owned();
    let smaller = Waiting {
        id: waiting_id(blob, 3),
        table: 3,
        drift: None,
        snapshot: true,
        withdrawal: Some(Withdrawal { standing: 1_400, missing: 988, doubt }),
        ..lacking.clone()
    };
    [unknown, changed, lacking, smaller]
}

/// A published run with everything, one that runs, one that was interrupted, one that changed nothing.
pub(crate) fn runs() -> Vec<RunRow> {
    let rows = RowCounts { read: 2_104, new: 1_880, updated: 120, unchanged: 97, held: 0, quarantined: 7 };
    let contacts = FileReport {
        kinds: BTreeMap::from([(EntityKind::Person, 2_097), (EntityKind::Organisation, 150)]),
        unmapped: vec!["Legacy <ID>".to_owned(), "Colour".to_owned()],
        issues: vec![
            Issue {
                severity: Severity::Note,
                code: "read.encoding".to_owned(),
                row: None,
                column: None,
                message: "the file is Windows-1252; it was read as such".to_owned(),
            },
            Issue {
                severity: Severity::Warning,
                code: "phone.no_country".to_owned(),
                row: Some(1_204),
                column: Some("Phone".to_owned()),
                message: "the number has no country code; it was kept raw".to_owned(),
            },
        ],
        questions: questions(),
        next: vec!["velocity review".to_owned()],
        ..file("hubspot_contacts.csv", FileOutcome::Imported, rows)
    };
    let held = FileReport {
        profile: None,
        sheet: Some("Sheet 1".to_owned()),
        next: vec!["velocity profile suggest visits.xlsx".to_owned()],
        waiting: Some(waiting_id(BlobId::from_bytes([8; 32]), 0)),
        ..file("visits.xlsx", FileOutcome::Held, RowCounts { read: 61, held: 61, ..RowCounts::default() })
    };
    let refused = FileReport {
        profile: None,
        issues: vec![Issue {
            severity: Severity::Error,
            code: "read.not_a_table".to_owned(),
            row: None,
            column: None,
            message: "the file is HTML with the ending .xls; export it again as CSV or XLSX".to_owned(),
        }],
        ..file("report.xls", FileOutcome::Refused, RowCounts::default())
    };
    let same = file(
        "hubspot_contacts.csv",
        FileOutcome::AlreadyImported,
        RowCounts { read: 2_104, unchanged: 2_104, ..RowCounts::default() },
    );
    let row = |number: u8, state, report: Option<RunReport>| RunRow {
        id: RunId::from_bytes([number; 16]),
        sequence: u64::from(number),
        state,
        started_at: NOW - i64::from(10 - number) * 3_600_000_000,
        finished_at: report.is_some().then_some(NOW - i64::from(10 - number) * 3_600_000_000 + 12_000_000),
        report,
    };
    vec![
        row(4, RunState::Published, Some(report(4, vec![contacts, refused, held]))),
        row(3, RunState::Running, None),
        row(2, RunState::Interrupted, None),
        row(1, RunState::Published, Some(report(1, vec![same]))),
    ]
}

/// Rows that were set aside.
pub(crate) fn quarantine() -> Vec<StoredQuarantine> {
    let row = |row: u64, code: &str, message: &str, cells: &[&str]| QuarantinedRow {
        row,
        offset: row * 100,
        len: 90,
        code: code.to_owned(),
        message: message.to_owned(),
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
    };
    let headers = ["First name", "Last name", "Email"].map(str::to_owned).to_vec();
    let rows = vec![
        row(
            88,
            "read.ragged_row",
            "the row has 5 cells, the header has 3; quote cells that hold a comma",
            &["Ada", "Lind", "x", "<b>", "y"],
        ),
        row(1_930, "read.unclosed_quote", "a quote is opened and never closed", &["\"Bo, Berg, bo@mail.example"]),
    ];
    vec![("hubspot_contacts.csv".to_owned(), headers, rows)]
}
