//! The staff's pages about pages: the list, the form, the log of an object.

use askama::Template;
use torg_kernel::{FieldError, Locale};
use torg_ui::{Desk, ErrorSummary, Field, FieldKind, Paging, T};

/// A page in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRow {
    /// Its title.
    pub title: String,
    /// Where it is edited.
    pub edit_href: String,
    /// Its public address.
    pub address: String,
    /// Its language.
    pub locale: Locale,
    /// The owner's name; may be empty.
    pub owner: String,
    /// When it was reviewed, in words.
    pub reviewed: Option<String>,
}

/// All pages that the person may see.
#[derive(Template)]
#[template(path = "admin_pages.html", whitespace = "minimize")]
pub struct PagesListPage {
    /// The frame.
    pub desk: Desk,
    /// What the list is filtered by; may be empty.
    pub query: String,
    /// How many pages pass the filter.
    pub total: usize,
    /// This page of them.
    pub rows: Vec<PageRow>,
    /// Where in the list this is.
    pub paging: Paging,
}

impl PagesListPage {
    fn filter(&self) -> Field {
        let label = self.desk.t.get("pages-filter");
        Field::new("q", FieldKind::Text, label, &*self.query)
    }
}

/// That somebody else saved in between. What the person wrote stands in the fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Who saved.
    pub person: String,
    /// When, in words.
    pub time: String,
    /// The title that is saved now.
    pub title: String,
    /// The description that is saved now.
    pub description: String,
    /// The text that is saved now, as Markdown.
    pub text: String,
}

/// The form for one page in one language. Posts `title`, `description`, `reviewed`, `text`,
/// `version` and `request_id` to its own address.
#[derive(Template)]
#[template(path = "admin_page_edit.html", whitespace = "minimize")]
pub struct PageEditPage {
    /// The frame; its title is the page's.
    pub desk: Desk,
    /// Where the form posts to.
    pub action: String,
    /// Where one goes without saving.
    pub cancel_href: String,
    /// The log of the page, if the person may read it.
    pub log_href: Option<String>,
    /// The language of the content.
    pub locale: Locale,
    /// As saved, or as written before an error.
    pub title: String,
    /// As saved, or as written before an error.
    pub description: String,
    /// `2026-03-03`, or as written before an error; may be empty.
    pub reviewed: String,
    /// The page's address, as saved or as written before an error.
    pub address: String,
    /// Markdown, as saved or as written before an error.
    pub text: String,
    /// The version that the form was opened on; after a conflict the one that is saved now.
    pub version: String,
    /// Made new for each form, so that sending it twice does it once.
    pub request_id: String,
    /// What is wrong; names the fields as above.
    pub errors: Vec<FieldError>,
    /// Shown when somebody else saved in between.
    pub conflict: Option<Conflict>,
}

/// Field of the page's form that says that searches may lose the page. Errors under its name tell
/// which.
pub const SEARCH_CONFIRMED: &str = "search_confirmed";

impl PageEditPage {
    /// Whether the editor is to say that searches may lose the page.
    fn asks_about_search(&self) -> bool {
        self.errors
            .iter()
            .any(|error| error.field == SEARCH_CONFIRMED)
    }

    fn fields(&self) -> Vec<Field> {
        let t = self.desk.t;
        let errors = &self.errors;
        vec![
            Field::new("title", FieldKind::Text, t.get("edit-title"), &*self.title)
                .lang(self.locale)
                .errors(t, errors),
            Field::new(
                "description",
                FieldKind::Lines(3),
                t.get("edit-description"),
                &*self.description,
            )
            .hint(t.get("edit-description-hint"))
            .lang(self.locale)
            .optional()
            .errors(t, errors),
            Field::new(
                "reviewed",
                FieldKind::Date,
                t.get("edit-reviewed"),
                &*self.reviewed,
            )
            .optional()
            .errors(t, errors),
            Field::new(
                "address",
                FieldKind::Text,
                t.get("edit-address"),
                &*self.address,
            )
            .hint(t.get("edit-address-hint"))
            .errors(t, errors),
            Field::new(
                "text",
                FieldKind::Lines(24),
                t.get("edit-text"),
                &*self.text,
            )
            .hint(t.get("edit-text-hint"))
            .lang(self.locale)
            .errors(t, errors),
        ]
    }

    /// Title, description and text as one, to be compared.
    fn whole(&self, title: &str, description: &str, text: &str) -> String {
        format!("# {title}\n\n{description}\n\n{text}")
    }

    fn summary(&self, fields: &[Field]) -> ErrorSummary {
        let fields: Vec<&Field> = fields.iter().collect();
        ErrorSummary::of(self.desk.t, &fields, &self.errors)
    }
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
