//! The list of pictures.

use askama::Template;
use torg_kernel::Locale;
use torg_ui::{Desk, Field, FieldKind, Paging};

/// How much a badge wants to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadgeKind {
    /// Readers do not see the picture.
    Stopped,
    /// Something is to be done.
    Todo,
    /// Good to know.
    Plain,
}

impl BadgeKind {
    /// Its name in the style.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::Todo => "todo",
            Self::Plain => "plain",
        }
    }
}

/// A short word about a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// How much it wants to be seen.
    pub kind: BadgeKind,
    /// The words.
    pub words: String,
}

/// A picture in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureRow {
    /// What it shows, else its name.
    pub title: String,
    /// The title's language, when it is no name.
    pub lang: Option<Locale>,
    /// Where it is changed, if the person may.
    pub href: Option<String>,
    /// A small size: address, width, height.
    pub thumb: Option<(String, u32, u32)>,
    /// What is to be seen at once.
    pub badges: Vec<Badge>,
    /// Smaller lines below: licence, maker, whose it is.
    pub note: Vec<String>,
    /// When it came in, in words.
    pub date: String,
}

/// A part of the bank that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShowChip {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// Whether it is shown now.
    pub current: bool,
    /// How many there are, for work that is to be done.
    pub count: Option<usize>,
}

/// Pictures.
#[derive(Template)]
#[template(path = "admin_media.html", whitespace = "minimize")]
pub struct PictureListPage {
    /// The frame.
    pub desk: Desk,
    /// Parts to choose from.
    pub chips: Vec<ShowChip>,
    /// The part that is shown, as it stands in the address; empty for all.
    pub show: &'static str,
    /// What this part is, in a sentence; may be empty.
    pub about: String,
    /// Where the list is shown whole again.
    pub clear_href: String,
    /// What the list is filtered by; may be empty.
    pub query: String,
    /// How many pass the filter.
    pub total: usize,
    /// This page of them.
    pub rows: Vec<PictureRow>,
    /// Where in the list this is.
    pub paging: Paging,
}

impl PictureListPage {
    fn filter(&self) -> Field {
        let label = self.desk.t.get("media-filter");
        Field::new("q", FieldKind::Text, label, &*self.query)
    }
}
