//! HubSpot's exports of contacts, companies and deals: UTF-8 with a byte order mark, lists in a cell joined by `;`.

use super::{day_before, hubspot_key, iso};
use crate::graph::Graph;
use crate::noise::{see, written_phone};
use crate::random::Random;
use crate::table::{Rendered, Table, Truth};
use crate::words::{LEAD_SOURCES, OWNERS, STAGES};

const CONTACTS: [&str; 17] = [
    "Record ID",
    "First Name",
    "Last Name",
    "Email",
    "Phone Number",
    "Contact owner",
    "Lead Status",
    "Create Date",
    "Last Modified Date",
    "Contact Type",
    "Lifecycle Stage",
    "Lead Source",
    "Stage of Journey",
    "Next appointment date",
    "Associated Deal",
    "Associated Company",
    "Associated Deal IDs",
];

const COMPANIES: [&str; 11] = [
    "Record ID",
    "Company name",
    "Website URL",
    "Company owner",
    "Create Date",
    "Industry",
    "Number of Employees",
    "City",
    "Country/Region",
    "Company Domain Name",
    "Last Activity Date",
];

const DEALS: [&str; 15] = [
    "Record ID",
    "Deal Name",
    "Deal Stage",
    "Pipeline",
    "Amount",
    "Deal owner",
    "Associated Company IDs",
    "Associated Contact IDs",
    "Lead source",
    "Dedicated server",
    "Product (event type)",
    "Live date",
    "Date entered current stage",
    "Close Date",
    "Create Date",
];

/// Keys of a person's deals.
fn deals_of(graph: &Graph, seed: u64, number: usize) -> Vec<usize> {
    let mut random = Random::of(seed, "deals of", number);
    if hubspot_key(graph, seed, number).is_none() || !random.chance(24) {
        return Vec::new();
    }
    (0..random.between(1, 2)).map(|nth| 700_000 + number * 2 + nth).collect()
}

fn with_mark(text: &str) -> Vec<u8> {
    [b"\xef\xbb\xbf", text.as_bytes()].concat()
}

pub(crate) fn contacts(graph: &Graph, seed: u64) -> Rendered {
    let mut table = Table::new(',', "\n");
    table.line(&CONTACTS);
    for (number, person) in graph.people.iter().enumerate() {
        let Some(key) = hubspot_key(graph, seed, number) else { continue };
        // Some contacts were entered twice.
        let copies = if Random::of(seed, "hubspot twice", number).chance(5) { 2 } else { 1 };
        for copy in 0..copies {
            let mut random = Random::of(seed, "hubspot contact", number * 2 + copy);
            let seen = see(person, &mut random);
            let phone = written_phone(&seen.phone, false, &mut random);
            let company = person.employer.filter(|_| random.chance(80)).map(|place| &graph.organisations[place]);
            let company_name = company.map(|own| if random.chance(30) { own.short.clone() } else { own.name.clone() });
            let deals = if copy == 0 { deals_of(graph, seed, number) } else { Vec::new() };
            let ids: Vec<String> = deals.iter().map(ToString::to_string).collect();
            let created = random.between(200, 1500);
            let row = table.row(&[
                (key + copy * 500_000).to_string(),
                seen.given,
                seen.family,
                seen.email,
                phone,
                random.pick(&OWNERS).to_owned(),
                random.pick(&["NEW", "OPEN", "IN_PROGRESS", "OPEN_DEAL", "UNQUALIFIED", ""]).to_owned(),
                format!("{} {:02}:{:02}", iso(created), random.between(8, 18), random.below(60)),
                format!("{} {:02}:{:02}", iso(random.below(200)), random.between(8, 18), random.below(60)),
                String::new(),
                random.pick(&["Lead", "Lead", "Opportunity", "Customer", "Subscriber"]).to_owned(),
                random.pick(&LEAD_SOURCES).to_owned(),
                random.pick(&["", "", "Orientation", "Comparison"]).to_owned(),
                String::new(),
                if deals.is_empty() { String::new() } else { format!("{} {}", person.family, "project") },
                company_name.clone().unwrap_or_default(),
                ids.join(";"),
            ]);
            table.truth.push(Truth::person(row, number));
            if let (Some(place), Some(_)) = (person.employer, company_name) {
                table.truth.push(Truth::organisation(row, place));
            }
        }
    }
    // An export that somebody mended by hand: a row with cells beyond the last column, and one saved in another encoding.
    let spoilt =
        "900001,Paul,Trop,paul.trop@mail.example,,Sam Sales,NEW,2025-01-01 09:00,,,Lead,,,,,,,left over,and more";
    table.broken(&spoilt.split(',').collect::<Vec<_>>());
    let mark = '\u{f8ff}';
    table.broken(&["900002".to_owned(), format!("Ren{mark}"), "Faux".to_owned(), "rene.faux@mail.example".to_owned()]);
    table.finish("hubspot-contacts.csv", |text| {
        let mut bytes = with_mark(text);
        let place = mark.to_string();
        if let Some(at) = bytes.windows(place.len()).position(|window| window == place.as_bytes()) {
            // `é` as Windows-1252 writes it.
            bytes.splice(at..at + place.len(), [0xe9]);
        }
        bytes
    })
}

