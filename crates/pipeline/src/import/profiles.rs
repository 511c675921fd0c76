//! The profiles by which files are read, and the columns of the files that were read by them.

use std::path::Path;

use velocity_mapping::{Draft, is_relative};
use velocity_model::{Profile, StagedTable};
use velocity_store::Layout;

use super::Approval;

/// What is known when files come in.
#[derive(Clone, Debug, Default)]
pub(super) struct Profiles {
    /// Accepted profiles, then shipped ones of other names.
    pub(super) known: Vec<Profile>,
    /// The columns of imported files, the latest last.
    pub(super) layouts: Vec<Layout>,
}

impl Profiles {
    /// Takes in what was approved: the revision stands in the place of the one before.
    pub(super) fn approve(&mut self, Approval { profile, layout }: Approval) {
        self.known.retain(|known| known.name != profile.name);
        self.known.insert(0, profile);
        self.layouts.push(layout);
    }

    /// The headers of the files that were read by a profile.
    pub(super) fn approved(&self, profile: &str) -> Vec<&[String]> {
        let own = self.layouts.iter().filter(|layout| layout.profile == profile);
        own.map(|layout| layout.headers.as_slice()).collect()
    }

    /// The profile of an earlier file of the same name and with most of the same columns, for a table that no profile recognises:
    /// a column that the profile requires is gone, or called otherwise.
    pub(super) fn relative(&self, path: &str, table: &StagedTable) -> Option<&Profile> {
        let is_near = |layout: &&Layout| stem(&layout.path) == stem(path) && is_relative(&layout.headers, table);
        let near = self.layouts.iter().rev().find(is_near)?;
        self.known.iter().find(|known| known.name == near.profile)
    }

    /// Gives a draft a name that no profile has: two files that are called alike are not the same source.
    pub(super) fn name_apart(&self, draft: &mut Draft) {
        let (name, source) = (draft.profile.name.clone(), draft.profile.source.clone());
        let is_taken = |name: &String| self.known.iter().any(|known| known.name == *name);
        let mut number = 1;
        while is_taken(&draft.profile.name) {
            number += 1;
            draft.profile.name = format!("{name}-{number}");
            draft.profile.source = format!("{source}-{number}");
        }
        for question in &mut draft.questions {
            question.answer = question.answer.replace(&name, &draft.profile.name);
            question.profile.clone_from(&draft.profile.name);
        }
    }
}

/// The name of a file without folder, ending and numbers: an export of March is called like that of April.
fn stem(path: &str) -> String {
    let stem = Path::new(path).file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    stem.chars().filter(|c| c.is_alphabetic()).collect()
}
