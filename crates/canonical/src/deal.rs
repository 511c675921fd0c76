//! Whether a deal is still open.

use velocity_model::CanonicalRecord;

use crate::fold::words;

/// Words of a status or stage that end a deal, without accents: as HubSpot (`closedwon`), Salesforce ("Closed Won"), Zoho
/// ("Closed Lost to Competition"), Pipedrive (`won`) and their German, French, Spanish, Italian, Portuguese and Dutch
/// versions write them.
const ENDED: [&str; 52] = [
    "won",
    "lost",
    "closed",
    "closedwon",
    "closedlost",
    "cancelled",
    "canceled",
    "abandoned",
    "disqualified",
    "rejected",
    "declined",
    "completed", // English
    "gewonnen",
    "verloren",
    "abgeschlossen",
    "geschlossen",
    "storniert",
    "abgebrochen",
    "abgelehnt", // German
    "gagne",
    "gagnee",
    "perdu",
    "perdue",
    "conclu",
    "conclue",
    "ferme",
    "fermee",
    "annule",
    "annulee", // French
    "ganado",
    "ganada",
    "perdido",
    "perdida",
    "cerrado",
    "cerrada",
    "cancelado",
    "cancelada", // Spanish
    "vinto",
    "vinta",
    "perso",
    "persa",
    "chiuso",
    "chiusa",
    "annullato",
    "annullata", // Italian
    "ganho",
    "ganha",
    "fechado",
    "fechada", // Portuguese
    "afgesloten",
    "gesloten",
    "geannuleerd", // Dutch
];

/// Words that turn the next word round: "not won", "noch nicht abgeschlossen", "non vinto".
const NEGATIONS: [&str; 7] = ["not", "nicht", "non", "pas", "no", "nao", "niet"];

/// Words that may stand between a negation and what it negates: "not yet closed".
const BETWEEN: [&str; 4] = ["yet", "encore", "ancora", "ainda"];

/// Neither status nor stage says that the deal has ended. Wording that is not in the list leaves it open: a deal too
/// many in a count is seen and asked about, a missing one is not.
pub(crate) fn is_open(deal: &CanonicalRecord) -> bool {
    !["status", "stage"].iter().filter_map(|field| deal.value(field)).any(has_ended)
}

fn has_ended(state: &str) -> bool {
    let words: Vec<String> = words(state);
    let is = |list: &[&str], word: &String| list.contains(&word.as_str());
    words.iter().enumerate().filter(|(_, word)| is(&ENDED, word)).any(|(place, _)| {
        let before = words[..place].iter().rev().find(|word| !is(&BETWEEN, word));
        !before.is_some_and(|word| is(&NEGATIONS, word))
    })
}

#[cfg(test)]
mod tests;
