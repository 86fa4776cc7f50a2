//! Texts as they were when they were handed on, and what shall happen at a time.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, WriteContext, execute, fetch_all, fetch_one};
use torg_kernel::{ContentId, PersonId, Problem, Result, Timestamp};
use uuid::Uuid;

use super::Unreadable;
use crate::desk::model::{Deed, Reason, Rest, SavedVersion, Scheduled};
use crate::model::Content;

/// Keeps a text as it is, with what was written besides.
pub(crate) async fn insert_version(
    context: &WriteContext,
    id: Uuid,
    (reason, name): (Reason, &str),
    (text, rest): (&Content, Option<&Rest>),
    person: Option<PersonId>,
    now: Timestamp,
) -> Result<()> {
    execute(
        &**context,
        "INSERT INTO page_version (id, content_id, version, reason, name, person_id, made_at, \
         snapshot, rest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        vec![
            id.into(),
            text.id.0.into(),
            text.version.into(),
            reason.as_str().into(),
            name.into(),
            SqlValue::Uuid(person.map(|person| person.0)),
            now.micros().into(),
            serde_json::to_string(text)?.into(),
            SqlValue::String(rest.map(serde_json::to_string).transpose()?),
        ],
    )
    .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct VersionRow {
    id: Uuid,
    content_id: Uuid,
    reason: String,
    name: String,
    person_id: Option<Uuid>,
    made_at: i64,
    rest: Option<String>,
}

impl VersionRow {
    fn into_version(self) -> Result<SavedVersion> {
        let rest = match self.rest {
            Some(rest) => serde_json::from_str(&rest)
                .map_err(|error| Problem::internal(Unreadable(self.id, error.to_string())))?,
            None => Rest::default(),
        };
        Ok(SavedVersion {
            id: self.id,
            content: ContentId(self.content_id),
            reason: self.reason,
            name: self.name,
            person: self.person_id.map(PersonId),
            made_at: Timestamp::from_micros(self.made_at),
            rest,
        })
    }
}

const VERSION: &str = "id, content_id, reason, name, person_id, made_at, rest";

/// What was kept of a content, latest first.
pub(crate) async fn list_versions<C: ConnectionTrait>(
    on: &C,
    content: ContentId,
    limit: i64,
) -> Result<Vec<SavedVersion>> {
    let rows: Vec<VersionRow> = fetch_all(
        on,
        &format!(
            "SELECT {VERSION} FROM page_version WHERE content_id = $1 \
             ORDER BY made_at DESC, id DESC LIMIT $2"
        ),
        vec![content.0.into(), limit.into()],
    )
    .await?;
    rows.into_iter().map(VersionRow::into_version).collect()
}

/// A kept text with what it says.
pub(crate) async fn find_version<C: ConnectionTrait>(
    on: &C,
    id: Uuid,
) -> Result<Option<(SavedVersion, Content)>> {
    #[derive(FromQueryResult)]
    struct Snapshot {
        snapshot: String,
    }
    let row: Option<VersionRow> = fetch_one(
        on,
        &format!("SELECT {VERSION} FROM page_version WHERE id = $1"),
        vec![id.into()],
    )
    .await?;
    let Some(row) = row else { return Ok(None) };
    let text: Option<Snapshot> = fetch_one(
        on,
        "SELECT snapshot FROM page_version WHERE id = $1",
        vec![id.into()],
    )
    .await?;
    let text = text.map(|text| text.snapshot).unwrap_or_default();
    let content = serde_json::from_str(&text)
        .map_err(|error| Problem::internal(Unreadable(id, error.to_string())))?;
    Ok(Some((row.into_version()?, content)))
}

#[derive(FromQueryResult)]
struct ScheduleRow {
    content_id: Uuid,
    action: String,
    at: i64,
    local_time: String,
    version_id: Option<Uuid>,
    draft_revision: i64,
    person_id: Option<Uuid>,
    failed: bool,
    failure: String,
    tries: i64,
}

impl ScheduleRow {
    fn into_scheduled(self) -> Scheduled {
        Scheduled {
            content: ContentId(self.content_id),
            deed: if self.action == "publish" {
                Deed::Publish
            } else {
                Deed::Unpublish
            },
            at: Timestamp::from_micros(self.at),
            local: self.local_time,
            saved: self.version_id,
            revision: self.draft_revision,
            person: self.person_id.map(PersonId),
            failure: self.failed.then_some(self.failure),
            tries: self.tries,
        }
    }
}

const SCHEDULE: &str = "s.content_id, s.action, s.at, s.local_time, s.version_id, \
    s.draft_revision, s.person_id, s.failed, s.failure, s.tries";

/// What is to be done with one content.
pub(crate) async fn list_schedule<C: ConnectionTrait>(
    on: &C,
    content: ContentId,
) -> Result<Vec<Scheduled>> {
    let rows: Vec<ScheduleRow> = fetch_all(
        on,
        &format!("SELECT {SCHEDULE} FROM page_schedule s WHERE s.content_id = $1 ORDER BY s.at"),
        vec![content.0.into()],
    )
    .await?;
    Ok(rows.into_iter().map(ScheduleRow::into_scheduled).collect())
}

