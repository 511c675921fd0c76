//! A property portal's workbook of enquiries: title rows above the header, phone numbers and prices stored as numbers.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use super::{Scene, day_before};
use crate::SynthError;
use crate::places::Country;
use crate::random::Random;
use crate::table::{Rendered, Truth};
use crate::words::{MESSAGES, PROPERTIES};

const HEADER: [&str; 10] = [
    "Lead ID",
    "Name",
    "Mobile",
    "Email",
    "Enquiry Date",
    "Message",
    "Property ID",
    "Property Title",
    "Locality",
    "Price",
];

pub(crate) fn render(scene: &Scene) -> Result<Rendered, SynthError> {
    let mut workbook = Workbook::new();
    // A fixed time of creation: the same seed writes the same bytes.
    let created = ExcelDateTime::from_ymd(2026, 10, 28)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let bold = Format::new().set_bold();
    let date = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    let sheet = workbook.add_worksheet();
    sheet.set_name("Enquiries")?;
    sheet.write_with_format(0, 0, "Property portal: enquiries", &bold)?;
    sheet.write(1, 0, "All offices, last 24 months")?;
    for (column, name) in (0..).zip(HEADER) {
        sheet.write_with_format(3, column, name, &bold)?;
    }
    let mut rendered = Rendered { name: "portal-enquiries.xlsx", ..Rendered::default() };
    let mut row = 4_u32;
    for (number, seen) in scene.portal.iter().enumerate() {
        let mut random = Random::of(scene.seed, "enquiry", number);
        let (year, month, day) = day_before(random.below(700));
        let property = random.between(100, 260);
        // What is on offer has its place once and for all.
        let place = Country::France.city(&mut Random::of(scene.seed, "property", property));
        sheet.write(row, 0, format!("L{:06}", row + 4_000))?;
        sheet.write(row, 1, format!("{} {}", seen.given, seen.family))?;
        if let Some(number) = seen.phone.as_ref().and_then(|phone| phone[1..].parse::<f64>().ok()) {
            sheet.write(row, 2, number)?;
        }
        sheet.write(row, 3, seen.email.clone().unwrap_or_default())?;
        let time = ExcelDateTime::from_ymd(year as u16, month as u8, day as u8)?;
        let time = time.and_hms(random.between(7, 22) as u16, random.below(60) as u8, 0.0)?;
        sheet.write_with_format(row, 4, &time, &date)?;
        sheet.write(row, 5, random.pick(&MESSAGES))?;
        sheet.write(row, 6, format!("PR-{property}"))?;
        sheet.write(row, 7, PROPERTIES[property % PROPERTIES.len()])?;
        sheet.write(row, 8, place)?;
        sheet.write(row, 9, (property * 2500) as f64)?;
        row += 1;
        rendered.truth.push(Truth::person(u64::from(row), seen.person));
        rendered.rows += 1;
    }
    rendered.bytes = workbook.save_to_buffer()?;
    Ok(rendered)
}
