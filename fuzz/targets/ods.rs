#![no_main]

use libfuzzer_sys::fuzz_target;
use velocity_fuzz::{read_as, zip_of};
use velocity_model::TableFormat;

fuzz_target!(|parts: &[u8]| -> libfuzzer_sys::Corpus { read_as(TableFormat::Workbook, &zip_of(parts)) });
