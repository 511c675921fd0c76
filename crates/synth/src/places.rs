//! Countries, real cities, invented addresses.

use crate::names::Culture;
use crate::phones::Exchange;
use crate::random::Random;

/// Where somebody lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Country {
    France,
    UnitedKingdom,
    Ireland,
    Germany,
    UnitedStates,
}

/// A city: name, postcode or its first half, where its reserved landline numbers begin (empty if it has none).
type City = (&'static str, &'static str, &'static str);

const FRANCE: [City; 16] = [
    ("Paris", "75011", "+3319900"),
    ("Versailles", "78000", "+3319900"),
    ("Rennes", "35000", "+3326191"),
    ("Nantes", "44000", "+3326191"),
    ("Angers", "49000", "+3326191"),
    ("Tours", "37000", "+3326191"),
    ("Lille", "59000", "+3335301"),
    ("Strasbourg", "67000", "+3335301"),
    ("Dijon", "21000", "+3335301"),
    ("Lyon", "69003", "+3346571"),
    ("Annecy", "74000", "+3346571"),
    ("Marseille", "13006", "+3346571"),
    ("Nice", "06000", "+3346571"),
    ("Toulouse", "31000", "+3353649"),
    ("Bordeaux", "33000", "+3353649"),
    ("Pau", "64000", "+3353649"),
];
const UNITED_KINGDOM: [City; 8] = [
    ("London", "N4", "+442079460"),
    ("Manchester", "M4", "+441614960"),
    ("Leeds", "LS2", "+441134960"),
    ("Sheffield", "S3", "+441144960"),
    ("Bristol", "BS6", "+441174960"),
    ("Edinburgh", "EH3", "+441314960"),
    ("Glasgow", "G12", "+441414960"),
    ("Liverpool", "L8", "+441514960"),
];
const IRELAND: [City; 4] = [("Dublin", "D06", ""), ("Cork", "T12", ""), ("Galway", "H91", ""), ("Limerick", "V94", "")];
const GERMANY: [City; 4] =
    [("Berlin", "10437", ""), ("Hamburg", "22765", ""), ("München", "80799", ""), ("Köln", "50672", "")];
const UNITED_STATES: [City; 4] =
    [("Boston", "02116", ""), ("New York", "10025", ""), ("Chicago", "60614", ""), ("Austin", "78701", "")];

const FRENCH_STREETS: [&str; 12] = [
    "rue des Lilas",
    "rue du Moulin",
    "avenue de la République",
    "rue de l'Église",
    "place du Marché",
    "rue Haute",
    "chemin des Vignes",
    "boulevard Gambetta",
    "rue du Port",
    "allée des Tilleuls",
    "rue Neuve",
    "quai de la Marne",
];
const BRITISH_STREETS: [&str; 8] = [
    "Mill Lane",
    "High Street",
    "Church Road",
    "Station Road",
    "Park Avenue",
    "Orchard Close",
    "Bridge Street",
    "The Green",
];
const GERMAN_STREETS: [&str; 6] =
    ["Lindenstraße", "Bahnhofstraße", "Gartenweg", "Schillerstraße", "Kirchplatz", "Am Mühlbach"];
const AMERICAN_STREETS: [&str; 5] = ["Main Street", "Oak Avenue", "Maple Street", "Elm Street", "Park Drive"];

impl Country {
    /// A country: about two in three people live in France, where the company is.
    pub(crate) fn draw(random: &mut Random) -> Self {
        match random.below(100) {
            0..64 => Self::France,
            64..82 => Self::UnitedKingdom,
            82..90 => Self::Ireland,
            90..96 => Self::Germany,
            _ => Self::UnitedStates,
        }
    }

    /// Its English name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::France => "France",
            Self::UnitedKingdom => "United Kingdom",
            Self::Ireland => "Ireland",
            Self::Germany => "Germany",
            Self::UnitedStates => "United States",
        }
    }

    /// Where the name of somebody who lives there comes from.
    pub(crate) fn culture(self, random: &mut Random) -> Culture {
        match (self, random.below(100)) {
            (Self::France, 0..12) => Culture::Maghrebi,
            (Self::France, 12..17) | (Self::UnitedStates, 0..25) => Culture::Spanish,
            (Self::France, _) => Culture::French,
            (Self::UnitedKingdom, 0..18) | (Self::UnitedStates, 25..40) => Culture::Indian,
            (Self::UnitedKingdom | Self::UnitedStates, _) => Culture::English,
            (Self::Ireland, _) => Culture::Irish,
            (Self::Germany, _) => Culture::German,
        }
    }

    /// A legal form that companies have there.
    pub(crate) fn legal_form(self, random: &mut Random) -> &'static str {
        random.pick(match self {
            Self::France => &["SARL", "SAS", "SA"],
            Self::UnitedKingdom => &["Ltd", "LLP", "plc"],
            Self::Ireland => &["Ltd", "Ltd", "DAC"],
            Self::Germany => &["GmbH", "GmbH", "AG"],
            Self::UnitedStates => &["Inc", "LLC", "Corp"],
        })
    }

    /// The name of a city.
    pub(crate) fn city(self, random: &mut Random) -> &'static str {
        random.pick(self.cities()).0
    }

    const fn cities(self) -> &'static [City] {
        match self {
            Self::France => &FRANCE,
            Self::UnitedKingdom => &UNITED_KINGDOM,
            Self::Ireland => &IRELAND,
            Self::Germany => &GERMANY,
            Self::UnitedStates => &UNITED_STATES,
        }
    }
}

/// A home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Home {
    pub(crate) street: String,
    pub(crate) postcode: String,
    pub(crate) city: &'static str,
    pub(crate) country: Country,
    /// E.164.
    pub(crate) landline: Option<String>,
}

impl Home {
    /// A home somewhere in a country, with a landline where a reserved range has one left.
    pub(crate) fn draw(country: Country, exchange: &mut Exchange, random: &mut Random) -> Self {
        let (city, area, block) = random.pick(country.cities());
        let house = random.between(1, 140);
        let letter =
            |random: &mut Random| random.pick(&['A', 'B', 'D', 'E', 'F', 'H', 'N', 'P', 'R', 'T', 'W', 'X', 'Y']);
        let street = match country {
            Country::France => format!("{house} {}", random.pick(&FRENCH_STREETS)),
            Country::UnitedKingdom | Country::Ireland => format!("{house} {}", random.pick(&BRITISH_STREETS)),
            Country::Germany => format!("{} {house}", random.pick(&GERMAN_STREETS)),
            Country::UnitedStates => format!("{house} {}", random.pick(&AMERICAN_STREETS)),
        };
        let postcode = match country {
            Country::UnitedKingdom => format!("{area} {}{}{}", random.between(1, 9), letter(random), letter(random)),
            Country::Ireland => format!("{area} {}{}{:02}", letter(random), letter(random), random.between(1, 99)),
            _ => area.to_owned(),
        };
        let width = if country == Country::France { 4 } else { 3 };
        let landline = (!block.is_empty()).then(|| exchange.number(block, width)).flatten();
        Self { street, postcode, city, country, landline }
    }

    /// The address on several lines, as an address book shows it.
    pub(crate) fn lines(&self) -> String {
        let Self { street, postcode, city, country, .. } = self;
        let town = match country {
            Country::UnitedKingdom | Country::Ireland => format!("{city}\n{postcode}"),
            Country::UnitedStates => format!("{city} {postcode}"),
            Country::France | Country::Germany => format!("{postcode} {city}"),
        };
        format!("{street}\n{town}\n{}", country.name())
    }
}
