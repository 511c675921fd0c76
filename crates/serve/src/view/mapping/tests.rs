use super::*;
use crate::view::samples;

impl MappingView {
    /// An unknown file with a question, a known one with other columns and a forecast, one with nothing but a column gone,
    /// a snapshot that lacks most.
    pub(crate) fn samples() -> Vec<Self> {
        let [unknown, changed, lacking, smaller] = samples::waiting();
        let asked = Self { alert: "Born: say it".to_owned(), ..Self::new(&unknown, &Choices::default()) };
        let report = samples::runs().remove(0).report.unwrap();
        let forecast = Self::new(&changed, &Choices::default()).forecast(&report);
        vec![asked, forecast, Self::new(&lacking, &Choices::default()), Self::new(&smaller, &Choices::default())]
    }
}

#[test]
fn a_form_says_what_was_chosen() {
    let [unknown, ..] = samples::waiting();
    let form = |name: &str| match name {
        "field-1" => Some(" nickname ".to_owned()),
        "field-2" => Some(String::new()),
        "answer-0" => Some("mdy".to_owned()),
        _ => None,
    };
    let choices = chosen(&unknown, form).unwrap();
    assert_eq!(choices.fields["Name <b>"], Field::from_name("nickname"));
    assert_eq!(choices.fields["Born"], None);
    assert_eq!(choices.fields.len(), 2, "a key is not chosen, and what the form lacks stays");
    assert_eq!(choices.orders["Born"], Some(DateOrder::Mdy));
    let view = MappingView::new(&unknown, &choices);
    assert_eq!((view.columns[1].field.as_str(), view.columns[2].field.as_str()), ("nickname", ""));
    assert!(view.questions[0].answers[1].chosen);
    assert!(chosen(&unknown, |_| Some("no_such_field".to_owned())).is_err());
}
