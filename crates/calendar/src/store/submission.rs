//! What people outside send in.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, execute, fetch_one, scalar};
use torg_kernel::{EventId, Locale, Result, Timestamp};
use uuid::Uuid;

use crate::model::EventData;

/// An event that somebody outside sent in, with the address that we answer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Its id.
    pub id: Uuid,
    /// SHA-256 of the secret in the mail, as hexadecimal digits.
    pub token_digest: String,
    /// The mail address; empty when it has been weeded.
    pub email: String,
    /// Who sent it, as they call themselves.
    pub sender: String,
    /// The language that they are answered in.
    pub locale: Locale,
    /// What they wrote.
    pub data: EventData,
    /// The event that it became.
    pub event: Option<EventId>,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When the address was confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// When they were answered.
    pub answered_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    token_digest: String,
    email: String,
    sender: String,
    locale: String,
    data: String,
    event_id: Option<Uuid>,
    created_at: i64,
    confirmed_at: Option<i64>,
    answered_at: Option<i64>,
}

impl Row {
    fn submission(self) -> Result<Submission> {
        Ok(Submission {
            id: self.id,
            token_digest: self.token_digest,
            email: self.email,
            sender: self.sender,
            locale: self.locale.parse().unwrap_or(Locale::SV),
            data: serde_json::from_str(&self.data)?,
            event: self.event_id.map(EventId),
            created_at: Timestamp::from_micros(self.created_at),
            confirmed_at: self.confirmed_at.map(Timestamp::from_micros),
            answered_at: self.answered_at.map(Timestamp::from_micros),
        })
    }
}

const COLUMNS: &str = "id, token_digest, email, sender, locale, data, event_id, created_at, \
                       confirmed_at, answered_at";

async fn one<C: ConnectionTrait>(
    on: &C,
    condition: &str,
    value: SqlValue,
) -> Result<Option<Submission>> {
    let sql = format!("SELECT {COLUMNS} FROM calendar_submission WHERE {condition}");
    let row: Option<Row> = fetch_one(on, &sql, vec![value]).await?;
    row.map(Row::submission).transpose()
}

/// What was sent in under a secret.
pub(crate) async fn find_submission<C: ConnectionTrait>(
    on: &C,
    digest: &str,
) -> Result<Option<Submission>> {
    one(on, "token_digest = $1", digest.into()).await
}

/// What an event was sent in as, if it was.
///
/// # Errors
/// When the database fails.
pub async fn find_submission_of<C: ConnectionTrait>(
    on: &C,
    event: EventId,
) -> Result<Option<Submission>> {
    one(on, "event_id = $1", event.0.into()).await
}

pub(crate) async fn insert_submission<C: ConnectionTrait>(
    on: &C,
    submission: &Submission,
) -> Result<()> {
    execute(
        on,
        "INSERT INTO calendar_submission (id, token_digest, email, sender, locale, data, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        vec![
            submission.id.into(),
            submission.token_digest.clone().into(),
            submission.email.clone().into(),
            submission.sender.clone().into(),
            submission.locale.to_string().into(),
            serde_json::to_string(&submission.data)?.into(),
            submission.created_at.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn confirm_submission<C: ConnectionTrait>(
    on: &C,
    id: Uuid,
    event: EventId,
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE calendar_submission SET event_id = $2, confirmed_at = $3 WHERE id = $1";
    execute(
        on,
        sql,
        vec![id.into(), event.0.into(), now.micros().into()],
    )
    .await?;
    Ok(())
}

pub(crate) async fn mark_answered<C: ConnectionTrait>(
    on: &C,
    id: Uuid,
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE calendar_submission SET answered_at = $2 WHERE id = $1";
    execute(on, sql, vec![id.into(), now.micros().into()]).await?;
    Ok(())
}

/// How many were sent in after an instant: by one address, or by all.
pub(crate) async fn count_submissions_since<C: ConnectionTrait>(
    on: &C,
    email: Option<&str>,
    after: Timestamp,
) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM calendar_submission WHERE created_at > $1";
    Ok(match email {
        None => scalar(on, sql, vec![after.micros().into()]).await?,
        Some(email) => {
            let sql = format!("{sql} AND email = $2");
            scalar(on, &sql, vec![after.micros().into(), email.into()]).await?
        }
    })
}

/// Forgets what nobody confirmed before an instant, and everything from before a second one.
pub(crate) async fn delete_old_submissions<C: ConnectionTrait>(
    on: &C,
    unconfirmed: Timestamp,
    all: Timestamp,
) -> Result<u64> {
    Ok(execute(
        on,
        "DELETE FROM calendar_submission WHERE (event_id IS NULL AND created_at < $1) OR created_at < $2",
        vec![unconfirmed.micros().into(), all.micros().into()],
    )
    .await?)
}
