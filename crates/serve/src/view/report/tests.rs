use super::*;
use crate::view::samples;

impl ReportView {
    /// A published run with everything, one that runs, one that was interrupted, one that changed nothing.
    pub(crate) fn samples() -> Vec<Self> {
        samples::runs().iter().map(|run| Self::new(run, &samples::quarantine())).collect()
    }
}

fn number(text: &str) -> u64 {
    text.replace(',', "").parse().unwrap()
}

#[test]
fn the_counts_add_up_for_each_file_and_for_all() {
    let report = &ReportView::samples()[0];
    for counts in report.files.iter().map(|file| &file.counts).chain([&report.counts]) {
        let rest: u64 = counts[1..].iter().map(|count| number(&count.number)).sum();
        assert_eq!(number(&counts[0].number), rest, "{counts:?}");
    }
    let files: u64 = report.files.iter().map(|file| number(&file.counts[0].number)).sum();
    assert_eq!(number(&report.counts[0].number), files);
}

#[test]
fn the_headline_says_what_happened() {
    let said = headline(&RowCounts { read: 9_214, new: 8_412, updated: 530, unchanged: 204, held: 61, quarantined: 7 });
    assert_eq!(said, "9,214 rows: 8,412 new, 530 updated, 204 unchanged, 61 wait for an answer, 7 quarantined.");
    let same = headline(&RowCounts { read: 1, unchanged: 1, ..RowCounts::default() });
    assert_eq!(same, "1 row, all unchanged: these files were known already.");
    assert_eq!(headline(&RowCounts::default()), "No rows were read.");
    let one = headline(&RowCounts { read: 2, new: 1, held: 1, ..RowCounts::default() });
    assert_eq!(one, "2 rows: 1 new, 1 waits for an answer.");
}

#[test]
fn empty_quarantines_are_not_shown() {
    let mut stored = samples::quarantine();
    stored.push(("clean.csv".to_owned(), Vec::new(), Vec::new()));
    let report = ReportView::new(&samples::runs()[0], &stored);
    assert!(report.quarantine.iter().all(|file| file.path != "clean.csv"));
}
