//! The staff's list.

use askama::Template;
use torg_ui::{Desk, Field, Paging};

/// A way to narrow the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateChip {
    /// Key of its words.
    pub key: String,
    /// How many there are.
    pub count: i64,
    /// The list of them.
    pub href: String,
    /// Whether it is what is shown.
    pub current: bool,
}

/// An event in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// Its name.
    pub title: String,
    /// Where it is edited.
    pub edit_href: String,
    /// The state as stored.
    pub state: &'static str,
    /// What has happened to it, in words; may be empty.
    pub flag: String,
    /// What sort it is, in words.
    pub category: String,
    /// When its next occasion is, in words.
    pub next: String,
    /// How many are left.
    pub left: i64,
    /// Where, in words.
    pub place: String,
    /// Who answers for it.
    pub organisation: String,
}

impl EventRow {
    fn state_key(&self) -> String {
        format!("event-state-{}", self.state)
    }
}

/// The events that the person may change.
#[derive(Template)]
#[template(path = "admin_events.html", whitespace = "minimize")]
pub struct EventListPage {
    /// The frame.
    pub desk: Desk,
    /// All, drafts, waiting, public, trash.
    pub chips: Vec<StateChip>,
    /// Words, sort and place.
    pub fields: Vec<Field>,
    /// What the form carries along.
    pub carried: Vec<(&'static str, String)>,
    /// Whether anything is asked for.
    pub filtered: bool,
    /// How many pass.
    pub total: usize,
    /// This page of them.
    pub rows: Vec<EventRow>,
    /// Where in the list this is.
    pub paging: Paging,
}
