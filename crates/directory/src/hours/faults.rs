//! Putting a plan in order, and what may be wrong with it.

use super::period::{During, Period};
use super::rule::Instead;
use super::schedule::Hours;
use super::span::{DAY, Span};
use super::week::{DAY_NAMES, Turn, Weekly};
use crate::model::Words;

/// Spans of a day at most.
const SPANS: usize = 12;
/// Weeks that take turns at most.
const TURNS: usize = 40;
/// Periods at most.
const PERIODS: usize = 60;
/// Exceptions at most.
const EXCEPTIONS: usize = 1_000;
/// Characters of a note at most.
const NOTE: usize = 300;
/// Days of an exception at most.
const LONGEST: i32 = 400;

type Faults = Vec<(String, &'static str)>;

impl Hours {
    pub(crate) fn tidy(&mut self) {
        tidy_week(&mut self.weekly, &mut self.turns);
        self.note.tidy();
        for period in &mut self.periods {
            tidy_week(&mut period.weekly, &mut period.turns);
            period.name.tidy();
            period.note.tidy();
        }
        for rule in &mut self.days {
            if let Instead::Spans(spans) = &mut rule.said {
                spans.sort_unstable();
            }
            rule.note.tidy();
        }
        self.days.sort_by(|one, other| one.on.cmp(&other.on));
        for other in &mut self.exceptions {
            other.spans.sort_unstable();
            other.to.take_if(|to| *to == other.date);
            other.note.tidy();
        }
        self.exceptions.sort_by_key(|other| other.date);
    }

    /// What is wrong with a tidy plan: the place in it and the key of the sentence.
    pub(crate) fn faults(&self) -> Faults {
        let mut faults = Vec::new();
        check_week(&mut faults, "", &self.weekly, &self.turns);
        check_note(&mut faults, "note", &self.note);
        check_periods(&mut faults, &self.periods);
        self.check_days(&mut faults);
        self.check_exceptions(&mut faults);
        faults
    }

    fn check_days(&self, faults: &mut Faults) {
        for (at, rule) in self.days.iter().enumerate() {
            if let Instead::Spans(spans) = &rule.said {
                check_spans(faults, format!("days[{at}].spans"), spans);
            }
            check_note(faults, &format!("days[{at}].note"), &rule.note);
            if at > 0 && self.days[at - 1].on == rule.on {
                faults.push((format!("days[{at}].on"), "unit-error-hours-day-twice"));
            }
        }
    }

    fn check_exceptions(&self, faults: &mut Faults) {
        if self.exceptions.len() > EXCEPTIONS {
            faults.push(("exceptions".to_owned(), "unit-error-too-many"));
        }
        let mut latest = None;
        for (at, other) in self.exceptions.iter().enumerate() {
            let field = |name: &str| format!("exceptions[{at}].{name}");
            check_spans(faults, field("spans"), &other.spans);
            check_note(faults, &field("note"), &other.note);
            if other.as_usual && !other.spans.is_empty() {
                faults.push((field("spans"), "unit-error-hours-usual-spans"));
            }
            if other.last() < other.date {
                faults.push((field("to"), "unit-error-hours-backwards"));
            } else if (other.last() - other.date).get_days() >= LONGEST {
                faults.push((field("to"), "unit-error-hours-long"));
            }
            if latest.is_some_and(|latest| other.date <= latest) {
                faults.push((field("date"), "unit-error-hours-twice"));
            }
            latest = latest.max(Some(other.last()));
        }
    }
}

fn tidy_week(weekly: &mut Weekly, turns: &mut [Turn]) {
    for spans in weekly.days_mut() {
        spans.sort_unstable();
    }
    for turn in turns.iter_mut() {
        turn.spans.sort_unstable();
        let place = |day: &String| DAY_NAMES.iter().position(|own| own == day);
        turn.days.sort_by_key(place);
        turn.days.dedup();
        turn.note.tidy();
    }
    turns.sort_by(|one, other| (one.when, &one.days).cmp(&(other.when, &other.days)));
}

fn check_spans(faults: &mut Faults, field: String, spans: &[Span]) {
    if spans.len() > SPANS {
        faults.push((field, "unit-error-too-many"));
    } else if spans.windows(2).any(|pair| pair[1].from() < pair[0].to()) {
        faults.push((field, "unit-error-hours-overlap"));
    }
}

fn check_note(faults: &mut Faults, field: &str, note: &Words) {
    for (locale, text) in &note.0 {
        if text.chars().count() > NOTE {
            faults.push((format!("{field}.{locale}"), "unit-error-hours-note"));
        }
    }
}

fn check_week(faults: &mut Faults, before: &str, weekly: &Weekly, turns: &[Turn]) {
    let days = weekly.days();
    for (at, name) in DAY_NAMES.iter().enumerate() {
        let field = format!("{before}weekly.{name}");
        let spans = days[at];
        // What is left of the day before when this one begins.
        let night = days[(at + 6) % 7].last().map_or(0, |span| span.to());
        let first = spans.first().map(|span| span.from());
        if first.is_some_and(|first| first + DAY < night) {
            faults.push((field, "unit-error-hours-night"));
        } else {
            check_spans(faults, field, spans);
        }
    }
    if turns.len() > TURNS {
        faults.push((format!("{before}turns"), "unit-error-too-many"));
    }
    for (at, turn) in turns.iter().enumerate() {
        let field = |name: &str| format!("{before}turns[{at}].{name}");
        let unknown = |day: &String| !DAY_NAMES.contains(&day.as_str());
        if turn.days.is_empty() || turn.days.iter().any(unknown) {
            faults.push((field("days"), "unit-error-hours-turn-days"));
        }
        check_spans(faults, field("spans"), &turn.spans);
        check_note(faults, &field("note"), &turn.note);
        let same = |other: &Turn| {
            other.when == turn.when && other.days.iter().any(|day| turn.days.contains(day))
        };
        if turns[..at].iter().any(same) {
            faults.push((field("when"), "unit-error-hours-turn-twice"));
        }
    }
}

fn check_periods(faults: &mut Faults, periods: &[Period]) {
    if periods.len() > PERIODS {
        faults.push(("periods".to_owned(), "unit-error-too-many"));
    }
    for (at, period) in periods.iter().enumerate() {
        let before = format!("periods[{at}].");
        check_week(faults, &before, &period.weekly, &period.turns);
        check_note(faults, &format!("{before}name"), &period.name);
        check_note(faults, &format!("{before}note"), &period.note);
        match &period.during {
            During::Dates(from, Some(to)) if to < from => {
                faults.push((format!("{before}to"), "unit-error-hours-backwards"));
            }
            During::Break(key) if !torg_almanac::is_key(key) => {
                faults.push((format!("{before}break"), "unit-error-hours-break"));
            }
            _ => {}
        }
        let over = |other: &Period| overlap(&other.during, &period.during);
        if periods[..at].iter().any(over) {
            faults.push((format!("{before}from"), "unit-error-hours-periods"));
        }
    }
}

/// Whether two periods that count alike lie over each other.
fn overlap(one: &During, other: &During) -> bool {
    match (one, other) {
        (During::Dates(a, b), During::Dates(c, d)) => {
            d.is_none_or(|d| *a <= d) && b.is_none_or(|b| *c <= b)
        }
        (During::Break(one), During::Break(other)) => one == other,
        (During::Yearly(a, b), During::Yearly(c, d)) => {
            let within = |day, from, to| {
                if from <= to {
                    from <= day && day <= to
                } else {
                    from <= day || day <= to
                }
            };
            within(a, c, d) || within(c, a, b)
        }
        _ => false,
    }
}
