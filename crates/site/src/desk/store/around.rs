//! What lies around a draft: texts that did not win, and who is there.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, WriteContext, execute, fetch_all};
use torg_kernel::{ContentId, PersonId, Problem, Result, Timestamp};
use torg_revision::{Conflict, ConflictName};

use super::Unreadable;
use crate::desk::model::{Kept, Present};

#[derive(FromQueryResult)]
struct ConflictRow {
    body: String,
    person: String,
    at: i64,
}

/// All open conflicts of a draft, oldest first.
pub(crate) async fn list_conflicts<C: ConnectionTrait>(on: &C, id: ContentId) -> Result<Vec<Kept>> {
    let rows: Vec<ConflictRow> = fetch_all(
        on,
        "SELECT body, person, at FROM draft_conflict WHERE content_id = $1 ORDER BY at, name",
        vec![id.0.into()],
    )
    .await?;
    rows.into_iter()
        .map(|row| {
            let conflict: Conflict = serde_json::from_str(&row.body)
                .map_err(|error| Problem::internal(Unreadable(id.0, error.to_string())))?;
            Ok(Kept {
                conflict,
                person: row.person,
                at: Timestamp::from_micros(row.at),
            })
        })
        .collect()
}

/// Keeps what did not win, under its name; a name that is there already is told anew.
pub(crate) async fn save_conflicts(
    context: &WriteContext,
    id: ContentId,
    conflicts: &[&Conflict],
    (person, name): (Option<PersonId>, &str),
    now: Timestamp,
) -> Result<()> {
    for conflict in conflicts {
        execute(
            &**context,
            "INSERT INTO draft_conflict (content_id, name, body, person_id, person, at) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (content_id, name) DO UPDATE SET \
             body = excluded.body",
            vec![
                id.0.into(),
                conflict.name.0.clone().into(),
                serde_json::to_string(conflict)?.into(),
                SqlValue::Uuid(person.map(|person| person.0)),
                name.into(),
                now.micros().into(),
            ],
        )
        .await?;
    }
    Ok(())
}

/// Ends conflicts by their names.
pub(crate) async fn settle_conflicts(
    context: &WriteContext,
    id: ContentId,
    names: &[ConflictName],
) -> Result<()> {
    for name in names {
        execute(
            &**context,
            "DELETE FROM draft_conflict WHERE content_id = $1 AND name = $2",
            vec![id.0.into(), name.0.clone().into()],
        )
        .await?;
    }
    Ok(())
}

/// How long somebody counts as there after the last sign, in seconds.
const THERE: i64 = 30;

#[derive(FromQueryResult)]
struct PresentRow {
    client: String,
    person: String,
    part: Option<String>,
    seen_at: i64,
}

/// Who has a text open now.
pub(crate) async fn list_present<C: ConnectionTrait>(
    on: &C,
    id: ContentId,
    now: Timestamp,
) -> Result<Vec<Present>> {
    let rows: Vec<PresentRow> = fetch_all(
        on,
        "SELECT client, person, part, seen_at FROM draft_presence \
         WHERE content_id = $1 AND seen_at > $2 ORDER BY person, client",
        vec![id.0.into(), now.plus_seconds(-THERE).micros().into()],
    )
    .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|row| Present {
            client: row.client,
            person: row.person,
            part: row.part,
            seen_at: Timestamp::from_micros(row.seen_at),
        })
        .collect())
}

/// Notes that somebody has a text open, and where; the marks of those long gone are swept away.
pub(crate) async fn see(
    context: &WriteContext,
    id: ContentId,
    (person, present): (PersonId, &Present),
) -> Result<()> {
    let now = present.seen_at;
    execute(
        &**context,
        "INSERT INTO draft_presence (content_id, client, person_id, person, part, seen_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (content_id, client) DO UPDATE SET \
         person_id = excluded.person_id, person = excluded.person, part = excluded.part, \
         seen_at = excluded.seen_at",
        vec![
            id.0.into(),
            present.client.clone().into(),
            person.0.into(),
            present.person.clone().into(),
            SqlValue::String(present.part.clone()),
            now.micros().into(),
        ],
    )
    .await?;
    execute(
        &**context,
        "DELETE FROM draft_presence WHERE content_id = $1 AND seen_at < $2",
        vec![id.0.into(), now.plus_seconds(-10 * THERE).micros().into()],
    )
    .await?;
    Ok(())
}
