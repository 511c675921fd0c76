//! The dense tables of contacts and accounts.

use std::collections::BTreeMap;

use askama::Template;
use serde::Serialize;
use velocity_model::{EntityKind, RecordId};
use velocity_store::{Cursor, ListQuery, ListRow, Page, Sort};

use super::href;
use super::shell::Shell;
use crate::format;

/// Rows of one page.
pub(crate) const PAGE_SIZE: u32 = 50;

/// What the address of a list asks for, and what of it could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListRequest {
    /// For the store.
    pub(crate) query: ListQuery,
    /// Rows on the pages before this one, for "51–100 of 1,234".
    pub(crate) before: u64,
    /// One sentence for each part of the address that was ignored.
    pub(crate) ignored: Vec<String>,
}

impl ListRequest {
    /// Reads the parameters of an address. What cannot be used is named and left out; the rest of the page works.
    pub(crate) fn read(kind: EntityKind, parameters: &BTreeMap<String, String>, sources: &[String]) -> Self {
        let mut ignored = Vec::new();
        let get = |name: &str| parameters.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
        for name in parameters.keys() {
            if !["q", "source", "review", "sort", "after", "at", "before"].contains(&name.as_str()) {
                ignored.push(format!("There is no filter called \u{201C}{name}\u{201D}."));
            }
        }
        let mut source = get("source").map(str::to_owned);
        if let Some(unknown) = source.take_if(|name| !sources.contains(name)) {
            ignored.push(format!("There is no source called \u{201C}{unknown}\u{201D}."));
        }
        let sort = match get("sort") {
            None | Some("name") => Sort::Title,
            Some("recent") => Sort::Recent,
            Some(other) => {
                ignored.push(format!("The list cannot be sorted by \u{201C}{other}\u{201D}; it is sorted by name."));
                Sort::Title
            }
        };
        let in_review = match get("review") {
            None => false,
            Some("1") => true,
            Some(other) => {
                ignored.push(format!("\u{201C}{other}\u{201D} is no value for the review filter; use 1."));
                false
            }
        };
        let after = match get("after").map(str::parse::<RecordId>) {
            None => None,
            Some(Ok(id)) => Some(Cursor { key: parameters.get("at").cloned().unwrap_or_default(), id }),
            Some(Err(_)) => {
                ignored.push("The place in the list does not exist; this is the first page.".to_owned());
                None
            }
        };
        let before = if after.is_some() { get("before").and_then(|text| text.parse().ok()).unwrap_or(0) } else { 0 };
        let text = get("q").unwrap_or_default().to_owned();
        let query = ListQuery { kind, text, source, in_review, sort, after, limit: PAGE_SIZE };
        Self { query, before, ignored }
    }

    fn base(&self) -> &'static str {
        if self.query.kind == EntityKind::Organisation { "/accounts" } else { "/contacts" }
    }

    /// The address of this list with other filters, from its first page.
    fn href(&self, text: &str, source: &str, in_review: bool, sort: Sort) -> String {
        let review = if in_review { "1" } else { "" };
        let pairs = [("q", text), ("source", source), ("review", review), ("sort", sort_name(sort))];
        format!("{}{}", self.base(), href::query(&pairs))
    }
}

const fn sort_name(sort: Sort) -> &'static str {
    match sort {
        Sort::Title => "",
        Sort::Recent => "recent",
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ListLine {
    /// Canonical id.
    pub(crate) id: RecordId,
    /// Its page.
    pub(crate) href: String,
    /// Name.
    pub(crate) title: String,
    /// Employer of a person.
    pub(crate) account: String,
    /// Page of the employer.
    pub(crate) account_href: String,
    /// Primary e-mail, or domain of an organisation.
    pub(crate) email: String,
    /// Primary phone.
    pub(crate) phone: String,
    /// City.
    pub(crate) city: String,
    /// Status.
    pub(crate) status: String,
    /// Owner.
    pub(crate) owner: String,
    /// Day of the last activity.
    pub(crate) last_activity: String,
    /// Newest score.
    pub(crate) score: String,
    /// Open deals; empty for none.
    pub(crate) open_deals: String,
    /// Persons of an organisation; empty for none.
    pub(crate) people: String,
    /// Names of the sources.
    pub(crate) sources: Vec<String>,
    /// Whether a merge question names it.
    pub(crate) in_review: bool,
}

/// A filter that is set, and the list without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chip {
    /// What it says.
    pub(crate) label: String,
    /// The list without it.
    pub(crate) without: String,
}

