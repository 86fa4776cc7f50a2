//! The starts of one rule: period by period, the days that every part of the rule lets through.
//!
//! A part limits the days of a period (RFC 5545, section 3.3.10, table of BYxxx parts); what the
//! rule does not say is taken from the first start. Where the standard leaves room, the reading is
//! the one of Python's `dateutil`, on which many calendars stand: BYWEEKNO without BYDAY means the
//! whole week. In two places it is the standard's own: a mixed BYDAY (`MO,1TU`) means either, and
//! BYSETPOS counts from the beginning of the first week and not from the first start.

use std::collections::VecDeque;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time, Weekday};

use crate::rule::{End, Frequency, OnWeekday, Rule};

/// Goes through the starts from the first that is at or after `from` (earlier ones may come along)
/// to `to`, in order. Without COUNT, periods before `from` are skipped by arithmetic.
pub struct Steps<'a> {
    rule: &'a Rule,
    first: DateTime,
    last: DateTime,
    weekdays: Vec<OnWeekday>,
    month_days: Vec<i8>,
    months: Vec<i8>,
    times: Vec<Time>,
    /// The first day of the period that is next; `None` at the end.
    period: Option<Date>,
    found: VecDeque<DateTime>,
    left: u32,
}

impl<'a> Steps<'a> {
    /// Follows a rule of a pattern whose first start is `first`.
    pub fn new(rule: &'a Rule, first: DateTime, from: DateTime, to: DateTime) -> Self {
        let (left, last) = match rule.end {
            End::Never => (u32::MAX, to),
            End::Count(count) => (count, to),
            End::Until(until) => (u32::MAX, until.min(to)),
        };
        let mut steps = Self {
            rule,
            first,
            last,
            weekdays: rule.weekdays.clone(),
            month_days: rule.month_days.clone(),
            months: rule.months.clone(),
            times: times(rule, first.time()),
            period: None,
            found: VecDeque::new(),
            left,
        };
        steps.fill_in();
        steps.period = steps.begin(from);
        steps
    }

    /// What the rule does not say is as the first start has it.
    fn fill_in(&mut self) {
        let said = !(self.weekdays.is_empty()
            && self.month_days.is_empty()
            && self.rule.year_days.is_empty()
            && self.rule.weeks.is_empty());
        if said {
            return;
        }
        match self.rule.frequency {
            Frequency::Daily => {}
            Frequency::Weekly => self.weekdays.push(OnWeekday::each(self.first.weekday())),
            Frequency::Monthly => self.month_days.push(self.first.day()),
            Frequency::Yearly => {
                if self.months.is_empty() {
                    self.months.push(self.first.month());
                }
                self.month_days.push(self.first.day());
            }
        }
    }

    /// The first period to look at.
    fn begin(&self, from: DateTime) -> Option<Date> {
        let start = self.period_of(self.first.date())?;
        if matches!(self.rule.end, End::Count(_)) || from <= self.first {
            return Some(start);
        }
        let every = i64::from(self.rule.interval.max(1));
        let days = (from.date() - start).get_days();
        let months = (i64::from(from.year()) - i64::from(start.year())) * 12
            + i64::from(from.month() - start.month());
        let periods = match self.rule.frequency {
            Frequency::Daily => i64::from(days),
            Frequency::Weekly => i64::from(days) / 7,
            Frequency::Monthly => months,
            Frequency::Yearly => months / 12,
        };
        // One to spare, since a week may reach over the day that is asked from.
        self.after(start, (periods / every - 1).max(0) * every)
    }

    /// The first day of the period that a day lies in.
    fn period_of(&self, day: Date) -> Option<Date> {
        match self.rule.frequency {
            Frequency::Daily => Some(day),
            Frequency::Weekly => {
                let back = day.weekday().since(self.rule.week_start);
                day.checked_sub(i64::from(back).days()).ok()
            }
            Frequency::Monthly => Some(day.first_of_month()),
            Frequency::Yearly => Some(day.first_of_year()),
        }
    }

    fn after(&self, period: Date, many: i64) -> Option<Date> {
        let span = match self.rule.frequency {
            Frequency::Daily => many.days(),
            Frequency::Weekly => many.weeks(),
            Frequency::Monthly => many.months(),
            Frequency::Yearly => many.years(),
        };
        period.checked_add(span).ok()
    }

    /// The day after the period's last.
    fn end_of(&self, period: Date) -> Option<Date> {
        self.after(period, 1)
    }

