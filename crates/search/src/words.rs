//! Cuts text into words and numbers. Deliberately plain: a word is a run of letters and digits,
//! so that no input can be refused; what a word means is decided in `analysis`.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Longest word that is kept, in characters; the rest of it is ignored. The longest entry of the
/// word list has 28.
const LONGEST: usize = 60;

/// A word and where it stands, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Lower case, at most [`LONGEST`] characters.
    pub text: String,
    pub start: usize,
    pub end: usize,
    /// Whether a hyphen ties it to the word before (`e-tjänst`).
    pub joined: bool,
}

/// A telephone number or other long number written in groups, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    /// What is searched for: the digits alone, `+46` written as 0.
    pub digits: String,
    /// The digits after the first hyphen: the number without its area code.
    pub local: Option<String>,
    pub start: usize,
    pub end: usize,
}

/// A name with digits in it whose parts are tied by signs, such as a property (12:8), a case
/// (BN/2026:123) or a time, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identifier {
    /// Lower case, with a hyphen for each sign: people mix them up.
    pub text: String,
    pub start: usize,
    pub end: usize,
}

/// Longest identifier that is kept, in characters.
const LONGEST_IDENTIFIER: usize = 40;

/// All identifiers of a text: at least two groups of letters and digits, one of them with a digit,
/// with one sign between each.
pub(crate) fn identifiers(text: &str) -> Vec<Identifier> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut name: String = first.to_lowercase().collect();
        let (mut end, mut ties, mut digit) = (start + first.len_utf8(), 0, first.is_ascii_digit());
        while let Some(&(at, c)) = chars.peek() {
            if c.is_alphanumeric() {
                name.extend(c.to_lowercase());
                digit |= c.is_ascii_digit();
                end = at + c.len_utf8();
                chars.next();
            } else if is_tie(c)
                && text[at + c.len_utf8()..]
                    .chars()
                    .next()
                    .is_some_and(char::is_alphanumeric)
            {
                name.push('-');
                ties += 1;
                chars.next();
            } else {
                break;
            }
        }
        if ties > 0 && digit && name.chars().count() <= LONGEST_IDENTIFIER {
            found.push(Identifier {
                text: name,
                start,
                end,
            });
        }
    }
    found
}

const fn is_tie(c: char) -> bool {
    matches!(c, ':' | '/' | '.' | '-' | '\u{2010}' | '\u{2011}' | '–')
}

/// Composed form (NFC), so that `o` + `¨` is `ö`; borrowed texts in that form are only copied.
pub(crate) fn composed(text: &str) -> String {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.to_owned(),
        _ => text.nfc().collect(),
    }
}

/// Scripts written without spaces: every character is a word.
const fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{0e00}'..='\u{0e7f}' | '\u{20000}'..='\u{3ffff}')
}

/// Soft hyphens and joiners stand inside words without being part of them.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe0f}'
    )
}

/// All words of a text in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut current: Option<(usize, String, usize)> = None;
    let mut hyphen_at = None;
    let mut close =
        |current: &mut Option<(usize, String, usize)>, end: usize, hyphen: Option<usize>| {
            if let Some((start, text, _)) = current.take() {
                found.push(Word {
                    text,
                    start,
                    end,
                    joined: hyphen == Some(start),
                });
            }
        };
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() && !stands_alone(c) {
            let (_, word, length) = current.get_or_insert_with(|| (at, String::new(), 0));
            if *length < LONGEST {
                word.extend(c.to_lowercase());
                *length += 1;
            }
        } else if current.is_some() && is_invisible(c) {
        } else {
            let after_word = current.is_some();
            close(&mut current, at, hyphen_at);
            if stands_alone(c) && c.is_alphanumeric() {
                current = Some((at, c.to_string(), 1));
                close(&mut current, at + c.len_utf8(), None);
            }
            if after_word && matches!(c, '-' | '\u{2010}' | '\u{2011}') {
                hyphen_at = Some(at + c.len_utf8());
            }
        }
    }
    close(&mut current, text.len(), hyphen_at);
    found
}

