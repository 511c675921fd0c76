use polars::prelude::{
    Column, IntoColumn, IntoSeries, IpcCompression, IpcStreamWriter, IpcWriter, NamedFrom, ParquetWriter, SerWriter,
    StructChunked, TimeUnit, TimeZone,
};
use velocity_model::blob_id;

use super::*;

fn column(name: &str, values: impl IntoColumn) -> Column {
    values.into_column().with_name(name.into())
}

/// A frame of two rows, the second of nulls where it can be.
fn frame() -> DataFrame {
    let long = |values: [Option<i64>; 2]| Series::new("".into(), values);
    let instant = long([Some(1_700_000_000_000), None]);
    let zone = TimeZone::opt_try_new(Some("Europe/Oslo")).expect("a zone");
    let inner = Series::new("city".into(), [Some("Oslo"), None]);
    let count = Series::new("n".into(), [Some(3_i64), None]);
    let address = StructChunked::from_series("address".into(), 2, [inner, count].iter()).expect("a struct");
    let tags = Series::new("".into(), [Series::new("".into(), ["a", "b\"c"]), Series::new("".into(), [""; 0])]);
    let cast = |series: Series, dtype: DataType| series.cast(&dtype).expect("a value of the type");
    let columns = vec![
        column("id", long([Some(33_639_981_234), Some(0)])),
        column("price", Series::new("".into(), [Some(1234.5), None])),
        column("short", Series::new("".into(), [Some(0.1_f32), Some(3.0)])),
        column("huge", Series::new("".into(), [Some(1e30), Some(f64::NAN)])),
        column("active", Series::new("".into(), [Some(true), None])),
        column("day", cast(long([Some(20_543), None]).cast(&DataType::Int32).expect("days"), DataType::Date)),
        column("seen", cast(instant.clone(), DataType::Datetime(TimeUnit::Milliseconds, None))),
        column("zoned", cast(instant, DataType::Datetime(TimeUnit::Milliseconds, zone))),
        column("at", cast(long([Some(3_723_500_000_000), None]), DataType::Time)),
        column("took", cast(long([Some(90_000), None]), DataType::Duration(TimeUnit::Milliseconds))),
        column("money", cast(Series::new("".into(), [Some(12.5), None]), DataType::Decimal(10, 2))),
        column("raw", Series::new("".into(), [Some(&b"\x00\xff"[..]), None])),
        column("tags", tags),
        column("address", address.into_series()),
    ];
    DataFrame::new(2, columns).expect("a frame")
}

const HEADERS: [&str; 15] = [
    "id",
    "price",
    "short",
    "huge",
    "active",
    "day",
    "seen",
    "zoned",
    "at",
    "took",
    "money",
    "raw",
    "tags",
    "address.city",
    "address.n",
];

fn assert_is_the_frame(staged: &Staged, format: TableFormat) {
    assert_eq!(staged.table.headers, HEADERS);
    assert_eq!((staged.table.format, staged.table.rows), (format, 2));
    let row = |at: usize| (0..HEADERS.len()).map(|number| staged.column(number)[at]).collect::<Vec<_>>();
    let seen = ["2026-03-31", "2023-11-14T22:13:20", "2023-11-14T23:13:20+01:00", "01:02:03.500", "PT1M30S"];
    let head = ["33639981234", "1234.5", "0.1", "1e30", "true"];
    let tail = ["12.50", "00ff", r#"["a","b\"c"]"#, "Oslo", "3"];
    assert_eq!(row(0), [head, seen, tail].concat());
    assert_eq!(row(1), ["0", "", "3", "NaN", "", "", "", "", "", "", "", "", "[]", "", ""]);
    assert_eq!(staged.frame.column("c1").expect("there").null_count(), 1, "a null is no cell");
    assert_eq!(staged.frame.column("_row").expect("there").u64().expect("numbers").get(1), Some(2));
}

#[test]
fn parquet_reads_as_a_person_would_see_it() {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame()).expect("written");
    assert_is_the_frame(&read_parquet(&bytes, blob_id(&bytes)).expect("a table"), TableFormat::Parquet);
}

