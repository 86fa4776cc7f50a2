//! Pages as lists need them: who links here, what lies below, which languages there are.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, fetch_all, scalar};
use torg_kernel::{OrganisationId, PageId, Result};
use uuid::Uuid;

use super::places;

/// A text that shows or links to a page.
#[derive(Debug, Clone, FromQueryResult)]
pub(in crate::history) struct Linking {
    pub id: Uuid,
    pub title: String,
    pub address: String,
    pub state: String,
    pub locale: String,
    pub organisation_id: Uuid,
}

/// The texts of other pages that link to a page, by address.
pub(in crate::history) async fn list_linking<C: ConnectionTrait>(
    on: &C,
    page: PageId,
    limit: i64,
) -> Result<Vec<Linking>> {
    Ok(fetch_all(
        on,
        "SELECT c.id, c.title, c.address, c.state, c.locale, p.organisation_id \
         FROM page_reference r JOIN page_content c ON c.id = r.content_id \
         JOIN page p ON p.id = c.page_id \
         WHERE r.target_kind = 'page' AND r.target_id = $1 AND c.page_id <> $1 \
         ORDER BY c.address LIMIT $2",
        vec![page.0.into(), limit.into()],
    )
    .await?)
}

/// The texts of pages that lie below a page, by address.
pub(in crate::history) async fn list_below_page<C: ConnectionTrait>(
    on: &C,
    page: PageId,
    limit: i64,
) -> Result<Vec<Linking>> {
    Ok(fetch_all(
        on,
        "SELECT c.id, c.title, c.address, c.state, c.locale, p.organisation_id \
         FROM page p JOIN page_content c ON c.page_id = p.id WHERE p.parent_id = $1 \
         ORDER BY c.address LIMIT $2",
        vec![page.0.into(), limit.into()],
    )
    .await?)
}

/// A text in the overview of languages.
#[derive(Debug, Clone, FromQueryResult)]
pub(in crate::history) struct Text {
    pub id: Uuid,
    pub page_id: Uuid,
    pub locale: String,
    pub variant: String,
    pub state: String,
    pub title: String,
    pub address: String,
    /// The version of its words.
    pub words: i64,
    pub source_version: Option<i64>,
}

const TEXT: &str = "c.id, c.page_id, c.locale, c.variant, c.state, c.title, c.address, \
    coalesce(c.text_version, c.version) AS words, c.source_version";

fn filtered(organisations: &[OrganisationId], query: &str) -> (String, Vec<SqlValue>) {
    let pattern = torg_kernel::sort_key(query)
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    let mut values: Vec<SqlValue> = vec![format!("%{pattern}%").into()];
    values.extend(organisations.iter().map(|id| SqlValue::from(id.0)));
    let filter = format!(
        "FROM page_content c JOIN page p ON p.id = c.page_id \
         WHERE c.locale = 'sv' AND c.variant = 'standard' AND c.state <> 'archived' \
         AND (c.sort_key LIKE $1 ESCAPE '\\' OR c.address LIKE $1 ESCAPE '\\') \
         AND p.organisation_id IN ({})",
        places(1, organisations.len())
    );
    (filter, values)
}

/// How many Swedish texts of some organisations there are by title or address.
pub(in crate::history) async fn count_sources<C: ConnectionTrait>(
    on: &C,
    organisations: &[OrganisationId],
    query: &str,
) -> Result<i64> {
    if organisations.is_empty() {
        return Ok(0);
    }
    let (filter, values) = filtered(organisations, query);
    Ok(scalar(on, &format!("SELECT count(*) {filter}"), values).await?)
}

/// Swedish texts of some organisations by title or address.
pub(in crate::history) async fn list_sources<C: ConnectionTrait>(
    on: &C,
    organisations: &[OrganisationId],
    query: &str,
    (limit, offset): (i64, i64),
) -> Result<Vec<Text>> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let (filter, mut values) = filtered(organisations, query);
    let next = values.len() + 1;
    values.extend([limit.into(), offset.into()]);
    Ok(fetch_all(
        on,
        &format!(
            "SELECT {TEXT} {filter} ORDER BY c.sort_key, c.id LIMIT ${next} OFFSET ${}",
            next + 1
        ),
        values,
    )
    .await?)
}

/// All texts of some pages.
pub(in crate::history) async fn list_texts<C: ConnectionTrait>(
    on: &C,
    pages: &[Uuid],
) -> Result<Vec<Text>> {
    if pages.is_empty() {
        return Ok(Vec::new());
    }
    let values = pages.iter().map(|id| SqlValue::from(*id)).collect();
    Ok(fetch_all(
        on,
        &format!(
            "SELECT {TEXT} FROM page_content c WHERE c.page_id IN ({}) ORDER BY c.locale, c.variant",
            places(0, pages.len())
        ),
        values,
    )
    .await?)
}

/// The languages that any text is in.
pub(in crate::history) async fn list_locales<C: ConnectionTrait>(on: &C) -> Result<Vec<String>> {
    #[derive(FromQueryResult)]
    struct Row {
        locale: String,
    }
    let rows: Vec<Row> = fetch_all(
        on,
        "SELECT DISTINCT locale FROM page_content ORDER BY locale",
        vec![],
    )
    .await?;
    Ok(rows.into_iter().map(|row| row.locale).collect())
}
