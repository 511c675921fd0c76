//! What records are made of: names, dates, spellings.

mod date;
mod fold;
mod mailbox;
mod name;
mod nicknames;
mod organisation;

pub(crate) use date::PartialDate;
pub(crate) use fold::{fold, is_ideograph, skeleton};
pub(crate) use mailbox::is_of_a_function;
pub(crate) use name::{PersonName, is_particle, is_title};
pub(crate) use nicknames::{are_forms_of_one, forms_of, root as root_of_given};
pub(crate) use organisation::{legal_words, words as organisation_words};
