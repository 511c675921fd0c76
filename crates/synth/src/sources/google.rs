//! Google Contacts' CSV export (columns of 2024): several values of one label in a cell joined by ` ::: `.

use super::Scene;
use crate::phones::{Style, written};
use crate::random::Random;
use crate::sighting::Sighting;
use crate::table::{Rendered, Table, Truth};
use crate::words::NOTES;
use crate::world::Part;

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

pub(crate) fn render(scene: &Scene) -> Rendered {
    let mut table = Table::new(',', "\n");
    table.line(&HEADER);
    for (number, seen) in scene.google.iter().enumerate() {
        let row = table.row(&cells(scene, seen, &mut Random::of(scene.seed, "google contact", number)));
        table.truth.push(Truth::person(row, seen.person));
        table.truth.extend(seen.employer.map(|place| Truth::organisation(row, place)));
    }
    let mut spoilt = vec![String::new(); 3];
    spoilt[0] = "Nul".to_owned();
    spoilt[2] = "Byte\0".to_owned();
    table.broken(&spoilt);
    table.finish("google-contacts.csv", |text| text.as_bytes().to_vec())
}

fn cells(scene: &Scene, seen: &Sighting, random: &mut Random) -> Vec<String> {
    let mut cells: Vec<String> = vec![String::new(); HEADER.len()];
    let mut set = |name: &str, value: String| {
        if let Some(place) = HEADER.iter().position(|header| *header == name) {
            cells[place] = value;
        }
    };
    set("First Name", seen.given.clone());
    set("Last Name", seen.family.clone());
    set("Name Suffix", seen.suffix.to_owned());
    if let Some(place) = seen.employer {
        set("Organization Name", scene.world.organisations[place].short.clone());
        set("Organization Title", seen.job.to_owned());
    }
    if let Some((year, month, day)) = seen.birth {
        // A birthday without its year, where nothing hangs on it.
        let is_yearless = random.chance(8) && scene.world.people[seen.person].part == Part::Ordinary;
        let year = if is_yearless { "-".to_owned() } else { year.to_string() };
        set("Birthday", format!("{year}-{month:02}-{day:02}"));
    }
    if random.chance(15) {
        set("Notes", format!("{}\n{}", random.pick(&NOTES), random.pick(&NOTES)));
    }
    let labels = ["* myContacts", "* myContacts ::: Clients", "* myContacts ::: Partners"];
    set("Labels", random.pick(&labels).to_owned());
    if let Some(email) = &seen.email {
        set("E-mail 1 - Label", "* Home".to_owned());
        match &seen.other_email {
            Some(other) if random.chance(50) => set("E-mail 1 - Value", format!("{email} ::: {other}")),
            other => {
                set("E-mail 1 - Value", email.clone());
                set("E-mail 2 - Label", other.as_ref().map(|_| "Other".to_owned()).unwrap_or_default());
                set("E-mail 2 - Value", other.clone().unwrap_or_default());
            }
        }
    }
    if let Some(phone) = &seen.phone {
        set("Phone 1 - Label", "Mobile".to_owned());
        set("Phone 1 - Value", written(phone, Style::International, random));
    }
    if let Some(landline) = &seen.landline {
        set("Phone 2 - Label", "Home".to_owned());
        set("Phone 2 - Value", written(landline, Style::International, random));
    }
    if let Some(home) = &seen.home {
        set("Address 1 - Label", "Home".to_owned());
        set("Address 1 - Formatted", home.lines());
        set("Address 1 - Street", home.street.clone());
        set("Address 1 - City", home.city.to_owned());
        set("Address 1 - Postal Code", home.postcode.clone());
        set("Address 1 - Country", home.country.name().to_owned());
    }
    cells
}
