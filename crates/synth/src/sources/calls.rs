//! The call log of a 3CX phone system (version 20): titles above the header, extensions as `Name (100)`, durations as
//! `H:MM:SS`. Rows mention people by their numbers and state none.

use super::{Scene, iso};
use crate::random::Random;
use crate::table::{Rendered, Table};
use crate::words::CALLS;

const HEADER: [&str; 14] = [
    "Call Time",
    "Caller ID",
    "Destination",
    "Trunk",
    "Trunk Number",
    "DID",
    "Status",
    "Ringing",
    "Talking",
    "Total Duration",
    "Call Type",
    "Sentiment",
    "Summary",
    "Transcription",
];

const EXTENSIONS: [&str; 4] = ["Reception (100)", "Sales (101)", "Sales (102)", "Service (110)"];

fn duration(seconds: usize) -> String {
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

pub(crate) fn render(scene: &Scene) -> Rendered {
    let mut table = Table::new(',', "\n");
    table.line(&["Call Log"]);
    table.line(&["All extensions"]);
    table.line(&HEADER);
    for number in 0..scene.world.people.len() * 35 / 100 {
        let mut random = Random::of(scene.seed, "call", number);
        let outside = scene.directory.phone(&mut random, &mut table.mentions).unwrap_or_else(|| "Anonymous".to_owned());
        let inside = random.pick(&EXTENSIONS).to_owned();
        let is_inbound = random.chance(60);
        let is_answered = random.chance(80);
        let (ringing, talking) = (random.between(3, 40), if is_answered { random.between(20, 1500) } else { 0 });
        let (from, to) = if is_inbound { (outside, inside) } else { (inside, outside) };
        table.row(&[
            format!(
                "{} {:02}:{:02}:{:02}",
                iso(random.below(300)),
                random.between(8, 19),
                random.below(60),
                random.below(60)
            ),
            from,
            to,
            "Main trunk".to_owned(),
            "10000".to_owned(),
            String::new(),
            if is_answered { "Answered" } else { "Unanswered" }.to_owned(),
            duration(ringing),
            duration(talking),
            duration(ringing + talking),
            if is_inbound { "Inbound" } else { "Outbound" }.to_owned(),
            String::new(),
            if is_answered && random.chance(40) { random.pick(&CALLS).to_owned() } else { String::new() },
            String::new(),
        ]);
    }
    table.finish("3cx-calls.csv", |text| text.as_bytes().to_vec())
}
