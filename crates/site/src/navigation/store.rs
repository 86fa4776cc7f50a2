//! What navigation asks of the tables: the tree level by level, and what pages are called.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, fetch_all, fetch_one};
use torg_kernel::{ContentId, Locale, PageId, PersonId, Result, Subject, Timestamp};
use torg_log::PayloadClass;
use uuid::Uuid;

use crate::model::Content;

/// The most pages below one that are shown and ordered; a menu with more is none.
pub(crate) const MOST_SIBLINGS: usize = 500;
/// The deepest a tree is walked.
const DEEPEST: i64 = 20;
/// Ids in one question.
const AT_ONCE: usize = 200;
/// The most earlier versions that are listed.
const MOST_VERSIONS: i64 = 30;

const UNDATED: &str = "page_type NOT IN ('news', 'post', 'story', 'vacancy')";

/// A page in the tree.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Branch {
    pub id: Uuid,
    pub parent_id: Option<Uuid>,
    pub organisation_id: Uuid,
    pub page_type: String,
    pub sort_order: i64,
    pub hidden: i64,
    /// Not 0 when pages without a day lie below it.
    pub below: i64,
}

fn branches(filter: &str) -> String {
    format!(
        "SELECT p.id, p.parent_id, p.organisation_id, p.page_type, p.sort_order, p.hidden, \
         CAST(CASE WHEN EXISTS (SELECT 1 FROM page b WHERE b.parent_id = p.id AND b.{UNDATED}) \
         THEN 1 ELSE 0 END AS bigint) AS below FROM page p WHERE {filter}"
    )
}

/// The pages below one, or at the top, in the order of the tree and then of their ids; one more than
/// are shown when there are too many.
pub(crate) async fn list_below<C: ConnectionTrait>(
    on: &C,
    parent: Option<PageId>,
) -> Result<Vec<Branch>> {
    let (place, values): (_, Vec<SqlValue>) = match parent {
        Some(parent) => ("p.parent_id = $1", vec![parent.0.into()]),
        None => ("p.parent_id IS NULL", Vec::new()),
    };
    let filter = format!(
        "{place} AND p.{UNDATED} ORDER BY p.sort_order, p.id LIMIT {}",
        MOST_SIBLINGS + 1
    );
    Ok(fetch_all(on, &branches(&filter), values).await?)
}

/// One page of the tree.
pub(crate) async fn find_branch<C: ConnectionTrait>(
    on: &C,
    page: PageId,
) -> Result<Option<Branch>> {
    Ok(fetch_one(on, &branches("p.id = $1"), vec![page.0.into()]).await?)
}

/// The pages above a page and the page itself, from the top.
pub(crate) async fn list_path<C: ConnectionTrait>(on: &C, page: PageId) -> Result<Vec<PageId>> {
    #[derive(FromQueryResult)]
    struct Step {
        id: Uuid,
    }
    let steps: Vec<Step> = fetch_all(
        on,
        &format!(
            "WITH RECURSIVE up(id, parent_id, depth) AS ( \
               SELECT id, parent_id, 0 FROM page WHERE id = $1 \
               UNION ALL SELECT p.id, p.parent_id, up.depth + 1 FROM page p \
               JOIN up ON p.id = up.parent_id WHERE up.depth < {DEEPEST}) \
             SELECT id FROM up ORDER BY depth DESC"
        ),
        vec![page.0.into()],
    )
    .await?;
    Ok(steps.into_iter().map(|step| PageId(step.id)).collect())
}

/// What a page is called in one language, and whether readers see it.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct PageName {
    pub content_id: Uuid,
    pub page_id: Uuid,
    pub locale: String,
    pub address: String,
    pub title: String,
    pub menu_title: String,
    pub description: String,
    pub sort_key: String,
    pub state: String,
    pub published_at: Option<i64>,
    pub until_at: Option<i64>,
    pub hidden: i64,
    pub organisation_id: Uuid,
}

