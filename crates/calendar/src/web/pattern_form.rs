//! When, as a form asks it: a day, an hour, and how it comes back in plain words.

use jiff::civil::{Date, DateTime, Time};
use torg_kernel::Message;
use torg_recurrence::{End, Frequency, OnWeekday, Pattern, Rule};
use torg_ui::T;

use super::form::Errors;
use crate::copying::{DaysOff, without_days_off};
use crate::filter::plus;
use crate::views::EventFields;

/// The ways of coming back that the form offers; `kept` is shown only for what an import brought.
pub(super) const REPEATS: [&str; 7] = [
    "none",
    "daily",
    "weekly",
    "biweekly",
    "monthly_nth",
    "monthly_day",
    "dates",
];

/// Names of the boxes for weekdays, from Monday.
pub(crate) const WEEKDAYS: [&str; 7] = [
    "day_mon", "day_tue", "day_wed", "day_thu", "day_fri", "day_sat", "day_sun",
];

/// The most lines of dates that are read.
const LINES: usize = 400;

/// Reads `18`, `18.00`, `18:00` and `1800`.
pub(super) fn read_time(text: &str) -> Option<Time> {
    let text = text
        .trim()
        .trim_start_matches("kl")
        .trim_start_matches('.')
        .trim();
    let (hour, minute) = match text.split_once(['.', ':']) {
        Some((hour, minute)) => (hour, minute),
        None if text.len() == 4 && text.is_ascii() => text.split_at(2),
        None => (text, "0"),
    };
    let digits = |part: &str| {
        let good = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        good.then(|| part.parse::<i8>().ok()).flatten()
    };
    Time::new(digits(hour)?, digits(minute)?, 0, 0).ok()
}

/// A line with a day, and an hour where another than the usual is meant.
fn read_line(line: &str, usual: Time) -> Option<DateTime> {
    let (day, time) = match line.split_once([' ', 'T']) {
        Some((day, time)) => (day, read_time(time)?),
        None => (line, usual),
    };
    Some(day.parse::<Date>().ok()?.to_datetime(time))
}

fn lines(
    errors: &mut Errors,
    fields: &EventFields,
    name: &'static str,
    usual: Time,
) -> Vec<DateTime> {
    let text = fields.get(name);
    let mut found = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match read_line(line, usual) {
            Some(at) if found.len() < LINES => found.push(at),
            _ => {
                let shown: String = line.chars().take(30).collect();
                let message = Message::new("event-error-line").with("line", shown);
                errors.push(name, message);
                return found;
            }
        }
    }
    found
}

/// The first day and hour; all that follows needs them.
fn start(errors: &mut Errors, fields: &EventFields, all_day: bool) -> Option<DateTime> {
    let day = errors.day("start_date", fields.get("start_date"));
    if day.is_none() && fields.get("start_date").trim().is_empty() {
        errors.add("start_date", "event-error-start-date");
    }
    let time = if all_day {
        Some(Time::midnight())
    } else {
        let time = read_time(fields.get("start_time"));
        if time.is_none() {
            errors.add("start_time", "event-error-start-time");
        }
        time
    };
    Some(day?.to_datetime(time?))
}

/// How many minutes it lasts.
fn minutes(errors: &mut Errors, fields: &EventFields, start: DateTime, all_day: bool) -> u32 {
    let last = errors.day("end_date", fields.get("end_date"));
    let last_day = last.unwrap_or(start.date());
    if last_day < start.date() {
        errors.add("end_date", "event-error-end-date");
        return 0;
    }
    if all_day {
        return Pattern::days(start.date(), last_day).minutes;
    }
    let text = fields.get("end_time").trim().to_owned();
    if text.is_empty() {
        if last.is_some_and(|last| last > start.date()) {
            errors.add("end_time", "event-error-end-time-needed");
        }
        return 0;
    }
    let end = match text.as_str() {
        "24" | "24.00" | "24:00" => Some(plus(last_day, 1).to_datetime(Time::midnight())),
        text => read_time(text).map(|time| last_day.to_datetime(time)),
    };
    let Some(end) = end else {
        errors.add("end_time", "event-error-time");
        return 0;
    };
    if end <= start {
        errors.add("end_time", "event-error-end-before");
        return 0;
    }
    // Civil time has no summer: an hour on the wall is an hour.
    let span = end.duration_since(start).as_mins();
    u32::try_from(span).unwrap_or(u32::MAX)
}

