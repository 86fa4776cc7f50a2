//! Weeding of reports that are settled: the text of the reader and the answer go from rows and log.
//! That somebody reported, when, and that it was weeded by which decision stays in the log.

use std::sync::Arc;

use torg_db::Database;
use torg_kernel::{Actor, Clock, Ids, Result, Subject, Timestamp};
use torg_log::Author;

use super::{CareRules, store};

/// Reports in one transaction.
const BATCH: i64 = 50;

/// Weeds reports that were settled so many days ago, and says how many. Does nothing without the
/// number of a decision: what readers write to an authority are public records, and arkivlagen
/// (1990:782), section 10, lets them be weeded by a decision only.
///
/// # Errors
/// When the database fails; what was weeded before that stays weeded.
pub async fn weed_reports(
    database: &Database,
    clock: &dyn Clock,
    ids: &Arc<dyn Ids>,
    rules: &CareRules,
) -> Result<usize> {
    let decision = rules.weeding_decision.trim();
    if decision.is_empty() {
        return Ok(0);
    }
    let now = clock.now();
    let before = now.plus_seconds(-rules.weeding_days * 86_400);
    let mut weeded = 0;
    loop {
        let part = part(database, before, now, ids.clone(), decision.to_owned()).await?;
        if part == 0 {
            return Ok(weeded);
        }
        weeded += part;
    }
}

async fn part(
    database: &Database,
    before: Timestamp,
    now: Timestamp,
    ids: Arc<dyn Ids>,
    decision: String,
) -> Result<usize> {
    database
        .write(move |write| {
            Box::pin(async move {
                let actor = Actor::system("weed_unit_reports");
                let author = Author {
                    actor: &actor,
                    now,
                    ids: &*ids,
                };
                let ripe = store::list_ripe(&**write, before, BATCH).await?;
                for id in &ripe {
                    store::delete_report(&**write, *id).await?;
                    let subject = Subject::new("unit_report", *id);
                    torg_log::weed(write, author, &subject, &decision).await?;
                }
                Ok(ripe.len())
            })
        })
        .await
}
