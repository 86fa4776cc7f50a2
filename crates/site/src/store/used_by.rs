//! Which pages show something, and which texts need it.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, fetch_all, scalar};
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

/// Ids of everything of a kind that some public page shows.
///
/// # Errors
/// When the database fails.
pub async fn list_used<C: ConnectionTrait>(on: &C, kind: &str) -> Result<Vec<Uuid>, DbErr> {
    #[derive(FromQueryResult)]
    struct Used {
        target_id: Uuid,
    }
    let rows: Vec<Used> = fetch_all(
        on,
        "SELECT DISTINCT r.target_id FROM page_reference r JOIN page_content c ON c.id = r.content_id \
         WHERE r.target_kind = $1 AND c.state = 'published'",
        vec![kind.into()],
    )
    .await?;
    Ok(rows.into_iter().map(|row| row.target_id).collect())
}

/// A text that shows something, public or not.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct UsingContent {
    /// Its id.
    pub content_id: Uuid,
    /// `published` when the public sees it.
    pub state: String,
    /// Whose it is.
    pub organisation_id: Uuid,
}

/// The texts that show something, public or not, by address.
pub(crate) async fn list_contents_using<C: ConnectionTrait>(
    on: &C,
    kind: &str,
    target: Uuid,
) -> Result<Vec<UsingContent>, DbErr> {
    fetch_all(
        on,
        "SELECT r.content_id, c.state, p.organisation_id FROM page_reference r \
         JOIN page_content c ON c.id = r.content_id JOIN page p ON p.id = c.page_id \
         WHERE r.target_kind = $1 AND r.target_id = $2 ORDER BY c.address",
        vec![kind.into(), target.into()],
    )
    .await
}

/// How many texts need something: those that show it, public or not, drafts in which it stands, what
/// is planned, and what can be brought back from the trash. Looks through the words of all drafts,
/// which takes some hundredths of a second in a large city: for what is asked before something goes
/// for good.
///
/// # Errors
/// When the database fails.
pub async fn texts_needing<C: ConnectionTrait>(
    on: &C,
    kind: &str,
    target: Uuid,
) -> Result<i64, DbErr> {
    scalar(
        on,
        "SELECT count(*) FROM (\
         SELECT content_id FROM page_reference WHERE target_kind = $1 AND target_id = $2 \
         UNION SELECT content_id FROM draft_part WHERE body LIKE $3 \
         UNION SELECT content_id FROM draft_conflict WHERE body LIKE $3 \
         UNION SELECT v.content_id FROM page_version v JOIN page_schedule s ON s.version_id = v.id \
         WHERE v.snapshot LIKE $3 \
         UNION SELECT content_id FROM page_trash WHERE snapshot LIKE $3) AS needing",
        vec![kind.into(), target.into(), format!("%{target}%").into()],
    )
    .await
}
