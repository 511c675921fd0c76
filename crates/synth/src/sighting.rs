//! What a row of a source says about a person, before it is written in the manner of that source.

use crate::names::{slug, without_accents};
use crate::phones::transposed;
use crate::places::{Country, Home};
use crate::random::Random;
use crate::world::{Life, OF_AGE_IN_2009, Part, Person, World};

/// A source whose rows state people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    HubSpot,
    Google,
    /// The list of clients of 2009, kept in France.
    Clients,
    Portal,
}

impl Source {
    pub(crate) const ALL: [Self; 4] = [Self::HubSpot, Self::Google, Self::Clients, Self::Portal];

    /// How many rows it has about somebody.
    fn rows(self, person: &Person, random: &mut Random) -> usize {
        let was_client = person.then().home.country == Country::France && person.birth.0 <= OF_AGE_IN_2009;
        let drawn = match self {
            Self::HubSpot => random.chance(50),
            Self::Google => random.chance(39),
            Self::Clients => was_client && random.chance(58),
            Self::Portal => random.chance(24),
        };
        let again = match self {
            Self::HubSpot => random.chance(5),
            Self::Portal => random.chance(33),
            Self::Google | Self::Clients => false,
        };
        usize::from(drawn || self.must_know(person.part)) * (1 + usize::from(again))
    }

    /// Whether a part can only be played before this source.
    const fn must_know(self, part: Part) -> bool {
        let is_change = matches!(part, Part::Renamed | Part::Moved | Part::ChangedJob | Part::ChangedNumber);
        match self {
            Self::HubSpot => matches!(part, Part::Couple | Part::Office),
            Self::Google => is_change || matches!(part, Part::Twin | Part::Generation),
            Self::Clients => is_change || matches!(part, Part::Twin | Part::Household),
            Self::Portal => false,
        }
    }
}

/// One row about one person.
#[derive(Clone, Debug)]
pub(crate) struct Sighting {
    pub(crate) person: usize,
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) suffix: &'static str,
    pub(crate) email: Option<String>,
    pub(crate) other_email: Option<String>,
    /// E.164.
    pub(crate) phone: Option<String>,
    pub(crate) landline: Option<String>,
    pub(crate) birth: Option<(usize, usize, usize)>,
    pub(crate) home: Option<Home>,
    pub(crate) employer: Option<usize>,
    pub(crate) job: &'static str,
}

/// All rows of a source about people, in an order that says nothing about who belongs together.
pub(crate) fn sightings(world: &World, source: Source, seed: u64) -> Vec<Sighting> {
    let mut drawn = Vec::new();
    for (number, person) in world.people.iter().enumerate() {
        let mut random = Random::of(seed, "sources of", number);
        let rows = Source::ALL.map(|source| source.rows(person, &mut random));
        let nobody_knows = rows.iter().all(|rows| *rows == 0);
        let rows = if nobody_knows && source == Source::HubSpot { 1 } else { rows[source as usize] };
        for copy in 0..rows {
            let mut random = Random::of(seed, &format!("{source:?}"), number * 2 + copy);
            let place = random.below(usize::MAX);
            drawn.push((place, number, see(world, source, number, &mut random)));
        }
    }
    drawn.sort_by_key(|(place, number, _)| (*place, *number));
    drawn.into_iter().map(|(_, _, sighting)| sighting).collect()
}

