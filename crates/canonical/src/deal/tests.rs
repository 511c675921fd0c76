use velocity_model::EntityKind::Opportunity;

use super::*;
use crate::fixture::{evidence, project_one};

#[track_caller]
fn check(field: &str, state: &str, expected: bool) {
    let deal = project_one(&[&evidence(Opportunity, "crm", "1", &[(field, state)])], &[]);
    assert_eq!(is_open(&deal), expected, "{state}");
}

#[test]
fn a_deal_has_ended_in_any_usual_wording() {
    for state in [
        "closedwon",
        "CLOSEDLOST",
        "Closed Won",
        "Closed - Lost to Competition",
        "won",
        "Gewonnen",
        "verloren",
        "Gagné",
        "perdue",
        "Cerrado",
        "Chiuso",
        "Ganho",
        "cancelled",
        "no budget, lost",
    ] {
        check("stage", state, false);
        check("status", state, false);
    }
}

#[test]
fn any_other_wording_leaves_it_open() {
    for state in [
        "open",
        "appointmentscheduled",
        "Closing",
        "Wonder",
        "not closed",
        "Not yet won",
        "noch nicht gewonnen",
        "12345",
    ] {
        check("stage", state, true);
    }
    check("reference", "won", true);
}
