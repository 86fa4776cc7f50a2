//! Which public pages show something.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, fetch_all};
use uuid::Uuid;

/// A public page that shows something.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct UsingPage {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub address: String,
}

/// The public pages that show or link to something, by address.
///
/// # Errors
/// When the database fails.
pub async fn list_pages_using<C: ConnectionTrait>(
    on: &C,
    kind: &str,
    target: Uuid,
) -> Result<Vec<UsingPage>, DbErr> {
    fetch_all(
        on,
        "SELECT c.title, c.address FROM page_reference r JOIN page_content c ON c.id = r.content_id \
         WHERE r.target_kind = $1 AND r.target_id = $2 AND c.state = 'published' ORDER BY c.address",
        vec![kind.into(), target.into()],
    )
    .await
}

/// Ids of the contents that show something, public or not, at most `most`.
pub(crate) async fn list_contents_using<C: ConnectionTrait>(
    on: &C,
    kind: &str,
    target: Uuid,
    most: i64,
) -> Result<Vec<Uuid>, DbErr> {
    #[derive(FromQueryResult)]
    struct Using {
        content_id: Uuid,
    }
    let rows: Vec<Using> = fetch_all(
        on,
        "SELECT r.content_id FROM page_reference r JOIN page_content c ON c.id = r.content_id \
         WHERE r.target_kind = $1 AND r.target_id = $2 ORDER BY c.address LIMIT $3",
        vec![kind.into(), target.into(), most.into()],
    )
    .await?;
    Ok(rows.into_iter().map(|row| row.content_id).collect())
}
