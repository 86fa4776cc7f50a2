//! Opening hours as schema.org has them, for search engines and assistants. Only hours when one may
//! come in without having booked are told: schema.org has no word for the others.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::schedule::Plan;
use super::span::{Span, State, clock};

/// How many days ahead days that differ are told: a search engine comes back sooner.
pub(super) const AHEAD: i32 = 120;

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

fn opens(span: Span) -> String {
    let at = clock(span.from());
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// An end before the beginning lies on the day after; a whole day would seem empty and ends at
/// 23:59.
fn closes(span: Span) -> String {
    if span.is_whole_day() {
        return "23:59".to_owned();
    }
    let at = clock(span.to());
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// When one may come in.
pub(super) fn let_in(spans: &[Span]) -> Vec<Span> {
    let open = spans.iter().filter(|span| span.state().lets_in());
    open.map(|span| span.with(State::Open)).collect()
}

/// A week by its hours: each span with the weekdays that have it.
fn by_hours(week: &[Vec<Span>; 7], days: [bool; 7]) -> Vec<(Span, Vec<&'static str>)> {
    let mut found: Vec<(Span, Vec<&str>)> = Vec::new();
    for at in (0..7).filter(|at| days[*at]) {
        for span in &week[at] {
            match found.iter_mut().find(|(own, _)| own == span) {
                Some((_, names)) => names.push(DAYS[at]),
                None => found.push((*span, vec![DAYS[at]])),
            }
        }
    }
    found
}

/// What a date is like beside the ordinary week.
#[derive(PartialEq, Eq)]
enum Like {
    /// As in the ordinary week.
    Usual,
    /// As in the week of a period.
    Period(usize),
    /// Like neither.
    Special(Vec<Span>),
}

/// The ordinary week, and what differs from a day on, as lists of `OpeningHoursSpecification`. An entry
/// of the second list counts before those of the first.
#[must_use]
pub fn specification(plan: Plan<'_>, from: Date) -> (Vec<Value>, Vec<Value>) {
    let hours = plan.hours;
    let base = hours.weekly.days().map(|spans| let_in(spans));
    let usual = by_hours(&base, [true; 7])
        .into_iter()
        .map(|(span, days)| {
            json!({
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": days,
                "opens": opens(span),
                "closes": closes(span),
            })
        })
        .collect();
    let mut runs: Vec<(Date, Date, Like)> = Vec::new();
    for ahead in 0..AHEAD {
        let Ok(date) = from.checked_add(ahead.days()) else {
            break;
        };
        let like = like(plan, date, &base);
        match runs.last_mut() {
            Some((_, last, own)) if *own == like => *last = date,
            _ => runs.push((date, date, like)),
        }
    }
    let mut special = Vec::new();
    for (first, last, like) in runs {
        match like {
            Like::Usual => {}
            Like::Special(spans) => dated(&mut special, first, last, None, &spans),
            Like::Period(at) => {
                let week = hours.periods[at].weekly.days().map(|spans| let_in(spans));
                period(&mut special, first, last, &week);
            }
        }
    }
    (usual, special)
}

fn like(plan: Plan<'_>, date: Date, base: &[Vec<Span>; 7]) -> Like {
    let day = plan.day(date);
    let spans = let_in(&plan.hours.chosen(&day).spans);
    if let Some(period) = plan.hours.period(&day) {
        let at = plan.hours.periods.iter().position(|own| own == period);
        let own = let_in(period.weekly.days()[day.weekday]);
        let other = DAYS.iter().enumerate();
        let mut other = other.filter(|(at, _)| let_in(period.weekly.days()[*at]) != base[*at]);
        if let Some(at) = at.filter(|_| own == spans && other.next().is_some()) {
            return Like::Period(at);
        }
    }
    if spans == base[day.weekday] {
        Like::Usual
    } else {
        Like::Special(spans)
    }
}

fn dated(
    special: &mut Vec<Value>,
    first: Date,
    last: Date,
    days: Option<Vec<&'static str>>,
    spans: &[Span],
) {
    let mut add = |opens: String, closes: String| {
        let mut own = json!({
            "@type": "OpeningHoursSpecification",
            "validFrom": first.to_string(),
            "validThrough": last.to_string(),
            "opens": opens,
            "closes": closes,
        });
        if let Some(days) = &days {
            own["dayOfWeek"] = json!(days);
        }
        special.push(own);
    };
    if spans.is_empty() {
        add("00:00".to_owned(), "00:00".to_owned());
    }
    for span in spans {
        add(opens(*span), closes(*span));
    }
}

/// The week of a period, for the weekdays that there are from a date to another.
fn period(special: &mut Vec<Value>, first: Date, last: Date, week: &[Vec<Span>; 7]) {
    let mut there = [false; 7];
    let mut date = first;
    for _ in 0..7 {
        there[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())] = true;
        match date.tomorrow() {
            Ok(next) if next <= last => date = next,
            _ => break,
        }
    }
    for (span, days) in by_hours(week, there) {
        dated(special, first, last, Some(days), &[span]);
    }
    let closed = (0..7).filter(|at| there[*at] && week[*at].is_empty());
    let closed: Vec<&str> = closed.map(|at| DAYS[at]).collect();
    if !closed.is_empty() {
        dated(special, first, last, Some(closed), &[]);
    }
}
