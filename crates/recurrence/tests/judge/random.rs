//! Rules made from a seed: all frequencies and parts, in the combinations that RFC 5545 allows.

use jiff::civil::{Date, Weekday, date};
use torg_kernel::{Ids, SeededIds};
use torg_recurrence::{Change, End, Frequency, OnWeekday, Pattern, Rule};

const DAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

struct Dice(SeededIds);

impl Dice {
    fn below(&self, most: u32) -> u32 {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        u32::from_le_bytes(bytes) % most
    }

    fn one_in(&self, many: u32) -> bool {
        self.below(many) == 0
    }

    fn between(&self, low: i16, high: i16) -> i16 {
        let width = u32::try_from(high - low + 1).expect("high is not below low");
        low + i16::try_from(self.below(width)).expect("a small number")
    }

    /// One to `most` numbers between two, sometimes counted from the end.
    fn numbers<N: TryFrom<i16>>(&self, most: u32, low: i16, high: i16, signed: bool) -> Vec<N> {
        (0..=self.below(most))
            .map(|_| {
                let number = self.between(low, high);
                if signed && self.one_in(3) {
                    -number
                } else {
                    number
                }
            })
            .filter_map(|number| N::try_from(number).ok())
            .collect()
    }

    fn weekdays(&self, nth: i16) -> Vec<OnWeekday> {
        (0..=self.below(3))
            .map(|_| {
                let day = DAYS[self.below(7) as usize];
                let nth = if nth == 0 {
                    0
                } else {
                    self.numbers::<i8>(1, 1, nth, true)[0]
                };
                OnWeekday { nth, day }
            })
            .collect()
    }
}

/// `many` patterns that mean something, with their names.
pub fn patterns(seed: u64, many: usize) -> Vec<(String, Pattern)> {
    let dice = Dice(SeededIds::new(seed));
    let mut patterns = Vec::new();
    while patterns.len() < many {
        let pattern = pattern(&dice).aligned().canonical();
        if pattern.check().is_ok() && pattern.start.year() < 2027 {
            patterns.push((format!("rule-{}", patterns.len()), changed(&dice, pattern)));
        }
    }
    patterns
}

fn pattern(dice: &Dice) -> Pattern {
    let year = dice.between(2019, 2026);
    let first: Date = date(year, 1, 1).saturating_add(jiff::Span::new().days(dice.below(365)));
    let all_day = dice.one_in(4);
    let rule = rule(dice, all_day);
    let mut pattern = if all_day {
        Pattern::days(
            first,
            first.saturating_add(jiff::Span::new().days(dice.below(3))),
        )
    } else {
        let start = first.at(
            i8::try_from(dice.below(24)).expect("small"),
            dice.below(4) as i8 * 15,
            0,
            0,
        );
        Pattern::once(start, dice.below(20) * 15)
    };
    pattern.zone = [
        "Europe/Stockholm",
        "Europe/Stockholm",
        "Europe/Helsinki",
        "America/New_York",
        "Asia/Tokyo",
        "UTC",
    ][dice.below(6) as usize]
        .to_owned();
    if pattern.all_day {
        pattern.zone = "Europe/Stockholm".to_owned();
    }
    let mut rule = rule;
    rule.end = match dice.below(4) {
        0 => End::Count(1 + dice.below(200)),
        1 => {
            let last = first.saturating_add(jiff::Span::new().days(dice.below(3_000)));
            // Noon, so that no hour that comes twice is meant.
            End::Until(if all_day {
                last.at(0, 0, 0, 0)
            } else {
                last.at(12, 0, 0, 0)
            })
        }
        _ => End::Never,
    };
    pattern.with_rule(rule)
}

fn rule(dice: &Dice, all_day: bool) -> Rule {
    let frequency = [
        Frequency::Daily,
        Frequency::Weekly,
        Frequency::Monthly,
        Frequency::Yearly,
    ][dice.below(4) as usize];
    let mut rule = Rule::every(frequency).interval(if dice.one_in(2) {
        1
    } else {
        1 + dice.below(6) as u16
    });
    if dice.one_in(3) {
        rule.months = dice.numbers(3, 1, 12, false);
    }
    match frequency {
        Frequency::Daily => {
            if dice.one_in(3) {
                rule.weekdays = dice.weekdays(0);
            }
            if dice.one_in(4) {
                rule.month_days = dice.numbers(5, 1, 31, true);
            }
        }
        Frequency::Weekly => {
            if !dice.one_in(3) {
                rule.weekdays = dice.weekdays(0);
            }
            if dice.one_in(6) && !rule.weekdays.is_empty() {
                rule.positions = vec![-1];
            }
        }
        Frequency::Monthly => month(dice, &mut rule, 5),
        Frequency::Yearly => {
            let nth = if rule.months.is_empty() { 53 } else { 5 };
            match dice.below(4) {
                0 if rule.months.is_empty() => rule.year_days = dice.numbers(4, 1, 366, true),
                1 if rule.months.is_empty() => {
                    rule.weeks = dice.numbers(3, 1, 52, false);
                    rule.weekdays = dice.weekdays(0);
                }
                _ => month(dice, &mut rule, nth),
            }
        }
    }
    if dice.one_in(3) {
        rule.week_start = DAYS[dice.below(7) as usize];
    }
    if !all_day && dice.one_in(8) {
        rule.hours = dice.numbers(3, 4, 23, false);
        if dice.one_in(2) {
            rule.minutes = dice.numbers(2, 0, 59, false);
        }
    }
    rule
}

/// Days within months.
fn month(dice: &Dice, rule: &mut Rule, nth: i16) {
    match dice.below(5) {
        0 => rule.month_days = dice.numbers(4, 1, 31, true),
        1 | 2 => rule.weekdays = dice.weekdays(nth),
        3 => {
            rule.weekdays = dice.weekdays(0);
            if dice.one_in(2) {
                rule.positions = dice.numbers(2, 1, 4, true);
            }
        }
        _ => {
            rule.weekdays = dice.weekdays(0);
            rule.month_days = dice.numbers(8, 1, 28, false);
        }
    }
}

/// Leaves some occasions out, adds, moves and cancels some. Not where a day has several: the judge
/// then takes all of a day's away with one of them.
fn changed(dice: &Dice, mut pattern: Pattern) -> Pattern {
    let times = |rule: &Rule| rule.hours.len().max(1) * rule.minutes.len().max(1);
    if pattern.rules.iter().any(|rule| times(rule) > 1) {
        return pattern.canonical();
    }
    let starts: Vec<_> = pattern
        .occasions(date(2026, 1, 5), date(2027, 12, 20), 5_000)
        .unwrap_or_default()
        .into_iter()
        .map(|one| one.of)
        .collect();
    for of in starts.iter().skip(1) {
        match dice.below(40) {
            0 => pattern.except.push(*of),
            1 => pattern.changes.push(Change::cancelled(*of)),
            2 => {
                let hours = if pattern.all_day { 24 } else { 5 };
                let to = of.saturating_add(jiff::Span::new().hours(hours));
                if !starts.contains(&to) {
                    pattern.changes.push(Change::moved(*of, to));
                }
            }
            _ => {}
        }
    }
    pattern.canonical()
}
