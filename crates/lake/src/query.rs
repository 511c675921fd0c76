//! One query, under limits, on threads of its own.

use std::sync::Arc;
use std::time::Duration;

use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::datatypes::{DataType, Float32Type, Float64Type, Int32Type, Int64Type, UInt32Type, UInt64Type};
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::datasource::MemTable;
use datafusion::error::DataFusionError;
use datafusion::execution::context::SQLOptions;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};
use serde::Serialize;
use serde_json::Value;

use crate::{Catalogue, LakeError};

/// What a query may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Memory, in bytes; nothing is spilt to disk.
    pub memory_bytes: u64,
    /// Time, in seconds.
    pub seconds: u64,
    /// Rows returned.
    pub rows: u64,
}

/// A column of an answer or a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its Arrow type.
    pub r#type: String,
}

/// The answer to a query.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, one JSON value a column.
    pub rows: Vec<Vec<Value>>,
    /// Whether there are more rows than the limit.
    pub truncated: bool,
}

/// A table with its columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableDescription {
    /// Name in SQL.
    pub name: String,
    /// What a row is.
    pub description: String,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// Memory for looking at schemas.
const DESCRIBE: Limits = Limits { memory_bytes: 256 * 1024 * 1024, seconds: 60, rows: 0 };

/// Answers one query.
///
/// # Errors
/// A statement that is no query, a query that cannot be understood, a limit that is reached, files that do not read.
pub async fn query(catalogue: &Catalogue, sql: &str, limits: &Limits) -> Result<Answer, LakeError> {
    let (catalogue, sql, limits) = (catalogue.clone(), sql.to_owned(), *limits);
    on_own_threads(limits, async move {
        let context = context(&catalogue, &limits).await?;
        let allowed = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
        let planned = context.sql_with_options(&sql, allowed).await.map_err(|error| understand(error, &limits))?;
        let limit = usize::try_from(limits.rows).unwrap_or(usize::MAX);
        // One more than asked for tells whether there are more.
        let limited = planned.limit(0, Some(limit.saturating_add(1))).map_err(|error| understand(error, &limits))?;
        let schema = limited.schema().as_arrow().clone();
        let batches = limited.collect().await.map_err(|error| understand(error, &limits))?;
        let mut rows: Vec<Vec<Value>> = batches.iter().flat_map(rows_of).collect();
        let truncated = rows.len() > limit;
        rows.truncate(limit);
        Ok(Answer { columns: columns_of(&schema), rows, truncated })
    })
    .await
}

/// The tables with their columns.
///
/// # Errors
/// Files that do not read.
pub async fn describe(catalogue: &Catalogue) -> Result<Vec<TableDescription>, LakeError> {
    let catalogue = catalogue.clone();
    on_own_threads(DESCRIBE, async move {
        let context = context(&catalogue, &DESCRIBE).await?;
        let mut described = Vec::new();
        for table in catalogue.tables {
            let found = context.table(&table.name).await.map_err(|error| understand(error, &DESCRIBE))?;
            let columns = columns_of(found.schema().as_arrow());
            described.push(TableDescription { name: table.name, description: table.description, columns });
        }
        Ok(described)
    })
    .await
}

/// Runs the engine away from the caller's threads, and leaves it behind when time is up.
async fn on_own_threads<T: Send + 'static>(
    limits: Limits,
    work: impl Future<Output = Result<T, LakeError>> + Send + 'static,
) -> Result<T, LakeError> {
    let run = move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let runtime = runtime.map_err(|error| LakeError::Engine(Box::new(error.into())))?;
        let limited = async { tokio::time::timeout(Duration::from_secs(limits.seconds), work).await };
        let ended = runtime.block_on(limited);
        runtime.shutdown_background();
        ended.unwrap_or(Err(LakeError::Time(limits.seconds)))
    };
    let died = |error: tokio::task::JoinError| LakeError::Engine(Box::new(DataFusionError::External(Box::new(error))));
    tokio::task::spawn_blocking(run).await.map_err(died)?
}

