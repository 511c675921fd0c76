use super::*;

#[test]
fn targets_and_seconds_are_asked_for_in_any_order() {
    let all = ["csv", "mail"].map(str::to_owned);
    assert_eq!(asked_for(&[], &all), Ok((vec!["csv", "mail"], SECONDS)));
    assert_eq!(asked_for(&["--seconds", "3600", "mail"], &all), Ok((vec!["mail"], 3600)));
    assert_eq!(asked_for(&["pdf"], &all), Err("there is no target `pdf`; there are csv, mail".to_owned()));
    assert!(asked_for(&["--seconds", "soon"], &all).is_err());
}

#[test]
fn every_target_is_built() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let manifest = fs::read_to_string(root.join("fuzz/Cargo.toml")).unwrap();
    let built: Vec<&str> = manifest.lines().filter_map(|line| line.strip_prefix("path = \"targets/")).collect();
    let mut built: Vec<&str> = built.iter().map(|name| name.trim_end_matches(".rs\"")).collect();
    built.sort_unstable();
    assert_eq!(all(&root).unwrap(), built);
}
