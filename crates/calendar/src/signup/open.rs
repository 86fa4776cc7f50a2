//! When one can sign up, and what an occasion is to those who did. Pure.

use jiff::civil::{Date, DateTime};
use torg_kernel::{Timestamp, zone};

use super::rules::SignUpRules;
use crate::filter::{begins, plus};
use crate::model::Event;
use crate::store::OccasionRow;
use crate::vocabulary::Status;

/// Seconds for which a place is held until the address is confirmed. Half an hour is longer than
/// greylisting holds a mail and short enough that nobody can block a popular event with addresses that
/// are not theirs; who comes later still gets what is left then.
pub(crate) const HELD: i64 = 1_800;
/// Seconds for which a place is offered to the first in the queue.
pub(crate) const OFFERED: i64 = 86_400;
/// Seconds before the start at which an offer ends: who comes must have time to travel.
pub(crate) const BEFORE: i64 = 3_600;

/// Whether one can sign up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Not yet.
    Early,
    /// Now.
    Open,
    /// No more, or it is called off.
    Closed,
}

/// When one can sign up to an occasion or a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Opening {
    /// From when, if not at once.
    pub opens_at: Option<Timestamp>,
    /// Until when.
    pub closes_at: Timestamp,
    /// When it begins.
    pub begins_at: Timestamp,
    /// When it ends, the last occasion of a series.
    pub ends_at: Timestamp,
    /// Whether it is called off.
    pub off: bool,
}

fn instant(at: DateTime) -> Timestamp {
    at.to_zoned(zone())
        .map_or(Timestamp::from_micros(i64::MAX), |at| {
            Timestamp::from_micros(at.timestamp().as_microsecond())
        })
}

fn midnight_after(day: Date) -> Timestamp {
    begins(plus(day, 1))
}

impl Opening {
    /// When one can sign up to one occasion, or to the series when `row` is nothing. Nothing when the
    /// occasion or all of the series is unknown.
    #[must_use]
    pub fn of(
        event: &Event,
        rules: &SignUpRules,
        rows: &[OccasionRow],
        row: Option<&OccasionRow>,
    ) -> Option<Self> {
        let (begins_at, ends_at, off) = match row {
            Some(row) => (row.begins_at, row.ends_at, row.status.is_off()),
            None => (
                // The table forgets what was long ago; the pattern does not.
                instant(event.data.pattern.start),
                rows.iter().map(|row| row.ends_at).max()?,
                event.data.status.is_off() || rows.iter().all(|row| row.status.is_off()),
            ),
        };
        let until = event.data.registration.as_ref().and_then(|own| own.until);
        let latest = if row.is_some() { begins_at } else { ends_at };
        let closes_at = match until {
            Some(day) => midnight_after(day).min(latest),
            None => begins_at.plus_seconds(-i64::from(rules.closes_hours) * 3_600),
        };
        Some(Self {
            opens_at: rules.opens.map(instant),
            closes_at,
            begins_at,
            ends_at,
            off,
        })
    }

    /// Whether one can sign up now.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        if self.off || now >= self.closes_at {
            Standing::Closed
        } else if self.opens_at.is_some_and(|opens| now < opens) {
            Standing::Early
        } else {
            Standing::Open
        }
    }

    /// The next instant at which that becomes another.
    #[must_use]
    pub fn next(&self, now: Timestamp) -> Option<Timestamp> {
        [self.opens_at, Some(self.closes_at)]
            .into_iter()
            .flatten()
            .filter(|at| *at > now)
            .min()
    }

    /// Until when a place that comes free now is offered; nothing when it is too late.
    #[must_use]
    pub(crate) fn offer_until(&self, now: Timestamp) -> Option<Timestamp> {
        let last = self.begins_at.plus_seconds(-BEFORE);
        // A series that has begun is joined at any time until it ends.
        let last = if now < self.begins_at {
            last
        } else {
            self.ends_at
        };
        let until = now.plus_seconds(OFFERED).min(last);
        (until > now && !self.off).then_some(until)
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ends_at <= now
    }
}

/// The occasion to which a sign-up belongs, or nothing for the series.
#[must_use]
pub(crate) fn row_of<'a>(rows: &'a [OccasionRow], of: &str) -> Option<&'a OccasionRow> {
    rows.iter().find(|row| name_of(row) == of)
}

/// What a sign-up knows its occasion by.
#[must_use]
pub(crate) fn name_of(row: &OccasionRow) -> String {
    row.of.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// What somebody who comes must know: when and where it is, and whether it is. When this becomes
/// another, they are told.
#[must_use]
pub(crate) fn told(row: &OccasionRow) -> String {
    let state = match row.status {
        Status::Cancelled => "cancelled",
        Status::Postponed => "postponed",
        Status::Scheduled | Status::Moved | Status::SoldOut => "on",
    };
    let start = row.start.strftime("%Y-%m-%dT%H:%M");
    let place = row.instead.as_deref().unwrap_or_default();
    format!("{start}|{state}|{place}")
}

/// The same for a series: its pattern, with what is moved and called off in it.
#[must_use]
pub(crate) fn told_series(event: &Event, rows: &[OccasionRow]) -> String {
    let off = event.data.status.is_off()
        || (!rows.is_empty() && rows.iter().all(|row| row.status.is_off()));
    let pattern = &event.data.pattern;
    let start = pattern.start.strftime("%Y-%m-%dT%H:%M");
    let json = serde_json::to_string(pattern).unwrap_or_default();
    let digest = super::deed::digest(&json);
    let state = if off { "cancelled" } else { "on" };
    format!("{start}|{state}|{digest}")
}
