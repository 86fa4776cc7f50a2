//! Texts that readers do not see, or not as they are being written: for the staff's search.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, fetch_all};
use torg_kernel::{ContentId, PageId, Result, Timestamp};
use uuid::Uuid;

use super::{COLUMNS, Row, places};
use crate::model::Content;

/// A draft as it was when it was last looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DraftMark {
    /// Whose draft it is.
    pub content: ContentId,
    /// The how-manieth draft of that text.
    pub generation: i64,
    /// How far it had come.
    pub revision: i64,
}

#[derive(FromQueryResult)]
struct Marked {
    content_id: Uuid,
    generation: i64,
    revision: i64,
}

/// The drafts that were written in, or ended, since an instant. Found by an index over states and
/// times, so that it can be asked every second.
///
/// # Errors
/// When the database fails.
pub async fn list_drafts_since<C: ConnectionTrait>(
    on: &C,
    since: Timestamp,
) -> Result<Vec<DraftMark>> {
    let rows: Vec<Marked> = fetch_all(
        on,
        "SELECT content_id, generation, revision FROM draft \
         WHERE state IN ('draft', 'in_review', 'closed') AND updated_at >= $1",
        vec![since.micros().into()],
    )
    .await?;
    let mark = |row: Marked| DraftMark {
        content: ContentId(row.content_id),
        generation: row.generation,
        revision: row.revision,
    };
    Ok(rows.into_iter().map(mark).collect())
}

/// Contents after an id, in id order, of which staff see something that the public does not see at
/// `now`: a draft, a plan, or all of it.
pub(crate) async fn list_beside_public<C: ConnectionTrait>(
    on: &C,
    after: Uuid,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Content>> {
    let rows: Vec<Row> = fetch_all(
        on,
        &format!(
            "SELECT {COLUMNS} FROM page_content c JOIN page p ON p.id = c.page_id \
             WHERE c.id > $1 AND (c.state <> 'published' OR c.published_at > $3 \
             OR c.until_at <= $3 \
             OR c.id IN (SELECT d.content_id FROM draft d WHERE d.state <> 'closed') \
             OR c.id IN (SELECT s.content_id FROM page_schedule s)) ORDER BY c.id LIMIT $2"
        ),
        vec![after.into(), limit.into(), now.micros().into()],
    )
    .await?;
    rows.into_iter().map(Row::into_content).collect()
}

/// The texts of some pages that lie in the trash.
pub(crate) async fn list_trashed_of<C: ConnectionTrait>(
    on: &C,
    pages: &[PageId],
) -> Result<Vec<ContentId>> {
    #[derive(FromQueryResult)]
    struct Gone {
        content_id: Uuid,
    }
    let mut gone = Vec::new();
    for chunk in pages.chunks(200) {
        let rows: Vec<Gone> = fetch_all(
            on,
            &format!(
                "SELECT content_id FROM page_trash WHERE page_id IN ({})",
                places(1, chunk.len())
            ),
            chunk.iter().map(|page| SqlValue::from(page.0)).collect(),
        )
        .await?;
        gone.extend(rows.into_iter().map(|row| ContentId(row.content_id)));
    }
    Ok(gone)
}
