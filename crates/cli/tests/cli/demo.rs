//! The demo, without its server.

use crate::velocity::Velocity;

#[test]
fn the_demo_imports_resolves_and_measures() {
    let velocity = Velocity::new();
    let first = velocity.run(&["demo", "--no-serve", "--format", "json"]).ok().json();
    let rows = &first["report"]["rows"];
    let count = |name: &str| rows[name].as_u64().expect("a count");
    let parts = ["new", "updated", "unchanged", "held", "quarantined"];
    assert_eq!(count("read"), parts.into_iter().map(count).sum::<u64>());
    assert_eq!(count("held"), 0, "every sample source has a shipped profile");
    let persons = &first["evaluation"]["by_kind"]["person"];
    assert!(persons["f1"].as_f64().expect("a figure") >= 0.97, "{persons}");
    let hard_cases = first["evaluation"]["hard_cases"].as_object().expect("cases");
    for (name, apart) in hard_cases {
        assert_eq!(apart["kept_apart"], apart["cases"], "{name}");
    }
    for name in ["twins", "couples with one mailbox", "colleagues with one mailbox", "father and son of one name"] {
        assert!(hard_cases[name]["cases"].as_u64() > Some(5), "too few {name} to tell");
    }

    let second = velocity.run(&["demo", "--no-serve", "--format", "json"]).ok().json();
    assert_eq!(second["report"]["digest"], first["report"]["digest"]);
    assert_eq!((&second["report"]["rows"]["new"], &second["report"]["rows"]["updated"]), (&0.into(), &0.into()));

    let human = velocity.run(&["demo", "--no-serve"]).ok();
    for word in ["kept apart", "nothing new", "Records:", "Waiting for you:", "F1"] {
        assert!(human.stdout.contains(word), "no `{word}` in\n{}", human.stdout);
    }
}

#[test]
fn a_column_that_goes_nowhere_is_named() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/profiles/xero/contacts.csv");
    let human = Velocity::new().run(&["import", sample]).ok();
    assert!(human.stdout.contains("columns that went nowhere: LoyaltyTier"), "{}", human.stdout);
}

#[test]
fn the_schema_of_profiles_is_printed() {
    let schema = Velocity::new().run(&["profile", "schema"]).ok().json();
    assert_eq!(schema["title"], "Profile");
}
