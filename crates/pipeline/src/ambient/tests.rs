use super::*;

#[test]
fn a_uuid_carries_its_version_variant_and_time() {
    let ambient = Ambient { now: || 1_700_000_000_123_456, random: || [0xff; 16] };
    let uuid = ambient.uuid();
    assert_eq!(uuid[6] >> 4, 7);
    assert_eq!(uuid[8] >> 6, 0b10);
    let millis = uuid[..6].iter().fold(0_i64, |sum, byte| (sum << 8) | i64::from(*byte));
    assert_eq!(millis, 1_700_000_000_123);
}
