//! The site's only SQL.

use std::sync::{Arc, LazyLock};

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sea_orm::FromQueryResult;
use torg_db::{
    ConnectionTrait, DbErr, SqlValue, WriteContext, execute, fetch_all, fetch_one, fetch_rows,
    scalar,
};
use torg_kernel::{
    Address, ContentId, Document, Locale, OrganisationId, PageId, Problem, Result, Subject,
    Timestamp, Variant, sort_key,
};
use uuid::Uuid;

use crate::model::{Content, PageKind};

const COLUMNS: &str = "c.id, c.page_id, c.locale, c.variant, c.address, c.state, c.title, \
    c.description, c.keywords, c.document, c.reviewed_on, c.version, c.text_version, \
    c.source_version, c.updated_at, p.parent_id, p.organisation_id, p.page_type, p.icon, \
    p.sort_order";

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
    parent_id: Option<Uuid>,
    organisation_id: Uuid,
    page_type: String,
    icon: String,
    sort_order: i64,
}

/// A row that no version of this program wrote.
#[derive(Debug, thiserror::Error)]
#[error("the page {0} is stored in a form that cannot be read: {1}")]
struct Unreadable(Uuid, String);

/// Bytes of texts whose documents are remembered.
const REMEMBERED: u64 = 16 * 1024 * 1024;

#[derive(Clone)]
struct TextBytes;

impl Weighter<String, Arc<Document>> for TextBytes {
    fn weight(&self, text: &String, _: &Arc<Document>) -> u64 {
        text.len() as u64
    }
}

/// The document that a text means. The text itself is the key, so nothing can be out of date;
/// reading it anew takes longer than everything else that is done with a page.
fn parsed(text: String) -> serde_json::Result<Document> {
    static KNOWN: LazyLock<Cache<String, Arc<Document>, TextBytes>> =
        LazyLock::new(|| Cache::with_weighter(2_000, REMEMBERED, TextBytes));
    if let Some(document) = KNOWN.get(&text) {
        return Ok((*document).clone());
    }
    let document: Document = serde_json::from_str(&text)?;
    KNOWN.insert(text, Arc::new(document.clone()));
    Ok(document)
}

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
            locale: self.locale.parse().map_err(|_| bad("locale"))?,
            variant: Variant::parse(&self.variant).ok_or_else(|| bad("variant"))?,
            address: Address::parse(&self.address).map_err(|_| bad("address"))?,
            published: self.state == "published",
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

/// A page in a list: just enough to name and reach it.
#[derive(Debug, Clone)]
pub(crate) struct Related {
    pub role: String,
    pub page_id: Uuid,
    pub depth: i64,
    pub place: i64,
    pub sort_key: String,
    pub title: String,
    pub address: String,
    pub description: String,
}

/// The most siblings that are shown beside a page; with more, none are.
pub(crate) const BESIDE: usize = 40;

/// All that the site's own tables say of a public page.
pub(crate) struct PageRows {
    /// The log position that the rows are of.
    pub position: i64,
    pub content: Content,
    pub related: Vec<Related>,
    pub elsewhere: Vec<Elsewhere>,
    /// All pages above, also those that are not public in this language: when one becomes so, it
    /// belongs in the way down to this page.
    pub above: Vec<Uuid>,
}

