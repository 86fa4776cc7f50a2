//! Work that comes back: every so often, or each day at a time of the city's clocks.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Time;
use serde_json::Value;
use torg_db::{Database, WriteContext};
use torg_kernel::{Ids, Result, Timestamp, zone};

use crate::model::NewJob;
use crate::queue::enqueue;
use crate::store::{self, Place};

/// When a schedule is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// First at once, then so many seconds after the last time it was put in.
    Every {
        /// Seconds, at least one.
        seconds: i64,
    },
    /// Each day at a time of the city's clocks. A time that a day skips (the last Sunday of March)
    /// comes an hour later; one that comes twice is the first.
    Daily {
        /// The time.
        at: Time,
    },
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Every { seconds } => write!(f, "every {seconds} s"),
            Self::Daily { at } => write!(f, "daily at {at}"),
        }
    }
}

impl Rule {
    /// The first time that is due for a schedule seen for the first time.
    fn first(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Every { .. } => now,
            Self::Daily { .. } => self.after(now),
        }
    }

    /// The next time that is due after an instant. Times missed while nobody was there are not
    /// made up for.
    #[must_use]
    pub fn after(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Every { seconds } => now.plus_seconds(seconds.max(1)),
            Self::Daily { at } => {
                let today = now.zoned().date();
                [0, 1, 2]
                    .into_iter()
                    .filter_map(|days| {
                        let date = today.checked_add(days.days()).ok()?;
                        let zoned = date.to_datetime(at).to_zoned(zone()).ok()?;
                        Some(Timestamp::from_micros(zoned.timestamp().as_microsecond()))
                    })
                    .find(|time| *time > now)
                    // Only at the end of the calendar, in the year 9999.
                    .unwrap_or_else(|| now.plus_seconds(86_400))
            }
        }
    }
}

/// Work that comes back. Its rule is the program's; when it is next due is kept in the database,
/// so that of several nodes one puts each turn in.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// Its name, by which its place is kept.
    pub name: String,
    /// The handler's name.
    pub kind: String,
    /// What the handler gets.
    pub payload: Value,
    /// When.
    pub rule: Rule,
}

impl Schedule {
    /// Work without a payload, by its handler's name.
    #[must_use]
    pub fn new(kind: &str, rule: Rule) -> Self {
        Self {
            name: kind.to_owned(),
            kind: kind.to_owned(),
            payload: Value::Null,
            rule,
        }
    }
}

/// Puts in what is due. Looks first and writes only when something is.
pub(crate) async fn put_in_due(
    database: &Database,
    schedules: &std::sync::Arc<Vec<Schedule>>,
    ids: &std::sync::Arc<dyn Ids>,
    now: Timestamp,
) -> Result<()> {
    let snapshot = database.snapshot().await?;
    let places = store::places(&*snapshot).await?;
    snapshot.end().await?;
    if schedules
        .iter()
        .all(|schedule| !is_due(schedule, &places, now))
    {
        return Ok(());
    }
    let (schedules, ids) = (schedules.clone(), ids.clone());
    database
        .write(move |context| {
            Box::pin(async move {
                let places = store::places(&**context).await?;
                for schedule in schedules.iter() {
                    if is_due(schedule, &places, now) {
                        turn(context, schedule, &places, &*ids, now).await?;
                    }
                }
                Ok(())
            })
        })
        .await
}

fn place_of<'a>(schedule: &Schedule, places: &'a [Place]) -> Option<&'a Place> {
    places
        .iter()
        .find(|place| place.name == schedule.name && place.rule_text == schedule.rule.to_string())
}

/// A schedule without a place, or with one by another rule, is due to get one.
fn is_due(schedule: &Schedule, places: &[Place], now: Timestamp) -> bool {
    place_of(schedule, places).is_none_or(|place| place.next_at <= now.micros())
}

async fn turn(
    context: &WriteContext,
    schedule: &Schedule,
    places: &[Place],
    ids: &dyn Ids,
    now: Timestamp,
) -> Result<()> {
    let due = place_of(schedule, places).map_or_else(
        || schedule.rule.first(now),
        |place| Timestamp::from_micros(place.next_at),
    );
    let next = if due <= now {
        let job = NewJob::new(&schedule.kind, schedule.payload.clone())
            .key(format!("schedule:{}", schedule.name));
        enqueue(context, ids, now, job).await?;
        schedule.rule.after(now)
    } else {
        due
    };
    let place = Place {
        name: schedule.name.clone(),
        rule_text: schedule.rule.to_string(),
        next_at: next.micros(),
    };
    Ok(store::save_place(&**context, &place).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        let instant: jiff::Timestamp = text.parse().expect("an instant");
        Timestamp::from_micros(instant.as_microsecond())
    }

    #[test]
    fn daily_follows_the_citys_clocks() {
        let rule = Rule::Daily {
            at: Time::constant(2, 30, 0, 0),
        };
        // Winter: 01:30 UTC; summer: 00:30 UTC.
        assert_eq!(
            rule.after(at("2026-03-03T12:00:00Z")),
            at("2026-03-04T01:30:00Z")
        );
        assert_eq!(
            rule.after(at("2026-03-04T01:30:00Z")),
            at("2026-03-05T01:30:00Z")
        );
        assert_eq!(
            rule.after(at("2026-06-01T00:29:59Z")),
            at("2026-06-01T00:30:00Z")
        );
        // 2026-03-29 has no 02:30: an hour later, 03:30 summer time.
        assert_eq!(
            rule.after(at("2026-03-28T12:00:00Z")),
            at("2026-03-29T01:30:00Z")
        );
        // 2026-10-25 has it twice: the first, and not again the same day.
        assert_eq!(
            rule.after(at("2026-10-24T12:00:00Z")),
            at("2026-10-25T00:30:00Z")
        );
        assert_eq!(
            rule.after(at("2026-10-25T00:30:00Z")),
            at("2026-10-26T01:30:00Z")
        );
    }
}
