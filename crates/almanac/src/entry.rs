//! What the city itself has settled about days.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use torg_kernel::{AlmanacEntryId, FieldError, Locale, Message, squeeze};

/// What sort of entry it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// A break of the schools.
    Break,
    /// A day, or some days in a row, of the city's own.
    Own,
}

impl Sort {
    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Break => "break",
            Self::Own => "own",
        }
    }

    /// The sort with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Break, Self::Own]
            .into_iter()
            .find(|sort| sort.as_str() == name)
    }
}

/// The breaks that every school year has: key and key of the name in the translations, in the
/// order of the calendar year.
pub const BREAKS: [(&str, &str); 5] = [
    ("sport_break", "almanac-sport-break"),
    ("easter_break", "almanac-easter-break"),
    ("summer_break", "almanac-summer-break"),
    ("autumn_break", "almanac-autumn-break"),
    ("christmas_break", "almanac-christmas-break"),
];

/// Days in a row that have a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryInput {
    /// What sort it is.
    pub sort: Sort,
    /// What plans name it by; the same every year.
    pub key: String,
    /// Its name in Swedish; empty for the breaks of [`BREAKS`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_sv: String,
    /// Its name in English; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// An entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: AlmanacEntryId,
    /// What it says.
    pub data: EntryInput,
}

#[derive(Serialize)]
struct Canonical<'a> {
    id: AlmanacEntryId,
    #[serde(flatten)]
    data: &'a EntryInput,
}

/// Days in a row at most; a summer break is ten weeks.
const LONGEST: i32 = 200;
/// Characters of a name at most.
const NAME: usize = 100;

impl EntryInput {
    /// Without needless spaces.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        for text in [&mut self.key, &mut self.name_sv, &mut self.name_en] {
            *text = squeeze(text);
        }
        self
    }

    /// All that is wrong with it by itself.
    #[must_use]
    pub fn faults(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        let mut fault = |field: &str, message: Message| {
            faults.push(FieldError {
                field: field.to_owned(),
                message,
            });
        };
        let known = self.sort == Sort::Break && self.fluent().is_some();
        if !is_key(&self.key) {
            fault("key", Message::new("almanac-error-key"));
        } else if self.sort == Sort::Own && crate::RuleDay::parse(&self.key).is_some() {
            fault("key", Message::new("almanac-error-key-taken"));
        }
        if self.name_sv.is_empty() && !known {
            fault("name_sv", Message::new("error-required"));
        }
        for (field, name) in [("name_sv", &self.name_sv), ("name_en", &self.name_en)] {
            if name.chars().count() > NAME {
                fault(
                    field,
                    Message::new("almanac-error-long").with("limit", NAME),
                );
            }
        }
        if self.first < crate::rules::first_year() || self.first.year() > 2200 {
            fault("first", Message::new("almanac-error-year"));
        }
        if self.last < self.first {
            fault("last", Message::new("almanac-error-backwards"));
        } else if (self.last - self.first).get_days() >= LONGEST {
            fault(
                "last",
                Message::new("almanac-error-days").with("limit", LONGEST),
            );
        }
        faults
    }

    /// The key of its name in the translations, if it is a break that every year has and has no
    /// other name.
    #[must_use]
    pub fn fluent(&self) -> Option<&'static str> {
        let own = |(key, _): &&(&str, &str)| *key == self.key;
        BREAKS
            .iter()
            .find(own)
            .filter(|_| self.sort == Sort::Break && self.name_sv.is_empty())
            .map(|(_, fluent)| *fluent)
    }

    /// Its own name in a language, or in Swedish; empty when [`EntryInput::fluent`] has it.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        if locale == Locale::EN && !self.name_en.is_empty() {
            &self.name_en
        } else {
            &self.name_sv
        }
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }
}

impl Entry {
    /// The entry as the log has it.
    ///
    /// # Errors
    /// Never in practice; writing JSON can fail in theory.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&Canonical {
            id: self.id,
            data: &self.data,
        })
    }
}

/// A key can stand in plans and files: a–z, 0–9 and underscores, at most 60 characters.
#[must_use]
pub fn is_key(text: &str) -> bool {
    (1..=60).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn entry(sort: Sort, key: &str, name: &str, first: Date, last: Date) -> EntryInput {
        EntryInput {
            sort,
            key: key.to_owned(),
            name_sv: name.to_owned(),
            name_en: String::new(),
            first,
            last,
        }
    }

    fn fields(entry: &EntryInput) -> Vec<String> {
        entry.faults().into_iter().map(|it| it.field).collect()
    }

    #[test]
    fn faults_are_named_by_field() {
        let (monday, friday) = (date(2026, 2, 9), date(2026, 2, 13));
        assert!(fields(&entry(Sort::Break, "sport_break", "", monday, friday)).is_empty());
        assert_eq!(
            fields(&entry(Sort::Own, "sport_break", "", monday, friday)),
            ["name_sv"]
        );
        assert_eq!(
            fields(&entry(Sort::Own, "Årets dag", "A", friday, monday)),
            ["key", "last"]
        );
        assert_eq!(
            fields(&entry(Sort::Own, "christmas_eve", "A", monday, friday)),
            ["key"]
        );
        assert_eq!(
            fields(&entry(Sort::Own, "a", "A", monday, date(2027, 2, 9))),
            ["last"]
        );
        assert_eq!(
            fields(&entry(
                Sort::Own,
                "a",
                "A",
                date(1999, 1, 1),
                date(1999, 1, 1)
            )),
            ["first"]
        );
    }
}