/// The page at an address with its ancestors, siblings, children, languages and the pages it links
/// to: in one statement, which is a snapshot by itself and costs one way to the database and back.
/// Lists are bounded, so that it takes no longer on a large site. The first columns tell what a
/// row is; columns that a kind of row does not need are empty. `CROSS JOIN` keeps SQLite from
/// beginning with the table of all contents, which it takes for shorter than a recursive list.
const PAGE: &str = "WITH RECURSIVE own AS ( \
       SELECT c.id, c.page_id, c.locale, p.parent_id \
       FROM page_content c JOIN page p ON p.id = c.page_id WHERE c.address = $1), \
     up(id, parent_id, depth) AS ( \
       SELECT page_id, parent_id, 0 FROM own \
       UNION ALL \
       SELECT p.id, p.parent_id, up.depth + 1 FROM page p JOIN up ON p.id = up.parent_id \
       WHERE up.depth < 20), \
     beside(id, place) AS (SELECT id, sort_order FROM page \
       WHERE parent_id = (SELECT parent_id FROM own) ORDER BY sort_order, id LIMIT 41), \
     below(id, place) AS (SELECT id, sort_order FROM page \
       WHERE parent_id = (SELECT page_id FROM own) ORDER BY sort_order, id LIMIT 200), \
     related(role, id, place, depth) AS ( \
       SELECT 'up', id, 0, depth FROM up WHERE depth > 0 \
       UNION ALL SELECT 'beside', id, place, 0 FROM beside \
       UNION ALL SELECT 'below', id, place, 0 FROM below), \
     linked(id) AS ( \
       SELECT page_id FROM own \
       UNION SELECT r.target_id FROM page_reference r JOIN own ON r.content_id = own.id \
       WHERE r.target_kind = 'page') \
     SELECT 'own', c.page_id, c.locale, c.variant, c.address, c.title, c.sort_key, \
       c.description, c.version, p.sort_order, (SELECT coalesce(max(position), 0) FROM event), \
       c.id, c.state, c.keywords, c.document, c.reviewed_on, c.source_version, c.updated_at, \
       p.parent_id, p.organisation_id, p.page_type, p.icon, c.text_version \
     FROM own o JOIN page_content c ON c.id = o.id JOIN page p ON p.id = o.page_id \
     UNION ALL \
     SELECT r.role, c.page_id, '', '', c.address, c.title, c.sort_key, c.description, 0, \
       r.place, r.depth, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL \
     FROM related r CROSS JOIN page_content c WHERE c.page_id = r.id \
       AND c.locale = (SELECT locale FROM own) AND c.variant = 'standard' \
       AND c.state = 'published' \
     UNION ALL \
     SELECT 'above', id, '', '', '', '', '', '', 0, 0, depth, NULL, \
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM up WHERE depth > 0 \
     UNION ALL \
     SELECT 'elsewhere', c.page_id, c.locale, c.variant, c.address, '', '', '', \
       coalesce(c.text_version, c.version), 0, 0, NULL, \
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL \
     FROM linked l CROSS JOIN page_content c WHERE c.page_id = l.id AND c.state = 'published'";

