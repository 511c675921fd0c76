//! An old spreadsheet, saved as semicolon CSV in Windows-1252 by a French Excel: titles above, a total below, national phone
//! numbers, birth dates that tell their order and contact dates that do not.

use encoding_rs::WINDOWS_1252;

use crate::graph::Graph;
use crate::noise::{see, written_phone};
use crate::random::Random;
use crate::table::{Rendered, Table, Truth};

const HEADER: [&str; 10] = [
    "Nom",
    "Prénom",
    "Société",
    "Téléphone",
    "Courriel",
    "Date de naissance",
    "Adresse",
    "Code postal",
    "Ville",
    "Dernier contact",
];

pub(crate) fn render(graph: &Graph, seed: u64) -> Rendered {
    let mut table = Table::new(';', "\r\n");
    table.line(&["Liste des clients"]);
    table.line(&["Imprimée le 28/10/2009"]);
    table.line(&[""]);
    table.line(&HEADER);
    let mut count = 0;
    for (number, person) in graph.people.iter().enumerate() {
        let mut random = Random::of(seed, "old client", number);
        if !person.address.is_french || !random.chance(49) {
            continue;
        }
        count += 1;
        let seen = see(person, &mut random);
        let landline = person.address.landline.as_ref().filter(|_| random.chance(20));
        // With the landline alone nobody could tell two of one household apart: the mailbox stands beside it.
        let email = if landline.is_some() { person.emails.first().cloned().unwrap_or_default() } else { seen.email };
        let phone = landline.cloned().unwrap_or(seen.phone);
        let has_company = random.chance(30);
        let company = person.employer.filter(|_| has_company).map(|place| &graph.organisations[place]);
        let (year, month, day) = person.birth;
        let birth = if random.chance(60) { format!("{day:02}.{month:02}.{year}") } else { String::new() };
        let contact =
            format!("{:02}/{:02}/{}", random.between(1, 12), random.between(1, 12), random.between(2003, 2009));
        let home = &person.address;
        let row = table.row(&[
            seen.family,
            seen.given,
            company.map(|own| own.name.clone()).unwrap_or_default(),
            written_phone(&phone, true, &mut random),
            email,
            birth,
            home.street.clone(),
            home.postcode.clone(),
            home.city.to_owned(),
            contact,
        ]);
        table.truth.push(Truth::person(row, number));
        if let (Some(place), true) = (person.employer, has_company) {
            table.truth.push(Truth::organisation(row, place));
        }
    }
    table.broken(&[format!("Total : {count} clients")]);
    table.finish("clients-2009.csv", |text| WINDOWS_1252.encode(text).0.into_owned())
}
