//! Open log-ins: who is behind a token, and how log-ins end.

use std::sync::Arc;

use serde_json::json;
use torg_db::WriteContext;
use torg_kernel::{Actor, PersonId, Problem, Result, SessionId, Timestamp, civil_date};
use torg_log::NewEvent;
use torg_web::Caller;

use super::cache::Known;
use super::identity;
use super::log_in::token_hash;
use super::rights::Rights;
use super::{Accounts, Pen, person_event};
use crate::model::{self, LogInMethod, Session};
use crate::store;

/// One of a person's log-ins, for the person to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionEntry {
    /// The log-in.
    pub session: Session,
    /// Whether it is the one that asks.
    pub current: bool,
}

impl Accounts {
    /// The person behind a token and what the person may do now; nothing for a token that is
    /// unknown, ended or too old, or for a closed account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_caller(&self, token: &str) -> Result<Option<Arc<Caller>>> {
        // A token is 32 hexadecimal digits; nothing else is worth a question.
        if token.len() != 32 {
            return Ok(None);
        }
        let hash = token_hash(token);
        let now = self.now();
        let day = civil_date(now);
        let settings = &self.0.settings;
        // Another node or process may have changed something a moment ago, and its word not be here.
        let revision = store::revision::current(self.0.database.single()).await?;
        self.0.caches.stand_at(revision);
        let known = match self.0.caches.find(&hash, now, day, settings) {
            Some(known) => known,
            None => match self.read_known(&hash, now).await? {
                Some(known) => known,
                None => return Ok(None),
            },
        };
        Ok(Some(known.caller))
    }

    async fn read_known(&self, hash: &[u8], now: Timestamp) -> Result<Option<Known>> {
        let generation = self.0.caches.generation();
        let tree = self.organisations().await?;
        let snapshot = self.0.database.snapshot().await?;
        let on = &*snapshot;
        let session = store::session::find_by_token(on, hash).await?;
        let open = session.filter(|session| session.is_open(now, &self.0.settings));
        let Some(mut session) = open else {
            return Ok(None);
        };
        let person = store::person::find(on, session.person).await?;
        let Some(person) = person.filter(|stored| stored.person.disabled_at.is_none()) else {
            return Ok(None);
        };
        let grants = store::role::grants_of(on, session.person).await?;
        let roles = store::role::list(on).await?;
        let grants = self.grants_in(&session, grants, &roles);
        let day = civil_date(now);
        let handed = store::delegation::handed_to(on, session.person, day).await?;
        snapshot.end().await?;
        let held = self.held_in(&session, grants, handed, &roles);
        let caller = identity::caller(&session, person.person, &held, &roles, &tree, day);
        let settings = &self.0.settings;
        // Often enough for the idle time, should a city make that very short.
        let every = settings
            .session_touch_seconds
            .min(settings.session_idle_seconds / 4);
        if session.last_seen_at.plus_seconds(every) <= now {
            self.touch(session.id, now).await;
            session.last_seen_at = now;
        }
        let known = Known {
            session,
            caller: Arc::new(caller),
            day,
        };
        self.0
            .caches
            .keep(generation, hash.to_vec(), now, known.clone());
        Ok(Some(known))
    }

    /// Notes that a session is in use. Failing costs only its age, so the request goes on.
    async fn touch(&self, id: SessionId, now: Timestamp) {
        let written = self
            .0
            .database
            .write(move |context| {
                Box::pin(async move {
                    store::session::touch(&**context, id, now).await?;
                    Ok(())
                })
            })
            .await;
        if let Err(problem) = written {
            tracing::warn!(session.id = %id, %problem, "could not note that a session is in use");
        }
    }

    /// Ends the log-in that asks; one that is over is ended already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn log_out(&self, person: PersonId, id: SessionId) -> Result<()> {
        let pen = self.pen(&model::own(person));
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let session = store::session::find(&**context, id).await?;
                    match session.filter(|session| session.person == person) {
                        Some(session) => end(context, &pen, &session, "person.logged_out").await,
                        None => Ok(()),
                    }
                })
            })
            .await
    }

    /// A person's open log-ins, the one last used first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_sessions(
        &self,
        person: PersonId,
        current: SessionId,
    ) -> Result<Vec<SessionEntry>> {
        let now = self.now();
        let snapshot = self.0.database.snapshot().await?;
        let sessions = store::session::list_of(&*snapshot, person).await?;
        snapshot.end().await?;
        Ok(sessions
            .into_iter()
            .filter(|session| session.is_open(now, &self.0.settings))
            .map(|session| SessionEntry {
                current: session.id == current,
                session,
            })
            .collect())
    }

    /// How the owner of a session came in; nothing for one that is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn log_in_method(&self, id: SessionId) -> Result<Option<LogInMethod>> {
        let snapshot = self.0.database.snapshot().await?;
        let session = store::session::find(&*snapshot, id).await?;
        snapshot.end().await?;
        Ok(session.map(|session| session.method))
    }

    /// Ends one of a person's own log-ins, at once on this node.
    ///
    /// # Errors
    /// [`Problem::NotFound`] when it is not the person's, or over.
    pub async fn end_session(&self, person: PersonId, id: SessionId) -> Result<()> {
        let pen = self.pen(&model::own(person));
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let session = store::session::find(&**context, id).await?;
                    let session = session
                        .filter(|session| session.person == person)
                        .ok_or(Problem::NotFound)?;
                    end(context, &pen, &session, "person.session_ended").await
                })
            })
            .await
    }

    /// Ends all of a person's log-ins but the one that asks. Returns how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_other_sessions(&self, person: PersonId, keep: SessionId) -> Result<usize> {
        let pen = self.pen(&model::own(person));
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let mut ended = 0;
                    for session in store::session::list_of(&**context, person).await? {
                        if session.id != keep {
                            end(context, &pen, &session, "person.session_ended").await?;
                            ended += 1;
                        }
                    }
                    Ok(ended)
                })
            })
            .await
    }

    /// Ends all log-ins of somebody else, at once on this node. Returns how many.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for an unknown person, [`Problem::Forbidden`] when the actor does not
    /// look after the account.
    pub async fn end_sessions_of(&self, actor: &Actor, person: PersonId) -> Result<u64> {
        let pen = self.pen(actor);
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let stored = store::person::find(&**context, person).await?;
                    stored.ok_or(Problem::NotFound)?;
                    let grants = store::role::grants_of(&**context, person).await?;
                    Rights::load(&**context, &pen).await?.looks_after(&grants)?;
                    let ended = store::session::delete_of(&**context, person, None).await?;
                    if ended > 0 {
                        let event = NewEvent {
                            after: Some(json!({"sessions_ended": ended}).to_string()),
                            ..person_event("person.sessions_ended", person)
                        };
                        pen.note(context, event).await?;
                    }
                    Ok(ended)
                })
            })
            .await
    }

    /// Takes away sessions that are over and attempts that are forgotten; meant for a job once an
    /// hour. Writes no events: nothing ends by it that had not ended. Returns how many rows went.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn purge_sessions(&self) -> Result<u64> {
        let now = self.now();
        let settings = &self.0.settings;
        let idle = now.plus_seconds(-settings.session_idle_seconds);
        let attempts = now.plus_seconds(-settings.attempts_kept_seconds);
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    Ok(store::session::purge(&**context, now, idle, attempts).await?)
                })
            })
            .await
    }
}

async fn end(
    context: &WriteContext,
    pen: &Pen,
    session: &Session,
    kind: &'static str,
) -> Result<()> {
    store::session::delete(&**context, session.id).await?;
    let event = NewEvent {
        before: Some(json!({"session": session.id}).to_string()),
        ..person_event(kind, session.person)
    };
    pen.note(context, event).await?;
    Ok(())
}
