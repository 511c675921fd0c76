//! Companies.

use crate::names::slug;
use crate::places::Country;
use crate::random::Random;
use crate::words::{COMPANY_TRADES, COMPANY_WORDS, INDUSTRIES};

/// A company.
#[derive(Clone, Debug)]
pub(crate) struct Organisation {
    /// `Cedar Design SARL`.
    pub(crate) name: String,
    /// Without the legal form.
    pub(crate) short: String,
    pub(crate) domain: String,
    pub(crate) industry: &'static str,
    pub(crate) employees: usize,
    pub(crate) country: Country,
    pub(crate) city: &'static str,
}

impl Organisation {
    pub(crate) fn draw(seed: u64, number: usize) -> Self {
        let mut random = Random::of(seed, "organisation", number);
        // Words are taken in turn, so that no two companies share a name.
        let word = COMPANY_WORDS[number % COMPANY_WORDS.len()];
        let round = number / COMPANY_WORDS.len();
        let trade = COMPANY_TRADES[(number + 5 * round) % COMPANY_TRADES.len()];
        let short = match round {
            0..14 => format!("{word} {trade}"),
            _ => format!("{word} {trade} {round}"),
        };
        let country = Country::draw(&mut random);
        Self {
            name: format!("{short} {}", country.legal_form(&mut random)),
            domain: format!("{}.example", slug(&short)),
            short,
            industry: random.pick(&INDUSTRIES),
            employees: random.between(3, 400),
            country,
            city: country.city(&mut random),
        }
    }
}
