//! What the staff's start page and its search ask of pages and comments.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, fetch_all};
use torg_kernel::{ContentId, Locale, OrganisationId, PersonId, Result, Timestamp};
use uuid::Uuid;

use crate::model::Content;
use crate::{comments, store};

/// A page that has the words in its title or address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPage {
    /// Its content.
    pub id: ContentId,
    /// Its title.
    pub title: String,
    /// Its language.
    pub locale: Locale,
    /// Where it lies.
    pub address: String,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// Whether the public sees it.
    pub published: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    title: String,
    locale: String,
    address: String,
    state: String,
    organisation_id: Uuid,
}

impl Row {
    fn into_page(self) -> NamedPage {
        NamedPage {
            id: ContentId(self.id),
            title: self.title,
            locale: self.locale.parse().unwrap_or(Locale::SV),
            address: self.address,
            organisation: OrganisationId(self.organisation_id),
            published: self.state == "published",
        }
    }
}

/// What some texts are called and where they lie, in no order; those that are gone are left out.
///
/// # Errors
/// When the database fails.
pub async fn named_texts<C: ConnectionTrait>(on: &C, ids: &[ContentId]) -> Result<Vec<NamedPage>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=ids.len()).map(|at| format!("${at}")).collect();
    let rows: Vec<Row> = fetch_all(
        on,
        &format!(
            "SELECT c.id, c.title, c.locale, c.address, c.state, p.organisation_id \
             FROM page_content c JOIN page p ON p.id = c.page_id WHERE c.id IN ({})",
            places.join(", ")
        ),
        ids.iter().map(|id| id.0.into()).collect(),
    )
    .await?;
    Ok(rows.into_iter().map(Row::into_page).collect())
}

/// Rows looked through for those that the one who asks may see.
const LOOKED_THROUGH: i64 = 200;

/// Pages whose title or address holds every word, those first that begin with them, at most `most`.
/// What is not public is left out unless `may_read` says yes to its organisation. Looks at every
/// title: some ten milliseconds among 100 000.
///
/// # Errors
/// When the database fails.
pub async fn named_pages<C: ConnectionTrait>(
    on: &C,
    words: &str,
    most: usize,
    may_read: &(dyn Fn(OrganisationId) -> bool + Send + Sync),
) -> Result<Vec<NamedPage>> {
    let mut conditions = Vec::new();
    let mut values: Vec<torg_db::SqlValue> = Vec::new();
    for word in words.split_whitespace().take(8) {
        let mut pattern = String::from("%");
        for c in torg_kernel::sort_key(word).chars() {
            if matches!(c, '%' | '_' | '!') {
                pattern.push('!');
            }
            pattern.push(c);
        }
        pattern.push('%');
        values.push(pattern.into());
        let place = values.len();
        conditions.push(format!(
            "(c.sort_key LIKE ${place} ESCAPE '!' OR c.address LIKE ${place} ESCAPE '!')"
        ));
    }
    if conditions.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = fetch_all(
        on,
        &format!(
            "SELECT c.id, c.title, c.locale, c.address, c.state, p.organisation_id \
             FROM page_content c JOIN page p ON p.id = c.page_id WHERE {} \
             ORDER BY length(c.sort_key), c.sort_key, c.id LIMIT {LOOKED_THROUGH}",
            conditions.join(" AND ")
        ),
        values,
    )
    .await?;
    Ok(rows
        .into_iter()
        .map(Row::into_page)
        .filter(|page| page.published || may_read(page.organisation))
        .take(most)
        .collect())
}

