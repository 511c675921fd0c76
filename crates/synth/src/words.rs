//! The lists from which people, places and texts are put together.

/// Given name, its everyday short form or itself, gender.
pub(crate) type Given = (&'static str, &'static str, char);

pub(crate) const GIVEN: [Given; 84] = [
    ("Adèle", "Adèle", 'f'),
    ("Agathe", "Agathe", 'f'),
    ("Alice", "Alice", 'f'),
    ("Amélie", "Amélie", 'f'),
    ("Anaïs", "Anaïs", 'f'),
    ("Aurore", "Aurore", 'f'),
    ("Béatrice", "Béatrice", 'f'),
    ("Caroline", "Caro", 'f'),
    ("Catherine", "Cathy", 'f'),
    ("Céline", "Céline", 'f'),
    ("Charlotte", "Lottie", 'f'),
    ("Chloé", "Chloé", 'f'),
    ("Claire", "Claire", 'f'),
    ("Élodie", "Élodie", 'f'),
    ("Elizabeth", "Liz", 'f'),
    ("Emily", "Em", 'f'),
    ("Florence", "Flo", 'f'),
    ("Gwenaëlle", "Gwenaëlle", 'f'),
    ("Hélène", "Hélène", 'f'),
    ("Inès", "Inès", 'f'),
    ("Isabelle", "Izzy", 'f'),
    ("Jennifer", "Jen", 'f'),
    ("Jessica", "Jess", 'f'),
    ("Juliette", "Juliette", 'f'),
    ("Léa", "Léa", 'f'),
    ("Louise", "Louise", 'f'),
    ("Lucie", "Lucie", 'f'),
    ("Manon", "Manon", 'f'),
    ("Margaret", "Maggie", 'f'),
    ("Marion", "Marion", 'f'),
    ("Mathilde", "Mathilde", 'f'),
    ("Nadia", "Nadia", 'f'),
    ("Noémie", "Noémie", 'f'),
    ("Olivia", "Olivia", 'f'),
    ("Patricia", "Trish", 'f'),
    ("Pauline", "Pauline", 'f'),
    ("Rebecca", "Becky", 'f'),
    ("Sophie", "Sophie", 'f'),
    ("Susan", "Sue", 'f'),
    ("Valérie", "Valérie", 'f'),
    ("Yasmine", "Yasmine", 'f'),
    ("Zoé", "Zoé", 'f'),
    ("Adrien", "Adrien", 'm'),
    ("Alexander", "Alex", 'm'),
    ("Andrew", "Andy", 'm'),
    ("Anthony", "Tony", 'm'),
    ("Antoine", "Antoine", 'm'),
    ("Arnaud", "Arnaud", 'm'),
    ("Benjamin", "Ben", 'm'),
    ("Benoît", "Benoît", 'm'),
    ("Cédric", "Cédric", 'm'),
    ("Charles", "Charlie", 'm'),
    ("Christopher", "Topher", 'm'),
    ("Clément", "Clément", 'm'),
    ("Daniel", "Dan", 'm'),
    ("David", "Dave", 'm'),
    ("Édouard", "Édouard", 'm'),
    ("Étienne", "Étienne", 'm'),
    ("Florian", "Florian", 'm'),
    ("François", "François", 'm'),
    ("Frédéric", "Fred", 'm'),
    ("Gaspard", "Gaspard", 'm'),
    ("Grégoire", "Grégoire", 'm'),
    ("Guillaume", "Guillaume", 'm'),
    ("Hugo", "Hugo", 'm'),
    ("Julien", "Julien", 'm'),
    ("Kévin", "Kévin", 'm'),
    ("Laurent", "Laurent", 'm'),
    ("Loïc", "Loïc", 'm'),
    ("Lucas", "Lucas", 'm'),
    ("Matthew", "Matt", 'm'),
    ("Maxime", "Maxime", 'm'),
    ("Michael", "Mike", 'm'),
    ("Nicolas", "Nico", 'm'),
    ("Olivier", "Olivier", 'm'),
    ("Oscar", "Oscar", 'm'),
    ("Quentin", "Quentin", 'm'),
    ("Robert", "Bob", 'm'),
    ("Samuel", "Sam", 'm'),
    ("Sébastien", "Sébastien", 'm'),
    ("Thomas", "Tom", 'm'),
    ("Vincent", "Vincent", 'm'),
    ("William", "Bill", 'm'),
    ("Yann", "Yann", 'm'),
];

/// Family names are a beginning and an end put together, so that there are enough of them.
pub(crate) const FAMILY_START: [&str; 30] = [
    "Beau", "Bel", "Bon", "Bri", "Cham", "Char", "Clai", "Cor", "Cour", "Dau", "Del", "Des", "Fon", "Gar", "Gran",
    "Haut", "Hol", "Lan", "Lau", "Mar", "Mont", "Mor", "Nor", "Pel", "Per", "Rou", "Sal", "Val", "Ver", "Wil",
];
pub(crate) const FAMILY_END: [&str; 30] = [
    "bert", "bois", "champ", "court", "dier", "don", "fort", "gny", "lac", "land", "lard", "let", "lier", "lin",
    "ling", "mann", "mond", "nard", "nay", "pont", "quet", "reau", "sard", "sey", "son", "tain", "teuil", "ton",
    "vigne", "ville",
];

