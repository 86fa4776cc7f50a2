//! Secret links to drafts.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, WriteContext, execute, fetch_all, fetch_one};
use torg_kernel::{ContentId, PersonId, Result, Timestamp};
use uuid::Uuid;

/// A link by which somebody without an account sees a draft. The secret itself is nowhere.
#[derive(Debug, Clone)]
pub(in crate::history) struct PreviewLink {
    pub id: Uuid,
    pub content: ContentId,
    /// Whom it is for, in the words of whoever made it.
    pub note: String,
    pub person: Option<PersonId>,
    pub made_at: Timestamp,
    pub ends_at: Timestamp,
    /// When somebody ended it before its time.
    pub ended_at: Option<Timestamp>,
}

impl PreviewLink {
    /// Whether it shows anything at an instant.
    pub fn is_open_at(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && now < self.ends_at
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    content_id: Uuid,
    note: String,
    person_id: Option<Uuid>,
    made_at: i64,
    ends_at: i64,
    ended_at: Option<i64>,
}

impl Row {
    fn into_link(self) -> PreviewLink {
        PreviewLink {
            id: self.id,
            content: ContentId(self.content_id),
            note: self.note,
            person: self.person_id.map(PersonId),
            made_at: Timestamp::from_micros(self.made_at),
            ends_at: Timestamp::from_micros(self.ends_at),
            ended_at: self.ended_at.map(Timestamp::from_micros),
        }
    }
}

const COLUMNS: &str = "id, content_id, note, person_id, made_at, ends_at, ended_at";

pub(in crate::history) async fn insert_preview(
    context: &WriteContext,
    link: &PreviewLink,
    digest: &str,
) -> Result<()> {
    execute(
        &**context,
        "INSERT INTO preview_link (id, content_id, digest, note, person_id, made_at, ends_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        vec![
            link.id.into(),
            link.content.0.into(),
            digest.into(),
            link.note.clone().into(),
            SqlValue::Uuid(link.person.map(|person| person.0)),
            link.made_at.micros().into(),
            link.ends_at.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

/// The links of a text, newest first.
pub(in crate::history) async fn list_previews<C: ConnectionTrait>(
    on: &C,
    content: ContentId,
) -> Result<Vec<PreviewLink>> {
    let rows: Vec<Row> = fetch_all(
        on,
        &format!(
            "SELECT {COLUMNS} FROM preview_link WHERE content_id = $1 \
             ORDER BY made_at DESC, id DESC LIMIT 100"
        ),
        vec![content.0.into()],
    )
    .await?;
    Ok(rows.into_iter().map(Row::into_link).collect())
}

async fn one<C: ConnectionTrait>(
    on: &C,
    filter: &str,
    value: SqlValue,
) -> Result<Option<PreviewLink>> {
    let row: Option<Row> = fetch_one(
        on,
        &format!("SELECT {COLUMNS} FROM preview_link WHERE {filter} = $1"),
        vec![value],
    )
    .await?;
    Ok(row.map(Row::into_link))
}

pub(in crate::history) async fn find_preview<C: ConnectionTrait>(
    on: &C,
    id: Uuid,
) -> Result<Option<PreviewLink>> {
    one(on, "id", id.into()).await
}

pub(in crate::history) async fn find_preview_by_digest<C: ConnectionTrait>(
    on: &C,
    digest: &str,
) -> Result<Option<PreviewLink>> {
    one(on, "digest", digest.into()).await
}

pub(in crate::history) async fn end_preview(
    context: &WriteContext,
    id: Uuid,
    now: Timestamp,
) -> Result<()> {
    execute(
        &**context,
        "UPDATE preview_link SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL",
        vec![id.into(), now.micros().into()],
    )
    .await?;
    Ok(())
}
