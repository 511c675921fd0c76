//! What a publication changes, in numbers, and which confirmed values it contradicts.

use std::collections::{BTreeMap, BTreeSet};

use velocity_model::{Action, Conflict, Decision, Effect, Field, RecordId, ReviewId, active};
use velocity_store::{EntityRow, Publication, ReviewState};

use crate::{PipelineError, Workspace};

/// The values that lost against what a person confirmed, by record and field.
type Contradicted = BTreeMap<(RecordId, Field), BTreeSet<String>>;

impl Workspace {
    /// What `publication` changes in what is served now.
    pub(super) async fn effect(
        &self,
        publication: &Publication,
        decisions: &[Decision],
    ) -> Result<Effect, PipelineError> {
        let ids: Vec<RecordId> = publication.upsert.iter().map(|row| row.record.id).collect();
        // A canonical id is that of one of its own records, so a record that is at home under its own id is an entity.
        let homes: BTreeSet<RecordId> = self.store.homes(&ids).await?.into_iter().collect();
        let changed = ids.iter().filter(|id| homes.contains(id)).count();
        let open = publication.reviews.iter().filter(|review| review.state == ReviewState::Open);
        let asked: Vec<ReviewId> = open.map(|review| review.id).collect();
        let known = self.store.asked_among(&asked).await?.len();
        let gone: BTreeSet<RecordId> = publication.withdrawn.iter().map(|row| row.record).collect();
        Ok(Effect {
            created: (ids.len() - changed) as u64,
            changed: changed as u64,
            merged: publication.delete.iter().filter(|id| !gone.contains(id)).count() as u64,
            withdrawn: publication.withdrawn.len() as u64,
            asked: (asked.len() - known) as u64,
            closed: publication.closed.len() as u64,
            conflicts: self.conflicts(publication, decisions).await?,
        })
    }

    /// Confirmed fields for which the publication brings a value that did not stand against them before.
    async fn conflicts(
        &self,
        publication: &Publication,
        decisions: &[Decision],
    ) -> Result<Vec<Conflict>, PipelineError> {
        let pinned = |decision: &&Decision| match decision.action {
            Action::Pin { record, .. } => Some(record),
            _ => None,
        };
        let pinned: BTreeSet<RecordId> = active(decisions).0.iter().filter_map(pinned).collect();
        if pinned.is_empty() {
            return Ok(Vec::new());
        }
        let is_pinned = |row: &&EntityRow| row.record.members.iter().any(|member| pinned.contains(member));
        let now = contradicted(publication.upsert.iter().filter(is_pinned));
        let homes = self.store.homes(&pinned.iter().copied().collect::<Vec<_>>()).await?;
        let before = contradicted(self.store.entity_rows(&homes).await?.iter());
        let is_new = |(place, values): &(&(RecordId, Field), &BTreeSet<String>)| {
            before.get(place).is_none_or(|known| !values.is_subset(known))
        };
        let new = now.iter().filter(is_new).map(|((record, field), _)| (*record, field.clone()));
        Ok(new.map(|(record, field)| Conflict { record, field }).collect())
    }
}

fn contradicted<'a>(rows: impl Iterator<Item = &'a EntityRow>) -> Contradicted {
    let mut found = Contradicted::new();
    for row in rows {
        for (field, values) in &row.record.fields {
            let losers = values.iter().filter(|value| value.confirmed).flat_map(|value| &value.losers);
            let losers: BTreeSet<String> = losers.map(|loser| loser.value.clone()).collect();
            if !losers.is_empty() {
                found.insert((row.record.id, field.clone()), losers);
            }
        }
    }
    found
}
