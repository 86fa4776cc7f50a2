//! The form for hours, from what is written to what is meant and back.

use jiff::civil::Date;
use torg_kernel::{FieldError, Locale, Message};
use torg_ui::{T, hours_span};
use torg_web::Form;

use crate::hours::{
    Cell, DAY_NAMES, DayRule, During, Exception, Hours, Instead, MonthDay, On, Period, Span, State,
    Turn, Weekly, When,
};
use crate::model::Words;

/// Rows of one sort that are read at most.
const MOST: usize = 1_000;

/// A note in Swedish and English.
pub(super) type Note = [String; 2];

/// Hours as seven texts, Monday first.
pub(super) type Week = [String; 7];

/// A weekday's hours in some weeks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TurnRow {
    pub when: String,
    pub days: [bool; 7],
    pub spans: String,
    pub note: Note,
    pub from: Option<usize>,
}

/// A period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PeriodRow {
    /// `dates`, `yearly` or the key of a break.
    pub kind: String,
    pub first: String,
    pub last: String,
    pub name: Note,
    pub week: Week,
    pub note: Note,
    pub from: Option<usize>,
}

/// A named day of the almanac.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RuleRow {
    pub on: String,
    pub spans: String,
    pub note: Note,
    pub from: Option<usize>,
}

/// An exception.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ExceptionRow {
    pub date: String,
    pub to: String,
    pub spans: String,
    pub note: Note,
    pub from: Option<usize>,
}

/// What stands in the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct HoursForm {
    pub week: Week,
    pub turns: Vec<TurnRow>,
    pub periods: Vec<PeriodRow>,
    pub rules: Vec<RuleRow>,
    pub exceptions: Vec<ExceptionRow>,
    pub note: Note,
    pub version: String,
}

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

