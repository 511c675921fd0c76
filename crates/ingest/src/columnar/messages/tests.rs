use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn, IntoSeries, IpcCompression, IpcStreamWriter, IpcWriter, NamedFrom,
    SerWriter, Series, StructChunked,
};
use velocity_model::blob_id;

use super::*;
use crate::ReadError;
use crate::allowance::Allowance;
use crate::columnar::read_arrow;
use crate::frame::Staged;

const FORMS: [Ipc; 2] = [Ipc::File, Ipc::Stream];

fn written(columns: Vec<Column>, form: Ipc, compression: Option<IpcCompression>) -> Vec<u8> {
    let mut frame = DataFrame::new_infer_height(columns).expect("a frame");
    let mut bytes = Vec::new();
    match form {
        Ipc::File => IpcWriter::new(&mut bytes).with_compression(compression).finish(&mut frame),
        Ipc::Stream => IpcStreamWriter::new(&mut bytes).with_compression(compression).finish(&mut frame),
    }
    .expect("written");
    bytes
}

fn read(bytes: &[u8], form: Ipc) -> Result<Staged, ReadError> {
    read_arrow(bytes, form, blob_id(bytes), &mut Allowance::new(bytes.len() as u64))
}

fn numbers() -> Column {
    Series::new("n".into(), vec![7_i64; 1001]).into_column()
}

#[test]
fn what_is_stated_is_what_polars_asks_for() {
    for form in FORMS {
        for compression in [None, Some(IpcCompression::LZ4), Some(IpcCompression::ZSTD(Default::default()))] {
            let bytes = written(vec![numbers()], form, compression);
            let stated = stated(&bytes, form).expect("whole");
            assert_eq!(stated, Stated { bytes: 8 * 1001, values: 2 * 1001 }, "{form:?} {compression:?}");
        }
    }
}

/// The refusal of a file in which the first `8008`, a length of the column's buffer, says something else.
fn refusal(form: Ipc, compression: Option<IpcCompression>, said: i64) -> &'static str {
    let mut bytes = written(vec![numbers()], form, compression);
    let at = bytes.windows(8).position(|window| window == 8008_i64.to_le_bytes()).expect("a length");
    bytes[at..at + 8].copy_from_slice(&said.to_le_bytes());
    read(&bytes, form).err().map_or("", |refused| refused.code())
}

#[test]
fn a_buffer_may_not_unpack_to_more_than_other_packings() {
    for form in FORMS {
        for compression in [IpcCompression::LZ4, IpcCompression::ZSTD(Default::default())] {
            assert_eq!(refusal(form, Some(compression), 1 << 33), "read.limit");
            assert_eq!(refusal(form, Some(compression), -2), "read.damaged");
        }
    }
}

#[test]
fn a_buffer_lies_within_its_message() {
    for form in FORMS {
        assert_eq!(refusal(form, None, 1 << 56), "read.damaged");
        // Still within the file, of which the end belongs to no buffer.
        assert_eq!(refusal(form, None, 8096), "read.damaged");
    }
}

/// Ends the test with its process if it does not hold.
#[test]
fn no_number_in_a_file_asks_for_more_memory_than_there_is() {
    let texts = Series::new("text".into(), [Some("longer than a view holds by itself"), None]);
    let lists = [Series::new("".into(), [1_i32, 2]), Series::new("".into(), [3_i32])];
    let inner = [Series::new("b".into(), [Some(true), None]), Series::new_null("none".into(), 2)];
    let columns = [
        texts.cast(&DataType::from_categories(polars::prelude::Categories::global())).expect("categories"),
        texts,
        Series::new("lists".into(), lists),
        StructChunked::from_series("inner".into(), 2, inner.iter()).expect("structs").into_series(),
    ];
    let columns: Vec<Column> =
        columns.into_iter().zip(["c", "t", "l", "s"]).map(|(s, n)| s.with_name(n.into()).into_column()).collect();
    for form in FORMS {
        for compression in [None, Some(IpcCompression::LZ4)] {
            let bytes = written(columns.clone(), form, compression);
            assert!(read(&bytes, form).is_ok(), "{form:?} {compression:?}");
            for at in (0..bytes.len() - 8).step_by(4) {
                for number in [-1, 1 << 40, 1 << 56] {
                    let mut damaged = bytes.clone();
                    damaged[at..at + 8].copy_from_slice(&i64::to_le_bytes(number));
                    let _ = read(&damaged, form);
                }
            }
        }
    }
}
