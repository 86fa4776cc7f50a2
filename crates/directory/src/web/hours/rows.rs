//! The rows of the form for hours.

use torg_almanac::{Almanac, BREAKS, RuleDay, Sort};
use torg_kernel::{FieldError, Locale};
use torg_ui::T;

use super::form::{ExceptionRow, Note, PeriodRow, RuleRow, TurnRow, Week};
use crate::hours::{DAY_NAMES, Hours, On, When, capital, on_words};
use crate::views::{CellKind, DayCheck, HoursField, HoursGroup, HoursRow, WEEK};

/// Label, ending of the field's name, language.
const LANGUAGES: [(&str, &str, Locale); 2] = [
    ("hours-edit-note-sv", "sv", Locale::SV),
    ("hours-edit-note-en", "en", Locale::EN),
];

/// Draws the rows of the form.
pub(super) struct Draw<'a> {
    pub t: T,
    pub almanac: &'a Almanac,
    pub errors: &'a [FieldError],
    /// Where the form posts to.
    pub action: &'a str,
}

/// Where a row is.
struct Place {
    /// The beginning of the names of its fields, without its number: `turn`, `period_2_turn`.
    name: String,
    /// What its button sends before the number.
    sort: String,
    /// The id of its group.
    group: String,
    /// Its heading.
    title: &'static str,
    deep: bool,
}

impl Place {
    fn new(name: &str, group: &str, title: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            sort: name.to_owned(),
            group: group.to_owned(),
            title,
            deep: false,
        }
    }

    fn field(&self, at: usize, own: &str) -> String {
        format!("{}_{at}_{own}", self.name)
    }
}

