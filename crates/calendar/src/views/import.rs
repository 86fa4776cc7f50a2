//! Importing events: the file, what it would do, and the button that does it.

use askama::Template;
use torg_ui::{Desk, Field};

/// How many events something becomes of.
pub struct ImportTally {
    /// What, as a key of the translations.
    pub key: &'static str,
    /// How many.
    pub count: usize,
}

/// An event of the file that is new or changes.
pub struct ImportLine {
    /// Its line.
    pub line: usize,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Whether it is new.
    pub new: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "admin_event_import.html", whitespace = "minimize")]
pub struct ImportPage {
    /// The frame.
    pub desk: Desk,
    /// Where both forms post to.
    pub action: &'static str,
    /// Made new for each form.
    pub request_id: String,
    /// What is said for all events of the file.
    pub fields: Vec<Field>,
    /// The same for the button that does it.
    pub carried: Vec<(&'static str, String)>,
    /// Whether a file was tried and is good.
    pub tried: bool,
    /// How many events would be new or otherwise.
    pub does: usize,
    /// How many events each thing becomes of.
    pub tallies: Vec<ImportTally>,
    /// The events that change something.
    pub lines: Vec<ImportLine>,
    /// How many more there are.
    pub more: usize,
    /// The text that was sent; empty at first.
    pub text: String,
    /// What was read otherwise than written: line, property, what.
    pub notes: Vec<(String, String, String)>,
    /// What is wrong: line, column, what to do.
    pub faults: Vec<(String, String, String)>,
    /// How many faults there are in all.
    pub fault_count: usize,
}
