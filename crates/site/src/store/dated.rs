//! Lists of dated pages: news, posts, stories, vacancies.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, WriteContext, execute, fetch_all, fetch_one, scalar};
use torg_kernel::{Locale, PageId, Problem, Result, Timestamp};
use uuid::Uuid;

use super::Unreadable;
use crate::details::Details;
use crate::model::{Content, PageKind};

/// Which dated pages: those below a page, or all of a kind.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Among {
    Below(PageId),
    Kind(PageKind),
}

/// What a list of dated pages asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub among: Among,
    pub locale: Locale,
    pub category: Option<&'a str>,
    pub year: Option<i64>,
    pub now: Timestamp,
    pub limit: i64,
    pub offset: i64,
}

/// A dated page in a list.
#[derive(Debug, Clone)]
pub(crate) struct Dated {
    pub page: PageId,
    pub content: Uuid,
    pub title: String,
    pub address: String,
    pub description: String,
    pub details: Details,
    pub updated_at: Timestamp,
    pub organisation: Uuid,
    pub locale: String,
    /// Name of its kind.
    pub kind: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    page_id: Uuid,
    title: String,
    address: String,
    description: String,
    details: Option<String>,
    updated_at: i64,
    organisation_id: Uuid,
    locale: String,
    page_type: String,
}

impl Row {
    fn into_dated(self) -> Result<Dated> {
        let bad = |what: &str| Problem::internal(Unreadable(self.id, what.to_owned()));
        let details = match &self.details {
            Some(details) => serde_json::from_str(details).map_err(|_| bad("details"))?,
            None => Details::default(),
        };
        Ok(Dated {
            page: PageId(self.page_id),
            content: self.id,
            title: self.title,
            address: self.address,
            description: self.description,
            details,
            updated_at: Timestamp::from_micros(self.updated_at),
            organisation: self.organisation_id,
            locale: self.locale,
            kind: self.page_type,
        })
    }
}

/// Public at `$2` in the language `$1`, of one kind or below one page (`$3`).
fn filter(among: Among) -> (&'static str, SqlValue) {
    match among {
        Among::Below(page) => (
            "p.parent_id = $3 AND p.page_type IN ('news', 'post', 'story', 'vacancy')",
            page.0.into(),
        ),
        Among::Kind(kind) => ("p.page_type = $3", kind.as_str().into()),
    }
}

const PUBLIC: &str = "c.locale = $1 AND c.variant = 'standard' AND c.state = 'published' \
    AND c.published_at <= $2 AND (c.until_at IS NULL OR c.until_at > $2)";

/// Dated pages, newest first, with how many there are in all.
pub(crate) async fn list<C: ConnectionTrait>(
    on: &C,
    wanted: Wanted<'_>,
) -> Result<(Vec<Dated>, i64)> {
    let (among, value) = filter(wanted.among);
    let mut values: Vec<SqlValue> = vec![
        wanted.locale.as_str().into(),
        wanted.now.micros().into(),
        value,
    ];
    let mut more = String::new();
    if let Some(category) = wanted.category {
        values.push(category.into());
        more.push_str(&format!(
            " AND EXISTS (SELECT 1 FROM page_category g WHERE g.content_id = c.id AND g.slug = ${})",
            values.len()
        ));
    }
    if let Some(year) = wanted.year {
        values.push(year.into());
        more.push_str(&format!(" AND c.published_year = ${}", values.len()));
    }
    let from = format!(
        "FROM page p JOIN page_content c ON c.page_id = p.id WHERE {among} AND {PUBLIC}{more}"
    );
    let total = scalar(on, &format!("SELECT count(*) {from}"), values.clone()).await?;
    let at = values.len();
    values.extend([wanted.limit.into(), wanted.offset.into()]);
    let rows: Vec<Row> = fetch_all(
        on,
        &format!(
            "SELECT c.id, c.page_id, c.title, c.address, c.description, c.details, \
             c.updated_at, p.organisation_id, c.locale, p.page_type {from} \
             ORDER BY c.published_at DESC, c.id DESC LIMIT ${} OFFSET ${}",
            at + 1,
            at + 2
        ),
        values,
    )
    .await?;
    let rows = rows.into_iter().map(Row::into_dated);
    Ok((rows.collect::<Result<_>>()?, total))
}

