//! Addresses of mail that repeat the owner's name: two namesakes have nearly the same ones, each with their own provider.

use crate::fields::{Aspect, Field, Mail, Name, Values};

/// The levels of addresses whose local parts are the same, or similar.
const SAME: u8 = 2;
const SIMILAR: u8 = 3;
/// The level of addresses that say nothing that the names do not.
pub(crate) const ECHO: u8 = 4;

/// Gives similar addresses of two records with one name a level of their own, if the addresses are that name over again: two
/// namesakes have them as often as one person with two addresses.
pub(crate) fn unecho(fields: &[Field], a: usize, b: usize, levels: &mut [u8]) {
    let place = |aspect: Aspect| fields.iter().position(|field| field.aspect == aspect);
    let (Some(given), Some(family)) = (place(Aspect::Given), place(Aspect::Family)) else { return };
    let mails = (0..fields.len()).filter(|place| fields[*place].aspect == Aspect::Email);
    for mail in mails {
        if is_echo(fields, (given, family, mail), a, b, levels) {
            levels[mail] = ECHO;
        }
    }
}

/// Whether the address of one of two records with one name repeats it. `places` are those of given name, family name and
/// address.
pub(crate) fn is_echo(fields: &[Field], places: (usize, usize, usize), a: usize, b: usize, levels: &[u8]) -> bool {
    let (given, family, mail) = places;
    matches!(levels[mail], SAME | SIMILAR)
        && levels[given] <= 2
        && levels[family] <= 1
        && [a, b].into_iter().any(|record| {
            let (Values::Given(givens), Values::Family(families), Values::Mail(mails)) =
                (&fields[given].values, &fields[family].values, &fields[mail].values)
            else {
                return false;
            };
            let cell = |place: usize| fields[place].cells[record] as usize;
            let (given, family) = (&givens[cell(given)], &families[cell(family)]);
            mails[cell(mail)].iter().all(|mail| repeats(mail, given, family))
        })
}

/// `ana.example`, `example.ana`, `a.example`, `aexample`: given name or its initial and family name, without anything else.
fn repeats(mail: &Mail, given: &Name, family: &Name) -> bool {
    let first = given.words.first().map(String::as_str).unwrap_or_default();
    let givens = [given.whole.as_str(), first, first.get(..1).unwrap_or_default()];
    let rest = mail.local.strip_prefix(&family.whole).or_else(|| mail.local.strip_suffix(&family.whole));
    !family.whole.is_empty() && rest.is_some_and(|rest| givens.contains(&rest))
}

#[cfg(test)]
mod tests;
