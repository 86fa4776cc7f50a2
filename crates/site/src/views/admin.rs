//! The staff's pages about pages: the list, the form, the log of an object.

use askama::Template;
use torg_kernel::Locale;
use torg_ui::{Desk, Field, Paging, T};

/// A page in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRow {
    /// Its id, for what is done with several at once.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it is edited, by those who may.
    pub edit_href: Option<String>,
    /// Its public address.
    pub address: String,
    /// Its language.
    pub locale: Locale,
    /// The name of its state: see the style sheet.
    pub state: &'static str,
    /// Its state in words.
    pub state_words: String,
    /// What kind of page it is, in words.
    pub kind: String,
    /// The owner's name; may be empty.
    pub owner: String,
    /// When it was changed last, in words.
    pub changed: String,
    /// When it was reviewed, in words.
    pub reviewed: Option<String>,
}

/// A filter that is one press away; where it leads lives in the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterChip {
    /// What it shows.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is on.
    pub current: bool,
}

/// All pages that the person may see.
#[derive(Template)]
#[template(path = "admin_pages.html", whitespace = "minimize")]
pub struct PagesListPage {
    /// The frame.
    pub desk: Desk,
    /// The fields of the filter.
    pub filters: Vec<Field>,
    /// Filters that are kept when the others change.
    pub hidden: Vec<(&'static str, String)>,
    /// Where the list without any filter is, when there is one.
    pub clear_href: Option<String>,
    /// By state.
    pub chips: Vec<FilterChip>,
    /// How many pages pass the filter.
    pub total: usize,
    /// This page of them.
    pub rows: Vec<PageRow>,
    /// Where in the list this is.
    pub paging: Paging,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// Whether the person may write new pages.
    pub can_make: bool,
}

/// One value that an event changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogChange {
    /// What it is.
    pub name: String,
    /// Before; `None` when there was nothing.
    pub before: Option<String>,
    /// After; `None` when there is nothing.
    pub after: Option<String>,
}

/// One event in the log of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// Its place in the log.
    pub position: i64,
    /// When, in words.
    pub time: String,
    /// When, for machines: RFC 3339.
    pub machine_time: String,
    /// Who did it.
    pub actor: String,
    /// For which organisation; may be empty.
    pub organisation: String,
    /// What happened, in words.
    pub kind: String,
    /// What it changed; empty when nothing can be compared.
    pub changes: Vec<LogChange>,
    /// The payload has been weeded: only that it happened is known.
    pub weeded: bool,
}

/// Everything that has happened to one object, latest first.
#[derive(Template)]
#[template(path = "admin_log.html", whitespace = "minimize")]
pub struct ObjectLogPage {
    /// The frame; its title says which object.
    pub desk: Desk,
    /// Latest first.
    pub rows: Vec<LogRow>,
    /// Where in the log this is.
    pub paging: Paging,
}

impl ObjectLogPage {
    const fn t(&self) -> T {
        self.desk.t
    }
}
