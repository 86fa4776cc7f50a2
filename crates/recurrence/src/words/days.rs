//! Which days a rule means, in words.

use jiff::civil::{DateTime, Weekday};
use torg_ui::{Arg, T, month_name, weekday_name};

use super::{join, span};
use crate::pattern::Pattern;
use crate::rule::{Frequency, OnWeekday, Rule};

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// The days of a rule.
pub fn said(t: T, rule: &Rule, start: DateTime) -> String {
    plainly(t, rule, start).unwrap_or_else(|| t.get("recurrence-own").into_owned())
}

/// The hours of a rule with hours of its own.
pub fn clock(t: T, rule: &Rule, pattern: &Pattern) -> Option<String> {
    if rule.hours.is_empty() && rule.minutes.is_empty() {
        return None;
    }
    let or = |list: &[i8], own: i8| {
        if list.is_empty() {
            vec![own]
        } else {
            list.to_vec()
        }
    };
    let minutes = or(&rule.minutes, pattern.start.minute());
    let mut spans = Vec::new();
    for hour in or(&rule.hours, pattern.start.hour()) {
        for minute in &minutes {
            let at = pattern
                .start
                .with()
                .hour(hour)
                .minute(*minute)
                .build()
                .ok()?;
            spans.push(span(t, pattern, at)?);
        }
    }
    Some(join(t, &spans))
}

/// The words, or `None` for what nobody says.
fn plainly(t: T, rule: &Rule, start: DateTime) -> Option<String> {
    if !rule.year_days.is_empty() || !rule.weeks.is_empty() {
        return None;
    }
    let choice = choice(rule)?;
    let whole = rule.positions.is_empty();
    match rule.frequency {
        Frequency::Daily if whole && rule.month_days.is_empty() => daily(t, rule),
        Frequency::Weekly if whole => {
            let days = if rule.weekdays.is_empty() {
                vec![start.weekday()]
            } else {
                rule.weekdays.iter().map(|on| on.day).collect()
            };
            Some(in_months(t, weekly(t, &days, rule.interval), rule))
        }
        Frequency::Monthly => monthly(t, rule, start, choice),
        Frequency::Yearly => yearly(t, rule, start, choice),
        _ => None,
    }
}

/// Which of a month's days a rule means.
enum Choice {
    /// The days of the month, or the first start's.
    Days,
    /// The n-th weekdays.
    Nth(Vec<OnWeekday>),
    /// The n-th day from Monday to Friday.
    Workday(i8),
    /// All these weekdays.
    Each(Vec<Weekday>),
}

fn choice(rule: &Rule) -> Option<Choice> {
    if rule.weekdays.is_empty() {
        return rule.positions.is_empty().then_some(Choice::Days);
    }
    if !rule.month_days.is_empty() {
        return None;
    }
    let plain: Vec<Weekday> = rule
        .weekdays
        .iter()
        .filter(|on| on.nth == 0)
        .map(|on| on.day)
        .collect();
    match (
        plain.len() == rule.weekdays.len(),
        rule.positions.as_slice(),
    ) {
        (true, []) => Some(Choice::Each(plain)),
        (true, [position]) => {
            let nth = i8::try_from(*position).ok()?;
            match plain.as_slice() {
                [day] => Some(Choice::Nth(vec![OnWeekday::nth(nth, *day)])),
                days if days == &WEEK[..5] => Some(Choice::Workday(nth)),
                _ => None,
            }
        }
        (false, []) if plain.is_empty() => Some(Choice::Nth(rule.weekdays.clone())),
        _ => None,
    }
}

fn daily(t: T, rule: &Rule) -> Option<String> {
    if rule.weekdays.is_empty() {
        let said = match rule.interval {
            1 => t.get("recurrence-daily").into_owned(),
            2 => t.get("recurrence-daily-second").into_owned(),
            many => t.one("recurrence-daily-many", "nth", counted(t, many)),
        };
        return Some(in_months(t, said, rule));
    }
    let days: Vec<Weekday> = rule.weekdays.iter().map(|on| on.day).collect();
    (rule.interval == 1).then(|| in_months(t, weekly(t, &days, 1), rule))
}

