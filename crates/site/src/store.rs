//! The site's only SQL.

mod beside;
pub(crate) mod dated;
mod documents;
pub(crate) mod due;
pub(crate) mod lookups;
mod page_rows;
mod redirects;
mod settings;
mod used_by;

use sea_orm::FromQueryResult;
use torg_db::{
    ConnectionTrait, DbErr, SqlValue, WriteContext, execute, fetch_all, fetch_one, scalar,
};
use torg_kernel::{
    Address, ContentId, Locale, OrganisationId, PageId, Problem, Result, Subject, Timestamp,
    Variant, sort_key,
};
use uuid::Uuid;

use crate::details::Details;
use crate::model::{Away, Content, PageKind};
pub use beside::{DraftMark, list_drafts_since};
pub(crate) use beside::{list_beside_public, list_trashed_of};
use documents::parsed;
pub(crate) use page_rows::{BESIDE, PageRows, Related, find_page};
pub(crate) use redirects::{
    delete_redirect, find_redirect, find_redirected, insert_redirect, old_address, old_query,
};
pub use redirects::{list_redirects, list_taken_addresses};
pub(crate) use settings::save_setting;
pub use settings::{SYNONYMS, find_setting};
pub(crate) use used_by::list_contents_using;
pub use used_by::{
    UnseenUse, UsingPage, ids_in_unseen, list_pages_using, list_unseen_using, list_used,
    texts_needing,
};

const COLUMNS: &str = "c.id, c.page_id, c.locale, c.variant, c.address, c.state, c.title, \
    c.description, c.keywords, c.document, c.reviewed_on, c.version, c.text_version, \
    c.source_version, c.updated_at, c.details, p.parent_id, p.organisation_id, p.page_type, p.icon, \
    p.sort_order, p.hidden";

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    page_id: Uuid,
    locale: String,
    variant: String,
    address: String,
    state: String,
    title: String,
    description: String,
    keywords: String,
    document: String,
    reviewed_on: Option<String>,
    version: i64,
    text_version: Option<i64>,
    source_version: Option<i64>,
    updated_at: i64,
    details: Option<String>,
    parent_id: Option<Uuid>,
    organisation_id: Uuid,
    page_type: String,
    icon: String,
    sort_order: i64,
    hidden: i64,
}

/// A row that no version of this program wrote.
#[derive(Debug, thiserror::Error)]
#[error("the page {0} is stored in a form that cannot be read: {1}")]
struct Unreadable(Uuid, String);

impl Row {
    fn into_content(self) -> Result<Content> {
        let id = self.id;
        let bad = |what: &str| Problem::internal(Unreadable(id, what.to_owned()));
        let document = parsed(self.document)
            .map_err(|error| Problem::internal(Unreadable(id, error.to_string())))?;
        Ok(Content {
            id: ContentId(self.id),
            page: PageId(self.page_id),
            parent: self.parent_id.map(PageId),
            organisation: OrganisationId(self.organisation_id),
            kind: PageKind::parse(&self.page_type).ok_or_else(|| bad("page_type"))?,
            icon: self.icon,
            order: self.sort_order,
            hidden: self.hidden != 0,
            locale: self.locale.parse().map_err(|_| bad("locale"))?,
            variant: Variant::parse(&self.variant).ok_or_else(|| bad("variant"))?,
            address: Address::parse(&self.address).map_err(|_| bad("address"))?,
            published: self.state == "published",
            away: match self.state.as_str() {
                "new" => Some(Away::New),
                "archived" => Some(Away::Archived),
                _ => None,
            },
            title: self.title,
            description: self.description,
            keywords: self
                .keywords
                .split(',')
                .map(str::trim)
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
            reviewed: self.reviewed_on,
            version: self.version,
            text_version: self.text_version,
            source_version: self.source_version,
            updated_at: Timestamp::from_micros(self.updated_at),
            details: match self.details {
                Some(details) => serde_json::from_str(&details).map_err(|_| bad("details"))?,
                None => Details::default(),
            },
            document,
        })
    }
}

/// The content at an address, public or not.
pub(crate) async fn find_by_address<C: ConnectionTrait>(
    on: &C,
    address: &str,
) -> Result<Option<Content>> {
    let row: Option<Row> = fetch_one(
        on,
        &format!(
            "SELECT {COLUMNS} FROM page_content c JOIN page p ON p.id = c.page_id \
             WHERE c.address = $1"
        ),
        vec![address.into()],
    )
    .await?;
    row.map(Row::into_content).transpose()
}

