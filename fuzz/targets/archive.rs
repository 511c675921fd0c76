#![no_main]

use libfuzzer_sys::fuzz_target;
use velocity_fuzz::{check, read};

fuzz_target!(|bytes: &[u8]| {
    check(|| read(bytes));
});
