//! The right to show a picture: its licence, the people in it, and until when. Pure.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use torg_kernel::{FieldError, Message, Timestamp, zone};

use crate::said::{one_line, too_long};

/// Days before a picture's last day in which it counts as going out: a month gives whoever looks
/// after it time to ask for longer or to find another.
pub const WARNING_DAYS: i64 = 30;

/// The longest words about terms, consent or reason, in characters.
const LONGEST_WORDS: usize = 500;

/// When a picture that may not be shown at all stopped being shown: before all time.
pub(crate) const STOPPED: Timestamp = Timestamp::from_micros(0);

/// On what ground a picture may be shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Licence {
    /// Nobody has said.
    #[default]
    Unknown,
    /// The city's own.
    Own,
    /// Given away (Creative Commons Zero).
    Cc0,
    /// Creative Commons Attribution: whoever made it is named.
    CcBy,
    /// Creative Commons Attribution-ShareAlike.
    CcBySa,
    /// Bought until a day.
    Bought,
    /// On other terms, in words.
    Other,
    /// There is no right to it any longer: it is not shown.
    Ended,
}

impl Licence {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Unknown,
        Self::Own,
        Self::Cc0,
        Self::CcBy,
        Self::CcBySa,
        Self::Bought,
        Self::Other,
        Self::Ended,
    ];

    /// The name that is stored, and that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Own => "own",
            Self::Cc0 => "cc0",
            Self::CcBy => "cc_by",
            Self::CcBySa => "cc_by_sa",
            Self::Bought => "bought",
            Self::Other => "other",
            Self::Ended => "ended",
        }
    }

    /// The licence with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.as_str() == name)
    }

    /// What must stand beside the maker's name wherever the picture is shown; the same in all
    /// languages.
    #[must_use]
    pub const fn mark(self) -> Option<&'static str> {
        match self {
            Self::CcBy => Some("CC BY"),
            Self::CcBySa => Some("CC BY-SA"),
            _ => None,
        }
    }
}

/// Whether people can be recognised in a picture, and what they have said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum People {
    /// Nobody has said.
    #[default]
    Unknown,
    /// There is nobody in it who can be recognised.
    Nobody,
    /// All who can be recognised have consented.
    Consent,
    /// Somebody has taken the consent back: it is not shown.
    Withdrawn,
}

impl People {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Unknown, Self::Nobody, Self::Consent, Self::Withdrawn];

    /// The name that is stored, and that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Nobody => "nobody",
            Self::Consent => "consent",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The one with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.as_str() == name)
    }
}

/// What is known of the right to show a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    /// The ground.
    pub licence: Licence,
    /// Other terms in words, or more about the ground.
    pub terms: String,
    /// Those who can be recognised in it.
    pub people: People,
    /// Where the consent is kept, such as the number of a case. Never shown to readers.
    pub consent: String,
    /// The last day on which it may be shown, in the city's calendar.
    pub until: Option<Date>,
    /// Why it ends then.
    pub reason: String,
}

impl Rights {
    /// Whether nothing has been said at all.
    #[must_use]
    pub fn is_unsaid(&self) -> bool {
        *self == Self::default()
    }

