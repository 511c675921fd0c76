//! Full snapshots: what they lack is withdrawn, and waits for a person where it may be there after all.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use velocity_model::{
    EntityKind, FileOutcome, FileReport, Issue, RecordId, RowCounts, Severity, Waiting, Withdrawal, waiting_id,
};

use super::prepare::{Prepared, PreparedTable};
use crate::members::Members;

/// By profile the records that the snapshots of a run lack.
pub(super) type Missing = BTreeMap<String, Vec<(RecordId, EntityKind)>>;

/// What the snapshots among some tables lack. Those of one profile are one snapshot, however many files it came in.
pub(super) fn missing(tables: &[Prepared], known: &Members) -> Missing {
    let mut has: BTreeMap<&str, HashSet<RecordId>> = BTreeMap::new();
    for table in tables.iter().filter_map(snapshot) {
        let own = has.entry(&table.profile.name).or_default();
        own.extend(table.mapped.evidence.iter().map(|evidence| evidence.record));
        own.extend(table.mapped.mapping.set_aside.iter().flat_map(|row| row.records.values().flatten()));
    }
    let missing = has.into_iter().map(|(profile, has)| (profile.to_owned(), known.missing(profile, &has)));
    missing.filter(|(_, records)| !records.is_empty()).collect()
}

/// Lets the snapshots wait whose withdrawals are doubtful; what they lack is no longer in `missing` then.
pub(super) fn hold_doubtful(tables: &mut [Prepared], known: &Members, missing: &mut Missing) {
    missing.retain(|profile, records| {
        let standing: Vec<EntityKind> = known.standing(profile).map(|(_, kind)| kind).collect();
        let Some(doubt) = doubt(tables, profile, known, &standing, records) else { return true };
        let withdrawal = Withdrawal { standing: standing.len() as u64, missing: records.len() as u64, doubt };
        let own = tables.iter_mut().filter(|table| snapshot(table).is_some_and(|own| own.profile.name == *profile));
        own.for_each(|table| hold(table, &withdrawal));
        false
    });
}

/// Why the records that a snapshot lacks may be there after all; `None` if nothing speaks for it.
fn doubt(
    tables: &[Prepared],
    profile: &str,
    known: &Members,
    standing: &[EntityKind],
    missing: &[(RecordId, EntityKind)],
) -> Option<String> {
    let is_away = |report: &&FileReport| match report.outcome {
        FileOutcome::Refused => true,
        FileOutcome::Held => report.profile.as_deref() == Some(profile),
        _ => false,
    };
    if let Some(FileReport { path, outcome, .. }) = tables.iter().map(|table| &table.report).find(is_away) {
        let why = if *outcome == FileOutcome::Refused { "cannot be read" } else { "waits for approval" };
        return Some(format!("they may stand in `{path}` of the same import, which {why}"));
    }
    let kinds: BTreeSet<EntityKind> = missing.iter().map(|(_, kind)| *kind).collect();
    let own = tables.iter().filter_map(snapshot).filter(|table| table.profile.name == profile);
    let set_aside = own.flat_map(|table| &table.mapped.mapping.set_aside).filter(|row| !row.states_nothing);
    let is_open = |kind: &EntityKind, records: &[RecordId]| {
        kinds.contains(kind) && !records.iter().any(|record| known.by_record.contains_key(record))
    };
    let unread = set_aside.filter(|row| row.records.iter().any(|(kind, records)| is_open(kind, records))).count();
    if unread > 0 {
        let rows = if unread == 1 { "1 row that was".to_owned() } else { format!("{unread} rows that were") };
        return Some(format!("they may stand in {rows} set aside without a key that is known"));
    }
    let count = |kind: EntityKind, of: &mut dyn Iterator<Item = EntityKind>| of.filter(|own| *own == kind).count();
    let is_most = |kind: &&EntityKind| {
        let gone = count(**kind, &mut missing.iter().map(|(_, kind)| *kind));
        gone * 2 > count(**kind, &mut standing.iter().copied())
    };
    kinds.iter().find(is_most).map(|kind| format!("that is more than half of one kind ({kind})"))
}

fn snapshot(table: &Prepared) -> Option<&PreparedTable> {
    table.table.as_ref().filter(|table| table.snapshot)
}

fn hold(table: &mut Prepared, withdrawal: &Withdrawal) {
    let (Some(PreparedTable { number, headers, profile, read_quarantine, mapped, .. }), Some(blob)) =
        (table.table.take(), table.report.blob)
    else {
        return;
    };
    let report = &mut table.report;
    let rows = (mapped.mapping.rows.len() + mapped.mapping.quarantined.len() + read_quarantine.len()) as u64;
    let id = waiting_id(blob, number);
    report.outcome = FileOutcome::Held;
    report.rows = RowCounts { read: rows, held: rows, ..RowCounts::default() };
    report.waiting = Some(id);
    report.questions.clear();
    let message = format!("{withdrawal}; nothing is imported before that is approved");
    let code = "import.withdrawal_waits".to_owned();
    report.issues.push(Issue { severity: Severity::Warning, code, row: None, column: None, message });
    report.next = vec![format!(
        "velocity review --approve {id} imports it and withdraws what it lacks; or approve it in the browser under Review"
    )];
    if !profile.snapshot {
        report.next.push("or, if it is not all that its source has, import it without --snapshot".to_owned());
    }
    table.waiting = Some(Box::new(Waiting {
        id,
        run: None,
        blob,
        table: number,
        path: report.path.clone(),
        sheet: report.sheet.clone(),
        rows,
        headers,
        profile,
        drift: None,
        snapshot: true,
        withdrawal: Some(withdrawal.clone()),
        columns: Vec::new(),
        questions: Vec::new(),
    }));
}

/// Says in the reports what is withdrawn.
pub(super) fn tell(tables: &mut [Prepared], missing: &Missing) {
    for (profile, records) in missing {
        let own = |table: &&mut Prepared| snapshot(table).is_some_and(|own| own.profile.name == *profile);
        let Some(table) = tables.iter_mut().find(own) else { continue };
        let count = records.len();
        let them = if count == 1 { "record that is not in it: it is" } else { "records that are not in it: they are" };
        let message = format!("earlier files of its kind stated {count} {them} withdrawn");
        let code = "import.withdrawn".to_owned();
        table.report.issues.push(Issue { severity: Severity::Note, code, row: None, column: None, message });
    }
}
