//! Whether a pattern can be used, with everything that is wrong at once.

use jiff::civil::{DateTime, Time};

use crate::fault::Fault;
use crate::pattern::{
    MOST_CHANGES, MOST_COUNT, MOST_MINUTES, Pattern, earliest_start, latest_start,
};
use crate::rule::{End, Frequency, Rule};

/// Rules that one pattern may have.
const MOST_RULES: usize = 16;

/// Times of day that one rule may have: each half hour.
const MOST_TIMES: usize = 48;

impl Pattern {
    /// Tells all that is wrong.
    ///
    /// # Errors
    ///
    /// The faults, in the order in which a form asks.
    pub fn check(&self) -> Result<(), Vec<Fault>> {
        let mut faults = Vec::new();
        if self.time_zone().is_none() {
            faults.push(Fault::Zone(self.zone.clone()));
        }
        if !in_range(self.start) {
            faults.push(Fault::Start);
        }
        if self.minutes > MOST_MINUTES {
            faults.push(Fault::Long);
        }
        self.check_days(&mut faults);
        let lists = [self.dates.len(), self.except.len(), self.changes.len()];
        if lists.into_iter().any(|length| length > MOST_CHANGES) {
            faults.push(Fault::ManyDates);
        }
        if self.rules.len() > MOST_RULES {
            faults.push(Fault::ManyRules);
        }
        for rule in &self.rules {
            rule.check(&mut faults);
            if matches!(rule.end, End::Until(until) if until < self.start) {
                faults.push(Fault::EndsBeforeStart);
            }
        }
        if faults.is_empty() && self.firsts().any(|first| first.is_none()) {
            faults.push(Fault::Never);
        }
        self.check_changes(&mut faults);
        if faults.is_empty() {
            Ok(())
        } else {
            faults.dedup();
            Err(faults)
        }
    }

    fn check_days(&self, faults: &mut Vec<Fault>) {
        if !self.all_day {
            return;
        }
        let at_midnight = |at: &DateTime| at.time() == Time::midnight();
        let whole = |minutes: u32| minutes > 0 && minutes.is_multiple_of(24 * 60);
        let changes = self.changes.iter().all(|change| {
            at_midnight(&change.of)
                && change.to.as_ref().is_none_or(at_midnight)
                && change.minutes.is_none_or(whole)
        });
        let timed = |rule: &Rule| !rule.hours.is_empty() || !rule.minutes.is_empty();
        if !(at_midnight(&self.start)
            && whole(self.minutes)
            && self.dates.iter().all(at_midnight)
            && self.except.iter().all(at_midnight)
            && changes
            && !self.rules.iter().any(timed))
        {
            faults.push(Fault::WholeDays);
        }
    }

    fn check_changes(&self, faults: &mut Vec<Fault>) {
        let good = self.changes.iter().all(|change| {
            change.to.is_none_or(in_range)
                && change.minutes.is_none_or(|minutes| minutes <= MOST_MINUTES)
        });
        if !(good && self.dates.iter().copied().all(in_range)) {
            faults.push(Fault::Change);
        }
    }
}

fn in_range(at: DateTime) -> bool {
    (earliest_start()..=latest_start()).contains(&at.date())
}

