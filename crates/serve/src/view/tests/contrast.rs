//! WCAG 2.2 contrast of the tokens, recomputed from the stylesheet in both themes.

use crate::assets::STYLESHEET;

/// Relative luminance of `#RRGGBB` (WCAG 2.2, "relative luminance").
fn luminance(colour: &str) -> f64 {
    let channel = |start: usize| {
        let part = f64::from(u8::from_str_radix(&colour[start..start + 2], 16).unwrap()) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// A token: light, dark.
fn token(name: &str) -> [String; 2] {
    let declared = format!("--{name}: light-dark(");
    let start = STYLESHEET.find(&declared).unwrap_or_else(|| panic!("no token {name}")) + declared.len();
    let end = start + STYLESHEET[start..].find(')').unwrap();
    let (light, dark) = STYLESHEET[start..end].split_once(", ").unwrap();
    [light.to_owned(), dark.to_owned()]
}

fn ratios(front: &str, back: &str) -> [f64; 2] {
    let (front, back) = (token(front), token(back));
    [contrast(&front[0], &back[0]), contrast(&front[1], &back[1])]
}

const SURFACES: [&str; 3] = ["surface-0", "surface-1", "surface-2"];

#[test]
fn text_reads_on_every_ground() {
    for surface in SURFACES {
        for text in ["text", "text-muted", "success", "warning", "info"] {
            for ratio in ratios(text, surface) {
                assert!(ratio >= 4.5, "{text} on {surface}: {ratio:.2}");
            }
        }
    }
    for tint in ["ok", "warn", "bad", "info"] {
        for ratio in ratios(&format!("{tint}-text"), &format!("{tint}-ground")) {
            assert!(ratio >= 4.5, "{tint}: {ratio:.2}");
        }
    }
    for ground in ["button", "button-hover"] {
        for ratio in ratios("on-button", ground) {
            assert!(ratio >= 4.5, "text on {ground}: {ratio:.2}");
        }
    }
}

/// WCAG 1.4.11: edges of controls, bars, marks and the focus ring.
#[test]
fn edges_of_controls_can_be_seen() {
    for surface in SURFACES {
        for edge in ["border-control", "accent", "success", "warning", "info"] {
            for ratio in ratios(edge, surface) {
                assert!(ratio >= 3.0, "{edge} on {surface}: {ratio:.2}");
            }
        }
    }
}

/// The table of the design: dark theme, to one decimal.
#[test]
fn the_tokens_are_those_of_the_design() {
    let rows: [(&str, [f64; 3]); 7] = [
        ("text", [16.2, 15.1, 13.7]),
        ("text-muted", [7.4, 6.9, 6.3]),
        ("accent", [5.0, 4.7, 4.23]),
        ("accent-hover", [5.9, 5.5, 5.0]),
        ("border", [1.36, 1.26, 1.15]),
        ("border-control", [4.0, 3.8, 3.4]),
        ("success", [7.8, 7.3, 6.6]),
    ];
    for (name, stated) in rows {
        for (surface, stated) in SURFACES.iter().zip(stated) {
            let found = ratios(name, surface)[1];
            assert!((found - stated).abs() < 0.06, "{name} on {surface}: {found:.2}, the design says {stated}");
        }
    }
}

/// The accent is too weak for normal text on the third surface and for white text on it, so no rule may do that.
#[test]
fn the_accent_is_no_ground_for_white_text() {
    for rule in STYLESHEET.split('}') {
        let white = rule.contains("color: var(--on-button)");
        assert!(!(white && rule.contains("background: var(--accent")), "{rule}");
        assert!(!rule.contains("; color: var(--accent") && !rule.contains("{ color: var(--accent"), "{rule}");
    }
}
