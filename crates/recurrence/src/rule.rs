//! One recurrence rule (RFC 5545, section 3.3.10), without rules by hour, minute and second.

use jiff::civil::{DateTime, Weekday};
use serde::{Deserialize, Serialize};

/// How often a rule comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequency {
    /// Each day.
    Daily,
    /// Each week.
    Weekly,
    /// Each month.
    Monthly,
    /// Each year.
    Yearly,
}

/// When a rule ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// Never.
    Never,
    /// After so many occasions, those that are left out counted.
    Count(u32),
    /// The last moment at which an occasion may begin, civil time of the pattern's zone.
    Until(DateTime),
}

/// A weekday, or the n-th of a month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OnWeekday {
    /// Which one: 1 the first, −1 the last, 0 each.
    pub nth: i8,
    /// The weekday.
    pub day: Weekday,
}

impl OnWeekday {
    /// Each such day.
    #[must_use]
    pub const fn each(day: Weekday) -> Self {
        Self { nth: 0, day }
    }

    /// The n-th such day of the month or year, counted from the end when negative.
    #[must_use]
    pub const fn nth(nth: i8, day: Weekday) -> Self {
        Self { nth, day }
    }
}

/// A rule. Its JSON is the text of RFC 5545, `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU`, with UNTIL as civil
/// time. An empty list does not limit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rule {
    /// How often.
    pub frequency: Frequency,
    /// Each, every second, …: at least 1.
    pub interval: u16,
    /// When it ends.
    pub end: End,
    /// Weekdays (BYDAY).
    pub weekdays: Vec<OnWeekday>,
    /// Days of the month, −1 the last (BYMONTHDAY).
    pub month_days: Vec<i8>,
    /// Days of the year, −1 the last (BYYEARDAY).
    pub year_days: Vec<i16>,
    /// ISO weeks (BYWEEKNO).
    pub weeks: Vec<i8>,
    /// Months 1–12 (BYMONTH).
    pub months: Vec<i8>,
    /// Hours 0–23 (BYHOUR).
    pub hours: Vec<i8>,
    /// Minutes 0–59 (BYMINUTE).
    pub minutes: Vec<i8>,
    /// Which of each period's days are meant, −1 the last (BYSETPOS).
    pub positions: Vec<i16>,
    /// The day on which weeks begin, Monday unless told.
    pub week_start: Weekday,
}

impl Rule {
    /// A rule that comes round each period, without end.
    #[must_use]
    pub const fn every(frequency: Frequency) -> Self {
        Self {
            frequency,
            interval: 1,
            end: End::Never,
            weekdays: Vec::new(),
            month_days: Vec::new(),
            year_days: Vec::new(),
            weeks: Vec::new(),
            months: Vec::new(),
            hours: Vec::new(),
            minutes: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Monday,
        }
    }

    /// Each week on these days.
    #[must_use]
    pub fn weekly(days: impl IntoIterator<Item = Weekday>) -> Self {
        Self {
            weekdays: days.into_iter().map(OnWeekday::each).collect(),
            ..Self::every(Frequency::Weekly)
        }
    }

    /// The n-th such weekday of each month.
    #[must_use]
    pub fn monthly(nth: i8, day: Weekday) -> Self {
        Self {
            weekdays: vec![OnWeekday::nth(nth, day)],
            ..Self::every(Frequency::Monthly)
        }
    }

    /// The same, every so many periods.
    #[must_use]
    pub const fn interval(mut self, interval: u16) -> Self {
        self.interval = interval;
        self
    }

    /// The same with an end.
    #[must_use]
    pub const fn end(mut self, end: End) -> Self {
        self.end = end;
        self
    }

    /// Lists sorted and without doubles.
    pub(crate) fn tidy(&mut self) {
        self.weekdays
            .sort_unstable_by_key(|on| (on.nth, on.day.to_monday_zero_offset()));
        self.weekdays.dedup();
        for list in [
            &mut self.month_days,
            &mut self.weeks,
            &mut self.months,
            &mut self.hours,
            &mut self.minutes,
        ] {
            list.sort_unstable();
            list.dedup();
        }
        for list in [&mut self.year_days, &mut self.positions] {
            list.sort_unstable();
            list.dedup();
        }
    }
}
