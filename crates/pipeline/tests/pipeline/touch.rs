//! A decision makes only what it touches anew, and what is served is what making everything anew would serve.

use std::path::PathBuf;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use velocity_model::{Action, DecisionId, EntityKind, Field, RecordId, record_id};
use velocity_pipeline::silent;
use velocity_store::{PairsPlace, Publication};

use crate::world::{World, open, sources};

/// A decision by numbers: which, and of whom.
type Roll = (u8, prop::sample::Index, prop::sample::Index, prop::sample::Index);

/// People, organisations, and what stands in the queue: random records hardly ever have anything to do with each other.
struct Cast {
    near: Vec<(RecordId, RecordId)>,
    all: Vec<RecordId>,
    values: Vec<&'static str>,
}

async fn cast(world: &World) -> Cast {
    let reviews = world.workspace.store().reviews(10_000).await.expect("reads");
    let mut near: Vec<_> = reviews.iter().map(|review| (review.pair.lo, review.pair.hi)).collect();
    let entities = world.entities().await;
    for row in entities.iter().filter(|row| row.record.members.len() > 1) {
        near.push((row.record.members[0], row.record.members[1]));
    }
    let all = entities.iter().flat_map(|row| row.record.members.clone()).collect();
    Cast { near, all, values: vec!["shared@mail.example", "+33639980001", "Sample & Sons"] }
}

fn action((what, a, b, c): &Roll, cast: &Cast, made: &[DecisionId], kind: impl Fn(&RecordId) -> EntityKind) -> Action {
    let (x, y) = *a.get(&cast.near);
    let (other, third) = (*b.get(&cast.all), *c.get(&cast.all));
    match what % 9 {
        0 | 1 => Action::Same { a: x, b: y },
        2 => Action::Different { a: x, b: y },
        3 => Action::Unsure { a: x, b: y },
        4 => Action::Isolate { record: x },
        5 if kind(&x) == kind(&other) => Action::Same { a: x, b: other },
        6 => Action::Partition { groups: vec![vec![x], vec![y, other], vec![third]] },
        7 if !made.is_empty() => Action::Withdraw { decision: *b.get(made) },
        _ => {
            let field = *c.get(&["email", "phone", "given_name", "name"]);
            Action::Pin {
                record: *b.get(&[x, y, other]),
                field: Field::known(field),
                value: (*c.get(&cast.values)).to_owned(),
            }
        }
    }
}

#[test]
fn any_decisions_leave_what_making_everything_anew_would() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (_folder, files) = sources(60);
    let world = runtime.block_on(async {
        let world = World::empty().await;
        world.import(&files).await;
        world
    });
    let kinds: std::collections::BTreeMap<RecordId, EntityKind> = runtime.block_on(async {
        let rows = world.entities().await;
        rows.iter().flat_map(|row| row.record.members.iter().map(|member| (*member, row.record.kind))).collect()
    });
    let rolls = proptest::collection::vec(any::<Roll>(), 1..8);
    let mut runner = TestRunner::new(Config { cases: 16, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&rolls, |rolls| {
        runtime.block_on(async {
            let cast = cast(&world).await;
            let mut made = Vec::new();
            for roll in &rolls {
                let action = action(roll, &cast, &made, |record| kinds[record]);
                let done = match &action {
                    Action::Withdraw { decision } => {
                        made.retain(|known| known != decision);
                        world.workspace.withdraw(*decision, "ana").await
                    }
                    _ => world.workspace.decide(action.clone(), "ana", "").await,
                };
                made.push(done.unwrap_or_else(|error| panic!("{action:?}: {error}")));
                if matches!(action, Action::Withdraw { .. }) {
                    made.pop();
                }
                let found = world.workspace.verify().await.expect("verifies");
                prop_assert!(found.holds(), "after {:?}: {:?}", action, found);
            }
            // The next case begins where this one did.
            for decision in made {
                world.workspace.withdraw(decision, "ana").await.expect("undone");
            }
            prop_assert!(world.workspace.verify().await.expect("verifies").holds());
            Ok(())
        })
    });
    outcome.expect("what is served does not depend on how it was made");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_reads_no_evidence_but_what_it_touches() {
    let (_folder, files) = sources(60);
    let world = World::empty().await;
    world.import(&files).await;
    let item = world.workspace.store().reviews(1).await.expect("reads").pop().expect("a pair waits");
    let evidence = world.workspace.dir().join("lake/evidence");
    let away = world.workspace.dir().join("lake/away");
    std::fs::rename(&evidence, &away).expect("moved");
    let reopened = open(world.folder.path()).await;
    let same = Action::Same { a: item.pair.lo, b: item.pair.hi };
    reopened.decide(same, "ana", "").await.expect("decided without the lake's evidence");
    std::fs::rename(&away, &evidence).expect("moved back");
    assert!(reopened.verify().await.expect("verifies").holds());
}

/// Imports of any size into a tenant whose kinds are settled serve what making everything anew would.
#[test]
fn any_imports_leave_what_making_everything_anew_would() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (folder, files) = sources(60);
    let parts = parts(&folder, &files);
    // The first parts of all files, so that the others speak of people who are known.
    let (first, rest) = parts.split_at(parts.len() * 3 / 4);
    let mut runner = TestRunner::new(Config { cases: 6, failure_persistence: None, ..Config::default() });
    let orders = Just(rest.to_vec()).prop_shuffle();
    let outcome = runner.run(&(orders, 1_usize..4), |(order, size)| {
        runtime.block_on(async {
            let folder = tempfile::tempdir().expect("a folder");
            let workspace = open(folder.path()).await.settled_from(50);
            let world = World { folder, workspace };
            world.import(first).await;
            for batch in order.chunks(size) {
                world.import(batch).await;
                let found = world.workspace.verify().await.expect("verifies");
                prop_assert!(found.holds(), "after {:?}: {:?}", batch, found);
            }
            let pairs = world.workspace.store().pairs().await.expect("reads");
            let is_later = |place: &PairsPlace| place.index.as_ref().is_some_and(|index| index.later.is_some());
            prop_assert!(
                pairs.iter().any(|(_, place)| is_later(place)),
                "people were weighed by what was learnt before"
            );
            // What was learnt, and when, comes back with the rest.
            let rebuilt = world.workspace.rebuild(&silent()).await.expect("rebuilds");
            prop_assert!(rebuilt.holds(), "rebuilt: {:?}", rebuilt);
            Ok(())
        })
    });
    outcome.expect("what is served does not depend on how it was made");
}

