//! The form as a browser sends it.

use torg_web::Form;

use super::{ExceptionRow, HoursForm, MOST, Note, PeriodRow, RuleRow, TurnRow};
use crate::hours::DAY_NAMES;

fn note(form: &Form, name: &str) -> Note {
    ["sv", "en"].map(|own| form.text(&format!("{name}_{own}")))
}

fn from(form: &Form, before: &str) -> Option<usize> {
    form.text(&format!("{before}_from")).parse().ok()
}

/// `BEFORE_0`, `BEFORE_1` … for as long as the field `ending` is there.
fn rows(form: &Form, before: &str, ending: &str) -> Vec<String> {
    (0..MOST)
        .map(|at| format!("{before}_{at}"))
        .take_while(|row| form.has(&format!("{row}_{ending}")))
        .collect()
}

fn turns(form: &Form, before: &str) -> Vec<TurnRow> {
    let row = |name: String| TurnRow {
        when: form.text(&format!("{name}_when")),
        days: std::array::from_fn(|day| form.has(&format!("{name}_{}", DAY_NAMES[day]))),
        spans: form.text(&format!("{name}_spans")),
        note: note(form, &format!("{name}_note")),
        from: from(form, &name),
    };
    rows(form, before, "spans").into_iter().map(row).collect()
}

fn periods(form: &Form) -> Vec<PeriodRow> {
    let row = |name: String| PeriodRow {
        kind: form.text(&format!("{name}_kind")),
        first: form.text(&format!("{name}_first")),
        last: form.text(&format!("{name}_last")),
        name: note(form, &format!("{name}_name")),
        week: std::array::from_fn(|day| form.text(&format!("{name}_{}", DAY_NAMES[day]))),
        turns: turns(form, &format!("{name}_turn")),
        note: note(form, &format!("{name}_note")),
        from: from(form, &name),
    };
    rows(form, "period", "kind").into_iter().map(row).collect()
}

impl HoursForm {
    /// What was sent.
    pub(in crate::web::hours) fn sent(form: &Form) -> Self {
        let rule = |name: String| RuleRow {
            on: form.text(&format!("{name}_on")),
            spans: form.text(&format!("{name}_spans")),
            note: note(form, &format!("{name}_note")),
            from: from(form, &name),
        };
        let exception = |name: String| ExceptionRow {
            date: form.text(&format!("{name}_date")),
            to: form.text(&format!("{name}_to")),
            spans: form.text(&format!("{name}_spans")),
            note: note(form, &format!("{name}_note")),
            from: from(form, &name),
        };
        let exceptions = rows(form, "day", "spans").into_iter();
        let rules = rows(form, "rule", "spans").into_iter();
        Self {
            week: std::array::from_fn(|day| form.text(&format!("hours_{}", DAY_NAMES[day]))),
            turns: turns(form, "turn"),
            periods: periods(form),
            rules: rules.map(rule).collect(),
            exceptions: exceptions.map(exception).collect(),
            note: note(form, "note"),
            version: form.text("version"),
        }
    }
}
