//! Search that learns: what people look for is counted without knowing who they are, and editors
//! mend what was not found with synonyms, chosen pages and queries that must find. Counts are
//! gathered in memory and written some seconds later, so that a search never waits for the
//! database; the price is that a killed process loses the counts of its last seconds.

mod affected;
mod counts;
pub mod filters;
mod limit;
mod lists;
mod popular;
mod settings;
mod store;
mod worklist;

use std::sync::Arc;
use std::time::Duration;

use torg_db::Database;
use torg_kernel::{Clock, Result, Timestamp};

pub use affected::must_find_affected;
pub use counts::keepable;
pub use limit::{Source, SourceLimit, source};
pub use lists::{Lists, checked_best_bets, checked_must_find};
pub use popular::{CommonSearch, CommonSearches};
pub use settings::{BEST_BETS, HALF_LIFE, MUST_FIND, Settings, apply_settings};
pub use store::weed_counts;
pub use worklist::{HowHandled, WorkItem, mark_handled, work_list};

use counts::Counts;

/// Seconds between two writes of the counts.
const FLUSH_SECONDS: u64 = 10;
/// Writes of the counts between two readings of what is commonly searched for.
const POPULAR_EVERY: u32 = 30;

/// What one node knows of searches: counts not yet written, what is commonly searched for, and who
/// asks too much.
#[derive(Debug)]
pub struct Searching {
    counts: Counts,
    /// What is commonly searched for and found.
    pub common: CommonSearches,
    /// Suggestions for each source: 15 a second, 60 at once. Somebody who types quickly asks for
    /// six a second.
    pub suggestions: SourceLimit,
    /// Clicks for each source: 2 a second, 20 at once.
    pub clicks: SourceLimit,
}

impl Default for Searching {
    fn default() -> Self {
        Self {
            counts: Counts::default(),
            common: CommonSearches::default(),
            suggestions: SourceLimit::new(15, 60),
            clicks: SourceLimit::new(2, 20),
        }
    }
}

impl Searching {
    /// Counts a search, if its words may be kept.
    pub fn searched(
        &self,
        now: Timestamp,
        locale: torg_kernel::Locale,
        text: &str,
        results: usize,
    ) {
        if let Some(query) = keepable(text) {
            self.counts.searched(now, locale, query, results);
        }
    }

    /// Counts that a result was chosen; only for a query that was counted itself.
    pub fn clicked(&self, now: Timestamp, locale: torg_kernel::Locale, text: &str) {
        if let Some(query) = keepable(text) {
            self.counts.clicked(now, locale, query);
        }
    }

    /// Writes what was counted since the last time. What could not be written is kept for the next
    /// time. Returns how many rows were written.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn flush(&self, database: &Database) -> Result<usize> {
        self.counts.flush(database).await
    }

    /// Reads anew what is commonly searched for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read_common(&self, database: &Database, now: Timestamp) -> Result<()> {
        let snapshot = database.snapshot().await?;
        let found = store::common_searches(&*snapshot, now).await?;
        snapshot.end().await?;
        self.common.replace(found);
        Ok(())
    }

    /// Writes counts and reads common searches until `stopping` says true, and then writes a last
    /// time.
    pub async fn run(
        self: Arc<Self>,
        database: Database,
        clock: Arc<dyn Clock>,
        mut stopping: tokio::sync::watch::Receiver<bool>,
    ) {
        let mut round = 0_u32;
        loop {
            if round.is_multiple_of(POPULAR_EVERY)
                && let Err(problem) = self.read_common(&database, clock.now()).await
            {
                tracing::warn!(%problem, "common searches could not be read; trying again later");
            }
            round = round.wrapping_add(1);
            let stop = tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(FLUSH_SECONDS)) => false,
                changed = stopping.changed() => changed.is_err() || *stopping.borrow(),
            };
            if let Err(problem) = self.flush(&database).await {
                tracing::warn!(%problem, "counts of searches could not be written; trying again");
            }
            if stop {
                return;
            }
        }
    }
}
