//! How often texts are read, and which nobody reads.
//!
//! Readings come from [`torg_web::Reads`] and are kept by text and month, with the day of the last
//! one: enough to see what nobody needs, and nothing about anybody.

use std::collections::HashMap;
use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::Date;
use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, Database, WriteContext, execute, fetch_all};
use torg_kernel::{Clock, ContentId, Result, civil_date};
use torg_web::{App, Reads};
use uuid::Uuid;

/// Between two writes of what was counted.
const FLUSH: Duration = Duration::from_secs(20);
/// Rows written at a time, so that others are let in between.
const ROWS_AT_ONCE: usize = 200;
/// Months that are counted together and shown: a year.
const MONTHS_SHOWN: i64 = 12;
/// Months after which counts are forgotten.
const MONTHS_KEPT: i64 = 24;

/// The name of a month, such as `2026-11`: sorts as the months do.
fn month_of(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

fn months_before(day: Date, months: i64) -> String {
    month_of(day.saturating_sub(months.months()))
}

/// Writes what was counted since the last time; what cannot be written is kept for the next time.
/// Returns how many texts were read.
///
/// # Errors
/// When the database fails.
pub async fn write_reads(reads: &Reads, database: &Database, clock: &dyn Clock) -> Result<usize> {
    let taken = reads.take();
    let today = civil_date(clock.now());
    for (at, part) in taken.chunks(ROWS_AT_ONCE).enumerate() {
        let rows = part.to_vec();
        let done = database
            .write(move |context| Box::pin(async move { add(context, &rows, today).await }))
            .await;
        if let Err(problem) = done {
            reads.put_back(&taken[at * ROWS_AT_ONCE..]);
            return Err(problem);
        }
    }
    Ok(taken.len())
}

async fn add(context: &WriteContext, rows: &[(ContentId, u64)], today: Date) -> Result<()> {
    let (day, month) = (today.to_string(), month_of(today));
    for (text, count) in rows {
        execute(
            &**context,
            "INSERT INTO page_reading (content_id, since, last_read) VALUES ($1, $2, $2) \
             ON CONFLICT (content_id) DO UPDATE SET last_read = excluded.last_read",
            vec![text.0.into(), day.as_str().into()],
        )
        .await?;
        execute(
            &**context,
            "INSERT INTO page_reads (content_id, month, reads) VALUES ($1, $2, $3) \
             ON CONFLICT (content_id, month) DO UPDATE SET reads = page_reads.reads + excluded.reads",
            vec![
                text.0.into(),
                month.as_str().into(),
                i64::try_from(*count).unwrap_or(i64::MAX).into(),
            ],
        )
        .await?;
    }
    Ok(())
}

/// Writes counts until `stopping` says true, and then a last time.
pub async fn run_reads(app: std::sync::Arc<App>, mut stopping: tokio::sync::watch::Receiver<bool>) {
    loop {
        let stop = tokio::select! {
            () = tokio::time::sleep(FLUSH) => false,
            changed = stopping.changed() => changed.is_err() || *stopping.borrow(),
        };
        if let Err(problem) = write_reads(&app.reads, &app.database, &*app.clock).await {
            tracing::warn!(%problem, "counts of readings could not be written; trying again");
        }
        if stop {
            return;
        }
    }
}

/// Notes from which day readings of each public text are counted, and forgets what is older than
/// is shown and what is about texts that are gone.
pub(super) async fn keep_reads(context: &WriteContext, today: Date) -> Result<()> {
    execute(
        &**context,
        "INSERT INTO page_reading (content_id, since) SELECT c.id, $1 FROM page_content c \
         WHERE c.state = 'published' AND NOT EXISTS \
         (SELECT 1 FROM page_reading r WHERE r.content_id = c.id)",
        vec![today.to_string().into()],
    )
    .await?;
    execute(
        &**context,
        "DELETE FROM page_reads WHERE month < $1",
        vec![months_before(today, MONTHS_KEPT).into()],
    )
    .await?;
    for table in ["page_reads", "page_reading"] {
        execute(
            &**context,
            &format!(
                "DELETE FROM {table} WHERE NOT EXISTS \
                 (SELECT 1 FROM page_content c WHERE c.id = {table}.content_id)"
            ),
            vec![],
        )
        .await?;
    }
    Ok(())
}

/// How often each text was read in the last twelve months, this one among them.
pub(super) async fn list_reads<C: ConnectionTrait>(
    on: &C,
    today: Date,
) -> Result<HashMap<ContentId, i64>> {
    #[derive(FromQueryResult)]
    struct Row {
        content_id: Uuid,
        reads: i64,
    }
    let rows: Vec<Row> = fetch_all(
        on,
        "SELECT content_id, CAST(SUM(reads) AS BIGINT) AS reads FROM page_reads WHERE month > $1 \
         GROUP BY content_id",
        vec![months_before(today, MONTHS_SHOWN).into()],
    )
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (ContentId(row.content_id), row.reads))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_are_this_one_and_the_eleven_before() {
        let day: Date = "2026-03-31".parse().expect("a day");
        assert_eq!(month_of(day), "2026-03");
        assert_eq!(months_before(day, MONTHS_SHOWN), "2025-03");
        // A month is later than the one that is left out if its name is.
        assert!("2025-04" > "2025-03" && "2025-12" < "2026-01");
    }
}