/// What should have been done by now and can be tried, earliest first.
pub(crate) async fn list_due<C: ConnectionTrait>(
    on: &C,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Scheduled>> {
    let rows: Vec<ScheduleRow> = fetch_all(
        on,
        &format!(
            "SELECT {SCHEDULE} FROM page_schedule s WHERE s.failed = $1 AND s.at <= $2 \
             AND s.next_try_at <= $2 ORDER BY s.at, s.content_id, s.action LIMIT $3"
        ),
        vec![false.into(), now.micros().into(), limit.into()],
    )
    .await?;
    Ok(rows.into_iter().map(ScheduleRow::into_scheduled).collect())
}

#[derive(FromQueryResult)]
struct PlannedRow {
    title: String,
    locale: String,
    organisation_id: Uuid,
    content_id: Uuid,
}

/// A planned deed with the page it is about.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    pub scheduled: Scheduled,
    pub title: String,
    pub locale: String,
    pub organisation: Uuid,
}

/// All that is to be done up to a time, and all that failed.
pub(crate) async fn list_schedules<C: ConnectionTrait>(
    on: &C,
    (from, until): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<Planned>> {
    let filter = "FROM page_schedule s JOIN page_content c ON c.id = s.content_id \
        JOIN page p ON p.id = c.page_id WHERE (s.at >= $1 AND s.at < $2) OR s.failed = $3 \
        ORDER BY s.at, s.content_id, s.action LIMIT $4";
    let values = || -> Vec<SqlValue> {
        vec![
            from.micros().into(),
            until.micros().into(),
            true.into(),
            limit.into(),
        ]
    };
    let deeds: Vec<ScheduleRow> =
        fetch_all(on, &format!("SELECT {SCHEDULE} {filter}"), values()).await?;
    let pages: Vec<PlannedRow> = fetch_all(
        on,
        &format!("SELECT s.content_id, c.title, c.locale, p.organisation_id {filter}"),
        values(),
    )
    .await?;
    Ok(deeds
        .into_iter()
        .filter_map(|deed| {
            let page = pages
                .iter()
                .find(|page| page.content_id == deed.content_id)?;
            Some(Planned {
                title: page.title.clone(),
                locale: page.locale.clone(),
                organisation: page.organisation_id,
                scheduled: deed.into_scheduled(),
            })
        })
        .collect())
}

/// Sets what is to be done; an earlier plan for the same deed is forgotten.
pub(crate) async fn save_schedule(context: &WriteContext, scheduled: &Scheduled) -> Result<()> {
    execute(
        &**context,
        "INSERT INTO page_schedule (content_id, action, at, local_time, version_id, \
         draft_revision, person_id, failed, failure, tries, next_try_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', 0, 0) \
         ON CONFLICT (content_id, action) DO UPDATE SET at = excluded.at, \
         local_time = excluded.local_time, version_id = excluded.version_id, \
         draft_revision = excluded.draft_revision, person_id = excluded.person_id, \
         failed = excluded.failed, failure = '', tries = 0, next_try_at = 0",
        vec![
            scheduled.content.0.into(),
            scheduled.deed.as_str().into(),
            scheduled.at.micros().into(),
            scheduled.local.clone().into(),
            SqlValue::Uuid(scheduled.saved),
            scheduled.revision.into(),
            SqlValue::Uuid(scheduled.person.map(|person| person.0)),
            false.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Notes that a deed could not be done, so that it is not tried for ever.
pub(crate) async fn fail_schedule(
    context: &WriteContext,
    scheduled: &Scheduled,
    failure: &str,
) -> Result<()> {
    execute(
        &**context,
        "UPDATE page_schedule SET failed = $3, failure = $4 WHERE content_id = $1 AND action = $2",
        vec![
            scheduled.content.0.into(),
            scheduled.deed.as_str().into(),
            true.into(),
            failure.into(),
        ],
    )
    .await?;
    Ok(())
}

/// Notes that the program failed at a deed, and when it is tried again.
pub(crate) async fn put_off_schedule(
    context: &WriteContext,
    scheduled: &Scheduled,
    until: Timestamp,
) -> Result<()> {
    execute(
        &**context,
        "UPDATE page_schedule SET tries = $3, next_try_at = $4 \
         WHERE content_id = $1 AND action = $2",
        vec![
            scheduled.content.0.into(),
            scheduled.deed.as_str().into(),
            (scheduled.tries + 1).into(),
            until.micros().into(),
        ],
    )
    .await?;
    Ok(())
}

/// Forgets a plan. Returns whether there was one.
pub(crate) async fn delete_schedule(
    context: &WriteContext,
    content: ContentId,
    deed: Deed,
) -> Result<bool> {
    let gone = execute(
        &**context,
        "DELETE FROM page_schedule WHERE content_id = $1 AND action = $2",
        vec![content.0.into(), deed.as_str().into()],
    )
    .await?;
    Ok(gone > 0)
}
