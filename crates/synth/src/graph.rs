//! The real world behind the sources: people, companies, and everything that makes matching hard.

use crate::random::Random;
use crate::words::{
    BRITISH_STREETS, BRITISH_TOWNS, COMPANY_FORMS, COMPANY_TRADES, COMPANY_WORDS, FAMILY_END, FAMILY_START,
    FRENCH_STREETS, FRENCH_TOWNS, GIVEN, Given, INDUSTRIES, JOBS,
};
use crate::{Manifest, Options};

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
    pub(crate) city: &'static str,
}

/// Where somebody lives.
#[derive(Clone, Debug, Default)]
pub(crate) struct Address {
    pub(crate) street: String,
    pub(crate) postcode: String,
    pub(crate) city: &'static str,
    pub(crate) is_french: bool,
    /// E.164.
    pub(crate) landline: Option<String>,
}

/// A human being.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) given: &'static str,
    pub(crate) short: &'static str,
    pub(crate) family: String,
    /// The family name before it changed.
    pub(crate) former_family: Option<String>,
    /// `Jr` or `Sr`.
    pub(crate) suffix: &'static str,
    pub(crate) birth: (usize, usize, usize),
    /// Main address first.
    pub(crate) emails: Vec<String>,
    /// E.164, main number first.
    pub(crate) phones: Vec<String>,
    pub(crate) address: Address,
    pub(crate) employer: Option<usize>,
    pub(crate) job: &'static str,
}

/// Everything.
#[derive(Clone, Debug)]
pub(crate) struct Graph {
    pub(crate) people: Vec<Person>,
    pub(crate) organisations: Vec<Organisation>,
    counts: Manifest,
}

impl Graph {
    pub(crate) fn generate(options: &Options) -> Self {
        let count = options.people as usize;
        let organisations: Vec<Organisation> =
            (0..(count * 3 / 40).max(3)).map(|number| organisation(options.seed, number)).collect();
        let mut people: Vec<Person> =
            (0..count).map(|number| person(options.seed, number, organisations.len())).collect();
        let mut counts =
            Manifest { people: options.people, organisations: organisations.len() as u32, ..Manifest::default() };
        populate(&mut people, &organisations, &mut counts, options.seed);
        Self { people, organisations, counts }
    }

    pub(crate) fn manifest(&self) -> Manifest {
        self.counts.clone()
    }
}

fn organisation(seed: u64, number: usize) -> Organisation {
    let mut random = Random::of(seed, "organisation", number);
    // Words are taken in turn, so that no two companies share a name.
    let word = COMPANY_WORDS[number % COMPANY_WORDS.len()];
    let round = number / COMPANY_WORDS.len();
    let trade = COMPANY_TRADES[(number + 5 * round) % COMPANY_TRADES.len()];
    let numeral = if round < COMPANY_TRADES.len() { String::new() } else { format!(" {}", round) };
    let short = format!("{word} {trade}{numeral}");
    let domain = format!("{}.example", plain(&short).replace(' ', "-"));
    Organisation {
        name: format!("{short} {}", random.pick(&COMPANY_FORMS)),
        short,
        domain,
        industry: random.pick(&INDUSTRIES),
        employees: random.between(3, 400),
        city: random.pick(&FRENCH_TOWNS).0,
    }
}

fn family(random: &mut Random) -> String {
    format!("{}{}", random.pick(&FAMILY_START), random.pick(&FAMILY_END))
}

fn address(random: &mut Random, number: usize) -> Address {
    let is_french = random.chance(75);
    let house = random.between(1, 140);
    if is_french {
        let (city, stem) = random.pick(&FRENCH_TOWNS);
        // 01 99 00 xx xx is kept for fiction by the French regulator.
        let landline = Some(format!("+331990{:05}", number % 100_000));
        let street = format!("{house} {}", random.pick(&FRENCH_STREETS));
        return Address { street, postcode: format!("{stem}{:02}", random.between(1, 19)), city, is_french, landline };
    }
    let (city, stem) = random.pick(&BRITISH_TOWNS);
    let street = format!("{house} {}", random.pick(&BRITISH_STREETS));
    let letters = ["AB", "DF", "HJ", "LN", "QR", "TU"];
    let postcode = format!("{stem} {}{}", random.between(1, 9), random.pick(&letters));
    Address { street, postcode, city, is_french, landline: None }
}

/// Mobile numbers: 06 39 98 xx xx (France) and 07700 900xxx (United Kingdom) are kept for fiction; where a population needs
/// more of them, French ones that start with 07 00, which no operator gives to people, follow.
fn mobile(is_french: bool, number: usize, spare: bool) -> String {
    let number = number * 2 + usize::from(spare);
    match (is_french, number) {
        (false, 0..1000) => format!("+447700900{number:03}"),
        (_, 0..10_000) => format!("+3363998{number:04}"),
        _ => format!("+33700{:06}", number % 1_000_000),
    }
}

