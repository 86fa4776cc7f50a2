//! Reading for one page: a snapshot that is begun only when it is needed, and how old the page's
//! parts are.
//!
//! Most pages need one statement, which is a snapshot of its own, and parts that are kept in
//! memory with the position they were made from. The page counts as old as its oldest part, so
//! the cache refuses it when any part was changed since. The trade-off: two parts of one page may
//! come from two moments a few milliseconds apart; such a page goes out once and is never kept.

use std::sync::atomic::{AtomicI64, Ordering};

use tokio::sync::OnceCell;
use torg_db::{Database, Snapshot};
use torg_kernel::Result;

/// What one page is read through.
pub struct Reading {
    database: Database,
    snapshot: OnceCell<(Snapshot, i64)>,
    position: AtomicI64,
}

impl Reading {
    /// Nothing read yet.
    #[must_use]
    pub fn new(database: &Database) -> Self {
        Self {
            database: database.clone(),
            snapshot: OnceCell::new(),
            position: AtomicI64::new(i64::MAX),
        }
    }

    /// The database, for a single statement whose answer says its own position.
    #[must_use]
    pub const fn database(&self) -> &Database {
        &self.database
    }

    async fn begun(&self) -> Result<&(Snapshot, i64)> {
        self.snapshot
            .get_or_try_init(|| async {
                let snapshot = self.database.snapshot().await?;
                let position = torg_log::head(&*snapshot).await?;
                self.made_from(position);
                Ok((snapshot, position))
            })
            .await
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
        if let Some((snapshot, _)) = self.snapshot.into_inner() {
            snapshot.end().await?;
        }
        Ok(())
    }
}
