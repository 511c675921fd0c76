//! What must hold for every world: the result depends on what is stated and decided alone.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use velocity_model::{CanonicalRecord, LinkRole, ProjectionDigest, Rule, record_id};

use super::*;
use crate::fixture::shown;
use crate::{Overview, overviews};

/// Evidence, the number of the cluster that each of it is in, and decisions.
#[derive(Clone, Debug)]
struct World {
    evidence: Vec<Evidence>,
    cluster: Vec<usize>,
    decisions: Vec<Decision>,
}

const FIELDS: [(&str, &[&str]); 14] = [
    ("full_name", &["Jane Doe", "JANE DOE", "Joan Roe", "J. Doe"]),
    ("name_prefix", &["Dr", "Ms"]),
    ("given_name", &["Jane", "J.", "Joan", "JANE"]),
    ("middle_name", &["Q.", "Mary"]),
    ("family_name", &["Doe", "Roe"]),
    ("email", &["a@x.example", "A@x.example", "b@x.example"]),
    ("phone", &["+33600000001", "+33600000002"]),
    ("birth_date", &["1980", "1980-05-17", "?1/2/80"]),
    ("street", &["1 Rue A", "2 Rue B"]),
    ("city", &["Lyon", "Paris"]),
    ("job_title", &["HR", "Clerk", ""]),
    ("tag", &["vip", "new"]),
    ("updated_at", &["2026-01-01", "2026-01-01T08:00:00Z"]),
    ("x_shoe_size", &["43", "44"]),
];

fn stated() -> impl Strategy<Value = (&'static str, &'static str)> {
    select(&FIELDS[..]).prop_flat_map(|(field, values)| (Just(field), select(values)))
}

fn one(key: usize) -> impl Strategy<Value = Evidence> {
    let kind = select(&[EntityKind::Person, EntityKind::Person, EntityKind::Organisation, EntityKind::Note][..]);
    let source = select(&["crm", "desk"][..]);
    let target = (select(&[LinkRole::Person, LinkRole::Employer][..]), 0..8usize, any::<bool>());
    (kind, source, 1..3u32, vec(stated(), 0..8), vec(target, 0..3)).prop_map(
        move |(kind, source, trust, fields, links)| {
            let mut made = trusted(trust, evidence(kind, source, &key.to_string(), &fields));
            for (role, target, is_mention) in links {
                made = match is_mention {
                    true => mentioning(made, role, "email", ["a@X.example", "b@x.example"][target % 2]),
                    false => linked(made, role, record_id("crm", role.target_kind(), &target.to_string())),
                };
            }
            made
        },
    )
}

fn world() -> impl Strategy<Value = World> {
    let evidence: Vec<_> = (0..8).map(one).collect();
    let decided = vec((any::<bool>(), 0..8usize, stated()), 0..4);
    (evidence, vec(0..3usize, 8), decided).prop_map(|(evidence, cluster, decided)| {
        let decide = |(is_pin, at, (field, value)): (bool, usize, (&'static str, &'static str))| {
            let about = &evidence[at];
            match about.assertions.first() {
                Some(first) if !is_pin => suppress(about, first.field.name()),
                _ if field.starts_with("x_") => pin(about, "city", value),
                _ => pin(about, field, value),
            }
        };
        let decisions = decided.into_iter().map(decide).collect();
        World { evidence, cluster, decisions }
    })
}

impl World {
    /// Items stand alone; persons and organisations are clustered as drawn, each under the id of its `anchor`-th member.
    fn entities(&self, anchor: usize) -> Vec<Entity<'_>> {
        let mut clusters: BTreeMap<(EntityKind, usize), Vec<&Evidence>> = BTreeMap::new();
        for (at, evidence) in self.evidence.iter().enumerate() {
            let cluster = if evidence.kind.is_resolved() { self.cluster[at] } else { 100 + at };
            clusters.entry((evidence.kind, cluster)).or_default().push(evidence);
        }
        let of = |members: Vec<&'_ Evidence>| members[anchor % members.len()].record;
        clusters.into_values().map(|members| Entity { id: of(members.clone()), members }).collect()
    }

    fn project(&self, entities: &[Entity<'_>]) -> Vec<CanonicalRecord> {
        let policy = Policy { human_entered: ["desk".to_owned()].into(), ..Policy::default() };
        project(entities, &policy, &self.decisions.iter().collect::<Vec<_>>())
    }
}