impl Rule {
    /// Adds what is wrong with the rule itself.
    pub(crate) fn check(&self, faults: &mut Vec<Fault>) {
        let name = self.frequency.name();
        number(
            "INTERVAL",
            &[self.interval],
            |n| (1..=1_000).contains(&n),
            faults,
        );
        number("BYMONTH", &self.months, |n| (1..=12).contains(&n), faults);
        number(
            "BYMONTHDAY",
            &self.month_days,
            |n| n != 0 && (-31..=31).contains(&n),
            faults,
        );
        number(
            "BYYEARDAY",
            &self.year_days,
            |n| n != 0 && (-366..=366).contains(&n),
            faults,
        );
        number(
            "BYWEEKNO",
            &self.weeks,
            |n| n != 0 && (-53..=53).contains(&n),
            faults,
        );
        number("BYHOUR", &self.hours, |n| (0..=23).contains(&n), faults);
        number("BYMINUTE", &self.minutes, |n| (0..=59).contains(&n), faults);
        number(
            "BYSETPOS",
            &self.positions,
            |n| n != 0 && (-366..=366).contains(&n),
            faults,
        );
        let most = match self.frequency {
            Frequency::Yearly if self.months.is_empty() => 53,
            Frequency::Yearly | Frequency::Monthly => 5,
            Frequency::Weekly | Frequency::Daily => 0,
        };
        let nths: Vec<i8> = self.weekdays.iter().map(|on| on.nth).collect();
        number("BYDAY", &nths, |n| (-most..=most).contains(&n), faults);
        let mut misplaced = |part: &'static str, wrong: bool| {
            if wrong {
                faults.push(Fault::Misplaced {
                    part,
                    frequency: name,
                });
            }
        };
        misplaced(
            "BYWEEKNO",
            !self.weeks.is_empty() && self.frequency != Frequency::Yearly,
        );
        misplaced(
            "BYYEARDAY",
            !self.year_days.is_empty() && self.frequency != Frequency::Yearly,
        );
        misplaced(
            "BYMONTHDAY",
            !self.month_days.is_empty() && self.frequency == Frequency::Weekly,
        );
        misplaced(
            "BYDAY",
            !self.weeks.is_empty() && nths.iter().any(|nth| *nth != 0),
        );
        if self.hours.len().max(1) * self.minutes.len().max(1) > MOST_TIMES {
            faults.push(Fault::TooOften("BYMINUTE".to_owned()));
        }
        if !self.positions.is_empty() && !self.chooses() {
            faults.push(Fault::LonelyPosition);
        }
        if matches!(self.end, End::Count(count) if count == 0 || count > MOST_COUNT) {
            faults.push(Fault::Count);
        }
    }

    /// Whether there is any part for BYSETPOS to choose from.
    const fn chooses(&self) -> bool {
        !(self.weekdays.is_empty()
            && self.month_days.is_empty()
            && self.year_days.is_empty()
            && self.weeks.is_empty()
            && self.months.is_empty()
            && self.hours.is_empty()
            && self.minutes.is_empty())
    }
}

fn number<N: Copy + ToString>(
    part: &'static str,
    values: &[N],
    good: impl Fn(N) -> bool,
    faults: &mut Vec<Fault>,
) {
    if let Some(value) = values.iter().find(|value| !good(**value)) {
        faults.push(Fault::Number {
            part,
            value: value.to_string(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, date};

    fn weekly() -> Pattern {
        Pattern::once(date(2026, 3, 3).at(18, 0, 0, 0), 120)
            .with_rule(Rule::weekly([Weekday::Tuesday]))
    }

    fn faults(pattern: &Pattern) -> Vec<Fault> {
        pattern.check().expect_err("something is wrong")
    }

    #[test]
    fn a_good_pattern_is_good() {
        assert_eq!(weekly().check(), Ok(()));
        assert_eq!(
            Pattern::days(date(2026, 7, 1), date(2026, 7, 3)).check(),
            Ok(())
        );
    }

    #[test]
    fn an_event_of_ten_years_and_a_billion_occasions_are_told() {
        let mut pattern = weekly();
        pattern.minutes = 10 * 366 * 1_440;
        pattern.rules[0].end = End::Count(1_000_000_000);
        assert_eq!(faults(&pattern), [Fault::Long, Fault::Count]);
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let mut pattern = weekly();
        pattern.zone = "Europe/Gothenburg".to_owned();
        pattern.all_day = true;
        pattern.rules[0].interval = 0;
        pattern.rules[0].weeks = vec![54];
        pattern.rules[0].end = End::Until(date(2025, 1, 1).at(0, 0, 0, 0));
        let told = faults(&pattern);
        assert_eq!(
            told,
            [
                Fault::Zone("Europe/Gothenburg".to_owned()),
                Fault::WholeDays,
                Fault::Number {
                    part: "INTERVAL",
                    value: "0".to_owned()
                },
                Fault::Number {
                    part: "BYWEEKNO",
                    value: "54".to_owned()
                },
                Fault::Misplaced {
                    part: "BYWEEKNO",
                    frequency: "WEEKLY"
                },
                Fault::EndsBeforeStart,
            ]
        );
    }

    #[test]
    fn the_thirtieth_of_february_never_comes() {
        for text in [
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        ] {
            let mut pattern = weekly();
            pattern.rules = vec![text.parse().expect("it is a rule")];
            assert_eq!(faults(&pattern), [Fault::Never], "{text}");
        }
        let mut leap = weekly();
        leap.rules = vec![
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SA"
                .parse()
                .expect("a rule"),
        ];
        assert_eq!(leap.check(), Ok(()));
    }
}
