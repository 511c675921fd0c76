use super::*;

#[test]
fn levels_fall_with_disagreement_and_every_comparison_has_its_levels() {
    for plan in [person(), organisation()] {
        for field in &plan.fields {
            let (best, worst) = (field.levels.first().expect("levels"), field.levels.last().expect("levels"));
            assert!(best.weight > 0 && worst.weight < 0, "{:?}", field.comparison);
        }
        assert!(plan.review < plan.automatic);
    }
}

#[test]
fn only_persons_and_organisations_are_resolved() {
    for kind in EntityKind::ALL {
        assert_eq!(default_plan(kind).is_some(), kind.is_resolved(), "{kind}");
    }
}
