use super::*;

#[test]
fn names_of_one_and_of_two() {
    use NameKind::{Organisation, Person};
    for (kind, a, b, are_one) in [
        (Person, "Ana Example", "Example, Ana", true),
        (Person, "Dr. Ana Maria Example", "Ana Example", true),
        (Person, "Ana Exampel", "Anna Example", true),
        (Person, "A. M. Example", "Ana Maria Example", true),
        (Person, "AnaExample", "Ana Example", true),
        (Person, "Bob Sample", "Robert Sample", true),
        (Person, "4na Ex4mple", "Ana Example", true),
        (Person, "王伟", "Wei Wang", true),
        (Person, "Ana Example", "Tom Example", false),
        (Person, "Ana Example", "Ana Different", false),
        (Person, "Ana", "Ana Example", false),
        (Organisation, "Example Aktiengesellschaft", "Example AG", true),
        (Organisation, "The Example Trading Company, Ltd.", "Example Trading", true),
        (Organisation, "1st Example Bank", "First Example Bank", true),
        (Organisation, "E.X.A. Trading", "EXA Trading", true),
        (Organisation, "Example Trading", "Example Shipping", false),
        (Organisation, "Example Fund 3", "Example Fund 4", false),
        (Organisation, "Example Trust", "Example", false),
    ] {
        let why = whole_names(kind, a, b);
        assert_eq!(why.weight >= 0, are_one, "{a} / {b}: {why:?}");
        assert_eq!(whole_names(kind, b, a).weight, why.weight, "{a} / {b}");
        assert_eq!(why.weight, ALL_THE_SAME + why.words.iter().map(|word| word.weight).sum::<MilliBits>());
    }
}