pub(crate) async fn find<C: ConnectionTrait>(on: &C, id: ContentId) -> Result<Option<Content>> {
    let row: Option<Row> = fetch_one(
        on,
        &format!(
            "SELECT {COLUMNS} FROM page_content c JOIN page p ON p.id = c.page_id WHERE c.id = $1"
        ),
        vec![id.0.into()],
    )
    .await?;
    row.map(Row::into_content).transpose()
}

/// Contents after an id in id order, at most `limit`: for walking through all of them.
pub(crate) async fn list_after<C: ConnectionTrait>(
    on: &C,
    after: Uuid,
    limit: i64,
) -> Result<Vec<Content>> {
    let rows: Vec<Row> = fetch_all(
        on,
        &format!(
            "SELECT {COLUMNS} FROM page_content c JOIN page p ON p.id = c.page_id \
             WHERE c.id > $1 ORDER BY c.id LIMIT $2"
        ),
        vec![after.into(), limit.into()],
    )
    .await?;
    rows.into_iter().map(Row::into_content).collect()
}

/// `$from, $from+1, …` for a list of values.
fn places(from: usize, count: usize) -> String {
    (from..from + count)
        .map(|n| format!("${n}"))
        .collect::<Vec<_>>()
        .join(", ")
}

pub(crate) async fn list_of_pages<C: ConnectionTrait>(
    on: &C,
    pages: &[PageId],
) -> Result<Vec<Content>> {
    let mut contents = Vec::new();
    for chunk in pages.chunks(200) {
        let rows: Vec<Row> = fetch_all(
            on,
            &format!(
                "SELECT {COLUMNS} FROM page_content c JOIN page p ON p.id = c.page_id \
                 WHERE c.page_id IN ({})",
                places(1, chunk.len())
            ),
            chunk.iter().map(|page| page.0.into()).collect(),
        )
        .await?;
        for row in rows {
            contents.push(row.into_content()?);
        }
    }
    Ok(contents)
}

/// Where a page is in each language.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Elsewhere {
    pub page_id: Uuid,
    pub locale: String,
    pub variant: String,
    pub address: String,
    /// The version of its words.
    pub version: i64,
}

pub(crate) async fn list_elsewhere<C: ConnectionTrait>(
    on: &C,
    pages: &[Uuid],
) -> Result<Vec<Elsewhere>, DbErr> {
    fetch_all(
        on,
        &format!(
            "SELECT page_id, locale, variant, address, coalesce(text_version, version) AS version \
             FROM page_content WHERE state = 'published' AND page_id IN ({}) ORDER BY locale, variant",
            places(1, pages.len())
        ),
        pages.iter().map(|page| (*page).into()).collect(),
    )
    .await
}

/// Addresses of all contents with their pages, for links of an import.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Known {
    pub page_id: Uuid,
    pub locale: String,
    pub variant: String,
    pub address: String,
}

pub(crate) async fn list_known<C: ConnectionTrait>(on: &C) -> Result<Vec<Known>, DbErr> {
    fetch_all(
        on,
        "SELECT page_id, locale, variant, address FROM page_content",
        vec![],
    )
    .await
}

/// Contents whose address lies below another.
pub(crate) async fn list_below(context: &WriteContext, address: &Address) -> Result<Vec<Content>> {
    let rows: Vec<Row> = fetch_all(
        &**context,
        &format!(
            "SELECT {COLUMNS} FROM page_content c JOIN page p ON p.id = c.page_id \
             WHERE c.address LIKE $1 ORDER BY c.address"
        ),
        vec![format!("{address}/%").into()],
    )
    .await?;
    rows.into_iter().map(Row::into_content).collect()
}

