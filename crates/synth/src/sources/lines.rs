//! Tasks and notes as JSON Lines. Rows mention people by e-mail, tasks by HubSpot's key where there is one.

use serde_json::json;

use super::{hubspot_key, iso};
use crate::graph::Graph;
use crate::random::Random;
use crate::table::Rendered;
use crate::words::{NOTES, OWNERS, TASKS};

pub(crate) fn tasks(graph: &Graph, seed: u64) -> Rendered {
    let mut rendered = Rendered { name: "tasks.jsonl", ..Rendered::default() };
    let count = graph.people.len() * 12 / 100;
    for number in 0..count {
        let mut random = Random::of(seed, "task", number);
        let who = random.below(graph.people.len());
        let key = hubspot_key(graph, seed, who);
        let is_done = random.chance(40);
        let line = json!({
            "id": format!("T-{}", 1000 + number),
            "title": random.pick(&TASKS),
            "due": format!("{}T{:02}:00:00Z", if is_done { iso(random.between(5, 120)) } else { format!("2026-11-{:02}", random.between(1, 28)) }, random.between(8, 17)),
            "status": if is_done { "done" } else { "open" },
            "priority": random.pick(&["low", "normal", "normal", "high"]),
            "assignee": random.pick(&OWNERS),
            "contact_email": if key.is_some() { String::new() } else { own_email(graph, who) },
            "contact_hubspot_id": key.map(|key| key.to_string()),
        });
        push(&mut rendered, &line.to_string());
    }
    rendered.unreadable.push(rendered.rows + 1);
    push(&mut rendered, "{\"id\":\"T-9999\",\"title\":\"Broken off by a full disk\",\"due\":\"2026-1");
    rendered
}

pub(crate) fn notes(graph: &Graph, seed: u64) -> Rendered {
    let mut rendered = Rendered { name: "notes.jsonl", ..Rendered::default() };
    for number in 0..graph.people.len() * 15 / 100 {
        let mut random = Random::of(seed, "note", number);
        let who = random.below(graph.people.len());
        let line = json!({
            "id": format!("N-{}", 1000 + number),
            "created": format!("{}T{:02}:{:02}:00Z", iso(random.below(500)), random.between(8, 18), random.below(60)),
            "author": random.pick(&OWNERS),
            "text": random.pick(&NOTES),
            "contact_email": own_email(graph, who),
        });
        push(&mut rendered, &line.to_string());
    }
    rendered
}

/// An address that is this person's alone, where there is one.
fn own_email(graph: &Graph, who: usize) -> String {
    graph.people[who].emails.last().cloned().unwrap_or_default()
}

fn push(rendered: &mut Rendered, line: &str) {
    rendered.bytes.extend_from_slice(line.as_bytes());
    rendered.bytes.push(b'\n');
    rendered.rows += 1;
}
