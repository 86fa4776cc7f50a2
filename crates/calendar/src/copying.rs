//! Last term's series again: the same weekdays and hours on new dates, without the days on which
//! nobody comes. Pure.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use torg_recurrence::{End, Pattern, Rule};

use crate::filter::{NamedDays, plus};
use crate::neighbours::NamedDay;

/// A date that a pattern gives, and why it is left out, if it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedDate {
    /// The start.
    pub start: DateTime,
    /// The holiday or school break that it falls on.
    pub name: Option<String>,
}

/// What days fall on.
#[derive(Debug, Clone, Default)]
pub struct DaysOff {
    /// School breaks.
    pub breaks: Vec<NamedDays>,
    /// Holidays and eves.
    pub holidays: Vec<NamedDay>,
}

impl DaysOff {
    /// What a day falls on: the holiday before the break.
    #[must_use]
    pub fn name(&self, day: Date) -> Option<&str> {
        let holiday = self.holidays.iter().find(|own| own.day == day);
        let of_break = || {
            self.breaks
                .iter()
                .find(|span| span.first <= day && day <= span.last)
        };
        holiday
            .map(|own| own.name.as_str())
            .or_else(|| of_break().map(|span| span.name.as_str()))
    }
}

/// The first and last day that a pattern has, as far as two years go.
#[must_use]
pub fn ends(pattern: &Pattern) -> (Date, Date) {
    let first = pattern.start.date();
    let last = pattern
        .occasions(first, plus(first, 731), 2_000)
        .ok()
        .and_then(|found| found.iter().map(|own| own.of.date()).max())
        .unwrap_or(first);
    (first, last)
}

/// When the series would go on: half a year later at a time until it lies ahead, on the same weekday.
#[must_use]
pub fn next_term(pattern: &Pattern, today: Date) -> (Date, Date) {
    let (first, last) = ends(pattern);
    let mut weeks = 26;
    while plus(first, weeks * 7) <= today && weeks < 52 * 40 {
        weeks += 26;
    }
    (plus(first, weeks * 7), plus(last, weeks * 7))
}

/// The pattern moved so that it begins on a day and ends by another. Rules keep their weekdays, so the
/// first occasion is the first such day from there; single dates move as far as the start does. What was
/// cancelled or left out last term says nothing about this one.
#[must_use]
pub fn moved(pattern: &Pattern, first: Date, last: Date) -> Pattern {
    let days = (first - pattern.start.date()).get_days();
    let shift = |at: DateTime| plus(at.date(), days).to_datetime(at.time());
    let until = last.to_datetime(jiff::civil::time(23, 59, 0, 0));
    let rules: Vec<Rule> = pattern
        .rules
        .iter()
        .map(|rule| rule.clone().end(End::Until(until)))
        .collect();
    let dates = pattern.dates.iter().map(|at| shift(*at));
    Pattern {
        zone: pattern.zone.clone(),
        start: first.to_datetime(pattern.start.time()),
        all_day: pattern.all_day,
        minutes: pattern.minutes,
        rules,
        dates: dates.filter(|at| at.date() <= last).collect(),
        except: Vec::new(),
        changes: Vec::new(),
    }
    .aligned()
    .canonical()
}

/// The dates that a pattern gives within two years of its start, with what they fall on.
#[must_use]
pub fn planned(pattern: &Pattern, off: &DaysOff) -> Vec<PlannedDate> {
    let first = pattern.start.date();
    let found = pattern.occasions(first, plus(first, 731), 1_000);
    found
        .unwrap_or_default()
        .into_iter()
        .map(|own| PlannedDate {
            name: off.name(own.of.date()).map(str::to_owned),
            start: own.of,
        })
        .collect()
}

/// The pattern without the dates that fall on days off. Where the first falls on one, the next that does
/// not is the start: an occasion that is left out cannot be what the others count from.
#[must_use]
pub fn without_days_off(mut pattern: Pattern, off: &DaysOff) -> Pattern {
    let planned = planned(&pattern, off);
    let Some(first) = planned.iter().find(|date| date.name.is_none()) else {
        return pattern;
    };
    let skipped: BTreeMap<DateTime, ()> = planned
        .iter()
        .filter(|date| date.name.is_some() && date.start > first.start)
        .map(|date| (date.start, ()))
        .collect();
    pattern.start = first.start;
    pattern.dates.retain(|at| off.name(at.date()).is_none());
    pattern.except.extend(skipped.into_keys());
    pattern.canonical()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, date};

    #[test]
    fn a_series_goes_on_next_term_without_breaks_and_holidays() {
        let last_term = Pattern {
            except: vec![date(2026, 10, 27).at(18, 0, 0, 0)],
            ..Pattern::once(date(2026, 9, 1).at(18, 0, 0, 0), 90)
        }
        .with_rule(
            Rule::weekly([Weekday::Tuesday]).end(End::Until(date(2026, 12, 8).at(23, 0, 0, 0))),
        );
        let (first, last) = next_term(&last_term, date(2026, 11, 22));
        assert_eq!((first, last), (date(2027, 3, 2), date(2027, 6, 8)));
        let next = moved(&last_term, date(2027, 1, 18), date(2027, 4, 20));
        assert_eq!(next.start, date(2027, 1, 19).at(18, 0, 0, 0));
        let off = DaysOff {
            breaks: vec![NamedDays {
                key: "sportlov-2027".to_owned(),
                name: "Sportlov".to_owned(),
                first: date(2027, 2, 15),
                last: date(2027, 2, 21),
            }],
            holidays: vec![NamedDay {
                day: date(2027, 1, 19),
                name: "En påhittad helgdag".to_owned(),
            }],
        };
        let planned_dates = planned(&next, &off);
        assert_eq!(planned_dates.len(), 14);
        assert_eq!(planned_dates[4].name.as_deref(), Some("Sportlov"));
        let kept = without_days_off(next, &off);
        assert_eq!(kept.start, date(2027, 1, 26).at(18, 0, 0, 0));
        let days: Vec<Date> = planned(&kept, &DaysOff::default())
            .iter()
            .map(|own| own.start.date())
            .collect();
        assert_eq!(days.len(), 12);
        assert!(!days.contains(&date(2027, 2, 16)));
    }
}