fn see(world: &World, source: Source, number: usize, random: &mut Random) -> Sighting {
    let person = &world.people[number];
    let part = person.part;
    let life = match source {
        Source::Clients => person.then(),
        Source::HubSpot if random.chance(30) => person.then(),
        _ => &person.now,
    };
    let (given, family) = name(person, life, random);
    let email = match random.below(100) {
        _ if source == Source::HubSpot && matches!(part, Part::Couple | Part::Office) => life.emails.first(),
        0..80 => life.emails.first(),
        80..90 => life.emails.last(),
        _ => None,
    };
    let phone = match random.below(100) {
        _ if part == Part::ChangedNumber && source != Source::Portal => life.phones.first(),
        0..72 => life.phones.first(),
        72..82 => life.phones.last(),
        _ => None,
    };
    // Whoever keeps a contact has some way to reach them.
    let phone = if email.is_none() { phone.or(life.phones.first()) } else { phone };
    let email = if phone.is_none() { email.or(life.emails.first()) } else { email };
    let slipped = random.chance(3) && part != Part::ChangedNumber;
    let phone = phone.map(|number| if slipped { mistyped(world, number, random) } else { number.clone() });
    let other_email = life.emails.last().filter(|other| Some(*other) != email && random.chance(60));
    let landline = match source {
        Source::Google => random.chance(25),
        Source::Clients => (random.chance(20) && part != Part::ChangedNumber) || part == Part::Household,
        Source::HubSpot | Source::Portal => false,
    };
    let landline = life.home.landline.as_ref().filter(|_| landline);
    let keeps_personal = matches!(source, Source::Google | Source::Clients);
    let shows_birth = random.chance(58) || matches!(part, Part::Twin | Part::Generation);
    let shows_home = random.chance(50) || source == Source::Clients || part == Part::Moved;
    let shows_employer = match source {
        Source::HubSpot => random.chance(80),
        Source::Google => random.chance(50) || part == Part::ChangedJob,
        Source::Clients => random.chance(30) || part == Part::ChangedJob,
        Source::Portal => false,
    };
    // The old list has room for one number. With that of the house alone nobody could tell two of one family apart: a
    // mailbox of their own stands beside it.
    let (phone, email) = match landline {
        Some(_) if source == Source::Clients => (None, life.emails.first()),
        _ => (phone, email),
    };
    Sighting {
        person: number,
        given,
        family,
        suffix: if source == Source::Google { person.suffix } else { "" },
        email: email.cloned(),
        other_email: other_email.filter(|_| source == Source::Google && email.is_some()).cloned(),
        phone,
        landline: landline.cloned(),
        birth: (keeps_personal && shows_birth).then_some(person.birth),
        home: (keeps_personal && shows_home).then(|| life.home.clone()),
        employer: life.employer.filter(|_| shows_employer),
        job: life.job,
    }
}

/// The number with two digits swapped, as long as that is nobody else's.
fn mistyped(world: &World, number: &str, random: &mut Random) -> String {
    let wrong = transposed(number, random);
    let is_taken = |life: &Life| life.phones.contains(&wrong);
    let taken = world.people.iter().any(|person| is_taken(&person.now) || is_taken(person.then()));
    if taken { number.to_owned() } else { wrong }
}

/// A name as somebody typed it: mostly right, sometimes a short form or a slip.
fn name(person: &Person, life: &Life, random: &mut Random) -> (String, String) {
    let mut given = if random.chance(15) { person.nickname } else { person.given }.to_owned();
    let mut family = life.family.clone();
    match random.below(100) {
        0..6 => (given, family) = (without_accents(&given), without_accents(&family)),
        6..9 => (given, family) = (given.to_uppercase(), family.to_uppercase()),
        9..11 => std::mem::swap(&mut given, &mut family),
        11..14 => family = slip(&family, random),
        14..16 => given = slip(&given, random),
        16..18 => given = format!("{}.", given.chars().next().unwrap_or('X')),
        _ => {}
    }
    (given, family)
}

/// One typing slip: two neighbours swapped, a letter lost or doubled.
pub(crate) fn slip(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 5 {
        return word.to_owned();
    }
    let at = random.between(1, letters.len() - 2);
    match random.below(3) {
        0 => letters.swap(at, at + 1),
        1 => {
            letters.remove(at);
        }
        _ => letters.insert(at, letters[at]),
    }
    letters.into_iter().collect()
}

/// Whether both write the same, but for accents and case.
pub(crate) fn reads_as(one: &str, other: &str) -> bool {
    slug(one) == slug(other)
}