/// Dated pages of every language that became public after one instant and up to another, oldest
/// first, at most `limit`.
pub(crate) async fn list_between<C: ConnectionTrait>(
    on: &C,
    after: Timestamp,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<(Dated, Option<PageId>)>> {
    #[derive(FromQueryResult)]
    struct Parent {
        page_id: Uuid,
        parent_id: Option<Uuid>,
    }
    let values =
        || -> Vec<SqlValue> { vec![after.micros().into(), until.micros().into(), limit.into()] };
    let from = "FROM page p JOIN page_content c ON c.page_id = p.id \
        WHERE p.page_type IN ('news', 'post', 'story', 'vacancy') AND c.variant = 'standard' \
        AND c.state = 'published' AND c.published_at > $1 AND c.published_at <= $2 \
        AND (c.until_at IS NULL OR c.until_at > $2) ORDER BY c.published_at, c.id LIMIT $3";
    let rows: Vec<Row> = fetch_all(
        on,
        &format!(
            "SELECT c.id, c.page_id, c.title, c.address, c.description, c.details, \
             c.updated_at, p.organisation_id, c.locale, p.page_type {from}"
        ),
        values(),
    )
    .await?;
    let parents: Vec<Parent> = fetch_all(
        on,
        &format!("SELECT p.id AS page_id, p.parent_id {from}"),
        values(),
    )
    .await?;
    rows.into_iter()
        .map(|row| {
            let parent = parents.iter().find(|known| known.page_id == row.page_id);
            let parent = parent.and_then(|known| known.parent_id).map(PageId);
            Ok((row.into_dated()?, parent))
        })
        .collect()
}

/// A category of public pages.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Category {
    pub slug: String,
    pub name: String,
}

/// The categories of the dated pages, most used first.
pub(crate) async fn list_categories<C: ConnectionTrait>(
    on: &C,
    among: Among,
    locale: Locale,
    now: Timestamp,
) -> Result<Vec<Category>> {
    let (filter, value) = filter(among);
    Ok(fetch_all(
        on,
        &format!(
            "SELECT g.slug, min(g.name) AS name \
             FROM page p JOIN page_content c ON c.page_id = p.id \
             JOIN page_category g ON g.content_id = c.id WHERE {filter} AND {PUBLIC} \
             GROUP BY g.slug ORDER BY count(*) DESC, g.slug LIMIT 40"
        ),
        vec![locale.as_str().into(), now.micros().into(), value],
    )
    .await?)
}

/// The years that dated pages are of, newest first.
pub(crate) async fn list_years<C: ConnectionTrait>(
    on: &C,
    among: Among,
    locale: Locale,
    now: Timestamp,
) -> Result<Vec<i64>> {
    #[derive(FromQueryResult)]
    struct Year {
        year: i64,
    }
    let (filter, value) = filter(among);
    let years: Vec<Year> = fetch_all(
        on,
        &format!(
            "SELECT DISTINCT c.published_year AS year \
             FROM page p JOIN page_content c ON c.page_id = p.id \
             WHERE {filter} AND {PUBLIC} AND c.published_year IS NOT NULL \
             ORDER BY c.published_year DESC"
        ),
        vec![locale.as_str().into(), now.micros().into(), value],
    )
    .await?;
    Ok(years.into_iter().map(|row| row.year).collect())
}

/// When the next dated page becomes public or ends.
pub(crate) async fn next_change<C: ConnectionTrait>(
    on: &C,
    among: Among,
    locale: Locale,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    #[derive(FromQueryResult)]
    struct Next {
        starts: Option<i64>,
        ends: Option<i64>,
    }
    let (filter, value) = filter(among);
    let next: Option<Next> = fetch_one(
        on,
        &format!(
            "SELECT min(CASE WHEN c.published_at > $2 THEN c.published_at END) AS starts, \
             min(CASE WHEN c.until_at > $2 THEN c.until_at END) AS ends \
             FROM page p JOIN page_content c ON c.page_id = p.id \
             WHERE {filter} AND c.locale = $1 AND c.state = 'published'"
        ),
        vec![locale.as_str().into(), now.micros().into(), value],
    )
    .await?;
    Ok(next
        .and_then(|next| [next.starts, next.ends].into_iter().flatten().min())
        .map(Timestamp::from_micros))
}

pub(super) async fn save_categories(context: &WriteContext, content: &Content) -> Result<()> {
    execute(
        &**context,
        "DELETE FROM page_category WHERE content_id = $1",
        vec![content.id.0.into()],
    )
    .await?;
    for (slug, name) in content.details.category_slugs() {
        execute(
            &**context,
            "INSERT INTO page_category (content_id, slug, name) VALUES ($1, $2, $3)",
            vec![content.id.0.into(), slug.into(), name.into()],
        )
        .await?;
    }
    Ok(())
}