pub(crate) fn companies(graph: &Graph, seed: u64) -> Rendered {
    let mut table = Table::new(',', "\n");
    table.line(&COMPANIES);
    for (number, company) in graph.organisations.iter().enumerate() {
        let mut random = Random::of(seed, "hubspot company", number);
        let row = table.row(&[
            (50_001 + number).to_string(),
            company.name.clone(),
            format!("https://www.{}/", company.domain),
            random.pick(&OWNERS).to_owned(),
            format!("{} 09:00", iso(random.between(300, 1600))),
            company.industry.to_owned(),
            company.employees.to_string(),
            company.city.to_owned(),
            "France".to_owned(),
            company.domain.clone(),
            format!("{} 10:30", iso(random.below(120))),
        ]);
        table.truth.push(Truth::organisation(row, number));
    }
    table.finish("hubspot-companies.csv", with_mark)
}

pub(crate) fn deals(graph: &Graph, seed: u64) -> Rendered {
    let mut table = Table::new(',', "\n");
    table.line(&DEALS);
    for (number, person) in graph.people.iter().enumerate() {
        for deal in deals_of(graph, seed, number) {
            let mut random = Random::of(seed, "hubspot deal", deal);
            let mut contacts: Vec<String> =
                hubspot_key(graph, seed, number).into_iter().map(|key| key.to_string()).collect();
            if random.chance(20)
                && let Some(partner) = hubspot_key(graph, seed, number + 1)
            {
                contacts.push(partner.to_string());
            }
            let company = person.employer.map(|place| (50_001 + place).to_string()).unwrap_or_default();
            let created = random.between(30, 400);
            let (year, month, day) = day_before(created.saturating_sub(random.between(20, 200)));
            table.row(&[
                deal.to_string(),
                format!(
                    "{} – {}",
                    person.family,
                    random.pick(&["renovation", "new office", "apartment", "garden", "extension"])
                ),
                random.pick(&STAGES).to_owned(),
                "Sales Pipeline".to_owned(),
                format!("{}", random.between(8, 900) * 500),
                random.pick(&OWNERS).to_owned(),
                company,
                contacts.join(";"),
                random.pick(&LEAD_SOURCES).to_owned(),
                String::new(),
                String::new(),
                String::new(),
                format!("{} 11:00", iso(random.below(30))),
                format!("{year:04}-{month:02}-{day:02} 00:00"),
                format!("{} 09:30", iso(created)),
            ]);
        }
    }
    table.finish("hubspot-deals.csv", with_mark)
}
