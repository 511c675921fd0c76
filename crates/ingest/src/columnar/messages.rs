//! What the messages of an Arrow file state of themselves, looked at before Polars asks for memory by it.

use std::error::Error;

use polars_arrow::io::ipc::format::ipc::planus::ReadAsRoot;
use polars_arrow::io::ipc::format::ipc::{BlockRef, FooterRef, MessageHeaderRef, MessageRef, RecordBatchRef};

use crate::container::Ipc;

/// What reading a file takes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Stated {
    /// Bytes of all buffers, unpacked.
    pub(super) bytes: u64,
    /// Rows of all batches and values of all their columns, those within columns too.
    pub(super) values: u64,
}

/// Last bytes of a file, behind the length of its footer.
const MAGIC: &[u8] = b"ARROW1";

/// Takes what every batch of rows and every dictionary states. Messages are found where Polars looks for them, and behind one that
/// it does not read there is nothing.
pub(super) fn stated(bytes: &[u8], form: Ipc) -> Result<Stated, Box<dyn Error>> {
    let mut stated = Stated::default();
    match form {
        Ipc::File => {
            let footer = FooterRef::read_as_root(footer(bytes).ok_or("it does not end as such a file does")?)?;
            for blocks in [footer.dictionaries()?, footer.record_batches()?].into_iter().flatten() {
                for block in blocks {
                    let (message, body) = in_block(bytes, &block).ok_or("a block begins beyond its end")?;
                    stated.add(MessageRef::read_as_root(message)?, body)?;
                }
            }
        }
        Ipc::Stream => {
            let mut rest = bytes;
            while let Some((message, body)) = first_message(rest) {
                let len = stated.add(MessageRef::read_as_root(message)?, body)?;
                rest = body.get(len..).unwrap_or_default();
            }
        }
    }
    Ok(stated)
}

fn footer(bytes: &[u8]) -> Option<&[u8]> {
    let (rest, len) = bytes.strip_suffix(MAGIC)?.split_last_chunk()?;
    rest.get(rest.len().checked_sub(usize::try_from(i32::from_le_bytes(*len)).ok()?)?..)
}

/// The message of a block, and what follows it from where its body begins.
fn in_block<'a>(bytes: &'a [u8], block: &BlockRef<'_>) -> Option<(&'a [u8], &'a [u8])> {
    let block_bytes = bytes.get(usize::try_from(block.offset()).ok()?..)?;
    let (message, _) = first_message(block_bytes)?;
    Some((message, block_bytes.get(usize::try_from(block.meta_data_length()).ok()?..)?))
}

/// The message at the start, and what follows it. Before version 0.15 of Arrow nothing stood before its length.
fn first_message(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (len, rest) = bytes.strip_prefix(&[0xff; 4]).unwrap_or(bytes).split_first_chunk()?;
    let len = usize::try_from(i32::from_le_bytes(*len)).ok().filter(|len| *len > 0)?;
    Some(rest.split_at(len.min(rest.len())))
}

impl Stated {
    /// Adds a message; `body` begins where its own does. Returns the length of its body.
    fn add(&mut self, message: MessageRef<'_>, body: &[u8]) -> Result<usize, Box<dyn Error>> {
        let batch = match message.header()? {
            Some(MessageHeaderRef::RecordBatch(batch)) => Some(batch),
            Some(MessageHeaderRef::DictionaryBatch(dictionary)) => dictionary.data()?,
            _ => return Ok(0),
        };
        let len = size(message.body_length()?)? as usize;
        if let Some(batch) = batch {
            self.add_batch(batch, body.get(..len).unwrap_or(body))?;
        }
        Ok(len)
    }

    fn add_batch(&mut self, batch: RecordBatchRef<'_>, body: &[u8]) -> Result<(), Box<dyn Error>> {
        self.values = self.values.saturating_add(size(batch.length()?)?);
        for node in batch.nodes()?.into_iter().flatten() {
            self.values = self.values.saturating_add(size(node.length())?);
        }
        let is_packed = batch.compression()?.is_some();
        for buffer in batch.buffers()?.into_iter().flatten() {
            let start = size(buffer.offset())?;
            let end = start.saturating_add(size(buffer.length())?);
            let content = body.get(start as usize..end as usize).ok_or("a buffer reaches beyond its message")?;
            let len = if is_packed { unpacked(content)? } else { content.len() as u64 };
            self.bytes = self.bytes.saturating_add(len);
        }
        Ok(())
    }
}

/// The length of a buffer by the number before it, which is -1 if the buffer did not shrink and was left as it is.
fn unpacked(buffer: &[u8]) -> Result<u64, &'static str> {
    match buffer.split_first_chunk() {
        Some((len, content)) if i64::from_le_bytes(*len) == -1 => Ok(content.len() as u64),
        Some((len, _)) => size(i64::from_le_bytes(*len)),
        None => Ok(0),
    }
}

fn size(number: i64) -> Result<u64, &'static str> {
    u64::try_from(number).map_err(|_| "a length is negative")
}

#[cfg(test)]
mod tests;
