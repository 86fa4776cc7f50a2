//! Reading for one page: a snapshot that is begun only when it is needed, and how old the page's
//! parts are.
//!
//! Most pages need one statement, which is a snapshot of its own, and parts that are kept in
//! memory with the position they were made from. The page counts as old as its oldest part, so
//! the cache refuses it when any part was changed since. The trade-off: two parts of one page may
//! come from two moments a few milliseconds apart; such a page goes out once and is never kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tokio::sync::OnceCell;
use torg_db::{Database, Snapshot};
use torg_kernel::{Problem, Result};

/// What one page is read through.
pub struct Reading {
    database: Database,
    snapshot: Arc<OnceCell<(Snapshot, i64)>>,
    position: AtomicI64,
    followed: i64,
}

impl Reading {
    /// Nothing read yet.
    #[must_use]
    pub fn new(database: &Database) -> Self {
        Self {
            database: database.clone(),
            snapshot: Arc::default(),
            position: AtomicI64::new(i64::MAX),
            followed: i64::MIN,
        }
    }

    /// The same, knowing that this node had dropped all that events up to `followed` made stale
    /// before the reading began: what is kept in memory holds at least for that position.
    #[must_use]
    pub fn following(database: &Database, followed: i64) -> Self {
        Self {
            followed,
            ..Self::new(database)
        }
    }

    /// A part of the page that is made by itself and may be kept by itself: it shares the snapshot
    /// and has an age of its own. Nobody takes a second connection while holding one: when all
    /// are taken by pages that each wait for another, nothing goes on.
    #[must_use]
    pub fn part(&self) -> Self {
        Self {
            database: self.database.clone(),
            snapshot: self.snapshot.clone(),
            position: AtomicI64::new(i64::MAX),
            followed: self.followed,
        }
    }

    /// The database, for a single statement whose answer says its own position.
    #[must_use]
    pub const fn database(&self) -> &Database {
        &self.database
    }

    async fn begun(&self) -> Result<&(Snapshot, i64)> {
        let begun = self
            .snapshot
            .get_or_try_init(|| async {
                let snapshot = self.database.snapshot().await?;
                let position = torg_log::head(&*snapshot).await?;
                Ok::<_, Problem>((snapshot, position))
            })
            .await?;
        self.made_from(begun.1);
        Ok(begun)
    }

    /// The snapshot that all further questions are asked in; begun by the first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn snapshot(&self) -> Result<&Snapshot> {
        Ok(&self.begun().await?.0)
    }

    /// The log position of the snapshot, which is begun if need be.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn snapshot_position(&self) -> Result<i64> {
        Ok(self.begun().await?.1)
    }

    /// Says that something made at a position went into the page.
    pub fn made_from(&self, position: i64) {
        self.position.fetch_min(position, Ordering::SeqCst);
    }

    /// Says that something kept in memory since a position went into the page. It was not dropped
    /// by any event that this node has followed, so it counts as new as those: otherwise a page
    /// that was changed once would be older than its own change for ever, and never be kept.
    pub fn made_from_kept(&self, position: i64) -> i64 {
        let position = position.max(self.followed);
        self.made_from(position);
        position
    }

    /// The position of the oldest part.
    #[must_use]
    pub fn position(&self) -> i64 {
        self.position.load(Ordering::SeqCst)
    }

    /// Gives the connection back, if one was taken.
    ///
    /// # Errors
    /// When the connection broke.
    pub async fn end(self) -> Result<()> {
        // A part that is still held gives it back when it is dropped.
        if let Some((snapshot, _)) = Arc::into_inner(self.snapshot).and_then(OnceCell::into_inner) {
            snapshot.end().await?;
        }
        Ok(())
    }
}