fn weekly(t: T, days: &[Weekday], interval: u16) -> String {
    let mut days = days.to_vec();
    days.sort_unstable_by_key(|day| day.to_monday_zero_offset());
    days.dedup();
    if days.len() == 7 && interval == 1 {
        return t.get("recurrence-daily").into_owned();
    }
    let names: Vec<String> = days
        .iter()
        .map(|day| weekday_name(t, *day).into_owned())
        .collect();
    let (said, many) = match run(&days) {
        Some((first, last)) => (between(t, first, last), true),
        None => (join(t, &names), days.len() > 1),
    };
    match interval {
        1 if run(&days).is_none() => t.one("recurrence-weekly", "days", said),
        1 => t.one("recurrence-weekly-run", "days", said),
        2 if !many => t.one("recurrence-weekly-second", "day", said),
        2 => t.one("recurrence-weekly-second-days", "days", said),
        n => t.two("recurrence-weekly-many", "days", said, "nth", counted(t, n)),
    }
}

/// The ends of three or more weekdays in a row.
fn run(days: &[Weekday]) -> Option<(Weekday, Weekday)> {
    let (first, last) = (days.first()?, days.last()?);
    let long =
        usize::try_from(last.to_monday_zero_offset() - first.to_monday_zero_offset() + 1).ok()?;
    (days.len() >= 3 && long == days.len()).then_some((*first, *last))
}

fn between(t: T, first: Weekday, last: Weekday) -> String {
    format!("{}–{}", weekday_name(t, first), weekday_name(t, last))
}

fn monthly(t: T, rule: &Rule, start: DateTime, choice: Choice) -> Option<String> {
    let days = match choice {
        Choice::Each(days) => {
            return (rule.interval == 1).then(|| in_months(t, weekly(t, &days, 1), rule));
        }
        Choice::Days => {
            let days = month_days(t, rule, start)?;
            if rule.months.is_empty() && rule.interval == 1 {
                return Some(match rule.month_days.as_slice() {
                    [-1] => t.one("recurrence-of-month", "days", days),
                    _ => t.one("recurrence-monthly", "days", days),
                });
            }
            days
        }
        Choice::Nth(list) => nth_weekdays(t, &list)?,
        Choice::Workday(nth) => workday(t, nth)?,
    };
    if !rule.months.is_empty() {
        return (rule.interval == 1).then(|| in_months(t, days, rule));
    }
    Some(match rule.interval {
        1 => t.one("recurrence-of-month", "days", days),
        2 => t.one("recurrence-monthly-second", "days", days),
        many => t.two(
            "recurrence-monthly-many",
            "days",
            days,
            "nth",
            counted(t, many),
        ),
    })
}

fn yearly(t: T, rule: &Rule, start: DateTime, choice: Choice) -> Option<String> {
    let days = match choice {
        Choice::Each(days) => {
            return (rule.interval == 1).then(|| in_months(t, weekly(t, &days, 1), rule));
        }
        Choice::Days => {
            let months = if rule.months.is_empty() && rule.month_days.is_empty() {
                vec![start.month()]
            } else {
                rule.months.clone()
            };
            let [month] = months.as_slice() else {
                return None;
            };
            if rule.month_days.as_slice() == [-1] {
                in_months(t, t.get("recurrence-last-day").into_owned(), rule)
            } else {
                let days = positive(rule, start)?;
                let days: Vec<String> = days.iter().map(i8::to_string).collect();
                let month = month_name(t, *month).into_owned();
                t.two(
                    "recurrence-day-of-month",
                    "days",
                    join(t, &days),
                    "month",
                    month,
                )
            }
        }
        Choice::Nth(_) | Choice::Workday(_) if rule.months.is_empty() => return None,
        Choice::Nth(list) => in_months(t, nth_weekdays(t, &list)?, rule),
        Choice::Workday(nth) if rule.months.len() == 1 => in_months(t, workday(t, nth)?, rule),
        Choice::Workday(_) => return None,
    };
    // BYSETPOS over several months counts in the year.
    if !rule.positions.is_empty() && rule.months.len() > 1 {
        return None;
    }
    Some(match rule.interval {
        1 => t.one("recurrence-yearly", "days", days),
        2 => t.one("recurrence-yearly-second", "days", days),
        many => t.two(
            "recurrence-yearly-many",
            "days",
            days,
            "nth",
            counted(t, many),
        ),
    })
}