/// Spans as they are written in a field.
pub(super) fn written_all(t: T, spans: &[Span]) -> String {
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

/// The words with what was written in Swedish and English; other languages stay.
fn words(before: Option<&Words>, note: &Note) -> Words {
    let mut words = before.cloned().unwrap_or_default();
    words.set(Locale::SV, &note[0]);
    words.set(Locale::EN, &note[1]);
    words
}

fn week_of(t: T, weekly: &Weekly) -> Week {
    weekly.days().map(|spans| written_all(t, spans))
}

impl HoursForm {
    /// The plan as it is.
    pub(super) fn of(t: T, hours: &Hours, version: i64) -> Self {
        let turn = |(at, turn): (usize, &Turn)| TurnRow {
            when: turn.when.as_str().to_owned(),
            days: std::array::from_fn(|day| turn.is_about(day)),
            spans: written_or_closed(t, &turn.spans),
            note: note_of(&turn.note),
            from: Some(at),
        };
        let rule = |(at, rule): (usize, &DayRule)| RuleRow {
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
        };
        let exception = |(at, other): (usize, &Exception)| ExceptionRow {
            date: other.date.to_string(),
            to: other.to.map_or_else(String::new, |to| to.to_string()),
            spans: if other.as_usual {
                t.get("hours-cell-usual").into_owned()
            } else {
                written_or_closed(t, &other.spans)
            },
            note: note_of(&other.note),
            from: Some(at),
        };
        Self {
            week: week_of(t, &hours.weekly),
            turns: hours.turns.iter().enumerate().map(turn).collect(),
            periods: hours
                .periods
                .iter()
                .enumerate()
                .map(|own| period_row(t, own))
                .collect(),
            rules: hours.days.iter().enumerate().map(rule).collect(),
            exceptions: hours.exceptions.iter().enumerate().map(exception).collect(),
            note: note_of(&hours.note),
            version: version.to_string(),
        }
    }

    /// What was sent. Rows in which nothing stands are passed over.
    pub(super) fn sent(form: &Form) -> Self {
        let from = |name: String| form.text(&name).parse().ok();
        let note = |name: &str| {
            [
                form.text(&format!("{name}_sv")),
                form.text(&format!("{name}_en")),
            ]
        };
        let rows = |name: &'static str| {
            (0..MOST).take_while(move |at| form.has(&format!("{name}_{at}_spans")))
        };
        let turns = rows("turn").map(|at| TurnRow {
            when: form.text(&format!("turn_{at}_when")),
            days: std::array::from_fn(|day| form.has(&format!("turn_{at}_{}", DAY_NAMES[day]))),
            spans: form.text(&format!("turn_{at}_spans")),
            note: note(&format!("turn_{at}_note")),
            from: from(format!("turn_{at}_from")),
        });
        let periods = (0..MOST).take_while(|at| form.has(&format!("period_{at}_kind")));
        let periods = periods.map(|at| PeriodRow {
            kind: form.text(&format!("period_{at}_kind")),
            first: form.text(&format!("period_{at}_first")),
            last: form.text(&format!("period_{at}_last")),
            name: note(&format!("period_{at}_name")),
            week: std::array::from_fn(|day| form.text(&format!("period_{at}_{}", DAY_NAMES[day]))),
            note: note(&format!("period_{at}_note")),
            from: from(format!("period_{at}_from")),
        });
        let rules = rows("rule").map(|at| RuleRow {
            on: form.text(&format!("rule_{at}_on")),
            spans: form.text(&format!("rule_{at}_spans")),
            note: note(&format!("rule_{at}_note")),
            from: from(format!("rule_{at}_from")),
        });
        let exceptions = rows("day").map(|at| ExceptionRow {
            date: form.text(&format!("day_{at}_date")),
            to: form.text(&format!("day_{at}_to")),
            spans: form.text(&format!("day_{at}_spans")),
            note: note(&format!("day_{at}_note")),
            from: from(format!("day_{at}_from")),
        });
        Self {
            week: std::array::from_fn(|day| form.text(&format!("hours_{}", DAY_NAMES[day]))),
            turns: turns.collect(),
            periods: periods.collect(),
            rules: rules.collect(),
            exceptions: exceptions.collect(),
            note: note("note"),
            version: form.text("version"),
        }
    }

    /// Presses a button that changes the form only: `add:turn`, `remove:rule:2`.
    pub(super) fn press(&mut self, button: &str) -> bool {
        let mut parts = button.splitn(3, ':');
        let (deed, sort, at) = (parts.next(), parts.next().unwrap_or_default(), parts.next());
        let at = at.and_then(|at| at.parse::<usize>().ok());
        match (deed, sort, at) {
            (Some("add"), "turn", None) => self.turns.push(TurnRow::default()),
            (Some("add"), "period", None) => self.periods.push(PeriodRow::default()),
            (Some("add"), "rule", None) => self.rules.push(RuleRow::default()),
            (Some("add"), "day", None) => self.exceptions.push(ExceptionRow::default()),
            (Some("remove"), "turn", Some(at)) if at < self.turns.len() => {
                self.turns.remove(at);
            }
            (Some("remove"), "period", Some(at)) if at < self.periods.len() => {
                self.periods.remove(at);
            }
            (Some("remove"), "rule", Some(at)) if at < self.rules.len() => {
                self.rules.remove(at);
            }
            (Some("remove"), "day", Some(at)) if at < self.exceptions.len() => {
                self.exceptions.remove(at);
            }
            _ => return false,
        }
        true
    }

    /// The plan that is meant. What the form does not show of `before` stays. Rows are put in the
    /// order in which plans are kept, so that what is wrong is told at the right one.
    pub(super) fn read(&mut self, before: &Hours) -> Result<Hours, Vec<FieldError>> {
        self.exceptions
            .retain(|row| *row != ExceptionRow::default());
        self.rules.retain(|row| *row != RuleRow::default());
        self.turns.retain(|row| *row != TurnRow::default());
        self.periods.retain(|row| *row != PeriodRow::default());
        self.exceptions
            .sort_by(|one, other| one.date.cmp(&other.date));
        self.rules.sort_by_key(|row| On::parse(&row.on));
        self.turns.sort_by(|one, other| {
            let key = |row: &TurnRow| (When::parse(&row.when), row.days.map(|day| !day));
            key(one).cmp(&key(other))
        });
        let mut errors = Vec::new();
        let hours = Hours {
            weekly: read_week(&mut errors, "hours", &self.week),
            turns: self.read_turns(&mut errors, before),
            periods: self.read_periods(&mut errors, before),
            days: self.read_rules(&mut errors, before),
            exceptions: self.read_exceptions(&mut errors, before),
            note: words(Some(&before.note), &self.note),
        };
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut hours = hours;
        hours.tidy();
        let faults = hours.faults().into_iter();
        let errors: Vec<FieldError> = faults
            .map(|(place, key)| FieldError {
                field: field_name(&place),
                message: Message::new(key),
            })
            .collect();
        if errors.is_empty() {
            Ok(hours)
        } else {
            Err(errors)
        }
    }

    fn read_turns(&self, errors: &mut Vec<FieldError>, before: &Hours) -> Vec<Turn> {
        let mut turns = Vec::new();
        for (at, row) in self.turns.iter().enumerate() {
            let field = |name: &str| format!("turn_{at}_{name}");
            let when = When::parse(&row.when);
            if when.is_none() {
                wrong(errors, field("when"), "hours-error-when");
            }
            let spans = read_spans(errors, field("spans"), &row.spans);
            let old = row.from.and_then(|at| before.turns.get(at));
            turns.push(Turn {
                days: (0..7)
                    .filter(|day| row.days[*day])
                    .map(|day| DAY_NAMES[day].to_owned())
                    .collect(),
                when: when.unwrap_or(When::First),
                spans,
                note: words(old.map(|old| &old.note), &row.note),
            });
        }
        turns
    }

    fn read_periods(&self, errors: &mut Vec<FieldError>, before: &Hours) -> Vec<Period> {
        let mut periods = Vec::new();
        for (at, row) in self.periods.iter().enumerate() {
            let field = |name: &str| format!("period_{at}_{name}");
            let old = row.from.and_then(|at| before.periods.get(at));
            let weekly = read_week(errors, &format!("period_{at}"), &row.week);
            let Some(during) = read_during(errors, &field, row) else {
                continue;
            };
            periods.push(Period {
                during,
                name: words(old.map(|old| &old.name), &row.name),
                weekly,
                turns: old.map(|old| old.turns.clone()).unwrap_or_default(),
                note: words(old.map(|old| &old.note), &row.note),
            });
        }
        periods
    }

    fn read_rules(&self, errors: &mut Vec<FieldError>, before: &Hours) -> Vec<DayRule> {
        let mut rules = Vec::new();
        for (at, row) in self.rules.iter().enumerate() {
            let field = |name: &str| format!("rule_{at}_{name}");
            let on = On::parse(&row.on);
            if on.is_none() {
                wrong(errors, field("on"), "hours-error-on");
            }
            let said = match Cell::read(&row.spans) {
                Some(Cell::Closed) => Some(Instead::Spans(Vec::new())),
                Some(Cell::Spans(spans)) => Some(Instead::Spans(spans)),
                Some(Cell::Until(end)) => Some(Instead::Until(end)),
                Some(Cell::AsUsual) => Some(Instead::AsUsual),
                Some(Cell::Empty) | None => None,
            };
            if said.is_none() {
                wrong(errors, field("spans"), "hours-error-rule");
            }
            let old = row.from.and_then(|at| before.days.get(at));
            if let (Some(on), Some(said)) = (on, said) {
                let note = words(old.map(|old| &old.note), &row.note);
                rules.push(DayRule { on, said, note });
            }
        }
        rules
    }

    fn read_exceptions(&self, errors: &mut Vec<FieldError>, before: &Hours) -> Vec<Exception> {
        let mut exceptions = Vec::new();
        for (at, row) in self.exceptions.iter().enumerate() {
            let field = |name: &str| format!("day_{at}_{name}");
            let date = read_date(errors, field("date"), &row.date);
            let to = match row.to.trim() {
                "" => None,
                text => read_date(errors, field("to"), text),
            };
            let (spans, as_usual) = match Cell::read(&row.spans) {
                Some(Cell::Closed) => (Vec::new(), false),
                Some(Cell::AsUsual) => (Vec::new(), true),
                Some(Cell::Spans(spans)) => (spans, false),
                _ => {
                    wrong(errors, field("spans"), "hours-error-day");
                    continue;
                }
            };
            let Some(date) = date else { continue };
            let old = row.from.and_then(|at| before.exceptions.get(at));
            let mut own = Exception {
                date,
                to,
                spans,
                as_usual,
                note: words(old.map(|old| &old.note), &row.note),
                change: None,
            };
            // One that is as it was still belongs to the change that it came with.
            if let Some(old) = old {
                own.change = old.change;
                own.spans.sort_unstable();
                if own != *old {
                    own.change = None;
                }
            }
            exceptions.push(own);
        }
        exceptions
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
        note: note_of(&period.note),
        from: Some(at),
    }
}

