//! The lists from which companies and texts are put together.

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
