use proptest::prelude::*;

use super::*;

/// The level of two texts of words that tell equally much.
fn level(a: &str, b: &str) -> u8 {
    let text = |text: &str| Text::of(text, text.split(' ').map(|word| (word.to_owned(), 1.0)).collect());
    let (a, b) = (text(a), text(b));
    assert_eq!(a.compare(&b), b.compare(&a), "the order does not matter");
    a.compare(&b)
}

#[test]
fn words_with_a_slip_count_and_numbers_with_one_do_not() {
    assert_eq!(level("kestrel cordless telephone", "telephone cordles kestrel"), 1);
    assert!(level("kestrel kx108", "kestrel kx208") > level("kestrel alpha", "kestrel alphe"));
}

#[test]
fn words_written_together_are_those_written_apart() {
    assert_eq!(level("foot wear house", "footwear house"), 1);
}

#[test]
fn the_more_words_are_shared_the_better_the_level() {
    let texts = [
        "joins views graphs xml",
        "partitions joins views graphs",
        "joins views tea oil",
        "joins sun tea oil",
        "sky sun tea oil",
    ];
    let levels: Vec<u8> = texts.iter().map(|text| level("joins views graphs xml", text)).collect();
    assert_eq!(levels, [0, 2, 4, 6, 7]);
}

#[test]
fn rare_words_say_more_than_common_ones() {
    let text = |words: &[(&str, f32)]| {
        let whole: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        Text::of(&whole.join(" "), words.iter().map(|(word, weight)| ((*word).to_owned(), *weight)).collect())
    };
    let own = text(&[("the", 0.2), ("zenith", 5.0)]);
    assert!(own.compare(&text(&[("a", 0.2), ("zenith", 5.0)])) < own.compare(&text(&[("the", 0.2), ("nadir", 5.0)])));
    assert_eq!(own.telling().collect::<Vec<_>>(), ["zenith", "the"]);
}

proptest! {
    #[test]
    fn the_order_of_two_texts_does_not_matter(a in "([ab]{3,6} ){0,4}[a-c]{3,5}", b in "([ab]{3,6} ){0,4}[a-c]{3,5}") {
        level(&a, &b);
    }
}

#[test]
fn a_word_that_stands_twice_is_not_two() {
    assert_eq!(level("duran duran", "duran live"), level("duran live", "duran best"));
}