fn wrong(errors: &mut Vec<FieldError>, field: String, key: &'static str) {
    let message = Message::new(key);
    errors.push(FieldError { field, message });
}

fn read_week(errors: &mut Vec<FieldError>, before: &str, week: &Week) -> Weekly {
    let mut weekly = Weekly::default();
    for ((spans, text), name) in weekly.days_mut().into_iter().zip(week).zip(DAY_NAMES) {
        *spans = read_spans(errors, format!("{before}_{name}"), text);
    }
    weekly
}

fn read_spans(errors: &mut Vec<FieldError>, field: String, text: &str) -> Vec<Span> {
    let spans = Cell::read(text).and_then(Cell::spans);
    spans.unwrap_or_else(|| {
        wrong(errors, field, "hours-error-cell");
        Vec::new()
    })
}

pub(super) fn read_date(errors: &mut Vec<FieldError>, field: String, text: &str) -> Option<Date> {
    let date = text.trim().parse().ok();
    if date.is_none() {
        wrong(errors, field, "hours-error-date");
    }
    date
}

fn read_during(
    errors: &mut Vec<FieldError>,
    field: &dyn Fn(&str) -> String,
    row: &PeriodRow,
) -> Option<During> {
    match row.kind.as_str() {
        "" => {
            wrong(errors, field("kind"), "hours-error-kind");
            None
        }
        "dates" => {
            let first = read_date(errors, field("first"), &row.first);
            let last = match row.last.trim() {
                "" => None,
                text => Some(read_date(errors, field("last"), text)?),
            };
            Some(During::Dates(first?, last))
        }
        "yearly" => {
            // A whole date will do too: only its day is kept.
            let mut day = |name: &str, text: &str| {
                let text = text.trim();
                let date: Option<Date> = text.parse().ok();
                let day = date.map(MonthDay::of).or_else(|| text.parse().ok());
                if day.is_none() {
                    wrong(errors, field(name), "hours-error-yearly");
                }
                day
            };
            let (first, last) = (day("first", &row.first), day("last", &row.last));
            Some(During::Yearly(first?, last?))
        }
        key => Some(During::Break(key.to_owned())),
    }
}

