//! The real world behind the sources: people, companies, and everything that makes matching hard.

mod organisation;
mod person;

use std::collections::BTreeMap;

pub(crate) use organisation::Organisation;
pub(crate) use person::{Life, Person};

use crate::Options;
use crate::names::{family_name, given_name, nickname};
use crate::phones::Exchange;
use crate::places::{Country, Home};
use crate::random::Random;

/// Who was born later was a minor when the list of clients of 2009 was printed.
pub(crate) const OF_AGE_IN_2009: usize = 1990;

/// The part somebody plays. Each person plays one at most, so that the truth of every case is plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// Two born on one day in one house.
    Twin,
    /// A couple who share one mailbox.
    Couple,
    /// Two strangers of one name.
    Namesake,
    /// Father and son of one name, `Sr` and `Jr`.
    Generation,
    /// Two of one family with one landline.
    Household,
    /// Four of one office who use its mailbox.
    Office,
    /// Took another family name.
    Renamed,
    /// Took another home.
    Moved,
    /// Took another employer.
    ChangedJob,
    /// Took another mobile number.
    ChangedNumber,
    /// Nothing out of the ordinary.
    Ordinary,
}

impl Part {
    /// How many people play it together, and how many in a thousand people play it; at least one group does.
    const CAST: [(Self, usize, usize); 10] = [
        (Self::Twin, 2, 16),
        (Self::Couple, 2, 16),
        (Self::Namesake, 2, 20),
        (Self::Generation, 2, 8),
        (Self::Household, 2, 100),
        (Self::Office, 4, 14),
        (Self::Renamed, 1, 20),
        (Self::Moved, 1, 30),
        (Self::ChangedJob, 1, 30),
        (Self::ChangedNumber, 1, 30),
    ];

    /// Whether everybody who plays it lives in France, where the oldest of the sources was kept.
    pub(crate) const fn is_french(self) -> bool {
        !matches!(self, Self::Couple | Self::Namesake | Self::Generation | Self::Office | Self::Ordinary)
    }

    /// Whether the people of one group must not be taken for one.
    pub(crate) const fn is_trap(self) -> bool {
        matches!(self, Self::Twin | Self::Couple | Self::Namesake | Self::Generation | Self::Household | Self::Office)
    }
}

/// Everything.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) people: Vec<Person>,
    pub(crate) organisations: Vec<Organisation>,
}

impl World {
    pub(crate) fn generate(options: &Options) -> Self {
        let count = options.people as usize;
        let mut maker =
            Maker { seed: options.seed, exchange: Exchange::default(), mailboxes: BTreeMap::new(), offices: 0 };
        let organisations: Vec<Organisation> =
            (0..(count * 3 / 40).max(3)).map(|number| Organisation::draw(options.seed, number)).collect();
        let mut people = Vec::with_capacity(count);
        for (part, size, per_mille) in Part::CAST {
            for _ in 0..(count * per_mille / 1000 / size).max(1) {
                if people.len() + size <= count {
                    maker.group(part, size, &organisations, &mut people);
                }
            }
        }
        while people.len() < count {
            maker.group(Part::Ordinary, 1, &organisations, &mut people);
        }
        Self { people, organisations }
    }

    /// The people who play a part together, by the first of them.
    pub(crate) fn groups(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (number, person) in self.people.iter().enumerate() {
            groups.entry(person.group).or_default().push(number);
        }
        groups
    }
}

/// What the making of one person leaves for the next: numbers and mailboxes are handed out once.
struct Maker {
    seed: u64,
    exchange: Exchange,
    mailboxes: BTreeMap<String, usize>,
    offices: usize,
}

impl Maker {
    fn group(&mut self, part: Part, size: usize, organisations: &[Organisation], people: &mut Vec<Person>) {
        let first = people.len();
        for number in first..first + size {
            let mut random = Random::of(self.seed, "person", number);
            let mut person = self.person(part, first, organisations.len(), &mut random);
            if let Some(other) = people.get(first) {
                self.relate(part, other, &mut person, &mut random);
            }
            // Mailboxes carry the name, which is known only now.
            self.mailboxes_of(&mut person, &mut random);
            self.past(part, &mut person, organisations.len(), &mut random);
            people.push(person);
        }
        match part {
            Part::Generation => people[first].suffix = "Sr",
            Part::Couple => people[first + 1].now.emails = people[first].now.emails.clone(),
            Part::Office => {
                let place = self.offices % organisations.len();
                self.offices += 1;
                for person in &mut people[first..] {
                    person.now.employer = Some(place);
                    person.now.emails.insert(0, format!("info@{}", organisations[place].domain));
                }
            }
            _ => {}
        }
    }

