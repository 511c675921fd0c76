use super::*;
use crate::view::samples;

impl RecordView {
    /// A rich contact, one reached by an old link, one that is nearly empty, an account.
    pub(crate) fn samples() -> Vec<Self> {
        let rich = Self::new(&samples::person(), samples::NOW, 50);
        let merged = Self {
            notice: Some("You followed an old link: that record was merged into this one.".to_owned()),
            ..rich.clone()
        };
        vec![
            rich,
            merged,
            Self::new(&samples::person(), samples::NOW, 2),
            Self::new(&samples::bare_person(), samples::NOW, 50),
            Self::new(&samples::account(), samples::NOW, 50),
        ]
    }
}

#[test]
fn the_strip_counts_rows_sources_and_reviews() {
    let view = &RecordView::samples()[0];
    assert_eq!(view.strip.rows, "5 source rows from 3 sources");
    assert_eq!(view.strip.reviews, "1 open review item");
    assert!(view.strip.review_href.starts_with("/review/merges/"));
    let bare = &RecordView::samples()[3];
    assert_eq!(bare.strip.rows, "1 source row from 1 source");
    assert!(bare.strip.reviews.is_empty() && bare.account.is_none());
}

#[test]
fn the_json_is_the_page_and_keeps_no_secret() {
    let view = &RecordView::samples()[0];
    let json = serde_json::to_value(view).unwrap();
    assert_eq!(json["title"], view.title);
    assert_eq!(json["facts"][0]["facts"][0]["values"][0]["value"], view.facts[0].facts[0].values[0].value);
    assert!(json.get("notice").is_none());
}