/// A session that sees the catalogue and nothing else.
async fn context(catalogue: &Catalogue, limits: &Limits) -> Result<SessionContext, LakeError> {
    let engine = |error| LakeError::Engine(Box::new(error));
    let memory = usize::try_from(limits.memory_bytes).unwrap_or(usize::MAX);
    let disk = DiskManagerBuilder::default().with_mode(DiskManagerMode::Disabled);
    let runtime = RuntimeEnvBuilder::new().with_memory_limit(memory, 1.0).with_disk_manager_builder(disk);
    let config = SessionConfig::new().with_information_schema(true);
    let context = SessionContext::new_with_config_rt(config, runtime.build_arc().map_err(engine)?);
    for table in &catalogue.tables {
        let files: Vec<String> = table.files.iter().map(|file| file.display().to_string()).collect();
        let provider = if files.is_empty() {
            let nothing = Arc::new(datafusion::arrow::datatypes::Schema::empty());
            Arc::new(MemTable::try_new(nothing, vec![Vec::new()]).map_err(engine)?) as _
        } else {
            context.read_parquet(files, ParquetReadOptions::default()).await.map_err(engine)?.into_view()
        };
        context.register_table(table.name.as_str(), provider).map_err(engine)?;
    }
    Ok(context)
}

/// What the engine's error means to whoever typed the query.
fn understand(error: DataFusionError, limits: &Limits) -> LakeError {
    let first_line = |text: String| text.lines().next().unwrap_or_default().to_owned();
    match error.find_root() {
        DataFusionError::ResourcesExhausted(_) => LakeError::Memory(limits.memory_bytes / 1024 / 1024),
        DataFusionError::Plan(message)
            if message.contains("not supported") && message.contains("DDL")
                || message.contains("DML not supported")
                || message.contains("Statement not supported") =>
        {
            LakeError::NotAQuery(first_line(message.clone()))
        }
        DataFusionError::Plan(_)
        | DataFusionError::SQL(..)
        | DataFusionError::SchemaError(..)
        | DataFusionError::NotImplemented(_) => LakeError::Query(first_line(error.strip_backtrace())),
        _ => LakeError::Engine(Box::new(error)),
    }
}

fn columns_of(schema: &datafusion::arrow::datatypes::Schema) -> Vec<Column> {
    let column = |field: &Arc<datafusion::arrow::datatypes::Field>| Column {
        name: field.name().clone(),
        r#type: field.data_type().to_string(),
    };
    schema.fields().iter().map(column).collect()
}

fn rows_of(batch: &RecordBatch) -> Vec<Vec<Value>> {
    let columns: Vec<Vec<Value>> = batch.columns().iter().map(|column| values_of(column)).collect();
    (0..batch.num_rows()).map(|row| columns.iter().map(|column| column[row].clone()).collect()).collect()
}

/// A column as JSON: numbers and truth values as such, everything else as the text that Arrow shows.
fn values_of(column: &dyn Array) -> Vec<Value> {
    let options = FormatOptions::default();
    let formatter = ArrayFormatter::try_new(column, &options);
    let value = |row: usize| {
        if column.is_null(row) {
            return Value::Null;
        }
        match column.data_type() {
            DataType::Boolean => column.as_boolean().value(row).into(),
            DataType::Int32 => column.as_primitive::<Int32Type>().value(row).into(),
            DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into(),
            DataType::UInt32 => column.as_primitive::<UInt32Type>().value(row).into(),
            DataType::UInt64 => column.as_primitive::<UInt64Type>().value(row).into(),
            DataType::Float32 => f64::from(column.as_primitive::<Float32Type>().value(row)).into(),
            DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into(),
            _ => formatter.as_ref().map_or(Value::Null, |formatter| formatter.value(row).to_string().into()),
        }
    };
    (0..column.len()).map(value).collect()
}

#[cfg(test)]
mod tests;
