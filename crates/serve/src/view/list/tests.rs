use super::*;
use crate::view::samples;

impl ListView {
    /// Every state of a list: full, filtered, last page, empty by filter, first use, with ignored parameters.
    pub(crate) fn samples() -> Vec<Self> {
        let sources = samples::sources();
        let read = |kind, pairs: &[(&str, &str)]| ListRequest::read(kind, &parameters(pairs), &sources);
        let empty = Page { rows: Vec::new(), total: 0, next: None };
        let people = samples::people_page();
        let cursor = people.next.clone().unwrap();
        let id = cursor.id.to_string();
        let page_two = [("after", id.as_str()), ("at", cursor.key.as_str()), ("before", "50")];
        let last = Page { next: None, total: 58, ..people.clone() };
        let ignored = [("source", "nowhere"), ("sort", "colour"), ("page", "2"), ("review", "yes")];
        vec![
            Self::new(&read(EntityKind::Person, &[]), &people, &sources),
            Self::new(
                &read(EntityKind::Person, &[("q", "o'hara"), ("source", "hubspot"), ("review", "1")]),
                &people,
                &sources,
            ),
            Self::new(&read(EntityKind::Person, &page_two), &last, &sources),
            Self::new(&read(EntityKind::Person, &[("q", "nobody")]), &empty, &sources),
            Self::new(&read(EntityKind::Person, &[]), &empty, &[]),
            Self::new(&read(EntityKind::Person, &ignored), &people, &sources),
            Self::new(&read(EntityKind::Organisation, &[]), &samples::accounts_page(), &sources),
        ]
    }
}

fn parameters(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn bad_parameters_are_named_and_the_rest_works() {
    let sources = samples::sources();
    let pairs =
        [("q", " ana "), ("source", "nowhere"), ("sort", "colour"), ("after", "zz"), ("review", "2"), ("x", "1")];
    let request = ListRequest::read(EntityKind::Person, &parameters(&pairs), &sources);
    assert_eq!(request.ignored.len(), 5);
    assert_eq!(request.query.text, "ana");
    assert_eq!((request.query.source, request.query.after, request.before), (None, None, 0));
    let good = [("q", "ana"), ("source", "hubspot"), ("sort", "recent"), ("review", "1")];
    let request = ListRequest::read(EntityKind::Person, &parameters(&good), &sources);
    assert!(request.ignored.is_empty());
    assert_eq!(request.query.sort, Sort::Recent);
    assert!(request.query.in_review);
}

#[test]
fn the_next_link_leads_to_what_follows_with_the_same_filters() {
    let sources = samples::sources();
    let pairs = [("q", "a&b=c"), ("source", "hubspot"), ("sort", "recent"), ("review", "1")];
    let request = ListRequest::read(EntityKind::Person, &parameters(&pairs), &sources);
    let page = samples::people_page();
    let view = ListView::new(&request, &page, &sources);
    let next = view.next.unwrap();
    let query = next.strip_prefix("/contacts?").unwrap();
    let decoded: BTreeMap<String, String> =
        query.split('&').map(|pair| pair.split_once('=').unwrap()).map(|(k, v)| (k.to_owned(), decode(v))).collect();
    let again = ListRequest::read(EntityKind::Person, &decoded, &sources);
    assert_eq!(again.query, ListQuery { after: page.next, ..request.query });
    assert_eq!(again.before, page.rows.len() as u64);
    assert!(again.ignored.is_empty());
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let hex = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_range_counts_the_rows_before() {
    let samples = ListView::samples();
    assert_eq!(samples[0].range, "1\u{2013}8 of 1,234");
    assert_eq!(samples[2].range, "51\u{2013}58 of 58");
    assert!(samples[2].next.is_none() && samples[2].first.is_some());
    assert_eq!(samples[1].chips.len(), 3);
    assert!(!samples[3].is_first_use() && samples[4].is_first_use());
}
