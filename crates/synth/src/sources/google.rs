//! Google Contacts' CSV export (columns of 2024): several values of one label in a cell joined by ` ::: `.

use crate::graph::Graph;
use crate::noise::{see, written_phone};
use crate::random::Random;
use crate::table::{Rendered, Table, Truth};
use crate::words::NOTES;

const HEADER: [&str; 36] = [
    "First Name",
    "Middle Name",
    "Last Name",
    "Phonetic First Name",
    "Phonetic Middle Name",
    "Phonetic Last Name",
    "Name Prefix",
    "Name Suffix",
    "Nickname",
    "File As",
    "Organization Name",
    "Organization Title",
    "Organization Department",
    "Birthday",
    "Notes",
    "Photo",
    "Labels",
    "E-mail 1 - Label",
    "E-mail 1 - Value",
    "E-mail 2 - Label",
    "E-mail 2 - Value",
    "Phone 1 - Label",
    "Phone 1 - Value",
    "Phone 2 - Label",
    "Phone 2 - Value",
    "Address 1 - Label",
    "Address 1 - Formatted",
    "Address 1 - Street",
    "Address 1 - City",
    "Address 1 - PO Box",
    "Address 1 - Region",
    "Address 1 - Postal Code",
    "Address 1 - Country",
    "Address 1 - Extended Address",
    "Website 1 - Label",
    "Website 1 - Value",
];

pub(crate) fn render(graph: &Graph, seed: u64) -> Rendered {
    let mut table = Table::new(',', "\n");
    table.line(&HEADER);
    for (number, person) in graph.people.iter().enumerate() {
        let mut random = Random::of(seed, "google contact", number);
        if !random.chance(45) {
            continue;
        }
        let seen = see(person, &mut random);
        let mut cells: Vec<String> = vec![String::new(); HEADER.len()];
        let mut set = |name: &str, value: String| {
            if let Some(place) = HEADER.iter().position(|header| *header == name) {
                cells[place] = value;
            }
        };
        set("First Name", seen.given);
        set("Last Name", seen.family);
        set("Name Suffix", person.suffix.to_owned());
        let has_company = random.chance(50);
        if let (Some(place), true) = (person.employer, has_company) {
            set("Organization Name", graph.organisations[place].short.clone());
            set("Organization Title", person.job.to_owned());
        }
        if random.chance(55) {
            let (year, month, day) = person.birth;
            let text =
                if random.chance(8) { format!("--{month:02}-{day:02}") } else { format!("{year}-{month:02}-{day:02}") };
            set("Birthday", text);
        }
        if random.chance(15) {
            set("Notes", format!("{}\n{}", random.pick(&NOTES), random.pick(&NOTES)));
        }
        set(
            "Labels",
            random.pick(&["* myContacts", "* myContacts ::: Clients", "* myContacts ::: Partners"]).to_owned(),
        );
        if !seen.email.is_empty() {
            let other = person.emails.last().filter(|other| **other != seen.email && random.chance(60));
            set("E-mail 1 - Label", "* Home".to_owned());
            match other {
                Some(other) if random.chance(50) => set("E-mail 1 - Value", format!("{} ::: {other}", seen.email)),
                Some(other) => {
                    set("E-mail 1 - Value", seen.email);
                    set("E-mail 2 - Label", "Other".to_owned());
                    set("E-mail 2 - Value", other.clone());
                }
                None => set("E-mail 1 - Value", seen.email),
            }
        }
        if !seen.phone.is_empty() {
            set("Phone 1 - Label", "Mobile".to_owned());
            set("Phone 1 - Value", written_phone(&seen.phone, false, &mut random));
        }
        if let Some(landline) = person.address.landline.as_ref().filter(|_| random.chance(25)) {
            set("Phone 2 - Label", "Home".to_owned());
            set("Phone 2 - Value", written_phone(landline, false, &mut random));
        }
        if random.chance(50) {
            let home = &person.address;
            let country = if home.is_french { "France" } else { "United Kingdom" };
            set("Address 1 - Label", "Home".to_owned());
            set("Address 1 - Formatted", format!("{}\n{} {}\n{country}", home.street, home.postcode, home.city));
            set("Address 1 - Street", home.street.clone());
            set("Address 1 - City", home.city.to_owned());
            set("Address 1 - Postal Code", home.postcode.clone());
            set("Address 1 - Country", country.to_owned());
        }
        let row = table.row(&cells);
        table.truth.push(Truth::person(row, number));
        if let (Some(place), true) = (person.employer, has_company) {
            table.truth.push(Truth::organisation(row, place));
        }
    }
    let mut spoilt = vec![String::new(); 3];
    spoilt[0] = "Nul".to_owned();
    spoilt[2] = "Byte\0".to_owned();
    table.broken(&spoilt);
    table.finish("google-contacts.csv", |text| text.as_bytes().to_vec())
}
