//! Addresses as people write them and as registers hold them. Pure.

use torg_geo::Point;
use torg_kernel::{fold, squeeze};

/// One address point of the register.
#[derive(Debug, Clone, PartialEq)]
pub struct Address {
    /// The street's name as the register has it.
    pub street: String,
    /// The number.
    pub number: u32,
    /// The letter after it, a capital; may be empty.
    pub letter: String,
    /// Five digits; may be empty.
    pub postcode: String,
    /// The postal place; may be empty.
    pub city: String,
    /// Where its entrance or its plot is.
    pub point: Point,
}

impl Address {
    /// Street and number: "Södra vägen 12 B".
    #[must_use]
    pub fn line(&self) -> String {
        squeeze(&format!("{} {} {}", self.street, self.number, self.letter))
    }

    /// The whole address on one line.
    #[must_use]
    pub fn whole(&self) -> String {
        let place = squeeze(&format!("{} {}", postcode(&self.postcode), self.city));
        if place.is_empty() {
            self.line()
        } else {
            format!("{}, {place}", self.line())
        }
    }
}

/// Five digits as they are printed: "411 36".
fn postcode(digits: &str) -> String {
    match digits.split_at_checked(3) {
        Some((first, rest)) if digits.len() == 5 => format!("{first} {rest}"),
        _ => digits.to_owned(),
    }
}

/// What somebody who looks for an address wrote, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// The street as it is looked for.
    pub street: String,
    /// The number, where there is one.
    pub number: Option<u32>,
    /// The letter after it, a capital.
    pub letter: Option<String>,
}

/// A street's name as it is looked for: small letters without marks, abbreviations written out. "S:a
/// Vägen", "Södra v." and "sodra vagen" are the same.
#[must_use]
pub fn street_key(street: &str) -> String {
    let plain = fold(&street.replace([',', ';', '-', '\u{2013}'], " "));
    let words: Vec<String> = plain.split_whitespace().map(written_out).collect();
    words.join(" ")
}

fn written_out(word: &str) -> String {
    match word {
        "s:a" | "s." => return "sodra".to_owned(),
        "n:a" | "n." => return "norra".to_owned(),
        "o:a" | "o." => return "ostra".to_owned(),
        "v:a" | "v:astra" => return "vastra".to_owned(),
        "l:a" => return "lilla".to_owned(),
        "st:a" | "s:ta" => return "sankta".to_owned(),
        "g." | "gat." => return "gatan".to_owned(),
        "v." => return "vagen".to_owned(),
        _ => {}
    }
    for (short, long) in [
        ("g.", "gatan"),
        ("v.", "vagen"),
        ("gat.", "gatan"),
        ("gr.", "grand"),
        ("pl.", "platsen"),
    ] {
        if let Some(stem) = word.strip_suffix(short).filter(|stem| stem.len() > 2) {
            return format!("{stem}{long}");
        }
    }
    word.trim_end_matches('.').replace('.', "")
}

/// Takes apart what was written: "Södra vägen 12b, 412 54 Göteborg".
#[must_use]
pub fn wanted(text: &str) -> Wanted {
    // What follows the first comma is the place, unless there is nothing before it.
    let first = text
        .split([',', ';', '\n'])
        .map(str::trim)
        .find(|part| !part.is_empty());
    let words: Vec<&str> = first.unwrap_or_default().split_whitespace().collect();
    let numbered = |word: &str| {
        word.bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_digit())
    };
    // The last word with digits that still leaves a street before it; a postcode has three or more.
    let at = (1..words.len()).find(|at| numbered(words[*at]));
    let Some(at) = at else {
        return Wanted {
            street: street_key(&words.join(" ")),
            ..Wanted::default()
        };
    };
    let (number, letter) = house(words[at]);
    let next = words.get(at + 1).filter(|word| {
        letter.is_none() && word.len() == 1 && word.chars().all(char::is_alphabetic)
    });
    Wanted {
        street: street_key(&words[..at].join(" ")),
        number,
        letter: letter.or_else(|| next.map(|word| word.to_uppercase())),
    }
}

/// A house number with the letter after it: "12b" is 12 and B, "4-6" is 4.
pub(crate) fn house(word: &str) -> (Option<u32>, Option<String>) {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = word.split_at(digits);
    let letter: String = rest
        .chars()
        .take_while(|sign| sign.is_alphabetic())
        .collect();
    let letter = (!letter.is_empty() && letter.chars().count() <= 2).then(|| letter.to_uppercase());
    (number.parse().ok(), letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(text: &str) -> (String, Option<u32>, Option<String>) {
        let own = wanted(text);
        (own.street, own.number, own.letter)
    }

    #[test]
    fn streets_are_alike_however_they_are_written() {
        for street in [
            "Södra Vägen",
            "södra  vägen",
            "S:a vägen",
            "SODRA VAGEN",
            "Södra v.",
            "s. vägen,",
        ] {
            assert_eq!(street_key(street), "sodra vagen", "{street}");
        }
        for street in ["Storgatan", "Storg.", "storgat."] {
            assert_eq!(street_key(street), "storgatan", "{street}");
        }
        assert_eq!(street_key("Östra Hamngatan"), "ostra hamngatan");
        assert_eq!(street_key("Sankt Sigfrids Plan"), "sankt sigfrids plan");
        assert_eq!(street_key(""), "");
    }

    #[test]
    fn what_is_written_is_taken_apart() {
        let vagen = || "sodra vagen".to_owned();
        assert_eq!(
            asks("Södra vägen 12b, 412 54 Göteborg"),
            (vagen(), Some(12), Some("B".into()))
        );
        assert_eq!(
            asks("Södra vägen 12 B"),
            (vagen(), Some(12), Some("B".into()))
        );
        assert_eq!(asks("  södra vägen 12  "), (vagen(), Some(12), None));
        assert_eq!(asks("Södra vägen"), (vagen(), None, None));
        assert_eq!(asks("Södra vägen 4-6"), (vagen(), Some(4), None));
        assert_eq!(asks("Södra vägen 12 Göteborg"), (vagen(), Some(12), None));
        // A street that begins with a number.
        assert_eq!(asks("2:a Långgatan 7").1, Some(7));
        assert_eq!(asks("99999999999"), ("99999999999".to_owned(), None, None));
        assert_eq!(asks(",,"), (String::new(), None, None));
    }

    #[test]
    fn an_address_is_printed_as_on_a_letter() {
        let mut own = Address {
            street: "Södra vägen".to_owned(),
            number: 12,
            letter: "B".to_owned(),
            postcode: "41254".to_owned(),
            city: "Göteborg".to_owned(),
            point: Point::new(11.98, 57.69),
        };
        assert_eq!(own.whole(), "Södra vägen 12 B, 412 54 Göteborg");
        own.letter.clear();
        own.postcode.clear();
        own.city.clear();
        assert_eq!(own.whole(), "Södra vägen 12");
    }
}
