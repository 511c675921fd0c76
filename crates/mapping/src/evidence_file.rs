//! Evidence as Parquet, in long form: one row an assertion or link, so that SQL can ask for it without knowing our types.
//!
//! | column | holds |
//! |---|---|
//! | `record`, `version` | ids, hexadecimal; these and all columns to `len` repeat for every row of one evidence record |
//! | `kind`, `source`, `key`, `trust` (u32) | what it is, who states it under which key, trust rank |
//! | `blob`, `table` (u32), `row`, `offset`, `len` (u64) | the place in the file |
//! | `ordinal` (u32) | place among the assertions, or among the links |
//! | `type` | `value`, `link`, or `record` for evidence without any |
//! | `field`, `value`, `transforms` (joined by U+001F), `unresolved`, `assertion` | of a value; `value` is null while unresolved |
//! | `raw`, `column` (u32) | of a value or link; `column` is null for a constant |
//! | `role`, `target`, `mention` | of a link: `target` is a record id, or an address of the field named in `mention` |

mod read;
mod write;

pub use read::read_evidence;
pub use write::write_evidence;

/// Separates transforms (the ASCII unit separator).
const SEPARATOR: &str = "\u{1F}";

/// Rows of a Parquet row group: small enough to skip, large enough to compress. In tests, evidence spans several.
const ROW_GROUP: usize = if cfg!(test) { 5 } else { 128 * 1024 };

#[cfg(test)]
mod tests;
