//! What the editor in the browser and the draft say to each other.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use torg_db::ConnectionTrait;
use torg_kernel::{ContentId, Locale, Message, Permission, PersonId, Problem, Result, Timestamp};
use torg_revision::{Changes, Conflict, Held, Part, PartResult, Patch, PatchId};
use torg_ui::{T, time};
use torg_web::{Caller, Context, Reply};

use super::fields;
use super::model::{DeskState, Head, Kept, Present, Working};
use super::service::{self, By, Done};
use super::store as desk;

/// The most patches in one go: more have not piled up in any browser that was heard from.
const MOST_PATCHES: usize = 50;
/// The longest name of a client.
const LONGEST_CLIENT: usize = 64;
/// How old the mark of somebody who is there may be before it is written anew, in seconds.
const STALE: i64 = 10;

/// What a client sends.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Asked {
    /// One window of one person.
    pub client: String,
    /// Who wrote it, as the window knows: nobody's words are saved as somebody else's who has
    /// logged in since.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// Where the caret is.
    #[serde(default)]
    pub at: Option<Part>,
    /// The newest revision that it knows; 0 for none.
    #[serde(default)]
    pub since: i64,
    /// What was written, oldest first.
    #[serde(default)]
    pub patches: Vec<Patch>,
}

/// What it is told.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Told {
    /// Fields that are ids, as people read them.
    pub shown: BTreeMap<String, String>,
    #[serde(skip)]
    page_locale: Locale,
    generation: String,
    revision: i64,
    kind: &'static str,
    locale: String,
    state: DeskState,
    public: bool,
    may: May,
    changes: Changes,
    conflicts: Vec<ToldConflict>,
    people: Vec<ToldPerson>,
    results: Vec<ToldResult>,
}

/// What this person may do with the text.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct May {
    pub edit: bool,
    pub review: bool,
    pub publish: bool,
}

impl May {
    /// What somebody may do with a text of an organisation.
    pub(crate) fn of(caller: &Caller, head: &Head) -> Self {
        Self {
            edit: caller.may(Permission::PageEdit, head.organisation),
            review: caller.may(Permission::PageReview, head.organisation),
            publish: caller.may(Permission::PagePublish, head.organisation),
        }
    }
}

#[derive(Debug, Clone, Serialize)]
struct ToldConflict {
    #[serde(flatten)]
    conflict: Conflict,
    person: String,
    time: String,
    mine: bool,
}

#[derive(Debug, Clone, Serialize)]
struct ToldPerson {
    client: String,
    name: String,
    at: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct ToldResult {
    id: PatchId,
    repeated: bool,
    parts: BTreeMap<Part, PartResult>,
}

impl Told {
    /// A field that this says something of.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.changes
            .fields
            .get(name)
            .map(|held| held.value.as_str())
    }

    /// The language of the text.
    pub(crate) const fn locale(&self) -> Locale {
        self.page_locale
    }
}

/// The reply for a problem, for a program that keeps what was not taken.
pub(crate) fn refused(t: T, problem: Problem) -> Result<Reply> {
    let (error, message) = match &problem {
        Problem::NotFound => ("not_found", t.get("desk-error-gone").into_owned()),
        Problem::Forbidden => ("forbidden", t.get("desk-error-forbidden").into_owned()),
        Problem::Invalid(errors) => {
            let words = errors.iter().map(|error| t.message(&error.message));
            ("invalid", words.collect::<Vec<_>>().join(" "))
        }
        Problem::Conflict(message) => ("archived", t.message(message)),
        Problem::LogInNeeded | Problem::Internal(_) => return Err(problem),
    };
    let mut reply = Reply::json(&serde_json::json!({"error": error, "message": message}))?;
    reply.status = torg_web::StatusCode::from_u16(problem.status())?;
    Ok(reply)
}

/// What was sent.
///
/// # Errors
/// [`Problem::Invalid`] when it is nothing that an editor sends, [`Problem::LogInNeeded`] when it was
/// written by another person than the one who is logged in now.
pub(crate) fn asked(context: &Context) -> Result<Asked> {
    let asked: Asked = serde_json::from_slice(&context.body)
        .map_err(|_| Problem::field("text", Message::new("desk-not-understood")))?;
    if asked.patches.len() > MOST_PATCHES || asked.client.chars().count() > LONGEST_CLIENT {
        return Err(Problem::field("text", Message::new("desk-not-understood")));
    }
    let me = context.caller()?.person;
    match asked.person {
        Some(person) if person != me => Err(Problem::LogInNeeded),
        _ => Ok(asked),
    }
}

