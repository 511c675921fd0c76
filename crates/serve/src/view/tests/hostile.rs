//! Hostile text in every place where a customer's value can stand: it must come out as text, character by character.

use askama::Template;
use velocity_model::Field;

use super::html;
use crate::view::merge::{MergePage, MergeView};
use crate::view::message::{Message, MessagePage};
use crate::view::record::{RecordPage, RecordView};
use crate::view::report::{ReportPage, ReportView};
use crate::view::samples;
use crate::view::shell::Section;
use crate::view::why::{WhyFieldPanel, WhyFieldView};

const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onfocus='alert(1)' x='",
    "</title></main></html>",
    "{{ shell.forms }}{% raw %}",
    "a&amp;b&lt;c",
    "javascript:alert(1)",
    "\u{202e}evil\u{0}\u{7}",
];

fn judge(page: &str, hostile: &str) {
    assert_eq!(html::problems(page), Vec::<String>::new(), "{hostile}");
    assert!(html::text(page).contains(hostile), "`{hostile}` is not on the page as it is");
    let names: Vec<String> = html::tags(page).into_iter().map(|tag| tag.name).collect();
    assert!(!names.iter().any(|name| name == "img"), "{hostile}");
}

#[test]
fn a_record_prints_hostile_values_as_text() {
    for hostile in HOSTILE {
        let mut rows = samples::person();
        hostile.clone_into(&mut rows.entity.record.title);
        hostile.clone_into(&mut rows.entity.summary.status);
        hostile.clone_into(&mut rows.entity.summary.account);
        for values in rows.entity.record.fields.values_mut() {
            for value in values {
                hostile.clone_into(&mut value.value);
            }
        }
        for stored in &mut rows.evidence {
            hostile.clone_into(&mut stored.path);
            stored.headers.iter_mut().for_each(|header| hostile.clone_into(header));
            for assertion in &mut stored.evidence.assertions {
                hostile.clone_into(&mut assertion.raw);
            }
        }
        for item in &mut rows.related {
            hostile.clone_into(&mut item.record.title);
            hostile.clone_into(&mut item.summary.last_activity);
        }
        let view = RecordView::new(&rows, samples::NOW, 50);
        let page = RecordPage { shell: &samples::shell(Section::Contacts, hostile), view: &view }.render().unwrap();
        judge(&page, hostile);
        let city = Field::known("city");
        let why = WhyFieldView::new(&rows.entity, &rows.evidence, &rows.questions, &city).unwrap();
        judge(&WhyFieldPanel { view: &why }.render().unwrap(), hostile);
    }
}

#[test]
fn a_merge_question_prints_hostile_values_as_text() {
    for hostile in HOSTILE {
        let mut rows = samples::merge();
        hostile.clone_into(&mut rows.queue[0].left_title);
        for side in &mut rows.sides {
            hostile.clone_into(&mut side.entity.record.title);
        }
        // One character more on one side, so that the value is cut into stretches.
        for (side, tail) in rows.sides.iter_mut().zip(["", "x"]) {
            for values in side.entity.record.fields.values_mut() {
                values.truncate(1);
                values[0].value = format!("{hostile}{tail}");
            }
        }
        for step in rows.waterfall.iter_mut().flat_map(|waterfall| &mut waterfall.steps) {
            hostile.clone_into(&mut step.level);
        }
        let view = MergeView::new(&rows);
        let page = MergePage { shell: &samples::shell(Section::Review, "x"), view: &view }.render().unwrap();
        judge(&page, hostile);
    }
}

#[test]
fn a_report_prints_hostile_values_as_text() {
    for hostile in HOSTILE {
        let mut run = samples::runs().remove(0);
        for file in run.report.iter_mut().flat_map(|report| &mut report.files) {
            hostile.clone_into(&mut file.path);
            file.unmapped = vec![hostile.to_owned()];
            file.next = vec![hostile.to_owned()];
        }
        let mut quarantine = samples::quarantine();
        hostile.clone_into(&mut quarantine[0].0);
        quarantine[0].2[0].cells = vec![hostile.to_owned()];
        let view = ReportView::new(&run, &quarantine);
        let page = ReportPage { shell: &samples::shell(Section::Imports, "x"), view: &view }.render().unwrap();
        judge(&page, hostile);
    }
}

/// Every string of up to three characters that mean something in HTML comes back from the page as it went in, from a
/// text and from an attribute.
#[test]
fn every_short_string_survives() {
    let letters = ['<', '>', '"', '\'', '&', '/', '=', ';', '#', 'a'];
    let mut words = vec![String::new()];
    for length in 0..3 {
        let longer = words.iter().filter(|word| word.len() == length);
        let longer: Vec<String> = longer.flat_map(|word| letters.map(|letter| format!("{word}{letter}"))).collect();
        words.extend(longer);
    }
    assert_eq!(words.len(), 1_111);
    for word in words {
        let message = Message::sign_in(&word, &format!("[{word}]"));
        let page = MessagePage { message: &message }.render().unwrap();
        assert_eq!(html::problems(&page), Vec::<String>::new(), "{word}");
        assert!(html::text(&page).contains(&format!("Sign in as [{word}]")), "{word}");
        let tags = html::tags(&page);
        let token = tags.iter().find(|tag| tag.get("name") == Some("token")).unwrap();
        assert_eq!(token.get("value"), Some(word.as_str()));
    }
}
