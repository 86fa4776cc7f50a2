//! This room's only SQL.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, execute, fetch_all, fetch_one};
use torg_kernel::{
    AnnouncementId, AuthorityId, Message, OrganisationId, Problem, Result, Subject, Timestamp,
};
use uuid::Uuid;

use crate::check::is_key;
use crate::model::{Announcement, NoticeKind};

const COLUMNS: &str =
    "id, key, kind, organisation_id, authority_id, data, version, updated_at, told";

/// Which events about its days are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Told {
    Nothing = 0,
    Posted = 1,
    Removed = 2,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    key: String,
    kind: String,
    organisation_id: Uuid,
    authority_id: Option<Uuid>,
    data: String,
    version: i64,
    updated_at: i64,
    told: i64,
}

impl Row {
    fn announcement(self) -> Result<Announcement> {
        Ok(Announcement {
            id: AnnouncementId(self.id),
            key: self.key,
            // A kind that a newer version wrote is shown as the most general one.
            kind: NoticeKind::parse(&self.kind).unwrap_or(NoticeKind::Announcement),
            organisation: OrganisationId(self.organisation_id),
            authority: self.authority_id.map(AuthorityId),
            notice: serde_json::from_str(&self.data)?,
            version: self.version,
            updated_at: Timestamp::from_micros(self.updated_at),
        })
    }

    const fn told(&self) -> Told {
        match self.told {
            0 => Told::Nothing,
            1 => Told::Posted,
            _ => Told::Removed,
        }
    }
}

async fn many<C: ConnectionTrait>(
    on: &C,
    rest: &str,
    values: Vec<SqlValue>,
) -> Result<Vec<Announcement>> {
    let sql = format!("SELECT {COLUMNS} FROM announcement {rest}");
    let rows: Vec<Row> = fetch_all(on, &sql, values).await?;
    rows.into_iter().map(Row::announcement).collect()
}

/// The announcement with an id, whatever its state.
///
/// # Errors
/// When the database fails.
pub async fn find<C: ConnectionTrait>(on: &C, id: AnnouncementId) -> Result<Option<Announcement>> {
    Ok(many(on, "WHERE id = $1", vec![id.0.into()]).await?.pop())
}

/// The announcement with a key, whatever its state.
///
/// # Errors
/// When the database fails.
pub async fn find_by_key<C: ConnectionTrait>(on: &C, key: &str) -> Result<Option<Announcement>> {
    // PostgreSQL refuses some texts, such as one with a null character.
    if !is_key(key) {
        return Ok(None);
    }
    Ok(many(on, "WHERE key = $1", vec![key.into()]).await?.pop())
}

/// What stands on the board at an instant, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list_current<C: ConnectionTrait>(on: &C, now: Timestamp) -> Result<Vec<Announcement>> {
    many(
        on,
        "WHERE shown_from <= $1 AND shown_until > $1 ORDER BY shown_from DESC, id DESC",
        vec![now.micros().into()],
    )
    .await
}

/// Those of the ids that stand on the board at an instant.
///
/// # Errors
/// When the database fails.
pub async fn list_current_by_id<C: ConnectionTrait>(
    on: &C,
    ids: &[AnnouncementId],
    now: Timestamp,
) -> Result<Vec<Announcement>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (2..ids.len() + 2).map(|at| format!("${at}")).collect();
    let mut values: Vec<SqlValue> = vec![now.micros().into()];
    values.extend(ids.iter().map(|id| SqlValue::from(id.0)));
    let rest = format!(
        "WHERE shown_from <= $1 AND shown_until > $1 AND id IN ({}) ORDER BY id",
        marks.join(", ")
    );
    many(on, &rest, values).await
}

/// What was put up after one instant and not after another, and still stands there at the second;
/// oldest first. For subscriptions and the like.
///
/// # Errors
/// When the database fails.
pub async fn list_posted_between<C: ConnectionTrait>(
    on: &C,
    after: Timestamp,
    until: Timestamp,
) -> Result<Vec<Announcement>> {
    many(
        on,
        "WHERE shown_from > $1 AND shown_from <= $2 AND shown_until > $2 ORDER BY shown_from, id",
        vec![after.micros().into(), until.micros().into()],
    )
    .await
}

/// Every announcement, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list_all<C: ConnectionTrait>(on: &C) -> Result<Vec<Announcement>> {
    many(on, "ORDER BY shown_from DESC, id DESC", vec![]).await
}