fn rule(errors: &mut Errors, fields: &EventFields, start: DateTime, repeat: &str) -> Option<Rule> {
    let rule = match repeat {
        "daily" => Rule::every(Frequency::Daily),
        "weekly" | "biweekly" => {
            let chosen = WEEKDAYS
                .iter()
                .enumerate()
                .filter(|(_, name)| fields.on(name));
            let mut days: Vec<_> = chosen
                .filter_map(|(at, _)| {
                    jiff::civil::Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
                })
                .collect();
            if days.is_empty() {
                days.push(start.date().weekday());
            }
            Rule::weekly(days).interval(if repeat == "biweekly" { 2 } else { 1 })
        }
        "monthly_nth" => {
            let nth = (start.date().day() - 1) / 7 + 1;
            // The fifth is not in every month; whoever means it means the last.
            let nth = if nth == 5 { -1 } else { nth };
            Rule::monthly(nth, start.date().weekday())
        }
        "monthly_day" => Rule {
            month_days: vec![start.date().day()],
            ..Rule::every(Frequency::Monthly)
        },
        _ => return None,
    };
    let until = errors.day("until", fields.get("until"));
    match until {
        None => {
            if fields.get("until").trim().is_empty() {
                errors.add("until", "event-error-until");
            }
            None
        }
        Some(until) if until < start.date() => {
            errors.add("until", "event-error-until-before");
            None
        }
        Some(until) => Some(rule.end(End::Until(until.at(23, 59, 0, 0)))),
    }
}

/// What the form says about when, on top of what was known before: moved and cancelled occasions stay.
pub(super) fn read(
    errors: &mut Errors,
    fields: &EventFields,
    before: Option<&Pattern>,
    off: &DaysOff,
) -> Option<Pattern> {
    let all_day = fields.on("all_day");
    let start = start(errors, fields, all_day)?;
    let minutes = minutes(errors, fields, start, all_day);
    let repeat = fields.get("repeat");
    let kept = before.filter(|_| repeat == "kept");
    let mut pattern = Pattern {
        all_day,
        minutes,
        ..Pattern::once(start, 0)
    };
    if let Some(before) = kept {
        pattern.rules.clone_from(&before.rules);
        pattern.dates.clone_from(&before.dates);
        pattern.except.clone_from(&before.except);
        pattern.zone.clone_from(&before.zone);
    } else {
        let own = rule(errors, fields, start, repeat);
        pattern.rules.extend(own);
        if repeat != "none" && !repeat.is_empty() {
            pattern.dates = lines(errors, fields, "dates", start.time());
            if repeat == "dates" && pattern.dates.is_empty() && !errors.has("dates") {
                errors.add("dates", "event-error-dates");
            }
        }
    }
    if let Some(before) = before {
        pattern.changes.clone_from(&before.changes);
    }
    if !errors.is_empty() {
        return None;
    }
    if pattern.check().is_err() {
        // The check of the whole event says what is wrong, field by field.
        return Some(pattern);
    }
    if kept.is_none() {
        pattern = pattern.aligned();
        let except = lines(errors, fields, "except", pattern.start.time());
        leave_out(&mut pattern, &except);
    }
    if fields.on("skip_breaks") || fields.on("skip_holidays") {
        let off = DaysOff {
            breaks: if fields.on("skip_breaks") {
                off.breaks.clone()
            } else {
                Vec::new()
            },
            holidays: if fields.on("skip_holidays") {
                off.holidays.clone()
            } else {
                Vec::new()
            },
        };
        pattern = without_days_off(pattern, &off);
    }
    Some(pattern.canonical())
}

/// Leaves out every occasion of these days.
fn leave_out(pattern: &mut Pattern, days: &[DateTime]) {
    let first = pattern.start.date();
    let found = pattern.occasions(first, plus(first, 800), 2_000);
    let of_days = found
        .unwrap_or_default()
        .into_iter()
        .map(|own| own.of)
        .filter(|of| days.iter().any(|day| day.date() == of.date()));
    let out: Vec<DateTime> = of_days.collect();
    pattern.except.extend(out);
}