fn read_whole(bytes: &[u8], form: Ipc) -> Result<Staged, ReadError> {
    read_arrow(bytes, form, blob_id(bytes), &mut Allowance::new(bytes.len() as u64))
}

#[test]
fn arrow_reads_the_same_as_file_and_as_stream() {
    let mut file = Vec::new();
    IpcWriter::new(&mut file).with_compression(Some(IpcCompression::LZ4)).finish(&mut frame()).expect("written");
    assert_is_the_frame(&read_whole(&file, Ipc::File).expect("a table"), TableFormat::Arrow);
    let mut stream = Vec::new();
    IpcStreamWriter::new(&mut stream).finish(&mut frame()).expect("written");
    assert_is_the_frame(&read_whole(&stream, Ipc::Stream).expect("a table"), TableFormat::Arrow);
    for (bytes, form) in [(&file, Ipc::File), (&stream, Ipc::Stream)] {
        assert_eq!(crate::container::detect(bytes).expect("known"), crate::container::Container::Arrow(form));
    }
}

#[test]
fn structs_in_lists_are_json() {
    let inner = [Series::new("city".into(), ["Oslo", "Rome"]), Series::new("n".into(), [Some(1_i64), None])];
    let places = StructChunked::from_series("".into(), 2, inner.iter()).expect("structs").into_series();
    let lists = Series::new("places".into(), [places]);
    assert_eq!(texts(&lists).expect("texts"), [Some(r#"[{"city":"Oslo","n":1},{"city":"Rome","n":null}]"#.to_owned())]);
}

#[test]
fn a_cut_or_changed_file_is_refused_never_a_panic() {
    let mut parquet = Vec::new();
    ParquetWriter::new(&mut parquet).finish(&mut frame()).expect("written");
    for end in [4, 12, parquet.len() / 2, parquet.len() - 1] {
        let refused = read_parquet(&parquet[..end], blob_id(b"")).expect_err("cut");
        assert_eq!(refused.code(), "read.damaged", "cut at {end}");
    }
    let mut arrow = Vec::new();
    IpcWriter::new(&mut arrow).finish(&mut frame()).expect("written");
    for end in [8, 100, arrow.len() / 2, arrow.len() - 1] {
        assert!(read_whole(&arrow[..end], Ipc::File).is_err(), "cut at {end}");
    }
}

#[test]
fn a_stream_that_does_not_say_that_it_ends_is_told_of() {
    let mut bytes = Vec::new();
    IpcStreamWriter::new(&mut bytes).finish(&mut frame()).expect("written");
    let issues = |bytes: &[u8]| read_whole(bytes, Ipc::Stream).expect("a table").table.issues;
    assert_eq!(issues(&bytes), []);
    assert_eq!(issues(&bytes[..bytes.len() - END_OF_STREAM.len()])[0].code, "read.no_end");
}

#[test]
fn a_page_that_claims_too_much_is_refused() {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame()).expect("written");
    let within = |most: usize| {
        let mut reader = ParquetReader::new(Cursor::new(bytes.as_slice()));
        are_pages_within(most, &bytes, reader.get_metadata().expect("whole")).expect("whole")
    };
    assert!(within(2 * HEADERS.len()));
    assert!(!within(2 * HEADERS.len() - 1));
}

#[test]
fn instants_are_shown_in_the_zone_they_are_given_in() {
    let instants = Series::new("".into(), [1_700_000_000_000_i64]);
    for (name, shown) in [
        ("UTC", "2023-11-14T22:13:20+00:00"),
        ("+02:00", "2023-11-15T00:13:20+02:00"),
        ("America/New_York", "2023-11-14T17:13:20-05:00"),
    ] {
        let zone = TimeZone::opt_try_new(Some(name)).expect("a zone");
        let series = instants.cast(&DataType::Datetime(TimeUnit::Milliseconds, zone)).expect("instants");
        assert_eq!(texts(&series).expect("texts"), [Some(shown.to_owned())], "{name}");
    }
}
