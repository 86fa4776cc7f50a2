//! Old addresses.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, WriteContext, execute, fetch_all, fetch_one};
use torg_kernel::{ContentId, Result, Timestamp};

use super::{COLUMNS, Row};
use crate::model::Content;

/// The content that an old address leads to, public or not.
pub(crate) async fn find_redirected<C: ConnectionTrait>(
    on: &C,
    address: &str,
) -> Result<Option<Content>> {
    let row: Option<Row> = fetch_one(
        on,
        &format!(
            "SELECT {COLUMNS} FROM page_redirect r JOIN page_content c ON c.id = r.content_id \
             JOIN page p ON p.id = c.page_id WHERE r.address = $1"
        ),
        vec![address.into()],
    )
    .await?;
    row.map(Row::into_content).transpose()
}

pub(crate) async fn find_redirect<C: ConnectionTrait>(
    on: &C,
    address: &str,
) -> Result<Option<String>, DbErr> {
    #[derive(FromQueryResult)]
    struct To {
        address: String,
    }
    let to: Option<To> = fetch_one(
        on,
        "SELECT c.address FROM page_redirect r JOIN page_content c ON c.id = r.content_id \
         WHERE r.address = $1 AND c.state = 'published'",
        vec![address.into()],
    )
    .await?;
    Ok(to.map(|to| to.address))
}

/// All old addresses with where they lead now, sorted. Where a page lies, nothing leads on.
///
/// # Errors
/// When the database fails.
pub async fn list_redirects<C: ConnectionTrait>(on: &C) -> Result<Vec<(String, String)>, DbErr> {
    #[derive(FromQueryResult)]
    struct Redirect {
        address: String,
        target: String,
    }
    let rows: Vec<Redirect> = fetch_all(
        on,
        "SELECT r.address, c.address AS target FROM page_redirect r \
         JOIN page_content c ON c.id = r.content_id \
         WHERE NOT EXISTS (SELECT 1 FROM page_content o WHERE o.address = r.address) \
         ORDER BY r.address",
        vec![],
    )
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.address, row.target))
        .collect())
}

pub(crate) async fn insert_redirect(
    context: &WriteContext,
    from: &str,
    to: ContentId,
    now: Timestamp,
) -> Result<(), DbErr> {
    execute(
        &**context,
        "INSERT INTO page_redirect (address, content_id, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (address) DO UPDATE SET content_id = excluded.content_id",
        vec![from.into(), to.0.into(), now.micros().into()],
    )
    .await?;
    Ok(())
}

pub(crate) async fn delete_redirect(context: &WriteContext, from: &str) -> Result<(), DbErr> {
    execute(
        &**context,
        "DELETE FROM page_redirect WHERE address = $1",
        vec![from.into()],
    )
    .await?;
    Ok(())
}
