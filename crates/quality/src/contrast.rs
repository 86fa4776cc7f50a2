//! Contrast between two colours.

use std::fmt;
use std::str::FromStr;

use crate::{Finding, Rule, Settings, Weight};

/// Least contrast of ordinary text (WCAG 2.2, 1.4.3).
pub const ENOUGH_FOR_TEXT: f64 = 4.5;
/// Least contrast of large text and of parts of the interface (WCAG 2.2, 1.4.3 and 1.4.11).
pub const ENOUGH_FOR_PARTS: f64 = 3.0;

/// A colour of the screen, sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

impl Colour {
    /// Relative luminance as WCAG 2.2 defines it.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(self.red) + 0.7152 * part(self.green) + 0.0722 * part(self.blue)
    }
}

/// `#0069a8` or `#06a`; anything else is refused.
impl FromStr for Colour {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text.trim().strip_prefix('#').ok_or(())?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(());
        }
        let part = |from: usize, len: usize| {
            let value = u8::from_str_radix(&digits[from..from + len], 16).map_err(|_| ())?;
            Ok(if len == 1 { value * 17 } else { value })
        };
        let len = match digits.len() {
            3 => 1,
            6 => 2,
            _ => return Err(()),
        };
        Ok(Self {
            red: part(0, len)?,
            green: part(len, len)?,
            blue: part(2 * len, len)?,
        })
    }
}

/// Contrast of two colours, 1 to 21: (lighter + 0.05) / (darker + 0.05) of their relative
/// luminance, as WCAG 2.2 defines it.
#[must_use]
pub fn ratio(one: Colour, other: Colour) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// What the rule of contrast says of an accent on the colours it may lie on: none when it can be
/// told from all of them, or the city has switched the rule off.
#[must_use]
pub fn check_accent(accent: Colour, grounds: &[Colour], settings: &Settings) -> Option<Finding> {
    let weight = settings.weight(Rule::Contrast);
    let (ground, contrast) = weak_accent(accent, grounds)?;
    (weight != Weight::Off).then(|| Finding {
        rule: Rule::Contrast,
        weight,
        block: None,
        field: None,
        excerpt: accent.to_string(),
        args: vec![
            ("ground", ground.to_string()),
            ("contrast", format!("{contrast:.1}")),
        ],
        suggestion: None,
    })
}

/// The first of the colours that an accent cannot be told from as text, with the contrast; none
/// when it can be told from all.
#[must_use]
pub fn weak_accent(accent: Colour, grounds: &[Colour]) -> Option<(Colour, f64)> {
    grounds
        .iter()
        .map(|ground| (*ground, ratio(accent, *ground)))
        .find(|(_, contrast)| *contrast < ENOUGH_FOR_TEXT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        text.parse().expect("a colour")
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let (black, white) = (colour("#000"), colour("#ffffff"));
        assert!((ratio(black, white) - 21.0).abs() < 0.000_1);
        assert!((ratio(white, white) - 1.0).abs() < 0.000_1);
        // The greys on either side of the limit on white: 4.54 and 4.48.
        assert!(ratio(colour("#767676"), white) > ENOUGH_FOR_TEXT);
        assert!(ratio(colour("#777777"), white) < ENOUGH_FOR_TEXT);
        assert_eq!(weak_accent(colour("#0069A8"), &[white]), None);
        let weak = weak_accent(colour("#f5c518"), &[black, white]).expect("yellow on white");
        assert_eq!(weak.0, white);
        let mut settings = Settings::default();
        let told = check_accent(colour("#F5C518"), &[white], &settings).expect("yellow on white");
        assert_eq!(
            (told.weight, told.excerpt.as_str()),
            (Weight::Must, "#f5c518")
        );
        assert_eq!(told.args[1], ("contrast", "1.6".to_owned()));
        assert_eq!(check_accent(colour("#0069a8"), &[white], &settings), None);
        settings.set_weight(Rule::Contrast, Weight::Off);
        assert_eq!(check_accent(colour("#f5c518"), &[white], &settings), None);
        for wrong in ["", "#", "#12345", "0069a8", "#00g", "#ååå", "#1234567"] {
            assert!(wrong.parse::<Colour>().is_err(), "{wrong}");
        }
    }
}
