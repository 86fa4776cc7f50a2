//! What the staff see of sign-ups.

use askama::Template;
use torg_ui::{Desk, ErrorSummary, Field};

use super::signup::Ask;

/// An occasion with how many come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccasionCount {
    /// Its name in addresses.
    pub of: String,
    /// When, with how many, in words.
    pub text: String,
    /// Whether it is shown.
    pub current: bool,
}

/// A sign-up in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The mail address; may be empty.
    pub email: String,
    /// How many people.
    pub party: i64,
    /// How it stands, as stored.
    pub state: &'static str,
    /// How it stands, in words.
    pub standing: String,
    /// Since when, in words.
    pub since: String,
    /// Question and answer.
    pub answers: Vec<(String, String)>,
    /// Whether it can be taken off.
    pub alive: bool,
}

/// Who comes to an event.
#[derive(Template)]
#[template(path = "admin_signups.html", whitespace = "minimize")]
pub struct SignUpsPage {
    /// The frame.
    pub desk: Desk,
    /// Where the forms post to; the list itself.
    pub href: String,
    /// Where places and questions are set.
    pub rules_href: String,
    /// The event's form.
    pub event_href: String,
    /// Whether places are given out here.
    pub on: bool,
    /// The occasions.
    pub occasions: Vec<OccasionCount>,
    /// Which is shown; empty for a series.
    pub of: String,
    /// Places, how many come, wait and so on: label and number.
    pub counts: Vec<(String, i64)>,
    /// What is looked for.
    pub words: String,
    /// The sign-ups.
    pub entries: Vec<Entry>,
    /// The addresses of the list as files: name and address.
    pub files: Vec<(String, String)>,
    /// For signing somebody up.
    pub fields: Vec<Field>,
    /// What is asked of them.
    pub asks: Vec<Ask>,
    /// The text to all.
    pub message: Field,
    /// Which part is open after an error.
    pub open: &'static str,
    /// Made new for each form.
    pub request_id: String,
    /// What is wrong.
    pub errors: ErrorSummary,
}

/// Who comes, to tick off at the door.
#[derive(Template)]
#[template(path = "admin_signups_print.html", whitespace = "minimize")]
pub struct AttendancePage {
    /// The frame.
    pub desk: Desk,
    /// When, in words.
    pub when: String,
    /// Those who have a place, by name.
    pub entries: Vec<Entry>,
    /// How many people they are.
    pub people: i64,
    /// The list.
    pub href: String,
}

/// A question that is being written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RulesQuestion {
    /// What answers know it by.
    pub id: String,
    /// What is asked.
    pub label_sv: String,
    /// The same in English.
    pub label_en: String,
    /// More about it.
    pub help_sv: String,
    /// The same in English.
    pub help_en: String,
    /// How it is answered.
    pub kind: String,
    /// What can be chosen, one on each line.
    pub choices: String,
    /// The least number.
    pub least: String,
    /// The most.
    pub most: String,
    /// The id of a question before.
    pub when: String,
    /// Which answer to it.
    pub is: String,
    /// Whether it must be answered.
    pub required: bool,
    /// What is wrong: which field, and the words.
    pub errors: Vec<(String, String)>,
}

impl RulesQuestion {
    fn error(&self, what: &str) -> Option<&str> {
        let found = self.errors.iter().find(|(own, _)| own == what);
        found.map(|(_, words)| words.as_str())
    }
}

/// Places and questions of an event.
#[derive(Template)]
#[template(path = "admin_signup_rules.html", whitespace = "minimize")]
pub struct RulesPage {
    /// The frame.
    pub desk: Desk,
    /// Where the form posts to.
    pub action: String,
    /// The list of who comes.
    pub list_href: String,
    /// The event's form.
    pub event_href: String,
    /// The event's version as it was opened.
    pub version: String,
    /// Whether places are given out here.
    pub on: bool,
    /// Whether one can queue.
    pub waiting_list: bool,
    /// Whether one signs up to all occasions at once.
    pub whole_series: bool,
    /// Numbers and times.
    pub fields: Vec<Field>,
    /// The questions.
    pub questions: Vec<RulesQuestion>,
    /// Ways of answering: value and label.
    pub kinds: Vec<(&'static str, String)>,
    /// Whether the person may change it.
    pub may_change: bool,
    /// When somebody else saved in between, in words.
    pub conflict: Option<String>,
    /// Made new for each form.
    pub request_id: String,
    /// What is wrong.
    pub errors: ErrorSummary,
}
