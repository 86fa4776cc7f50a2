//! The form for a unit's hours.

use askama::Template;
use askama::filters::HtmlSafe;
use torg_kernel::{FieldError, Locale};
use torg_ui::{Desk, ErrorSummary, T};

use crate::hours::PlanPart;

/// What kind of field it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellKind {
    /// One line of text.
    Text,
    /// A date.
    Date,
    /// One of these: value and label.
    Choice(Vec<(String, String)>),
}

/// A field of a form whose rows come several times.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "_hours_field.html", whitespace = "minimize")]
pub struct HoursField {
    /// The words of the interface.
    pub t: T,
    /// Its name; the id is made from it.
    pub name: String,
    /// What is asked for.
    pub label: String,
    /// More about it.
    pub hint: Option<String>,
    /// What is wrong.
    pub error: Option<String>,
    /// As saved, or as written before an error.
    pub value: String,
    /// The language of what is written, when it is not the page's.
    pub lang: Option<Locale>,
    /// What kind of field it is.
    pub kind: CellKind,
    /// Whether it must be filled in.
    pub required: bool,
    /// Whether nothing is said of having to fill it in: an empty one says something too.
    pub plain: bool,
    /// What it is called within a sentence, such as “tisdag”.
    pub called: String,
}

impl HtmlSafe for HoursField {}

/// The same, beginning as within a sentence.
fn uncapital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}

impl HoursField {
    /// A field of text that may be left empty.
    #[must_use]
    pub fn new(t: T, name: impl Into<String>, label: impl Into<String>, value: &str) -> Self {
        let label = label.into();
        Self {
            t,
            name: name.into(),
            called: uncapital(label.trim_end_matches('?')),
            label,
            hint: None,
            error: None,
            value: value.to_owned(),
            lang: None,
            kind: CellKind::Text,
            required: false,
            plain: false,
        }
    }

    /// A field for the hours of a weekday. Its name keeps the capital that English gives it.
    #[must_use]
    pub fn weekday(t: T, name: impl Into<String>, weekday: &str, value: &str) -> Self {
        Self {
            called: weekday.to_owned(),
            plain: true,
            ..Self::new(t, name, crate::hours::capital(weekday), value)
        }
    }

    /// The same as another kind of field.
    #[must_use]
    pub fn kind(mut self, kind: CellKind) -> Self {
        self.kind = kind;
        self
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same, but it must be filled in.
    #[must_use]
    pub const fn must(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same for text in a language.
    #[must_use]
    pub const fn lang(mut self, lang: Locale) -> Self {
        self.lang = Some(lang);
        self
    }

    /// The same with what is wrong with it.
    #[must_use]
    pub fn errors(mut self, errors: &[FieldError]) -> Self {
        let own = errors.iter().find(|error| error.field == self.name);
        self.error = own.map(|error| self.t.message(&error.message));
        self
    }

    fn id(&self) -> String {
        format!("field_{}", self.name)
    }

    fn described(&self) -> String {
        let id = self.id();
        let hint = self.hint.is_some().then(|| format!("{id}_hint"));
        let error = self.error.is_some().then(|| format!("{id}_error"));
        let both: Vec<String> = hint.into_iter().chain(error).collect();
        both.join(" ")
    }
}

/// The summary of what is wrong with fields and with the form as a whole.
#[must_use]
pub fn summary(t: T, fields: &[&HoursField], errors: &[FieldError]) -> ErrorSummary {
    let own = fields.iter().filter_map(|field| {
        let error = field.error.as_ref()?;
        Some((field.id(), format!("{}: {error}", field.label)))
    });
    let mut list: Vec<(String, String)> = own.collect();
    let others = errors
        .iter()
        .filter(|error| !fields.iter().any(|field| field.name == error.field));
    list.extend(others.map(|error| (String::new(), t.message(&error.message))));
    ErrorSummary { errors: list }
}

/// A weekday to tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCheck {
    /// Its field.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Whether it is ticked.
    pub checked: bool,
}

/// A row of a group.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "_hours_row.html", whitespace = "minimize")]
pub struct HoursRow {
    /// The words of the interface.
    pub t: T,
    /// Its id on the page.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What goes along unseen: names and values.
    pub hidden: Vec<(String, String)>,
    /// What is asked first.
    pub first: Vec<HoursField>,
    /// Weekdays to tick; may be none.
    pub checks: Vec<DayCheck>,
    /// What is wrong with the weekdays.
    pub checks_error: Option<String>,
    /// The hours; a row with a whole week of them is laid out as one.
    pub hours: Vec<HoursField>,
    /// Rows of its own, such as the weeks of a period.
    pub inner: Option<HoursGroup>,
    /// Notes and the like, below.
    pub more: Vec<HoursField>,
    /// What is sent by the button that takes it away, and where that leads.
    pub remove: (String, String),
    /// Whether it stands within a row.
    pub deep: bool,
}

impl HtmlSafe for HoursRow {}

/// Rows of one sort.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "_hours_group.html", whitespace = "minimize")]
pub struct HoursGroup {
    /// The words of the interface.
    pub t: T,
    /// Its id on the page.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// How it works.
    pub hint: String,
    /// Its rows.
    pub rows: Vec<HoursRow>,
    /// What the button says that adds one.
    pub add: String,
    /// What is sent by it, and where that leads.
    pub add_value: (String, String),
    /// Whether it stands within a row: then it is folded in until it has rows.
    pub deep: bool,
}

impl HtmlSafe for HoursGroup {}

/// What the plan would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursPreview {
    /// The plan in words.
    pub plan: Vec<PlanPart>,
    /// What becomes of it when the clocks are moved.
    pub clocks: Vec<String>,
    /// The coming days: day, hours, why.
    pub days: Vec<(String, String, Option<String>)>,
}

