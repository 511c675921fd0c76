//! How a file was understood.

use std::collections::BTreeMap;
use std::fmt::Write;

use velocity_ingest::Staged;
use velocity_model::{QuarantinedRow, TableFormat};

use super::grouped;

/// Lines of a preamble, and numbers of rows, that are shown.
const SHOWN: usize = 5;

/// What was detected of each table, and why.
pub(crate) fn explain(tables: &[Staged]) -> String {
    let mut text = String::new();
    for staged in tables {
        let table = &staged.table;
        if tables.len() > 1 {
            let _ = writeln!(text, "Table {} of {}", table.table + 1, tables.len());
        }
        let mut line = |name: &str, value: &str| {
            let _ = writeln!(text, "  {name:11} {value}");
        };
        line("format", kind(table.format));
        if let Some(name) = &table.name {
            line("name", name);
        }
        for found in &table.detected {
            line(&found.of, &format!("{}: {}", found.found, found.why));
        }
        for row in table.preamble.iter().take(SHOWN) {
            line("preamble", row);
        }
        line("columns", &headers(&table.headers));
        line("rows", &grouped(table.rows));
        for issue in &table.issues {
            line("note", &format!("{} ({})", issue.message, issue.code));
        }
        for (code, rows) in set_aside(&table.quarantined) {
            line("set aside", &rows_in_words(&code, &rows));
        }
    }
    text
}

fn kind(format: TableFormat) -> &'static str {
    match format {
        TableFormat::Csv => "delimited text",
        TableFormat::Workbook => "workbook",
        TableFormat::JsonLines => "JSON Lines",
        TableFormat::Json => "JSON document",
        TableFormat::Parquet => "Parquet",
        TableFormat::Arrow => "Arrow IPC",
        TableFormat::VCard => "vCard",
        TableFormat::ICalendar => "iCalendar",
        TableFormat::Mail => "mail",
        TableFormat::WhatsApp => "WhatsApp chat",
        TableFormat::Xml => "XML",
        TableFormat::Html => "HTML",
        TableFormat::FixedWidth => "text in columns of fixed width",
    }
}

fn headers(headers: &[String]) -> String {
    let named: Vec<&str> =
        headers.iter().map(|header| if header.is_empty() { "(none)" } else { header.as_str() }).collect();
    format!("{}: {}", headers.len(), named.join(" | "))
}

fn set_aside(rows: &[QuarantinedRow]) -> BTreeMap<String, Vec<&QuarantinedRow>> {
    let mut by_code: BTreeMap<String, Vec<&QuarantinedRow>> = BTreeMap::new();
    for row in rows {
        by_code.entry(row.code.clone()).or_default().push(row);
    }
    by_code
}

fn rows_in_words(code: &str, rows: &[&QuarantinedRow]) -> String {
    let numbers: Vec<String> = rows.iter().take(SHOWN).map(|row| row.row.to_string()).collect();
    let more = if rows.len() > SHOWN { ", …" } else { "" };
    let message = rows.first().map(|row| row.message.as_str()).unwrap_or_default();
    format!("{} ({code}), row {}{more}: {message}", grouped(rows.len() as u64), numbers.join(", "))
}
