//! Work that is done by itself.

use torg_accounts::Accounts;
use torg_jobs::{Handlers, Rule, Schedule};
use torg_kernel::Actor;
use torg_log::{Author, purge_results, seal_days};
use torg_web::Organisations;

/// All kinds of jobs, and when they come back.
///
/// # Panics
/// Never: the times of day are written here.
#[must_use]
pub fn handlers(accounts: &Accounts, request_days: i64) -> Handlers {
    let (accounts, telling) = (accounts.clone(), accounts.clone());
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
        .on("tell_due_pages", move |job| {
            let accounts = telling.clone();
            async move {
                let snapshot = job.database.snapshot().await?;
                let organisations = accounts.list(&snapshot).await?;
                snapshot.end().await?;
                loop {
                    let (clock, ids) = (job.clock.clone(), job.ids.clone());
                    let organisations = organisations.clone();
                    let told = job
                        .database
                        .write(move |context| {
                            Box::pin(async move {
                                let actor = Actor::system("tell_due_pages");
                                let author = Author {
                                    actor: &actor,
                                    now: clock.now(),
                                    ids: &*ids,
                                };
                                torg_site::tell_due(context, author, &organisations).await
                            })
                        })
                        .await?;
                    if told == 0 {
                        return Ok(());
                    }
                }
            }
        })
        .schedule(Schedule::new("tell_due_pages", Rule::Every { seconds: 60 }))
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
