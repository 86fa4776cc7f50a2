//! What the media bank does by itself.

use torg_files::{list_blobs, tell_expired};
use torg_jobs::{Handlers, JobContext, Rule, Schedule};
use torg_kernel::{Actor, Result};
use torg_log::Author;

use crate::Media;

/// Tells the log of pictures that went out at midnight. Asked each minute rather than once a night, so
/// that a night when no node was up is made up for; asking costs a look into an index.
async fn tell(job: JobContext) -> Result<()> {
    loop {
        let (clock, ids) = (job.clock.clone(), job.ids.clone());
        let told = job
            .database
            .write(move |context| {
                Box::pin(async move {
                    let actor = Actor::system("tell_expired_pictures");
                    let author = Author {
                        actor: &actor,
                        now: clock.now(),
                        ids: &*ids,
                    };
                    tell_expired(context, author).await
                })
            })
            .await?;
        if told == 0 {
            return Ok(());
        }
    }
}

impl Media {
    /// Each night the bytes that nobody names any more are taken away; each minute the log is told of
    /// pictures whose time went out.
    #[must_use]
    pub fn jobs(&self) -> Handlers {
        let blobs = self.blobs.clone();
        Handlers::new()
            .on("sweep_files", move |job| {
                let blobs = blobs.clone();
                async move {
                    let now = job.clock.now();
                    let snapshot = job.database.snapshot().await?;
                    let named = list_blobs(&*snapshot).await?;
                    snapshot.end().await?;
                    let swept = blobs.sweep(&named, now).await?;
                    if swept.removed > 0 {
                        tracing::info!(
                            removed = swept.removed,
                            kept = swept.kept,
                            "took away files that nothing names"
                        );
                    }
                    Result::Ok(())
                }
            })
            .on("tell_expired_pictures", tell)
            .schedule(Schedule::new(
                "tell_expired_pictures",
                Rule::Every { seconds: 60 },
            ))
            .schedule(Schedule::new(
                "sweep_files",
                Rule::Daily {
                    at: jiff::civil::time(2, 40, 0, 0),
                },
            ))
    }
}
