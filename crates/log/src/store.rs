//! Reading the log.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, DbErr, fetch_all, scalar};
use torg_kernel::{PersonId, Subject};

use crate::event::{EVENT_COLUMNS, EventRow, LogEvent, PayloadClass, PayloadState};

#[derive(FromQueryResult)]
pub(crate) struct PayloadRow {
    pub position: i64,
    pub salt: Option<Vec<u8>>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub weeded_by: Option<i64>,
}

/// The position of the newest event; 0 for an empty log.
///
/// # Errors
/// When the database fails.
pub async fn head<C: ConnectionTrait>(on: &C) -> Result<i64, DbErr> {
    scalar(on, "SELECT max(position) FROM event", vec![]).await
}

/// Events after `position` in order, at most `limit`, without payloads.
pub(crate) async fn list_after<C: ConnectionTrait>(
    on: &C,
    position: i64,
    limit: i64,
) -> Result<Vec<LogEvent>, DbErr> {
    let rows: Vec<EventRow> = fetch_all(
        on,
        &format!(
            "SELECT {EVENT_COLUMNS} FROM event WHERE position > $1 ORDER BY position LIMIT $2"
        ),
        vec![position.into(), limit.into()],
    )
    .await?;
    Ok(rows.into_iter().map(EventRow::into_event).collect())
}

pub(crate) async fn payloads<C: ConnectionTrait>(
    on: &C,
    from: i64,
    to: i64,
) -> Result<Vec<PayloadRow>, DbErr> {
    fetch_all(
        on,
        "SELECT position, salt, before, after, weeded_by FROM event_payload \
         WHERE position >= $1 AND position <= $2 ORDER BY position",
        vec![from.into(), to.into()],
    )
    .await
}

/// Puts payloads of the given classes into events that lie close together.
pub(crate) async fn attach<C: ConnectionTrait>(
    on: &C,
    events: &mut [LogEvent],
    classes: &[PayloadClass],
) -> Result<(), DbErr> {
    let wanted = |event: &LogEvent| classes.contains(&event.class);
    for event in events.iter_mut().filter(|event| wanted(event)) {
        let rows = payloads(on, event.position, event.position).await?;
        if let Some(row) = rows.into_iter().next() {
            event.payload = match row.weeded_by {
                Some(by) => PayloadState::Weeded { by },
                None => PayloadState::Whole {
                    before: row.before,
                    after: row.after,
                },
            };
        }
    }
    Ok(())
}

/// All that happened to a thing, newest first, at most `limit`, with the payloads of the classes
/// that the reader may see.
///
/// # Errors
/// When the database fails.
pub async fn history<C: ConnectionTrait>(
    on: &C,
    subject: &Subject,
    classes: &[PayloadClass],
    limit: i64,
) -> Result<Vec<LogEvent>, DbErr> {
    let rows: Vec<EventRow> = fetch_all(
        on,
        &format!(
            "SELECT {EVENT_COLUMNS} FROM event WHERE subject_kind = $1 AND subject_id = $2 \
             ORDER BY position DESC LIMIT $3"
        ),
        vec![subject.kind.clone().into(), subject.id.into(), limit.into()],
    )
    .await?;
    let mut events: Vec<LogEvent> = rows.into_iter().map(EventRow::into_event).collect();
    attach(on, &mut events, classes).await?;
    Ok(events)
}

/// What a person did, newest first, at most `limit`, with the payloads of the classes that the reader
/// may see.
///
/// # Errors
/// When the database fails.
pub async fn latest_by<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
    limit: i64,
    classes: &[PayloadClass],
) -> Result<Vec<LogEvent>, DbErr> {
    let rows: Vec<EventRow> = fetch_all(
        on,
        &format!(
            "SELECT {EVENT_COLUMNS} FROM event WHERE actor_id = $1 ORDER BY position DESC LIMIT $2"
        ),
        vec![person.0.into(), limit.into()],
    )
    .await?;
    let mut events: Vec<LogEvent> = rows.into_iter().map(EventRow::into_event).collect();
    attach(on, &mut events, classes).await?;
    Ok(events)
}

/// Events from `position` backwards, newest first, at most `limit`, with the payloads of the
/// classes that the reader may see.
///
/// # Errors
/// When the database fails.
pub async fn latest<C: ConnectionTrait>(
    on: &C,
    position: i64,
    limit: i64,
    classes: &[PayloadClass],
) -> Result<Vec<LogEvent>, DbErr> {
    let rows: Vec<EventRow> = fetch_all(
        on,
        &format!(
            "SELECT {EVENT_COLUMNS} FROM event WHERE position <= $1 \
             ORDER BY position DESC LIMIT $2"
        ),
        vec![position.into(), limit.into()],
    )
    .await?;
    let mut events: Vec<LogEvent> = rows.into_iter().map(EventRow::into_event).collect();
    attach(on, &mut events, classes).await?;
    Ok(events)
}
