//! Following the log.

use std::time::Duration;

use torg_db::{Database, DbErr};

use crate::event::{LogEvent, PayloadClass};
use crate::store;

/// How often a follower looks when nobody wakes it: bounds the delay of a write by another
/// process on the same SQLite file, or by another node whose word was lost.
const LOOK: Duration = Duration::from_millis(200);
/// The most events handed over at once.
const BATCH: i64 = 500;

/// Reads events in order from a place on. It never skips and never repeats: positions are given
/// under the writer's lock, so a higher one cannot become visible before a lower one.
pub struct Follower {
    database: Database,
    position: i64,
    classes: Vec<PayloadClass>,
    commits: tokio::sync::watch::Receiver<u64>,
}

impl Follower {
    /// Follows from just after `position`, with the payloads of the named classes (none at all
    /// for consumers that read the rows themselves).
    #[must_use]
    pub fn new(database: &Database, position: i64, classes: &[PayloadClass]) -> Self {
        Self {
            database: database.clone(),
            position,
            classes: classes.to_vec(),
            commits: database.commits(),
        }
    }

    /// The position of the last event handed over.
    #[must_use]
    pub const fn position(&self) -> i64 {
        self.position
    }

    /// The next events, as soon as there are any: at least one, at most 500.
    ///
    /// # Errors
    /// When the database fails; the follower can be asked again.
    pub async fn next(&mut self) -> Result<Vec<LogEvent>, DbErr> {
        loop {
            self.commits.mark_unchanged();
            let events = self.ready().await?;
            if !events.is_empty() {
                return Ok(events);
            }
            let _ = tokio::time::timeout(LOOK, self.commits.changed()).await;
        }
    }

    /// What is there already; empty when the follower has caught up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ready(&mut self) -> Result<Vec<LogEvent>, DbErr> {
        let snapshot = self.database.snapshot().await?;
        let mut events = store::list_after(&*snapshot, self.position, BATCH).await?;
        store::attach(&*snapshot, &mut events, &self.classes).await?;
        snapshot.end().await?;
        if let Some(last) = events.last() {
            self.position = last.position;
        }
        Ok(events)
    }
}
