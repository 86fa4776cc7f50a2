//! A pattern of occasions: first start, length, rules, single dates and exceptions.

use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};
use serde::{Deserialize, Serialize};
use torg_kernel::ZONE;

use crate::rule::{End, Rule};

/// The longest occasion, in minutes: three years of 366 days, which the longest exhibitions stay
/// within. What lasts longer is a place, not an event.
pub const MOST_MINUTES: u32 = 3 * 366 * 24 * 60;

/// Single dates, exceptions and changed occasions that one pattern may hold, each.
pub const MOST_CHANGES: usize = 5_000;

/// The highest COUNT of a rule: daily for 27 years.
pub const MOST_COUNT: u32 = 10_000;

/// The first day that a pattern may start.
#[must_use]
pub const fn earliest_start() -> Date {
    date(1900, 1, 1)
}

/// The last day that a pattern may start.
#[must_use]
pub const fn latest_start() -> Date {
    date(2199, 12, 31)
}

/// When something happens. Times are civil in `zone`; an all-day pattern starts at midnight and
/// its length is whole days.
///
/// The JSON of a pattern is canonical once [`Pattern::canonical`] has been through it: the same
/// occasions by the same rules are the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// IANA name of the time zone, `Europe/Stockholm`.
    #[serde(default = "city_zone")]
    pub zone: String,
    /// The first occasion's start; the others begin at the same time of day.
    pub start: DateTime,
    /// Whether the occasions have days and no times of day.
    #[serde(default, skip_serializing_if = "is_false")]
    pub all_day: bool,
    /// Length by the clock on the wall, 0 when no end is told. An all-day occasion of one day is
    /// 1440.
    #[serde(default)]
    pub minutes: u32,
    /// Rules, together: an occasion of any of them is one. Mostly none or one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// Starts beside the rules (RDATE).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<DateTime>,
    /// Starts that are left out (EXDATE) without a trace.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<DateTime>,
    /// Single occasions that are moved or cancelled, and stay visible as that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// What became of a single occasion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The start it has by the rules: which occasion it is (RECURRENCE-ID).
    pub of: DateTime,
    /// Its new start, when it is moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<DateTime>,
    /// Its new length, when that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Whether it is called off.
    #[serde(default, skip_serializing_if = "is_false")]
    pub cancelled: bool,
    /// Why, or what else is different, for readers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Where it is instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

impl Change {
    /// An occasion that is called off.
    #[must_use]
    pub const fn cancelled(of: DateTime) -> Self {
        Self {
            of,
            to: None,
            minutes: None,
            cancelled: true,
            note: String::new(),
            place: None,
        }
    }

    /// An occasion that begins at another time.
    #[must_use]
    pub const fn moved(of: DateTime, to: DateTime) -> Self {
        Self {
            of,
            to: Some(to),
            minutes: None,
            cancelled: false,
            note: String::new(),
            place: None,
        }
    }
}

fn city_zone() -> String {
    ZONE.to_owned()
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands fields by reference"
)]
const fn is_false(value: &bool) -> bool {
    !*value
}

impl Pattern {
    /// One occasion in the city's zone.
    #[must_use]
    pub fn once(start: DateTime, minutes: u32) -> Self {
        Self {
            zone: city_zone(),
            start,
            all_day: false,
            minutes,
            rules: Vec::new(),
            dates: Vec::new(),
            except: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// Whole days, both ends included; a last day before the first counts as the first.
    #[must_use]
    pub fn days(first: Date, last: Date) -> Self {
        let days = (last - first).get_days().clamp(0, 20_000) + 1;
        Self {
            all_day: true,
            minutes: u32::try_from(days).unwrap_or(1) * 1_440,
            ..Self::once(first.to_datetime(jiff::civil::Time::midnight()), 0)
        }
    }

    /// The same with one more rule.
    #[must_use]
    pub fn with_rule(mut self, rule: Rule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Whether there can be more than one occasion.
    #[must_use]
    pub const fn repeats(&self) -> bool {
        !self.rules.is_empty() || !self.dates.is_empty()
    }

    /// The pattern's zone from the bundled tables.
    #[must_use]
    pub fn time_zone(&self) -> Option<TimeZone> {
        if self.zone == ZONE {
            return Some(torg_kernel::zone());
        }
        TimeZone::get(&self.zone).ok()
    }

    /// Length as a span of the clock on the wall.
    pub(crate) fn length(minutes: u32) -> Span {
        i64::from(minutes).minutes()
    }

    /// The same occasions written one way: lists sorted and without doubles, seconds and less away.
    #[must_use]
    pub fn canonical(mut self) -> Self {
        let whole = |at: DateTime| {
            at.with()
                .second(0)
                .subsec_nanosecond(0)
                .build()
                .unwrap_or(at)
        };
        let day = self.all_day;
        let tidy = |at: DateTime| {
            if day {
                at.date().to_datetime(jiff::civil::Time::midnight())
            } else {
                whole(at)
            }
        };
        self.start = tidy(self.start);
        for list in [&mut self.dates, &mut self.except] {
            for at in list.iter_mut() {
                *at = tidy(*at);
            }
            list.sort_unstable();
            list.dedup();
        }
        for change in &mut self.changes {
            change.of = tidy(change.of);
            change.to = change.to.map(tidy).filter(|to| *to != change.of);
            change.minutes = change.minutes.filter(|minutes| *minutes != self.minutes);
        }
        // The last word on an occasion counts.
        self.changes.reverse();
        self.changes.sort_by_key(|change| change.of);
        self.changes.dedup_by_key(|change| change.of);
        for rule in &mut self.rules {
            rule.tidy();
            if let (true, End::Until(at)) = (day, rule.end) {
                rule.end = End::Until(tidy(at));
            }
        }
        self.rules.dedup();
        self
    }
}
