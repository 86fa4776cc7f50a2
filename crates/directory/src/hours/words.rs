//! Opening hours in words.

use jiff::civil::{Date, Time};
use torg_kernel::{Timestamp, civil_date};
use torg_ui::{Arg, OpenStatus, T, UiLanguage, date_range, hours_span, month_name, weekday_name};

use super::schedule::{Hours, Span};
use super::status::{Status, next_midnight};

/// How many days ahead deviations are told.
const DEVIATION_DAYS: i64 = 60;

/// A sentence that is true for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The sentence.
    pub status: OpenStatus,
    /// When it becomes untrue: when the unit opens or closes, or when “tomorrow” becomes today.
    pub until: Timestamp,
}

/// `10`, `10.30`, `10:00`, with 24 for midnight as an end.
fn on_the_clock(t: T, at: Time, end: bool) -> String {
    let hour = match at.hour() {
        0 if end && at.minute() == 0 => 24,
        hour => hour,
    };
    match t.language() {
        UiLanguage::Swedish if at.minute() == 0 => hour.to_string(),
        UiLanguage::Swedish => format!("{hour}.{:02}", at.minute()),
        UiLanguage::English => format!("{hour}:{:02}", at.minute()),
    }
}

/// `7 januari`, with the year when it is not the one of `today`.
fn day_month(t: T, day: Date, today: Date) -> String {
    if day.year() == today.year() {
        format!("{}\u{a0}{}", day.day(), month_name(t, day.month()))
    } else {
        torg_ui::date(t, day)
    }
}

/// Open now or not, in words.
#[must_use]
pub fn open_status(t: T, hours: &Hours, now: Timestamp) -> Said {
    let midnight = next_midnight(now);
    let (open, text, change) = match hours.status(now) {
        Status::Open(None) => (true, t.get("hours-open-always").into_owned(), None),
        Status::Open(Some(at)) if at > now.plus_seconds(86_400) => {
            // Once less than a day is left, the hour of closing says enough.
            let text = t.get("hours-open").into_owned();
            (true, text, Some(at.plus_seconds(-86_400)))
        }
        Status::Open(Some(at)) => {
            let time = on_the_clock(t, at.zoned().time(), true);
            (true, t.one("hours-open-until", "time", time), Some(at))
        }
        Status::Closed(Some(at)) => (false, opens(t, at, now), Some(at)),
        Status::Closed(None) => (false, t.get("unit-closed").into_owned(), None),
    };
    Said {
        status: OpenStatus { text, open },
        until: change.map_or(midnight, |at| at.min(midnight)),
    }
}

fn opens(t: T, at: Timestamp, now: Timestamp) -> String {
    let (day, today) = (civil_date(at), civil_date(now));
    let time = on_the_clock(t, at.zoned().time(), false);
    match (day - today).get_days() {
        0 => t.one("hours-opens-today", "time", time),
        1 => t.one("hours-opens-tomorrow", "time", time),
        2..=6 => {
            let day = weekday_name(t, day.weekday()).into_owned();
            t.two("hours-opens-day", "day", day, "time", time)
        }
        _ => t.two(
            "hours-opens-day",
            "day",
            day_month(t, day, today),
            "time",
            time,
        ),
    }
}

fn span(t: T, span: Span) -> String {
    if span.is_whole_day() {
        return t.get("hours-round-the-clock").into_owned();
    }
    let (from, to) = span.clock();
    hours_span(t, from, to)
}

fn joined(t: T, parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => t.two(
            "hours-and",
            "first",
            first.join(", "),
            "last",
            last.as_str(),
        ),
    }
}

