//! Files for fuzzing to begin with, made from the samples of the shipped profiles: one folder for each target below a folder.
//! `cargo xtask fuzz` runs this.

mod columns;
mod markup;
mod packed;
mod workbooks;

use std::error::Error;
use std::fs;
use std::path::Path;

use velocity_ingest::{Input, RawTable, discover, read_tables};
use velocity_model::blob_id;

type Made<T = Vec<u8>> = Result<T, Box<dyn Error>>;

/// The root of the repository.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// One sample in so many is written in the other formats: they would all come to much the same.
const EVERY: usize = 8;

/// Values that transforms read, one of each form.
const VALUES: &str = "03/04/2020 | 31 mars 2026 | Tuesday, 3 March 2026 at 8:15 PM | 2026-03-31T08:15:00+05:30 | --03-31 | \
    +33 6 39 98 12 34 ext. 12 | (555) 010-0199 | 0091 98765 43210 | 1.234,56 \u{20ac} | Rs. 12,34,567/- | ($1,200.50) | 1.5 Cr | \
    1h 20m 5s | 00:12:44 | 45 % | Ana Ruiz <ANA@Example.COM> | mailto:ana@example.org | https://www.example.co.uk/a?b=c | \
    B\u{fc}cher.example | 43831 | 1.2e3 | N/A";

fn main() -> Made<()> {
    let folder = std::env::args().nth(1).ok_or("a folder is needed")?;
    let keep = |target: &str, name: &str, bytes: &[u8]| {
        let folder = Path::new(&folder).join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(name), bytes)
    };
    for (number, Input { path, display: name }) in
        discover(&[format!("{ROOT}/fixtures/profiles").into()])?.into_iter().enumerate()
    {
        let bytes = fs::read(&path)?;
        let name = name.replace('/', "-");
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let target = match extension.as_str() {
            "jsonl" => "json_lines",
            "vcf" => "vcard",
            "ics" => "icalendar",
            "mbox" => "mail",
            "txt" => "whatsapp",
            _ => "delimited",
        };
        for target in [target, "packing", "detection"] {
            keep(target, &name, &bytes)?;
        }
        let sample = path.strip_prefix(format!("{ROOT}/fixtures/profiles"))?;
        let profile = fs::read(Path::new(ROOT).join("source-profiles").join(sample).with_extension("toml"))?;
        keep("profile", &name, &[&profile, &b"\0"[..], &bytes].concat())?;
        if number % EVERY > 0 {
            continue;
        }
        for (target, packed) in packed::each(&bytes)? {
            keep(target, &format!("{name}.{}", blob_id(&packed)), &packed)?;
        }
        for staged in read_tables(&bytes, blob_id(&bytes), "")? {
            let raw = staged.raw();
            let made = [
                ("json", serde_json::to_vec(&records(&raw))?),
                ("xml", markup::xml(&raw)),
                ("html", markup::html(&raw)),
                ("spreadsheet_ml", markup::spreadsheet_ml(&raw)),
                ("fixed_width", columns::fixed_width(&raw)),
                ("parquet", columns::parquet(&staged)?),
                ("arrow", columns::arrow_file(&staged)?),
                ("arrow", columns::arrow_stream(&staged)?),
                ("xlsx", workbooks::xlsx(&raw)?),
                ("ods", workbooks::ods(&raw)),
                ("xlsb", workbooks::xlsb(&raw)),
                ("xls", workbooks::xls(&raw)),
            ];
            for (target, bytes) in made {
                keep(target, &format!("{name}.{}", blob_id(&bytes)), &bytes)?;
            }
        }
    }
    for value in VALUES.split(" | ") {
        keep("transforms", &blob_id(value.as_bytes()).to_string(), value.as_bytes())?;
    }
    Ok(())
}

/// The headers and cells of a row.
fn cells<'t>(table: &'t RawTable, row: &'t [Option<String>]) -> impl Iterator<Item = (&'t str, &'t str)> {
    let headers = table.headers.iter().flatten().map(String::as_str);
    headers.zip(row).map(|(header, cell)| (header, cell.as_deref().unwrap_or_default()))
}

fn records(table: &RawTable) -> Vec<serde_json::Map<String, serde_json::Value>> {
    let record = |row: &Vec<Option<String>>| {
        let number = |cell: &str| cell.parse::<f64>().map_or_else(|_| cell.into(), serde_json::Value::from);
        cells(table, row).map(|(header, cell)| (header.to_owned(), number(cell))).collect()
    };
    table.rows.iter().map(record).collect()
}
