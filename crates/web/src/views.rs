//! Following the log, so that what another node or process changed is dropped here as well.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use torg_log::Follower;

use crate::App;

/// Drops from the caches whatever the log says has changed, from now on, until aborted.
pub async fn follow_views(app: Arc<App>, from: i64) {
    let mut follower = Follower::new(&app.database, from, &[]);
    loop {
        match follower.next().await {
            Ok(events) => {
                for event in events {
                    for tag in &event.tags {
                        app.drop_tag(tag, event.position);
                    }
                    app.followed.store(event.position, Ordering::SeqCst);
                    app.telemetry.followed(event.position);
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the page cache could not follow the log; trying again");
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        }
    }
}

/// Starts [`follow_views`] from the log's present end. Must be started before the first page is
/// made: the cache is empty then.
///
/// # Errors
/// When the database fails.
pub async fn spawn_view_follower(
    app: &Arc<App>,
) -> torg_kernel::Result<tokio::task::JoinHandle<()>> {
    let snapshot = app.database.snapshot().await?;
    let head = torg_log::head(&*snapshot).await?;
    snapshot.end().await?;
    app.followed.store(head, Ordering::SeqCst);
    Ok(tokio::spawn(follow_views(app.clone(), head)))
}
