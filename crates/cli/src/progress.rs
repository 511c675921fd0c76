//! Progress bars on stderr.

use std::sync::{Arc, Mutex};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use velocity_identity_resolution::Phase;
use velocity_pipeline::{Progress, Stage, Step, silent};

use crate::output::Output;

fn line() -> ProgressBar {
    let template = "{prefix:>9} {bar:32} {pos}/{len} {elapsed}";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(10)).with_style(style)
}

/// One line that follows the stages of an import; silent where nothing is drawn.
pub(crate) fn bars(output: &Output) -> Progress {
    if !output.draws_progress() {
        return silent();
    }
    let bar = line();
    let shown: Mutex<Option<Stage>> = Mutex::new(None);
    Arc::new(move |Step { stage, done, total }| {
        let Ok(mut shown) = shown.lock() else { return };
        if *shown != Some(stage) {
            *shown = Some(stage);
            bar.set_prefix(stage.word());
        }
        bar.set_length(total.max(1));
        bar.set_position(done);
        if stage == Stage::Publish && done == total {
            bar.finish_and_clear();
        }
    })
}

/// One line that follows the phases of resolving a table; silent where nothing is drawn.
pub(crate) fn phases(output: &Output) -> Box<dyn Fn(Phase, u64, u64) + Send + Sync> {
    if !output.draws_progress() {
        return Box::new(|_, _, _| {});
    }
    let bar = line();
    Box::new(move |phase, done, total| {
        bar.set_prefix(phase.word());
        bar.set_length(total.max(1));
        bar.set_position(done);
        if phase == Phase::Group && done == total {
            bar.finish_and_clear();
        }
    })
}
