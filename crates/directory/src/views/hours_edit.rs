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
}

impl HtmlSafe for HoursField {}

impl HoursField {
    /// A field of text that may be left empty.
    #[must_use]
    pub fn new(t: T, name: impl Into<String>, label: impl Into<String>, value: &str) -> Self {
        Self {
            t,
            name: name.into(),
            label: label.into(),
            hint: None,
            error: None,
            value: value.to_owned(),
            lang: None,
            kind: CellKind::Text,
            required: false,
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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HoursRow {
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
    /// What is wrong with the weekdays, and the id it is linked by.
    pub checks_error: Option<String>,
    /// The hours.
    pub hours: Vec<HoursField>,
    /// Notes and the like, below.
    pub more: Vec<HoursField>,
    /// What is sent by the button that takes it away.
    pub remove: String,
    /// What else is to be known of it.
    pub note: Option<String>,
}

/// Rows of one sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursGroup {
    /// Its id on the page.
    pub id: &'static str,
    /// What it is about.
    pub title: String,
    /// How it works.
    pub hint: String,
    /// Its rows.
    pub rows: Vec<HoursRow>,
    /// What the button says that adds one.
    pub add: String,
    /// What is sent by it.
    pub add_value: &'static str,
}

/// What the plan would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursPreview {
    /// The plan in words.
    pub plan: Vec<PlanPart>,
    /// The coming days: day, hours, why.
    pub days: Vec<(String, String, Option<String>)>,
}

/// The form for hours. Posts `hours_DAY`, rows as `turn_N_…`, `period_N_…`, `rule_N_…`, `day_N_…`,
/// `note_sv`, `note_en`, `version`, `request_id` and the pressed button as `do`.
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

impl HoursEditPage {
    fn summary(&self) -> ErrorSummary {
        let rows = || self.groups.iter().flat_map(|group| &group.rows);
        let fields: Vec<&HoursField> = self
            .week
            .iter()
            .chain(rows().flat_map(|row| row.first.iter().chain(&row.hours).chain(&row.more)))
            .chain(&self.notes)
            .collect();
        let mut errors = self.errors.clone();
        let mut list = Vec::new();
        for row in rows() {
            let Some(error) = &row.checks_error else {
                continue;
            };
            if let Some(first) = row.checks.first() {
                list.push((
                    format!("field_{}", first.name),
                    format!("{}: {error}", row.title),
                ));
                errors.retain(|error| error.field != first.name);
            }
        }
        let mut summary = summary(self.desk.t, &fields, &errors);
        summary.errors.extend(list);
        summary
    }
}
