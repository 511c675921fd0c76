//! From the text of a cell to the canonical form of a field's type. Pure functions; bad data is a code, never a panic.

mod address;
mod currency;
mod date;
mod money;
mod number;
mod phone;
mod text;
mod time;
mod words;

pub(crate) use currency::is_currency;
pub(crate) use date::{Reading, order_proven_by, read as read_date, two_digit_year};
pub(crate) use number::{Separation, separation};
pub(crate) use phone::{is_region, regions_of};
pub(crate) use text::{clean_line, plain_name};
pub(crate) use time::{plain_clock, zone_is_known};
pub(crate) use words::plain;

use jiff::tz::TimeZone;
use rlibphonenumber::Region;
use velocity_model::{DateOrder, DecimalSign, Field, Profile, ValueType};

/// What a transform must be told, because the cell does not say it.
#[derive(Clone, Debug, Default)]
pub struct Context {
    region: Option<Region>,
    zone: Option<(String, Option<TimeZone>)>,
    currency: Option<String>,
    date_order: Option<DateOrder>,
    century: Option<i16>,
    decimal: Option<DecimalSign>,
}

impl Context {
    /// What a profile states: region, time zone, currency, date order, century.
    pub fn of(profile: &Profile) -> Self {
        Self {
            region: profile.region.as_deref().and_then(phone::region),
            zone: profile.time_zone.as_ref().map(|name| (name.clone(), TimeZone::get(name).ok())),
            currency: profile.currency.clone(),
            date_order: profile.read.date_order,
            century: profile.read.century,
            decimal: None,
        }
    }

    /// The same with another currency for amounts that name none.
    #[must_use]
    pub fn with_currency(&self, currency: String) -> Self {
        Self { currency: Some(currency), ..self.clone() }
    }

    /// The same with another order of day and month; `None` if it is not known.
    #[must_use]
    pub fn with_date_order(&self, date_order: Option<DateOrder>) -> Self {
        Self { date_order, ..self.clone() }
    }

    /// The same with another sign before decimals; `None` if it is not known.
    #[must_use]
    pub fn with_decimal(&self, decimal: Option<DecimalSign>) -> Self {
        Self { decimal, ..self.clone() }
    }
}

/// A value in canonical form, and how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The value.
    pub value: String,
    /// What was done to the text, in order; empty if nothing.
    pub steps: Vec<String>,
}

/// A value, or the stable dotted code of the reason why the text could not be read.
pub type Outcome = Result<Resolved, &'static str>;

/// The code of text without any visible character: it states nothing.
pub(crate) const BLANK: &str = "value.blank";

/// Brings the text of a cell into the canonical form of the field (see [`ValueType`]).
///
/// # Errors
/// A stable dotted code such as `email.invalid`, `date.order_unknown` or `value.blank`.
pub fn transform(field: &Field, text: &str, context: &Context) -> Outcome {
    let value_type = field.spec().value_type;
    let cleaned = if value_type == ValueType::Text { text::clean_lines(text) } else { text::clean(text) };
    if cleaned.value.is_empty() {
        return Err(BLANK);
    }
    if field.name() == "duration_seconds" {
        return number::duration(cleaned, context);
    }
    match value_type {
        ValueType::Text | ValueType::Name | ValueType::Code => Ok(cleaned),
        ValueType::Email => address::email(cleaned),
        ValueType::Phone => phone::phone(cleaned, context),
        ValueType::Date => date::date(cleaned, context),
        ValueType::DateTime => time::date_time(cleaned, context),
        ValueType::Money => money::money(cleaned, context),
        ValueType::Integer => number::integer(cleaned, context),
        ValueType::Decimal => number::decimal(cleaned, context),
        ValueType::Url => address::url(cleaned),
        ValueType::Domain => address::domain(cleaned),
    }
}

impl Resolved {
    /// Replaces the value and notes the step, if it differs.
    fn then(mut self, value: String, step: &str) -> Self {
        if self.value != value {
            self.value = value;
            self.steps.push(step.to_owned());
        }
        self
    }

    /// Replaces the value and notes the step in any case, because the step says what was assumed.
    fn noting(mut self, value: String, step: String) -> Self {
        self.value = value;
        self.steps.push(step);
        self
    }
}

#[cfg(test)]
mod tests;
