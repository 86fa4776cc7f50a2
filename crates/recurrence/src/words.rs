//! Patterns in plain words: “varje tisdag kl. 18–20 till 3 juni, utom 14 april”.
//!
//! What people say is a small part of what rules can. A rule beyond it is called a pattern of its
//! own, and the page that shows it lists the days.

mod days;

use jiff::civil::{Date, DateTime};
use torg_ui::{Arg, T, date, date_long, date_range, hours_span, month_name, time};

use crate::pattern::Pattern;
use crate::rule::{End, Rule};

/// How many single days are named before they are only counted.
const NAMED: usize = 5;

impl Pattern {
    /// When it happens, without a capital letter and full stop. Days in the year of the first start
    /// are said without their year.
    #[must_use]
    pub fn words(&self, t: T) -> String {
        if !self.repeats() {
            return self.one_time(t);
        }
        if self.rules.is_empty() {
            return self.single_days(t);
        }
        let clock = self.clock(t);
        let rules: Vec<String> = self
            .rules
            .iter()
            .map(|rule| {
                let days = days::said(t, rule, self.start);
                let clock = days::clock(t, rule, self).or_else(|| clock.clone());
                let said = match clock {
                    Some(clock) => format!("{days} {clock}"),
                    None => days,
                };
                self.with_end(t, said, rule)
            })
            .collect();
        let mut words = join(t, &rules);
        let year = self.start.year();
        let mut add = |key: &'static str, counted: &'static str, list: &[DateTime]| {
            if list.is_empty() {
                return;
            }
            words.push_str(", ");
            if list.len() <= NAMED {
                let days: Vec<String> = list.iter().map(|at| day(t, at.date(), year)).collect();
                words.push_str(&t.one(key, "days", join(t, &days)));
            } else {
                words.push_str(&t.one(counted, "count", list.len()));
            }
        };
        let off: Vec<DateTime> = self
            .changes
            .iter()
            .filter(|change| change.cancelled)
            .map(|change| change.of)
            .collect();
        add("recurrence-also", "recurrence-also-count", &self.dates);
        add("recurrence-except", "recurrence-except-count", &self.except);
        add("recurrence-off", "recurrence-off-count", &off);
        words
    }

    /// A pattern with a single occasion.
    fn one_time(&self, t: T) -> String {
        let end = self
            .start
            .checked_add(Self::length(self.minutes))
            .unwrap_or(self.start);
        if self.all_day {
            let last = end.date().yesterday().unwrap_or_else(|_| end.date());
            return if last <= self.start.date() {
                date_long(t, self.start.date())
            } else {
                date_range(t, self.start.date(), last)
            };
        }
        let first = date_long(t, self.start.date());
        match self.clock(t) {
            Some(clock) => format!("{first} {clock}"),
            None => t.two(
                "recurrence-from-to",
                "start",
                format!("{first} {}", time(t, self.start.time())),
                "end",
                format!("{} {}", date_long(t, end.date()), time(t, end.time())),
            ),
        }
    }

    /// Days without a rule.
    fn single_days(&self, t: T) -> String {
        let mut days: Vec<DateTime> = self.dates.clone();
        days.push(self.start);
        days.retain(|at| !self.except.contains(at));
        days.sort_unstable();
        days.dedup();
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            return t.get("recurrence-no-days").into_owned();
        };
        let year = first.year();
        let said = if days.len() <= NAMED + 1 {
            let days: Vec<String> = days.iter().map(|at| day(t, at.date(), year)).collect();
            join(t, &days)
        } else {
            t.with(
                "recurrence-times-between",
                &[
                    ("count", Arg::from(days.len())),
                    ("first", date(t, first.date()).into()),
                    ("last", date(t, last.date()).into()),
                ],
            )
        };
        let one_time = days.iter().all(|at| at.time() == first.time());
        match self.clock(t).filter(|_| one_time) {
            Some(clock) => format!("{said} {clock}"),
            None => said,
        }
    }

    /// `kl. 18–20`; `None` for whole days and for what lasts a day or more.
    fn clock(&self, t: T) -> Option<String> {
        span(t, self, self.start)
    }

    fn with_end(&self, t: T, said: String, rule: &Rule) -> String {
        match rule.end {
            End::Never => said,
            End::Count(count) => t.two("recurrence-times", "said", said, "count", count),
            End::Until(at) => {
                let until = day(t, at.date(), self.start.year());
                t.two("recurrence-until", "said", said, "day", until)
            }
        }
    }
}