    fn person(&mut self, part: Part, group: usize, organisations: usize, random: &mut Random) -> Person {
        let country = if part.is_french() { Country::France } else { Country::draw(random) };
        let culture = country.culture(random);
        let given = given_name(culture, random);
        let last_year = match part {
            Part::Generation => 1966,
            part if part.is_french() => OF_AGE_IN_2009,
            _ => 2003,
        };
        let home = Home::draw(country, &mut self.exchange, random);
        let mut phones: Vec<String> = self.exchange.mobile(country).into_iter().collect();
        if random.chance(12) {
            phones.extend(self.exchange.mobile(country));
        }
        let employer = random.chance(55).then(|| random.below(organisations));
        let family = family_name(culture, random);
        let now = Life { family, emails: Vec::new(), phones, home, employer, job: random.pick(&crate::words::JOBS) };
        let birth = (random.between(1945, last_year), random.between(1, 12), random.between(1, 28));
        Person { part, group, culture, given, nickname: nickname(given), suffix: "", birth, now, before: None }
    }

    /// Makes the second (third, fourth) of a group what they are to the first.
    fn relate(&mut self, part: Part, first: &Person, person: &mut Person, random: &mut Random) {
        let shares_home = matches!(part, Part::Twin | Part::Couple | Part::Generation | Part::Household);
        if shares_home {
            (person.now.family, person.now.home) = (first.now.family.clone(), first.now.home.clone());
            person.culture = first.culture;
            while person.given == first.given || person.nickname == first.nickname {
                person.given = given_name(first.culture, random);
                person.nickname = nickname(person.given);
            }
        }
        match part {
            Part::Twin => person.birth = first.birth,
            Part::Namesake | Part::Generation => {
                (person.given, person.nickname) = (first.given, first.nickname);
                person.now.family = first.now.family.clone();
            }
            _ => {}
        }
        if part == Part::Generation {
            person.suffix = "Jr";
            person.birth.0 = first.birth.0 + random.between(22, 34);
        }
    }

    fn mailboxes_of(&mut self, person: &mut Person, random: &mut Random) {
        let provider = random.pick(&["mail.example", "post.example", "webmail.example"]);
        person.now.emails = vec![self.mailbox(person.given, &person.now.family, provider, random)];
        if random.chance(25) {
            person.now.emails.push(self.mailbox(person.given, &person.now.family, "other.example", random));
        }
    }

    /// An address that nobody else has.
    fn mailbox(&mut self, given: &str, family: &str, provider: &str, random: &mut Random) -> String {
        let (given, family) = (crate::names::slug(given), crate::names::slug(family));
        let initial = given.get(..1).unwrap_or_default();
        let local = match random.below(4) {
            0 => format!("{given}.{family}"),
            1 => format!("{initial}.{family}"),
            2 => format!("{family}.{given}"),
            _ => format!("{given}.{family}{:02}", random.between(1, 99)),
        };
        let taken = self.mailboxes.entry(format!("{local}@{provider}")).or_insert(0);
        *taken += 1;
        if *taken == 1 { format!("{local}@{provider}") } else { format!("{local}.{taken}@{provider}") }
    }

    fn past(&mut self, part: Part, person: &mut Person, organisations: usize, random: &mut Random) {
        let mut before = person.now.clone();
        match part {
            Part::Renamed => {
                before.family = family_name(person.culture, random);
                if random.chance(50) {
                    before.emails = vec![self.mailbox(person.given, &before.family, "mail.example", random)];
                }
            }
            Part::Moved => before.home = Home::draw(before.home.country, &mut self.exchange, random),
            Part::ChangedJob => {
                let new = random.below(organisations);
                let old = (new + 1 + random.below(organisations - 1)) % organisations;
                (person.now.employer, before.employer) = (Some(new), Some(old));
            }
            Part::ChangedNumber => before.phones = self.exchange.mobile(before.home.country).into_iter().collect(),
            _ => return,
        }
        person.before = Some(before);
    }
}
