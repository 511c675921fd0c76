//! Where tables go while they are read.

use std::io;

use polars::prelude::DataFrame;
use velocity_model::StagedTable;

use crate::frame::{Builder, Staged};
use crate::{IngestError, ReadError};

/// Takes tables in, part by part.
pub(crate) trait Target: Sync {
    /// A part made ready.
    type Ready: Send;

    /// A table begins: as much as is known of it.
    fn begin(&mut self, table: &StagedTable) -> Result<(), IngestError>;

    /// Makes a part of the table ready; asked for several parts at once.
    fn ready(&self, part: DataFrame) -> Result<Self::Ready, IngestError>;

    /// Takes the next part in.
    fn take(&mut self, part: Self::Ready) -> Result<(), IngestError>;

    /// The table is complete.
    fn end(&mut self, table: StagedTable) -> Result<(), IngestError>;
}

/// Why reading into a target ends early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The source is no table.
    Refused(ReadError),
    /// The target fails.
    Failed(IngestError),
}

impl From<ReadError> for Stop {
    fn from(refused: ReadError) -> Self {
        Self::Refused(refused)
    }
}

impl From<io::Error> for Stop {
    fn from(unreadable: io::Error) -> Self {
        Self::Refused(unreadable.into())
    }
}

/// Tables in memory.
#[derive(Default)]
pub(crate) struct Frames {
    begun: Option<DataFrame>,
    pub(crate) tables: Vec<Staged>,
}

impl Target for Frames {
    type Ready = DataFrame;

    fn begin(&mut self, table: &StagedTable) -> Result<(), IngestError> {
        self.begun = Some(Builder::new(table.headers.len(), &[], 0).into_frame().0);
        Ok(())
    }

    fn ready(&self, part: DataFrame) -> Result<DataFrame, IngestError> {
        Ok(part)
    }

    fn take(&mut self, part: DataFrame) -> Result<(), IngestError> {
        match &mut self.begun {
            Some(frame) if frame.height() > 0 => {
                let joined = frame.vstack_mut(&part).map(|_| ());
                joined.map_err(|source| IngestError::Staged { path: "memory".into(), source })
            }
            begun => {
                *begun = Some(part);
                Ok(())
            }
        }
    }

    fn end(&mut self, table: StagedTable) -> Result<(), IngestError> {
        let mut frame = self.begun.take().unwrap_or_default();
        frame.rechunk_mut();
        self.tables.push(Staged { table, frame });
        Ok(())
    }
}
