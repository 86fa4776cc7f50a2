//! Where people outside send events in.

use askama::Template;
use torg_ui::{ErrorSummary, Field, Shell};

/// The form.
#[derive(Template)]
#[template(path = "event_send.html", whitespace = "minimize")]
pub struct SendPage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// What it is.
    pub what: Vec<Field>,
    /// When.
    pub when: Vec<Field>,
    /// Where.
    pub place: Vec<Field>,
    /// Price, ages and more.
    pub more: Vec<Field>,
    /// Who sends it.
    pub sender: Vec<Field>,
    /// What people do not see and programs fill in.
    pub trap: String,
    /// Made new for each form.
    pub request_id: String,
    /// What is wrong.
    pub errors: ErrorSummary,
}

/// What is said afterwards, or asked by the link in the mail.
#[derive(Template)]
#[template(path = "event_sent.html", whitespace = "minimize")]
pub struct SentPage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// What is said, paragraph by paragraph.
    pub text: Vec<String>,
    /// The secret of the link, when it can be confirmed.
    pub confirm: Option<String>,
}
