use super::*;
use crate::{EntityKind, record_id};

fn decision(n: u8, action: Action) -> Decision {
    let id = DecisionId::from_bytes([n; 16]);
    Decision { id, at: i64::from(n), author: "ana".into(), reason: String::new(), group: id, action }
}

#[test]
fn a_withdrawn_decision_does_not_count_until_the_withdrawal_is_withdrawn() {
    let a = record_id("x", EntityKind::Person, "1");
    let b = record_id("x", EntityKind::Person, "2");
    let same = decision(1, Action::Same { a, b });
    let undo = decision(2, Action::Withdraw { decision: same.id });
    let redo = decision(3, Action::Withdraw { decision: undo.id });

    assert_eq!(active(std::slice::from_ref(&same)).0, [&same]);
    assert!(active(&[same.clone(), undo.clone()]).0.is_empty());
    assert_eq!(active(&[same.clone(), undo, redo]).0, [&same]);
}
