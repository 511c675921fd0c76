//! A score series as CSV: name, value, time, model version, and whom it is about by e-mail.

use super::Scene;
use crate::random::Random;
use crate::table::{Rendered, Table};

pub(crate) fn render(scene: &Scene) -> Rendered {
    let mut table = Table::new(',', "\n");
    table.line(&["Name", "Value", "Time", "Model version", "Email"]);
    for (number, email) in scene.directory.own_emails().enumerate() {
        let mut random = Random::of(scene.seed, "score", number);
        if !random.chance(6) {
            continue;
        }
        let mut value = random.between(20, 80) as i64;
        let trend = random.between(0, 8) as i64 - 3;
        for month in 5..=10 {
            value = (value + trend + random.between(0, 6) as i64 - 3).clamp(1, 99);
            let version = if month < 8 { "qd-1.4" } else { "qd-2.0" };
            let tenth = random.below(10);
            let time = format!("2026-{month:02}-01T06:00:00Z");
            table.row(&["QD", &format!("{value}.{tenth}"), &time, version, email]);
            table.mentions.one += 1;
        }
    }
    table.broken(&["QD", "51.0", "2026-10-01T06:00:00Z", "qd-2.0", "nobody@mail.example", "stray", "cells"]);
    table.finish("scores.csv", |text| text.as_bytes().to_vec())
}
