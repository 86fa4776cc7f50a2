//! The plan as data.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

use crate::model::Words;

/// Minutes of a civil day.
pub(super) const DAY: u16 = 24 * 60;

/// From one time to another less than 24 hours later, or a whole day. Written `10:00-18:00`; `24:00` is the end of
/// the day, and an end before the beginning lies on the day after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span {
    from: u16,
    to: u16,
}

/// Why a span was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpanError(pub String);

impl fmt::Display for SpanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a span of time: write 10:00-18:00", self.0)
    }
}

impl std::error::Error for SpanError {}

impl Span {
    /// From minutes after midnight to minutes after the same midnight; `None` when the end is not
    /// after the beginning, or so long after it that it could not be written.
    #[must_use]
    pub const fn new(from: u16, to: u16) -> Option<Self> {
        if from < DAY && from < to && (to - from < DAY || to == DAY) {
            Some(Self { from, to })
        } else {
            None
        }
    }

    /// The beginning, in minutes after midnight: 0–1439.
    #[must_use]
    pub const fn from(self) -> u16 {
        self.from
    }

    /// The end, in minutes after the midnight before the beginning: 1–2879.
    #[must_use]
    pub const fn to(self) -> u16 {
        self.to
    }

    /// Whether it is a whole day from midnight to midnight.
    #[must_use]
    pub const fn is_whole_day(self) -> bool {
        self.from == 0 && self.to == DAY
    }

    /// The times on the clock at the beginning and the end.
    #[must_use]
    pub fn clock(self) -> (Time, Time) {
        (clock(self.from), clock(self.to))
    }
}

/// The time on the clock, so many minutes after midnight.
pub(super) fn clock(minutes: u16) -> Time {
    let minutes = minutes % DAY;
    let part = |value: u16| i8::try_from(value).unwrap_or_default();
    Time::constant(part(minutes / 60), part(minutes % 60), 0, 0)
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = if self.to > DAY {
            self.to - DAY
        } else {
            self.to
        };
        let (from, to) = ((self.from / 60, self.from % 60), (end / 60, end % 60));
        write!(f, "{:02}:{:02}-{:02}:{:02}", from.0, from.1, to.0, to.1)
    }
}

impl FromStr for Span {
    type Err = SpanError;

    /// Takes also what people write by hand: `10.00–18.00`, `8-16`.
    fn from_str(text: &str) -> Result<Self, SpanError> {
        let refuse = || SpanError(text.chars().take(40).collect());
        let (from, to) = text.split_once(['-', '–', '—']).ok_or_else(refuse)?;
        let from = minutes(from)
            .filter(|from| *from < DAY)
            .ok_or_else(refuse)?;
        let to = minutes(to).ok_or_else(refuse)?;
        let to = if to < from { to + DAY } else { to };
        Self::new(from, to).ok_or_else(refuse)
    }
}

impl TryFrom<String> for Span {
    type Error = SpanError;
    fn try_from(text: String) -> Result<Self, SpanError> {
        text.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once([':', '.']).unwrap_or((text, "00"));
    let digits = |text: &str, most: usize| {
        let text = text.trim();
        let fits = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse::<u16>().ok()).flatten()
    };
    let hour = digits(hour, 2)?;
    let minute = digits(minute, 2).filter(|it| minute.trim().len() == 2 && *it < 60)?;
    (hour < 24 || (hour == 24 && minute == 0)).then_some(hour * 60 + minute)
}

/// The usual week. A day without spans is closed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weekly {
    /// Monday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mon: Vec<Span>,
    /// Tuesday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tue: Vec<Span>,
    /// Wednesday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wed: Vec<Span>,
    /// Thursday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thu: Vec<Span>,
    /// Friday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fri: Vec<Span>,
    /// Saturday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sat: Vec<Span>,
    /// Sunday.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sun: Vec<Span>,
}

/// The names of the days in files, Monday first.
pub(super) const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Weekly {
    /// The days, Monday first.
    #[must_use]
    pub const fn days(&self) -> [&Vec<Span>; 7] {
        [
            &self.mon, &self.tue, &self.wed, &self.thu, &self.fri, &self.sat, &self.sun,
        ]
    }

    /// The days, Monday first, to be changed.
    pub const fn days_mut(&mut self) -> [&mut Vec<Span>; 7] {
        [
            &mut self.mon,
            &mut self.tue,
            &mut self.wed,
            &mut self.thu,
            &mut self.fri,
            &mut self.sat,
            &mut self.sun,
        ]
    }

    /// The spans that begin on a weekday.
    #[must_use]
    pub const fn on(&self, day: Weekday) -> &Vec<Span> {
        match day {
            Weekday::Monday => &self.mon,
            Weekday::Tuesday => &self.tue,
            Weekday::Wednesday => &self.wed,
            Weekday::Thursday => &self.thu,
            Weekday::Friday => &self.fri,
            Weekday::Saturday => &self.sat,
            Weekday::Sunday => &self.sun,
        }
    }
}

/// A day that differs from the usual week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// Which day.
    pub date: Date,
    /// The spans that begin on it; none is closed.
    pub spans: Vec<Span>,
    /// Why.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub note: Words,
}

/// When a unit is open.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The usual week.
    #[serde(default)]
    pub weekly: Weekly,
    /// Days that differ, by date.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<Exception>,
}

impl Hours {
    /// The exception for a date, if there is one.
    #[must_use]
    pub fn exception(&self, date: Date) -> Option<&Exception> {
        self.exceptions.iter().find(|other| other.date == date)
    }

    /// The spans that begin on a date.
    #[must_use]
    pub fn on(&self, date: Date) -> &[Span] {
        self.exception(date)
            .map_or_else(|| self.weekly.on(date.weekday()), |other| &other.spans)
    }

    pub(crate) fn tidy(&mut self) {
        for spans in self.weekly.days_mut() {
            spans.sort_unstable();
        }
        for other in &mut self.exceptions {
            other.spans.sort_unstable();
            other.note.tidy();
        }
        self.exceptions.sort_by_key(|other| other.date);
    }

    /// What is wrong with a tidy plan: the place in it and the key of the sentence.
    pub(crate) fn faults(&self) -> Vec<(String, &'static str)> {
        let overlaps = |spans: &[Span]| spans.windows(2).any(|pair| pair[1].from < pair[0].to);
        let mut faults = Vec::new();
        for (name, spans) in NAMES.iter().zip(self.weekly.days()) {
            if overlaps(spans) {
                faults.push((format!("weekly.{name}"), "unit-error-hours-overlap"));
            }
        }
        if self.exceptions.len() > 1_000 {
            faults.push(("exceptions".to_owned(), "unit-error-too-many"));
        }
        for (at, other) in self.exceptions.iter().enumerate() {
            if overlaps(&other.spans) {
                let place = format!("exceptions[{at}].spans");
                faults.push((place, "unit-error-hours-overlap"));
            }
            if at > 0 && self.exceptions[at - 1].date == other.date {
                faults.push((format!("exceptions[{at}].date"), "unit-error-hours-twice"));
            }
        }
        faults
    }
}
