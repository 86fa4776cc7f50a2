//! From what is written in the fields to what is meant.

use jiff::civil::Date;
use torg_kernel::{FieldError, Locale, Message};

use super::place::field_name;
use super::{ExceptionRow, HoursForm, Note, PeriodRow, RuleRow, TurnRow, Week};
use crate::hours::{
    Cell, DAY_NAMES, DayRule, During, Exception, Hours, Instead, MonthDay, On, Period, Span, Turn,
    Weekly, When,
};
use crate::model::Words;

type Errors = Vec<FieldError>;

fn wrong(errors: &mut Errors, field: String, key: &'static str) {
    let message = Message::new(key);
    errors.push(FieldError { field, message });
}

/// The words with what was written in Swedish and English; other languages stay.
fn words(before: Option<&Words>, note: &Note) -> Words {
    let mut words = before.cloned().unwrap_or_default();
    words.set(Locale::SV, &note[0]);
    words.set(Locale::EN, &note[1]);
    words
}

impl TurnRow {
    /// The ticked weekdays by their names.
    fn named(&self) -> Vec<&'static str> {
        let ticked = (0..7).filter(|day| self.days[*day]);
        ticked.map(|day| DAY_NAMES[day]).collect()
    }
}

/// Leaves out empty rows, and puts the others in the order in which plans are kept.
fn tidy_turns(rows: &mut Vec<TurnRow>) {
    rows.retain(|row| *row != TurnRow::default());
    rows.sort_by_key(|row| (When::parse(&row.when), row.named()));
}

impl HoursForm {
    /// The plan that is meant. What the form does not show of `before` stays. Rows in which nothing
    /// stands are left out and the others put in the order in which plans are kept, so that what is
    /// wrong is told at the right one.
    pub(in crate::web::hours) fn read(&mut self, before: &Hours) -> Result<Hours, Errors> {
        self.tidy();
        let mut errors = Vec::new();
        let mut hours = Hours {
            weekly: read_week(&mut errors, "hours", &self.week),
            turns: read_turns(&mut errors, "turn", &self.turns, &before.turns),
            periods: self.read_periods(&mut errors, before),
            days: self.read_rules(&mut errors, before),
            exceptions: self.read_exceptions(&mut errors, before),
            note: words(Some(&before.note), &self.note),
        };
        if !errors.is_empty() {
            return Err(errors);
        }
        hours.tidy();
        for (place, key) in hours.faults() {
            wrong(&mut errors, field_name(&place), key);
        }
        if errors.is_empty() {
            Ok(hours)
        } else {
            Err(errors)
        }
    }

    fn tidy(&mut self) {
        self.exceptions
            .retain(|row| *row != ExceptionRow::default());
        self.rules.retain(|row| *row != RuleRow::default());
        tidy_turns(&mut self.turns);
        for period in &mut self.periods {
            tidy_turns(&mut period.turns);
        }
        self.periods.retain(|row| *row != PeriodRow::default());
        self.exceptions
            .sort_by(|one, other| one.date.trim().cmp(other.date.trim()));
        self.rules.sort_by_key(|row| On::parse(&row.on));
    }

    fn read_periods(&self, errors: &mut Errors, before: &Hours) -> Vec<Period> {
        let mut periods = Vec::new();
        for (at, row) in self.periods.iter().enumerate() {
            let own = format!("period_{at}");
            let old = row.from.and_then(|at| before.periods.get(at));
            let weekly = read_week(errors, &own, &row.week);
            let turns_before = old.map_or(&[][..], |old| &old.turns);
            let turns = read_turns(errors, &format!("{own}_turn"), &row.turns, turns_before);
            let Some(during) = read_during(errors, &own, row) else {
                continue;
            };
            periods.push(Period {
                during,
                name: words(old.map(|old| &old.name), &row.name),
                weekly,
                turns,
                note: words(old.map(|old| &old.note), &row.note),
            });
        }
        periods
    }

    fn read_rules(&self, errors: &mut Errors, before: &Hours) -> Vec<DayRule> {
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

    fn read_exceptions(&self, errors: &mut Errors, before: &Hours) -> Vec<Exception> {
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

fn read_turns(errors: &mut Errors, name: &str, rows: &[TurnRow], before: &[Turn]) -> Vec<Turn> {
    let mut turns = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let field = |own: &str| format!("{name}_{at}_{own}");
        let when = When::parse(&row.when);
        if when.is_none() {
            wrong(errors, field("when"), "hours-error-when");
        }
        let spans = read_spans(errors, field("spans"), &row.spans);
        let old = row.from.and_then(|at| before.get(at));
        turns.push(Turn {
            days: row.named().into_iter().map(str::to_owned).collect(),
            // Not kept when it is wrong.
            when: when.unwrap_or(When::First),
            spans,
            note: words(old.map(|old| &old.note), &row.note),
        });
    }
    turns
}

fn read_week(errors: &mut Errors, before: &str, week: &Week) -> Weekly {
    let mut weekly = Weekly::default();
    for ((spans, text), name) in weekly.days_mut().into_iter().zip(week).zip(DAY_NAMES) {
        *spans = read_spans(errors, format!("{before}_{name}"), text);
    }
    weekly
}

fn read_spans(errors: &mut Errors, field: String, text: &str) -> Vec<Span> {
    let spans = Cell::read(text).and_then(Cell::spans);
    spans.unwrap_or_else(|| {
        wrong(errors, field, "hours-error-cell");
        Vec::new()
    })
}

pub(in crate::web::hours) fn read_date(
    errors: &mut Errors,
    field: String,
    text: &str,
) -> Option<Date> {
    let date = text.trim().parse().ok();
    if date.is_none() {
        wrong(errors, field, "hours-error-date");
    }
    date
}

/// A day of every year; a whole date will do too: only its day is kept.
fn read_day(errors: &mut Errors, field: String, text: &str) -> Option<MonthDay> {
    let text = text.trim();
    let date: Option<Date> = text.parse().ok();
    let day = date.map(MonthDay::of).or_else(|| text.parse().ok());
    if day.is_none() {
        wrong(errors, field, "hours-error-yearly");
    }
    day
}

fn read_during(errors: &mut Errors, before: &str, row: &PeriodRow) -> Option<During> {
    let field = |name: &str| format!("{before}_{name}");
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
            let first = read_day(errors, field("first"), &row.first);
            let last = read_day(errors, field("last"), &row.last);
            Some(During::Yearly(first?, last?))
        }
        key => Some(During::Break(key.to_owned())),
    }
}
