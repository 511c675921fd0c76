use super::query;

#[test]
fn what_is_typed_is_never_query_syntax() {
    for (typed, expected) in [
        ("ana exa", Some("\"ana\"* \"exa\"*")),
        ("\"ana\" OR (x", Some("\"ana\"* \"OR\"* \"x\"*")),
        ("ana@mail.example", Some("\"ana\"* \"mail\"* \"example\"*")),
        ("06 39 98", Some("\"63998\"*")),
        ("+33 6 39", Some("\"33639\"*")),
        (" *^: ", None),
        ("", None),
    ] {
        assert_eq!(query(typed).as_deref(), expected, "{typed}");
    }
}
