//! What the media bank does by itself.

use torg_files::list_blobs;
use torg_jobs::{Handlers, Rule, Schedule};
use torg_kernel::Result;

use crate::Media;

impl Media {
    /// Each night the bytes that nobody names any more are taken away.
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
            .schedule(Schedule::new(
                "sweep_files",
                Rule::Daily {
                    at: jiff::civil::time(2, 40, 0, 0),
                },
            ))
    }
}
