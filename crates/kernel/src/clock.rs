//! Time as a parameter. Instants are integer microseconds of UTC: SQLite's text timestamps sort
//! wrongly and PostgreSQL drops nanoseconds, an integer does neither.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicI64, Ordering};

use serde::{Deserialize, Serialize};

/// The zone in which the city's civil times (opening hours, dates) are read.
pub const ZONE: &str = "Europe/Stockholm";

/// The zone itself, from the tables bundled with the program.
#[must_use]
pub fn zone() -> jiff::tz::TimeZone {
    static FOUND: LazyLock<jiff::tz::TimeZone> = LazyLock::new(|| {
        jiff::tz::TimeZone::get(ZONE).expect("the bundled time zone tables hold Europe/Stockholm")
    });
    FOUND.clone()
}

/// The date in the city at an instant.
#[must_use]
pub fn civil_date(at: Timestamp) -> jiff::civil::Date {
    at.zoned().date()
}

/// An instant: microseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From microseconds since the epoch.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since the epoch.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// This instant moved by a number of seconds, which may be negative.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// The same instant in the city's zone. Instants outside the calendar's range are clamped to
    /// the epoch.
    #[must_use]
    pub fn zoned(self) -> jiff::Zoned {
        jiff::Timestamp::from_microsecond(self.0)
            .unwrap_or_default()
            .to_zoned(zone())
    }

    /// RFC 3339 in UTC, to the second: `2026-03-03T13:30:00Z`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let seconds = self.0.div_euclid(1_000_000);
        jiff::Timestamp::from_second(seconds)
            .unwrap_or_default()
            .to_string()
    }
}

/// What time it is.
pub trait Clock: Send + Sync {
    /// The instant that counts as now.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the machine's clock"
    )]
    fn now(&self) -> Timestamp {
        let elapsed = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .expect("the machine's clock stands after 1970");
        Timestamp(i64::try_from(elapsed.as_micros()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows `at`.
    #[must_use]
    pub const fn new(at: Timestamp) -> Self {
        Self(AtomicI64::new(at.0))
    }

    /// Shows another instant from now on.
    pub fn set(&self, at: Timestamp) {
        self.0.store(at.0, Ordering::SeqCst);
    }

    /// Moves the hand forward.
    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_knows_its_day_in_the_city() {
        // 2026-03-03 23:30 UTC is the fourth in Göteborg.
        let at = Timestamp::from_micros(1_772_580_600_000_000);
        assert_eq!(at.rfc3339(), "2026-03-03T23:30:00Z");
        assert_eq!(civil_date(at).to_string(), "2026-03-04");
    }
}
