//! Serving tables.

use std::collections::BTreeSet;

use velocity_model::EntityKind;
use velocity_store::{EntityRow, ListQuery, Publication, Sort, Store, WithdrawnRow};

use crate::sample::{id, member, note, person, publication};

async fn publish(store: &dyn Store, publication: &Publication) {
    let mut unit = store.begin().await.expect("begun");
    unit.publish(publication).await.expect("published");
    unit.commit().await.expect("committed");
}

fn people(text: &str) -> ListQuery {
    ListQuery {
        kind: EntityKind::Person,
        text: text.to_owned(),
        source: None,
        in_review: false,
        sort: Sort::Title,
        after: None,
        limit: 7,
    }
}

pub async fn pages_show_every_record_once(store: &dyn Store) {
    // Many equal titles, and titles beyond ASCII: places in a list are told apart by id.
    let titles = ["Ana", "Ana", "ana", "Zoë", "Ægir", "王", ""];
    let rows: Vec<EntityRow> = (0..60).map(|n| person(&n.to_string(), titles[n % titles.len()], "")).collect();
    publish(store, &publication(rows)).await;
    for sort in [Sort::Title, Sort::Recent] {
        let mut query = ListQuery { sort, ..people("") };
        let mut seen = BTreeSet::new();
        loop {
            let page = store.list(&query).await.expect("lists");
            assert_eq!(page.total, 60);
            for row in page.rows {
                assert!(seen.insert(row.id), "a row stands on two pages");
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        assert_eq!(seen.len(), 60);
    }
}

pub async fn text_is_found_whatever_is_typed(store: &dyn Store) {
    publish(store, &publication(vec![person("1", "Zoë O'Brien-Łódź", "zoe@mail.example")])).await;
    for (typed, found) in [
        ("zoe", 1),
        ("ZOË brien", 1),
        ("zoe@mail", 1),
        ("lod", 0),
        ("nobody", 0),
        ("", 1),
        ("\"' OR 1=1 --", 0),
        ("* NEAR( zoe", 0),
        ("%", 1),
        ("😀", 1),
    ] {
        let page = store.list(&people(typed)).await.unwrap_or_else(|error| panic!("{typed}: {error:?}"));
        assert_eq!(page.total, found, "{typed}");
    }
}

pub async fn a_publication_replaces_what_it_names(store: &dyn Store) {
    publish(store, &publication(vec![person("1", "Ana", "old@mail.example"), person("2", "Ben", "")])).await;
    let mut change = publication(vec![person("1", "Ana Example", "new@mail.example")]);
    change.delete = vec![id("2")];
    publish(store, &change).await;
    let titles: Vec<String> = store.entities().await.expect("reads").into_iter().map(|row| row.record.title).collect();
    assert_eq!(titles, ["Ana Example"]);
    assert_eq!(store.list(&people("old")).await.expect("lists").total, 0);
    assert_eq!(store.list(&people("new")).await.expect("lists").total, 1);
    assert_eq!(store.sources().await.expect("reads"), ["test"]);
    assert_eq!(store.counts().await.expect("reads"), [(EntityKind::Person, 1)]);
}

pub async fn a_withdrawn_record_comes_back(store: &dyn Store) {
    let rows = vec![person("1", "Ana", ""), person("2", "Ben", "")];
    let members: Vec<_> = rows.iter().map(member).collect();
    publish(store, &Publication { members: members.clone(), ..publication(rows) }).await;
    let gone = |sequence| WithdrawnRow { record: id("1"), first_seen: 1, sequence };
    let change = Publication { delete: vec![id("1")], withdrawn: vec![gone(2)], ..publication(Vec::new()) };
    publish(store, &change).await;
    assert_eq!(store.member_count().await.expect("reads"), 1);
    assert_eq!(store.withdrawn().await.expect("reads"), [gone(2)]);
    assert_eq!(store.withdrawn_among(&[id("1"), id("2")]).await.expect("reads"), [gone(2)]);
    // Withdrawn again, it is since the later run.
    publish(store, &Publication { withdrawn: vec![gone(3)], ..publication(Vec::new()) }).await;
    assert_eq!(store.withdrawn().await.expect("reads"), [gone(3)]);

    publish(store, &Publication { members: members[..1].to_vec(), ..publication(vec![person("1", "Ana", "")]) }).await;
    assert_eq!(store.withdrawn().await.expect("reads"), []);
    assert_eq!(store.locate(id("1")).await.expect("reads"), Some(id("1")));
}

pub async fn a_record_is_served_with_the_digest_of_what_is_stored(store: &dyn Store) {
    let rows = vec![person("1", "Ana", ""), person("2", "Ben", "")];
    publish(store, &publication(rows)).await;
    let changed = person("1", "Ana Example", "");
    publish(store, &publication(vec![changed])).await;
    let expected: Vec<_> = store.entities().await.expect("reads");
    let expected: Vec<_> = expected.iter().map(|row| (row.record.id, row.digest())).collect();
    assert_eq!(store.digests().await.expect("reads"), expected);
    assert_ne!(expected[0].1, expected[1].1);
}

pub async fn evidence_is_found_by_the_kind_of_its_entity(store: &dyn Store) {
    let rows = vec![person("1", "Ana", ""), note("n", id("1"), "2026-01-01")];
    let members = rows.iter().map(member).collect();
    publish(store, &Publication { members, ..publication(rows) }).await;
    let people = store.evidence_of(EntityKind::Person).await.expect("reads");
    assert_eq!(people.iter().map(|evidence| evidence.record).collect::<Vec<_>>(), [id("1")]);
    assert!(store.evidence_of(EntityKind::Task).await.expect("reads").is_empty());
}

pub async fn related_records_are_the_newest_of_each_kind(store: &dyn Store) {
    let mut rows = vec![person("1", "Ana", "")];
    rows.extend((0..5).map(|n| note(&format!("n{n}"), id("1"), &format!("2026-0{}-01", n + 1))));
    publish(store, &publication(rows)).await;
    let related = store.related(id("1"), 3).await.expect("reads");
    let times: Vec<&str> = related.iter().map(|item| item.summary.last_activity.as_str()).collect();
    assert_eq!(times, ["2026-05-01", "2026-04-01", "2026-03-01"]);
}
