//! Weeding of what was not shown.

use std::sync::Arc;

use torg_db::Database;
use torg_kernel::{Actor, Clock, Ids, Result, Timestamp};
use torg_log::Author;

use super::{Comments, store};

impl Comments {
    /// Takes names, mail addresses and texts of rejected and withdrawn comments out of rows and log
    /// when their days are over. Does nothing without the number of a decision: comments to an
    /// authority are public records, and arkivlagen (1990:782), section 10, lets them be weeded by
    /// a decision only.
    ///
    /// # Errors
    /// When the database fails; what was weeded before that stays weeded.
    pub async fn weed(
        &self,
        database: &Database,
        clock: &Arc<dyn Clock>,
        ids: &Arc<dyn Ids>,
    ) -> Result<()> {
        let decision = self.settings.weeding_decision.trim();
        if decision.is_empty() {
            return Ok(());
        }
        let now = clock.now();
        let before = now.plus_seconds(-self.settings.weeding_days * 86_400);
        loop {
            let ids = ids.clone();
            if part(database, before, now, ids, decision.to_owned()).await? == 0 {
                return Ok(());
            }
        }
    }
}

/// Weeds one part of what is ripe: everything about a person goes from rows and log. Returns how
/// many comments.
async fn part(
    database: &Database,
    before: Timestamp,
    now: Timestamp,
    ids: Arc<dyn Ids>,
    decision: String,
) -> Result<usize> {
    /// Comments in one transaction.
    const BATCH: i64 = 50;
    database
        .write(move |write| {
            Box::pin(async move {
                let actor = Actor::system("weed_comments");
                let author = Author {
                    actor: &actor,
                    now,
                    ids: &*ids,
                };
                let ripe = store::list_ripe(&**write, before, BATCH).await?;
                for comment in &ripe {
                    store::weed(&**write, comment.id, now).await?;
                    torg_log::weed(write, author, &comment.subject(), &decision).await?;
                }
                Ok(ripe.len())
            })
        })
        .await
}
