use super::*;

fn marked(segments: &[Segment]) -> String {
    segments.iter().map(|s| if s.differs { format!("[{}]", s.text) } else { s.text.clone() }).collect()
}

#[test]
fn only_what_differs_is_marked() {
    for (left, right, marked_left, marked_right) in [
        ("Smith", "Smyth", "Sm[i]th", "Sm[y]th"),
        ("Anna", "Ana", "An[n]a", "Ana"),
        ("same", "same", "same", "same"),
        ("", "new", "", "[new]"),
        ("Lyon", "Paris", "[Lyon]", "[Paris]"),
    ] {
        let (a, b) = segments(left, right);
        assert_eq!((marked(&a).as_str(), marked(&b).as_str()), (marked_left, marked_right));
    }
}

/// Every pair of short words over three letters: nothing is lost, and the unmarked letters are the same on both sides.
#[test]
fn the_text_survives_and_the_common_part_is_common() {
    let words: Vec<String> = (0..243_usize)
        .map(|n| (0..5).map(|place| ['a', 'b', '\u{e9}'][n / 3_usize.pow(place) % 3]).collect::<String>())
        .map(|word| word.trim_end_matches('a').to_owned())
        .collect();
    for left in &words {
        for right in words.iter().step_by(7) {
            let (a, b) = segments(left, right);
            let whole = |s: &[Segment]| s.iter().map(|s| s.text.clone()).collect::<String>();
            let kept = |s: &[Segment]| s.iter().filter(|s| !s.differs).map(|s| s.text.clone()).collect::<String>();
            assert_eq!((&whole(&a), &whole(&b)), (left, right));
            assert_eq!(kept(&a), kept(&b));
        }
    }
}

#[test]
fn long_values_are_compared_from_both_ends() {
    let (left, right) = (format!("x{}y", "ab".repeat(400)), format!("x{}y", "ba".repeat(400)));
    let (a, _) = segments(&left, &right);
    assert_eq!(a.iter().map(|s| s.text.as_str()).collect::<String>(), left);
}