    /// Puts the starts of the next period into `found`; false at the end.
    fn fill(&mut self) -> bool {
        let Some(period) = self
            .period
            .filter(|day| day.to_datetime(Time::midnight()) <= self.last)
        else {
            return false;
        };
        self.period = self.after(period, i64::from(self.rule.interval.max(1)));
        let mut day = period;
        let end = self.end_of(period).unwrap_or(Date::MAX);
        let mut starts = Vec::new();
        while day < end {
            if self.means(day) {
                starts.extend(self.times.iter().map(|time| day.to_datetime(*time)));
            }
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        if self.rule.positions.is_empty() {
            self.found.extend(starts);
        } else {
            let mut chosen: Vec<DateTime> = self
                .rule
                .positions
                .iter()
                .filter_map(|position| nth(&starts, *position))
                .collect();
            chosen.sort_unstable();
            chosen.dedup();
            self.found.extend(chosen);
        }
        true
    }

    /// Whether every part of the rule lets a day through.
    fn means(&self, day: Date) -> bool {
        (self.months.is_empty() || self.months.contains(&day.month()))
            && (self.weekdays.is_empty() || self.weekdays.iter().any(|on| self.is_on(*on, day)))
            && (self.month_days.is_empty()
                || self.month_days.contains(&day.day())
                || self
                    .month_days
                    .contains(&(day.day() - day.days_in_month() - 1)))
            && (self.rule.year_days.is_empty()
                || self.rule.year_days.contains(&day.day_of_year())
                || self
                    .rule
                    .year_days
                    .contains(&(day.day_of_year() - day.days_in_year() - 1)))
            && (self.rule.weeks.is_empty() || self.is_in_week(day))
    }

    fn is_on(&self, on: OnWeekday, day: Date) -> bool {
        if day.weekday() != on.day {
            return false;
        }
        if on.nth == 0 {
            return true;
        }
        // By the year only when the rule does not name months.
        let (at, of) = match self.rule.frequency {
            Frequency::Yearly if self.months.is_empty() => (day.day_of_year(), day.days_in_year()),
            Frequency::Yearly | Frequency::Monthly => {
                (i16::from(day.day()), i16::from(day.days_in_month()))
            }
            Frequency::Weekly | Frequency::Daily => return true,
        };
        let nth = if on.nth > 0 {
            (at - 1) / 7 + 1
        } else {
            -((of - at) / 7 + 1)
        };
        nth == i16::from(on.nth)
    }

    /// Weeks as ISO 8601 counts them, from the rule's own first day of the week: the first has at
    /// least four days in the year.
    fn is_in_week(&self, day: Date) -> bool {
        let start = self.rule.week_start;
        let year = day.year();
        let Some(first) = first_week(year, start) else {
            return false;
        };
        let first = match first_week(year + 1, start) {
            Some(next) if day >= next => next,
            _ if day < first => match first_week(year - 1, start) {
                Some(before) => before,
                None => return false,
            },
            _ => first,
        };
        // The Thursday-like day in the middle of the week tells whose week it is.
        let whose = first.checked_add(3.days()).map_or(year, Date::year);
        let week = (day - first).get_days() / 7 + 1;
        let weeks = first_week(whose + 1, start).map_or(52, |next| (next - first).get_days() / 7);
        self.rule.weeks.iter().any(|wanted| {
            let wanted = i32::from(*wanted);
            wanted == week || wanted == week - weeks - 1
        })
    }
}

impl Iterator for Steps<'_> {
    type Item = DateTime;

    fn next(&mut self) -> Option<DateTime> {
        loop {
            while let Some(at) = self.found.pop_front() {
                if at < self.first {
                    continue;
                }
                if at > self.last || self.left == 0 {
                    self.period = None;
                    self.found.clear();
                    return None;
                }
                if self.left != u32::MAX {
                    self.left -= 1;
                }
                return Some(at);
            }
            if !self.fill() {
                return None;
            }
        }
    }
}

/// The times of day, in order.
fn times(rule: &Rule, first: Time) -> Vec<Time> {
    let or = |list: &[i8], own: i8| {
        if list.is_empty() {
            vec![own]
        } else {
            list.to_vec()
        }
    };
    let minutes = or(&rule.minutes, first.minute());
    let mut times: Vec<Time> = or(&rule.hours, first.hour())
        .into_iter()
        .flat_map(|hour| minutes.iter().map(move |minute| (hour, *minute)))
        .filter_map(|(hour, minute)| Time::new(hour, minute, first.second(), 0).ok())
        .collect();
    times.sort_unstable();
    times.dedup();
    times
}

/// The n-th from the beginning, or from the end when negative.
fn nth(starts: &[DateTime], position: i16) -> Option<DateTime> {
    let far = usize::from(position.unsigned_abs()).checked_sub(1)?;
    if position > 0 {
        starts.get(far).copied()
    } else {
        starts.iter().rev().nth(far).copied()
    }
}

/// The day on which the first week of a year begins.
fn first_week(year: i16, start: Weekday) -> Option<Date> {
    // The week that holds 4 January.
    let fourth = Date::new(year, 1, 4).ok()?;
    fourth
        .checked_sub(i64::from(fourth.weekday().since(start)).days())
        .ok()
}
