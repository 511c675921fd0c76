//! The tables that SQL may read.

use std::collections::BTreeSet;
use std::sync::Arc;

use velocity_lake::{Catalogue, LakeTable, sql_name, write_canonical};

use crate::workspace::off_thread;
use crate::{PipelineError, Workspace};

impl Workspace {
    /// The tenant's catalogue: staged tables, evidence, pairs and canonical records as they stand in the lake. Canonical
    /// tables are written when they are first asked for after a change.
    ///
    /// # Errors
    /// A store failure, or a lake that cannot be written.
    pub async fn catalogue(&self) -> Result<Catalogue, PipelineError> {
        let receipts = self.store.receipts().await?;
        let entities = self.store.entities().await?;
        let digest = self.store.digest().await?.map(|digest| digest.to_string()).unwrap_or_default();
        let pairs = self.store.pairs().await?;
        let settings = Arc::clone(&self.settings);
        off_thread(move || {
            let layout = &settings.layout;
            let mut tables = Vec::new();
            let mut taken = BTreeSet::new();
            for receipt in &receipts {
                let name = sql_name("staged", &receipt.path, receipt.sheet.as_deref(), &mut taken);
                let file = velocity_ingest::staged_path(&layout.staged(), receipt.blob, receipt.table);
                let description = format!("rows of {} as read, columns c0, c1, …", receipt.path);
                tables.push(LakeTable { name, description, files: vec![file] });
            }
            // A file counts again if a snapshot had withdrawn what it states.
            let mut seen = BTreeSet::new();
            let files = receipts.iter().map(|receipt| &receipt.evidence_file).filter(|file| seen.insert(*file));
            let evidence = files.map(|file| layout.evidence().join(file)).collect();
            let described = "one row a value or link that a source row states, with its cell";
            tables.push(LakeTable::new("evidence", described, evidence));
            let pairs = pairs.into_iter().map(|(_, place)| layout.pairs().join(place.file));
            let pairs = pairs.filter(|path| path.exists()).collect();
            tables.push(LakeTable::new("pairs", "scored pairs at or above the review threshold", pairs));
            let folder = layout.canonical().join(digest.get(..32).unwrap_or("empty"));
            let records: Vec<_> = entities.into_iter().map(|row| row.record).collect();
            let written = write_canonical(&folder, &records)?;
            tables.push(LakeTable::new("canonical", "one row a value of a canonical record", vec![written.values]));
            tables.push(LakeTable::new("links", "one row a link between canonical records", vec![written.links]));
            Ok(Catalogue { tables })
        })
        .await
    }
}
