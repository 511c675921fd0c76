//! The checks.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::{Mutex, Once};

use velocity_ingest::Staged;
use velocity_model::{StagedTable, TableFormat};

static LAST_PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Runs a check and ends the process if it panics. The fuzzer's own hook would end it at once, but workbooks and columnar files
/// are read by crates that panic on some damaged files, which the readers catch.
pub fn check<T>(look: impl FnOnce() -> T) -> T {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        set_hook(Box::new(|info| {
            *LAST_PANIC.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(info.to_string());
        }));
    });
    catch_unwind(AssertUnwindSafe(look)).unwrap_or_else(|_| {
        if let Some(message) = LAST_PANIC.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take() {
            eprintln!("{message}");
        }
        std::process::abort()
    })
}

/// Checks what must hold for the tables of any file.
pub fn sound(bytes: &[u8], tables: &[Staged]) {
    for (number, staged) in (0..).zip(tables) {
        let table = &staged.table;
        assert_eq!(table.table, number, "tables are numbered in their order");
        assert_eq!(staged.frame.height() as u64, table.rows, "the rows are counted");
        assert_eq!(staged.frame.width(), 4 + table.headers.len(), "each header has a column");
        let json = serde_json::to_vec(table).expect("a description");
        let stored: StagedTable = serde_json::from_slice(&json).expect("a description");
        assert_eq!(&stored, table, "a description is stored whole");
        places(bytes, staged);
        staged.raw();
    }
}

/// Checks where rows stand: in order, one behind the other, and in the file.
fn places(bytes: &[u8], staged: &Staged) {
    let column = |name: &str| -> Vec<u64> {
        staged
            .frame
            .column(name)
            .expect("there")
            .u64()
            .expect("numbers")
            .iter()
            .map(|place| place.expect("a place"))
            .collect()
    };
    let rows: Vec<(u64, u64)> = column("_offset").into_iter().zip(column("_len")).collect();
    let aside: Vec<(u64, u64)> = staged.table.quarantined.iter().map(|row| (row.offset, row.len)).collect();
    let is_unpacked = staged.table.detected.iter().any(|finding| finding.of == "container");
    if !is_unpacked {
        assert!(rows.iter().chain(&aside).all(|(at, len)| at + len <= bytes.len() as u64), "a row stands in the file");
    }
    assert!(staged.rows().is_sorted(), "rows stand in the order of the file");
    assert!(staged.table.quarantined.iter().map(|row| row.row).is_sorted(), "so do rows that are set aside");
    // Elements of markup stand one inside another.
    if !matches!(staged.table.format, TableFormat::Html | TableFormat::Xml) {
        let mut all = [rows, aside].concat();
        all.sort_unstable();
        assert!(all.windows(2).all(|two| two[0].0 + two[0].1 <= two[1].0), "no two rows share a byte");
    }
}

/// Checks that two readings came to the same.
pub fn same(one: &[Staged], other: &[Staged]) {
    assert_eq!(one.len(), other.len(), "as many tables");
    for (one, other) in one.iter().zip(other) {
        assert_eq!(one.table, other.table);
        assert!(one.frame.equals_missing(&other.frame), "the same cells at the same places");
    }
}