/// One choice of a select.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Value.
    pub(crate) value: String,
    /// What a person reads.
    pub(crate) label: String,
    /// Whether it is chosen.
    pub(crate) selected: bool,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListView {
    /// "Contacts".
    pub(crate) heading: &'static str,
    /// Where the filter form leads.
    pub(crate) action: &'static str,
    /// Whether it lists organisations.
    pub(crate) accounts: bool,
    /// Search text.
    pub(crate) text: String,
    /// Sources to choose from.
    pub(crate) sources: Vec<Choice>,
    /// Orders to choose from.
    pub(crate) sorts: Vec<Choice>,
    /// Whether only records in review are shown.
    pub(crate) in_review: bool,
    /// Filters that are set.
    pub(crate) chips: Vec<Chip>,
    /// What was ignored.
    pub(crate) ignored: Vec<String>,
    /// The rows.
    pub(crate) rows: Vec<ListLine>,
    /// "1–50 of 1,234".
    pub(crate) range: String,
    /// The next page.
    pub(crate) next: Option<String>,
    /// The first page, if this is another.
    pub(crate) first: Option<String>,
    /// Size of the whole list.
    pub(crate) total: u64,
}

impl ListView {
    /// The view of a page.
    pub(crate) fn new(request: &ListRequest, page: &Page<ListRow>, sources: &[String]) -> Self {
        let query = &request.query;
        let source = query.source.as_deref().unwrap_or_default();
        let shown = page.rows.len() as u64;
        let before = request.before.min(page.total.saturating_sub(shown));
        let range = match shown {
            0 => format!("0 of {}", format::count(page.total)),
            _ => {
                let (from, to) = (format::count(before + 1), format::count(before + shown));
                format!("{from}\u{2013}{to} of {}", format::count(page.total))
            }
        };
        let same = |after: &Cursor| {
            let (id, seen) = (after.id.to_string(), (before + shown).to_string());
            let review = if query.in_review { "1" } else { "" };
            let pairs = [
                ("q", query.text.as_str()),
                ("source", source),
                ("review", review),
                ("sort", sort_name(query.sort)),
                ("at", after.key.as_str()),
                ("after", id.as_str()),
                ("before", seen.as_str()),
            ];
            format!("{}{}", request.base(), href::query(&pairs))
        };
        let choice = |value: &str, label: &str, chosen: &str| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            selected: value == chosen,
        };
        let accounts = query.kind == EntityKind::Organisation;
        let all = std::iter::once(choice("", "Any source", source));
        Self {
            heading: if accounts { "Accounts" } else { "Contacts" },
            action: request.base(),
            accounts,
            text: query.text.clone(),
            sources: all.chain(sources.iter().map(|name| choice(name, name, source))).collect(),
            sorts: vec![
                choice("", "By name", sort_name(query.sort)),
                choice("recent", "Latest activity first", sort_name(query.sort)),
            ],
            in_review: query.in_review,
            chips: chips(request),
            ignored: request.ignored.clone(),
            rows: page.rows.iter().map(line).collect(),
            range,
            next: page.next.as_ref().map(same),
            first: query.after.is_some().then(|| request.href(&query.text, source, query.in_review, query.sort)),
            total: page.total,
        }
    }

    /// Whether no filter is set: an empty list then means that nothing was imported.
    pub(crate) fn is_first_use(&self) -> bool {
        self.rows.is_empty() && self.chips.is_empty() && self.first.is_none()
    }
}

fn chips(request: &ListRequest) -> Vec<Chip> {
    let query = &request.query;
    let (text, source) = (query.text.as_str(), query.source.as_deref().unwrap_or_default());
    let mut chips = Vec::new();
    if !text.is_empty() {
        let without = request.href("", source, query.in_review, query.sort);
        chips.push(Chip { label: format!("text \u{201C}{text}\u{201D}"), without });
    }
    if !source.is_empty() {
        let without = request.href(text, "", query.in_review, query.sort);
        chips.push(Chip { label: format!("source {source}"), without });
    }
    if query.in_review {
        chips.push(Chip { label: "in review".to_owned(), without: request.href(text, source, false, query.sort) });
    }
    chips
}

fn line(row: &ListRow) -> ListLine {
    let some = |number: u32| if number == 0 { String::new() } else { format::count(u64::from(number)) };
    let summary = &row.summary;
    let day = summary.last_activity.split('T').next().unwrap_or_default();
    ListLine {
        id: row.id,
        href: href::record(row.kind, row.id),
        title: row.title.clone(),
        account: summary.account.clone(),
        account_href: summary.account_id.map(|id| href::record(EntityKind::Organisation, id)).unwrap_or_default(),
        email: summary.email.clone(),
        phone: format::phone(&summary.phone),
        city: summary.city.clone(),
        status: summary.status.clone(),
        owner: summary.owner.clone(),
        last_activity: format::date(day),
        score: summary.score.clone(),
        open_deals: some(summary.open_opportunities),
        people: some(summary.people),
        sources: summary.sources.clone(),
        in_review: row.in_review,
    }
}

/// The whole page.
#[derive(Template)]
#[template(path = "list.html")]
pub(crate) struct ListPage<'a> {
    /// Frame.
    pub(crate) shell: &'a Shell,
    /// Content.
    pub(crate) view: &'a ListView,
}

/// What changes when a filter changes.
#[derive(Template)]
#[template(path = "list.html", block = "results")]
pub(crate) struct ListResults<'a> {
    /// Content.
    pub(crate) view: &'a ListView,
}

#[cfg(test)]
pub(crate) mod tests;
