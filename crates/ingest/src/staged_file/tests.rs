use velocity_model::blob_id;

use super::*;
use crate::text;

#[test]
fn a_staged_table_reads_back() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let bytes = b"id,name\n1,Ana\n2,\n3\n";
    let staged = text::read(bytes, blob_id(bytes)).expect("text").swap_remove(0);
    write_staged(dir.path(), &staged).expect("written");
    let back = read_staged(dir.path(), blob_id(bytes), 0).expect("read");
    assert_eq!(back.table, staged.table);
    assert!(back.frame.equals_missing(&staged.frame));
}
