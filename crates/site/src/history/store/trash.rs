//! What lies in the trash, and how it gets there.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, WriteContext, execute, fetch_all, scalar};
use torg_kernel::{ContentId, OrganisationId, PageId, PersonId, Problem, Result, Timestamp};
use uuid::Uuid;

use super::{Unreadable, places};
use crate::model::Content;

/// A text in the trash.
#[derive(Debug, Clone)]
pub(in crate::history) struct Trashed {
    /// What went together comes back together.
    pub batch: Uuid,
    pub content: Content,
    pub person: Option<PersonId>,
    pub at: Timestamp,
}

#[derive(FromQueryResult)]
struct Row {
    content_id: Uuid,
    batch_id: Uuid,
    snapshot: String,
    person_id: Option<Uuid>,
    trashed_at: i64,
}

impl Row {
    fn into_trashed(self) -> Result<Trashed> {
        let id = self.content_id;
        let content = serde_json::from_str(&self.snapshot)
            .map_err(|error| Problem::internal(Unreadable(id, error.to_string())))?;
        Ok(Trashed {
            batch: self.batch_id,
            content,
            person: self.person_id.map(PersonId),
            at: Timestamp::from_micros(self.trashed_at),
        })
    }
}

const COLUMNS: &str = "content_id, batch_id, snapshot, person_id, trashed_at";

pub(in crate::history) async fn insert_trashed(
    context: &WriteContext,
    trashed: &Trashed,
) -> Result<()> {
    let content = &trashed.content;
    execute(
        &**context,
        "INSERT INTO page_trash (content_id, batch_id, page_id, organisation_id, locale, title, \
         address, snapshot, person_id, trashed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        vec![
            content.id.0.into(),
            trashed.batch.into(),
            content.page.0.into(),
            content.organisation.0.into(),
            content.locale.as_str().into(),
            content.title.clone().into(),
            content.address.as_str().into(),
            serde_json::to_string(content)?.into(),
            SqlValue::Uuid(trashed.person.map(|person| person.0)),
            trashed.at.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

/// What lies in the trash of some organisations, newest first.
pub(in crate::history) async fn list_trash<C: ConnectionTrait>(
    on: &C,
    organisations: &[OrganisationId],
    limit: i64,
) -> Result<Vec<Trashed>> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<SqlValue> = vec![limit.into()];
    values.extend(organisations.iter().map(|id| SqlValue::from(id.0)));
    let rows: Vec<Row> = fetch_all(
        on,
        &format!(
            "SELECT {COLUMNS} FROM page_trash WHERE organisation_id IN ({}) \
             ORDER BY trashed_at DESC, address LIMIT $1",
            places(1, organisations.len())
        ),
        values,
    )
    .await?;
    rows.into_iter().map(Row::into_trashed).collect()
}

/// The texts that went together.
pub(in crate::history) async fn list_batch<C: ConnectionTrait>(
    on: &C,
    batch: Uuid,
) -> Result<Vec<Trashed>> {
    let rows: Vec<Row> = fetch_all(
        on,
        &format!("SELECT {COLUMNS} FROM page_trash WHERE batch_id = $1 ORDER BY address"),
        vec![batch.into()],
    )
    .await?;
    rows.into_iter().map(Row::into_trashed).collect()
}

/// Texts that lay in the trash before an instant.
pub(in crate::history) async fn list_ripe<C: ConnectionTrait>(
    on: &C,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<ContentId>> {
    #[derive(FromQueryResult)]
    struct Ripe {
        content_id: Uuid,
    }
    let rows: Vec<Ripe> = fetch_all(
        on,
        "SELECT content_id FROM page_trash WHERE trashed_at < $1 ORDER BY trashed_at LIMIT $2",
        vec![before.micros().into(), limit.into()],
    )
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ContentId(row.content_id))
        .collect())
}

pub(in crate::history) async fn delete_trashed(
    context: &WriteContext,
    content: ContentId,
) -> Result<()> {
    execute(
        &**context,
        "DELETE FROM page_trash WHERE content_id = $1",
        vec![content.0.into()],
    )
    .await?;
    Ok(())
}

/// Takes away what only a text that nobody can bring back any more had: saved versions, what was
/// said of it, secret links.
pub(in crate::history) async fn weed_around(
    context: &WriteContext,
    content: ContentId,
) -> Result<()> {
    for table in ["page_version", "review_note", "preview_link"] {
        execute(
            &**context,
            &format!("DELETE FROM {table} WHERE content_id = $1"),
            vec![content.0.into()],
        )
        .await?;
    }
    Ok(())
}

/// Takes a text's rows away, and its page's when no other text of it is left.
pub(in crate::history) async fn delete_rows(
    context: &WriteContext,
    (page, content): (PageId, ContentId),
) -> Result<()> {
    for table in [
        "page_reference",
        "page_category",
        "draft_presence",
        "draft_conflict",
        "draft_patch",
        "draft_part",
        "page_schedule",
        "draft",
    ] {
        execute(
            &**context,
            &format!("DELETE FROM {table} WHERE content_id = $1"),
            vec![content.0.into()],
        )
        .await?;
    }
    execute(
        &**context,
        "DELETE FROM page_content WHERE id = $1",
        vec![content.0.into()],
    )
    .await?;
    let left = scalar(
        &**context,
        "SELECT count(*) FROM page_content WHERE page_id = $1",
        vec![page.0.into()],
    )
    .await?;
    if left == 0 {
        execute(
            &**context,
            "DELETE FROM page WHERE id = $1",
            vec![page.0.into()],
        )
        .await?;
    }
    Ok(())
}

/// Lets all old addresses of a text lead to another.
pub(in crate::history) async fn lead_on(
    context: &WriteContext,
    from: ContentId,
    to: ContentId,
) -> Result<()> {
    execute(
        &**context,
        "UPDATE page_redirect SET content_id = $2 WHERE content_id = $1",
        vec![from.0.into(), to.0.into()],
    )
    .await?;
    Ok(())
}
