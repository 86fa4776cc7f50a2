//! The SQL of care.

use jiff::civil::Date;
use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, WriteContext, execute, fetch_all, fetch_one};
use torg_kernel::{
    ContentId, Locale, OrganisationId, PageId, PersonId, Problem, Result, Timestamp, Variant,
};
use torg_quality::Rule;
use uuid::Uuid;

use super::model::{Cared, Looked};
use crate::model::PageKind;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    page_id: Uuid,
    organisation_id: Uuid,
    page_type: String,
    locale: String,
    variant: String,
    title: String,
    address: String,
    reviewed_on: Option<String>,
    updated_at: i64,
    reviewer_id: Option<Uuid>,
    reminded_for: Option<String>,
    told_above_for: Option<String>,
    must: Option<i64>,
    should: Option<i64>,
    hint: Option<i64>,
    lix: Option<i64>,
    rules: Option<String>,
    dead: Option<i64>,
    counted_since: Option<String>,
    last_read: Option<String>,
}

/// A row that no version of this program wrote.
#[derive(Debug, thiserror::Error)]
#[error("the text {0} is stored in a form that cannot be read")]
struct Unreadable(Uuid);

fn day(text: Option<String>) -> Option<Date> {
    text.and_then(|text| text.parse().ok())
}

impl Row {
    fn cared(self) -> Result<Cared> {
        let bad = || Problem::internal(Unreadable(self.id));
        Ok(Cared {
            content: ContentId(self.id),
            page: PageId(self.page_id),
            organisation: OrganisationId(self.organisation_id),
            kind: PageKind::parse(&self.page_type).ok_or_else(bad)?,
            locale: self.locale.parse().map_err(|_| bad())?,
            variant: Variant::parse(&self.variant).ok_or_else(bad)?,
            looked: self.must.map(|must| Looked {
                must,
                should: self.should.unwrap_or(0),
                hint: self.hint.unwrap_or(0),
                lix: self.lix,
                rules: Looked::read_line(self.rules.as_deref().unwrap_or_default()),
            }),
            title: self.title,
            address: self.address,
            reviewed: day(self.reviewed_on),
            updated_at: Timestamp::from_micros(self.updated_at),
            reviewer: self.reviewer_id.map(PersonId),
            reminded_for: day(self.reminded_for),
            told_above_for: day(self.told_above_for),
            dead: self.dead.unwrap_or(0),
            counted_since: day(self.counted_since),
            last_read: day(self.last_read),
        })
    }
}

const CARED: &str = "SELECT c.id, c.page_id, p.organisation_id, p.page_type, c.locale, c.variant, \
    c.title, c.address, c.reviewed_on, c.updated_at, k.reviewer_id, k.reminded_for, \
    k.told_above_for, q.must, q.should, q.hint, q.lix, q.rules, d.dead, \
    r.since AS counted_since, r.last_read \
    FROM page_content c JOIN page p ON p.id = c.page_id \
    LEFT JOIN page_care k ON k.content_id = c.id \
    LEFT JOIN page_quality q ON q.content_id = c.id \
    LEFT JOIN page_reading r ON r.content_id = c.id \
    LEFT JOIN (SELECT l.content_id, count(*) AS dead FROM page_link l \
        JOIN outside_link o ON o.url = l.url WHERE o.outcome = 'dead' GROUP BY l.content_id) d \
    ON d.content_id = c.id";

/// Every public text, by title.
pub(crate) async fn list_cared<C: ConnectionTrait>(on: &C) -> Result<Vec<Cared>> {
    let sql = format!("{CARED} WHERE c.state = 'published' ORDER BY c.sort_key, c.id");
    let rows: Vec<Row> = fetch_all(on, &sql, vec![]).await?;
    rows.into_iter().map(Row::cared).collect()
}

/// The public texts that one person goes through, by title.
pub(crate) async fn list_of_reviewer<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
) -> Result<Vec<Cared>> {
    let sql = format!(
        "{CARED} WHERE k.reviewer_id = $1 AND c.state = 'published' ORDER BY c.sort_key, c.id"
    );
    let rows: Vec<Row> = fetch_all(on, &sql, vec![person.0.into()]).await?;
    rows.into_iter().map(Row::cared).collect()
}

