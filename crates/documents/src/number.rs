//! Numbers that are what they were written as: no binary fractions on the way.

use serde::{Deserialize, Serialize};
use torg_kernel::Locale;

/// An exact decimal number: `units` counted in tenths, hundredths … as `decimals` says. 1 234,5 is
/// `units` 12345 with `decimals` 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// The number without its decimal comma.
    pub units: i64,
    /// Digits after the comma, at most 9.
    pub decimals: u8,
}

/// Most digits after the comma.
pub const MOST_DECIMALS: u8 = 9;

/// Largest number that Excel keeps exact: it counts with fifteen digits.
pub const EXACT_IN_EXCEL: i64 = 999_999_999_999_999;

impl Number {
    /// A whole number.
    #[must_use]
    pub const fn whole(units: i64) -> Self {
        Self { units, decimals: 0 }
    }

    /// A number with decimals.
    #[must_use]
    pub const fn of(units: i64, decimals: u8) -> Self {
        Self { units, decimals }
    }

    /// As it is written: `1 234,5` with no-break spaces and a true minus, or `1,234.5` in English.
    #[must_use]
    pub fn words(self, language: Locale) -> String {
        let english = language.as_str().split('-').next() == Some("en");
        let (group, comma) = if english { (',', '.') } else { ('\u{a0}', ',') };
        let digits = self.units.unsigned_abs().to_string();
        let decimals = usize::from(self.decimals.min(MOST_DECIMALS));
        let digits = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let mut written = String::new();
        if self.units < 0 {
            written.push('\u{2212}');
        }
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                written.push(group);
            }
            written.push(digit);
        }
        if !fraction.is_empty() {
            written.push(comma);
            written.push_str(fraction);
        }
        written
    }

    /// The nearest binary fraction, for Excel, which has no other numbers.
    #[must_use]
    pub fn nearest(self) -> f64 {
        // Through the decimal notation, so that the fraction is the nearest one and not off by a division.
        format!("{}e-{}", self.units, self.decimals)
            .parse()
            .expect("digits with an exponent are a number")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_does() {
        for (number, swedish, english) in [
            (Number::whole(0), "0", "0"),
            (Number::whole(999), "999", "999"),
            (Number::whole(7_591_000), "7\u{a0}591\u{a0}000", "7,591,000"),
            (Number::of(12345, 1), "1\u{a0}234,5", "1,234.5"),
            (Number::of(-5, 2), "\u{2212}0,05", "\u{2212}0.05"),
            (Number::of(60, 1), "6,0", "6.0"),
            (
                Number::whole(i64::MIN),
                "\u{2212}9\u{a0}223\u{a0}372\u{a0}036\u{a0}854\u{a0}775\u{a0}808",
                "\u{2212}9,223,372,036,854,775,808",
            ),
        ] {
            assert_eq!(number.words(Locale::SV), swedish);
            assert_eq!(number.words(Locale::EN), english);
        }
    }

    #[test]
    #[expect(
        clippy::float_cmp,
        reason = "the nearest fraction is the very one of the literal"
    )]
    fn the_nearest_fraction_is_that_of_the_literal() {
        assert_eq!(Number::of(1, 1).nearest(), 0.1);
        assert_eq!(Number::of(-123_456_789, 3).nearest(), -123_456.789);
        assert_eq!(Number::whole(3).nearest(), 3.0);
    }
}
