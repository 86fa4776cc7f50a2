//! Patterns into occasions, within a window and never further.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Span, ToSpan};
use torg_kernel::Timestamp;

use crate::pattern::{Change, Pattern};
use crate::steps::Steps;

/// How far ahead a rule may mean its first day: 29 February on a certain weekday comes each 28
/// years, and 40 over a turn of the century.
const FIRST_WITHIN_YEARS: i64 = 50;

/// What an occasion is, seen from its pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// As the pattern says.
    Planned,
    /// Its time, length or place is another than the pattern's.
    Moved,
    /// It does not happen, and is shown as that.
    Cancelled,
}

/// One time that something happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// Which occasion of the pattern it is: its start by the rules. Stays when it is moved.
    pub of: DateTime,
    /// Start by the clock on the wall. In the hour that does not exist in March it is what the
    /// clock shows then: 2.30 becomes 3.30 (RFC 5545, section 3.3.5).
    pub start: DateTime,
    /// End by the clock on the wall. For whole days it is the midnight after the last.
    pub end: DateTime,
    /// Start as an instant. Of the hour that comes twice in October it is the first.
    pub begins_at: Timestamp,
    /// End as an instant, never before `begins_at`.
    pub ends_at: Timestamp,
    /// Planned, moved or cancelled.
    pub state: State,
    /// The change's note for readers.
    pub note: String,
    /// Where it is instead of the usual place.
    pub place: Option<String>,
}

/// A window holds more occasions than were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than {most} occasions")]
pub struct TooMany {
    /// The limit.
    pub most: usize,
}

impl TooMany {
    /// The sentence.
    #[must_use]
    pub fn message(self) -> torg_kernel::Message {
        torg_kernel::Message::new("recurrence-too-many").with("most", self.most)
    }
}

impl Pattern {
    /// The occasions that touch the days from `from` to `to`, both included, in order of time. The
    /// first start always is one, as calendars have it, whether the rules mean it or not (RFC 5545
    /// leaves that open). An unknown time zone is read as the city's, since [`Pattern::check`] is
    /// where it is told.
    ///
    /// # Errors
    ///
    /// There are more than `most`.
    pub fn occasions(&self, from: Date, to: Date, most: usize) -> Result<Vec<Occasion>, TooMany> {
        let zone = self.time_zone().unwrap_or_else(torg_kernel::zone);
        let window = Window::new(from, to);
        let starts = self.starts(&window, most)?;
        let changes: BTreeMap<DateTime, &Change> = self
            .changes
            .iter()
            .map(|change| (change.of, change))
            .collect();
        let mut found: Vec<Occasion> = starts
            .iter()
            .filter_map(|of| self.occasion(*of, changes.get(of).copied(), &zone))
            .collect();
        // Moved here from outside the window.
        for change in changes.values().filter(|change| change.to.is_some()) {
            if !starts.contains(&change.of) && !self.except.contains(&change.of) {
                found.extend(self.occasion(change.of, Some(change), &zone));
            }
        }
        found.retain(|occasion| window.touches(occasion));
        if found.len() > most {
            return Err(TooMany { most });
        }
        found.sort_by_key(|occasion| (occasion.begins_at, occasion.of));
        Ok(found)
    }

    /// The pattern with its start at the first occasion that its rules mean, so that “every
    /// Tuesday from Monday 2 March” begins on the 3rd. Unchanged without rules, or when they mean
    /// no day within fifty years.
    #[must_use]
    pub fn aligned(mut self) -> Self {
        if let Some(first) = self.first_by_rules() {
            self.start = first;
        }
        self
    }

    /// The first start that any rule means.
    pub(crate) fn first_by_rules(&self) -> Option<DateTime> {
        self.firsts().flatten().min()
    }

    /// The first start of each rule, `None` for one that means no day.
    pub(crate) fn firsts(&self) -> impl Iterator<Item = Option<DateTime>> {
        let end = self.start.checked_add(FIRST_WITHIN_YEARS.years());
        let end = end.unwrap_or(DateTime::MAX);
        self.rules
            .iter()
            .map(move |rule| Steps::new(rule, self.start, self.start, end).next())
    }

