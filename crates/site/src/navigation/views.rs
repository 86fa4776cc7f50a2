//! The pages of navigation.

use askama::Template;
use askama::filters::HtmlSafe;
use torg_kernel::Locale;
use torg_ui::{Desk, ErrorSummary, T};

/// A page in the tree, with those below it where it is open.
#[derive(Template)]
#[template(path = "_navigation_tree.html", whitespace = "minimize")]
pub(super) struct Node {
    pub title: String,
    pub href: String,
    pub lang: Locale,
    pub current: bool,
    pub has_below: bool,
    pub open: bool,
    /// What is special about it, in words: hidden, not public.
    pub notes: Vec<String>,
    pub below: Vec<Node>,
}

impl HtmlSafe for Node {}

/// A page whose place is set.
pub(super) struct Row {
    pub id: String,
    pub title: String,
    pub lang: Locale,
    pub href: String,
    pub address: String,
    /// Its place, from 1, or what was written there.
    pub place: String,
    pub notes: Vec<String>,
    pub first: bool,
    pub last: bool,
}

/// The pages below one.
pub(super) struct Rows {
    pub heading: String,
    /// The page above; empty at the top.
    pub parent: String,
    pub list: Vec<Row>,
    pub version: String,
    /// Whether the person may set the order.
    pub may: bool,
    /// Who may, when the person may not.
    pub owner: String,
    /// That there are too many to order.
    pub cut: Option<String>,
}

/// A text of a page with what menus call it.
pub(super) struct MenuTitle {
    pub content: String,
    pub locale: Locale,
    pub title: String,
    pub value: String,
    pub error: Option<String>,
    /// Where its parts are put together, for pages that have parts.
    pub layout_href: Option<String>,
    /// Where it is edited and moved, for those who may.
    pub edit_href: Option<String>,
}

/// How the chosen page stands in menus.
pub(super) struct About {
    pub id: String,
    pub heading: String,
    pub lang: Locale,
    pub titles: Vec<MenuTitle>,
    pub hidden: bool,
    pub version: String,
    pub may: bool,
    /// Whether it can stand in menus at all: the start page always does.
    pub in_menus: bool,
}

/// The tree.
#[derive(Template)]
#[template(path = "admin_navigation.html", whitespace = "minimize")]
pub(super) struct TreePage {
    pub desk: Desk,
    pub tabs: Vec<Tab>,
    pub tree: Vec<Node>,
    pub about: Option<About>,
    pub rows: Rows,
    pub request_id: String,
    pub summary: ErrorSummary,
}

/// One of the pages of navigation.
pub(super) struct Tab {
    pub label: String,
    pub href: String,
    pub current: bool,
}

/// A line of a list of links, as it was written.
pub(super) struct Line {
    /// Where it leads.
    pub address: String,
    pub text: String,
    pub about: String,
    /// What is wrong with the address, the words, the line below.
    pub error: Option<String>,
    pub text_error: Option<String>,
    pub about_error: Option<String>,
    /// How readers see it, or why they do not.
    pub note: Option<String>,
    pub warns: bool,
}

/// A list of links in a form.
pub(super) struct Lines {
    /// Name of its fields.
    pub name: String,
    /// What the list is called, for those who do not see where a field stands.
    pub label: String,
    pub list: Vec<Line>,
    /// How many are written; the rest are empty.
    pub written: usize,
    /// Whether each has a line about it.
    pub about: bool,
    pub error: Option<String>,
    /// Where the form goes, for buttons that come back to their line.
    pub action: String,
}

impl Lines {
    /// Whether a line says anything.
    const fn is_written(&self, at: &usize) -> bool {
        *at < self.written
    }

    /// Whether it is the last that does.
    const fn is_last(&self, at: &usize) -> bool {
        *at + 1 == self.written
    }
}

/// A theme that can stand in the top menu.
pub(super) struct ThemeRow {
    pub id: String,
    pub label: String,
    pub chosen: bool,
    pub note: Option<String>,
}

/// A place that can be chosen while an address is written.
pub(super) struct Known {
    pub address: String,
    pub label: String,
}

/// An earlier version.
pub(super) struct VersionRow {
    pub href: String,
    pub time: String,
    pub iso: String,
    pub person: String,
}

/// The menus of a language.
#[derive(Template)]
#[template(path = "admin_menus.html", whitespace = "minimize")]
pub(super) struct MenusPage {
    pub desk: Desk,
    pub tabs: Vec<Tab>,
    pub languages: Vec<Tab>,
    pub lang: Locale,
    pub action: String,
    pub preview: String,
    /// Whether the language can follow the Swedish menus, and whether it does.
    pub follows: Option<bool>,
    pub top_all: bool,
    pub top_error: Option<String>,
    pub themes: Vec<ThemeRow>,
    pub most_top: usize,
    pub quick: Lines,
    pub foot: Lines,
    pub known: Vec<Known>,
    pub warnings: Vec<String>,
    /// That the form shows an earlier version, which is not saved.
    pub earlier: Option<String>,
    pub versions: Vec<VersionRow>,
    pub version: String,
    pub request_id: String,
    pub summary: ErrorSummary,
}

/// A part of a page in its form.
pub(super) struct PartForm {
    pub name: String,
    pub number: usize,
    pub kind: &'static str,
    pub title: String,
    pub about: String,
    pub shown: bool,
    pub heading: Option<String>,
    pub heading_hint: String,
    pub heading_error: Option<String>,
    pub count: Option<String>,
    pub count_error: Option<String>,
    pub categories: Option<String>,
    pub categories_error: Option<String>,
    pub descriptions: Option<bool>,
    pub lines: Option<Lines>,
    pub first: bool,
    pub last: bool,
}

/// How a page is put together.
#[derive(Template)]
#[template(path = "admin_layout.html", whitespace = "minimize")]
pub(super) struct LayoutPage {
    pub desk: Desk,
    pub tabs: Vec<Tab>,
    pub languages: Vec<Tab>,
    pub lang: Locale,
    pub action: String,
    pub preview: String,
    pub usual: String,
    pub start: bool,
    pub parts: Vec<PartForm>,
    pub parts_error: Option<String>,
    pub may_add: bool,
    pub known: Vec<Known>,
    pub categories: Vec<String>,
    pub warnings: Vec<String>,
    pub earlier: Option<String>,
    pub versions: Vec<VersionRow>,
    pub version: String,
    pub request_id: String,
    pub summary: ErrorSummary,
}

impl TreePage {
    const fn t(&self) -> T {
        self.desk.t
    }
}

impl MenusPage {
    const fn t(&self) -> T {
        self.desk.t
    }
}

impl LayoutPage {
    const fn t(&self) -> T {
        self.desk.t
    }
}
