//! Open or closed, and until when.

use jiff::civil::Date;
use jiff::tz::{AmbiguousOffset, TimeZone};
use torg_kernel::{Timestamp, civil_date, zone};

use super::schedule::{DAY, Hours, clock};

/// How many days ahead an opening is looked for.
const AHEAD: usize = 400;
/// A unit that does not close for so many days counts as always open.
const ALWAYS: usize = 8;

/// The answer at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Open until then; `None` when it does not close for a week.
    Open(Option<Timestamp>),
    /// Closed until then; `None` when no opening is planned.
    Closed(Option<Timestamp>),
}

/// When the next day begins in the city.
#[must_use]
pub fn next_midnight(now: Timestamp) -> Timestamp {
    instant(&zone(), civil_date(now), DAY)
}

/// The first instant when the clocks show that time of that day, or a later one.
fn instant(zone: &TimeZone, date: Date, minutes: u16) -> Timestamp {
    let mut day = date;
    for _ in 0..minutes / DAY {
        day = day.tomorrow().unwrap_or(day);
    }
    let ambiguous = zone.to_ambiguous_timestamp(day.to_datetime(clock(minutes)));
    let Ok(mut at) = ambiguous.compatible() else {
        return Timestamp::default();
    };
    if let AmbiguousOffset::Gap { .. } = ambiguous.offset() {
        // The clocks jump over this time; it is reached when they jump.
        let after = at
            .saturating_add(jiff::SignedDuration::from_secs(1))
            .unwrap_or(at);
        at = zone
            .preceding(after)
            .next()
            .map_or(at, |jump| jump.timestamp());
    }
    Timestamp::from_micros(at.as_microsecond())
}

impl Hours {
    /// Whether it is open at `now`, and when that changes.
    #[must_use]
    pub fn status(&self, now: Timestamp) -> Status {
        let zone = zone();
        let today = civil_date(now);
        let mut day = today.yesterday().unwrap_or(today);
        let mut open_until = None;
        for ahead in 0..AHEAD {
            for span in self.on(day) {
                let from = instant(&zone, day, span.from());
                let to = instant(&zone, day, span.to());
                if to <= now || to <= from {
                    continue;
                }
                match open_until {
                    None if from > now => return Status::Closed(Some(from)),
                    None => open_until = Some(to),
                    Some(end) if from > end => return Status::Open(Some(end)),
                    Some(end) => open_until = Some(to.max(end)),
                }
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
            match open_until {
                Some(end) if end < instant(&zone, day, 0) => return Status::Open(Some(end)),
                Some(_) if ahead > ALWAYS => return Status::Open(None),
                None if self.nothing_from(day) => break,
                _ => {}
            }
        }
        open_until.map_or(Status::Closed(None), |end| Status::Open(Some(end)))
    }

    fn nothing_from(&self, day: Date) -> bool {
        self.weekly.days().iter().all(|spans| spans.is_empty())
            && self.exceptions.iter().all(|other| other.date < day)
    }
}