/// All numbers of 6 to 15 digits, whose groups may be parted by one space, hyphen or bracket.
pub(crate) fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((start, c)) = chars.next() {
        let starts = c.is_ascii_digit() || (c == '+' && !before.is_alphanumeric());
        if !starts || before.is_alphanumeric() {
            before = c;
            continue;
        }
        let mut digits = String::new();
        let mut local = None;
        if c != '+' {
            digits.push(c);
        }
        let mut end = start + c.len_utf8();
        let mut gap = 0;
        before = c;
        while let Some(&(at, next)) = chars.peek() {
            if next.is_ascii_digit() {
                digits.push(next);
                if let Some(local) = &mut local {
                    String::push(local, next);
                }
                end = at + 1;
                gap = 0;
            } else if gap < 2
                && matches!(
                    next,
                    ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2011}' | '–' | '(' | ')' | '/'
                )
            {
                gap += 1;
                if local.is_none() && matches!(next, '-' | '\u{2011}' | '–') {
                    local = Some(String::new());
                }
            } else {
                break;
            }
            before = next;
            chars.next();
        }
        if c == '+' && digits.starts_with("46") {
            digits.replace_range(
                ..2,
                if digits[2..].starts_with('0') {
                    ""
                } else {
                    "0"
                },
            );
        } else if digits.starts_with("0046") {
            digits.replace_range(..4, "0");
        }
        if (6..=15).contains(&digits.len()) {
            let local = local.filter(|local| local.len() >= 5);
            found.push(Number {
                digits,
                local,
                start,
                end,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_are_cut_at_everything_else() {
        assert_eq!(
            texts("Öppettider, e-tjänster & 2 böcker!"),
            ["öppettider", "e", "tjänster", "2", "böcker"]
        );
        assert_eq!(texts(" \u{0}\u{1}🙂(*?\"~^"), Vec::<String>::new());
        assert_eq!(texts("sop\u{ad}hämtning"), ["sophämtning"]);
        assert_eq!(texts("垃圾 收集"), ["垃", "圾", "收", "集"]);
        assert!(words("e-tjänst")[1].joined);
        assert!(!words("e - tjänst")[1].joined);
    }

    #[test]
    fn positions_are_byte_positions() {
        let text = "På Öckerö är";
        for word in words(text) {
            assert_eq!(text[word.start..word.end].to_lowercase(), word.text);
        }
    }

    #[test]
    fn names_with_digits_are_one_word_whatever_ties_them() {
        let names = |text: &str| -> Vec<String> {
            identifiers(text)
                .into_iter()
                .map(|name| name.text)
                .collect()
        };
        assert_eq!(names("Fastigheten Majorna 12:8, ditt e-brev"), ["12-8"]);
        assert_eq!(names("Ärende BN/2026:00123."), ["bn-2026-00123"]);
        assert_eq!(names("bn 2026–00123"), ["2026-00123"]);
        assert!(names("a/b . 12 : 8 3.").is_empty());
        let text = "Se SBN-2026:7!";
        let name = &identifiers(text)[0];
        assert_eq!(&text[name.start..name.end], "SBN-2026:7");
    }

    #[test]
    fn telephone_numbers_are_one_number_however_written() {
        for written in [
            "031-390 06 41",
            "0313900641",
            "+46 31 390 06 41",
            "+46 (0)31-390 06 41",
            "0046 31 3900641",
        ] {
            let found = numbers(&format!("Ring {written}, eller mejla."));
            assert_eq!(found.len(), 1, "{written}");
            assert_eq!(found[0].digits, "0313900641", "{written}");
        }
        assert_eq!(
            numbers("031-390 06 41")[0].local.as_deref(),
            Some("3900641")
        );
        assert!(numbers("450 kronor, 12 kap. 3 §").is_empty());
    }
}