/// One text, public or not.
pub(crate) async fn find_cared<C: ConnectionTrait>(
    on: &C,
    content: ContentId,
) -> Result<Option<Cared>> {
    let sql = format!("{CARED} WHERE c.id = $1");
    let row: Option<Row> = fetch_one(on, &sql, vec![content.0.into()]).await?;
    row.map(Row::cared).transpose()
}

/// Settles who goes through a text; none for nobody.
pub(crate) async fn save_reviewer(
    context: &WriteContext,
    content: ContentId,
    reviewer: Option<PersonId>,
) -> Result<()> {
    execute(
        &**context,
        "INSERT INTO page_care (content_id, reviewer_id) VALUES ($1, $2) \
         ON CONFLICT (content_id) DO UPDATE SET reviewer_id = excluded.reviewer_id",
        vec![
            content.0.into(),
            SqlValue::Uuid(reviewer.map(|person| person.0)),
        ],
    )
    .await?;
    Ok(())
}

/// Notes that somebody was reminded, or the organisation above told, for a due day.
pub(crate) async fn note_reminded(
    context: &WriteContext,
    content: ContentId,
    due: Date,
    above: bool,
) -> Result<()> {
    let column = if above {
        "told_above_for"
    } else {
        "reminded_for"
    };
    execute(
        &**context,
        &format!(
            "INSERT INTO page_care (content_id, {column}) VALUES ($1, $2) \
             ON CONFLICT (content_id) DO UPDATE SET {column} = excluded.{column}"
        ),
        vec![content.0.into(), due.to_string().into()],
    )
    .await?;
    Ok(())
}

/// A public text as other texts need to know of it.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Known {
    pub page_id: Uuid,
    pub page_type: String,
    pub locale: String,
    pub variant: String,
    pub address: String,
    pub title: String,
    pub description: String,
}

/// Every public text, for links and doubles.
pub(crate) async fn list_known<C: ConnectionTrait>(on: &C) -> Result<Vec<Known>> {
    Ok(fetch_all(
        on,
        "SELECT c.page_id, p.page_type, c.locale, c.variant, c.address, c.title, c.description \
         FROM page_content c JOIN page p ON p.id = c.page_id WHERE c.state = 'published' \
         ORDER BY c.id",
        vec![],
    )
    .await?)
}

/// `$from, $from+1, …` for a list of values.
fn places(from: usize, count: usize) -> String {
    let marks: Vec<String> = (from..from + count).map(|at| format!("${at}")).collect();
    marks.join(", ")
}

/// Which of these pages have a public text.
pub(crate) async fn public_pages<C: ConnectionTrait>(on: &C, pages: &[Uuid]) -> Result<Vec<Uuid>> {
    #[derive(FromQueryResult)]
    struct Found {
        page_id: Uuid,
    }
    let mut all = Vec::new();
    for chunk in pages.chunks(200) {
        let found: Vec<Found> = fetch_all(
            on,
            &format!(
                "SELECT DISTINCT page_id FROM page_content WHERE state = 'published' \
                 AND page_id IN ({})",
                places(1, chunk.len())
            ),
            chunk.iter().map(|page| (*page).into()).collect(),
        )
        .await?;
        all.extend(found.into_iter().map(|found| found.page_id));
    }
    Ok(all)
}

#[derive(FromQueryResult)]
struct At {
    address: String,
}

/// Which of these addresses have a public text, or lead to one.
pub(crate) async fn public_addresses<C: ConnectionTrait>(
    on: &C,
    addresses: &[String],
) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for chunk in addresses.chunks(200) {
        let marks = places(1, chunk.len());
        let found: Vec<At> = fetch_all(
            on,
            &format!(
                "SELECT address FROM page_content WHERE state = 'published' \
                 AND address IN ({marks}) UNION SELECT r.address FROM page_redirect r \
                 JOIN page_content c ON c.id = r.content_id \
                 WHERE c.state = 'published' AND r.address IN ({marks})"
            ),
            chunk
                .iter()
                .map(|address| address.as_str().into())
                .collect(),
        )
        .await?;
        all.extend(found.into_iter().map(|found| found.address));
    }
    Ok(all)
}

