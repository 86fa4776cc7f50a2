//! Opening hours in words.

use jiff::ToSpan as _;
use jiff::civil::{Date, Time};
use torg_almanac::{Kind, Named};
use torg_kernel::{Timestamp, civil_date};
use torg_ui::{Arg, OpenStatus, T, UiLanguage, date_range, hours_span, month_name, weekday_name};

use super::rule::Instead;
use super::schedule::{By, Chosen, Plan};
use super::span::{Span, State};
use super::status::next_midnight;
use super::week::{Turn, Weekly, When};
use crate::model::Words;

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
pub(super) fn on_the_clock(t: T, at: Time, end: bool) -> String {
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
pub(super) fn day_month(t: T, day: Date, today: Date) -> String {
    if day.year() == today.year() {
        format!("{}\u{a0}{}", day.day(), month_name(t, day.month()))
    } else {
        torg_ui::date(t, day)
    }
}

/// Open now or not, in words.
#[must_use]
pub fn open_status(t: T, plan: Plan<'_>, now: Timestamp) -> Said {
    let midnight = next_midnight(now);
    let status = plan.status(now);
    let (text, change) = match (status.state, status.until) {
        (Some(state), None) => (always(t, state), None),
        (Some(state), Some(at)) if at > now.plus_seconds(86_400) => {
            // Once less than a day is left, the hour of closing says enough.
            (now_is(t, state), Some(at.plus_seconds(-86_400)))
        }
        (Some(state), Some(at)) => {
            let time = on_the_clock(t, at.zoned().time(), true);
            let said = until(t, state, time);
            let said = match status.then {
                Some(then) => followed(t, said, then),
                None => said,
            };
            (said, Some(at))
        }
        (None, Some(at)) => {
            let then = status.then.unwrap_or_default();
            (opens(t, then, at, now), Some(at))
        }
        (None, None) => (t.get("unit-closed").into_owned(), None),
    };
    let open = status.state.is_some_and(State::lets_in);
    Said {
        status: OpenStatus { text, open },
        until: change.map_or(midnight, |at| at.min(midnight)),
    }
}

fn always(t: T, state: State) -> String {
    match state {
        State::Open => t.get("hours-open-always"),
        State::SelfService => t.get("hours-self-service-always"),
        State::Appointment => t.get("hours-appointment-now"),
        State::Phone => t.get("hours-phone-always"),
    }
    .into_owned()
}

fn now_is(t: T, state: State) -> String {
    match state {
        State::Open => t.get("hours-open"),
        State::SelfService => t.get("hours-self-service-now"),
        State::Appointment => t.get("hours-appointment-now"),
        State::Phone => t.get("hours-phone-now"),
    }
    .into_owned()
}

fn until(t: T, state: State, time: String) -> String {
    match state {
        State::Open => t.one("hours-open-until", "time", time),
        State::SelfService => t.one("hours-self-service-until", "time", time),
        State::Appointment => t.one("hours-appointment-until", "time", time),
        State::Phone => t.one("hours-phone-until", "time", time),
    }
}

fn followed(t: T, said: String, then: State) -> String {
    match then {
        State::Open => t.one("hours-then-open", "said", said),
        State::SelfService => t.one("hours-then-self-service", "said", said),
        State::Appointment => t.one("hours-then-appointment", "said", said),
        State::Phone => t.one("hours-then-phone", "said", said),
    }
}

fn opens(t: T, state: State, at: Timestamp, now: Timestamp) -> String {
    let (day, today) = (civil_date(at), civil_date(now));
    let time = on_the_clock(t, at.zoned().time(), false);
    let keys = match state {
        State::Open => [
            "hours-opens-today",
            "hours-opens-tomorrow",
            "hours-opens-day",
        ],
        State::SelfService => [
            "hours-self-service-today",
            "hours-self-service-tomorrow",
            "hours-self-service-day",
        ],
        State::Appointment => [
            "hours-appointment-today",
            "hours-appointment-tomorrow",
            "hours-appointment-day",
        ],
        State::Phone => [
            "hours-phone-today",
            "hours-phone-tomorrow",
            "hours-phone-day",
        ],
    };
    let name = match (day - today).get_days() {
        0 => return t.one(keys[0], "time", time),
        1 => return t.one(keys[1], "time", time),
        2..=6 => weekday_name(t, day.weekday()).into_owned(),
        _ => day_month(t, day, today),
    };
    t.two(keys[2], "day", name, "time", time)
}

pub(super) fn span(t: T, span: Span) -> String {
    let hours = if span.is_whole_day() {
        t.get("hours-round-the-clock").into_owned()
    } else {
        let (from, to) = span.clock();
        hours_span(t, from, to)
    };
    match span.state() {
        State::Open => hours,
        State::SelfService => t.one("hours-span-self-service", "hours", hours),
        State::Appointment => t.one("hours-span-appointment", "hours", hours),
        State::Phone => t.one("hours-span-phone", "hours", hours),
    }
}

pub(super) fn joined(t: T, parts: &[String]) -> String {
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

pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The usual week in a few lines: “Måndag–torsdag 9–16”, of the period that it is now. Closed days are
/// left out; a deviation today comes last.
#[must_use]
pub fn short_lines(t: T, plan: Plan<'_>, now: Timestamp) -> Vec<String> {
    let today = plan.day(civil_date(now));
    let period = plan.hours.period(&today);
    let (weekly, turns) = period.map_or((&plan.hours.weekly, &plan.hours.turns), |period| {
        (&period.weekly, &period.turns)
    });
    let line = |(days, hours): (String, String)| capital(format!("{days} {hours}").trim());
    let mut lines: Vec<String> = week_lines(t, weekly).into_iter().map(line).collect();
    lines.extend(turns.iter().map(|turn| line(turn_line(t, turn))));
    if let Some(period) = period.filter(|_| lines.is_empty()) {
        // A school in the holidays: closed, and why.
        let mut closed = t.get("unit-closed").into_owned();
        add_note(t, &mut closed, &period.name);
        lines.push(closed);
    }
    let (chosen, usual) = (plan.hours.chosen(&today), plan.hours.usual(&today));
    if chosen.spans != usual.spans {
        let said = day_hours(t, &chosen.spans);
        lines.push(t.one("hours-today", "hours", said.to_lowercase()));
    }
    lines
}

/// A week as days and hours, days in a row with the same hours in one line; closed days are left
/// out.
pub(super) fn week_lines(t: T, weekly: &Weekly) -> Vec<(String, String)> {
    let days = weekly.days();
    let mut lines = Vec::new();
    let mut first = 0;
    while first < days.len() {
        let run = days[first..]
            .iter()
            .take_while(|spans| **spans == days[first])
            .count();
        if !days[first].is_empty() {
            let hours = day_hours(t, days[first]);
            let name = |at: usize| t.get(crate::views::WEEK[at].1).into_owned();
            lines.push(match run {
                // “Dygnet runt” says every day by itself.
                7 if days[first].iter().all(|span| span.is_whole_day()) => (String::new(), hours),
                7 => (t.get("hours-every-day").into_owned(), hours),
                1 => (name(first), hours),
                _ => (format!("{}–{}", name(first), name(first + run - 1)), hours),
            });
        }
        first += run;
    }
    lines
}

/// A turn as days and hours: “Första tisdagen i månaden”, “17–19”.
pub(super) fn turn_line(t: T, turn: &Turn) -> (String, String) {
    let name = |day: &String| {
        let at = super::DAY_NAMES.iter().position(|own| own == day)?;
        Some(t.get(crate::views::WEEK[at].1).into_owned())
    };
    let names = turn.days.iter().filter_map(name);
    let days: Vec<String> = match turn.when {
        When::OddWeeks | When::EvenWeeks => names.collect(),
        // “Första tisdagen i månaden”: Swedish says which.
        _ => names
            .map(|day| t.one("hours-when-the-day", "day", day))
            .collect(),
    };
    let days = joined(t, &days);
    let mut when = match turn.when {
        When::First => t.one("hours-when-first", "day", days),
        When::Second => t.one("hours-when-second", "day", days),
        When::Third => t.one("hours-when-third", "day", days),
        When::Fourth => t.one("hours-when-fourth", "day", days),
        When::Fifth => t.one("hours-when-fifth", "day", days),
        When::Last => t.one("hours-when-last", "day", days),
        When::OddWeeks => t.one("hours-when-odd", "day", days),
        When::EvenWeeks => t.one("hours-when-even", "day", days),
    };
    add_note(t, &mut when, &turn.note);
    (when, day_hours(t, &turn.spans).to_lowercase())
}

pub(super) fn add_note(t: T, text: &mut String, note: &Words) {
    let note = note.get(t.locale());
    if !note.is_empty() {
        text.push_str(", ");
        text.push_str(note);
    }
}

/// The name of a named day.
#[must_use]
pub fn day_name(t: T, name: &Named<'_>) -> String {
    match name.fluent() {
        Some(key) => t.get(key).into_owned(),
        None => name.own_name(t.locale()).unwrap_or_default().to_owned(),
    }
}

/// Why a day is as it is: what was written about it, or else what the day is called.
fn reason(t: T, plan: Plan<'_>, date: Date, chosen: &Chosen<'_>, differs: bool) -> Option<String> {
    let own = match chosen.by {
        By::Exception(other) => other.note.get(t.locale()),
        By::Rule(rule) => rule.note.get(t.locale()),
        By::Turn(turn) => turn.note.get(t.locale()),
        By::Week => "",
    };
    let by_rule = matches!(chosen.by, By::Rule(rule) if rule.said != Instead::AsUsual);
    let names = plan.almanac.named(date).into_iter();
    let names = names.filter(|name| differs || by_rule || name.kind() == Kind::Holiday);
    let name = names
        .map(|name| day_name(t, &name))
        .next()
        .filter(|_| own.is_empty() || by_rule);
    let parts: Vec<String> = name
        .into_iter()
        .chain(Some(own.to_owned()).filter(|own| !own.is_empty()))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
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
pub fn week(t: T, plan: Plan<'_>, now: Timestamp) -> (String, Vec<Day>) {
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
        let chosen = plan.on(date);
        let differs = chosen.spans != plan.usual(date).spans;
        days.push(Day {
            name: capital(&weekday_name(t, date.weekday())),
            spans: chosen.spans.iter().map(|one| span(t, *one)).collect(),
            today: date == today,
            note: reason(t, plan, date, &chosen, differs).map(|note| capital(&note)),
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
pub fn deviations(t: T, plan: Plan<'_>, now: Timestamp) -> Vec<(String, String)> {
    let today = civil_date(now);
    let mut runs: Vec<Run> = Vec::new();
    for ahead in 0..=DEVIATION_DAYS {
        let Ok(date) = today.checked_add(ahead.days()) else {
            break;
        };
        let chosen = plan.on(date);
        if chosen.spans == plan.usual(date).spans {
            continue;
        }
        let note = reason(t, plan, date, &chosen, true);
        match runs.last_mut() {
            Some(run) if run.last.tomorrow().ok() == Some(date) && *run.spans == *chosen.spans => {
                run.last = date;
                if let Some(note) = note.filter(|note| !run.notes.contains(note)) {
                    run.notes.push(note);
                }
            }
            _ => runs.push(Run {
                first: date,
                last: date,
                spans: chosen.spans.into_owned(),
                notes: note.into_iter().collect(),
            }),
        }
    }
    runs.iter()
        .map(|run| (run.when(t, today), day_hours(t, &run.spans)))
        .collect()
}

struct Run {
    first: Date,
    last: Date,
    spans: Vec<Span>,
    notes: Vec<String>,
}

impl Run {
    fn when(&self, t: T, today: Date) -> String {
        let mut when = days_in_words(t, self.first, self.last, today);
        for note in &self.notes {
            when.push_str(", ");
            when.push_str(note);
        }
        when
    }
}

/// `torsdag 24 december`, `24–26 december`, `30 december 2026–6 januari 2027`.
pub(super) fn days_in_words(t: T, first: Date, last: Date, today: Date) -> String {
    if first == last {
        let weekday = weekday_name(t, first.weekday());
        format!("{weekday} {}", day_month(t, first, today))
    } else if last.year() == today.year()
        && (first.year(), first.month()) == (last.year(), last.month())
    {
        format!("{}–{}", first.day(), day_month(t, last, today))
    } else if last.year() == today.year() && first.year() == last.year() {
        let first = day_month(t, first, today);
        format!("{first}–{}", day_month(t, last, today))
    } else {
        date_range(t, first, last)
    }
}
