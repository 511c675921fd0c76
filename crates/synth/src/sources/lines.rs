//! Tasks and notes as JSON Lines. Rows mention people by e-mail, tasks by HubSpot's key where there is one.

use serde_json::json;

use super::hubspot::contact_key;
use super::{Scene, iso};
use crate::random::Random;
use crate::table::Rendered;
use crate::words::{NOTES, OWNERS, TASKS};

pub(crate) fn tasks(scene: &Scene) -> Rendered {
    let mut rendered = Rendered { name: "tasks.jsonl", ..Rendered::default() };
    let count = scene.world.people.len() * 12 / 100;
    for number in 0..count {
        let mut random = Random::of(scene.seed, "task", number);
        // The task list knows the key of whoever is in the CRM, and an address of the others.
        let key = (random.chance(60) && !scene.hubspot.is_empty()).then(|| random.below(scene.hubspot.len()));
        let email = match key {
            Some(_) => {
                rendered.mentions.one += 1;
                String::new()
            }
            None => scene.directory.email(&mut random, &mut rendered.mentions),
        };
        let is_done = random.chance(40);
        let line = json!({
            "id": format!("T-{}", 1000 + number),
            "title": random.pick(&TASKS),
            "due": format!("{}T{:02}:00:00Z", if is_done { iso(random.between(5, 120)) } else { format!("2026-11-{:02}", random.between(1, 28)) }, random.between(8, 17)),
            "status": if is_done { "done" } else { "open" },
            "priority": random.pick(&["low", "normal", "normal", "high"]),
            "assignee": random.pick(&OWNERS),
            "contact_email": email,
            "contact_hubspot_id": key.map(|place| contact_key(place).to_string()),
        });
        push(&mut rendered, &line.to_string());
    }
    rendered.unreadable.push(rendered.rows + 1);
    push(&mut rendered, "{\"id\":\"T-9999\",\"title\":\"Broken off by a full disk\",\"due\":\"2026-1");
    rendered
}

pub(crate) fn notes(scene: &Scene) -> Rendered {
    let mut rendered = Rendered { name: "notes.jsonl", ..Rendered::default() };
    for number in 0..scene.world.people.len() * 15 / 100 {
        let mut random = Random::of(scene.seed, "note", number);
        let line = json!({
            "id": format!("N-{}", 1000 + number),
            "created": format!("{}T{:02}:{:02}:00Z", iso(random.below(500)), random.between(8, 18), random.below(60)),
            "author": random.pick(&OWNERS),
            "text": random.pick(&NOTES),
            "contact_email": scene.directory.email(&mut random, &mut rendered.mentions),
        });
        push(&mut rendered, &line.to_string());
    }
    rendered
}

fn push(rendered: &mut Rendered, line: &str) {
    rendered.bytes.extend_from_slice(line.as_bytes());
    rendered.bytes.push(b'\n');
    rendered.rows += 1;
}