fn digest(records: &[CanonicalRecord]) -> ProjectionDigest {
    records.iter().map(ProjectionDigest::of).fold(ProjectionDigest::default(), ProjectionDigest::plus)
}

proptest! {
    #[test]
    fn the_order_of_entities_and_members_does_not_matter(
        world in world(),
        order in Just((0..8usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let entities = world.entities(0);
        let mut shuffled = entities.clone();
        for entity in &mut shuffled {
            entity.members.sort_by_key(|member| order[world.evidence.iter().position(|e| e == *member).unwrap_or(0)]);
        }
        let rank = |entity: &Entity<'_>| order[entities.iter().position(|e| e.id == entity.id).unwrap_or(0)];
        shuffled.sort_by_key(rank);
        let (a, b) = (world.project(&entities), world.project(&shuffled));
        prop_assert_eq!(&a, &b);
        prop_assert_eq!(overviews(&a), overviews(&b));
    }

    #[test]
    fn the_digest_does_not_depend_on_which_member_is_the_anchor(world in world(), anchor in 1..4usize) {
        let (a, b) = (world.project(&world.entities(0)), world.project(&world.entities(anchor)));
        prop_assert_eq!(digest(&a), digest(&b));
        let keyed = |records: &[CanonicalRecord]| {
            let keys: BTreeMap<RecordId, RecordId> = records.iter().map(|record| (record.id, record.key())).collect();
            let rename = |(id, overview): (RecordId, Overview)| {
                (keys[&id], Overview { account: overview.account.map(|id| keys[&id]), ..overview })
            };
            overviews(records).into_iter().map(rename).collect::<BTreeMap<_, _>>()
        };
        prop_assert_eq!(keyed(&a), keyed(&b));
    }

    #[test]
    fn an_unrelated_entity_changes_nothing_else(world in world()) {
        let stranger = person("far", "1", &[("given_name", "Zoe"), ("email", "zoe@far.example")]);
        let mut entities = world.entities(0);
        let alone = world.project(&entities);
        entities.push(entity(&[&stranger]));
        let mut together = world.project(&entities);
        together.retain(|record| record.id != stranger.record);
        prop_assert_eq!(alone, together);
    }

    #[test]
    fn every_value_is_accounted_for(world in world()) {
        for record in world.project(&world.entities(0)) {
            prop_assert!(!record.title.trim().is_empty());
            prop_assert!(record.links.is_sorted_by(|a, b| a < b));
            prop_assert!(record.links.iter().all(|link| link.target != record.id));
            for (field, values) in &record.fields {
                prop_assert!(!values.is_empty() && (field.spec().multi || values.len() == 1));
                for value in values {
                    prop_assert!(!value.value.is_empty());
                    prop_assert!(value.support.is_sorted_by(|a, b| a < b));
                    prop_assert!(value.winner.is_none_or(|winner| value.support.contains(&winner)));
                    prop_assert_eq!(value.confirmed, value.rule == Rule::Pinned && value.confirmed);
                    prop_assert!(value.winner.is_some() || value.confirmed);
                    prop_assert!(value.losers.iter().all(|loser| loser.value != value.value));
                }
            }
        }
    }

    /// Whatever is stated of names, given and family name were stated together by one record, or by records of which
    /// one lacks the other part.
    #[test]
    fn no_name_is_put_together_from_two_people(world in world()) {
        let mut world = world;
        world.decisions.clear();
        let records = world.project(&world.entities(0)).into_iter();
        for record in records.filter(|record| record.kind == EntityKind::Person) {
            let (given, family) = (shown(&record, "given_name"), shown(&record, "family_name"));
            let ([given], [family]) = (given.as_slice(), family.as_slice()) else { continue };
            let of = |field, value: &str| {
                let members = world.evidence.iter().filter(|evidence| record.members.contains(&evidence.record));
                members.filter(|evidence| evidence.values(field).any(|v| v == value)).collect::<Vec<_>>()
            };
            let together = of("given_name", given).iter().any(|evidence| evidence.values("family_name").any(|v| v == *family));
            let lacks = of("given_name", given).iter().any(|evidence| evidence.value("family_name").is_none())
                || of("family_name", family).iter().any(|evidence| evidence.value("given_name").is_none());
            prop_assert!(together || lacks, "{} {}", given, family);
        }
    }
}
