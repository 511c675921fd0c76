use super::*;

fn levels_of(a: &str, b: &str) -> (u8, u8) {
    (given(&Name::of(a), &Name::of(b)), family(&Name::of(a), &Name::of(b)))
}

#[test]
fn names_that_sound_alike_are_similar() {
    assert_eq!(levels_of("mohamed", "mhd").0, 4);
    assert_eq!(levels_of("faisal", "fysl"), (4, 3));
    assert_eq!(levels_of("aleksandr", "alexander").0, 4);
    assert_eq!(levels_of("howard", "howie").0, 4);
}

#[test]
fn pet_names_are_known_however_they_end() {
    assert_eq!(levels_of("margaret", "peggie").0, 1);
}

#[test]
fn names_of_sisters_that_begin_alike_are_different() {
    assert_eq!(levels_of("darla", "darlene").0, 5);
    assert_eq!(levels_of("darlene", "darletta").0, 5);
}

#[test]
fn one_letter_is_a_slip_in_a_long_name_and_another_name_where_both_are_known_or_short() {
    assert_eq!(levels_of("benedikt", "benedikz").0, 2);
    assert_eq!(levels_of("mark", "mary").0, 4);
    assert_eq!(levels_of("andy", "sandy").0, 4);
}

#[test]
fn a_family_name_is_another_two_letters_off_and_the_same_with_one_slip() {
    assert_eq!(levels_of("anderson", "andreson").1, 2);
    assert_eq!(levels_of("anderson", "andreason").1, 3);
}
