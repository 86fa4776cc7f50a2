//! What was said of a draft, and what was suggested.

use sea_orm::FromQueryResult;
use torg_db::{ConnectionTrait, SqlValue, WriteContext, execute, fetch_all, fetch_one};
use torg_kernel::{Block, ContentId, PersonId, Problem, Result, Timestamp};
use torg_revision::Part;
use uuid::Uuid;

use super::Unreadable;

/// Whether somebody says something or suggests other words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::history) enum NoteKind {
    Comment,
    Suggestion,
}

impl NoteKind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Suggestion => "suggestion",
        }
    }
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::history) enum NoteState {
    Open,
    /// A thread that is done with.
    Resolved,
    /// A suggestion that is in the text now.
    Accepted,
    Declined,
}

impl NoteState {
    const ALL: [Self; 4] = [Self::Open, Self::Resolved, Self::Accepted, Self::Declined];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Resolved => "resolved",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
        }
    }
}

/// Something said of a part of a draft, or other words for a block.
#[derive(Debug, Clone)]
pub(in crate::history) struct Note {
    pub id: Uuid,
    pub content: ContentId,
    pub part: Part,
    /// The first of its thread; none for the first itself.
    pub thread: Option<Uuid>,
    pub kind: NoteKind,
    pub body: String,
    /// For a suggestion: the block that it was made from, and the block that it wants.
    pub blocks: Option<(Block, Block)>,
    pub person: Option<PersonId>,
    pub made_at: Timestamp,
    pub state: NoteState,
    pub settled_by: Option<PersonId>,
    pub settled_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    content_id: Uuid,
    part: String,
    thread_id: Option<Uuid>,
    kind: String,
    body: String,
    base: Option<String>,
    proposal: Option<String>,
    person_id: Option<Uuid>,
    made_at: i64,
    state: String,
    settled_by: Option<Uuid>,
    settled_at: Option<i64>,
}

impl Row {
    fn into_note(self) -> Result<Note> {
        let id = self.id;
        let bad = |what: String| Problem::internal(Unreadable(id, what));
        let block = |text: &str| -> Result<Block> {
            serde_json::from_str(text).map_err(|error| bad(error.to_string()))
        };
        let blocks = match (&self.base, &self.proposal) {
            (Some(base), Some(proposal)) => Some((block(base)?, block(proposal)?)),
            _ => None,
        };
        Ok(Note {
            id,
            content: ContentId(self.content_id),
            part: self.part.parse().map_err(|_| bad(self.part.clone()))?,
            thread: self.thread_id,
            kind: match self.kind.as_str() {
                "suggestion" => NoteKind::Suggestion,
                _ => NoteKind::Comment,
            },
            body: self.body,
            blocks,
            person: self.person_id.map(PersonId),
            made_at: Timestamp::from_micros(self.made_at),
            state: NoteState::ALL
                .into_iter()
                .find(|state| state.as_str() == self.state)
                .ok_or_else(|| bad(self.state.clone()))?,
            settled_by: self.settled_by.map(PersonId),
            settled_at: self.settled_at.map(Timestamp::from_micros),
        })
    }
}

const COLUMNS: &str = "id, content_id, part, thread_id, kind, body, base, proposal, person_id, \
    made_at, state, settled_by, settled_at";

pub(in crate::history) async fn insert_note(context: &WriteContext, note: &Note) -> Result<()> {
    let (base, proposal) = match &note.blocks {
        Some((base, proposal)) => (
            Some(serde_json::to_string(base)?),
            Some(serde_json::to_string(proposal)?),
        ),
        None => (None, None),
    };
    execute(
        &**context,
        "INSERT INTO review_note (id, content_id, part, thread_id, kind, body, base, proposal, \
         person_id, made_at, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        vec![
            note.id.into(),
            note.content.0.into(),
            note.part.to_string().into(),
            SqlValue::Uuid(note.thread),
            note.kind.as_str().into(),
            note.body.clone().into(),
            SqlValue::String(base),
            SqlValue::String(proposal),
            SqlValue::Uuid(note.person.map(|person| person.0)),
            note.made_at.micros().into(),
            note.state.as_str().into(),
        ],
    )
    .await?;
    Ok(())
}

/// All that was said of a draft, oldest first.
pub(in crate::history) async fn list_notes<C: ConnectionTrait>(
    on: &C,
    content: ContentId,
) -> Result<Vec<Note>> {
    let rows: Vec<Row> = fetch_all(
        on,
        &format!(
            "SELECT {COLUMNS} FROM review_note WHERE content_id = $1 ORDER BY made_at, id LIMIT 1000"
        ),
        vec![content.0.into()],
    )
    .await?;
    rows.into_iter().map(Row::into_note).collect()
}

pub(in crate::history) async fn find_note<C: ConnectionTrait>(
    on: &C,
    id: Uuid,
) -> Result<Option<Note>> {
    let row: Option<Row> = fetch_one(
        on,
        &format!("SELECT {COLUMNS} FROM review_note WHERE id = $1"),
        vec![id.into()],
    )
    .await?;
    row.map(Row::into_note).transpose()
}

pub(in crate::history) async fn settle_note(
    context: &WriteContext,
    id: Uuid,
    state: NoteState,
    person: Option<PersonId>,
    now: Timestamp,
) -> Result<()> {
    let open = state == NoteState::Open;
    execute(
        &**context,
        "UPDATE review_note SET state = $2, settled_by = $3, settled_at = $4 WHERE id = $1",
        vec![
            id.into(),
            state.as_str().into(),
            SqlValue::Uuid(person.filter(|_| !open).map(|person| person.0)),
            SqlValue::BigInt((!open).then(|| now.micros())),
        ],
    )
    .await?;
    Ok(())
}