/// Writes a content and its page: makes what is missing, changes what is there. `now` decides what
/// the event that comes with it tells of times: see [`due`].
pub(crate) async fn save(context: &WriteContext, content: &Content, now: Timestamp) -> Result<()> {
    execute(
        &**context,
        "INSERT INTO page (id, parent_id, organisation_id, page_type, icon, sort_order, hidden) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET \
         parent_id = excluded.parent_id, organisation_id = excluded.organisation_id, \
         page_type = excluded.page_type, icon = excluded.icon, \
         sort_order = excluded.sort_order, hidden = excluded.hidden",
        vec![
            content.page.0.into(),
            SqlValue::Uuid(content.parent.map(|parent| parent.0)),
            content.organisation.0.into(),
            content.kind.as_str().into(),
            content.icon.clone().into(),
            content.order.into(),
            i64::from(content.hidden).into(),
        ],
    )
    .await?;
    let state = match (content.published, content.away) {
        (true, _) => "published",
        (false, None) => "unpublished",
        (false, Some(Away::New)) => "new",
        (false, Some(Away::Archived)) => "archived",
    };
    let details = match content.details.is_empty() {
        true => None,
        false => Some(serde_json::to_string(&content.details)?),
    };
    execute(
        &**context,
        "INSERT INTO page_content (id, page_id, locale, variant, address, state, title, sort_key, \
         description, keywords, document, reviewed_on, version, text_version, source_version, \
         updated_at, details, published_at, until_at, published_year, told, menu_title) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
         $19, $20, $21, $22) \
         ON CONFLICT (id) DO UPDATE SET address = excluded.address, state = excluded.state, \
         title = excluded.title, sort_key = excluded.sort_key, \
         description = excluded.description, keywords = excluded.keywords, \
         document = excluded.document, reviewed_on = excluded.reviewed_on, \
         version = excluded.version, text_version = excluded.text_version, \
         source_version = excluded.source_version, \
         updated_at = excluded.updated_at, details = excluded.details, \
         published_at = excluded.published_at, until_at = excluded.until_at, \
         published_year = excluded.published_year, told = excluded.told, \
         menu_title = excluded.menu_title",
        vec![
            content.id.0.into(),
            content.page.0.into(),
            content.locale.as_str().into(),
            content.variant.as_str().into(),
            content.address.as_str().into(),
            state.into(),
            content.title.clone().into(),
            sort_key(&content.title).into(),
            content.description.clone().into(),
            content.keywords.join(",").into(),
            serde_json::to_string(&content.document)?.into(),
            content.reviewed.clone().into(),
            content.version.into(),
            content.text_version.into(),
            content.source_version.into(),
            content.updated_at.micros().into(),
            SqlValue::String(details),
            SqlValue::BigInt(content.details.published_at().map(Timestamp::micros)),
            SqlValue::BigInt(content.details.until_at().map(Timestamp::micros)),
            SqlValue::BigInt(content.details.published.map(|at| at.year().into())),
            due::told_at(content, now).into(),
            content.details.menu_title.clone().into(),
        ],
    )
    .await?;
    dated::save_categories(context, content).await?;
    save_references(context, content).await
}

async fn save_references(context: &WriteContext, content: &Content) -> Result<()> {
    execute(
        &**context,
        "DELETE FROM page_reference WHERE content_id = $1",
        vec![content.id.0.into()],
    )
    .await?;
    for (kind, target) in content.references() {
        execute(
            &**context,
            "INSERT INTO page_reference (content_id, target_kind, target_id) VALUES ($1, $2, $3)",
            vec![content.id.0.into(), kind.into(), target.into()],
        )
        .await?;
    }
    Ok(())
}

/// How many public pages show or link to something.
///
/// # Errors
/// When the database fails.
pub async fn pages_using<C: ConnectionTrait>(
    on: &C,
    kind: &str,
    target: Uuid,
) -> Result<i64, DbErr> {
    scalar(
        on,
        "SELECT count(*) FROM page_reference r JOIN page_content c ON c.id = r.content_id \
         WHERE r.target_kind = $1 AND r.target_id = $2 AND c.state = 'published'",
        vec![kind.into(), target.into()],
    )
    .await
}

/// A public address, for the sitemap.
#[derive(Debug, Clone, FromQueryResult)]
pub struct PublicAddress {
    /// The page.
    pub page_id: Uuid,
    /// Its language.
    pub locale: String,
    /// Its variant.
    pub variant: String,
    /// Its path.
    pub address: String,
    /// When it was changed, microseconds.
    pub updated_at: i64,
}

const ADDRESS: &str = "SELECT page_id, locale, variant, address, updated_at FROM page_content \
    WHERE state = 'published'";

/// Every published address, by page, also those whose time is still to come or over.
///
/// # Errors
/// When the database fails.
pub async fn list_addresses<C: ConnectionTrait>(on: &C) -> Result<Vec<PublicAddress>, DbErr> {
    let order = "ORDER BY page_id, locale, variant";
    fetch_all(on, &format!("{ADDRESS} {order}"), vec![]).await
}

/// The published addresses of some pages, by page: where links of other rooms lead. Variants are
/// left out.
///
/// # Errors
/// When the database fails.
pub async fn list_addresses_of<C: ConnectionTrait>(
    on: &C,
    pages: &[PageId],
) -> Result<Vec<PublicAddress>, DbErr> {
    if pages.is_empty() {
        return Ok(Vec::new());
    }
    let values = pages.iter().map(|page| page.0.into()).collect();
    let these = format!("AND page_id IN ({})", places(1, pages.len()));
    let sql = format!("{ADDRESS} AND variant = 'standard' {these} ORDER BY page_id, locale");
    fetch_all(on, &sql, values).await
}

