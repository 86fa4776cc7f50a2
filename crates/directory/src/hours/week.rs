//! A week, and days of it that take turns.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use torg_almanac::DayFacts;

use super::span::Span;
use crate::model::Words;

/// A week. A day without spans is closed.
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
pub const DAY_NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

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

    /// Whether it is never open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.days().iter().all(|spans| spans.is_empty())
    }
}

/// In which weeks something is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// The first of its weekday in the month.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// The fourth.
    Fourth,
    /// The fifth, in months that have one.
    Fifth,
    /// The last, which is the fourth or the fifth.
    Last,
    /// ISO weeks with an odd number.
    OddWeeks,
    /// ISO weeks with an even number.
    EvenWeeks,
}

impl When {
    /// Every one, in the order in which they are asked.
    pub const ALL: [Self; 8] = [
        Self::First,
        Self::Second,
        Self::Third,
        Self::Fourth,
        Self::Fifth,
        Self::Last,
        Self::OddWeeks,
        Self::EvenWeeks,
    ];

    /// The name that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Third => "third",
            Self::Fourth => "fourth",
            Self::Fifth => "fifth",
            Self::Last => "last",
            Self::OddWeeks => "odd_weeks",
            Self::EvenWeeks => "even_weeks",
        }
    }

    /// The one with a stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.as_str() == name)
    }

    /// Which of its weekday in the month it is; `None` for weeks and for the last.
    #[must_use]
    pub const fn nth(self) -> Option<i8> {
        match self {
            Self::First => Some(1),
            Self::Second => Some(2),
            Self::Third => Some(3),
            Self::Fourth => Some(4),
            Self::Fifth => Some(5),
            _ => None,
        }
    }

    /// Whether a day is one of them.
    #[must_use]
    pub fn holds(self, day: &DayFacts<'_>) -> bool {
        match self {
            Self::OddWeeks => day.odd_week,
            Self::EvenWeeks => !day.odd_week,
            Self::Last => day.last,
            _ => self.nth() == Some(day.nth),
        }
    }
}

/// Hours that a weekday has only in some weeks, in place of its usual ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// Which weekdays, as in [`DAY_NAMES`].
    pub days: Vec<String>,
    /// In which weeks.
    pub when: When,
    /// The spans that begin on them; none is closed.
    pub spans: Vec<Span>,
    /// Why.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub note: Words,
}

impl Turn {
    /// Whether it is about a weekday, 0 being Monday.
    #[must_use]
    pub fn is_about(&self, weekday: usize) -> bool {
        let name = DAY_NAMES.get(weekday);
        self.days.iter().any(|day| Some(&day.as_str()) == name)
    }

    /// Whether it is about a day.
    #[must_use]
    pub fn holds(&self, day: &DayFacts<'_>) -> bool {
        self.when.holds(day) && self.is_about(day.weekday)
    }
}

/// A day of every year: `05-01` is 1 May.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    /// 1–12.
    pub month: i8,
    /// 1–31.
    pub day: i8,
}

impl MonthDay {
    /// The month and day of a date.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self {
            month: date.month(),
            day: date.day(),
        }
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl FromStr for MonthDay {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refuse = || format!("“{text}” is not a day of every year: write 05-01 for 1 May");
        let (month, day) = text.trim().split_once('-').ok_or_else(refuse)?;
        let two = |part: &str| {
            let fits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            fits.then(|| part.parse::<i8>().ok()).flatten()
        };
        let (month, day) = two(month).zip(two(day)).ok_or_else(refuse)?;
        // A leap year has every day that there is.
        Date::new(2024, month, day).map_err(|_| refuse())?;
        Ok(Self { month, day })
    }
}
