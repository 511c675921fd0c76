use super::*;

#[test]
fn a_stream_may_grow_by_the_ratio_or_to_a_small_size() {
    let take = |packed: u64, size: u64| Allowance::new(packed).check(io::repeat(0).take(size), packed, "a stream");
    assert!(take(1, SMALL).is_ok());
    assert!(take(1, SMALL + 1).is_err());
    assert!(take(1 << 20, RATIO << 20).is_ok());
    assert!(take(1 << 20, (RATIO << 20) + 1).is_err());
}

#[test]
fn streams_that_share_their_packed_bytes_share_the_limit() {
    let mut allowance = Allowance::new(1000);
    let mut next = || allowance.check(io::repeat(0).take(SMALL / 2), 1000, "a stream");
    assert!(next().is_ok() && next().is_ok());
    assert!(next().is_err());
}

#[test]
fn an_endless_stream_ends() {
    let mut content = Vec::new();
    let unpacked = Allowance::new(1).unpack(io::repeat(0), 1, "a stream", &mut content);
    assert_eq!(unpacked.expect_err("endless").code(), "read.limit");
    assert!(content.len() as u64 <= SMALL + 1);
}
