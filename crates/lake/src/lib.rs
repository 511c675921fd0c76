//! Read-only SQL over the Parquet files of one tenant.
