//! The end of every way in: a session is opened and the log told.

use serde_json::json;
use sha2::{Digest, Sha256};
use torg_db::WriteContext;
use torg_kernel::{PersonId, Result, SessionId, Timestamp, squeeze};
use torg_log::NewEvent;

use super::log_in::{Source, token_hash};
use super::{Pen, person_event};
use crate::model::{AccountSettings, LogInMethod, Session};
use crate::store;

/// Where somebody comes in.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where from.
    pub source: Source,
    /// What the browser calls itself.
    pub user_agent: String,
}

impl Entry {
    /// What the browser calls itself, as it is kept: without control characters, cut to 200.
    pub(super) fn browser(&self) -> String {
        squeeze(&self.user_agent).chars().take(200).collect()
    }
}

/// A session that was just opened.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
    /// The secret for the cookie, 128 random bits in hexadecimal; not kept anywhere.
    pub token: String,
    /// The session's id.
    pub session: SessionId,
    /// Who.
    pub person: PersonId,
    /// When it ends at the latest: the cookie's end.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Opened({})", self.session)
    }
}

/// What the log is told of somebody at the door.
pub(super) fn told(entry: &Entry, method: LogInMethod, session: Option<SessionId>) -> String {
    json!({
        "source": entry.source.as_str(),
        "user_agent": entry.browser(),
        "method": method.as_str(),
        "session": session,
    })
    .to_string()
}

/// Opens a session for somebody who has proved who they are.
pub(super) async fn open(
    context: &WriteContext,
    pen: &Pen,
    settings: &AccountSettings,
    entry: &Entry,
    person: PersonId,
    (token, method): (String, LogInMethod),
) -> Result<Opened> {
    let session = Session {
        id: SessionId::new(&*pen.ids, pen.now),
        person,
        created_at: pen.now,
        last_seen_at: pen.now,
        expires_at: pen.now.plus_seconds(settings.session_absolute_seconds),
        user_agent: entry.browser(),
        method,
    };
    store::session::insert(&**context, &session, &token_hash(&token)).await?;
    let event = NewEvent {
        after: Some(told(entry, method, Some(session.id))),
        tags: Vec::new(),
        ..person_event("person.logged_in", person)
    };
    pen.note(context, event).await?;
    Ok(Opened {
        token,
        session: session.id,
        person,
        expires_at: session.expires_at,
    })
}

/// The key of a step that waits: a digest of its kind and its secret, so that a stolen database
/// goes on with nobody's log-in, and a secret of one kind is none of another.
pub(super) fn step_key(kind: &str, secret: &str) -> Vec<u8> {
    Sha256::new()
        .chain_update(kind.as_bytes())
        .chain_update([0])
        .chain_update(secret.as_bytes())
        .finalize()
        .to_vec()
}
