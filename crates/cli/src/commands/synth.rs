//! `velocity synth`.

use velocity_synth::{Options, write};

use crate::args::Synth;
use crate::error::{CliError, Exit};
use crate::output::Output;

pub(super) fn run(synth: &Synth, output: &Output) -> Result<Exit, CliError> {
    let mut truth = synth.dir.clone().into_os_string();
    truth.push("-truth.csv");
    let manifest = write(&synth.dir, truth.as_ref(), &Options { seed: synth.seed, people: synth.people })?;
    let human = format!(
        "{} rows about {} people and {} companies in {}\nTruth in {}",
        manifest.rows(),
        manifest.people,
        manifest.organisations,
        synth.dir.display(),
        truth.display()
    );
    output.result(&human, &manifest)?;
    Ok(Exit::Fine)
}
