//! The search page.

use askama::Template;
use torg_ui::{ContactCard, NavLink, Paging, Shell};

/// A piece of an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The words.
    pub text: String,
    /// Whether they were searched for.
    pub hit: bool,
}

/// A page or unit that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchResult {
    /// Its title.
    pub title: String,
    /// Its path.
    pub href: String,
    /// Kind as in the translation keys `search-kind-…`: `theme`, `article`, `info`, `unit`.
    pub kind: String,
    /// Words from it, with what was searched for marked.
    pub extract: Vec<Segment>,
}

/// The search page: a form that works without script, and what was found.
#[derive(Template)]
#[template(path = "search.html", whitespace = "minimize")]
pub struct SearchPage {
    /// The frame; mark it `noindex`.
    pub shell: Shell,
    /// What was searched for, as written; empty shows the form alone.
    pub query: String,
    /// How many were found in all.
    pub total: usize,
    /// This page of them.
    pub results: Vec<SearchResult>,
    /// What may have been meant, with its search.
    pub suggestion: Option<NavLink>,
    /// Where in the results this is.
    pub paging: Paging,
    /// Themes to go on with when nothing was found.
    pub themes: Vec<NavLink>,
    /// Whom to ask when nothing was found.
    pub contact: Option<ContactCard>,
}
