//! The page that says why there is no file.

use askama::Template;
use torg_ui::Shell;

/// Why there is no file, and what there is instead.
#[derive(Template)]
#[template(path = "calendar_print.html", whitespace = "minimize")]
pub(super) struct FailedPage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// Why.
    pub why: String,
    /// The selection as a list, which every browser can print.
    pub list_href: String,
    /// The selection as Word, when it was PDF that could not be made.
    pub word_href: Option<String>,
}
