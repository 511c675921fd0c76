use std::path::PathBuf;

use velocity_model::RecordId;

use super::*;

#[test]
fn each_failure_has_the_status_that_a_client_acts_on() {
    let locked = || StoreError::Locked { path: PathBuf::from("store.sqlite") };
    let damaged = StoreError::Damaged { table: "entity", key: "1".to_owned(), why: "cut".to_owned() };
    let unknown = PipelineError::NoSuchRecord(RecordId::from_bytes([0; 16]));
    let cases: [(Failure, u16, &str); 8] = [
        (Failure::NotFound("record"), 404, "serve.not_found"),
        (Failure::Withdrawn(3), 410, "serve.withdrawn"),
        (Failure::Decided, 404, "serve.decided"),
        (Failure::StaleForm, 403, "serve.stale_form"),
        (Failure::Store(locked()), 503, "store.locked"),
        (Failure::Pipeline(PipelineError::Store(locked())), 503, "store.locked"),
        (Failure::Pipeline(unknown), 409, "serve.conflict"),
        (Failure::Store(damaged), 500, "store.damaged"),
    ];
    for (failure, status, code) in cases {
        assert_eq!((failure.status().as_u16(), failure.code()), (status, code));
        assert!(failure.hint().ends_with('.'));
    }
}
