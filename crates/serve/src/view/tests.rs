//! Every page from its samples: well formed, escaped, within the house rules; the stylesheet's contrast.

mod contrast;
mod hostile;
pub(crate) mod html;

use super::identity::{IdentityPage, IdentityPanel, IdentityView};
use super::list::{ListPage, ListResults, ListView};
use super::mapping::{MappingPage, MappingView};
use super::merge::{MergePage, MergeView};
use super::message::{Message, MessagePage};
use super::record::{RecordPage, RecordView};
use super::report::{ReportPage, ReportView};
use super::review::{ReviewPage, ReviewView};
use super::runs::{RunsPage, RunsView};
use super::samples;
use super::shell::{Section, Shell};
use super::why::{WhyFieldPage, WhyFieldPanel, WhyFieldView};
use crate::assets::{SCRIPT, STYLESHEET};

/// Every page and fragment, with a name for a failing test.
fn every_page() -> Vec<(String, String)> {
    let mut pages: Vec<(String, String)> = Vec::new();
    let mut push = |name: &str, number: usize, template: &dyn askama::DynTemplate| {
        pages.push((format!("{name}-{number}"), template.dyn_render().unwrap()));
    };
    let frame = |section: Section, title: &str, flash: bool| -> Shell {
        Shell { flash: flash.then(samples::flash), ..samples::shell(section, title) }
    };
    for (number, view) in ListView::samples().iter().enumerate() {
        let section = if view.accounts { Section::Accounts } else { Section::Contacts };
        push("list", number, &ListPage { shell: &frame(section, view.heading, false), view });
        push("list-results", number, &ListResults { view });
    }
    for (number, view) in RecordView::samples().iter().enumerate() {
        let section = if view.kind_word() == "Account" { Section::Accounts } else { Section::Contacts };
        push("record", number, &RecordPage { shell: &frame(section, &view.title, false), view });
    }
    for (number, view) in WhyFieldView::samples().iter().enumerate() {
        push("why-field", number, &WhyFieldPage { shell: &frame(Section::Contacts, "Why", false), view });
        push("why-field-panel", number, &WhyFieldPanel { view });
    }
    for (number, view) in IdentityView::samples().iter().enumerate() {
        let shell = frame(Section::Contacts, "Why", false);
        push("why-record", number, &IdentityPage { forms: &shell.forms, shell: &shell, view });
        push("why-record-panel", number, &IdentityPanel { forms: &shell.forms, view });
    }
    for (number, view) in ReviewView::samples().iter().enumerate() {
        push("review", number, &ReviewPage { shell: &frame(Section::Review, "Review", number == 2), view });
    }
    for (number, view) in MappingView::samples().iter().enumerate() {
        push("mapping", number, &MappingPage { shell: &frame(Section::Review, &view.line.name, false), view });
    }
    for (number, view) in MergeView::samples().iter().enumerate() {
        push("merge", number, &MergePage { shell: &frame(Section::Review, "Same or not?", number == 0), view });
    }
    for (number, view) in RunsView::samples().iter().enumerate() {
        push("runs", number, &RunsPage { shell: &frame(Section::Imports, "Imports", false), view });
    }
    for (number, view) in ReportView::samples().iter().enumerate() {
        push("report", number, &ReportPage { shell: &frame(Section::Imports, &view.title, false), view });
    }
    let messages = [
        Message::new("Not found", "There is no <record> at this address.").with_code("serve.not_found"),
        Message::signed_out(),
        Message::sign_in("00ff", "Ana <b>"),
        Message::link_used(),
        Message::link_wrong(),
    ];
    for (number, message) in messages.iter().enumerate() {
        push("message", number, &MessagePage { message });
    }
    pages
}

#[test]
fn every_page_is_well_formed() {
    for (name, page) in every_page() {
        let problems = html::problems(&page);
        assert!(problems.is_empty(), "{name}: {problems:#?}");
    }
}

#[test]
fn whole_pages_have_a_frame_and_fragments_have_none() {
    for (name, page) in every_page() {
        let whole = !name.contains("panel") && !name.contains("results");
        assert_eq!(page.starts_with("<!doctype html>"), whole, "{name}");
        assert_eq!(html::tags(&page).iter().filter(|tag| tag.name == "main").count(), usize::from(whole), "{name}");
        if whole {
            assert_eq!(html::tags(&page).iter().filter(|tag| tag.name == "h1").count(), 1, "{name}");
        }
    }
}

/// Each POST form carries the token of its own address; only the sign-in form has none, because it has no session.
#[test]
fn every_form_that_writes_carries_its_token() {
    let forms = samples::shell(Section::Review, "").forms;
    let mut seen = 0;
    for (name, page) in every_page() {
        let tags = html::tags(&page);
        for (index, form) in
            tags.iter().enumerate().filter(|(_, tag)| tag.name == "form" && tag.get("method") == Some("post"))
        {
            let action = form.get("action").unwrap();
            if action == "/sign-in" {
                continue;
            }
            let field = tags[index..].iter().find(|tag| tag.get("name") == Some("_csrf")).unwrap();
            assert!(forms.accepts(action, field.get("value").unwrap()), "{name}: {action}");
            seen += 1;
        }
    }
    assert!(seen > 10);
}

/// PAGES 4.9: at most 60 kB of HTML a page; the script stays small.
#[test]
fn pages_stay_within_their_budget() {
    for (name, page) in every_page() {
        assert!(page.len() < 60_000, "{name}: {} bytes", page.len());
    }
    assert!(SCRIPT.len() < 6_000, "{} bytes of script", SCRIPT.len());
    assert!(!SCRIPT.contains("innerHTML") && !SCRIPT.contains("eval("));
}

#[test]
fn the_stylesheet_loads_nothing_and_keeps_the_house_rules() {
    for banned in ["url(", "@import", "gradient", "backdrop-filter"] {
        assert!(!STYLESHEET.contains(banned), "{banned}");
    }
    assert_eq!(STYLESHEET.matches('{').count(), STYLESHEET.matches('}').count());
}

/// No page shows a link, form or fragment address that no route answers.
#[test]
fn no_link_leads_nowhere() {
    let _builds_without_a_conflict = crate::pages::routes();
    let source = include_str!("../pages.rs");
    let routes = source.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next());
    let patterns: Vec<&str> = routes.chain(["/sign-in", "/sign-out", "/assets/{name}"]).collect();
    let answers = |path: &str| {
        let is_like = |pattern: &&&str| {
            let (mut wanted, mut found) = (pattern.split('/'), path.split('/'));
            loop {
                match (wanted.next(), found.next()) {
                    (None, None) => return true,
                    (Some(want), Some(have)) if want == have || want.starts_with('{') && !have.is_empty() => {}
                    _ => return false,
                }
            }
        };
        patterns.iter().any(|pattern| is_like(&pattern))
    };
    assert!(answers("/review/merges/1/decide") && !answers("/settings") && !answers("/contacts/"));
    for (name, page) in every_page() {
        for tag in html::tags(&page) {
            for address in ["href", "src", "action", "hx-get"].iter().filter_map(|attribute| tag.get(attribute)) {
                let path = address.split(['?', '#']).next().unwrap_or_default();
                assert!(!path.starts_with('/') || answers(path), "{name}: {address}");
            }
        }
    }
}