fn person(seed: u64, number: usize, organisations: usize) -> Person {
    let mut random = Random::of(seed, "person", number);
    let (given, short, _): Given = random.pick(&GIVEN);
    let family = family(&mut random);
    let address = address(&mut random, number);
    let employer = random.chance(55).then(|| random.below(organisations));
    let provider = random.pick(&["mail.example", "post.example", "webmail.example"]);
    let local = match random.below(4) {
        0 => format!("{}.{}", plain(given), plain(&family)),
        1 => format!("{}{}", plain(given), number % 1000),
        2 => format!("{}.{}{}", &plain(given)[..1], plain(&family), random.between(1, 99)),
        _ => format!("{}.{}{:02}", plain(given), plain(&family), random.between(50, 99)),
    };
    let mut emails = vec![format!("{local}.{number}@{provider}")];
    if random.chance(25) {
        emails.push(format!("{}.{}@{}", plain(&family), number, random.pick(&["mail.example", "other.example"])));
    }
    let mut phones = vec![mobile(address.is_french, number, false)];
    if random.chance(12) {
        phones.push(mobile(address.is_french, number, true));
    }
    Person {
        given,
        short,
        family,
        former_family: None,
        suffix: "",
        birth: (random.between(1945, 2003), random.between(1, 12), random.between(1, 28)),
        emails,
        phones,
        address,
        employer,
        job: random.pick(&JOBS),
    }
}

/// Lower-case ASCII.
pub(crate) fn plain(text: &str) -> String {
    let folded = |c: char| match c {
        'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'É' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'û' | 'ü' | 'ù' => 'u',
        'ç' => 'c',
        other => other.to_ascii_lowercase(),
    };
    text.chars().map(folded).filter(|c| c.is_ascii_alphanumeric() || *c == ' ' || *c == '-').collect()
}

/// Turns neighbours in the list into twins, households, namesakes … Each person plays at most one such part, so that the
/// truth of every case is plain.
fn populate(people: &mut [Person], organisations: &[Organisation], counts: &mut Manifest, seed: u64) {
    let mut random = Random::of(seed, "populate", 0);
    let share = |per_mille: usize| (people.len() * per_mille / 1000).max(1);
    let (twins, couples, namesakes, generations) = (share(8), share(8), share(10), share(4));
    let (households, changes, offices) = (share(50), share(20), (organisations.len() / 20).max(1));
    let mut next = 0;
    let mut pairs = |count: usize, size: usize| -> Vec<usize> {
        let starts = (0..count).map(|n| next + n * size).filter(|start| start + size <= people.len()).collect();
        next += count * size;
        starts
    };
    let (twin_at, couple_at, namesake_at) = (pairs(twins, 2), pairs(couples, 2), pairs(namesakes, 2));
    let (generation_at, household_at) = (pairs(generations, 2), pairs(households, 2));
    let (change_at, office_at) = (pairs(changes, 1), pairs(offices, 4));

    for at in &twin_at {
        share_home(people, *at);
        people[at + 1].birth = people[*at].birth;
    }
    for at in &couple_at {
        share_home(people, *at);
        people[at + 1].emails = people[*at].emails.clone();
    }
    for at in &namesake_at {
        let (given, short, family) = (people[*at].given, people[*at].short, people[*at].family.clone());
        let other = &mut people[at + 1];
        (other.given, other.short, other.family) = (given, short, family);
    }
    for at in &generation_at {
        share_home(people, *at);
        let (given, short) = (people[*at].given, people[*at].short);
        let (year, ..) = people[*at].birth;
        people[*at].suffix = "Sr";
        let son = &mut people[at + 1];
        (son.given, son.short, son.suffix) = (given, short, "Jr");
        son.birth.0 = (year + random.between(24, 32)).min(2005);
    }
    for at in &household_at {
        share_home(people, *at);
    }
    for at in &change_at {
        people[*at].former_family = Some(family(&mut random));
    }
    for (number, at) in office_at.iter().enumerate() {
        let office = &organisations[number % organisations.len()];
        for person in &mut people[*at..*at + 4] {
            person.employer = Some(number % organisations.len());
            person.emails.insert(0, format!("info@{}", office.domain));
        }
    }
    counts.twins = twin_at.len() as u32;
    counts.shared_mailboxes = couple_at.len() as u32;
    counts.namesakes = namesake_at.len() as u32;
    counts.generations = generation_at.len() as u32;
    counts.households = (twin_at.len() + couple_at.len() + generation_at.len() + household_at.len()) as u32;
    counts.name_changes = change_at.len() as u32;
    counts.office_mailboxes = office_at.len() as u32;
}

/// Two people with one family name, one address and one landline, and given names that differ.
fn share_home(people: &mut [Person], at: usize) {
    let (family, address) = (people[at].family.clone(), people[at].address.clone());
    let own = people[at].given;
    let other = &mut people[at + 1];
    if other.given == own {
        let place = GIVEN.iter().position(|(given, ..)| *given == own).unwrap_or(0);
        (other.given, other.short, _) = GIVEN[(place + 7) % GIVEN.len()];
    }
    other.family = family;
    other.address = address;
}
