//! Which of many units are open at an instant: what there is to know of the day is asked once, and
//! each plan is only compared with the time on the clock.

use jiff::civil::Date;
use jiff::tz::AmbiguousOffset;
use torg_almanac::Almanac;
use torg_kernel::{Timestamp, zone};

use super::schedule::Hours;
use super::span::{DAY, Span, State};
use super::status::instant;

/// The answer for many units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenNow {
    /// What one meets at each, in the order of the plans; `None` where it is closed.
    pub states: Vec<Option<State>>,
    /// How long all of this is true; never longer than to the end of the day.
    pub until: Timestamp,
}

/// The latest time that the clocks have shown on the day of an instant, in seconds after midnight:
/// in the hour that comes a second time, the end of the first.
fn reached(now: Timestamp) -> (Date, i64) {
    let zoned = now.zoned();
    let mut shown = zoned.datetime();
    let zone = zone();
    let ambiguous = zone.to_ambiguous_timestamp(shown);
    if let AmbiguousOffset::Fold { before, after } = ambiguous.offset()
        && zoned.offset() == after
        && let Some(moved) = zone.preceding(zoned.timestamp()).next()
    {
        shown = before.to_datetime(moved.timestamp());
    }
    let midnight = shown.date().to_datetime(jiff::civil::Time::midnight());
    let seconds = shown.duration_since(midnight).as_secs();
    // The end of the first hour itself has not been shown.
    let again = i64::from(shown != zoned.datetime());
    (shown.date(), seconds - again)
}

/// The span among those of a day that a time lies in, in seconds after that day's midnight.
fn covering(spans: &[Span], seconds: i64) -> Option<Span> {
    let covers = |span: &&Span| {
        i64::from(span.from()) * 60 <= seconds && seconds < i64::from(span.to()) * 60
    };
    spans.iter().rev().find(covers).copied()
}

/// What one meets at each unit at `now`, and how long that is true. The same as [`super::Status`] says of
/// each, at a hundredth of the cost: for lists and filters.
#[must_use]
pub fn open_now<'a>(
    plans: impl IntoIterator<Item = &'a Hours>,
    almanac: &Almanac,
    now: Timestamp,
) -> OpenNow {
    let (date, seconds) = reached(now);
    let today = almanac.day(date);
    let yesterday = almanac.day(date.yesterday().unwrap_or(date));
    let mut next = DAY;
    let mut edge = |minutes: u16| {
        if i64::from(minutes) * 60 > seconds {
            next = next.min(minutes);
        }
    };
    let mut one = |hours: &Hours| {
        let own = hours.chosen(&today);
        for span in &*own.spans {
            edge(span.from());
            edge(span.to());
        }
        let night = hours.chosen(&yesterday);
        for span in night.spans.iter().filter(|span| span.to() > DAY) {
            edge(span.to() - DAY);
        }
        covering(&own.spans, seconds)
            .or_else(|| covering(&night.spans, seconds + i64::from(DAY) * 60))
            .map(Span::state)
    };
    let states = plans.into_iter().map(&mut one).collect();
    OpenNow {
        states,
        until: instant(&zone(), date, next),
    }
}
