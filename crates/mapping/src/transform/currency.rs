//! Currencies of ISO 4217.

/// Active codes with two minor digits, then those with none and three.
const TWO: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BMD", "BND", "BOB",
    "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DKK",
    "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GTQ", "GYD", "HKD",
    "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IRR", "JMD", "KES", "KGS", "KHR", "KPW", "KYD", "KZT", "LAK", "LBP",
    "LKR", "LRD", "LSL", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR",
    "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "QAR", "RON", "RSD",
    "RUB", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL",
    "THB", "TJS", "TMT", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "USD", "UYU", "UZS", "VED", "VES", "WST", "XCD",
    "YER", "ZAR", "ZMW", "ZWG",
];
const NONE: &[&str] =
    &["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];
const THREE: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// Signs that name one currency, longest first.
const SIGNS: &[(&str, &str)] = &[
    ("us$", "USD"),
    ("hk$", "HKD"),
    ("nz$", "NZD"),
    ("ca$", "CAD"),
    ("au$", "AUD"),
    ("r$", "BRL"),
    ("a$", "AUD"),
    ("c$", "CAD"),
    ("s$", "SGD"),
    ("rs.", "INR"),
    ("rs", "INR"),
    ("\u{20b9}", "INR"),
    ("\u{20ac}", "EUR"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("\u{a3}", "GBP"),
    ("z\u{142}", "PLN"),
    ("k\u{10d}", "CZK"),
    ("\u{20bd}", "RUB"),
    ("\u{20ba}", "TRY"),
    ("\u{20a9}", "KRW"),
    ("\u{20ab}", "VND"),
    ("\u{20aa}", "ILS"),
    ("\u{e3f}", "THB"),
    ("fr.", "CHF"),
    ("sfr", "CHF"),
];

/// Signs that several currencies share, each with those; the first is taken if the profile names none of them.
const SHARED: &[(&str, &[&str])] = &[
    ("$", &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "ARS", "CLP", "COP", "TWD", "UYU"]),
    ("\u{a5}", &["JPY", "CNY"]),
    ("kr", &["SEK", "NOK", "DKK", "ISK"]),
];

/// Whether the code is an active one, in capitals.
pub(crate) fn is_currency(code: &str) -> bool {
    minor_digits(code).is_some()
}

/// Number of minor digits; `None` for an unknown code.
pub(super) fn minor_digits(code: &str) -> Option<usize> {
    if TWO.contains(&code) {
        return Some(2);
    }
    if NONE.contains(&code) {
        return Some(0);
    }
    THREE.contains(&code).then_some(3)
}

/// What the letters and signs around an amount say.
pub(super) enum Sign {
    /// One currency.
    Code(&'static str),
    /// A sign that several currencies share, and nothing to tell them apart.
    Unclear,
}

/// The currency that a sign or code (without blanks, any case) names; `None` if it names none.
pub(super) fn named(sign: &str, stated: Option<&str>) -> Option<Sign> {
    let lower = sign.to_lowercase();
    if let Some((_, code)) = SIGNS.iter().find(|(known, _)| *known == lower) {
        return Some(Sign::Code(code));
    }
    if let Some((_, codes)) = SHARED.iter().find(|(known, _)| *known == lower) {
        let code = codes.iter().find(|code| Some(**code) == stated);
        return Some(code.map_or(Sign::Unclear, |code| Sign::Code(code)));
    }
    let upper = sign.to_uppercase();
    [TWO, NONE, THREE].into_iter().flatten().find(|code| **code == upper).map(|code| Sign::Code(code))
}
