//! A plan as it is written in the fields.

use torg_kernel::Locale;
use torg_ui::{T, hours_span};

use super::{ExceptionRow, HoursForm, Note, PeriodRow, RuleRow, TurnRow, Week};
use crate::hours::{DayRule, During, Exception, Hours, Instead, Period, Span, State, Turn, Weekly};
use crate::model::Words;

/// A span as it is written in a field.
fn written(t: T, span: Span) -> String {
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

fn written_all(t: T, spans: &[Span]) -> String {
    let spans: Vec<String> = spans.iter().map(|span| written(t, *span)).collect();
    spans.join(", ")
}

fn written_or_closed(t: T, spans: &[Span]) -> String {
    if spans.is_empty() {
        return t.get("hours-cell-closed").into_owned();
    }
    written_all(t, spans)
}

fn note_of(words: &Words) -> Note {
    [Locale::SV, Locale::EN].map(|locale| words.own(locale).unwrap_or_default().to_owned())
}

fn week_of(t: T, weekly: &Weekly) -> Week {
    weekly.days().map(|spans| written_all(t, spans))
}

fn turn_row(t: T, (at, turn): (usize, &Turn)) -> TurnRow {
    TurnRow {
        when: turn.when.as_str().to_owned(),
        days: std::array::from_fn(|day| turn.is_about(day)),
        spans: written_or_closed(t, &turn.spans),
        note: note_of(&turn.note),
        from: Some(at),
    }
}

fn turn_rows(t: T, turns: &[Turn]) -> Vec<TurnRow> {
    turns
        .iter()
        .enumerate()
        .map(|own| turn_row(t, own))
        .collect()
}

fn rule_row(t: T, (at, rule): (usize, &DayRule)) -> RuleRow {
    RuleRow {
        on: rule.on.key().to_owned(),
        spans: match &rule.said {
            Instead::Spans(spans) => written_or_closed(t, spans),
            Instead::AsUsual => t.get("hours-cell-usual").into_owned(),
            Instead::Until(end) => {
                let time = format!("{}.{:02}", end / 60, end % 60);
                t.one("hours-cell-until", "time", time)
            }
        },
        note: note_of(&rule.note),
        from: Some(at),
    }
}

fn exception_row(t: T, (at, other): (usize, &Exception)) -> ExceptionRow {
    ExceptionRow {
        date: other.date.to_string(),
        to: other.to.map_or_else(String::new, |to| to.to_string()),
        spans: if other.as_usual {
            t.get("hours-cell-usual").into_owned()
        } else {
            written_or_closed(t, &other.spans)
        },
        note: note_of(&other.note),
        from: Some(at),
    }
}

fn period_row(t: T, (at, period): (usize, &Period)) -> PeriodRow {
    let (kind, first, last) = match &period.during {
        During::Dates(from, to) => {
            let to = to.map_or_else(String::new, |to| to.to_string());
            ("dates".to_owned(), from.to_string(), to)
        }
        During::Yearly(from, to) => ("yearly".to_owned(), from.to_string(), to.to_string()),
        During::Break(key) => (key.clone(), String::new(), String::new()),
    };
    PeriodRow {
        kind,
        first,
        last,
        name: note_of(&period.name),
        week: week_of(t, &period.weekly),
        turns: turn_rows(t, &period.turns),
        note: note_of(&period.note),
        from: Some(at),
    }
}

impl HoursForm {
    /// The plan as it is.
    pub(in crate::web::hours) fn of(t: T, hours: &Hours, version: i64) -> Self {
        let periods = hours.periods.iter().enumerate();
        let rules = hours.days.iter().enumerate();
        let exceptions = hours.exceptions.iter().enumerate();
        Self {
            week: week_of(t, &hours.weekly),
            turns: turn_rows(t, &hours.turns),
            periods: periods.map(|own| period_row(t, own)).collect(),
            rules: rules.map(|own| rule_row(t, own)).collect(),
            exceptions: exceptions.map(|own| exception_row(t, own)).collect(),
            note: note_of(&hours.note),
            version: version.to_string(),
        }
    }
}
