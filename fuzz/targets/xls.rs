#![no_main]

use libfuzzer_sys::fuzz_target;
use velocity_fuzz::{compound, read_as};
use velocity_model::TableFormat;

fuzz_target!(|stream: &[u8]| -> libfuzzer_sys::Corpus { read_as(TableFormat::Workbook, &compound(stream)) });