/// The committees that have ever put anything up.
///
/// # Errors
/// When the database fails.
pub async fn list_posting<C: ConnectionTrait>(on: &C) -> Result<Vec<OrganisationId>> {
    #[derive(FromQueryResult)]
    struct Owner {
        organisation_id: Uuid,
    }
    let sql = "SELECT DISTINCT organisation_id FROM announcement ORDER BY organisation_id";
    let owners: Vec<Owner> = fetch_all(on, sql, vec![]).await?;
    Ok(owners
        .into_iter()
        .map(|owner| OrganisationId(owner.organisation_id))
        .collect())
}

/// The first instant after `now` at which something is put up.
///
/// # Errors
/// When the database fails.
pub async fn next_posting<C: ConnectionTrait>(on: &C, now: Timestamp) -> Result<Option<Timestamp>> {
    #[derive(FromQueryResult)]
    struct Next {
        shown_from: i64,
    }
    let next: Option<Next> = fetch_one(
        on,
        "SELECT shown_from FROM announcement WHERE shown_from > $1 AND shown_until > shown_from \
         ORDER BY shown_from LIMIT 1",
        vec![now.micros().into()],
    )
    .await?;
    Ok(next.map(|next| Timestamp::from_micros(next.shown_from)))
}

/// Every announcement as a subject with its canonical JSON: what the last event about it must say.
///
/// # Errors
/// When the database fails.
pub async fn list_canonical<C: ConnectionTrait>(on: &C) -> Result<Vec<(Subject, String)>> {
    list_all(on)
        .await?
        .iter()
        .map(|announcement| Ok((announcement.subject(), announcement.canonical()?)))
        .collect()
}

/// Announcements of which an event about their days is missing at `now`, oldest first.
pub(crate) async fn list_untold<C: ConnectionTrait>(
    on: &C,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(Announcement, Told)>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM announcement WHERE (told = 0 AND shown_from <= $1) \
         OR (told < 2 AND shown_until <= $1) ORDER BY shown_from, id LIMIT $2"
    );
    let rows: Vec<Row> = fetch_all(on, &sql, vec![now.micros().into(), limit.into()]).await?;
    rows.into_iter()
        .map(|row| {
            let told = row.told();
            Ok((row.announcement()?, told))
        })
        .collect()
}

/// Which events about an announcement's days are written; nothing when there is no such one.
pub(crate) async fn find_told<C: ConnectionTrait>(on: &C, id: AnnouncementId) -> Result<Told> {
    let sql = format!("SELECT {COLUMNS} FROM announcement WHERE id = $1");
    let row: Option<Row> = fetch_one(on, &sql, vec![id.0.into()]).await?;
    Ok(row.map_or(Told::Nothing, |row| row.told()))
}

pub(crate) async fn set_told<C: ConnectionTrait>(
    on: &C,
    id: AnnouncementId,
    told: Told,
) -> Result<()> {
    execute(
        on,
        "UPDATE announcement SET told = $2 WHERE id = $1",
        vec![id.0.into(), (told as i64).into()],
    )
    .await?;
    Ok(())
}

fn values(announcement: &Announcement) -> Result<Vec<SqlValue>> {
    Ok(vec![
        announcement.id.0.into(),
        announcement.key.clone().into(),
        announcement.kind.as_str().into(),
        announcement.organisation.0.into(),
        SqlValue::Uuid(announcement.authority.map(Into::into)),
        announcement.notice.shown_from().micros().into(),
        announcement.notice.shown_until().micros().into(),
        serde_json::to_string(&announcement.notice)?.into(),
        announcement.version.into(),
        announcement.updated_at.micros().into(),
    ])
}

pub(crate) async fn insert<C: ConnectionTrait>(on: &C, announcement: &Announcement) -> Result<()> {
    execute(
        on,
        "INSERT INTO announcement (id, key, kind, organisation_id, authority_id, shown_from, \
         shown_until, data, version, updated_at, told) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)",
        values(announcement)?,
    )
    .await?;
    Ok(())
}

/// Writes an announcement over the version before its own.
pub(crate) async fn update<C: ConnectionTrait>(on: &C, announcement: &Announcement) -> Result<()> {
    let changed = execute(
        on,
        "UPDATE announcement SET key = $2, kind = $3, organisation_id = $4, authority_id = $5, \
         shown_from = $6, shown_until = $7, data = $8, version = $9, updated_at = $10 \
         WHERE id = $1 AND version = $9 - 1",
        values(announcement)?,
    )
    .await?;
    if changed == 1 {
        Ok(())
    } else {
        Err(Problem::Conflict(Message::new("notice-error-version")))
    }
}
