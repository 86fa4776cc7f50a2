//! What the city has settled, by name.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, WriteContext, execute, fetch_one};

/// Name of the setting that holds the synonyms, as CSV.
pub const SYNONYMS: &str = "search.synonyms";

/// What the city has settled under a name.
///
/// # Errors
/// When the database fails.
pub async fn find_setting<C: ConnectionTrait>(on: &C, name: &str) -> Result<Option<String>, DbErr> {
    #[derive(FromQueryResult)]
    struct Setting {
        content: String,
    }
    let row: Option<Setting> = fetch_one(
        on,
        "SELECT content FROM site_setting WHERE name = $1",
        vec![name.into()],
    )
    .await?;
    Ok(row.map(|row| row.content))
}

pub(crate) async fn save_setting(
    context: &WriteContext,
    name: &str,
    content: &str,
) -> Result<(), DbErr> {
    execute(
        &**context,
        "INSERT INTO site_setting (name, content) VALUES ($1, $2) \
         ON CONFLICT (name) DO UPDATE SET content = excluded.content",
        vec![name.into(), content.into()],
    )
    .await?;
    Ok(())
}
