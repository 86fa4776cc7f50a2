//! Work that is done by itself.

use torg_accounts::Accounts;
use torg_jobs::{Handlers, Rule, Schedule};
use torg_log::{purge_results, seal_days};

/// All kinds of jobs, and when they come back.
///
/// # Panics
/// Never: the times of day are written here.
#[must_use]
pub fn handlers(accounts: &Accounts, request_days: i64) -> Handlers {
    let accounts = accounts.clone();
    let night = |hour, minute| Rule::Daily {
        at: jiff::civil::time(hour, minute, 0, 0),
    };
    Handlers::new()
        .on("seal_log", |job| async move {
            let now = job.clock.now();
            job.database
                .write(move |context| Box::pin(async move { seal_days(context, now).await }))
                .await?;
            Ok(())
        })
        .on("purge_sessions", move |_| {
            let accounts = accounts.clone();
            async move {
                accounts.purge_sessions().await?;
                Ok(())
            }
        })
        .on("purge_request_results", move |job| async move {
            let before = job.clock.now().plus_seconds(-request_days * 86_400);
            job.database
                .write(move |context| {
                    Box::pin(async move { Ok(purge_results(&**context, before).await?) })
                })
                .await?;
            Ok(())
        })
        .on("purge_jobs", |job| async move {
            let now = job.clock.now();
            let (done, failed) = (
                now.plus_seconds(-7 * 86_400),
                now.plus_seconds(-90 * 86_400),
            );
            job.database
                .write(move |context| {
                    Box::pin(async move { torg_jobs::purge_jobs(context, done, failed).await })
                })
                .await?;
            Ok(())
        })
        .on("weed_search_counts", |job| async move {
            let now = job.clock.now();
            job.database
                .write(move |context| {
                    Box::pin(async move {
                        Ok(torg_site::searching::weed_counts(&**context, now).await?)
                    })
                })
                .await?;
            Ok(())
        })
        .schedule(Schedule::new("weed_search_counts", night(2, 30)))
        .schedule(Schedule::new("seal_log", Rule::Every { seconds: 3_600 }))
        .schedule(Schedule::new(
            "purge_sessions",
            Rule::Every { seconds: 3_600 },
        ))
        .schedule(Schedule::new("purge_request_results", night(2, 10)))
        .schedule(Schedule::new("purge_jobs", night(2, 20)))
        .and(torg_noticeboard::jobs())
}
