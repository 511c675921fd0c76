use super::*;
use crate::view::samples;

impl IdentityView {
    /// Several rows with a decision, one row, an item.
    pub(crate) fn samples() -> Vec<Self> {
        let alone = IdentityRows {
            pairs: BTreeMap::new(),
            decisions: Vec::new(),
            evidence: samples::identity().evidence.into_iter().take(1).collect(),
            ..samples::identity()
        };
        vec![Self::new(&samples::identity()), Self::new(&alone)]
    }
}

#[test]
fn every_row_but_the_anchor_joins_once() {
    let view = &IdentityView::samples()[0];
    assert_eq!(view.members.len(), 5);
    assert_eq!(view.members.iter().filter(|member| member.anchor).count(), 1);
    assert_eq!(view.joins.len(), 4);
    let mut rows: Vec<&str> = view.joins.iter().map(|join| join.row.as_str()).collect();
    rows.sort_unstable();
    rows.dedup();
    assert_eq!(rows.len(), 4);
    assert!(view.joins.iter().all(|join| join.row != join.to));
}

#[test]
fn a_decided_join_names_who_decided() {
    let view = &IdentityView::samples()[0];
    let decided: Vec<&Join> = view.joins.iter().filter(|join| join.decided.is_some()).collect();
    assert_eq!(decided.len(), 1);
    assert!(decided[0].decided.as_deref().unwrap().contains("Ana"));
}

#[test]
fn withdrawn_decisions_and_those_of_others_do_not_apply() {
    let rows = samples::identity();
    let shown = IdentityView::new(&rows).decisions;
    let ids: Vec<DecisionId> = shown.iter().map(|line| line.id).collect();
    let (in_force, withdrawn) = active(&rows.decisions);
    assert!(!ids.is_empty() && ids.len() < in_force.len());
    assert!(!withdrawn.is_empty() && ids.iter().all(|id| !withdrawn.contains_key(id)));
    assert!(shown.iter().all(|line| line.undo == format!("/decisions/{}/withdraw", line.id)));
}

#[test]
fn a_large_cluster_says_what_is_not_shown() {
    let mut rows = samples::identity();
    let one = rows.evidence[0].clone();
    for number in 0..20_u8 {
        let mut more = one.clone();
        more.evidence.record = RecordId::from_bytes([number + 100; 16]);
        rows.evidence.push(more);
    }
    let view = IdentityView::new(&rows);
    assert_eq!((view.members.len(), view.joins.len(), view.unweighed), (25, WEIGHED - 1, 13));
}
