//! What the city has written of a district. The map knows the districts; who keeps the words answers.

use async_trait::async_trait;
use torg_kernel::{Locale, Result, Timestamp};

/// A piece of news, or a notice that is up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaNews {
    /// What it is about.
    pub title: String,
    /// Where it stands.
    pub href: String,
    /// When it was published.
    pub published_at: Option<Timestamp>,
}

/// Finds news by the name of a district. Owned here, answered by the site's search.
#[async_trait]
pub trait NewsOfAreas: Send + Sync {
    /// What names a district, in a language, the newest first; at most so many.
    ///
    /// # Errors
    /// When the search fails.
    async fn find(
        &self,
        district: &str,
        locale: Locale,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<AreaNews>>;
}
