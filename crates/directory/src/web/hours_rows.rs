//! The rows of the form for hours.

use torg_almanac::{Almanac, BREAKS, RuleDay, Sort};
use torg_kernel::{FieldError, Locale};
use torg_ui::T;

use super::hours_form::{ExceptionRow, Note, PeriodRow, RuleRow, TurnRow};
use crate::hours::{DAY_NAMES, Hours, On, When, on_words};
use crate::views::{CellKind, DayCheck, HoursField, HoursGroup, HoursRow, WEEK};

/// Label, ending of the field's name, language.
pub(super) const LANGUAGES: [(&str, &str, Locale); 2] = [
    ("hours-edit-note-sv", "sv", Locale::SV),
    ("hours-edit-note-en", "en", Locale::EN),
];

pub(super) fn weekday(t: T, day: usize) -> String {
    crate::hours::capital(&t.get(WEEK[day].1))
}

/// Draws the rows of the form.
pub(super) struct Draw<'a> {
    pub t: T,
    pub almanac: &'a Almanac,
    pub errors: &'a [FieldError],
    pub hours: Option<&'a Hours>,
}

impl Draw<'_> {
    fn field(&self, name: String, label: &str, value: &str) -> HoursField {
        HoursField::new(self.t, name, self.t.get(label), value).errors(self.errors)
    }

    fn notes(&self, before: &str, note: &Note) -> Vec<HoursField> {
        let own = |at: usize| {
            let (label, ending, lang) = LANGUAGES[at];
            let name = format!("{before}_{ending}");
            self.field(name, label, &note[at]).lang(lang)
        };
        vec![own(0), own(1)]
    }

    fn row(&self, sort: &str, at: usize, title: &str, from: Option<usize>) -> HoursRow {
        HoursRow {
            id: match sort {
                "rule" => format!("rules_{at}"),
                "day" => format!("days_{at}"),
                "period" => format!("periods_{at}"),
                _ => format!("turns_{at}"),
            },
            title: self.t.one(title, "number", at + 1),
            hidden: from
                .map(|from| (format!("{sort}_{at}_from"), from.to_string()))
                .into_iter()
                .collect(),
            remove: format!("remove:{sort}:{at}"),
            ..HoursRow::default()
        }
    }

    pub(super) fn rules(&self, rows: &[RuleRow]) -> HoursGroup {
        let row = |(at, row): (usize, &RuleRow)| {
            let name = |own: &str| format!("rule_{at}_{own}");
            let on = self.field(name("on"), "hours-edit-on", &row.on).must();
            HoursRow {
                first: vec![
                    on.kind(CellKind::Choice(self.named_days(&row.on))),
                    self.field(name("spans"), "hours-edit-hours", &row.spans)
                        .must(),
                ],
                more: self.notes(&name("note"), &row.note),
                ..self.row("rule", at, "hours-edit-rule-row", row.from)
            }
        };
        HoursGroup {
            id: "rules",
            title: self.t.get("hours-edit-rules").into_owned(),
            hint: format!(
                "{} {}",
                self.t.get("hours-edit-rules-hint"),
                self.t.get("hours-edit-rule-hint")
            ),
            rows: rows.iter().enumerate().map(row).collect(),
            add: self.t.get("hours-edit-rule-add").into_owned(),
            add_value: "add:rule",
        }
    }

    /// What a rule can be about: all of a kind, each by name, and the city's own.
    fn named_days(&self, chosen: &str) -> Vec<(String, String)> {
        let empty = Hours::default();
        let plan = empty.with(self.almanac);
        let label = |on: On| {
            let words = crate::hours::capital(&on_words(self.t, plan, &on));
            (on.key().to_owned(), words)
        };
        let mut days = vec![(String::new(), self.t.get("hours-edit-choose").into_owned())];
        days.extend([On::Holidays, On::Eves, On::BridgeDays].map(label));
        days.extend(RuleDay::ALL.iter().map(|day| label(On::Named(*day))));
        let own = self.almanac.entries().iter();
        let own = own.filter(|entry| entry.data.sort == Sort::Own);
        let mut keys: Vec<&str> = own.map(|entry| entry.data.key.as_str()).collect();
        // A day that the almanac no longer has is still shown where it is chosen.
        let known = |days: &[(String, String)]| days.iter().any(|(own, _)| own == chosen);
        if !chosen.is_empty() && !known(&days) {
            keys.push(chosen);
        }
        keys.sort_unstable();
        keys.dedup();
        days.extend(keys.into_iter().filter_map(On::parse).map(label));
        days
    }

    pub(super) fn exceptions(&self, rows: &[ExceptionRow]) -> HoursGroup {
        let row = |(at, row): (usize, &ExceptionRow)| {
            let name = |own: &str| format!("day_{at}_{own}");
            let date = self
                .field(name("date"), "hours-edit-date", &row.date)
                .must();
            let to = self.field(name("to"), "hours-edit-to", &row.to);
            HoursRow {
                first: vec![date.kind(CellKind::Date), to.kind(CellKind::Date)],
                hours: vec![
                    self.field(name("spans"), "hours-edit-hours", &row.spans)
                        .must(),
                ],
                more: self.notes(&name("note"), &row.note),
                ..self.row("day", at, "hours-edit-day-row", row.from)
            }
        };
        HoursGroup {
            id: "days",
            title: self.t.get("hours-edit-days").into_owned(),
            hint: format!(
                "{} {}",
                self.t.get("hours-edit-days-hint"),
                self.t.get("hours-edit-day-hint")
            ),
            rows: rows.iter().enumerate().map(row).collect(),
            add: self.t.get("hours-edit-day-add").into_owned(),
            add_value: "add:day",
        }
    }

    pub(super) fn periods(&self, rows: &[PeriodRow]) -> HoursGroup {
        let row = |(at, row): (usize, &PeriodRow)| {
            let name = |own: &str| format!("period_{at}_{own}");
            let mut kinds = vec![
                (String::new(), self.t.get("hours-edit-choose").into_owned()),
                (
                    "dates".to_owned(),
                    self.t.get("hours-edit-kind-dates").into_owned(),
                ),
                (
                    "yearly".to_owned(),
                    self.t.get("hours-edit-kind-yearly").into_owned(),
                ),
            ];
            let breaks = BREAKS.iter().map(|(key, fluent)| {
                let label = crate::hours::capital(&self.t.get(fluent));
                ((*key).to_owned(), label)
            });
            kinds.extend(breaks);
            let mut others: Vec<(String, String)> = self
                .almanac
                .entries()
                .iter()
                .filter(|entry| entry.data.sort == Sort::Break && entry.data.fluent().is_none())
                .map(|entry| {
                    let name = entry.data.name(self.t.locale());
                    (entry.data.key.clone(), name.to_owned())
                })
                .filter(|(key, _)| !BREAKS.iter().any(|(own, _)| own == key))
                .collect();
            others.sort();
            others.dedup_by(|one, other| one.0 == other.0);
            kinds.extend(others);
            if !kinds.iter().any(|(own, _)| *own == row.kind) {
                kinds.push((row.kind.clone(), row.kind.clone()));
            }
            let kind = self
                .field(name("kind"), "hours-edit-kind", &row.kind)
                .must();
            let mut first = vec![kind.kind(CellKind::Choice(kinds))];
            first.extend(self.names(&name("name"), &row.name));
            first.push(
                self.field(name("first"), "hours-edit-first", &row.first)
                    .hint(self.t.get("hours-edit-first-hint")),
            );
            first.push(
                self.field(name("last"), "hours-edit-last", &row.last)
                    .hint(self.t.get("hours-edit-last-hint")),
            );
            let hours = (0..7).map(|day| {
                let own = HoursField::new(
                    self.t,
                    name(DAY_NAMES[day]),
                    weekday(self.t, day),
                    &row.week[day],
                );
                own.errors(self.errors)
            });
            let turns = row
                .from
                .and_then(|from| self.hours?.periods.get(from))
                .filter(|period| !period.turns.is_empty());
            HoursRow {
                first,
                hours: hours.collect(),
                more: self.notes(&name("note"), &row.note),
                note: turns.map(|period| {
                    self.t
                        .one("hours-edit-period-turns", "count", period.turns.len())
                }),
                ..self.row("period", at, "hours-edit-period-row", row.from)
            }
        };
        HoursGroup {
            id: "periods",
            title: self.t.get("hours-edit-periods").into_owned(),
            hint: self.t.get("hours-edit-periods-hint").into_owned(),
            rows: rows.iter().enumerate().map(row).collect(),
            add: self.t.get("hours-edit-period-add").into_owned(),
            add_value: "add:period",
        }
    }

    fn names(&self, before: &str, name: &Note) -> Vec<HoursField> {
        let sv = self.field(format!("{before}_sv"), "hours-edit-name-sv", &name[0]);
        let en = self.field(format!("{before}_en"), "hours-edit-name-en", &name[1]);
        vec![sv.lang(Locale::SV), en.lang(Locale::EN)]
    }

    pub(super) fn turns(&self, rows: &[TurnRow]) -> HoursGroup {
        let row = |(at, row): (usize, &TurnRow)| {
            let name = |own: &str| format!("turn_{at}_{own}");
            let mut whens = vec![(String::new(), self.t.get("hours-edit-choose").into_owned())];
            whens
                .extend(When::ALL.map(|when| (when.as_str().to_owned(), when_label(self.t, when))));
            let when = self
                .field(name("when"), "hours-edit-when", &row.when)
                .must();
            let first = name(DAY_NAMES[0]);
            let wrong = self.errors.iter().find(|error| error.field == first);
            HoursRow {
                first: vec![
                    when.kind(CellKind::Choice(whens)),
                    self.field(name("spans"), "hours-edit-hours", &row.spans),
                ],
                checks: (0..7)
                    .map(|day| DayCheck {
                        name: name(DAY_NAMES[day]),
                        label: weekday(self.t, day),
                        checked: row.days[day],
                    })
                    .collect(),
                checks_error: wrong.map(|error| self.t.message(&error.message)),
                more: self.notes(&name("note"), &row.note),
                ..self.row("turn", at, "hours-edit-turn-row", row.from)
            }
        };
        HoursGroup {
            id: "turns",
            title: self.t.get("hours-edit-turns").into_owned(),
            hint: format!(
                "{} {}",
                self.t.get("hours-edit-turns-hint"),
                self.t.get("hours-edit-turn-hint")
            ),
            rows: rows.iter().enumerate().map(row).collect(),
            add: self.t.get("hours-edit-turn-add").into_owned(),
            add_value: "add:turn",
        }
    }
}

fn when_label(t: T, when: When) -> String {
    match when {
        When::First => t.get("hours-edit-when-first"),
        When::Second => t.get("hours-edit-when-second"),
        When::Third => t.get("hours-edit-when-third"),
        When::Fourth => t.get("hours-edit-when-fourth"),
        When::Fifth => t.get("hours-edit-when-fifth"),
        When::Last => t.get("hours-edit-when-last"),
        When::OddWeeks => t.get("hours-edit-when-odd"),
        When::EvenWeeks => t.get("hours-edit-when-even"),
    }
    .into_owned()
}
