//! The whole plan in plain words.

use jiff::civil::Date;
use torg_kernel::{Timestamp, civil_date};
use torg_ui::{T, month_name};

use super::period::{During, Period};
use super::rule::{DayRule, Instead, On};
use super::schedule::{Exception, Plan};
use super::span::clock;
use super::week::{MonthDay, Turn, Weekly};
use super::words::{
    add_note, capital, day_hours, days_in_words, on_the_clock, turn_line, week_lines,
};

/// A part of a plan: the ordinary week, a period, what is said of named days, or exceptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanPart {
    /// What it is about.
    pub heading: String,
    /// Days and hours; days are empty where the hours say all.
    pub lines: Vec<(String, String)>,
    /// More about it; may be empty.
    pub note: String,
}

/// The whole plan from today on. What is past is left out.
#[must_use]
pub fn plan_words(t: T, plan: Plan<'_>, now: Timestamp) -> Vec<PlanPart> {
    let today = civil_date(now);
    let hours = plan.hours;
    let mut parts = vec![PlanPart {
        heading: t.get("hours-plan-usual").into_owned(),
        lines: lines(t, &hours.weekly, &hours.turns),
        note: hours.note.get(t.locale()).to_owned(),
    }];
    for period in &hours.periods {
        if let Some(when) = when(t, plan, period, today) {
            parts.push(period_part(t, period, when));
        }
    }
    let named: Vec<_> = hours
        .days
        .iter()
        .map(|rule| rule_line(t, plan, rule, today))
        .collect();
    part(&mut parts, t.get("hours-plan-days").into_owned(), named);
    let ahead = hours
        .exceptions
        .iter()
        .filter(|other| other.last() >= today);
    let ahead: Vec<_> = ahead.map(|other| exception_line(t, other, today)).collect();
    part(
        &mut parts,
        t.get("hours-plan-exceptions").into_owned(),
        ahead,
    );
    parts
}

fn part(parts: &mut Vec<PlanPart>, heading: String, lines: Vec<(String, String)>) {
    if !lines.is_empty() {
        let note = String::new();
        parts.push(PlanPart {
            heading,
            lines,
            note,
        });
    }
}

fn lines(t: T, weekly: &Weekly, turns: &[Turn]) -> Vec<(String, String)> {
    let mut lines = week_lines(t, weekly);
    lines.extend(turns.iter().map(|turn| turn_line(t, turn)));
    if lines.is_empty() {
        lines.push((String::new(), t.get("unit-closed").into_owned()));
    }
    lines
        .into_iter()
        .map(|(days, hours)| match days.as_str() {
            "" => (days, capital(&hours)),
            _ => (capital(&days), hours),
        })
        .collect()
}

fn period_part(t: T, period: &Period, when: String) -> PlanPart {
    let name = period.name.get(t.locale());
    let heading = if name.is_empty() {
        capital(&when)
    } else {
        t.two("hours-plan-period", "name", name, "when", when)
    };
    PlanPart {
        heading,
        lines: lines(t, &period.weekly, &period.turns),
        note: period.note.get(t.locale()).to_owned(),
    }
}

/// When a period is; `None` when it is past.
fn when(t: T, plan: Plan<'_>, period: &Period, today: Date) -> Option<String> {
    match &period.during {
        During::Dates(_, Some(to)) if *to < today => None,
        During::Dates(from, Some(to)) => Some(days_in_words(t, *from, *to, today)),
        During::Dates(from, None) => {
            let from = super::words::day_month(t, *from, today);
            Some(t.one("hours-plan-from", "date", from))
        }
        During::Yearly(from, to) => {
            let day = |own: &MonthDay| format!("{}\u{a0}{}", own.day, month_name(t, own.month));
            let (from, to) = (day(from), day(to));
            Some(t.two("hours-plan-yearly", "from", from, "to", to))
        }
        During::Break(key) => {
            let next = plan.almanac.next_break(key, today);
            let name = break_name(t, key, next.map(|entry| entry.data.name(t.locale())));
            let Some(entry) = next else {
                return Some(name);
            };
            let dates = days_in_words(t, entry.data.first, entry.data.last, today);
            Some(t.two("hours-plan-break", "name", name, "dates", dates))
        }
    }
}

/// The name of a break: the one it has by its key, or the city's own.
fn break_name(t: T, key: &str, own: Option<&str>) -> String {
    let own = own.filter(|own| !own.is_empty());
    if let Some(own) = own {
        return own.to_owned();
    }
    let known = torg_almanac::BREAKS.iter().find(|(known, _)| *known == key);
    known.map_or_else(|| key.to_owned(), |(_, fluent)| t.get(fluent).into_owned())
}

/// What days of the almanac are called together.
pub(crate) fn on_words(t: T, plan: Plan<'_>, on: &On) -> String {
    match on {
        On::Holidays => t.get("hours-on-holidays").into_owned(),
        On::Eves => t.get("hours-on-eves").into_owned(),
        On::BridgeDays => t.get("hours-on-bridge-days").into_owned(),
        On::Named(day) => t.get(day.fluent()).into_owned(),
        On::Own(key) => {
            let entries = plan.almanac.entries().iter().rev();
            let mut named = entries.filter(|entry| entry.data.key == *key);
            named.next().map_or_else(
                || key.clone(),
                |entry| entry.data.name(t.locale()).to_owned(),
            )
        }
    }
}

fn rule_line(t: T, plan: Plan<'_>, rule: &DayRule, today: Date) -> (String, String) {
    let mut days = on_words(t, plan, &rule.on);
    if let On::Own(key) = &rule.on {
        let entries = plan.almanac.entries().iter();
        let mut ahead = entries.filter(|it| it.data.key == *key && it.data.last >= today);
        if let Some(next) = ahead.next() {
            let dates = days_in_words(t, next.data.first, next.data.last, today);
            days = t.two("hours-plan-break", "name", days, "dates", dates);
        }
    }
    add_note(t, &mut days, &rule.note);
    let hours = match &rule.said {
        Instead::Spans(spans) => day_hours(t, spans).to_lowercase(),
        Instead::AsUsual => t.get("hours-as-usual").into_owned(),
        Instead::Until(end) => {
            let time = on_the_clock(t, clock(*end), true);
            t.one("hours-closes-by", "time", time)
        }
    };
    (capital(&days), hours)
}

fn exception_line(t: T, other: &Exception, today: Date) -> (String, String) {
    let mut days = days_in_words(t, other.date, other.last(), today);
    add_note(t, &mut days, &other.note);
    let hours = if other.as_usual {
        t.get("hours-as-usual").into_owned()
    } else {
        day_hours(t, &other.spans).to_lowercase()
    };
    (capital(&days), hours)
}