/// The rows of the files in six parts each, the first parts of all files first; some rows stand changed in the last.
pub fn parts(folder: &tempfile::TempDir, files: &[PathBuf]) -> Vec<PathBuf> {
    let mut parts = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let Ok(text) = std::fs::read_to_string(file) else {
            parts.push(file.clone());
            continue;
        };
        let is_csv = file.extension().is_some_and(|extension| extension == "csv");
        let (header, body) = if is_csv { text.split_once('\n').unwrap_or_default() } else { ("", text.as_str()) };
        let lines: Vec<&str> = body.lines().collect();
        for (part, rows) in lines.chunks(lines.len().div_ceil(6).max(1)).enumerate() {
            let mut rows: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
            if part == 5 {
                rows.extend(lines.iter().take(3).map(|row| row.replace("@", ".new@")));
            }
            let path = folder.path().join(format!("part-{part}-{number}.{}", if is_csv { "csv" } else { "jsonl" }));
            let header = if is_csv { format!("{header}\n") } else { String::new() };
            std::fs::write(&path, format!("{header}{}\n", rows.join("\n"))).expect("written");
            parts.push(path);
        }
    }
    // Files that stay whole come first, then part by part.
    parts.sort_by_key(|path| {
        path.file_name().map(|name| (name.to_string_lossy().starts_with("part-"), name.to_owned()))
    });
    parts
}

/// A mailbox that turns out to be several people's makes merges by it doubtful, those of people known before too.
#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_makes_an_address_a_shared_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, rows: &[String]| {
        let header = "Record ID,First Name,Last Name,Email,Phone Number,Lifecycle Stage,Create Date,Last Modified Date";
        let path = folder.path().join(name);
        std::fs::write(&path, format!("{header}\n{}\n", rows.join("\n"))).expect("written");
        path
    };
    let given = ["Ana", "Ben", "Clara", "Dario", "Elena", "Felix", "Greta", "Hugo"];
    let family = ["Albrecht", "Bergmann", "Castellano", "Dupont", "Engel", "Fischer", "Garnier", "Hoffmann", "Ivanov"];
    // A third of the people stand in the file twice, once without their first name.
    let row =
        |n: usize| format!("{n},{},{},person{n}@mail.example,+33639981{n:03},lead,,", given[n % 8], family[n / 8]);
    let again = |n: usize| format!("{},,{},person{n}@mail.example,+33639981{n:03},lead,,", n + 500, family[n / 8]);
    let rows: Vec<String> = (0..72).map(row).chain((0..72).step_by(3).map(again)).collect();
    let home = tempfile::tempdir().expect("a folder");
    let world = World { workspace: open(home.path()).await.settled_from(50), folder: home };
    world.import(&[write("first.csv", &rows)]).await;
    let [named, nameless] = ["3", "503"].map(|key| record_id("hubspot", EntityKind::Person, key));
    let asked = world.workspace.store().reviews_among(&[named, nameless]).await.expect("reads");
    assert_eq!(
        locate(&world, named).await,
        locate(&world, nameless).await,
        "nobody else has the address yet: {asked:?}"
    );
    let newcomer = "902,Otto,Weber,person3@mail.example,,lead,,".to_owned();
    world.import(&[write("second.csv", &[newcomer])]).await;
    let pairs = world.workspace.store().pairs().await.expect("reads");
    assert!(pairs.iter().any(|(_, place)| place.index.as_ref().is_some_and(|index| index.later.is_some())));
    assert_ne!(locate(&world, named).await, locate(&world, nameless).await);
    world.digest().await;
}

async fn locate(world: &World, record: RecordId) -> RecordId {
    world.workspace.store().locate(record).await.expect("reads").expect("every record is somewhere")
}

/// Pairs of an earlier program are not taken for those of this one.
#[tokio::test(flavor = "multi_thread")]
async fn a_decision_after_an_upgrade_scores_anew() {
    let (_folder, files) = sources(60);
    let world = World::empty().await;
    world.import(&files).await;
    let store = world.workspace.store();
    let item = store.reviews(1).await.expect("reads").pop().expect("a pair waits");
    let places = store.pairs().await.expect("reads");
    let nothing = |kind| (kind, PairsPlace { file: "earlier.parquet".to_owned(), scorer: 0, index: None });
    let digest = store.digest().await.expect("reads").expect("published");
    let earlier = Publication {
        pairs: places.iter().map(|(kind, _)| nothing(*kind)).collect(),
        digest,
        ..Publication::default()
    };
    let mut unit = store.begin().await.expect("begun");
    unit.publish(&earlier).await.expect("published");
    unit.commit().await.expect("committed");
    velocity_lake::write_pairs(&world.workspace.dir().join("lake/pairs/earlier.parquet"), &[]).expect("written");
    let same = Action::Same { a: item.pair.lo, b: item.pair.hi };
    world.workspace.decide(same, "ana", "").await.expect("decided");
    assert_eq!(store.pairs().await.expect("reads"), places);
    world.digest().await;
}
