//! Source profiles: how one source's files are recognised, read and mapped. Parsed and checked in `mapping`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{EntityKind, Field, LinkRole, TableFormat};

/// One source profile, as written in `source-profiles/<vendor>/<name>.toml`.
///
/// A header may hold one placeholder, for columns that repeat: `{n}` stands for a number (`E-mail {n} - Value`), `{any}` for
/// any text without a semicolon (`TEL;type={any}`). It names every such column that the profile does not name otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// `vendor/name`, unique.
    pub name: String,
    /// Revision, from 1.
    pub version: u32,
    /// The system whose keys these are; profiles of one system share it, so that their references meet.
    pub source: String,
    /// What a person calls such a file: "HubSpot contacts".
    pub label: String,
    /// Trust rank, 0 to 100; higher wins where sources disagree.
    pub trust: u32,
    /// ISO 3166 code of the country in which a phone number without a country code is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// IANA name of the zone of times without an offset; UTC if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// ISO 4217 code of amounts without a currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Whether a file of this kind holds all that its source has. What earlier files of the profile stated and such a file lacks is
    /// withdrawn.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub snapshot: bool,
    /// How a file of this kind is recognised.
    pub recognise: Recognise,
    /// How its cells are read.
    #[serde(default)]
    pub read: ReadHints,
    /// What a row states.
    #[serde(rename = "entity")]
    pub entities: Vec<EntityMap>,
    /// Headers that are knowingly not mapped; any other unmapped column is reported.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ignore: Vec<String>,
}

/// How a file is recognised: by its headers, never by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recognise {
    /// Headers that must all be there (compared without case and outer blanks).
    pub headers: Vec<String>,
    /// Headers that also belong to this kind of file; the more are there, the better the match.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub optional: Vec<String>,
    /// The kind of file, if it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<TableFormat>,
}

/// How cells are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadHints {
    /// Order of day and month in dates that do not say it. Without it, a column is read only if its own values decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// First year of the century of years with two digits: `2000` for a source that did not exist before. Without it, such dates
    /// are not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub century: Option<i16>,
}

/// Order of the parts of a numeric date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

/// The sign between the whole and the fraction of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecimalSign {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

impl DecimalSign {
    /// The sign itself.
    pub const fn char(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// One entity that a row states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntityMap {
    /// What it is.
    pub kind: EntityKind,
    /// Name of this entity inside the profile, for links between the entities of one row.
    pub id: String,
    /// Headers of the columns that make up the source's own key. Empty: the record is known by its content.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub key: Vec<String>,
    /// Text that the source puts before some keys and that does not belong to them: `zcrm_` before an id of Zoho.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_prefix: Option<String>,
    /// For sources that give a key only if they are asked for it: parts of the key that are blank are left out, and a record
    /// whose key is blank altogether is known by its content. Otherwise such a row is quarantined.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub key_may_be_blank: bool,
    /// The rows that state this entity; all, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Fields of which at least one must have a value, or the row does not state this entity. For tables that mix kinds of
    /// rows: an address alone states neither a person nor an organisation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Field>,
    /// Fields and the columns they come from. An entity none of whose fields has a value is not stated by that row.
    #[serde(rename = "field", default)]
    pub fields: Vec<ColumnMap>,
    /// Pointers to other records.
    #[serde(rename = "link", default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkMap>,
}

/// What the cell of another column must be (compared without case and outer blanks): exactly one of `is`, `is_not` and
/// `starts_with` is given. A blank cell is the text `""`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Header of the column.
    pub column: String,
    /// The cell is one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub is: Vec<String>,
    /// The cell is none of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub is_not: Vec<String>,
    /// The cell begins with one of these: the kind of record that an id of Salesforce names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub starts_with: Vec<String>,
}

/// Where the value of a field comes from: columns, or a constant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnMap {
    /// The field.
    pub to: Field,
    /// Header of the column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Headers of the columns that are read, in this order, where the cell of `from` is blank.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub or_from: Vec<String>,
    /// Headers of columns that hold more of the same value: further lines of a street. Those that are filled are joined by `, `.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub join: Vec<String>,
    /// Header of a column that completes the value: the currency of an amount, the calling code of a phone number, the time
    /// of a date. By itself it states nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// Which of several columns with that header, from 1; 1 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<u32>,
    /// A value that every row of such a file states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constant: Option<String>,
    /// Separator of several values in one cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<String>,
    /// Text that the source puts before a value and that does not belong to it: `* ` before a Google label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strip_prefix: Option<String>,
    /// The part of the cell that is the value, if not all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extract: Option<Extract>,
    /// What words of the source stand for (compared without case): `{ "1" = "done" }`. An empty text says that the word states
    /// nothing; words that are not listed are kept.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// Order of day and month in this column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// What separates decimals in this column, where a number does not say it: `1.234`, `1,234`. Without it, such a number is read only if
    /// the column's other values decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<DecimalSign>,
}

impl ColumnMap {
    /// The whole of a column.
    pub fn of(to: Field, from: &str) -> Self {
        Self {
            to,
            from: Some(from.to_owned()),
            or_from: Vec::new(),
            join: Vec::new(),
            with: None,
            nth: None,
            constant: None,
            split: None,
            strip_prefix: None,
            extract: None,
            values: BTreeMap::new(),
            date_order: None,
            decimal: None,
        }
    }
}

/// The part of a cell that holds the value, for sources that write a label and a number in one cell
/// (`Camille Durand (4421)`, `Reception (100)`). Only a number counts: `Acme (UK)` has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Extract {
    /// The number in the parentheses at the end; the whole cell if it has none.
    NumberInParentheses,
    /// What stands before the number in the parentheses at the end; the whole cell if it has none.
    BeforeNumber,
    /// What stands inside quotes and brackets, for lists within a cell (`["VIP","Fair"]`, split at commas) and for guards against
    /// spreadsheets (`="08540"`, `'0033`).
    Unquoted,
}

/// A pointer to another record: exactly one of `entity`, `key_from` and `mention_from` is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkMap {
    /// What the pointer means; its target's kind follows from it.
    pub role: LinkRole,
    /// Name of another entity of the same row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// Header of the column that holds the target's key in the same source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_from: Option<String>,
    /// Source whose key it is, if not the profile's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Header of the column that holds an address of the target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mention_from: Option<String>,
    /// `email` or `phone`: what `mention_from` holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mention_as: Option<Field>,
    /// Separator of several keys or addresses in one cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<String>,
    /// Text that the source puts before the key and that does not belong to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strip_prefix: Option<String>,
    /// The rows that have this pointer; all, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// The part of the cell (or of each of its parts) that is the key or address, if not all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extract: Option<Extract>,
}
