//! The search page.

use askama::Template;
use torg_kernel::Locale;
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
    /// Kind as in the translation keys `search-kind-…`: `theme`, `article`, `unit`.
    pub kind: String,
    /// What else there is to say before the title: a date, "easy to read".
    pub notes: Vec<String>,
    /// Whether an editor chose it for this query.
    pub best_bet: bool,
    /// Language of its title and extract, when it is not the page's.
    pub lang: Option<Locale>,
    /// Words from it, with what was searched for marked.
    pub extract: Vec<Segment>,
}

/// A language to search in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageChoice {
    /// The language.
    pub locale: Locale,
    /// How many hits the words have in it.
    pub count: usize,
    /// The same words in it.
    pub href: String,
    /// Whether it is the one that is shown first.
    pub current: bool,
}

/// A value that a search can be narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterChoice {
    /// What it is called.
    pub label: String,
    /// How many hits it would give.
    pub count: usize,
    /// The search with it, or without it when it is chosen.
    pub href: String,
    /// Whether the search is narrowed to it.
    pub chosen: bool,
}

/// Values of one sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterGroup {
    /// Its heading.
    pub label: String,
    /// Id of the heading.
    pub id: &'static str,
    /// The values, the commonest first.
    pub choices: Vec<FilterChoice>,
}

/// The fields for dates.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DateFilter {
    /// Name and value of the first day's field.
    pub from: (&'static str, String),
    /// Name and value of the last day's field.
    pub to: (&'static str, String),
    /// What else is in the address.
    pub hidden: Vec<(&'static str, String)>,
    /// What is wrong with what was written.
    pub error: Option<String>,
}

/// All that a search can be narrowed by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filters {
    /// What it is narrowed to, each with the search without it.
    pub chosen: Vec<NavLink>,
    /// The search without any of it.
    pub clear_href: String,
    /// Types, themes, organisations.
    pub groups: Vec<FilterGroup>,
    /// Days; none when nothing that was found has a date.
    pub dates: Option<DateFilter>,
}

impl Filters {
    /// What is wrong must be seen at once.
    fn is_open(&self) -> bool {
        let dates = self.dates.as_ref();
        dates.is_some_and(|dates| dates.error.is_some())
    }

    fn is_empty(&self) -> bool {
        self.chosen.is_empty() && self.groups.is_empty() && self.dates.is_none()
    }
}

/// Ways on when nothing, or nothing yet, was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WaysOn {
    /// Searches for words that are near.
    pub nearest: Vec<NavLink>,
    /// What many search for.
    pub common: Vec<NavLink>,
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
    /// How many results stand on the pages before this one.
    pub before: usize,
    /// This page of them.
    pub results: Vec<SearchResult>,
    /// What may have been meant, with its search.
    pub suggestion: Option<NavLink>,
    /// Whether the results are those of the suggestion, since nothing was found as written.
    pub corrected: bool,
    /// The languages that have hits for the words; empty when there is no choice.
    pub languages: Vec<LanguageChoice>,
    /// What the search is and can be narrowed to.
    pub filters: Filters,
    /// Where in the results this is.
    pub paging: Paging,
    /// Searches to go on with.
    pub ways_on: WaysOn,
    /// Themes to go on with when nothing was found.
    pub themes: Vec<NavLink>,
    /// Whom to ask when nothing was found.
    pub contact: Option<ContactCard>,
}