/// `den 1 och 15`, `sista dagen`.
fn month_days(t: T, rule: &Rule, start: DateTime) -> Option<String> {
    if rule.month_days.as_slice() == [-1] {
        return Some(t.get("recurrence-last-day").into_owned());
    }
    let days: Vec<String> = positive(rule, start)?
        .iter()
        .map(|day| t.one("recurrence-date", "day", i64::from(*day)))
        .collect();
    Some(t.one("recurrence-dates", "days", join(t, &days)))
}

/// The days of the month, or the first start's; `None` when some are counted from the end.
fn positive(rule: &Rule, start: DateTime) -> Option<Vec<i8>> {
    if rule.month_days.is_empty() {
        return Some(vec![start.day()]);
    }
    let counted = rule.month_days.iter().all(|day| *day > 0);
    counted.then(|| rule.month_days.clone())
}

/// `första och tredje tisdagen`, `första måndagen och tredje onsdagen`.
fn nth_weekdays(t: T, list: &[OnWeekday]) -> Option<String> {
    let mut list = list.to_vec();
    list.sort_by_key(|on| (on.nth < 0, on.nth, on.day.to_monday_zero_offset()));
    let first = list.first()?.day;
    let name = |nth: i8| nth_name(t, nth);
    if list.iter().all(|on| on.day == first) {
        let names: Option<Vec<String>> = list.iter().map(|on| name(on.nth)).collect();
        return Some(t.two(
            "recurrence-nth",
            "nth",
            join(t, &names?),
            "day",
            the_day(t, first),
        ));
    }
    let each: Option<Vec<String>> = list
        .iter()
        .map(|on| {
            Some(t.two(
                "recurrence-nth",
                "nth",
                name(on.nth)?,
                "day",
                the_day(t, on.day),
            ))
        })
        .collect();
    Some(join(t, &each?))
}

fn workday(t: T, nth: i8) -> Option<String> {
    let days = between(t, Weekday::Monday, Weekday::Friday);
    Some(t.two(
        "recurrence-nth-workday",
        "nth",
        nth_name(t, nth)?,
        "days",
        days,
    ))
}

fn nth_name(t: T, nth: i8) -> Option<String> {
    let key = match nth {
        1 => "recurrence-nth-1",
        2 => "recurrence-nth-2",
        3 => "recurrence-nth-3",
        4 => "recurrence-nth-4",
        5 => "recurrence-nth-5",
        -1 => "recurrence-nth-last",
        -2 => "recurrence-nth-last-but-one",
        _ => return None,
    };
    Some(t.get(key).into_owned())
}

/// The weekday as it stands after “första”.
fn the_day(t: T, day: Weekday) -> String {
    let key = match day {
        Weekday::Monday => "recurrence-the-mon",
        Weekday::Tuesday => "recurrence-the-tue",
        Weekday::Wednesday => "recurrence-the-wed",
        Weekday::Thursday => "recurrence-the-thu",
        Weekday::Friday => "recurrence-the-fri",
        Weekday::Saturday => "recurrence-the-sat",
        Weekday::Sunday => "recurrence-the-sun",
    };
    t.get(key).into_owned()
}

/// The same with the months that the rule names.
fn in_months(t: T, said: String, rule: &Rule) -> String {
    if rule.months.is_empty() {
        return said;
    }
    let months: Vec<String> = rule
        .months
        .iter()
        .map(|month| month_name(t, *month).into_owned())
        .collect();
    t.with(
        "recurrence-in-months",
        &[
            ("said", Arg::from(said)),
            ("months", join(t, &months).into()),
        ],
    )
}

/// `3:e`, `21:a` in Swedish; English says the number itself.
fn counted(t: T, many: u16) -> String {
    let second = matches!(many % 10, 1 | 2) && !matches!(many % 100, 11 | 12);
    if second {
        t.one("recurrence-counted-a", "count", i64::from(many))
    } else {
        t.one("recurrence-counted-e", "count", i64::from(many))
    }
}