impl PageName {
    /// What menus call it.
    pub(crate) fn label(&self) -> &str {
        match self.menu_title.as_str() {
            "" => &self.title,
            short => short,
        }
    }

    /// Whether readers see it at an instant.
    pub(crate) fn is_public(&self, now: Timestamp) -> bool {
        self.state == "published"
            && self.published_at.is_none_or(|at| at <= now.micros())
            && self.until_at.is_none_or(|until| until > now.micros())
    }
}

const NAME: &str = "SELECT c.id AS content_id, c.page_id, c.locale, c.address, c.title, \
    c.menu_title, c.description, c.sort_key, c.state, c.published_at, c.until_at, p.hidden, \
    p.organisation_id FROM page_content c JOIN page p ON p.id = c.page_id \
    WHERE c.variant = 'standard' AND";

fn places(count: usize) -> String {
    let places: Vec<String> = (1..=count).map(|n| format!("${n}")).collect();
    places.join(", ")
}

/// What pages are called in their languages.
#[derive(Debug, Default)]
pub(crate) struct Names(Vec<PageName>);

impl Names {
    /// Names of these pages.
    pub(crate) async fn find<C: ConnectionTrait>(
        on: &C,
        pages: impl IntoIterator<Item = PageId>,
    ) -> Result<Self> {
        let mut ids: Vec<Uuid> = pages.into_iter().map(|page| page.0).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut names = Vec::new();
        for chunk in ids.chunks(AT_ONCE) {
            let sql = format!(
                "{NAME} c.page_id IN ({}) ORDER BY c.locale, c.id",
                places(chunk.len())
            );
            let values = chunk.iter().map(|id| (*id).into()).collect();
            let mut found: Vec<PageName> = fetch_all(on, &sql, values).await?;
            names.append(&mut found);
        }
        Ok(Self(names))
    }

    /// All names of a page.
    pub(crate) fn all(&self, page: PageId) -> impl Iterator<Item = &PageName> {
        self.0.iter().filter(move |name| name.page_id == page.0)
    }

    /// A page's name in a language.
    pub(crate) fn of(&self, page: PageId, locale: Locale) -> Option<&PageName> {
        self.all(page).find(|name| name.locale == locale.as_str())
    }

    /// A page's name in a language, else in Swedish, else in any.
    pub(crate) fn best(&self, page: PageId, locale: Locale) -> Option<&PageName> {
        self.of(page, locale)
            .or_else(|| self.of(page, Locale::SV))
            .or_else(|| self.all(page).next())
    }
}

/// The ordinary texts at these addresses.
pub(crate) async fn list_at<C: ConnectionTrait>(
    on: &C,
    addresses: &[String],
) -> Result<Vec<PageName>> {
    let mut names = Vec::new();
    for chunk in addresses.chunks(AT_ONCE) {
        let sql = format!("{NAME} c.address IN ({})", places(chunk.len()));
        let values = chunk.iter().map(|address| address.clone().into()).collect();
        let mut found: Vec<PageName> = fetch_all(on, &sql, values).await?;
        names.append(&mut found);
    }
    Ok(names)
}

/// The themes of a language in the order of the tree, also those that menus leave out.
pub(crate) async fn list_themes<C: ConnectionTrait>(
    on: &C,
    locale: Locale,
) -> Result<Vec<PageName>> {
    let sql = format!(
        "{NAME} p.page_type = 'theme' AND c.locale = $1 AND c.state = 'published' \
         ORDER BY p.sort_order, c.sort_key LIMIT 200"
    );
    Ok(fetch_all(on, &sql, vec![locale.as_str().into()]).await?)
}

/// An earlier version: where in the log, when and by whom.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    pub position: i64,
    pub at: Timestamp,
    pub person: Option<PersonId>,
}

#[derive(FromQueryResult)]
struct Happened {
    position: i64,
    at: i64,
    actor_id: Option<Uuid>,
}

