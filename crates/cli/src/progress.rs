//! Progress bars on stderr.

use std::sync::{Arc, Mutex};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use velocity_pipeline::{Progress, Stage, Step, silent};

use crate::output::Output;

/// One line that follows the stages of an import; silent where nothing is drawn.
pub(crate) fn bars(output: &Output) -> Progress {
    if !output.draws_progress() {
        return silent();
    }
    let template = "{prefix:>9} {bar:32} {pos}/{len} {elapsed}";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(10)).with_style(style);
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
