//! What the index is fed with.

use serde::{Deserialize, Serialize};
use torg_kernel::{Locale, Timestamp, Variant};

/// One thing that can be found, in one language: plain text only, as the reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchDocument {
    /// Unique in the index, for example `page:UUID:sv`. A put with the same key replaces.
    pub key: String,
    /// What it is: `article`, `news`, `unit`, …; the filter of [`crate::Query::kinds`].
    pub kind: String,
    /// The language of the text.
    pub locale: Locale,
    /// Which of the language's texts: the ordinary one goes before the others.
    pub variant: Variant,
    /// Where a hit leads, a path on the site.
    pub url: String,
    /// The heading of the hit; weighs most.
    pub title: String,
    /// Headings within the text; weigh more than the text.
    pub headings: Vec<String>,
    /// A sentence about it; shown as extract when no better sentence is found.
    pub description: String,
    /// Words that people use for it though the text does not; never shown.
    pub keywords: Vec<String>,
    /// The running text, without markup.
    pub body: String,
    /// Key of the organisation it belongs to.
    pub organisation: Option<String>,
    /// Key of its theme.
    pub theme: Option<String>,
    /// When it was published, for what belongs to a day (news, stories, announcements): it grows
    /// old, and can be asked for by date. `None` for what holds until it is changed.
    pub published_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// One step of the log as the index sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Adds a document, or replaces the one with the same key.
    Put(Box<SearchDocument>),
    /// Removes a document; no error if there is none.
    Delete {
        /// Its key.
        key: String,
    },
    /// Removes all documents.
    Clear,
}

impl Change {
    /// [`Change::Put`] without the box.
    #[must_use]
    pub fn put(document: SearchDocument) -> Self {
        Self::Put(Box::new(document))
    }
}