/// What a pattern is in the form.
pub(super) fn write(fields: &mut EventFields, pattern: &Pattern) {
    let mut set = |name: &'static str, value: String| fields.set(name, value);
    let start = pattern.start;
    set("start_date", start.date().to_string());
    if pattern.all_day {
        set("all_day", "1".to_owned());
        let days = i32::try_from(pattern.minutes / 1_440).unwrap_or(1);
        if days > 1 {
            set("end_date", plus(start.date(), days - 1).to_string());
        }
    } else {
        set("start_time", clock(start));
        if pattern.minutes > 0 {
            let length = jiff::Span::new().minutes(i64::from(pattern.minutes));
            if let Ok(end) = start.checked_add(length) {
                set("end_time", clock(end));
                if end.date() > start.date() {
                    set("end_date", end.date().to_string());
                }
            }
        }
    }
    let repeat = repeat_of(pattern);
    set("repeat", repeat.to_owned());
    if let [rule] = &pattern.rules[..] {
        if let End::Until(until) = rule.end {
            set("until", until.date().to_string());
        }
        if matches!(repeat, "weekly" | "biweekly") {
            for on in &rule.weekdays {
                let at = usize::try_from(on.day.to_monday_zero_offset()).unwrap_or(0);
                if let Some(name) = WEEKDAYS.get(at) {
                    set(name, "1".to_owned());
                }
            }
        }
    }
    if repeat != "kept" {
        let line = |at: &DateTime| {
            if at.time() == start.time() {
                at.date().to_string()
            } else {
                format!("{} {}", at.date(), clock(*at))
            }
        };
        let text = |list: &[DateTime]| list.iter().map(line).collect::<Vec<_>>().join("\n");
        set("dates", text(&pattern.dates));
        set("except", text(&pattern.except));
    }
}

fn clock(at: DateTime) -> String {
    format!("{:02}.{:02}", at.hour(), at.minute())
}

/// Which of the form's ways of coming back a pattern is.
pub(super) fn repeat_of(pattern: &Pattern) -> &'static str {
    let rule = match &pattern.rules[..] {
        [] if pattern.dates.is_empty() => return "none",
        [] => return "dates",
        [rule] => rule,
        _ => return "kept",
    };
    let plain = rule.year_days.is_empty()
        && rule.weeks.is_empty()
        && rule.months.is_empty()
        && rule.hours.is_empty()
        && rule.minutes.is_empty()
        && rule.positions.is_empty()
        && matches!(rule.end, End::Until(_));
    let each = rule.weekdays.iter().all(|on| on.nth == 0);
    let day = pattern.start.date();
    match rule.frequency {
        _ if !plain => "kept",
        Frequency::Daily if rule.interval == 1 && rule.weekdays.is_empty() => "daily",
        Frequency::Weekly if rule.month_days.is_empty() && each && rule.interval == 1 => "weekly",
        Frequency::Weekly if rule.month_days.is_empty() && each && rule.interval == 2 => "biweekly",
        Frequency::Monthly if rule.interval == 1 && rule.month_days == [day.day()] => "monthly_day",
        Frequency::Monthly if rule.interval == 1 && rule.month_days.is_empty() => {
            let nth = (day.day() - 1) / 7 + 1;
            let own = OnWeekday::nth(nth, day.weekday());
            let last = OnWeekday::nth(-1, day.weekday());
            let is_own = rule.weekdays == [own] && nth < 5;
            let is_last = rule.weekdays == [last] && nth == 5;
            if is_own || is_last {
                "monthly_nth"
            } else {
                "kept"
            }
        }
        _ => "kept",
    }
}

