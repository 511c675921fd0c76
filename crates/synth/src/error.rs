//! What can go wrong.

use std::path::PathBuf;

/// A failure to write.
#[derive(Debug, thiserror::Error)]
pub enum SynthError {
    /// A file or folder cannot be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The workbook cannot be made.
    #[error("cannot make the workbook")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}