/// The hours of one day in a row: “9–12 och 13–16”, or the word for closed.
#[must_use]
pub fn day_hours(t: T, spans: &[Span]) -> String {
    if spans.is_empty() {
        return t.get("unit-closed").into_owned();
    }
    let parts: Vec<String> = spans.iter().map(|one| span(t, *one)).collect();
    joined(t, &parts)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The usual week in a few lines: “Måndag–torsdag 9–16”. Closed days are left out; a deviation
/// today comes last.
#[must_use]
pub fn short_lines(t: T, hours: &Hours, now: Timestamp) -> Vec<String> {
    let today = civil_date(now);
    let mut lines = Vec::new();
    let days = hours.weekly.days();
    let mut first = 0;
    while first < days.len() {
        let run = days[first..]
            .iter()
            .take_while(|spans| **spans == days[first])
            .count();
        if !days[first].is_empty() {
            lines.push(run_line(t, first, run, days[first]));
        }
        first += run;
    }
    if hours.on(today) != hours.weekly.on(today.weekday()).as_slice() {
        let said = day_hours(t, hours.on(today));
        lines.push(t.one("hours-today", "hours", said.to_lowercase()));
    }
    lines
}

fn run_line(t: T, first: usize, run: usize, spans: &[Span]) -> String {
    let name = |at: usize| t.get(crate::views::WEEK[at].1).into_owned();
    if run == 7 && spans.iter().all(|span| span.is_whole_day()) {
        return capital(&t.get("hours-round-the-clock"));
    }
    let days = match run {
        7 => t.get("hours-every-day").into_owned(),
        1 => name(first),
        _ => format!("{}–{}", name(first), name(first + run - 1)),
    };
    capital(&format!("{days} {}", day_hours(t, spans)))
}

/// One day of this week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The weekday's name with a capital.
    pub name: String,
    /// Its hours; empty means closed.
    pub spans: Vec<String>,
    /// Whether it is today.
    pub today: bool,
    /// Why it differs from the usual week.
    pub note: Option<String>,
}

/// The heading of this week, and its days from Monday to Sunday.
#[must_use]
pub fn week(t: T, hours: &Hours, now: Timestamp) -> (String, Vec<Day>) {
    let today = civil_date(now);
    let calendar = today.iso_week_date();
    let mut date = today;
    for _ in 0..today.weekday().to_monday_zero_offset() {
        date = date.yesterday().unwrap_or(date);
    }
    let monday = date;
    let mut days = Vec::with_capacity(7);
    let mut sunday = monday;
    for _ in 0..7 {
        let note = hours
            .exception(date)
            .map(|other| other.note.get(t.locale()).to_owned())
            .filter(|note| !note.is_empty());
        days.push(Day {
            name: capital(&weekday_name(t, date.weekday())),
            spans: hours.on(date).iter().map(|one| span(t, *one)).collect(),
            today: date == today,
            note,
        });
        sunday = date;
        date = date.tomorrow().unwrap_or(date);
    }
    let heading = t.with(
        "unit-week",
        &[
            ("week", Arg::Text(calendar.week().to_string())),
            ("dates", Arg::Text(date_range(t, monday, sunday))),
        ],
    );
    (heading, days)
}

/// Coming days with other hours than the usual, from today on: when, and which hours. Days in a
/// row with the same hours are one.
#[must_use]
pub fn deviations(t: T, hours: &Hours, now: Timestamp) -> Vec<(String, String)> {
    let today = civil_date(now);
    let mut runs: Vec<Run<'_>> = Vec::new();
    for other in &hours.exceptions {
        let ahead = i64::from((other.date - today).get_days());
        let usual = hours.weekly.on(other.date.weekday());
        if !(0..=DEVIATION_DAYS).contains(&ahead) || other.spans == *usual {
            continue;
        }
        let note = other.note.get(t.locale());
        match runs.last_mut() {
            Some(run)
                if run.last.tomorrow().ok() == Some(other.date) && run.spans == other.spans =>
            {
                run.last = other.date;
                if !note.is_empty() && !run.notes.contains(&note) {
                    run.notes.push(note);
                }
            }
            _ => runs.push(Run {
                first: other.date,
                last: other.date,
                spans: &other.spans,
                notes: Some(note).into_iter().filter(|it| !it.is_empty()).collect(),
            }),
        }
    }
    runs.iter()
        .map(|run| (run.when(t, today), day_hours(t, run.spans)))
        .collect()
}

struct Run<'a> {
    first: Date,
    last: Date,
    spans: &'a [Span],
    notes: Vec<&'a str>,
}

impl Run<'_> {
    fn when(&self, t: T, today: Date) -> String {
        let mut when = if self.first == self.last {
            let weekday = weekday_name(t, self.first.weekday());
            format!("{weekday} {}", day_month(t, self.first, today))
        } else if self.last.year() == today.year() && self.first.month() == self.last.month() {
            format!("{}–{}", self.first.day(), day_month(t, self.last, today))
        } else if self.last.year() == today.year() {
            let first = day_month(t, self.first, today);
            format!("{first}–{}", day_month(t, self.last, today))
        } else {
            date_range(t, self.first, self.last)
        };
        for note in &self.notes {
            when.push_str(", ");
            when.push_str(note);
        }
        when
    }
}