/// What another page of the same language and variant is asked for: its title, or its lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Same {
    Title,
    Description,
}

/// Where another public page says the same. What belongs to a day may say again what was said
/// before.
pub(crate) async fn find_same<C: ConnectionTrait>(
    on: &C,
    same: Same,
    (page, locale, variant): (PageId, Locale, Variant),
    words: &str,
) -> Result<Option<String>> {
    // The sort key has an index, the title itself has none.
    let (column, key) = match same {
        Same::Title => ("c.sort_key = $4 AND c.title", torg_kernel::sort_key(words)),
        Same::Description => ("$4 <> '' AND c.description", words.to_owned()),
    };
    let found: Option<At> = fetch_one(
        on,
        &format!(
            "SELECT c.address FROM page_content c JOIN page p ON p.id = c.page_id \
             WHERE c.state = 'published' AND c.page_id <> $1 AND c.locale = $2 \
             AND c.variant = $3 AND {column} = $5 \
             AND p.page_type NOT IN ('news', 'post', 'story', 'vacancy') \
             ORDER BY c.address LIMIT 1"
        ),
        vec![
            page.0.into(),
            locale.as_str().into(),
            variant.as_str().into(),
            key.into(),
            words.into(),
        ],
    )
    .await?;
    Ok(found.map(|found| found.address))
}

/// Public texts that the rules have not seen as they are now, or not since an instant.
pub(crate) async fn list_stale<C: ConnectionTrait>(
    on: &C,
    settings: &str,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<ContentId>> {
    #[derive(FromQueryResult)]
    struct Found {
        id: Uuid,
    }
    let found: Vec<Found> = fetch_all(
        on,
        "SELECT c.id FROM page_content c LEFT JOIN page_quality q ON q.content_id = c.id \
         WHERE c.state = 'published' AND (q.content_id IS NULL OR q.version <> c.version \
         OR q.settings <> $1 OR q.checked_at < $2) ORDER BY c.id LIMIT $3",
        vec![settings.into(), before.micros().into(), limit.into()],
    )
    .await?;
    Ok(found.into_iter().map(|found| ContentId(found.id)).collect())
}

/// What is kept of a look at one text.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    pub content: ContentId,
    pub version: i64,
    pub looked: Looked,
    /// Links to others, in order, without doubles.
    pub urls: Vec<String>,
}

/// Keeps what the rules said, and where the text links to.
pub(crate) async fn save_look(
    context: &WriteContext,
    look: &Look,
    settings: &str,
    now: Timestamp,
) -> Result<()> {
    let looked = &look.looked;
    execute(
        &**context,
        "INSERT INTO page_quality \
         (content_id, version, settings, must, should, hint, lix, rules, checked_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (content_id) DO UPDATE SET \
         version = excluded.version, settings = excluded.settings, must = excluded.must, \
         should = excluded.should, hint = excluded.hint, lix = excluded.lix, \
         rules = excluded.rules, checked_at = excluded.checked_at",
        vec![
            look.content.0.into(),
            look.version.into(),
            settings.into(),
            looked.must.into(),
            looked.should.into(),
            looked.hint.into(),
            SqlValue::BigInt(looked.lix),
            Looked::line(&looked.rules).into(),
            now.micros().into(),
        ],
    )
    .await?;
    save_links(context, look, now).await
}

async fn save_links(context: &WriteContext, look: &Look, now: Timestamp) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Stored {
        url: String,
    }
    let stored: Vec<Stored> = fetch_all(
        &**context,
        "SELECT url FROM page_link WHERE content_id = $1 ORDER BY url",
        vec![look.content.0.into()],
    )
    .await?;
    for gone in stored.iter().filter(|own| !look.urls.contains(&own.url)) {
        execute(
            &**context,
            "DELETE FROM page_link WHERE content_id = $1 AND url = $2",
            vec![look.content.0.into(), gone.url.clone().into()],
        )
        .await?;
    }
    let new = |url: &&String| !stored.iter().any(|own| own.url == **url);
    for url in look.urls.iter().filter(new) {
        execute(
            &**context,
            "INSERT INTO page_link (content_id, url) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            vec![look.content.0.into(), url.clone().into()],
        )
        .await?;
        execute(
            &**context,
            "INSERT INTO outside_link (url, host, found_at, outcome, failures, next_at) \
             VALUES ($1, $2, $3, '', 0, $3) ON CONFLICT DO NOTHING",
            vec![
                url.clone().into(),
                super::links::host(url).into(),
                now.micros().into(),
            ],
        )
        .await?;
    }
    Ok(())
}