/// The ways of coming back with their words, made for the day that is written.
pub(super) fn choices(t: T, start: Option<Date>, kept: Option<&Pattern>) -> Vec<(String, String)> {
    let mut choices: Vec<(String, String)> = REPEATS
        .iter()
        .map(|name| {
            let words = match (*name, start) {
                ("monthly_day", Some(day)) => {
                    t.one("event-repeat-monthly-on-day", "day", i64::from(day.day()))
                }
                ("monthly_nth", Some(day)) => {
                    let nth = (day.day() - 1) / 7 + 1;
                    let nth = if nth == 5 { -1 } else { nth };
                    let day = torg_ui::weekday_name(t, day.weekday());
                    let key = match nth {
                        1 => "event-repeat-nth-1",
                        2 => "event-repeat-nth-2",
                        3 => "event-repeat-nth-3",
                        4 => "event-repeat-nth-4",
                        _ => "event-repeat-nth-last",
                    };
                    t.one(key, "weekday", day.as_ref())
                }
                (name, _) => t
                    .get(&format!("event-repeat-{}", name.replace('_', "-")))
                    .into_owned(),
            };
            ((*name).to_owned(), words)
        })
        .collect();
    if let Some(pattern) = kept {
        choices.push((
            "kept".to_owned(),
            t.one("event-repeat-kept", "words", pattern.words(t)),
        ));
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (text, hour, minute) in [
            ("18", 18, 0),
            ("18.30", 18, 30),
            ("18:30", 18, 30),
            ("kl. 8.05", 8, 5),
            ("0830", 8, 30),
        ] {
            assert_eq!(read_time(text), Some(time(hour, minute, 0, 0)), "{text}");
        }
        for wrong in ["", "25", "18.60", "abc", "-1", "18.3.0", "١٨", "18.300"] {
            assert_eq!(read_time(wrong), None, "{wrong}");
        }
    }

    fn written(pairs: &[(&'static str, &str)]) -> EventFields {
        let mut fields = EventFields::default();
        for (name, value) in pairs {
            fields.set(name, (*value).to_owned());
        }
        fields
    }

    fn errors_of(pairs: &[(&'static str, &str)]) -> Vec<(String, &'static str)> {
        let mut errors = Errors::default();
        let fields = written(pairs);
        let pattern = read(&mut errors, &fields, None, &DaysOff::default());
        assert!(pattern.is_none() || !errors.is_empty(), "{pattern:?}");
        errors
            .0
            .into_iter()
            .map(|error| (error.field, error.message.key))
            .collect()
    }

    #[test]
    fn what_cannot_be_is_told_at_its_field() {
        let at = |field: &str, key| vec![(field.to_owned(), key)];
        let base = [("start_date", "2026-12-03"), ("start_time", "18")];
        let with = |more: &[(&'static str, &'static str)]| [&base[..], more].concat();
        assert_eq!(
            errors_of(&with(&[("end_time", "17")])),
            at("end_time", "event-error-end-before")
        );
        assert_eq!(
            errors_of(&with(&[("end_date", "2026-12-02")])),
            at("end_date", "event-error-end-date")
        );
        assert_eq!(
            errors_of(&with(&[("repeat", "weekly")])),
            at("until", "event-error-until")
        );
        assert_eq!(
            errors_of(&with(&[("repeat", "weekly"), ("until", "2026-11-01")])),
            at("until", "event-error-until-before")
        );
        assert_eq!(
            errors_of(&with(&[("repeat", "dates"), ("dates", "i morgon")])),
            at("dates", "event-error-line")
        );
        assert_eq!(
            errors_of(&[("start_date", "2026-02-30"), ("start_time", "18")]),
            at("start_date", "event-error-date")
        );
        assert_eq!(
            errors_of(&[("start_date", "2026-12-03")]),
            at("start_time", "event-error-start-time")
        );
    }

    #[test]
    fn a_pattern_goes_through_the_form_and_back() {
        let weekly = Pattern::once(date(2026, 12, 3).at(18, 0, 0, 0), 90).with_rule(
            Rule::weekly([jiff::civil::Weekday::Thursday])
                .interval(2)
                .end(End::Until(date(2027, 3, 1).at(23, 59, 0, 0))),
        );
        let single = Pattern {
            dates: vec![date(2026, 12, 9).at(15, 0, 0, 0)],
            ..Pattern::once(date(2026, 12, 3).at(18, 0, 0, 0), 0)
        };
        let whole_days = Pattern::days(date(2026, 12, 3), date(2026, 12, 13));
        let last = Pattern::once(date(2026, 12, 30).at(9, 0, 0, 0), 60).with_rule(
            Rule::monthly(-1, jiff::civil::Weekday::Wednesday)
                .end(End::Until(date(2027, 12, 1).at(23, 59, 0, 0))),
        );
        for pattern in [weekly, single, whole_days, last] {
            let pattern = pattern.canonical();
            let mut fields = EventFields::default();
            write(&mut fields, &pattern);
            let mut errors = Errors::default();
            let again = read(&mut errors, &fields, Some(&pattern), &DaysOff::default());
            assert_eq!(errors.0, Vec::new());
            assert_eq!(again, Some(pattern));
        }
    }
}
