//! Kinds of values: from the text that stands for a value to the form in which it is compared, and back.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::streets::{Streets, Word};
use super::text::Text;
use super::values::{Mail, Name, Values};
use crate::features::{PartialDate, fold};

/// The kind of a field's values; see [`Values`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    Given,
    Middle,
    Family,
    Date,
    Mail,
    Phone,
    Street,
    Word,
    Code,
    Identifier,
    Models,
    Text,
    Number,
    Category,
}

/// How many values of a field have each word.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Lexicon {
    values: u32,
    words: HashMap<String, u32, FixedState>,
}

impl Lexicon {
    pub(crate) fn of(texts: &[String]) -> Self {
        let mut words: HashMap<String, u32, FixedState> = HashMap::default();
        for word in texts.iter().flat_map(|text| text.split('|')).flat_map(self::words) {
            *words.entry(word).or_insert(0) += 1;
        }
        Self { values: texts.len() as u32, words }
    }

    /// How telling a word is: rare ones say more. One that is not known is as rare as can be.
    fn weight(&self, word: &str) -> f32 {
        let count = self.words.get(word).copied().unwrap_or(1);
        (self.values as f32 / count as f32).ln().max(0.2)
    }
}

impl Kind {
    /// Values from their texts, of which the first is empty and stands for none.
    pub(crate) fn prepare(self, texts: Vec<String>, lexicon: &Lexicon) -> Values {
        fn each<T: Send>(texts: &[String], prepare: impl Fn(&str) -> T + Sync) -> Vec<T> {
            texts.par_iter().map(|text| prepare(text)).collect()
        }
        match self {
            Self::Given => Values::Given(each(&texts, Name::of)),
            Self::Middle => Values::Middle(each(&texts, words)),
            Self::Family => Values::Family(each(&texts, Name::of)),
            Self::Date => Values::Date(each(&texts, date)),
            Self::Mail => Values::Mail(each(&texts, |text| parts(text).map(mail).collect())),
            Self::Phone => Values::Phone(each(&texts, |text| parts(text).map(Word::of).collect())),
            Self::Street => Values::Street(Streets::of(texts)),
            Self::Word => Values::Word(texts),
            Self::Code => Values::Code(texts),
            Self::Identifier => Values::Identifier(each(&texts, |text| parts(text).map(str::to_owned).collect())),
            Self::Models => Values::Models(each(&texts, |text| {
                let mut codes = words(text);
                codes.sort_by(|a, b| lexicon.weight(b).total_cmp(&lexicon.weight(a)).then(a.cmp(b)));
                codes
            })),
            Self::Text => {
                let weigh = |word: String| (lexicon.weight(&word), word);
                let of = |text: &str| words(text).into_iter().map(weigh).map(|(weight, word)| (word, weight)).collect();
                let one = |text: &str| Text::of(text, of(text));
                Values::Text(each(&texts, |text| parts(text).map(one).collect()))
            }
            Self::Number => Values::Number(each(&texts, number)),
            Self::Category => Values::Category(texts),
        }
    }
}

impl Values {
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Given(_) => Kind::Given,
            Self::Middle(_) => Kind::Middle,
            Self::Family(_) => Kind::Family,
            Self::Date(_) => Kind::Date,
            Self::Mail(_) => Kind::Mail,
            Self::Phone(_) => Kind::Phone,
            Self::Street(_) => Kind::Street,
            Self::Word(_) => Kind::Word,
            Self::Code(_) => Kind::Code,
            Self::Identifier(_) => Kind::Identifier,
            Self::Models(_) => Kind::Models,
            Self::Text(_) => Kind::Text,
            Self::Number(_) => Kind::Number,
            Self::Category(_) => Kind::Category,
        }
    }

    /// A text from which [`Kind::prepare`] makes the same value again.
    pub(crate) fn text(&self, value: usize) -> String {
        if value == 0 {
            return String::new();
        }
        match self {
            Self::Given(names) | Self::Family(names) => names[value].words.join(" "),
            Self::Middle(words) => words[value].join(" "),
            Self::Date(dates) => {
                let PartialDate { year, month, day } = dates[value];
                format!("{year:04}-{month:02}-{day:02}")
            }
            Self::Mail(mails) => {
                let text = |mail: &Mail| format!("{}@{}", mail.local, mail.domain);
                mails[value].iter().map(text).collect::<Vec<_>>().join("|")
            }
            Self::Phone(phones) => phones[value].iter().map(|phone| phone.text.as_str()).collect::<Vec<_>>().join("|"),
            Self::Identifier(parts) => parts[value].join("|"),
            Self::Models(codes) => codes[value].join(" "),
            Self::Street(streets) => streets.text(value).to_owned(),
            Self::Word(texts) | Self::Code(texts) | Self::Category(texts) => texts[value].clone(),
            Self::Text(texts) => texts[value].iter().map(|text| text.whole.as_str()).collect::<Vec<_>>().join("|"),
            Self::Number(numbers) => numbers[value].to_string(),
        }
    }
}

pub(super) fn words(text: &str) -> Vec<String> {
    text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split('|').filter(|part| !part.is_empty())
}

fn mail(text: &str) -> Mail {
    let (local, domain) = text.split_once('@').unwrap_or((text, ""));
    Mail::of(fold(local.split('+').next().unwrap_or(local)).replace(' ', ""), domain)
}

/// `1978-11-12`, where zeros stand for what is not known.
fn date(text: &str) -> PartialDate {
    let number = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<u16>().ok());
    let part = |range| u8::try_from(number(range).unwrap_or(0)).unwrap_or(0);
    let nothing = PartialDate { year: 0, month: 0, day: 0 };
    number(0..4).map_or(nothing, |year| PartialDate { year, month: part(5..7), day: part(8..10) })
}

fn number(text: &str) -> f64 {
    text.replace([',', ' ', '$', '€', '£'], "").parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests;