/// Takes what was written, and tells what is new.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Forbidden`], [`Problem::Invalid`] for a patch that is too
/// large; when the database fails.
pub(crate) async fn answer(context: &Context, asked: Asked) -> Result<Told> {
    let id: ContentId = context.param("id")?;
    let caller = context.caller()?.clone();
    if asked.patches.is_empty() {
        return heard(context, id, &asked, &caller).await;
    }
    let (app, now, t) = (context.app.clone(), context.now, context.t());
    let database = app.database.clone();
    database
        .write(move |write| {
            Box::pin(async move {
                let head = allowed(&**write, id, &caller).await?;
                let by = By {
                    person: Some(caller.person),
                    name: &caller.name,
                    now,
                };
                let (working, done) =
                    service::change(write, by, &*app.ids, head, &asked.patches).await?;
                let present = desk::list_present(&**write, id, now).await?;
                if let Some(mark) = mark(&present, &asked, &caller, now) {
                    desk::see(write, id, (caller.person, &mark)).await?;
                }
                Ok(told(t, working, done, present, &asked, &caller))
            })
        })
        .await
}

/// The head of a text that the caller may write on: read at the same moment as what is done with
/// it, so that a text that was handed to another organisation is closed at once.
pub(crate) async fn allowed<C: ConnectionTrait>(
    on: &C,
    id: ContentId,
    caller: &Caller,
) -> Result<Head> {
    let head = desk::find_head(on, id).await?.ok_or(Problem::NotFound)?;
    caller.acting(Permission::PageEdit, head.organisation)?;
    Ok(head)
}

/// A client that has nothing to send: it is told what it does not know. Reads only, but for the
/// mark that somebody is there.
async fn heard(context: &Context, id: ContentId, asked: &Asked, caller: &Caller) -> Result<Told> {
    let now = context.now;
    let snapshot = context.app.database.snapshot().await?;
    let head = allowed(&*snapshot, id, caller).await?;
    let present = desk::list_present(&*snapshot, id, now).await?;
    let working = if head.has_draft() {
        let draft = desk::load(&*snapshot, &head, asked.since).await?;
        let conflicts = service::conflicts_of(&*snapshot, &head).await?;
        Working {
            head,
            draft,
            conflicts,
        }
    } else {
        service::working_of(&*snapshot, head).await?
    };
    snapshot.end().await?;
    if let Some(mark) = mark(&present, asked, caller, now) {
        let person = caller.person;
        context
            .app
            .database
            .write(move |write| {
                Box::pin(async move { desk::see(write, id, (person, &mark)).await })
            })
            .await?;
    }
    Ok(told(
        context.t(),
        working,
        Vec::new(),
        present,
        asked,
        caller,
    ))
}

/// The mark that has to be written for this client, if the one that is there does not say it.
fn mark(present: &[Present], asked: &Asked, caller: &Caller, now: Timestamp) -> Option<Present> {
    let part = asked.at.as_ref().map(Part::to_string);
    let fresh = now.plus_seconds(-STALE);
    let known = present
        .iter()
        .any(|mark| mark.client == asked.client && mark.part == part && mark.seen_at > fresh);
    (!known).then(|| Present {
        client: asked.client.clone(),
        person: caller.name.clone(),
        part,
        seen_at: now,
    })
}

fn told(
    t: T,
    working: Working,
    done: Vec<Done>,
    present: Vec<Present>,
    asked: &Asked,
    caller: &Caller,
) -> Told {
    let Working {
        head,
        draft,
        conflicts,
    } = working;
    let mut changes = draft.since(asked.since);
    changes.conflicts = Vec::new();
    if asked.since == 0 {
        // Fields that say nothing are told too: whoever begins to write in one must be heard.
        for name in fields::FIELDS {
            if fields::belongs(name, head.kind) {
                let empty = || Held {
                    version: 0,
                    value: String::new(),
                };
                changes.fields.entry(name.to_owned()).or_insert_with(empty);
            }
        }
    }
    Told {
        shown: BTreeMap::new(),
        page_locale: head.locale,
        generation: head.generation_name(),
        revision: draft.revision,
        kind: head.kind.as_str(),
        locale: head.locale.as_str().to_owned(),
        state: head.state(),
        public: head.published,
        may: May::of(caller, &head),
        changes,
        conflicts: conflicts
            .into_iter()
            .map(|kept| told_conflict(t, kept, asked))
            .collect(),
        people: present
            .into_iter()
            .filter(|mark| mark.client != asked.client)
            .map(|mark| ToldPerson {
                client: mark.client,
                name: mark.person,
                at: mark.part,
            })
            .collect(),
        results: done
            .into_iter()
            .map(|done| ToldResult {
                id: done.patch,
                repeated: done.repeated,
                parts: done.parts,
            })
            .collect(),
    }
}

fn told_conflict(t: T, kept: Kept, asked: &Asked) -> ToldConflict {
    ToldConflict {
        mine: kept.conflict.client == asked.client,
        conflict: kept.conflict,
        person: kept.person,
        time: time(t, kept.at.zoned().time()),
    }
}
