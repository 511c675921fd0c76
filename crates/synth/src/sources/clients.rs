//! An old spreadsheet, saved as semicolon CSV in Windows-1252 by a French Excel: titles above, a total below, national phone
//! numbers, birth dates that tell their order and contact dates that do not.

use encoding_rs::WINDOWS_1252;

use super::Scene;
use crate::phones::{Style, written};
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

pub(crate) fn render(scene: &Scene) -> Rendered {
    let mut table = Table::new(';', "\r\n");
    table.line(&["Liste des clients"]);
    table.line(&["Imprimée le 28/10/2009"]);
    table.line(&[""]);
    table.line(&HEADER);
    for (number, seen) in scene.clients.iter().enumerate() {
        let mut random = Random::of(scene.seed, "old client", number);
        let Some(home) = &seen.home else { continue };
        let phone = seen.landline.as_ref().or(seen.phone.as_ref());
        let company = seen.employer.map(|place| scene.world.organisations[place].name.clone());
        let birth = seen.birth.map(|(year, month, day)| format!("{day:02}.{month:02}.{year}"));
        let contact =
            format!("{:02}/{:02}/{}", random.between(1, 12), random.between(1, 12), random.between(2003, 2009));
        let row = table.row(&[
            seen.family.clone(),
            seen.given.clone(),
            company.unwrap_or_default(),
            phone.map(|phone| written(phone, Style::National, &mut random)).unwrap_or_default(),
            seen.email.clone().unwrap_or_default(),
            birth.unwrap_or_default(),
            home.street.clone(),
            home.postcode.clone(),
            home.city.to_owned(),
            contact,
        ]);
        table.truth.push(Truth::person(row, seen.person));
        table.truth.extend(seen.employer.map(|place| Truth::organisation(row, place)));
    }
    table.broken(&[format!("Total : {} clients", scene.clients.len())]);
    table.finish("clients-2009.csv", |text| WINDOWS_1252.encode(text).0.into_owned())
}