    /// Starts by the rules that may touch the window, exceptions left out.
    fn starts(&self, window: &Window, most: usize) -> Result<BTreeSet<DateTime>, TooMany> {
        let except: BTreeSet<DateTime> = self.except.iter().copied().collect();
        let near = window.starts(self.minutes);
        let mut starts = BTreeSet::new();
        let mut add = |at: DateTime| {
            if near.contains(&at) && !except.contains(&at) {
                starts.insert(at);
            }
            // Changes may take some of them out of the window again.
            starts.len() <= most.saturating_add(self.changes.len()).saturating_add(128)
        };
        add(self.start);
        for at in &self.dates {
            if !add(*at) {
                return Err(TooMany { most });
            }
        }
        for rule in &self.rules {
            for at in Steps::new(rule, self.start, *near.start(), *near.end()) {
                if !add(at) {
                    return Err(TooMany { most });
                }
            }
        }
        Ok(starts)
    }

    /// The occasion that begins at `of` by the rules; `None` outside the calendar's range.
    fn occasion(&self, of: DateTime, change: Option<&Change>, zone: &TimeZone) -> Option<Occasion> {
        let minutes = change
            .and_then(|change| change.minutes)
            .unwrap_or(self.minutes);
        let nominal = change.and_then(|change| change.to).unwrap_or(of);
        let (start, begins_at) = on_the_clock(nominal, zone)?;
        let end = start.checked_add(Pattern::length(minutes)).ok()?;
        let (end, ends_at) = on_the_clock(end, zone)?;
        let state = match change {
            Some(change) if change.cancelled => State::Cancelled,
            Some(change)
                if change.to.is_some() || change.minutes.is_some() || change.place.is_some() =>
            {
                State::Moved
            }
            _ => State::Planned,
        };
        Some(Occasion {
            of,
            start,
            end,
            begins_at,
            ends_at: ends_at.max(begins_at),
            state,
            note: change.map_or_else(String::new, |change| change.note.clone()),
            place: change.and_then(|change| change.place.clone()),
        })
    }
}

/// What the clock shows and the instant, for a civil time that may lie in a gap or come twice.
fn on_the_clock(at: DateTime, zone: &TimeZone) -> Option<(DateTime, Timestamp)> {
    let ambiguous = zone.to_ambiguous_timestamp(at);
    // "Compatible" is RFC 5545's rule: the first of two, and a gap by the offset before it.
    let moved = matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. });
    let instant = ambiguous.compatible().ok()?;
    let shown = if moved { zone.to_datetime(instant) } else { at };
    Some((shown, Timestamp::from_micros(instant.as_microsecond())))
}

/// The days that are asked for.
struct Window {
    from: DateTime,
    /// The midnight after the last day.
    to: DateTime,
}

impl Window {
    fn new(from: Date, to: Date) -> Self {
        let midnight = |day: Date| day.to_datetime(Time::midnight());
        Self {
            from: midnight(from),
            to: to.tomorrow().map_or(DateTime::MAX, midnight),
        }
    }

    /// Starts whose occasions may touch the window, with a day to spare for gaps of the clock.
    fn starts(&self, minutes: u32) -> std::ops::RangeInclusive<DateTime> {
        let earlier: Span = Pattern::length(minutes);
        let first = self
            .from
            .checked_sub(earlier)
            .and_then(|at| at.checked_sub(1.day()));
        first.unwrap_or(DateTime::MIN)..=self.to.checked_add(1.day()).unwrap_or(DateTime::MAX)
    }

    /// An occasion without length touches the day it begins on.
    fn touches(&self, occasion: &Occasion) -> bool {
        occasion.start < self.to
            && (occasion.end > self.from
                || (occasion.end == occasion.start && occasion.start >= self.from))
    }
}
