//! Error pages: what happened, what was kept, and ways on.

use std::borrow::Cow;

use askama::Template;
use torg_ui::Shell;

/// A page for an HTTP status that is an error. Statuses without words of their own get general
/// ones.
#[derive(Template)]
#[template(path = "error.html", whitespace = "minimize")]
pub struct ErrorPage {
    /// The frame; mark it `noindex`, and give it [`ErrorPage::title`] as title.
    pub shell: Shell,
    /// The HTTP status.
    pub status: u16,
    /// What exactly is wrong, in words of the reader's language; replaces the general text.
    pub detail: Option<String>,
    /// The request's id, shown for faults of the program, so that a caller can be helped.
    pub request_id: Option<String>,
    /// Where one logs in, when that may help.
    pub log_in_href: Option<String>,
}

impl ErrorPage {
    /// The heading for a status.
    #[must_use]
    pub fn title(t: torg_ui::T, status: u16) -> Cow<'static, str> {
        t.find(&format!("error-heading-{status}"))
            .map_or_else(|| t.get("error-heading-other"), Cow::Borrowed)
    }

    fn heading(&self) -> Cow<'static, str> {
        Self::title(self.shell.t(), self.status)
    }

    fn text(&self) -> Cow<'_, str> {
        if let Some(detail) = &self.detail {
            return Cow::Borrowed(detail);
        }
        let t = self.shell.t();
        t.find(&format!("error-text-{}", self.status))
            .map_or_else(|| t.get("error-text-other"), Cow::Borrowed)
    }
}

/// What somebody sees whose form could not be taken. Nothing written is lost.
#[derive(Template)]
#[template(path = "kept.html", whitespace = "minimize")]
pub struct KeptPage {
    /// The frame; its title is the heading.
    pub shell: Shell,
    /// Whether it is because the log-in ended; else the program failed.
    pub logged_out: bool,
    /// Where the form was sent.
    pub action: String,
    /// Short fields, kept out of sight.
    pub hidden: Vec<(String, String)>,
    /// Long fields, shown so that they can be copied.
    pub written: Vec<(String, String)>,
}

impl KeptPage {
    /// What a field is called, by the words of the log where there are any.
    fn label(&self, name: &str) -> String {
        let words = self
            .shell
            .t()
            .find(&format!("log-field-{}", name.replace('_', "-")));
        words.map_or_else(|| name.to_owned(), str::to_owned)
    }
}
