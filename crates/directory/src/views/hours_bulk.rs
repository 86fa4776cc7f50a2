//! Hours of many units at once, and holidays that nobody has thought of.

use askama::Template;
use torg_kernel::FieldError;
use torg_ui::{Desk, ErrorSummary};

use super::hours_edit::{HoursField, summary};

/// A unit that would be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkUnit {
    /// Its id.
    pub id: String,
    /// The version that is shown.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// Its form for hours.
    pub href: String,
    /// Whether it is to be changed.
    pub checked: bool,
    /// Day, hours before, hours after; the days that change.
    pub days: Vec<(String, String, String)>,
    /// How many more days change.
    pub more: usize,
}

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkDone {
    /// When and by whom.
    pub made: String,
    /// What was to hold, on which days.
    pub what: String,
    /// Why; may be empty.
    pub note: String,
    /// How many units.
    pub units: usize,
    /// Where it is taken back; none when it was, or when it is past.
    pub undo: Option<String>,
    /// Whether it has begun, so that only what is left can be ended.
    pub begun: bool,
    /// When it was taken back, in words.
    pub ended: Option<String>,
}

/// The form for hours of many units. Posts the fields, `unit_ID` with the version that was shown,
/// `request_id` and the pressed button as `do`.
#[derive(Template)]
#[template(path = "admin_hours.html", whitespace = "minimize")]
pub struct HoursBulkPage {
    /// The frame.
    pub desk: Desk,
    /// Which units.
    pub which: Vec<HoursField>,
    /// Whether only units that say nothing of the days are wanted.
    pub silent: bool,
    /// On which days.
    pub days: Vec<HoursField>,
    /// What is to hold.
    pub what: Vec<HoursField>,
    /// The units, when they were asked for.
    pub found: Option<Vec<BulkUnit>>,
    /// How many units are as they would be anyway.
    pub unchanged: usize,
    /// Earlier changes.
    pub done: Vec<BulkDone>,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl HoursBulkPage {
    fn summary(&self) -> ErrorSummary {
        let fields: Vec<&HoursField> = self
            .which
            .iter()
            .chain(&self.days)
            .chain(&self.what)
            .collect();
        summary(self.desk.t, &fields, &self.errors)
    }
}

/// A coming holiday or eve that some units say nothing of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilentDay {
    /// Its id on the page.
    pub id: String,
    /// Its date, in words.
    pub date: String,
    /// What it is called.
    pub name: String,
    /// The form for many units, with the day and these units filled in.
    pub href: String,
    /// Name, form and the hours that are shown now.
    pub units: Vec<(String, String, String)>,
}

/// Units whose hours say nothing of a coming holiday.
#[derive(Template)]
#[template(path = "admin_hours_missing.html", whitespace = "minimize")]
pub struct HoursMissingPage {
    /// The frame.
    pub desk: Desk,
    /// The days, the nearest first.
    pub days: Vec<SilentDay>,
    /// Units without any hours: name and form.
    pub unknown: Vec<(String, String)>,
}
