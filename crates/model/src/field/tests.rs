use super::*;

#[test]
fn names_are_unique_and_read_back() {
    for (place, spec) in CATALOGUE.iter().enumerate() {
        let field = Field::from_name(spec.name).expect("in the catalogue");
        assert_eq!(field.rank(), place, "`{}` stands twice", spec.name);
        assert!(!spec.kinds.is_empty());
    }
}

#[test]
fn custom_fields_are_words_behind_a_prefix() {
    assert_eq!(Field::from_name("x_shoe_size").map(|f| f.label()), Some("shoe size".to_owned()));
    for bad in ["shoe_size", "x_", "x_Shoe", "x_a b"] {
        assert_eq!(Field::from_name(bad), None, "{bad}");
    }
}