/// The contents that show a fact, by address, at most `most`; and how many more there are that are
/// not public and of which `may_read` says no to the organisation.
///
/// # Errors
/// When the database fails.
pub async fn contents_with_fact<C: ConnectionTrait>(
    on: &C,
    fact: Uuid,
    most: usize,
    may_read: &(dyn Fn(OrganisationId) -> bool + Send + Sync),
) -> Result<(Vec<Content>, usize)> {
    let using = store::list_contents_using(on, "fact", fact).await?;
    let (seen, hidden): (Vec<_>, Vec<_>) = using.into_iter().partition(|using| {
        using.state == "published" || may_read(OrganisationId(using.organisation_id))
    });
    let mut contents = Vec::with_capacity(seen.len().min(most));
    for using in seen.into_iter().take(most) {
        contents.extend(store::find(on, ContentId(using.content_id)).await?);
    }
    Ok((contents, hidden.len()))
}

/// How many comments on pages of these organisations wait, and how many of those that are shown
/// have been reported.
///
/// # Errors
/// When the database fails.
pub async fn count_comments<C: ConnectionTrait>(
    on: &C,
    own: &[OrganisationId],
) -> Result<(i64, i64)> {
    Ok((
        comments::waiting(on, own).await?,
        comments::reported(on, own).await?,
    ))
}

/// Why a draft waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftWaits {
    /// It was handed in, and somebody has to read it.
    InReview,
    /// Two people wrote different things in the same place.
    Conflict,
    /// It was to be published or taken away at a time, and could not.
    Failed,
    /// The one who asks wrote in it last, and nothing was done with it since.
    Own,
}

/// A draft that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingDraft {
    /// The content.
    pub id: ContentId,
    /// Its public title, or the latest one that was public or handed in.
    pub title: String,
    /// Its language.
    pub locale: Locale,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// When something last happened to it.
    pub at: Timestamp,
}

#[derive(FromQueryResult)]
struct WaitingRow {
    id: Uuid,
    title: String,
    locale: String,
    organisation_id: Uuid,
    at: i64,
}

/// The most drafts of one kind that are looked at.
const DRAFTS: i64 = 500;

/// Drafts that wait for one reason, the longest waiting first; one's own the latest first.
///
/// # Errors
/// When the database fails.
pub async fn waiting_drafts<C: ConnectionTrait>(
    on: &C,
    why: DraftWaits,
    person: PersonId,
) -> Result<Vec<WaitingDraft>> {
    let (from, condition, at, order) = match why {
        DraftWaits::InReview => ("draft d", "d.state = 'in_review'", "d.updated_at", ""),
        DraftWaits::Own => (
            "draft d",
            "d.state = 'draft' AND d.person_id = $1",
            "d.updated_at",
            "DESC",
        ),
        DraftWaits::Conflict => (
            "(SELECT content_id, min(at) AS at FROM draft_conflict GROUP BY content_id) d",
            "1 = 1",
            "d.at",
            "",
        ),
        DraftWaits::Failed => ("page_schedule d", "d.failed", "d.at", ""),
    };
    let title = "coalesce((SELECT b.body FROM draft_part b WHERE b.content_id = c.id \
        AND b.part = 'field:title'), '')";
    let rows: Vec<WaitingRow> = fetch_all(
        on,
        &format!(
            "SELECT c.id, CASE WHEN {title} = '' THEN c.title ELSE {title} END AS title, c.locale, \
             p.organisation_id, {at} AS at FROM {from} JOIN page_content c ON c.id = d.content_id \
             JOIN page p ON p.id = c.page_id WHERE {condition} ORDER BY {at} {order}, c.id LIMIT {DRAFTS}"
        ),
        match why {
            DraftWaits::Own => vec![person.0.into()],
            DraftWaits::InReview | DraftWaits::Conflict | DraftWaits::Failed => Vec::new(),
        },
    )
    .await?;
    let draft = |row: WaitingRow| WaitingDraft {
        id: ContentId(row.id),
        title: row.title,
        locale: row.locale.parse().unwrap_or(Locale::SV),
        organisation: OrganisationId(row.organisation_id),
        at: Timestamp::from_micros(row.at),
    };
    Ok(rows.into_iter().map(draft).collect())
}