impl From<Happened> for Version {
    fn from(row: Happened) -> Self {
        Self {
            position: row.position,
            at: Timestamp::from_micros(row.at),
            person: row.actor_id.map(PersonId),
        }
    }
}

/// The changes of a subject of one kind, newest first, as far as their payloads begin with `start`.
pub(crate) async fn list_versions<C: ConnectionTrait>(
    on: &C,
    subject: &Subject,
    kind: &str,
    start: &str,
) -> Result<Vec<Version>> {
    let rows: Vec<Happened> = fetch_all(
        on,
        &format!(
            "SELECT e.position, e.at, e.actor_id FROM event e \
             JOIN event_payload p ON p.position = e.position \
             WHERE e.subject_kind = $1 AND e.subject_id = $2 AND e.kind = $3 \
             AND e.class <> '{}' AND p.after LIKE $4 ORDER BY e.position DESC LIMIT {MOST_VERSIONS}",
            PayloadClass::Secret.as_str()
        ),
        vec![
            subject.kind.as_str().into(),
            subject.id.into(),
            kind.into(),
            format!("{start}%").into(),
        ],
    )
    .await?;
    Ok(rows.into_iter().map(Version::from).collect())
}

/// What a change left, if it was one of this subject and kind.
pub(crate) async fn find_version<C: ConnectionTrait>(
    on: &C,
    subject: &Subject,
    kind: &str,
    position: i64,
) -> Result<Option<(Version, String)>> {
    #[derive(FromQueryResult)]
    struct Payload {
        position: i64,
        at: i64,
        actor_id: Option<Uuid>,
        after: Option<String>,
    }
    let row: Option<Payload> = fetch_one(
        on,
        &format!(
            "SELECT e.position, e.at, e.actor_id, p.after FROM event e \
             JOIN event_payload p ON p.position = e.position \
             WHERE e.position = $1 AND e.subject_kind = $2 AND e.subject_id = $3 AND e.kind = $4 \
             AND e.class <> '{}'",
            PayloadClass::Secret.as_str()
        ),
        vec![
            position.into(),
            subject.kind.as_str().into(),
            subject.id.into(),
            kind.into(),
        ],
    )
    .await?;
    Ok(row.and_then(|row| {
        let version = Version::from(Happened {
            position: row.position,
            at: row.at,
            actor_id: row.actor_id,
        });
        Some((version, row.after?))
    }))
}

/// How the payload of a change of a text begins.
pub(crate) fn beginning(content: ContentId) -> String {
    format!("{{\"id\":\"{content}\",")
}

/// The text of a language at the top of the site.
pub(crate) async fn find_start<C: ConnectionTrait>(
    on: &C,
    locale: Locale,
) -> Result<Option<Content>> {
    #[derive(FromQueryResult)]
    struct Start {
        id: Uuid,
    }
    let start: Option<Start> = fetch_one(
        on,
        "SELECT c.id FROM page_content c JOIN page p ON p.id = c.page_id \
         WHERE p.page_type = 'start' AND c.locale = $1 AND c.variant = 'standard' LIMIT 1",
        vec![locale.as_str().into()],
    )
    .await?;
    match start {
        Some(start) => crate::store::find(on, ContentId(start.id)).await,
        None => Ok(None),
    }
}

/// The languages that have a start page, Swedish first.
pub(crate) async fn list_languages<C: ConnectionTrait>(on: &C) -> Result<Vec<Locale>> {
    #[derive(FromQueryResult)]
    struct Language {
        locale: String,
    }
    let rows: Vec<Language> = fetch_all(
        on,
        "SELECT DISTINCT c.locale FROM page_content c JOIN page p ON p.id = c.page_id \
         WHERE p.page_type = 'start' AND c.variant = 'standard' ORDER BY c.locale",
        vec![],
    )
    .await?;
    let mut languages: Vec<Locale> = rows
        .into_iter()
        .filter_map(|row| row.locale.parse().ok())
        .collect();
    languages.sort_by_key(|locale| (*locale != Locale::SV, *locale != Locale::EN));
    Ok(languages)
}
