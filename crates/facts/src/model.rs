//! What a fact is: a label and values, each of which holds for a time.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use torg_kernel::{
    AuthorityId, FactId, FieldError, Locale, Message, OrganisationId, Timestamp, zone,
};

use crate::text::Text;

/// What a fact says during a time. Both days are included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactValue {
    /// What the figure is.
    pub label: Text,
    /// The figure in words: “450 kronor”.
    pub value: Text,
    /// The first day; always, when there is none.
    #[serde(default)]
    pub valid_from: Option<Date>,
    /// The last day; until further notice, when there is none.
    #[serde(default)]
    pub valid_to: Option<Date>,
}

impl FactValue {
    /// The same without superfluous space.
    #[must_use]
    pub fn tidy(self) -> Self {
        Self {
            label: self.label.tidy(),
            value: self.value.tidy(),
            ..self
        }
    }

    /// All that is wrong with it.
    #[must_use]
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut add = |field: &str, key| {
            errors.push(FieldError {
                field: field.to_owned(),
                message: Message::new(key),
            });
        };
        for (field, text) in [("label", &self.label), ("value", &self.value)] {
            if text.find(Locale::SV).is_none() {
                add(&format!("{field}.sv"), "error-required");
            }
            for (language, text) in text.all() {
                if text.chars().count() > 200 {
                    add(&format!("{field}.{language}"), "fact-error-too-long");
                }
            }
        }
        if let (Some(from), Some(to)) = (self.valid_from, self.valid_to)
            && to < from
        {
            add("valid_to", "fact-error-dates");
        }
        errors
    }

    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// Whether there is a day on which both hold.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |one: &Self, other: &Self| match (one.valid_to, other.valid_from) {
            (Some(to), Some(from)) => to < from,
            _ => false,
        };
        !before(self, other) && !before(other, self)
    }
}

/// A fact with all that it says now of past, present and coming days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// Its id.
    pub id: FactId,
    /// Its key in imports, exports and texts.
    pub key: String,
    /// The organisation that answers for it.
    pub organisation: OrganisationId,
    /// The authority that the organisation belongs to.
    pub authority: Option<AuthorityId>,
    /// Its values by first day, never two for one day.
    pub values: Vec<FactValue>,
}

impl Fact {
    /// What it says on a day.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<&FactValue> {
        self.values.iter().find(|value| value.holds_on(day))
    }

    /// The next day on which it says something else, counted from a day.
    #[must_use]
    pub fn next_change(&self, day: Date) -> Option<Date> {
        self.values
            .iter()
            .flat_map(|value| {
                let after = value.valid_to.and_then(|to| to.tomorrow().ok());
                [value.valid_from, after]
            })
            .flatten()
            .filter(|change| *change > day)
            .min()
    }

    /// Tells this state of the fact from any other, for a form that was opened on it.
    ///
    /// # Errors
    /// None in practice: nothing in it can fail to be written.
    pub fn digest(&self) -> Result<String, serde_json::Error> {
        use sha2::{Digest, Sha256};
        Ok(torg_kernel::hex(&Sha256::digest(self.canonical()?)))
    }

    /// The fact as the log has it before and after a change.
    ///
    /// # Errors
    /// None in practice: nothing in it can fail to be written.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}

/// When a day begins in the city.
#[must_use]
pub fn day_begins(day: Date) -> Timestamp {
    day.to_zoned(zone()).map_or(Timestamp::default(), |at| {
        Timestamp::from_micros(at.timestamp().as_microsecond())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn value(from: Option<Date>, to: Option<Date>) -> FactValue {
        let text = |sv: &str| Text::new([(Locale::SV, sv.to_owned())]);
        FactValue {
            label: text("Avgift"),
            value: text("450 kronor"),
            valid_from: from,
            valid_to: to,
        }
    }

    #[test]
    fn days_at_the_border() {
        let year = value(Some(date(2026, 1, 1)), Some(date(2026, 12, 31)));
        assert!(year.holds_on(date(2026, 1, 1)) && year.holds_on(date(2026, 12, 31)));
        assert!(!year.holds_on(date(2025, 12, 31)) && !year.holds_on(date(2027, 1, 1)));
        assert!(!year.overlaps(&value(Some(date(2027, 1, 1)), None)));
        assert!(year.overlaps(&value(None, Some(date(2026, 1, 1)))));
        assert!(value(None, None).overlaps(&year));
        let wrong = value(Some(date(2026, 2, 1)), Some(date(2026, 1, 1)));
        assert_eq!(wrong.check()[0].field, "valid_to");
        assert!(year.check().is_empty());
    }

    #[test]
    fn a_day_begins_at_midnight_in_the_city() {
        assert_eq!(
            day_begins(date(2026, 7, 1)).rfc3339(),
            "2026-06-30T22:00:00Z"
        );
        assert_eq!(
            day_begins(date(2027, 1, 1)).rfc3339(),
            "2026-12-31T23:00:00Z"
        );
    }
}
