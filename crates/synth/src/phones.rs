//! Phone numbers, all of them from ranges that the national regulators keep free for fiction: France 06 39 98, 01 99 00,
//! 02 61 91, 03 53 01, 04 65 71, 05 36 49 (Arcep, decision 2018-0881); United Kingdom 07700 900 and the cities' 496 0, London
//! 020 7946 0 (Ofcom, "Numbers for drama use"); Ireland 020 91 (ComReg); Germany 0171 39200, 0176 040690 and blocks of four
//! cities (Bundesnetzagentur, "Rufnummern für Medienproduktionen"); North America 555-01 (NANPA).

use std::collections::BTreeMap;

use crate::places::Country;
use crate::random::Random;

/// Area codes in which people have a North American number.
const AREAS: [&str; 12] = ["202", "206", "212", "303", "305", "310", "312", "404", "415", "512", "617", "713"];

/// Hands out numbers in E.164, each once.
#[derive(Debug, Default)]
pub(crate) struct Exchange {
    used: BTreeMap<String, usize>,
}

impl Exchange {
    /// A mobile number for somebody who lives there; `None` once the reserved range is used up.
    pub(crate) fn mobile(&mut self, country: Country) -> Option<String> {
        match country {
            Country::France => self.number("+3363998", 4),
            Country::UnitedKingdom => self.number("+447700900", 3),
            Country::Ireland => self.number("+3532091", 5),
            Country::Germany => self.number("+4917139200", 2).or_else(|| self.number("+49176040690", 2)),
            Country::UnitedStates => AREAS.iter().find_map(|area| self.number(&format!("+1{area}55501"), 2)),
        }
    }

    /// A number of the block that begins so and goes on for `width` digits.
    pub(crate) fn number(&mut self, prefix: &str, width: usize) -> Option<String> {
        let size = 10_usize.pow(u32::try_from(width).ok()?);
        let used = self.used.entry(prefix.to_owned()).or_insert(0);
        if *used == size {
            return None;
        }
        // 7919 has no divisor in common with a power of ten, so every number comes up once.
        let index = (*used * 7919 + 1234) % size;
        *used += 1;
        Some(format!("{prefix}{index:0width$}"))
    }
}

/// The number with two neighbouring digits of its last four swapped, as a hurried hand does it.
pub(crate) fn transposed(e164: &str, random: &mut Random) -> String {
    let mut digits: Vec<char> = e164.chars().collect();
    let at = digits.len() - random.between(2, 4);
    digits.swap(at, at + 1);
    digits.into_iter().collect()
}

/// How a source writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `+33 6 39 98 12 34`, `0033639981234`.
    International,
    /// `06.39.98.12.34` for French ones.
    National,
}

/// A number as people write it.
pub(crate) fn written(e164: &str, style: Style, random: &mut Random) -> String {
    match e164.strip_prefix("+33") {
        Some(french) => written_french(french, style, random),
        None if random.chance(50) => e164.to_owned(),
        None => match (e164.strip_prefix("+44"), e164.strip_prefix("+1")) {
            (Some(rest), _) => format!("+44 {} {}", &rest[..4], &rest[4..]),
            (_, Some(rest)) => format!("+1 ({}) {}-{}", &rest[..3], &rest[3..6], &rest[6..]),
            _ => format!("00{}", &e164[1..]),
        },
    }
}

fn written_french(national: &str, style: Style, random: &mut Random) -> String {
    let digits = format!("0{national}");
    let pairs: Vec<&str> = (0..digits.len() / 2).map(|pair| &digits[pair * 2..pair * 2 + 2]).collect();
    match (style, random.below(3)) {
        (Style::National, 0) => pairs.join("."),
        (Style::National, 1) => digits,
        (Style::National, _) => pairs.join(" "),
        (Style::International, 0) => format!("+33{national}"),
        (Style::International, 1) => format!("0033{national}"),
        (Style::International, _) => format!("+33 {} {}", &national[..1], pairs[1..].join(" ")),
    }
}
