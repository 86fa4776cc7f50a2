//! Writing events, within the transaction that changes the rows.

use serde::{Deserialize, Serialize};
use torg_db::{SqlValue, WriteContext, execute, fetch_one};
use torg_kernel::{
    Actor, AuthorityId, Ids, Message, OrganisationId, Problem, Result, Subject, Timestamp,
};
use uuid::Uuid;

use crate::event::{EventRow, LogEvent, PayloadClass, PayloadState, payload_digest};

/// Who writes, when, and where randomness comes from: made once for each use case.
#[derive(Clone, Copy)]
pub struct Author<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// When.
    pub now: Timestamp,
    /// For salts.
    pub ids: &'a dyn Ids,
}

/// An event to be written.
#[derive(Debug)]
pub struct NewEvent {
    /// What happened, for example `page.published`.
    pub kind: &'static str,
    /// To what.
    pub subject: Subject,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// Which authority it belongs to.
    pub authority: Option<AuthorityId>,
    /// Who may read before and after.
    pub class: PayloadClass,
    /// The thing before, as JSON.
    pub before: Option<String>,
    /// The thing after, as JSON.
    pub after: Option<String>,
    /// Names of the views that become stale; without spaces.
    pub tags: Vec<String>,
}

#[derive(sea_orm::FromQueryResult)]
struct Tail {
    position: i64,
    chain: Vec<u8>,
}

/// Appends an event and returns its position. Its tags are dropped from local caches when the
/// transaction is committed.
///
/// # Errors
/// When the database fails; the whole job must then fail.
pub async fn append(context: &WriteContext, author: Author<'_>, new: NewEvent) -> Result<i64> {
    let tail: Option<Tail> = fetch_one(
        &**context,
        "SELECT position, chain FROM event ORDER BY position DESC LIMIT 1",
        vec![],
    )
    .await?;
    let (last, chain) = tail.map_or((0, Vec::new()), |tail| (tail.position, tail.chain));
    let mut salt = [0_u8; 16];
    author.ids.fill(&mut salt);
    let mut event = LogEvent {
        position: last + 1,
        at: author.now,
        actor: author.actor.clone(),
        organisation: new.organisation,
        authority: new.authority,
        kind: new.kind.to_owned(),
        subject: new.subject,
        tags: new.tags,
        class: new.class,
        payload: PayloadState::Withheld,
        digest: payload_digest(&salt, new.before.as_deref(), new.after.as_deref()),
        chain: Vec::new(),
    };
    event.chain = event.link(&chain);
    insert(context, &event).await?;
    execute(
        &**context,
        "INSERT INTO event_payload (position, class, salt, before, after) \
         VALUES ($1, $2, $3, $4, $5)",
        vec![
            event.position.into(),
            event.class.as_str().into(),
            salt.to_vec().into(),
            new.before.into(),
            new.after.into(),
        ],
    )
    .await?;
    for tag in &event.tags {
        context.touch(event.position, tag);
    }
    // Followers are woken for every event, also for one that makes no view stale.
    context.touch(event.position, "log");
    Ok(event.position)
}

async fn insert(context: &WriteContext, event: &LogEvent) -> Result<()> {
    let (actor_kind, actor_id, actor_name, role_id, on_behalf_of) =
        EventRow::actor_columns(&event.actor);
    let uuid = |id: Option<Uuid>| SqlValue::Uuid(id);
    execute(
        &**context,
        "INSERT INTO event (position, at, actor_kind, actor_id, actor_name, role_id, \
         organisation_id, authority_id, kind, subject_kind, subject_id, tags, class, digest, chain, \
         on_behalf_of) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        vec![
            event.position.into(),
            event.at.micros().into(),
            actor_kind.into(),
            uuid(actor_id),
            actor_name.map(str::to_owned).into(),
            uuid(role_id),
            uuid(event.organisation.map(Into::into)),
            uuid(event.authority.map(Into::into)),
            event.kind.clone().into(),
            event.subject.kind.clone().into(),
            event.subject.id.into(),
            event.tags.join(" ").into(),
            event.class.as_str().into(),
            event.digest.clone().into(),
            event.chain.clone().into(),
            uuid(on_behalf_of),
        ],
    )
    .await?;
    Ok(())
}

/// What a weeding event says.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Weeding {
    pub decision: String,
    pub positions: Vec<i64>,
}

/// Weeds the payloads of all events about a subject: before, after and salt are gone for good,
/// the events and the chain stay. Returns how many were weeded. The number of the weeding
/// decision (gallringsbeslut) is asked for because arkivlagen (1990:782), section 10, lets public
/// records be weeded only by a decision.
///
/// # Errors
/// [`Problem::Invalid`] without a decision; otherwise when the database fails.
pub async fn weed(
    context: &WriteContext,
    author: Author<'_>,
    subject: &Subject,
    decision: &str,
) -> Result<usize> {
    if decision.trim().is_empty() {
        return Err(Problem::field(
            "decision",
            Message::new("weeding-decision-missing"),
        ));
    }
    #[derive(sea_orm::FromQueryResult)]
    struct Row {
        position: i64,
    }
    let rows: Vec<Row> = torg_db::fetch_all(
        &**context,
        "SELECT e.position FROM event e JOIN event_payload p ON p.position = e.position \
         WHERE e.subject_kind = $1 AND e.subject_id = $2 AND p.weeded_by IS NULL \
         AND e.kind <> 'log.weeded' ORDER BY e.position",
        vec![subject.kind.clone().into(), subject.id.into()],
    )
    .await?;
    let positions: Vec<i64> = rows.into_iter().map(|row| row.position).collect();
    if positions.is_empty() {
        return Ok(0);
    }
    let weeding = Weeding {
        decision: decision.trim().to_owned(),
        positions,
    };
    let by = append(
        context,
        author,
        NewEvent {
            kind: "log.weeded",
            subject: subject.clone(),
            organisation: None,
            authority: None,
            class: PayloadClass::Internal,
            before: None,
            after: Some(serde_json::to_string(&weeding)?),
            tags: Vec::new(),
        },
    )
    .await?;
    for position in &weeding.positions {
        execute(
            &**context,
            "UPDATE event_payload SET salt = NULL, before = NULL, after = NULL, weeded_by = $1 \
             WHERE position = $2",
            vec![by.into(), (*position).into()],
        )
        .await?;
    }
    Ok(weeding.positions.len())
}
