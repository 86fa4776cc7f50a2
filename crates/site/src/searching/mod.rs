//! Search that learns: what people look for is counted without knowing who they are, and editors
//! mend what was not found with synonyms, chosen pages and queries that must find. Counts are
//! gathered in memory and written some seconds later, so that a search never waits for the
//! database; the price is that a killed process loses the counts of its last seconds.

mod affected;
mod counts;
pub mod filters;
mod limit;
mod lists;
mod once;
mod popular;
mod settings;
mod store;
mod worklist;

use std::sync::Arc;
use std::time::Duration;

use torg_db::Database;
use torg_kernel::{Clock, Ids, Locale, Result, Timestamp};
use torg_search::{Index, Matched, Query, SearchError};

pub use affected::must_find_affected;
pub use counts::keepable;
pub use limit::{Source, SourceLimit, source};
pub use lists::{Lists, checked_best_bets, checked_must_find};
pub use popular::{CommonSearch, CommonSearches};
pub use settings::{BEST_BETS, HALF_LIFE, MUST_FIND, Settings, apply_settings};
pub use store::weed_counts;
pub use worklist::{HowHandled, WorkItem, mark_handled, work_list};

use counts::Counts;
use once::{Deed, OncePerDay};

/// Seconds between two writes of the counts.
const FLUSH_SECONDS: u64 = 10;
/// Writes of the counts between two readings of what is commonly searched for.
const POPULAR_EVERY: u32 = 30;

/// What one node knows of searches: counts not yet written, what is commonly searched for, and who
/// asks too much.
#[derive(Debug)]
pub struct Searching {
    counts: Counts,
    once: OncePerDay,
    /// Searches of each source that are counted: 1 a second, 100 at once.
    counted: SourceLimit,
    /// What is commonly searched for and found.
    pub common: CommonSearches,
    /// Suggestions for each source: 15 a second, 60 at once. Somebody who types quickly asks for
    /// six a second.
    pub suggestions: SourceLimit,
    /// Clicks for each source: 2 a second, 20 at once.
    pub clicks: SourceLimit,
}

impl Searching {
    /// Nothing is counted yet, and nothing is known to be common.
    #[must_use]
    pub fn new(ids: Arc<dyn Ids>) -> Self {
        Self {
            counts: Counts::default(),
            once: OncePerDay::new(ids),
            counted: SourceLimit::new(1, 100),
            common: CommonSearches::default(),
            suggestions: SourceLimit::new(15, 60),
            clicks: SourceLimit::new(2, 20),
        }
    }

    /// Counts a search, if its words may be kept and this source did not ask it before today.
    pub fn searched(
        &self,
        now: Timestamp,
        source: Source,
        locale: Locale,
        text: &str,
        results: usize,
    ) {
        let counts = |query: &String| {
            self.counted.admits(source, now)
                && self.once.is_first(now, Deed::Search, source, locale, query)
        };
        if let Some(query) = keepable(text).filter(counts) {
            self.counts.searched(now, locale, query, results);
        }
    }

    /// Counts that a result was chosen, once a day for each source; only for a query that was
    /// counted itself.
    pub fn clicked(&self, now: Timestamp, source: Source, locale: Locale, text: &str) {
        let counts = |query: &String| self.once.is_first(now, Deed::Click, source, locale, query);
        if let Some(query) = keepable(text).filter(counts) {
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

    /// Reads anew what is commonly searched for. Only what finds a document with all its words is
    /// suggested to others: words that stand nowhere on the site would be somebody's own message
    /// to everybody.
    ///
    /// # Errors
    /// When the database or the index fails.
    pub async fn read_common(
        &self,
        database: &Database,
        index: &Arc<Index>,
        now: Timestamp,
    ) -> Result<()> {
        let snapshot = database.snapshot().await?;
        let found = store::common_searches(&*snapshot, now).await?;
        snapshot.end().await?;
        let index = index.clone();
        let found = tokio::task::spawn_blocking(move || {
            let mut kept = Vec::with_capacity(found.len());
            for search in found {
                if is_found_whole(&index, &search)? {
                    kept.push(search);
                }
            }
            Ok::<_, SearchError>(kept)
        })
        .await??;
        self.common.replace(found);
        Ok(())
    }

    /// Writes counts and reads common searches until `stopping` says true, and then writes a last
    /// time.
    pub async fn run(
        self: Arc<Self>,
        database: Database,
        index: Arc<Index>,
        clock: Arc<dyn Clock>,
        mut stopping: tokio::sync::watch::Receiver<bool>,
    ) {
        let mut round = 0_u32;
        loop {
            if round.is_multiple_of(POPULAR_EVERY)
                && let Err(problem) = self.read_common(&database, &index, clock.now()).await
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

fn is_found_whole(index: &Index, search: &CommonSearch) -> Result<bool, SearchError> {
    let query = Query {
        limit: 1,
        ..Query::new(&search.query, search.locale)
    };
    Ok(index.search(&query)?.matched == Matched::All)
}