/// The hours of an occasion that begins at `start`.
fn span(t: T, pattern: &Pattern, start: DateTime) -> Option<String> {
    if pattern.all_day || pattern.minutes >= 24 * 60 {
        return None;
    }
    if pattern.minutes == 0 {
        return Some(time(t, start.time()));
    }
    let end = start.checked_add(Pattern::length(pattern.minutes)).ok()?;
    let hours = hours_span(t, start.time(), end.time());
    Some(t.one("recurrence-clock", "hours", hours))
}

/// `14 april`, with the year when it is another than `year`.
fn day(t: T, day: Date, year: i16) -> String {
    if day.year() == year {
        format!("{}\u{a0}{}", day.day(), month_name(t, day.month()))
    } else {
        date(t, day)
    }
}

/// `a, b och c`.
fn join(t: T, parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => t.two("recurrence-and", "first", first.join(", "), "last", last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Change, Rule};
    use jiff::civil::{Weekday, date as on};

    fn said(t: T, rule: &str) -> String {
        let mut pattern = Pattern::once(on(2026, 3, 3).at(18, 0, 0, 0), 120);
        pattern.rules = vec![rule.parse().expect(rule)];
        pattern.words(t).replace('\u{a0}', " ")
    }

    #[test]
    fn the_example_of_a_spring() {
        let mut pattern = Pattern::once(on(2026, 3, 3).at(18, 0, 0, 0), 120).with_rule(
            Rule::weekly([Weekday::Tuesday]).end(End::Until(on(2026, 6, 3).at(23, 59, 59, 0))),
        );
        pattern.except = vec![on(2026, 4, 14).at(18, 0, 0, 0)];
        let words = pattern.words(T::SV).replace('\u{a0}', " ");
        assert_eq!(words, "varje tisdag kl. 18–20 till 3 juni, utom 14 april");
        let words = pattern.words(T::EN).replace('\u{a0}', " ");
        assert_eq!(
            words,
            "every Tuesday 18:00–20:00 until 3 June, except 14 April"
        );
        pattern.changes = vec![Change::cancelled(on(2026, 4, 21).at(18, 0, 0, 0))];
        let words = pattern.words(T::SV).replace('\u{a0}', " ");
        assert!(
            words.ends_with("utom 14 april, inställt 21 april"),
            "{words}"
        );
    }

    #[test]
    fn rules_in_swedish() {
        for (rule, words) in [
            ("FREQ=DAILY", "varje dag kl. 18–20"),
            ("FREQ=DAILY;INTERVAL=2", "varannan dag kl. 18–20"),
            (
                "FREQ=DAILY;INTERVAL=3;COUNT=4",
                "var 3:e dag kl. 18–20, 4 gånger",
            ),
            ("FREQ=WEEKLY", "varje tisdag kl. 18–20"),
            (
                "FREQ=WEEKLY;BYDAY=TU,TH",
                "varje tisdag och torsdag kl. 18–20",
            ),
            (
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                "måndag–fredag varje vecka kl. 18–20",
            ),
            (
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
                "varannan tisdag kl. 18–20",
            ),
            (
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU",
                "måndag och tisdag varannan vecka kl. 18–20",
            ),
            (
                "FREQ=WEEKLY;INTERVAL=21;BYDAY=TU",
                "tisdag var 21:a vecka kl. 18–20",
            ),
            (
                "FREQ=WEEKLY;BYDAY=TU;BYMONTH=6,7",
                "varje tisdag i juni och juli kl. 18–20",
            ),
            (
                "FREQ=MONTHLY;BYDAY=1TU",
                "första tisdagen i månaden kl. 18–20",
            ),
            (
                "FREQ=MONTHLY;BYDAY=1TU,3TU",
                "första och tredje tisdagen i månaden kl. 18–20",
            ),
            (
                "FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=2",
                "sista fredagen varannan månad kl. 18–20",
            ),
            (
                "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2",
                "andra tisdagen i månaden kl. 18–20",
            ),
            (
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
                "sista dagen måndag–fredag i månaden kl. 18–20",
            ),
            ("FREQ=MONTHLY", "den 3 varje månad kl. 18–20"),
            (
                "FREQ=MONTHLY;BYMONTHDAY=1,15",
                "den 1 och 15 varje månad kl. 18–20",
            ),
            (
                "FREQ=MONTHLY;BYMONTHDAY=-1",
                "sista dagen i månaden kl. 18–20",
            ),
            ("FREQ=YEARLY", "den 3 mars varje år kl. 18–20"),
            (
                "FREQ=YEARLY;BYMONTH=5;BYDAY=1SU",
                "första söndagen i maj varje år kl. 18–20",
            ),
            (
                "FREQ=YEARLY;INTERVAL=2",
                "den 3 mars vartannat år kl. 18–20",
            ),
            (
                "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
                "enligt ett eget mönster kl. 18–20",
            ),
            (
                "FREQ=DAILY;BYHOUR=10,14",
                "varje dag kl. 10–12 och kl. 14–16",
            ),
        ] {
            assert_eq!(said(T::SV, rule), words, "{rule}");
        }
    }

    #[test]
    fn rules_in_english() {
        for (rule, words) in [
            ("FREQ=DAILY;INTERVAL=2", "every other day 18:00–20:00"),
            (
                "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU",
                "Tuesday every 3 weeks 18:00–20:00",
            ),
            (
                "FREQ=MONTHLY;BYDAY=-1FR",
                "the last Friday of the month 18:00–20:00",
            ),
            (
                "FREQ=MONTHLY;BYMONTHDAY=15",
                "the 15th every month 18:00–20:00",
            ),
            (
                "FREQ=YEARLY;COUNT=3",
                "3 March every year 18:00–20:00, 3 times",
            ),
            ("FREQ=WEEKLY;COUNT=1", "every Tuesday 18:00–20:00, once"),
        ] {
            assert_eq!(said(T::EN, rule), words, "{rule}");
        }
    }

    #[test]
    fn without_rules() {
        let plain = |pattern: &Pattern| pattern.words(T::SV).replace('\u{a0}', " ");
        let mut pattern = Pattern::once(on(2026, 3, 3).at(18, 30, 0, 0), 90);
        assert_eq!(plain(&pattern), "tisdag 3 mars 2026 kl. 18.30–20");
        pattern.dates = vec![
            on(2026, 3, 10).at(18, 30, 0, 0),
            on(2027, 1, 4).at(18, 30, 0, 0),
        ];
        assert_eq!(
            plain(&pattern),
            "3 mars, 10 mars och 4 januari 2027 kl. 18.30–20"
        );
        assert_eq!(
            plain(&Pattern::days(on(2026, 3, 3), on(2026, 3, 5))),
            "3–5 mars 2026"
        );
        assert_eq!(
            plain(&Pattern::days(on(2026, 3, 3), on(2026, 3, 3))),
            "tisdag 3 mars 2026"
        );
        let long = Pattern::once(on(2026, 3, 3).at(18, 0, 0, 0), 2 * 1_440);
        assert_eq!(
            plain(&long),
            "tisdag 3 mars 2026 kl. 18.00 till torsdag 5 mars 2026 kl. 18.00"
        );
        pattern.dates = (4..20)
            .map(|day| on(2026, 3, day).at(18, 30, 0, 0))
            .collect();
        assert_eq!(
            plain(&pattern),
            "17 gånger från 3 mars 2026 till 19 mars 2026 kl. 18.30–20"
        );
    }
}