impl Draw<'_> {
    fn words(&self, key: &str) -> String {
        self.t.get(key).into_owned()
    }

    fn field(&self, name: String, label: &str, value: &str) -> HoursField {
        HoursField::new(self.t, name, self.t.get(label), value).errors(self.errors)
    }

    /// What else is to be said, in both languages.
    pub(super) fn notes(&self, before: &str, note: &Note) -> Vec<HoursField> {
        let own = |at: usize| {
            let (label, ending, lang) = LANGUAGES[at];
            let name = format!("{before}_{ending}");
            self.field(name, label, &note[at]).lang(lang)
        };
        vec![own(0), own(1)]
    }

    /// The hours of a week, Monday first.
    pub(super) fn week(&self, before: &str, week: &Week) -> Vec<HoursField> {
        let day = |at: usize| {
            let name = format!("{before}_{}", DAY_NAMES[at]);
            let own = HoursField::weekday(self.t, name, &self.t.get(WEEK[at].1), &week[at]);
            own.errors(self.errors)
        };
        (0..7).map(day).collect()
    }

    fn row(&self, place: &Place, at: usize, from: Option<usize>) -> HoursRow {
        let hidden = from.map(|from| (place.field(at, "from"), from.to_string()));
        HoursRow {
            t: self.t,
            id: format!("{}_{at}", place.group),
            title: self.t.one(place.title, "number", at + 1),
            hidden: hidden.into_iter().collect(),
            first: Vec::new(),
            checks: Vec::new(),
            checks_error: None,
            hours: Vec::new(),
            inner: None,
            more: Vec::new(),
            remove: (
                format!("remove:{}:{at}", place.sort),
                format!("{}#{}", self.action, place.group),
            ),
            deep: place.deep,
        }
    }

    /// A group: the keys of its heading, hint and button.
    fn group(&self, place: &Place, keys: [&str; 3], rows: Vec<HoursRow>) -> HoursGroup {
        let [title, hint, add] = keys.map(|key| self.words(key));
        HoursGroup {
            t: self.t,
            id: place.group.clone(),
            title,
            hint,
            add,
            add_value: (
                format!("add:{}", place.sort),
                format!("{}#{}_{}", self.action, place.group, rows.len()),
            ),
            rows,
            deep: place.deep,
        }
    }

    pub(super) fn rules(&self, rows: &[RuleRow]) -> HoursGroup {
        let place = Place::new("rule", "rules", "hours-edit-rule-row");
        let row = |(at, row): (usize, &RuleRow)| {
            let on = self.field(place.field(at, "on"), "hours-edit-on", &row.on);
            let spans = self.field(place.field(at, "spans"), "hours-edit-hours", &row.spans);
            HoursRow {
                first: vec![
                    on.must().kind(CellKind::Choice(self.named_days(&row.on))),
                    spans.must(),
                ],
                more: self.notes(&place.field(at, "note"), &row.note),
                ..self.row(&place, at, row.from)
            }
        };
        let rows = rows.iter().enumerate().map(row).collect();
        let keys = [
            "hours-edit-rules",
            "hours-edit-rules-hint",
            "hours-edit-rule-add",
        ];
        self.group(&place, keys, rows)
    }

    /// What a rule can be about: all of a kind, each by name, and the city's own.
    fn named_days(&self, chosen: &str) -> Vec<(String, String)> {
        let empty = Hours::default();
        let plan = empty.with(self.almanac);
        let label = |on: On| {
            let words = capital(&on_words(self.t, plan, &on));
            (on.key().to_owned(), words)
        };
        let mut days = vec![(String::new(), self.words("hours-edit-choose"))];
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
        let place = Place::new("day", "days", "hours-edit-day-row");
        let row = |(at, row): (usize, &ExceptionRow)| {
            let date = self.field(place.field(at, "date"), "hours-edit-date", &row.date);
            let to = self.field(place.field(at, "to"), "hours-edit-to", &row.to);
            let to = to.hint(self.t.get("hours-edit-to-hint"));
            let spans = self.field(place.field(at, "spans"), "hours-edit-hours", &row.spans);
            HoursRow {
                first: vec![date.must().kind(CellKind::Date), to.kind(CellKind::Date)],
                hours: vec![spans.must()],
                more: self.notes(&place.field(at, "note"), &row.note),
                ..self.row(&place, at, row.from)
            }
        };
        let rows = rows.iter().enumerate().map(row).collect();
        let keys = [
            "hours-edit-days",
            "hours-edit-days-hint",
            "hours-edit-day-add",
        ];
        self.group(&place, keys, rows)
    }

    pub(super) fn periods(&self, rows: &[PeriodRow]) -> HoursGroup {
        let place = Place::new("period", "periods", "hours-edit-period-row");
        let row = |(at, row): (usize, &PeriodRow)| {
            let kind = self.field(place.field(at, "kind"), "hours-edit-kind", &row.kind);
            let [first, last] = [
                ("first", "hours-edit-first", &row.first),
                ("last", "hours-edit-last", &row.last),
            ]
            .map(|(name, label, value)| {
                let hint = self.t.get(match name {
                    "first" => "hours-edit-first-hint",
                    _ => "hours-edit-last-hint",
                });
                self.field(place.field(at, name), label, value).hint(hint)
            });
            let [sv, en] = [
                ("sv", "hours-edit-name-sv", Locale::SV, &row.name[0]),
                ("en", "hours-edit-name-en", Locale::EN, &row.name[1]),
            ]
            .map(|(ending, label, lang, value)| {
                let name = format!("{}_{ending}", place.field(at, "name"));
                self.field(name, label, value).lang(lang)
            });
            HoursRow {
                first: vec![
                    kind.must().kind(CellKind::Choice(self.kinds(&row.kind))),
                    first,
                    last,
                    sv,
                    en,
                ],
                hours: self.week(&format!("period_{at}"), &row.week),
                inner: Some(self.turns_of(at, &row.turns)),
                more: self.notes(&place.field(at, "note"), &row.note),
                ..self.row(&place, at, row.from)
            }
        };
        let rows = rows.iter().enumerate().map(row).collect();
        let keys = [
            "hours-edit-periods",
            "hours-edit-periods-hint",
            "hours-edit-period-add",
        ];
        self.group(&place, keys, rows)
    }

    /// When a period can be: dates, days of every year, the breaks by name, the city's own breaks.
    fn kinds(&self, chosen: &str) -> Vec<(String, String)> {
        let mut kinds = vec![
            (String::new(), self.words("hours-edit-choose")),
            ("dates".to_owned(), self.words("hours-edit-kind-dates")),
            ("yearly".to_owned(), self.words("hours-edit-kind-yearly")),
        ];
        kinds.extend(
            BREAKS
                .iter()
                .map(|(key, fluent)| ((*key).to_owned(), capital(&self.t.get(fluent)))),
        );
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
        if !kinds.iter().any(|(own, _)| own == chosen) {
            kinds.push((chosen.to_owned(), chosen.to_owned()));
        }
        kinds
    }

    pub(super) fn turns(&self, rows: &[TurnRow]) -> HoursGroup {
        let place = Place::new("turn", "turns", "hours-edit-turn-row");
        self.turn_group(&place, rows)
    }

    /// The weeks of a period.
    fn turns_of(&self, period: usize, rows: &[TurnRow]) -> HoursGroup {
        let place = Place {
            name: format!("period_{period}_turn"),
            sort: format!("turn-of:{period}"),
            group: format!("periods_{period}_turns"),
            title: "hours-edit-turn-row",
            deep: true,
        };
        self.turn_group(&place, rows)
    }

    fn turn_group(&self, place: &Place, rows: &[TurnRow]) -> HoursGroup {
        let row = |(at, row): (usize, &TurnRow)| {
            let mut whens = vec![(String::new(), self.words("hours-edit-choose"))];
            whens
                .extend(When::ALL.map(|when| (when.as_str().to_owned(), when_label(self.t, when))));
            let when = self.field(place.field(at, "when"), "hours-edit-when", &row.when);
            let mut spans = self.field(place.field(at, "spans"), "hours-edit-hours", &row.spans);
            spans.plain = true;
            let first = place.field(at, DAY_NAMES[0]);
            let wrong = self.errors.iter().find(|error| error.field == first);
            HoursRow {
                first: vec![when.must().kind(CellKind::Choice(whens)), spans],
                checks: (0..7)
                    .map(|day| DayCheck {
                        name: place.field(at, DAY_NAMES[day]),
                        label: capital(&self.t.get(WEEK[day].1)),
                        checked: row.days[day],
                    })
                    .collect(),
                checks_error: wrong.map(|error| self.t.message(&error.message)),
                more: self.notes(&place.field(at, "note"), &row.note),
                ..self.row(place, at, row.from)
            }
        };
        let rows = rows.iter().enumerate().map(row).collect();
        let hint = match place.deep {
            true => "hours-edit-turns-inner-hint",
            false => "hours-edit-turns-hint",
        };
        let keys = ["hours-edit-turns", hint, "hours-edit-turn-add"];
        self.group(place, keys, rows)
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
