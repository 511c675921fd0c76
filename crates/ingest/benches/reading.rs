//! How fast and in how much memory a CSV file becomes a staged table, beside Polars' own reader and writer of the same build:
//! `cargo bench -p velocity-ingest --features compare --bench reading -- ROWS [FOLDER]`. Needs Linux for the memory.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use polars::prelude::{CsvReadOptions, ParquetWriter, SerReader};
use velocity_ingest::stage_tables;
use velocity_model::BlobId;

/// What the command uses, too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Each reader is measured so often, in turn; the best counts.
const RUNS: usize = 3;

const READERS: [(&str, &str); 3] =
    [("velocity", "Velocity, with places and digests"), ("texts", "Polars, texts"), ("typed", "Polars, typed")];

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["read", reader, file] => measure(reader, Path::new(file)),
        [rows] => compare(rows, &std::env::temp_dir()),
        [rows, folder] => compare(rows, Path::new(folder)),
        _ => Err("say how many rows: `-- 1000000 [FOLDER]`".into()),
    };
    match done {
        Ok(text) => {
            let _ = writeln!(io::stdout(), "{text}");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            let _ = writeln!(io::stderr(), "{failure}");
            ExitCode::FAILURE
        }
    }
}

/// Measures every reader in a process of its own and gives a table.
fn compare(rows: &str, folder: &Path) -> Result<String, Failure> {
    let rows: u64 = rows.parse()?;
    let folder = folder.join("velocity-reading");
    fs::create_dir_all(&folder)?;
    let file = folder.join("people.csv");
    let size = generate(&file, rows)?;
    let mut best = [(f64::INFINITY, 0_u64); READERS.len()];
    for _ in 0..RUNS {
        for ((reader, _), best) in READERS.iter().zip(&mut best) {
            let child = Command::new(std::env::current_exe()?).args(["read", reader]).arg(&file).output()?;
            let said = String::from_utf8(child.stdout)?;
            let (seconds, kib) = said.trim().split_once(' ').ok_or("a reader failed")?;
            *best = (best.0.min(seconds.parse()?), best.1.max(kib.parse()?));
        }
    }
    fs::remove_dir_all(&folder)?;
    let mut table = format!(
        "{rows} rows, {} MB\n\n| reader | rows/s | s | peak MiB | Velocity's rows/s by its |\n",
        size / 1_000_000
    );
    table.push_str("|---|---|---|---|---|\n");
    for ((_, name), (seconds, kib)) in READERS.iter().zip(&best) {
        let (speed, ratio) = (rows as f64 / seconds, seconds / best[0].0);
        table.push_str(&format!("| {name} | {speed:.0} | {seconds:.2} | {} | {ratio:.2} |\n", kib / 1024));
    }
    Ok(table)
}

/// Reads the file once and gives seconds and the most memory in KiB.
#[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
fn measure(reader: &str, file: &Path) -> Result<String, Failure> {
    let out = file.with_extension(reader);
    fs::create_dir_all(&out)?;
    let start = Instant::now();
    match reader {
        "velocity" => {
            stage_tables(&out, file, BlobId::from_bytes([0; 32]), "people.csv")??;
        }
        _ => by_polars(file, &out.join("people.parquet"), reader == "typed")?,
    }
    let seconds = start.elapsed().as_secs_f64();
    fs::remove_dir_all(&out)?;
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no peak of memory")?;
    Ok(format!("{seconds} {}", peak.trim().trim_end_matches(" kB")))
}

fn by_polars(file: &Path, out: &PathBuf, is_typed: bool) -> Result<(), Failure> {
    let options = CsvReadOptions::default().with_infer_schema_length(Some(if is_typed { 100 } else { 0 }));
    let mut frame = options.try_into_reader_with_file_path(Some(file.to_owned()))?.finish()?;
    let target = File::create(out)?;
    ParquetWriter::new(&target).finish(&mut frame)?;
    Ok(target.sync_all()?)
}

/// Writes invented people; gives the bytes written.
fn generate(file: &Path, rows: u64) -> Result<u64, Failure> {
    const FIRST: [&str; 8] = ["Ana", "Ben", "Clara", "Dora", "Emil", "Félix", "Gita", "Hugo"];
    const LAST: [&str; 6] = ["Roe", "Smith", "Łuczak", "Meyer", "O'Neil", "Prévost"];
    const CITY: [&str; 6] = ["Lyon", "Metz", "Lille", "San Francisco", "New York", "Göteborg"];
    let mut state = 1_u64;
    // Knuth's linear congruential generator (MMIX); its high bits are good enough for names.
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut text = BufWriter::new(File::create(file)?);
    writeln!(text, "id,first name,last name,birth date,street,city,postcode,email,phone,company,updated")?;
    for row in 0..rows {
        let (first, last, city) = (FIRST[draw(8) as usize], LAST[draw(6) as usize], CITY[draw(6) as usize]);
        let (year, month, day) = (1940 + draw(65), 1 + draw(12), 1 + draw(28));
        let (house, street, postcode) = (1 + draw(998), LAST[draw(6) as usize], 10_000 + draw(89_999));
        let (phone, partner, firm, updated) = (draw(100), LAST[draw(6) as usize], draw(5_000), 1 + draw(28));
        write!(text, "{row},{first},{last},{year}-{month:02}-{day:02},{house} {street} Street,{city},{postcode},")?;
        write!(text, "{}.{row}@mail.example,+1 202 555 01{phone:02},", first.to_lowercase())?;
        writeln!(text, "\"{last}, {partner} and {firm} Sons\",2026-01-{updated:02}")?;
    }
    text.flush()?;
    Ok(fs::metadata(file)?.len())
}
