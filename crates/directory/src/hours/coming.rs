//! Holidays and eves ahead, and plans that say nothing of them.

use jiff::ToSpan as _;
use jiff::civil::Date;
use torg_almanac::{Almanac, Kind, Named};

use super::schedule::Plan;

/// A holiday or an eve ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming<'a> {
    /// When it is.
    pub date: Date,
    /// What it is called.
    pub name: Named<'a>,
}

/// Holidays and eves from a day on, within so many days.
#[must_use]
pub fn coming(almanac: &Almanac, from: Date, days: i32) -> Vec<Coming<'_>> {
    (0..=days)
        .filter_map(|ahead| {
            let date = from.checked_add(ahead.days()).ok()?;
            let names = almanac.named(date).into_iter();
            let name = names
                .filter(|name| matches!(name.kind(), Kind::Holiday | Kind::Eve))
                .min_by_key(Named::kind)?;
            Some(Coming { date, name })
        })
        .collect()
}

/// Whether a plan says nothing of a named day on which it would be open all the same: somebody may
/// have forgotten it. What is open round the clock on an ordinary day, such as a park, closes for no
/// holiday.
#[must_use]
pub fn is_silent(plan: Plan<'_>, date: Date) -> bool {
    let day = plan.day(date);
    if plan.hours.exception(date).is_some() || plan.hours.rule(&day).is_some() {
        return false;
    }
    let usual = plan.hours.usual(&day).spans;
    !usual.is_empty() && !usual.iter().all(|span| span.is_whole_day())
}
