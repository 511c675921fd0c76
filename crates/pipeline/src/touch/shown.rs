//! What lists show of the records that changed and of those around them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use velocity_canonical::{Overview, overviews};
use velocity_model::{CanonicalRecord, EntityKind, LinkRole, RecordId};
use velocity_store::EntityRow;

use super::Made;
use super::scene::{Scene, ids};
use crate::PipelineError;
use crate::project::summary;

/// Records before and after.
pub(super) struct Changed<'a> {
    /// Canonical ids that stood for the records in question.
    pub(super) old: &'a BTreeSet<RecordId>,
    /// All records that were made anew.
    pub(super) new: &'a BTreeMap<RecordId, Made>,
}

impl Changed<'_> {
    fn is_gone(&self, id: RecordId) -> bool {
        self.old.contains(&id) && !self.new.contains_key(&id)
    }

    /// Those that say something else than before.
    fn anew(&self, scene: &Scene<'_>) -> impl Iterator<Item = RecordId> {
        let is_as_before = |made: &Made, row: &EntityRow| {
            row.record == made.record && row.names == made.names && row.summary.sources == made.sources
        };
        let changed =
            self.new.iter().filter(move |(id, made)| !scene.row(**id).is_some_and(|row| is_as_before(made, row)));
        changed.map(|(id, _)| *id)
    }

    /// Those that a changed record points at, or did; they show what points at them.
    fn targets(&self, scene: &Scene<'_>) -> BTreeSet<RecordId> {
        let mut found = BTreeSet::new();
        for id in self.old.iter().chain(self.new.keys()) {
            let before = scene.row(*id).map(|row| &row.record);
            let after = self.new.get(id).map(|made| &made.record);
            if before != after {
                let links = before.into_iter().chain(after).flat_map(|record| &record.links);
                found.extend(links.filter(|link| link.role.target_kind().is_resolved()).map(|link| link.target));
            }
        }
        found
    }

    /// How many people each of some records employs from now on.
    async fn people(
        &self,
        scene: &Scene<'_>,
        of: &BTreeSet<RecordId>,
    ) -> Result<BTreeMap<RecordId, u32>, PipelineError> {
        let mut people: BTreeMap<RecordId, u32> = scene.store.employees(&ids(of)).await?.into_iter().collect();
        for id in self.old.iter().chain(self.new.keys().filter(|id| !self.old.contains(id))) {
            for employer in scene.row(*id).into_iter().flat_map(|row| employers(&row.record)) {
                people.entry(employer).and_modify(|count| *count = count.saturating_sub(1));
            }
        }
        for employer in self.new.values().flat_map(|made| employers(&made.record)) {
            *people.entry(employer).or_default() += 1;
        }
        Ok(people)
    }

    /// Those that are called otherwise than before; who points at them shows their names.
    fn retitled(&self, scene: &Scene<'_>) -> Vec<RecordId> {
        let is_retitled = |id: &&RecordId| {
            let (before, after) = (scene.row(**id).map(|row| &row.record), self.new.get(*id).map(|made| &made.record));
            let name = |record: &CanonicalRecord| (record.title.clone(), record.value("name").map(str::to_owned));
            before.map(name) != after.map(name)
        };
        self.old.iter().filter(is_retitled).copied().collect()
    }
}

fn employers(record: &CanonicalRecord) -> impl Iterator<Item = RecordId> {
    let links = record.links.iter().filter(|link| record.kind == EntityKind::Person && link.role == LinkRole::Employer);
    links.map(|link| link.target)
}

/// The rows that change.
pub(super) async fn shown(scene: &mut Scene<'_>, changed: &Changed<'_>) -> Result<Vec<EntityRow>, PipelineError> {
    let Changed { new, .. } = changed;
    // What was made anew and came out as it was shows what it showed, unless what is around it changed.
    let mut wanted: BTreeSet<RecordId> = changed.anew(scene).collect();
    wanted.extend(changed.targets(scene));
    wanted.extend(scene.store.linking_to(&changed.retitled(scene)).await?);
    wanted.retain(|id| !changed.is_gone(*id));
    scene.load(wanted.iter().copied()).await?;

    // An overview counts all that points at a record, and knows its employers.
    let is_resolved = |id: &&RecordId| record(scene, changed, **id).is_some_and(|record| record.kind.is_resolved());
    let counted: BTreeSet<RecordId> = wanted.iter().filter(is_resolved).copied().collect();
    // Of an organisation's people the number is enough: there may be thousands.
    let items = scene.store.items_of(&ids(&counted)).await?;
    scene.load(items).await?;
    let people = changed.people(scene, &counted).await?;
    let links = wanted.iter().filter_map(|id| record(scene, changed, *id)).flat_map(|record| &record.links);
    let targets: BTreeSet<RecordId> = links.map(|link| link.target).collect();
    scene.load(targets).await?;

    let served = scene.rows().map(|row| &row.record);
    let beside = served.filter(|record| !changed.old.contains(&record.id) && !new.contains_key(&record.id));
    let all: Vec<&CanonicalRecord> = beside.chain(new.values().map(|made| &made.record)).collect();
    let overviews = overviews(all.iter().copied());
    let titles: HashMap<RecordId, &str> = all.iter().map(|record| (record.id, record.title.as_str())).collect();
    let row = |id: &RecordId| {
        let record = record(scene, changed, *id)?;
        let (names, sources) = match (new.get(id), scene.row(*id)) {
            (Some(made), _) => (made.names.clone(), made.sources.clone()),
            (None, Some(row)) => (row.names.clone(), row.summary.sources.clone()),
            (None, None) => return None,
        };
        let overview = overviews.get(id).cloned().unwrap_or_default();
        let overview = Overview { people: people.get(id).copied().unwrap_or(0), ..overview };
        let summary = summary(record, Some(&overview), &titles, sources);
        let row = EntityRow { record: record.clone(), summary, names };
        (scene.row(*id) != Some(&row)).then_some(row)
    };
    Ok(wanted.iter().filter_map(row).collect())
}

/// A record as it is from now on.
fn record<'a>(scene: &'a Scene<'_>, changed: &'a Changed<'_>, id: RecordId) -> Option<&'a CanonicalRecord> {
    match changed.new.get(&id) {
        Some(made) => Some(&made.record),
        None if changed.old.contains(&id) => None,
        None => scene.row(id).map(|row| &row.record),
    }
}