/// The form for hours. Posts `hours_DAY`, rows as `turn_N_…`, `period_N_…`, `period_N_turn_N_…`,
/// `rule_N_…`, `day_N_…`, `note_sv`, `note_en`, `version`, `request_id` and the pressed button as `do`.
#[derive(Template)]
#[template(path = "admin_unit_hours.html", whitespace = "minimize")]
pub struct HoursEditPage {
    /// The frame.
    pub desk: Desk,
    /// Where the form posts to.
    pub action: String,
    /// The form with the unit's other details.
    pub edit_href: String,
    /// The log of the unit, if the person may read it.
    pub log_href: Option<String>,
    /// The ordinary week.
    pub week: Vec<HoursField>,
    /// What differs from it.
    pub groups: Vec<HoursGroup>,
    /// What else is to be said.
    pub notes: Vec<HoursField>,
    /// Coming holidays and eves that nothing is said of.
    pub silent: Vec<String>,
    /// What becomes of the hours when the clocks are moved.
    pub clocks: Vec<String>,
    /// How many pages show something of the unit.
    pub used_on: usize,
    /// The version that the form was opened on.
    pub version: String,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// How it would be, when that was asked for.
    pub preview: Option<HoursPreview>,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

/// What is wrong, in the order of the form, each with the row that it stands in.
struct Told<'a> {
    t: T,
    errors: &'a [FieldError],
    told: Vec<&'a str>,
    list: Vec<(String, String)>,
}

impl<'a> Told<'a> {
    fn put(&mut self, place: &str, name: &'a str, id: String, error: &str) {
        self.list.push((id, format!("{place}: {error}")));
        self.told.push(name);
    }

    fn fields(&mut self, row: &str, fields: &'a [HoursField]) {
        for field in fields {
            if let Some(error) = &field.error {
                let called = field.called.as_str();
                let place = self.t.two("hours-edit-place", "row", row, "field", called);
                self.put(&place, &field.name, field.id(), error);
            }
        }
    }

    fn group(&mut self, within: &str, group: &'a HoursGroup) {
        for row in &group.rows {
            let place = if within.is_empty() {
                row.title.clone()
            } else {
                let own = uncapital(&row.title);
                self.t.two("hours-edit-place", "row", within, "field", own)
            };
            self.fields(&place, &row.first);
            if let (Some(error), Some(first)) = (&row.checks_error, row.checks.first()) {
                self.put(&place, &first.name, format!("field_{}", first.name), error);
            }
            self.fields(&place, &row.hours);
            if let Some(inner) = &row.inner {
                self.group(&place, inner);
            }
            self.fields(&place, &row.more);
        }
    }

    /// What is about no field: too many rows, or the form as a whole.
    fn rest(mut self) -> ErrorSummary {
        let others = self.errors.iter();
        let others = others.filter(|error| !self.told.contains(&error.field.as_str()));
        let others: Vec<(String, String)> = others
            .map(|error| {
                let to = match error.field.as_str() {
                    "exceptions" => "days",
                    own @ ("turns" | "periods") => own,
                    _ => "",
                };
                (to.to_owned(), self.t.message(&error.message))
            })
            .collect();
        self.list.extend(others);
        ErrorSummary { errors: self.list }
    }
}

impl HoursEditPage {
    fn summary(&self) -> ErrorSummary {
        let t = self.desk.t;
        let mut told = Told {
            t,
            errors: &self.errors,
            told: Vec::new(),
            list: Vec::new(),
        };
        told.fields(&t.get("hours-edit-week"), &self.week);
        for group in &self.groups {
            told.group("", group);
        }
        told.fields(&t.get("hours-edit-note"), &self.notes);
        told.rest()
    }
}
