//! Sessions and counted log-in attempts in the database.

use std::str::FromStr;

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, execute, fetch_all, fetch_one};
use torg_kernel::{PersonId, SessionId, Timestamp};
use uuid::Uuid;

use crate::model::{LogInMethod, Session};

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    created_at: i64,
    last_seen_at: i64,
    expires_at: i64,
    user_agent: String,
    method: String,
}

impl From<Row> for Session {
    fn from(row: Row) -> Self {
        Self {
            id: SessionId(row.id),
            person: PersonId(row.person_id),
            created_at: Timestamp::from_micros(row.created_at),
            last_seen_at: Timestamp::from_micros(row.last_seen_at),
            expires_at: Timestamp::from_micros(row.expires_at),
            user_agent: row.user_agent,
            // A way in that this version does not know counts as the weakest.
            method: LogInMethod::from_str(&row.method).unwrap_or_default(),
        }
    }
}

const COLUMNS: &str = "id, person_id, created_at, last_seen_at, expires_at, user_agent, method";

pub(crate) async fn insert<C: ConnectionTrait>(
    on: &C,
    session: &Session,
    token_hash: &[u8],
) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO session \
         (id, token_hash, person_id, created_at, last_seen_at, expires_at, user_agent, method) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        vec![
            session.id.0.into(),
            token_hash.to_vec().into(),
            session.person.0.into(),
            session.created_at.micros().into(),
            session.last_seen_at.micros().into(),
            session.expires_at.micros().into(),
            session.user_agent.clone().into(),
            session.method.as_str().into(),
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn find_by_token<C: ConnectionTrait>(
    on: &C,
    token_hash: &[u8],
) -> Result<Option<Session>, DbErr> {
    let row: Option<Row> = fetch_one(
        on,
        &format!("SELECT {COLUMNS} FROM session WHERE token_hash = $1"),
        vec![token_hash.to_vec().into()],
    )
    .await?;
    Ok(row.map(Into::into))
}

pub(crate) async fn find<C: ConnectionTrait>(
    on: &C,
    id: SessionId,
) -> Result<Option<Session>, DbErr> {
    let row: Option<Row> = fetch_one(
        on,
        &format!("SELECT {COLUMNS} FROM session WHERE id = $1"),
        vec![id.0.into()],
    )
    .await?;
    Ok(row.map(Into::into))
}

/// A person's sessions, the one last used first.
pub(crate) async fn list_of<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
) -> Result<Vec<Session>, DbErr> {
    let rows: Vec<Row> = fetch_all(
        on,
        &format!(
            "SELECT {COLUMNS} FROM session WHERE person_id = $1 ORDER BY last_seen_at DESC, id"
        ),
        vec![person.0.into()],
    )
    .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Notes that a session was used. Never moves backwards.
pub(crate) async fn touch<C: ConnectionTrait>(
    on: &C,
    id: SessionId,
    now: Timestamp,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE session SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2",
        vec![id.0.into(), now.micros().into()],
    )
    .await?;
    Ok(())
}

/// Notes that a person has proved a second factor in a session that was opened without one.
pub(crate) async fn update_method<C: ConnectionTrait>(
    on: &C,
    id: SessionId,
    method: LogInMethod,
) -> Result<(), DbErr> {
    execute(
        on,
        "UPDATE session SET method = $2 WHERE id = $1 AND method = 'password'",
        vec![id.0.into(), method.as_str().into()],
    )
    .await?;
    Ok(())
}

pub(crate) async fn delete<C: ConnectionTrait>(on: &C, id: SessionId) -> Result<(), DbErr> {
    execute(on, "DELETE FROM session WHERE id = $1", vec![id.0.into()]).await?;
    Ok(())
}

/// Ends a person's sessions but the one to keep. Returns how many ended.
pub(crate) async fn delete_of<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
    keep: Option<SessionId>,
) -> Result<u64, DbErr> {
    execute(
        on,
        "DELETE FROM session WHERE person_id = $1 AND id <> $2",
        vec![
            person.0.into(),
            keep.map_or_else(Uuid::nil, |id| id.0).into(),
        ],
    )
    .await
}

/// Takes away sessions that are over and attempts that no longer slow anybody down.
pub(crate) async fn purge<C: ConnectionTrait>(
    on: &C,
    now: Timestamp,
    idle_before: Timestamp,
    attempts_before: Timestamp,
) -> Result<u64, DbErr> {
    let sessions = execute(
        on,
        "DELETE FROM session WHERE expires_at <= $1 OR last_seen_at <= $2",
        vec![now.micros().into(), idle_before.micros().into()],
    )
    .await?;
    let attempts = execute(
        on,
        "DELETE FROM login_attempt WHERE last_at <= $1 AND open_at <= $2",
        vec![attempts_before.micros().into(), now.micros().into()],
    )
    .await?;
    Ok(sessions + attempts)
}

/// How often an account, or a source with any account, was tried without success.
#[derive(FromQueryResult)]
pub(crate) struct Attempts {
    pub failures: i64,
    pub last_at: i64,
    pub open_at: i64,
}

pub(crate) async fn find_attempts<C: ConnectionTrait>(
    on: &C,
    key: &[u8],
) -> Result<Option<Attempts>, DbErr> {
    fetch_one(
        on,
        "SELECT failures, last_at, open_at FROM login_attempt WHERE attempt_key = $1",
        vec![key.to_vec().into()],
    )
    .await
}

pub(crate) async fn save_attempts<C: ConnectionTrait>(
    on: &C,
    key: &[u8],
    attempts: &Attempts,
) -> Result<(), DbErr> {
    execute(
        on,
        "INSERT INTO login_attempt (attempt_key, failures, last_at, open_at) \
         VALUES ($1, $2, $3, $4) \
         ON CONFLICT (attempt_key) DO UPDATE SET failures = excluded.failures, \
         last_at = excluded.last_at, open_at = excluded.open_at",
        vec![
            key.to_vec().into(),
            attempts.failures.into(),
            attempts.last_at.into(),
            attempts.open_at.into(),
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn delete_attempts<C: ConnectionTrait>(on: &C, key: &[u8]) -> Result<(), DbErr> {
    execute(
        on,
        "DELETE FROM login_attempt WHERE attempt_key = $1",
        vec![key.to_vec().into()],
    )
    .await?;
    Ok(())
}

/// Takes counted attempts back and lets the next one in at once.
pub(crate) async fn uncount_attempts<C: ConnectionTrait>(
    on: &C,
    key: &[u8],
    count: i64,
) -> Result<(), DbErr> {
    let values = || vec![key.to_vec().into(), count.into()];
    let gone = execute(
        on,
        "DELETE FROM login_attempt WHERE attempt_key = $1 AND failures <= $2",
        values(),
    )
    .await?;
    if gone == 0 {
        execute(
            on,
            "UPDATE login_attempt SET open_at = 0, failures = failures - $2 WHERE attempt_key = $1",
            values(),
        )
        .await?;
    }
    Ok(())
}
