//! HubSpot's exports of contacts, companies and deals: UTF-8 with a byte order mark, lists in a cell joined by `;`.

use super::{Scene, day_before, iso};
use crate::names::without_accents;
use crate::phones::{Style, written};
use crate::random::Random;
use crate::table::{Rendered, Table, Truth};
use crate::words::{LEAD_SOURCES, OWNERS, STAGES};
use crate::world::Organisation;

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

/// The key of the contact in this place of the list.
pub(super) fn contact_key(place: usize) -> usize {
    10_001 + place
}

fn company_key(place: usize) -> usize {
    50_001 + place
}

/// Keys of a contact's deals.
fn deals_of(scene: &Scene, place: usize) -> Vec<usize> {
    let mut random = Random::of(scene.seed, "deals of", place);
    let count = if random.chance(24) { random.between(1, 2) } else { 0 };
    (0..count).map(|nth| 700_000 + place * 2 + nth).collect()
}

/// A company's name as a hurried hand types it.
fn typed_company(company: &Organisation, random: &mut Random) -> String {
    match random.below(100) {
        0..28 => company.short.clone(),
        28..31 => company.name.to_uppercase(),
        31..34 => without_accents(&company.name),
        _ => company.name.clone(),
    }
}

fn with_mark(text: &str) -> Vec<u8> {
    [b"\xef\xbb\xbf", text.as_bytes()].concat()
}

pub(crate) fn contacts(scene: &Scene) -> Rendered {
    let mut table = Table::new(',', "\n");
    table.line(&CONTACTS);
    for (place, seen) in scene.hubspot.iter().enumerate() {
        let mut random = Random::of(scene.seed, "hubspot contact", place);
        let company = seen.employer.map(|own| typed_company(&scene.world.organisations[own], &mut random));
        let deals: Vec<String> = deals_of(scene, place).iter().map(ToString::to_string).collect();
        let row = table.row(&[
            contact_key(place).to_string(),
            seen.given.clone(),
            seen.family.clone(),
            seen.email.clone().unwrap_or_default(),
            seen.phone.as_ref().map(|own| written(own, Style::International, &mut random)).unwrap_or_default(),
            random.pick(&OWNERS).to_owned(),
            random.pick(&["NEW", "OPEN", "IN_PROGRESS", "OPEN_DEAL", "UNQUALIFIED", ""]).to_owned(),
            format!("{} {:02}:{:02}", iso(random.between(200, 1500)), random.between(8, 18), random.below(60)),
            format!("{} {:02}:{:02}", iso(random.below(200)), random.between(8, 18), random.below(60)),
            random.pick(&["", "", "Buyer", "Buyer;Investor", "Seller;Landlord"]).to_owned(),
            random.pick(&["Lead", "Lead", "Opportunity", "Customer", "Subscriber"]).to_owned(),
            random.pick(&LEAD_SOURCES).to_owned(),
            random.pick(&["", "", "Orientation", "Comparison"]).to_owned(),
            String::new(),
            if deals.is_empty() { String::new() } else { format!("{} project", seen.family) },
            company.unwrap_or_default(),
            deals.join(";"),
        ]);
        table.truth.push(Truth::person(row, seen.person));
        table.truth.extend(seen.employer.map(|own| Truth::organisation(row, own)));
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

/// The companies that were entered a second time, without looking.
pub(super) fn listed_twice(scene: &Scene) -> impl Iterator<Item = usize> {
    (0..scene.world.organisations.len()).filter(|place| Random::of(scene.seed, "company twice", *place).chance(5))
}

pub(crate) fn companies(scene: &Scene) -> Rendered {
    let mut table = Table::new(',', "\n");
    table.line(&COMPANIES);
    let first = (0..scene.world.organisations.len()).map(|own| (own, false));
    for (place, (own, is_again)) in first.chain(listed_twice(scene).map(|own| (own, true))).enumerate() {
        let mut random = Random::of(scene.seed, "hubspot company", place);
        let company = &scene.world.organisations[own];
        let name = if is_again { typed_company(company, &mut random) } else { company.name.clone() };
        let row = table.row(&[
            company_key(place).to_string(),
            name,
            format!("https://www.{}/", company.domain),
            random.pick(&OWNERS).to_owned(),
            format!("{} 09:00", iso(random.between(300, 1600))),
            company.industry.to_owned(),
            if is_again { String::new() } else { company.employees.to_string() },
            company.city.to_owned(),
            company.country.name().to_owned(),
            if is_again { String::new() } else { company.domain.clone() },
            format!("{} 10:30", iso(random.below(120))),
        ]);
        table.truth.push(Truth::organisation(row, own));
    }
    table.finish("hubspot-companies.csv", with_mark)
}

pub(crate) fn deals(scene: &Scene) -> Rendered {
    let mut table = Table::new(',', "\n");
    table.line(&DEALS);
    let topics = ["renovation", "new office", "apartment", "garden", "extension"];
    for (place, seen) in scene.hubspot.iter().enumerate() {
        for deal in deals_of(scene, place) {
            let mut random = Random::of(scene.seed, "hubspot deal", deal);
            let mut contacts = vec![contact_key(place).to_string()];
            if random.chance(20) {
                let partner = random.below(scene.hubspot.len());
                contacts.extend((partner != place).then(|| contact_key(partner).to_string()));
            }
            let company = scene.world.people[seen.person].now.employer.map(|own| company_key(own).to_string());
            let created = random.between(30, 400);
            let (year, month, day) = day_before(created.saturating_sub(random.between(20, 200)));
            table.row(&[
                deal.to_string(),
                format!("{} – {}", seen.family, random.pick(&topics)),
                random.pick(&STAGES).to_owned(),
                "Sales Pipeline".to_owned(),
                format!("{}", random.between(8, 900) * 500),
                random.pick(&OWNERS).to_owned(),
                company.unwrap_or_default(),
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
