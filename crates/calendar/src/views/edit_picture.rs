//! The picture in the form for an event: the one that is chosen, and others to choose from.

use askama::Template;
use askama::filters::HtmlSafe;
use torg_ui::{PictureView, T};

/// What the form shows below the field for a picture. The buttons are the form's own, so that it works
/// without script; the price is a way to the server and back for each look.
#[derive(Template)]
#[template(path = "_event_picture.html", whitespace = "minimize")]
pub struct PictureChoice {
    /// The words.
    pub t: T,
    /// Where the form posts to.
    pub action: String,
    /// The name as it stands in the field.
    pub name: String,
    /// The picture itself, while it may be shown.
    pub shown: Option<PictureView>,
    /// Whether there is such a picture, and it may not be shown.
    pub ended: bool,
    /// The media bank, if the person may use it.
    pub media_href: Option<String>,
    /// Words that pictures were looked for by.
    pub words: String,
    /// Pictures to choose from, with their names, when they were asked for.
    pub found: Option<Vec<(String, PictureView)>>,
}

impl HtmlSafe for PictureChoice {}

impl PictureChoice {
    /// Whether there is something in it to see.
    #[must_use]
    pub fn opens(&self) -> bool {
        !self.name.is_empty() || self.found.is_some()
    }
}
