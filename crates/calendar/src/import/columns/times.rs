//! When an event of a table is: start, end, rule and single dates.

use jiff::civil::{Date, DateTime, Time};
use torg_kernel::{Message, ZONE};
use torg_recurrence::{Pattern, Rule};

use super::{Column, Row};

impl Row<'_> {
    /// One time, or the day alone.
    fn moment(&mut self, column: Column, text: &str) -> Option<(DateTime, bool)> {
        let read = moment(text);
        if read.is_none() {
            self.refuse(column, text, "2026-03-03 18:00, 2026-03-03");
        }
        read
    }

    /// Several times, parted by `|`; a day alone has the start's time of day.
    fn moments(&mut self, column: Column, start: DateTime) -> Vec<DateTime> {
        let text = self.cell(column).unwrap_or_default();
        let parts: Vec<&str> = text
            .split(['|', ','])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        let mut found = Vec::new();
        for part in parts {
            if let Some((at, timed)) = self.moment(column, part) {
                found.push(if timed {
                    at
                } else {
                    at.date().to_datetime(start.time())
                });
            }
        }
        found
    }

    /// When it is, from all columns of times.
    pub(super) fn pattern(&mut self) -> Option<Pattern> {
        let text = self.filled(Column::Start)?;
        let (start, timed) = self.moment(Column::Start, &text)?;
        let mut pattern = Pattern::once(start, if timed { 0 } else { 24 * 60 });
        pattern.all_day = !timed;
        pattern.zone = self.filled(Column::Zone).unwrap_or_else(|| ZONE.to_owned());
        if let Some(text) = self.filled(Column::End)
            && let Some((end, with_time)) = self.end(&text, start)
        {
            pattern.minutes = self.minutes(start, end, timed, with_time);
        }
        if let Some(text) = self.filled(Column::Rule) {
            match text.parse::<Rule>() {
                Ok(rule) => pattern.rules = vec![rule],
                Err(faults) => {
                    for fault in faults {
                        self.wrong(Column::Rule, fault.message());
                    }
                }
            }
        }
        pattern.dates = self.moments(Column::Dates, start);
        pattern.except = self.moments(Column::Except, start);
        let pattern = pattern.aligned().canonical();
        if let Err(faults) = pattern.check() {
            for fault in faults {
                let column = match fault {
                    torg_recurrence::Fault::Zone(_) => Column::Zone,
                    torg_recurrence::Fault::Start | torg_recurrence::Fault::WholeDays => {
                        Column::Start
                    }
                    torg_recurrence::Fault::Long => Column::End,
                    torg_recurrence::Fault::ManyDates | torg_recurrence::Fault::Change => {
                        Column::Dates
                    }
                    _ => Column::Rule,
                };
                self.wrong(column, fault.message());
            }
        }
        Some(pattern)
    }

    /// The end: a time, a day, or only the hour of the same day.
    fn end(&mut self, text: &str, start: DateTime) -> Option<(DateTime, bool)> {
        if let Some(hour) = clock(text) {
            let end = start.date().to_datetime(hour);
            // 22–02 ends the day after.
            let end = if end < start {
                end.checked_add(jiff::Span::new().days(1)).ok()?
            } else {
                end
            };
            return Some((end, true));
        }
        self.moment(Column::End, text)
    }

    fn minutes(&mut self, start: DateTime, end: DateTime, timed: bool, end_timed: bool) -> u32 {
        if timed != end_timed {
            self.wrong(Column::End, Message::new("ical-end-kind"));
            return 0;
        }
        let minutes = end.duration_since(start).as_mins();
        // The last day of whole days belongs to them.
        let minutes = if timed { minutes } else { minutes + 24 * 60 };
        if minutes < 0 || (!timed && minutes < 24 * 60) {
            self.wrong(Column::End, Message::new("ical-end-before-start"));
            return 0;
        }
        u32::try_from(minutes).unwrap_or(u32::MAX)
    }
}

/// `2026-03-03 18:00`, `2026-03-03T18.00`, `2026-03-03`, and whether there was a time.
pub(super) fn moment(text: &str) -> Option<(DateTime, bool)> {
    let (day, rest) = text.split_at_checked(10)?;
    let day: Date = day.parse().ok()?;
    let rest = rest.trim_start_matches(['T', 't', ' ']).trim();
    if rest.is_empty() {
        return Some((day.to_datetime(Time::midnight()), false));
    }
    Some((day.to_datetime(clock(rest)?), true))
}

/// `18:00`, `18.00`, `18:00:00`, `9.30`.
fn clock(text: &str) -> Option<Time> {
    let mut parts = text.split([':', '.']);
    let hour: i8 = parts.next()?.trim().parse().ok()?;
    let minute: i8 = parts.next()?.trim().parse().ok()?;
    let seconds = parts.next();
    if seconds.is_some_and(|seconds| seconds != "00") || parts.next().is_some() {
        return None;
    }
    Time::new(hour, minute, 0, 0).ok()
}
