//! The staff's forms: importing a table, what else a unit tells, a new unit, and services.

use askama::Template;
use torg_kernel::FieldError;
use torg_ui::{Desk, ErrorSummary, Field, NavLink, Paging};

use crate::spreadsheet::CsvReport;

/// Fields under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldSet {
    /// The heading; none for the first ones.
    pub legend: Option<String>,
    /// What is said below it.
    pub hint: Option<String>,
    /// The fields.
    pub fields: Vec<Field>,
    /// Boxes to tick: name, label, whether it is ticked.
    pub ticks: Vec<(String, String, bool)>,
    /// What is wrong with the boxes.
    pub error: Option<String>,
}

/// A form of the workspace.
#[derive(Template)]
#[template(path = "admin_form.html", whitespace = "minimize")]
pub struct DeskForm {
    /// The frame.
    pub desk: Desk,
    /// Links above the form: icon, label, address.
    pub tools: Vec<(&'static str, String, String)>,
    /// Said above the fields; may be empty.
    pub intro: String,
    /// Where the form posts to.
    pub action: String,
    /// Sent along.
    pub hidden: Vec<(&'static str, String)>,
    /// The fields.
    pub sets: Vec<FieldSet>,
    /// The words on the button.
    pub save: String,
    /// Where one goes without saving.
    pub cancel_href: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl DeskForm {
    fn summary(&self) -> ErrorSummary {
        let fields: Vec<&Field> = self.sets.iter().flat_map(|set| &set.fields).collect();
        ErrorSummary::of(self.desk.t, &fields, &self.errors)
    }
}

/// A list of the workspace.
#[derive(Template)]
#[template(path = "admin_list.html", whitespace = "minimize")]
pub struct DeskList {
    /// The frame.
    pub desk: Desk,
    /// Links above the list: icon, label, address.
    pub tools: Vec<(&'static str, String, String)>,
    /// The filter.
    pub filter: Field,
    /// How many there are.
    pub total: usize,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows: the thing with its form, and the other cells.
    pub rows: Vec<(NavLink, Vec<String>)>,
    /// Where in the list this is.
    pub paging: Paging,
}

/// Importing a table: the file, what it would do, and the button that does it.
#[derive(Template)]
#[template(path = "admin_unit_import.html", whitespace = "minimize")]
pub struct UnitImportPage {
    /// The frame.
    pub desk: Desk,
    /// Where both forms post to.
    pub action: String,
    /// Made new for each form.
    pub request_id: String,
    /// All units as a file to begin with.
    pub export_href: String,
    /// The text that was sent; empty at first.
    pub csv: String,
    /// What it would do.
    pub report: Option<CsvReport>,
    /// What is wrong with it: line, column, what to do.
    pub faults: Vec<(String, String, String)>,
    /// How many faults there are in all.
    pub fault_count: usize,
}

impl UnitImportPage {
    /// Lines of the report that are shown.
    const SHOWN: usize = 200;

    fn nothing(&self) -> bool {
        self.report.as_ref().is_some_and(|own| own.lines.is_empty())
    }
}
