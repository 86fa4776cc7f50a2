//! What the log says of one text: its versions are there, each as it was after a change.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, fetch_all, fetch_one};
use torg_kernel::{ContentId, PageId, PersonId, Problem, Result, Timestamp};
use uuid::Uuid;

use super::Unreadable;
use crate::model::Content;

/// A change of a text, without what it said.
#[derive(Debug, Clone)]
pub(in crate::history) struct Happened {
    pub position: i64,
    pub at: Timestamp,
    pub kind: String,
    pub person: Option<PersonId>,
    /// The name of the program's own work, where no person did it.
    pub system: String,
}

#[derive(FromQueryResult)]
struct Row {
    position: i64,
    at: i64,
    kind: String,
    actor_id: Option<Uuid>,
    actor_name: Option<String>,
}

#[derive(FromQueryResult)]
struct Payload {
    at: i64,
    after: Option<String>,
}

/// A payload begins with the id of its content, so that the texts of one page can be told apart
/// without reading them.
fn beginning(content: ContentId) -> String {
    format!("{{\"id\":\"{content}\",%")
}

const OF_CONTENT: &str = "FROM event e JOIN event_payload p ON p.position = e.position \
    WHERE e.subject_kind = 'page' AND e.subject_id = $1 AND e.class <> 'secret' \
    AND p.after LIKE $2";

/// The changes of a text, newest first.
pub(in crate::history) async fn list_events<C: ConnectionTrait>(
    on: &C,
    (page, content): (PageId, ContentId),
    limit: i64,
) -> Result<Vec<Happened>> {
    let rows: Vec<Row> = fetch_all(
        on,
        &format!(
            "SELECT e.position, e.at, e.kind, e.actor_id, e.actor_name {OF_CONTENT} \
             ORDER BY e.position DESC LIMIT $3"
        ),
        vec![page.0.into(), beginning(content).into(), limit.into()],
    )
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Happened {
            position: row.position,
            at: Timestamp::from_micros(row.at),
            kind: row.kind,
            person: row.actor_id.map(PersonId),
            system: row.actor_name.unwrap_or_default(),
        })
        .collect())
}

fn read(page: PageId, payload: Option<Payload>) -> Result<Option<(Timestamp, Content)>> {
    let Some(payload) = payload else {
        return Ok(None);
    };
    let Some(text) = payload.after else {
        return Ok(None);
    };
    let content = serde_json::from_str(&text)
        .map_err(|error| Problem::internal(Unreadable(page.0, error.to_string())))?;
    Ok(Some((Timestamp::from_micros(payload.at), content)))
}

/// The text as an event left it; none when the event is of something else, or weeded.
pub(in crate::history) async fn find_event<C: ConnectionTrait>(
    on: &C,
    (page, content): (PageId, ContentId),
    position: i64,
) -> Result<Option<(Timestamp, Content)>> {
    let payload = fetch_one(
        on,
        &format!("SELECT e.at, p.after {OF_CONTENT} AND e.position = $3"),
        vec![page.0.into(), beginning(content).into(), position.into()],
    )
    .await?;
    read(page, payload)
}

/// The text as it stood at an instant; none when it did not exist yet.
pub(in crate::history) async fn stood_at<C: ConnectionTrait>(
    on: &C,
    (page, content): (PageId, ContentId),
    at: Timestamp,
) -> Result<Option<(Timestamp, Content)>> {
    let payload = fetch_one(
        on,
        &format!(
            "SELECT e.at, p.after {OF_CONTENT} AND e.at <= $3 ORDER BY e.position DESC LIMIT 1"
        ),
        vec![page.0.into(), beginning(content).into(), at.micros().into()],
    )
    .await?;
    read(page, payload)
}

/// The text in one of its versions.
pub(crate) async fn find_version_of<C: ConnectionTrait>(
    on: &C,
    (page, content): (PageId, ContentId),
    version: i64,
) -> Result<Option<Content>> {
    let payloads: Vec<Payload> = fetch_all(
        on,
        &format!(
            "SELECT e.at, p.after {OF_CONTENT} AND p.after LIKE $3 ORDER BY e.position LIMIT 5"
        ),
        vec![
            page.0.into(),
            beginning(content).into(),
            format!("%\"version\":{version},%").into(),
        ],
    )
    .await?;
    for payload in payloads {
        if let Some((_, found)) = read(page, Some(payload))?
            && found.version == version
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
