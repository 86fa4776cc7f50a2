//! The city's calendar of days.

use askama::Template;
use torg_kernel::FieldError;
use torg_ui::{Desk, ErrorSummary, NavLink};

use super::hours_edit::{HoursField, summary};

/// A day, or days in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlmanacRow {
    /// When, in words.
    pub when: String,
    /// What it is called.
    pub name: String,
    /// The key of the sort's name in the translations.
    pub kind: &'static str,
    /// Where it is changed; none for what follows from a rule.
    pub href: Option<String>,
    /// How many units' hours name it.
    pub used: usize,
}

/// The days of a year. Posts `what`, `name_sv`, `name_en`, `key`, `first`, `last` and `request_id`.
#[derive(Template)]
#[template(path = "admin_almanac.html", whitespace = "minimize")]
pub struct AlmanacPage {
    /// The frame.
    pub desk: Desk,
    /// Which year, in words.
    pub year: String,
    /// The years beside it.
    pub years: Vec<NavLink>,
    /// Breaks that the year lacks, in words; may be empty.
    pub missing: String,
    /// Breaks and days of the city's own.
    pub own: Vec<AlmanacRow>,
    /// Holidays, eves and bridge days.
    pub days: Vec<AlmanacRow>,
    /// The form for one more.
    pub form: AlmanacForm,
}

/// The form for a break or a day of the city's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlmanacForm {
    /// Where it posts to.
    pub action: String,
    /// Its fields.
    pub fields: Vec<HoursField>,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl AlmanacPage {
    fn summary(&self) -> ErrorSummary {
        let fields: Vec<&HoursField> = self.form.fields.iter().collect();
        summary(self.desk.t, &fields, &self.form.errors)
    }
}

/// One break or day of the city's own.
#[derive(Template)]
#[template(path = "admin_almanac_entry.html", whitespace = "minimize")]
pub struct AlmanacEntryPage {
    /// The frame.
    pub desk: Desk,
    /// The form.
    pub form: AlmanacForm,
    /// Where it is taken away.
    pub remove_action: String,
    /// The log, if the person may read it.
    pub log_href: Option<String>,
    /// How many units' hours name it.
    pub used: usize,
}

impl AlmanacEntryPage {
    fn summary(&self) -> ErrorSummary {
        let fields: Vec<&HoursField> = self.form.fields.iter().collect();
        summary(self.desk.t, &fields, &self.form.errors)
    }
}
