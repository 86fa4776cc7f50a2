//! Log-ins and registrations that are half done.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, execute, fetch_one};
use torg_kernel::Timestamp;

#[derive(FromQueryResult)]
struct Row {
    state: String,
}

/// Keeps a step, and takes away those that are over.
pub(crate) async fn save<C: ConnectionTrait>(
    on: &C,
    key: &[u8],
    state: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), DbErr> {
    execute(
        on,
        "DELETE FROM log_in_step WHERE expires_at <= $1",
        vec![now.micros().into()],
    )
    .await?;
    execute(
        on,
        "INSERT INTO log_in_step (step_key, state, expires_at) VALUES ($1, $2, $3) \
         ON CONFLICT (step_key) DO UPDATE SET state = excluded.state, \
         expires_at = excluded.expires_at",
        vec![
            key.to_vec().into(),
            state.into(),
            expires_at.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

/// Changes what a step knows; its end stays.
pub(crate) async fn update<C: ConnectionTrait>(
    on: &C,
    key: &[u8],
    state: &str,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE log_in_step SET state = $2 WHERE step_key = $1",
        vec![key.to_vec().into(), state.into()],
    )
    .await?;
    Ok(())
}

/// A step that is not over.
pub(crate) async fn find<C: ConnectionTrait>(
    on: &C,
    key: &[u8],
    now: Timestamp,
) -> Result<Option<String>, DbErr> {
    let row: Option<Row> = fetch_one(
        on,
        "SELECT state FROM log_in_step WHERE step_key = $1 AND expires_at > $2",
        vec![key.to_vec().into(), now.micros().into()],
    )
    .await?;
    Ok(row.map(|row| row.state))
}

/// Ends a step. Whether there was one: only the first to end it may go on.
pub(crate) async fn delete<C: ConnectionTrait>(on: &C, key: &[u8]) -> Result<bool, DbErr> {
    let gone = execute(
        on,
        "DELETE FROM log_in_step WHERE step_key = $1",
        vec![key.to_vec().into()],
    )
    .await?;
    Ok(gone == 1)
}
