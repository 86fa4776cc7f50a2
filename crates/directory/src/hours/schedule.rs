//! The plan as data, and which of its hours count on a day.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use torg_almanac::{Almanac, DayFacts};
use uuid::Uuid;

use super::period::{During, Period};
use super::rule::{DayRule, Instead, On};
use super::span::Span;
use super::week::{Turn, Weekly};
use crate::model::Words;

/// A day, or some days in a row, that differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// Which day, or the first of them.
    pub date: Date,
    /// The last of them, when they are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// The spans that begin on each; none is closed.
    pub spans: Vec<Span>,
    /// The day is as usual, whatever the rules for named days say; there are no spans then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub as_usual: bool,
    /// Why.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub note: Words,
    /// The change for many units at once that it came with, so that it can be taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Uuid>,
}

impl Exception {
    /// One day with these hours.
    #[must_use]
    pub const fn new(date: Date, spans: Vec<Span>, note: Words) -> Self {
        Self {
            date,
            to: None,
            spans,
            as_usual: false,
            note,
            change: None,
        }
    }

    /// The last day.
    #[must_use]
    pub fn last(&self) -> Date {
        self.to.unwrap_or(self.date)
    }

    /// Whether it is about a day.
    #[must_use]
    pub fn holds(&self, date: Date) -> bool {
        self.date <= date && date <= self.last()
    }
}

/// When a unit is open.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The ordinary week.
    #[serde(default)]
    pub weekly: Weekly,
    /// Days of it that take turns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<Turn>,
    /// Times with weeks of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<Period>,
    /// Named days of the almanac.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days: Vec<DayRule>,
    /// Days that differ, by date.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<Exception>,
    /// What else is to be said of the hours.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub note: Words,
}

/// What settled the hours of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By<'a> {
    /// The week.
    Week,
    /// A turn of the week.
    Turn(&'a Turn),
    /// A rule for a named day.
    Rule(&'a DayRule),
    /// An exception.
    Exception(&'a Exception),
}

/// The hours of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen<'a> {
    /// The spans that begin on it.
    pub spans: Cow<'a, [Span]>,
    /// What settled them.
    pub by: By<'a>,
}

/// A plan with the almanac that its named days are looked up in.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The plan.
    pub hours: &'a Hours,
    /// The city's calendar of days.
    pub almanac: &'a Almanac,
}

impl Hours {
    /// The plan in the city's calendar.
    #[must_use]
    pub const fn with<'a>(&'a self, almanac: &'a Almanac) -> Plan<'a> {
        Plan {
            hours: self,
            almanac,
        }
    }

    /// The exception for a date, if there is one.
    #[must_use]
    pub fn exception(&self, date: Date) -> Option<&Exception> {
        self.exceptions.iter().find(|other| other.holds(date))
    }

    /// The rule for a day, if it has a name that there is a rule for.
    #[must_use]
    pub fn rule(&self, day: &DayFacts<'_>) -> Option<&DayRule> {
        if day.names.is_empty() {
            return None;
        }
        // In the order in which they count.
        let own = self.days.iter().filter(|rule| rule.on.holds(day));
        own.min_by(|one, other| one.on.cmp(&other.on))
    }

    /// The period that a day lies in.
    #[must_use]
    pub fn period(&self, day: &DayFacts<'_>) -> Option<&Period> {
        let own = self.periods.iter();
        own.filter(|period| period.during.holds(day))
            .min_by_key(|period| period.during.rank())
    }

    /// The hours of a day by the week that counts then, without named days and exceptions.
    #[must_use]
    pub fn usual(&self, day: &DayFacts<'_>) -> Chosen<'_> {
        let (weekly, turns) = match self.period(day) {
            Some(period) => (&period.weekly, &period.turns),
            None => (&self.weekly, &self.turns),
        };
        let turn = turns.iter().filter(|turn| turn.holds(day));
        match turn.min_by_key(|turn| turn.when) {
            Some(turn) => Chosen {
                spans: Cow::Borrowed(&turn.spans),
                by: By::Turn(turn),
            },
            None => Chosen {
                spans: Cow::Borrowed(weekly.days()[day.weekday]),
                by: By::Week,
            },
        }
    }

    /// The hours of a day.
    #[must_use]
    pub fn chosen(&self, day: &DayFacts<'_>) -> Chosen<'_> {
        if let Some(other) = self.exception(day.date) {
            let spans = if other.as_usual {
                self.usual(day).spans
            } else {
                Cow::Borrowed(other.spans.as_slice())
            };
            let by = By::Exception(other);
            return Chosen { spans, by };
        }
        if let Some(rule) = self.rule(day) {
            let spans = match &rule.said {
                Instead::Spans(spans) => Cow::Borrowed(spans.as_slice()),
                Instead::AsUsual => self.usual(day).spans,
                Instead::Until(end) => {
                    let usual = self.usual(day).spans;
                    let cut = usual.iter().filter_map(|span| span.until(*end));
                    Cow::Owned(cut.collect())
                }
            };
            let by = By::Rule(rule);
            return Chosen { spans, by };
        }
        self.usual(day)
    }

    /// Whether it depends on what the city has settled about days, and not on rules alone.
    #[must_use]
    pub fn asks_city(&self) -> bool {
        let period = |period: &Period| matches!(period.during, During::Break(_));
        let rule = |rule: &DayRule| matches!(rule.on, On::Own(_));
        self.periods.iter().any(period) || self.days.iter().any(rule)
    }
}

impl<'a> Plan<'a> {
    /// What there is to know of a day.
    #[must_use]
    pub fn day(self, date: Date) -> DayFacts<'a> {
        self.almanac.day(date)
    }

    /// The hours of a date.
    #[must_use]
    pub fn on(self, date: Date) -> Chosen<'a> {
        self.hours.chosen(&self.almanac.day(date))
    }

    /// The hours of a date without named days and exceptions.
    #[must_use]
    pub fn usual(self, date: Date) -> Chosen<'a> {
        self.hours.usual(&self.almanac.day(date))
    }
}
