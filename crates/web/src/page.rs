//! Public pages: made from a snapshot, the same for every reader, kept until a tag is dropped.

use std::net::SocketAddr;
use std::sync::Arc;

use torg_db::Snapshot;
use torg_kernel::{ContentId, Locale, Result, Timestamp};
use torg_ui::Chrome;

use crate::App;
use crate::organisations::OrganisationList;
use crate::reading::Reading;

/// A finished page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The type of its bytes.
    pub content_type: &'static str,
    /// The page itself.
    pub body: String,
    /// Names of all that it shows: when one of them changes, the page is made anew.
    pub tags: Vec<String>,
    /// When it becomes untrue by itself, such as at closing time.
    pub fresh_until: Option<Timestamp>,
    /// Whether it may be kept. A search is not: there are too many of them.
    pub keep: bool,
    /// The text whose readings are counted; see [`crate::Reads`].
    pub counted: Option<ContentId>,
    /// What it needs of other sites; nothing for most.
    pub elsewhere: Option<Elsewhere>,
}

/// What a page needs of other sites, or they of it. It becomes part of the page's content security
/// policy: every other page stays closed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Elsewhere {
    /// Where pictures and data come from: scheme and host, such as `https://tiles.example.org`.
    pub fetched: Vec<String>,
    /// Sites that may show the page in a frame, as `frame-ancestors` names them (`*` for all).
    pub framed_by: Vec<String>,
}

impl Page {
    /// An HTML page.
    #[must_use]
    pub const fn html(body: String, tags: Vec<String>) -> Self {
        Self {
            content_type: "text/html; charset=utf-8",
            body,
            tags,
            fresh_until: None,
            keep: true,
            counted: None,
            elsewhere: None,
        }
    }
}

/// What a public address leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A page.
    Page(Page),
    /// A page that says what stood here and is gone for good (410). It is never kept.
    Gone(Page),
    /// Another address, for good.
    Moved(String),
    /// Nothing.
    NotFound,
}

/// A question for a public page.
pub struct PageRequest {
    /// The program.
    pub app: Arc<App>,
    /// The path, decoded.
    pub path: String,
    /// Parts of the path by name.
    pub params: Vec<(String, String)>,
    /// The declared parameters that were given, sorted by name.
    pub query: Vec<(String, String)>,
    /// What the page is made from.
    pub reading: Reading,
    /// What time it is.
    pub now: Timestamp,
    /// Who asks. Only an answer that is never kept is told: a kept page is the same for all.
    pub asker: Option<Asker>,
}

/// The other end of a connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asker {
    /// From where; `None` in tests.
    pub peer: Option<SocketAddr>,
    /// The last `X-Forwarded-For` as it was sent. Whether it is to be believed depends on `peer`.
    pub forwarded_for: Option<String>,
}

impl PageRequest {
    /// The snapshot to ask questions in; see [`Reading`].
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn snapshot(&self) -> Result<&Snapshot> {
        self.reading.snapshot().await
    }

    /// A parameter of the query.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// A part of the path.
    #[must_use]
    pub fn param(&self, name: &str) -> &str {
        self.params
            .iter()
            .find(|(own, _)| own == name)
            .map_or("", |(_, value)| value.as_str())
    }

    /// The frame for pages of a language, with the tags that it adds to the page.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn chrome(&self, locale: Locale) -> Result<(Arc<Chrome>, Vec<String>)> {
        let (chrome, tags, position) = self.app.chrome(&self.reading, locale).await?;
        self.reading.made_from(position);
        Ok((chrome, tags))
    }

    /// The city's organisations. A page that shows one carries the tag `organisation:ID`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn organisations(&self) -> Result<Arc<OrganisationList>> {
        let (list, position) = match self.app.kept_organisations() {
            Some((list, position)) => {
                let position = self.reading.made_from_kept(position);
                (list, position)
            }
            None => self.app.organisations(self.snapshot().await?).await?,
        };
        self.reading.made_from(position);
        Ok(list)
    }
}
