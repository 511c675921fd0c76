//! Raw bytes, kept under the digest of their content. Never changed, written whole or not at all.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use velocity_model::BlobId;

use crate::IngestError;

/// Bytes copied at once.
const CHUNK: usize = 256 * 1024;

/// A folder of source bytes: `ab/abcdef…`.
#[derive(Clone, Debug)]
pub struct RawStore {
    dir: PathBuf,
}

/// A file that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// Digest of its bytes.
    pub blob: BlobId,
    /// Its length in bytes.
    pub size: u64,
}

impl RawStore {
    /// Opens, and makes if it is not there, the folder.
    ///
    /// # Errors
    /// A folder that cannot be made.
    pub fn open(dir: &Path) -> Result<Self, IngestError> {
        fs::create_dir_all(dir).map_err(|source| IngestError::Write { path: dir.to_owned(), source })?;
        Ok(Self { dir: dir.to_owned() })
    }

    /// Where the bytes of a blob stand.
    pub fn path_of(&self, blob: BlobId) -> PathBuf {
        let name = blob.to_string();
        self.dir.join(&name[..2]).join(name)
    }

    /// Copies a file in while hashing it. Bytes that are there already are not written again.
    ///
    /// # Errors
    /// A source that cannot be read; a folder that cannot be written.
    pub fn receive(&self, path: &Path) -> Result<Received, IngestError> {
        let unreadable = |source| IngestError::Source { path: path.to_owned(), source };
        let mut source = File::open(path).map_err(unreadable)?;
        // One receiver a tenant at a time (the import lock), so that one name is enough.
        let temporary = self.dir.join("receiving.part");
        let unwritable = |source| IngestError::Write { path: temporary.clone(), source };
        let mut target = File::create(&temporary).map_err(unwritable)?;
        let mut hasher = blake3::Hasher::new();
        let mut chunk = vec![0; CHUNK];
        let mut size = 0;
        loop {
            let read = match source.read(&mut chunk) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(unreadable(error)),
            };
            hasher.update(&chunk[..read]);
            target.write_all(&chunk[..read]).map_err(unwritable)?;
            size += read as u64;
        }
        let blob = BlobId::from_bytes(*hasher.finalize().as_bytes());
        let place = self.path_of(blob);
        if place.exists() {
            fs::remove_file(&temporary).map_err(unwritable)?;
            return Ok(Received { blob, size });
        }
        target.sync_all().map_err(unwritable)?;
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).map_err(unwritable)?;
        }
        fs::rename(&temporary, &place).map_err(unwritable)?;
        Ok(Received { blob, size })
    }
}