pub(crate) const COMPANY_WORDS: [&str; 40] = [
    "Alder", "Amber", "Atlas", "Aurora", "Basalt", "Birch", "Boréal", "Cedar", "Cobalt", "Copper", "Cygne", "Delta",
    "Dune", "Écume", "Ember", "Falaise", "Fjord", "Granite", "Harbour", "Horizon", "Indigo", "Juniper", "Lagune",
    "Lumière", "Maple", "Meridian", "Mistral", "Nimbus", "Océan", "Onyx", "Orchard", "Pinède", "Quartz", "Rivage",
    "Saffron", "Slate", "Tempo", "Tilia", "Vega", "Zephyr",
];
pub(crate) const COMPANY_TRADES: [&str; 14] = [
    "Architecture",
    "Bakery",
    "Conseil",
    "Consulting",
    "Design",
    "Dental",
    "Immobilier",
    "Interiors",
    "Logistics",
    "Media",
    "Menuiserie",
    "Partners",
    "Studios",
    "Systems",
];
pub(crate) const COMPANY_FORMS: [&str; 5] = ["SARL", "SAS", "Ltd", "SA", "GmbH"];
pub(crate) const INDUSTRIES: [&str; 8] =
    ["Architecture", "Construction", "Consulting", "Education", "Health", "Hospitality", "Retail", "Software"];
pub(crate) const JOBS: [&str; 12] = [
    "Architect",
    "Buyer",
    "Director",
    "Engineer",
    "Finance manager",
    "Founder",
    "Head of sales",
    "Lawyer",
    "Office manager",
    "Project manager",
    "Surveyor",
    "Teacher",
];

/// City, postcode stem.
pub(crate) const FRENCH_TOWNS: [(&str, &str); 12] = [
    ("Paris", "750"),
    ("Lyon", "690"),
    ("Marseille", "130"),
    ("Nantes", "440"),
    ("Bordeaux", "330"),
    ("Lille", "590"),
    ("Rennes", "350"),
    ("Annecy", "740"),
    ("Nice", "060"),
    ("Dijon", "210"),
    ("Tours", "370"),
    ("Angers", "490"),
];
pub(crate) const BRITISH_TOWNS: [(&str, &str); 6] =
    [("London", "N1"), ("Bristol", "BS1"), ("Leeds", "LS2"), ("York", "YO1"), ("Bath", "BA1"), ("Oxford", "OX2")];
pub(crate) const FRENCH_STREETS: [&str; 12] = [
    "rue des Lilas",
    "rue du Moulin",
    "avenue de la Gare",
    "rue de l'Église",
    "place du Marché",
    "rue Haute",
    "chemin des Vignes",
    "boulevard du Lac",
    "rue du Port",
    "allée des Tilleuls",
    "rue Neuve",
    "quai du Nord",
];
pub(crate) const BRITISH_STREETS: [&str; 8] = [
    "Mill Lane",
    "High Street",
    "Church Road",
    "Station Road",
    "Park Avenue",
    "Orchard Close",
    "Bridge Street",
    "The Green",
];

pub(crate) const OWNERS: [&str; 5] = ["Sam Sales", "Ria Rep", "Noor North", "Otto Ost", "Sasha South"];
pub(crate) const STAGES: [&str; 6] =
    ["appointmentscheduled", "qualifiedtobuy", "presentationscheduled", "contractsent", "closedwon", "closedlost"];
pub(crate) const LEAD_SOURCES: [&str; 5] = ["Website", "Referral", "Fair", "Newsletter", "Cold call"];

pub(crate) const PROPERTIES: [&str; 10] = [
    "Two-bedroom flat with balcony",
    "Family house with garden",
    "Loft under the roof",
    "Studio near the station",
    "Penthouse with terrace",
    "Terraced house",
    "Ground-floor flat with courtyard",
    "Farmhouse to restore",
    "New-build flat, third floor",
    "Corner shop with flat above",
];
pub(crate) const MESSAGES: [&str; 8] = [
    "Is it still available? I could visit on Saturday.",
    "Could you send me the floor plan and the charges?",
    "We are looking for something like this from September.",
    "What is the energy rating?",
    "I have sold my flat and can move quickly.",
    "Is the price open to discussion?",
    "Does the garden face south?",
    "Please call me after 6 pm.",
];
pub(crate) const NOTES: [&str; 10] = [
    "Prefers to be called in the morning.",
    "Wants a second visit with the family.",
    "Budget confirmed by the bank.",
    "Asked for references from last year's project.",
    "Met at the spring fair; follow up in two weeks.",
    "Will decide after the holidays.",
    "Sent the brochure and the price list.",
    "Unhappy about the delay, promised an answer.",
    "Introduced us to a neighbour who is also looking.",
    "Contract signed, invoice by the end of the month.",
];
pub(crate) const TASKS: [&str; 8] = [
    "Call back about the offer",
    "Send the updated quote",
    "Arrange a visit",
    "Check the references",
    "Prepare the contract",
    "Remind about the deposit",
    "Ask for feedback",
    "Renew the agreement",
];
pub(crate) const CALLS: [&str; 6] = [
    "Asked about availability.",
    "Confirmed the appointment.",
    "Left a message.",
    "Wants a new quote.",
    "Complained about the delivery.",
    "Thanked for the quick answer.",
];
