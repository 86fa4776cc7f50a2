//! What can be subscribed to, and what is news. Owned here, answered by the binary from the rooms
//! that know.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use torg_db::Snapshot;
use torg_kernel::{Locale, Result, Subject, Timestamp};

/// Where a topic stands in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TopicGroup {
    /// News, a blog, the magazine, vacancies.
    Sections,
    /// Subjects of the site.
    Themes,
    /// The notice board, whole or of one organisation.
    NoticeBoard,
    /// All that an organisation publishes.
    Organisations,
}

impl TopicGroup {
    /// All groups in the order of the form.
    pub const ALL: [Self; 4] = [
        Self::Sections,
        Self::Themes,
        Self::NoticeBoard,
        Self::Organisations,
    ];

    /// The key of its heading.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sections => "subscribe-group-sections",
            Self::Themes => "subscribe-group-themes",
            Self::NoticeBoard => "subscribe-group-board",
            Self::Organisations => "subscribe-group-organisations",
        }
    }
}

/// Something that can be subscribed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// A name that never changes and holds no white space: `section:UUID`, `theme:UUID`,
    /// `organisation:UUID`, `board`, `board:UUID`.
    pub key: String,
    /// Where it stands in the form.
    pub group: TopicGroup,
    /// Its name by language; the first is for readers of all others.
    pub names: Vec<(Locale, String)>,
}

impl Topic {
    /// Its name for readers of a language.
    #[must_use]
    pub fn name(&self, locale: Locale) -> &str {
        self.names
            .iter()
            .find(|(own, _)| *own == locale)
            .or_else(|| self.names.first())
            .map_or("", |(_, name)| name.as_str())
    }
}

/// A thing in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemVersion {
    /// The language.
    pub locale: Locale,
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence or two; may be empty.
    pub summary: String,
    /// Its path on this site.
    pub path: String,
}

/// Something that is news: a page with a date, an announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub subject: Subject,
    /// The keys of all topics it belongs to; the first is shown beside its title.
    pub topics: Vec<String>,
    /// When it was first to be seen.
    pub published_at: Timestamp,
    /// The thing in all its languages, at least one.
    pub versions: Vec<ItemVersion>,
}

/// Knows what can be subscribed to and what is news.
#[async_trait]
pub trait Publications: Send + Sync {
    /// What can be subscribed to now, in the order of the form within each group.
    ///
    /// # Errors
    /// When the database fails.
    async fn topics(&self, on: &Snapshot) -> Result<Vec<Topic>>;

    /// All that is public at `to` and was first to be seen after `from`, whatever the order.
    ///
    /// # Errors
    /// When the database fails.
    async fn items(&self, on: &Snapshot, from: Timestamp, to: Timestamp) -> Result<Vec<Item>>;
}