    /// Whether ground or people are still to be told.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.licence == Licence::Unknown || self.people == People::Unknown
    }

    /// Whether it may not be shown whatever the day is.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.licence == Licence::Ended || self.people == People::Withdrawn
    }

    /// The instant from which it is not shown: the end of its last day on the city's clocks. `None`
    /// when it has no end; an instant long ago when it may not be shown at all.
    #[must_use]
    pub fn public_until(&self) -> Option<Timestamp> {
        if self.is_stopped() {
            return Some(STOPPED);
        }
        let next = self.until?.tomorrow().ok()?.to_zoned(zone()).ok()?;
        let micros = next.timestamp().as_microsecond();
        Some(Timestamp::from_micros(micros))
    }

    /// Whether the day was moved into the past by this change. A day that has passed by itself is no
    /// fault: other things about the picture can still be changed.
    #[must_use]
    pub fn is_newly_past(&self, before: Option<Date>, today: Date) -> bool {
        self.until
            .is_some_and(|until| until < today && before != Some(until))
    }

    pub(crate) fn tidy(&mut self) {
        for words in [&mut self.terms, &mut self.consent, &mut self.reason] {
            *words = one_line(words);
        }
    }

    /// What is wrong: names the fields `terms`, `consent`, `until` and `until_reason`.
    pub(crate) fn check(&self, errors: &mut Vec<FieldError>) {
        let mut wrong = |field: &str, key| {
            errors.push(FieldError {
                field: field.to_owned(),
                message: Message::new(key),
            });
        };
        if self.licence == Licence::Other && self.terms.is_empty() {
            wrong("terms", "picture-error-terms");
        }
        if self.licence == Licence::Bought && self.until.is_none() {
            wrong("until", "picture-error-bought");
        }
        if self.people == People::Consent && self.consent.is_empty() {
            wrong("consent", "picture-error-consent");
        }
        for (field, words) in [
            ("terms", &self.terms),
            ("consent", &self.consent),
            ("until_reason", &self.reason),
        ] {
            too_long(field, words, LONGEST_WORDS, errors);
        }
    }
}

/// Reads a day as `2026-12-31`; empty means none.
///
/// # Errors
/// The message for whoever wrote it.
pub fn parse_until(text: &str) -> Result<Option<Date>, Message> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || Message::new("picture-error-until");
    // Years of other lengths are slips of the finger; jiff would take signs and six digits too.
    let is_plain = text.len() == 10 && text.starts_with(|first: char| first.is_ascii_digit());
    if !is_plain {
        return Err(wrong());
    }
    text.parse().map(Some).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(rights: &Rights) -> Vec<String> {
        let mut errors = Vec::new();
        rights.check(&mut errors);
        errors.into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn the_last_day_ends_at_midnight_in_the_city() {
        let until = |day: &str| {
            let rights = Rights {
                until: Some(day.parse().unwrap()),
                ..Rights::default()
            };
            rights.public_until().unwrap().rfc3339()
        };
        assert_eq!(until("2026-07-31"), "2026-07-31T22:00:00Z");
        assert_eq!(until("2026-12-31"), "2026-12-31T23:00:00Z");
        assert_eq!(Rights::default().public_until(), None);
        for stopped in [
            Rights {
                licence: Licence::Ended,
                ..Rights::default()
            },
            Rights {
                people: People::Withdrawn,
                until: Some("2099-01-01".parse().unwrap()),
                ..Rights::default()
            },
        ] {
            assert_eq!(stopped.public_until(), Some(STOPPED));
        }
    }

    #[test]
    fn what_a_ground_needs_is_asked_for() {
        let of = |licence, people| Rights {
            licence,
            people,
            ..Rights::default()
        };
        assert!(fields(&of(Licence::Own, People::Nobody)).is_empty());
        assert_eq!(
            fields(&of(Licence::Bought, People::Consent)),
            ["until", "consent"]
        );
        assert_eq!(fields(&of(Licence::Other, People::Nobody)), ["terms"]);
        let long = Rights {
            reason: "x".repeat(501),
            ..Rights::default()
        };
        assert_eq!(fields(&long), ["until_reason"]);
    }

    #[test]
    fn days_are_read_strictly() {
        assert_eq!(parse_until(" "), Ok(None));
        assert!(parse_until("2026-12-31").is_ok_and(|day| day.is_some()));
        for wrong in [
            "2026-02-30",
            "31/12",
            "31.12.2026",
            "+002026-12-31",
            "2026-12-31T10:00",
            "i morgon",
        ] {
            assert!(parse_until(wrong).is_err(), "{wrong}");
        }
        let today = "2026-11-22".parse().unwrap();
        let past: Date = "2026-11-21".parse().unwrap();
        let rights = Rights {
            until: Some(past),
            ..Rights::default()
        };
        assert!(rights.is_newly_past(None, today));
        assert!(
            !rights.is_newly_past(Some(past), today),
            "it passed by itself"
        );
    }

    #[test]
    fn stored_names_come_back() {
        for licence in Licence::ALL {
            assert_eq!(Licence::parse(licence.as_str()), Some(licence));
        }
        for people in People::ALL {
            assert_eq!(People::parse(people.as_str()), Some(people));
        }
    }
}