/// The pages that are published at some addresses.
///
/// # Errors
/// When the database fails.
pub async fn list_published_at<C: ConnectionTrait>(
    on: &C,
    addresses: &[String],
) -> Result<Vec<PublicAddress>, DbErr> {
    if addresses.is_empty() {
        return Ok(Vec::new());
    }
    let values = addresses.iter().map(|own| own.as_str().into()).collect();
    let these = format!("AND address IN ({})", places(1, addresses.len()));
    fetch_all(on, &format!("{ADDRESS} {these} ORDER BY address"), values).await
}

/// Every address that is public at an instant, by page.
///
/// # Errors
/// When the database fails.
pub async fn list_public_addresses<C: ConnectionTrait>(
    on: &C,
    now: Timestamp,
) -> Result<Vec<PublicAddress>, DbErr> {
    fetch_all(
        on,
        &format!(
            "{ADDRESS} AND (published_at IS NULL OR published_at <= $1) \
             AND (until_at IS NULL OR until_at > $1) ORDER BY page_id, locale, variant"
        ),
        vec![now.micros().into()],
    )
    .await
}

/// A page's title and place in one language and variant.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Told {
    pub locale: String,
    pub variant: String,
    pub title: String,
    pub address: String,
}

/// All public pages that are not ordinary Swedish ones, by language and title.
pub(crate) async fn list_told<C: ConnectionTrait>(
    on: &C,
    now: Timestamp,
) -> Result<Vec<Told>, DbErr> {
    fetch_all(
        on,
        "SELECT locale, variant, title, address FROM page_content \
         WHERE state = 'published' AND (locale <> $1 OR variant <> $2) \
         AND (published_at IS NULL OR published_at <= $3) \
         AND (until_at IS NULL OR until_at > $3) ORDER BY locale, variant, sort_key, id",
        vec![
            Locale::SV.as_str().into(),
            Variant::Standard.as_str().into(),
            now.micros().into(),
        ],
    )
    .await
}

/// Where a page lies in a language, or in any other when it has no text in that one.
pub(crate) async fn find_place<C: ConnectionTrait>(
    on: &C,
    page: PageId,
    locale: Locale,
) -> Result<Option<String>, DbErr> {
    #[derive(FromQueryResult)]
    struct Place {
        address: String,
    }
    let place: Option<Place> = fetch_one(
        on,
        "SELECT address FROM page_content WHERE page_id = $1 \
         ORDER BY CASE WHEN locale = $2 THEN 0 ELSE 1 END, variant DESC, locale LIMIT 1",
        vec![page.0.into(), locale.as_str().into()],
    )
    .await?;
    Ok(place.map(|place| place.address))
}

/// The pages of a kind in all languages, in order.
pub(crate) async fn list_of_kind<C: ConnectionTrait>(
    on: &C,
    kind: PageKind,
) -> Result<Vec<Framed>, DbErr> {
    fetch_all(
        on,
        "SELECT c.page_id, c.locale, c.address, p.sort_order, c.sort_key \
         FROM page p JOIN page_content c ON c.page_id = p.id \
         WHERE p.page_type = $1 AND c.variant = 'standard' AND c.state = 'published' \
         ORDER BY p.sort_order, c.sort_key LIMIT 200",
        vec![kind.as_str().into()],
    )
    .await
}

/// A page that stands in the frame.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Framed {
    pub page_id: Uuid,
    pub locale: String,
    pub address: String,
}

/// The version of the words of a page's Swedish text, if it has one.
pub(crate) async fn source_version<C: ConnectionTrait>(
    on: &C,
    page: PageId,
) -> Result<Option<i64>, DbErr> {
    #[derive(FromQueryResult)]
    struct Version {
        version: i64,
    }
    let row: Option<Version> = fetch_one(
        on,
        "SELECT coalesce(text_version, version) AS version FROM page_content \
         WHERE page_id = $1 AND locale = $2 AND variant = 'standard'",
        vec![page.0.into(), Locale::SV.as_str().into()],
    )
    .await?;
    Ok(row.map(|row| row.version))
}

/// Contents after an id as events hold them, with the content's id: for comparing rows with the
/// log.
///
/// # Errors
/// When the database fails, or a row cannot be read.
pub async fn list_canonical<C: ConnectionTrait>(
    on: &C,
    after: Uuid,
    limit: i64,
) -> Result<Vec<(Subject, Uuid, String)>> {
    let contents = list_after(on, after, limit).await?;
    contents
        .iter()
        .map(|content| {
            Ok((
                content.subject(),
                content.id.0,
                serde_json::to_string(content)?,
            ))
        })
        .collect()
}
