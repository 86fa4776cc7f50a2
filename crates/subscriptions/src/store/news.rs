//! What is news, and up to where each rhythm is due.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, SqlValue, execute, fetch_all, fetch_one, scalar};
use torg_kernel::{Result, Timestamp};
use uuid::Uuid;

use super::{joined, split};
use crate::model::{Noted, Rhythm};
use crate::publications::Item;

#[derive(FromQueryResult)]
struct Row {
    number: i64,
    subject_kind: String,
    subject_id: Uuid,
    topics: String,
    published_at: i64,
    versions: String,
    withdrawn: bool,
}

async fn read<C: ConnectionTrait>(
    on: &C,
    condition: &str,
    values: Vec<SqlValue>,
) -> Result<Vec<Noted>> {
    let sql = format!(
        "SELECT number, subject_kind, subject_id, topics, published_at, versions, withdrawn \
         FROM subscription_item WHERE {condition}"
    );
    let rows: Vec<Row> = fetch_all(on, &sql, values).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Noted {
                number: row.number,
                subject_kind: row.subject_kind,
                subject_id: row.subject_id,
                topics: split(&row.topics),
                published_at: Timestamp::from_micros(row.published_at),
                versions: serde_json::from_str(&row.versions)?,
                withdrawn: row.withdrawn,
            })
        })
        .collect()
}

/// News first seen after a time, those that were taken back included.
pub(crate) async fn list_published<C: ConnectionTrait>(
    on: &C,
    after: Timestamp,
) -> Result<Vec<Noted>> {
    read(on, "published_at > $1", vec![after.micros().into()]).await
}

/// News after one number up to another that is public still, the newest first.
pub(crate) async fn list_news<C: ConnectionTrait>(
    on: &C,
    after: i64,
    until: i64,
    limit: i64,
) -> Result<Vec<Noted>> {
    read(
        on,
        "number > $1 AND number <= $2 AND withdrawn = $4 ORDER BY number DESC LIMIT $3",
        vec![after.into(), until.into(), limit.into(), false.into()],
    )
    .await
}

/// The number of the latest news; 0 when there was never any.
pub(crate) async fn last_number<C: ConnectionTrait>(on: &C) -> Result<i64, DbErr> {
    scalar(on, "SELECT MAX(number) FROM subscription_item", vec![]).await
}

/// Notes a thing as news under the next number, unless it is noted already.
pub(crate) async fn note<C: ConnectionTrait>(on: &C, item: &Item) -> Result<()> {
    execute(
        on,
        "INSERT INTO subscription_item (number, subject_kind, subject_id, topics, published_at, \
         versions, withdrawn) SELECT COALESCE(MAX(number), 0) + 1, $1, $2, $3, $4, $5, $6 \
         FROM subscription_item WHERE true \
         ON CONFLICT (subject_kind, subject_id) DO NOTHING",
        vec![
            item.subject.kind.clone().into(),
            item.subject.id.into(),
            joined(&item.topics).into(),
            item.published_at.micros().into(),
            serde_json::to_string(&item.versions)?.into(),
            false.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes what is known of a thing now over what was noted.
pub(crate) async fn renote<C: ConnectionTrait>(on: &C, number: i64, item: &Item) -> Result<()> {
    execute(
        on,
        "UPDATE subscription_item SET topics = $2, published_at = $3, versions = $4, withdrawn = $5 \
         WHERE number = $1",
        vec![
            number.into(),
            joined(&item.topics).into(),
            item.published_at.micros().into(),
            serde_json::to_string(&item.versions)?.into(),
            false.into(),
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn withdraw<C: ConnectionTrait>(on: &C, number: i64) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE subscription_item SET withdrawn = $2 WHERE number = $1",
        vec![number.into(), true.into()],
    )
    .await?;
    Ok(())
}

/// Forgets old news. The latest stays, since its number must not be given again.
pub(crate) async fn weed_items<C: ConnectionTrait>(
    on: &C,
    before: Timestamp,
) -> Result<u64, DbErr> {
    execute(
        on,
        "DELETE FROM subscription_item WHERE published_at < $1 \
         AND number < (SELECT MAX(number) FROM subscription_item)",
        vec![before.micros().into()],
    )
    .await
}

/// Up to which number a rhythm is due, and since when.
pub(crate) async fn find_slot<C: ConnectionTrait>(
    on: &C,
    rhythm: Rhythm,
) -> Result<Option<(i64, Timestamp)>, DbErr> {
    #[derive(FromQueryResult)]
    struct Slot {
        until_number: i64,
        at: i64,
    }
    let row: Option<Slot> = fetch_one(
        on,
        "SELECT until_number, at FROM subscription_slot WHERE rhythm = $1",
        vec![rhythm.as_str().into()],
    )
    .await?;
    Ok(row.map(|row| (row.until_number, Timestamp::from_micros(row.at))))
}

pub(crate) async fn save_slot<C: ConnectionTrait>(
    on: &C,
    rhythm: Rhythm,
    until: i64,
    at: Timestamp,
) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO subscription_slot (rhythm, until_number, at) VALUES ($1, $2, $3) \
         ON CONFLICT (rhythm) DO UPDATE SET until_number = excluded.until_number, at = excluded.at",
        vec![rhythm.as_str().into(), until.into(), at.micros().into()],
    )
    .await?;
    Ok(())
}
