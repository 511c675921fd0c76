#![no_main]

use libfuzzer_sys::fuzz_target;
use velocity_model::TableFormat;

fuzz_target!(|bytes: &[u8]| -> libfuzzer_sys::Corpus { velocity_fuzz::read_as(TableFormat::Xml, bytes) });
