use super::*;

#[test]
fn spelling_is_folded() {
    for (text, folded) in
        [("Zoë  O'Brien-Łódź", "zoe obrien lodz"), ("ＡＮＡ", "ana"), ("Straße 5", "strasse 5"), ("--", "")]
    {
        assert_eq!(fold(text), folded);
    }
}

#[test]
fn names_that_sound_alike_share_a_skeleton() {
    for (a, b) in [("stephens", "stefens"), ("schmidt", "smit"), ("catherine", "katerin"), ("meyer", "maier")] {
        assert_eq!(skeleton(a), skeleton(b), "{a} {b}");
    }
    assert_ne!(skeleton("anna"), skeleton("maria"));
}