/// The name of a field as the form has it, from a place in a plan.
fn field_name(place: &str) -> String {
    let part = |text: &str| -> Option<(usize, String)> {
        let (at, rest) = text.split_once(']')?;
        Some((at.parse().ok()?, rest.trim_start_matches('.').to_owned()))
    };
    let words = |rest: &str| rest.replace('.', "_");
    let indexed = [
        ("turns[", "turn"),
        ("periods[", "period"),
        ("days[", "rule"),
        ("exceptions[", "day"),
    ];
    for (before, name) in indexed {
        let Some((at, rest)) = place.strip_prefix(before).and_then(part) else {
            continue;
        };
        let rest = match (name, rest.as_str()) {
            ("turn", "days") => "mon".to_owned(),
            ("period", "from") => "first".to_owned(),
            ("period", "to") => "last".to_owned(),
            ("period", "break") => "kind".to_owned(),
            ("period", rest) => words(rest.strip_prefix("weekly.").unwrap_or(rest)),
            (_, rest) => words(rest),
        };
        return format!("{name}_{at}_{rest}");
    }
    match place.strip_prefix("weekly.") {
        Some(day) => format!("hours_{day}"),
        None => words(place),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(json: &str) -> Hours {
        let mut hours: Hours = serde_json::from_str(json).expect("the test's own JSON");
        hours.tidy();
        hours
    }

    const ALL: &str = r#"{"weekly":{"mon":["10:00-12:00","13:00-18:30"],"fri":["00:00-24:00 self_service"]},
        "turns":[{"days":["tue"],"when":"first","spans":[],"note":{"sv":"Städdag"}}],
        "periods":[{"from":"2026-06-01","to":"2026-08-31","name":{"sv":"Sommar","fi":"Kesä"},"weekly":{"mon":["10:00-14:00"]},"turns":[{"days":["wed"],"when":"last","spans":["10:00-12:00"]}]},{"break":"sport_break","weekly":{}},{"from":"11-01","to":"03-31","weekly":{}}],
        "days":[{"on":"holidays","spans":[]},{"on":"eves","until":"13:30"},{"on":"christmas_eve","as_usual":true}],
        "exceptions":[{"date":"2026-12-23","to":"2026-12-24","spans":["10:00-15:00"],"change":"00000000-0000-7000-8000-000000000001"}],"note":{"en":"Ring"}}"#;

    #[test]
    fn a_form_that_nobody_touched_changes_nothing() {
        for t in [T::SV, T::EN] {
            let hours = plan(ALL);
            let mut form = HoursForm::of(t, &hours, 3);
            assert_eq!(form.read(&hours), Ok(hours));
        }
    }

    #[test]
    fn what_is_wrong_is_told_at_its_field() {
        let hours = plan(ALL);
        let mut form = HoursForm::of(T::SV, &hours, 3);
        form.week[0] = "sent".to_owned();
        form.turns[0].when = String::new();
        form.periods[0].first = "i sommar".to_owned();
        form.rules.push(RuleRow {
            on: "eves".to_owned(),
            ..RuleRow::default()
        });
        form.exceptions[0].spans = "till 13".to_owned();
        let fields = |form: &mut HoursForm| {
            let errors = form.read(&hours).expect_err("wrong");
            errors.into_iter().map(|it| it.field).collect::<Vec<_>>()
        };
        assert_eq!(
            fields(&mut form),
            [
                "hours_mon",
                "turn_0_when",
                "period_0_first",
                "rule_3_spans",
                "day_0_spans"
            ]
        );
        let mut form = HoursForm::of(T::SV, &hours, 3);
        form.exceptions.push(ExceptionRow {
            date: "2026-12-24".to_owned(),
            spans: "10-12, 11-13".to_owned(),
            ..ExceptionRow::default()
        });
        form.periods[0].last = "2026-05-01".to_owned();
        form.turns[0].days = [false; 7];
        assert_eq!(
            fields(&mut form),
            ["turn_0_mon", "period_0_last", "day_1_spans", "day_1_date"]
        );
        assert_eq!(
            form.exceptions[1].spans, "10-12, 11-13",
            "what was written stays"
        );
    }

    #[test]
    fn buttons_change_rows_only() {
        let hours = plan(ALL);
        let mut form = HoursForm::of(T::SV, &hours, 3);
        assert!(form.press("add:day") && form.press("remove:turn:0") && form.press("add:turn"));
        assert!(!form.press("remove:turn:7") && !form.press("save") && !form.press("add:x"));
        assert_eq!((form.turns.len(), form.exceptions.len()), (1, 2));
        let read = form.read(&hours).expect("empty rows are passed over");
        assert!(read.turns.is_empty());
        assert_eq!(read.exceptions, hours.exceptions);
        form.exceptions[0].spans = "stängt".to_owned();
        let read = form.read(&hours).expect("right");
        assert_eq!(read.exceptions[0].change, None, "one's own now");
    }
}