/// See [`PAGE`]. Unpublished pages are found as well, so that they can be told from none.
pub(crate) async fn find_page<C: ConnectionTrait>(
    on: &C,
    address: &str,
) -> Result<Option<PageRows>> {
    let (mut own, mut above) = (None, Vec::new());
    let (mut related, mut elsewhere) = (Vec::new(), Vec::new());
    for row in fetch_rows(on, PAGE, vec![address.into()]).await? {
        let role: String = row.try_get_by_index(0)?;
        match role.as_str() {
            "own" => {
                let content = Row {
                    page_id: row.try_get_by_index(1)?,
                    locale: row.try_get_by_index(2)?,
                    variant: row.try_get_by_index(3)?,
                    address: row.try_get_by_index(4)?,
                    title: row.try_get_by_index(5)?,
                    description: row.try_get_by_index(7)?,
                    version: row.try_get_by_index(8)?,
                    sort_order: row.try_get_by_index(9)?,
                    id: row.try_get_by_index(11)?,
                    state: row.try_get_by_index(12)?,
                    keywords: row.try_get_by_index(13)?,
                    document: row.try_get_by_index(14)?,
                    reviewed_on: row.try_get_by_index(15)?,
                    source_version: row.try_get_by_index(16)?,
                    updated_at: row.try_get_by_index(17)?,
                    parent_id: row.try_get_by_index(18)?,
                    organisation_id: row.try_get_by_index(19)?,
                    page_type: row.try_get_by_index(20)?,
                    icon: row.try_get_by_index(21)?,
                    text_version: row.try_get_by_index(22)?,
                };
                own = Some((row.try_get_by_index::<i64>(10)?, content.into_content()?));
            }
            "above" => above.push(row.try_get_by_index(1)?),
            "elsewhere" => elsewhere.push(Elsewhere {
                page_id: row.try_get_by_index(1)?,
                locale: row.try_get_by_index(2)?,
                variant: row.try_get_by_index(3)?,
                address: row.try_get_by_index(4)?,
                version: row.try_get_by_index(8)?,
            }),
            _ => related.push(Related {
                role,
                page_id: row.try_get_by_index(1)?,
                address: row.try_get_by_index(4)?,
                title: row.try_get_by_index(5)?,
                sort_key: row.try_get_by_index(6)?,
                description: row.try_get_by_index(7)?,
                place: row.try_get_by_index(9)?,
                depth: row.try_get_by_index(10)?,
            }),
        }
    }
    elsewhere.sort_by(|a: &Elsewhere, b| (&a.locale, &a.variant).cmp(&(&b.locale, &b.variant)));
    Ok(own.map(|(position, content)| PageRows {
        position,
        content,
        related,
        elsewhere,
        above,
    }))
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

/// Writes a content and its page: makes what is missing, changes what is there.
pub(crate) async fn save(context: &WriteContext, content: &Content) -> Result<()> {
    execute(
        &**context,
        "INSERT INTO page (id, parent_id, organisation_id, page_type, icon, sort_order) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE SET \
         parent_id = excluded.parent_id, organisation_id = excluded.organisation_id, \
         page_type = excluded.page_type, icon = excluded.icon, sort_order = excluded.sort_order",
        vec![
            content.page.0.into(),
            SqlValue::Uuid(content.parent.map(|parent| parent.0)),
            content.organisation.0.into(),
            content.kind.as_str().into(),
            content.icon.clone().into(),
            content.order.into(),
        ],
    )
    .await?;
    let state = if content.published {
        "published"
    } else {
        "unpublished"
    };
    execute(
        &**context,
        "INSERT INTO page_content (id, page_id, locale, variant, address, state, title, sort_key, \
         description, keywords, document, reviewed_on, version, text_version, source_version, \
         updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
         ON CONFLICT (id) DO UPDATE SET address = excluded.address, state = excluded.state, \
         title = excluded.title, sort_key = excluded.sort_key, \
         description = excluded.description, keywords = excluded.keywords, \
         document = excluded.document, reviewed_on = excluded.reviewed_on, \
         version = excluded.version, text_version = excluded.text_version, \
         source_version = excluded.source_version, \
         updated_at = excluded.updated_at",
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
        ],
    )
    .await?;
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
    /// Its path.
    pub address: String,
    /// When it was changed, microseconds.
    pub updated_at: i64,
}

/// Every public address, by page.
///
/// # Errors
/// When the database fails.
pub async fn list_addresses<C: ConnectionTrait>(on: &C) -> Result<Vec<PublicAddress>, DbErr> {
    fetch_all(
        on,
        "SELECT page_id, locale, address, updated_at FROM page_content \
         WHERE state = 'published' ORDER BY page_id, locale",
        vec![],
    )
    .await
}

/// A page in the staff's list.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Listed {
    pub id: Uuid,
    pub title: String,
    pub address: String,
    pub locale: String,
    pub organisation_id: Uuid,
    pub reviewed_on: Option<String>,
}

/// Pages by title or address, with how many there are.
pub(crate) async fn list_filtered<C: ConnectionTrait>(
    on: &C,
    query: &str,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Listed>, i64), DbErr> {
    let pattern: String = torg_kernel::sort_key(query)
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    let pattern = format!("%{pattern}%");
    let filter = "(c.sort_key LIKE $1 ESCAPE '\\' OR c.address LIKE $1 ESCAPE '\\')";
    let total = scalar(
        on,
        &format!("SELECT count(*) FROM page_content c WHERE {filter}"),
        vec![pattern.clone().into()],
    )
    .await?;
    let rows = fetch_all(
        on,
        &format!(
            "SELECT c.id, c.title, c.address, c.locale, c.reviewed_on, p.organisation_id \
             FROM page_content c JOIN page p ON p.id = c.page_id WHERE {filter} \
             ORDER BY c.sort_key, c.id LIMIT $2 OFFSET $3"
        ),
        vec![pattern.into(), limit.into(), offset.into()],
    )
    .await?;
    Ok((rows, total))
}

/// Themes of a language in order; and the start pages of all languages.
pub(crate) async fn list_of_kind<C: ConnectionTrait>(
    on: &C,
    kind: PageKind,
) -> Result<Vec<Framed>, DbErr> {
    fetch_all(
        on,
        "SELECT c.page_id, c.locale, c.title, c.address, p.sort_order, c.sort_key \
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
    pub title: String,
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
