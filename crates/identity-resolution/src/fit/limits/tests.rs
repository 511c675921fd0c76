use super::*;

#[test]
fn what_things_are_called_does_not_drift_into_what_their_sort_is_called() {
    let prior = [0.45, 0.22, 0.14, 0.05, 0.03, 0.03, 0.02, 0.06];
    let drifted = vec![0.01, 0.01, 0.03, 0.05, 0.1, 0.2, 0.3, 0.3];
    let kept = named_alike(drifted, &prior, Aspect::Title);
    assert!((kept.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    assert!(kept[7] <= 0.06 + 1e-9 && kept[6] + kept[7] <= 0.2 + 1e-9, "{kept:?}");
    // What is within the limits stays.
    assert_eq!(named_alike(prior.to_vec(), &prior, Aspect::Title), prior);
}

#[test]
fn what_agrees_usually_is_kept_rare_and_the_rest_goes_to_the_last_level() {
    let kept = rarely(vec![0.5, 0.3, 0.2], &[0.7, 0.2, 0.1], &[0.01, 0.01, 0.98], (USUAL, 0.1));
    assert!((kept.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    assert!(kept[0] + kept[1] <= 0.1 + 1e-9, "{kept:?}");
}