/// Forgets what is kept of texts that are not public, and links that stand nowhere any more.
pub(crate) async fn forget_gone(context: &WriteContext) -> Result<()> {
    let gone = "content_id NOT IN (SELECT id FROM page_content WHERE state = 'published')";
    for sql in [
        format!("DELETE FROM page_link WHERE {gone}"),
        format!("DELETE FROM page_quality WHERE {gone}"),
        "DELETE FROM outside_link WHERE url NOT IN (SELECT url FROM page_link)".to_owned(),
    ] {
        execute(&**context, &sql, vec![]).await?;
    }
    Ok(())
}

/// One organisation in one week.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Week {
    /// Public texts.
    pub pages: i64,
    /// Those that nobody goes through.
    pub without_reviewer: i64,
    /// Those that are overdue.
    pub overdue: i64,
    /// Those that break a rule that must or should hold.
    pub failing: i64,
    /// Links to others that do not answer.
    pub dead: i64,
    /// Sum of LIX.
    pub lix_sum: i64,
    /// How many texts are in that sum.
    pub lix_pages: i64,
    /// Those that nobody reads.
    pub unread: i64,
}

/// Writes the figures of a week over those that were there.
pub(crate) async fn save_week(
    context: &WriteContext,
    week: Date,
    organisation: OrganisationId,
    figures: Week,
) -> Result<()> {
    execute(
        &**context,
        "INSERT INTO care_week (week, organisation_id, pages, without_reviewer, overdue, failing, \
         dead, lix_sum, lix_pages, unread) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (week, organisation_id) DO UPDATE SET pages = excluded.pages, \
         without_reviewer = excluded.without_reviewer, overdue = excluded.overdue, \
         failing = excluded.failing, dead = excluded.dead, lix_sum = excluded.lix_sum, \
         lix_pages = excluded.lix_pages, unread = excluded.unread",
        vec![
            week.to_string().into(),
            organisation.0.into(),
            figures.pages.into(),
            figures.without_reviewer.into(),
            figures.overdue.into(),
            figures.failing.into(),
            figures.dead.into(),
            figures.lix_sum.into(),
            figures.lix_pages.into(),
            figures.unread.into(),
        ],
    )
    .await?;
    Ok(())
}

/// The weeks since a day, the oldest first, each organisation by itself.
pub(crate) async fn list_weeks<C: ConnectionTrait>(
    on: &C,
    since: Date,
) -> Result<Vec<(Date, OrganisationId, Week)>> {
    #[derive(FromQueryResult)]
    struct Row {
        week: String,
        organisation_id: Uuid,
        pages: i64,
        without_reviewer: i64,
        overdue: i64,
        failing: i64,
        dead: i64,
        lix_sum: i64,
        lix_pages: i64,
        unread: i64,
    }
    let rows: Vec<Row> = fetch_all(
        on,
        "SELECT week, organisation_id, pages, without_reviewer, overdue, failing, dead, lix_sum, \
         lix_pages, unread FROM care_week WHERE week >= $1 ORDER BY week, organisation_id",
        vec![since.to_string().into()],
    )
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let figures = Week {
                pages: row.pages,
                without_reviewer: row.without_reviewer,
                overdue: row.overdue,
                failing: row.failing,
                dead: row.dead,
                lix_sum: row.lix_sum,
                lix_pages: row.lix_pages,
                unread: row.unread,
            };
            Some((
                row.week.parse().ok()?,
                OrganisationId(row.organisation_id),
                figures,
            ))
        })
        .collect())
}

/// Rules in the order they are shown, with their counts, for keeping.
pub(crate) fn counted(report: &torg_quality::Report) -> Vec<(Rule, u32)> {
    report
        .counts
        .iter()
        .map(|(rule, count)| (*rule, *count))
        .collect()
}
