//! What of the site is news, for subscriptions, and what can be asked for.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, fetch_all};
use torg_kernel::{Locale, OrganisationId, PageId, Result, Subject, Timestamp, Variant};
use uuid::Uuid;

use crate::model::PageKind;
use crate::store::dated;

/// The most pages that became public in the time asked for; more are left for the next time.
const AT_ONCE: i64 = 2_000;

/// A dated page in one language that became public.
#[derive(Debug, Clone)]
pub struct PublishedPage {
    /// The page, shared by its languages.
    pub page: PageId,
    /// The section that it stands in.
    pub section: Option<PageId>,
    /// The themes that it is about: those that it lies below, and those whose pages its text links
    /// to.
    pub themes: Vec<PageId>,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// When it became public.
    pub published_at: Timestamp,
    /// Its language.
    pub locale: Locale,
    /// Its title.
    pub title: String,
    /// Its lead.
    pub summary: String,
    /// Its path.
    pub path: String,
}

impl PublishedPage {
    /// The page as events name it.
    #[must_use]
    pub fn subject(&self) -> Subject {
        Subject::new("page", self.page)
    }
}

/// Dated pages that became public after `from` and are public at `to`, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn published_between<C: ConnectionTrait>(
    on: &C,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<PublishedPage>> {
    let mut pages = Vec::new();
    for (found, section) in dated::list_between(on, from, to, AT_ONCE).await? {
        let Ok(locale) = found.locale.parse() else {
            continue;
        };
        pages.push(PublishedPage {
            page: found.page,
            section,
            themes: themes_of(on, found.content).await?,
            organisation: OrganisationId(found.organisation),
            published_at: found.details.published_at().unwrap_or(found.updated_at),
            locale,
            title: found.title,
            summary: found.description,
            path: found.address,
        });
    }
    Ok(pages)
}

/// The themes above a content's page and above the pages that its text links to.
async fn themes_of<C: ConnectionTrait>(on: &C, content: Uuid) -> Result<Vec<PageId>> {
    #[derive(FromQueryResult)]
    struct Theme {
        id: Uuid,
    }
    let themes: Vec<Theme> = fetch_all(
        on,
        "WITH RECURSIVE up(id, parent_id, page_type, depth) AS ( \
           SELECT p.id, p.parent_id, p.page_type, 0 FROM page p WHERE p.id IN ( \
             SELECT page_id FROM page_content WHERE id = $1 \
             UNION SELECT target_id FROM page_reference \
             WHERE content_id = $1 AND target_kind = 'page') \
           UNION ALL \
           SELECT p.id, p.parent_id, p.page_type, up.depth + 1 FROM page p \
           JOIN up ON p.id = up.parent_id WHERE up.depth < 20) \
         SELECT DISTINCT id FROM up WHERE page_type = 'theme'",
        vec![content.into()],
    )
    .await?;
    Ok(themes.into_iter().map(|theme| PageId(theme.id)).collect())
}

/// The organisations that have a dated page that is or was public.
///
/// # Errors
/// When the database fails.
pub async fn list_publishers<C: ConnectionTrait>(on: &C) -> Result<Vec<OrganisationId>> {
    #[derive(FromQueryResult)]
    struct Owner {
        organisation_id: Uuid,
    }
    let owners: Vec<Owner> = fetch_all(
        on,
        "SELECT DISTINCT organisation_id FROM page \
         WHERE page_type IN ('news', 'post', 'story', 'vacancy')",
        vec![],
    )
    .await?;
    let ids = owners
        .into_iter()
        .map(|owner| OrganisationId(owner.organisation_id));
    Ok(ids.collect())
}

/// A section or theme in one language.
#[derive(Debug, Clone, FromQueryResult)]
struct Row {
    page_id: Uuid,
    locale: String,
    title: String,
    page_type: String,
}

/// Something that readers can ask to hear of.
#[derive(Debug, Clone)]
pub struct Topic {
    /// The section or theme.
    pub page: PageId,
    /// Which of the two.
    pub kind: PageKind,
    /// Its name by language, Swedish first.
    pub names: Vec<(Locale, String)>,
}

/// All public sections, magazines and the themes of the first level, in the order of the site.
///
/// # Errors
/// When the database fails.
pub async fn list_topics<C: ConnectionTrait>(on: &C) -> Result<Vec<Topic>> {
    let rows: Vec<Row> = fetch_all(
        on,
        "SELECT c.page_id, c.locale, c.title, p.page_type FROM page p \
         JOIN page_content c ON c.page_id = p.id \
         WHERE p.page_type IN ('section', 'magazine', 'theme') AND c.state = 'published' \
         AND c.variant = $1 ORDER BY p.sort_order, c.page_id, c.locale",
        vec![Variant::Standard.as_str().into()],
    )
    .await?;
    let mut topics: Vec<Topic> = Vec::new();
    for row in rows {
        let (Ok(locale), Some(kind)) = (row.locale.parse(), PageKind::parse(&row.page_type)) else {
            continue;
        };
        let name = (locale, row.title);
        match topics.iter_mut().find(|topic| topic.page.0 == row.page_id) {
            Some(topic) if locale == Locale::SV => topic.names.insert(0, name),
            Some(topic) => topic.names.push(name),
            None => topics.push(Topic {
                page: PageId(row.page_id),
                kind,
                names: vec![name],
            }),
        }
    }
    Ok(topics)
}
