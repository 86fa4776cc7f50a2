//! How far a consumer has come. Consumers of one node (search, cache) keep their place beside what
//! they build; consumers of the whole city (mail, statistics) keep it here.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, execute, fetch_one};

#[derive(FromQueryResult)]
struct Row {
    position: i64,
}

/// The position up to which a consumer has done its work; `None` before its first save.
///
/// # Errors
/// When the database fails.
pub async fn find_cursor<C: ConnectionTrait>(on: &C, consumer: &str) -> Result<Option<i64>, DbErr> {
    let row: Option<Row> = fetch_one(
        on,
        "SELECT position FROM log_cursor WHERE consumer = $1",
        vec![consumer.into()],
    )
    .await?;
    Ok(row.map(|row| row.position))
}

/// Saves a consumer's place; meant for the same transaction as the consumer's own rows, so that
/// both are kept or neither. A cursor never moves backwards.
///
/// # Errors
/// When the database fails.
pub async fn save_cursor<C: ConnectionTrait>(
    on: &C,
    consumer: &str,
    position: i64,
) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO log_cursor (consumer, position) VALUES ($1, $2) \
         ON CONFLICT (consumer) DO UPDATE SET position = excluded.position \
         WHERE log_cursor.position < excluded.position",
        vec![consumer.into(), position.into()],
    )
    .await?;
    Ok(())
}
