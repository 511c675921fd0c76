//! `velocity profile`.

use std::path::Path;

use velocity_ingest::{Staged, discover, read_tables};
use velocity_mapping::{Draft, map, recognise, schema, shipped, suggest, to_toml};
use velocity_model::blob_id;

use super::import::read_profile;
use crate::args::Profile;
use crate::error::{CliError, Exit};
use crate::output::Output;

pub(super) fn run(profile: &Profile, output: &Output) -> Result<Exit, CliError> {
    match profile {
        Profile::List => {
            let names = shipped().iter().map(|profile| format!("{:24} {}", profile.name, profile.label));
            output.result(&names.collect::<Vec<_>>().join("\n"), &shipped())?;
        }
        Profile::Schema => {
            let schema = schema();
            let parsed: serde_json::Value = serde_json::from_str(&schema).unwrap_or_default();
            output.result(schema.trim_end(), &parsed)?;
        }
        Profile::Suggest { file } => {
            for staged in read(file)? {
                let draft = suggest(&staged.table, &staged.frame, &name_of(file), shipped());
                let known = recognise(shipped(), &staged.table).map(|found| found.profile.name.clone());
                output.result(&render(&draft, known.as_deref()), &draft.profile)?;
            }
        }
        Profile::Check { profile: path, file: None } => {
            let profile = read_profile(path)?;
            output.result(&format!("{} is right.", path.display()), &profile)?;
        }
        Profile::Check { profile: path, file: Some(file) } => {
            let profile = read_profile(path)?;
            for staged in read(file)? {
                let mapped = map(&profile, &staged.table, &staged.frame);
                let human = format!(
                    "{} rows state {} records; {} rows are quarantined.\nColumns that go nowhere: {}\nQuestions: {}",
                    mapped.rows.len(),
                    mapped.evidence.len(),
                    mapped.quarantined.len() + staged.table.quarantined.len(),
                    or_none(&mapped.unmapped),
                    or_none(&mapped.questions.iter().map(|q| q.message.clone()).collect::<Vec<_>>())
                );
                output.result(
                    &human,
                    &serde_json::json!({ "unmapped": mapped.unmapped, "questions": mapped.questions }),
                )?;
            }
        }
    }
    Ok(Exit::Fine)
}

fn or_none(items: &[String]) -> String {
    if items.is_empty() { "none".to_owned() } else { items.join(", ") }
}

fn read(file: &Path) -> Result<Vec<Staged>, CliError> {
    let what = || format!("`{}`", file.display());
    // The same look at the path as an import has, for the same words about a path that is not there.
    discover(&[file.to_owned()])?;
    let bytes = std::fs::read(file).map_err(|source| CliError::Io { doing: "read", what: what(), source })?;
    let tables = read_tables(&bytes, blob_id(&bytes), &name_of(file));
    tables.map_err(|source| CliError::Unreadable { path: file.display().to_string(), source })
}

fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The draft as TOML that can be saved as it is, with a comment for each column.
fn render(draft: &Draft, known: Option<&str>) -> String {
    let mut text =
        String::from("# Drafted by `velocity profile suggest`. Read the lines below, then import with --profile.\n");
    if let Some(known) = known {
        text.push_str(&format!("# The shipped profile {known} already reads this file.\n"));
    }
    let width = draft.columns.iter().map(|column| column.header.chars().count()).max().unwrap_or(0).min(32);
    for column in &draft.columns {
        let target = column.target.as_ref().map_or("(nowhere)", |field| field.name());
        let header = &column.header;
        text.push_str(&format!("#   {header:width$} -> {target:18} {:3} %  {}\n", column.confidence, column.reason));
    }
    for question in &draft.questions {
        text.push_str(&format!("# OPEN: {} {}\n#       {}\n", question.column, question.message, question.answer));
    }
    text.push('\n');
    text.push_str(&to_toml(&draft.profile));
    text
}
