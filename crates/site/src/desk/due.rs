//! What is due is done, by whichever node is there.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use torg_db::{Database, WriteContext};
use torg_kernel::{Actor, Clock, Ids, Message, Problem, RequestId, Result, Timestamp};
use torg_log::Author;
use torg_revision::patch_between;
use torg_web::{OrganisationList, Organisations};

use super::model::{Deed, Scheduled};
use super::planners::Planners;
use super::publish::{Acting, Gate, Published, misplaced, publish, release, unpublish};
use super::service::{self, working_of};
use super::{fields, store as desk};
use crate::history::find_version_of;
use crate::model::Content;
use crate::store;

/// How often each node looks whether a time has come. A fifth of the five seconds within which it
/// is to be done.
const LOOKS_EVERY: Duration = Duration::from_secs(1);
/// The most deeds in one transaction, so that no group of writes grows without bound.
const AT_ONCE: i64 = 20;
/// How long a deed waits at which the program itself failed, in seconds, after the first time and
/// the next: long enough for a database that is started anew. Then it is given up.
const WAITS: [i64; 2] = [10, 60];

/// Does what is due. The row of each deed goes in the transaction that does it, and transactions
/// come one after the other, so that it is done once whoever else tries. What cannot be done is
/// undone whole, marked with the reason and not tried again; where the program itself failed, it is
/// tried some times more, and nothing else waits for it. Returns how many this node did; as long as
/// there are any, there may be more.
///
/// # Errors
/// When what is due cannot be read.
pub async fn run_due(
    database: &Database,
    organisations: &Arc<OrganisationList>,
    planners: &Arc<dyn Planners>,
    clock: &Arc<dyn Clock>,
    ids: &Arc<dyn Ids>,
) -> Result<usize> {
    let due = desk::list_due(database.single(), clock.now(), AT_ONCE).await?;
    let mut done = 0;
    for scheduled in due {
        let (organisations, planners, ids) = (organisations.clone(), planners.clone(), ids.clone());
        let now = clock.now();
        let wanted = scheduled.clone();
        let result = database
            .write(move |context| {
                Box::pin(async move {
                    // Another node, or somebody who planned anew, may have been quicker.
                    if !is_still_planned(context, &wanted).await? {
                        return Ok(false);
                    }
                    let actor = Actor::system("run_schedule");
                    let author = Author {
                        actor: &actor,
                        now,
                        ids: &*ids,
                    };
                    let acting = Acting {
                        author,
                        organisations: &organisations,
                    };
                    let did = deed(context, acting, &*planners, &wanted).await;
                    did.map(|()| true)
                })
            })
            .await;
        match result {
            Ok(own) => done += usize::from(own),
            Err(problem) => {
                if let Err(error) = not_done(database, scheduled, now, problem).await {
                    tracing::error!(%error, "what could not be done could not be marked");
                }
            }
        }
    }
    Ok(done)
}

/// Marks a deed that could not be done, with the reason, or puts it off.
async fn not_done(
    database: &Database,
    scheduled: Scheduled,
    now: Timestamp,
    problem: Problem,
) -> Result<()> {
    let content = scheduled.content;
    let wait = usize::try_from(scheduled.tries)
        .ok()
        .and_then(|tries| WAITS.get(tries));
    let failure = match problem {
        Problem::Internal(error) => {
            tracing::error!(%content, %error, "the program failed at what was planned");
            match wait {
                Some(_) => None,
                None => Some("desk-failed-program"),
            }
        }
        Problem::Forbidden => Some("desk-plan-forbidden"),
        Problem::Invalid(errors) => match errors.first().map(|error| error.message.key) {
            // Who plans may move all that lies below, so that this is a permission lost since.
            Some("edit-address-below") => Some("desk-plan-forbidden"),
            key => Some(key.unwrap_or("desk-failed")),
        },
        Problem::Conflict(message) => Some(message.key),
        Problem::NotFound | Problem::LogInNeeded => Some("desk-failed"),
    };
    if let Some(failure) = failure {
        tracing::warn!(%content, failure, "what was planned could not be done");
    }
    let until = now.plus_seconds(wait.copied().unwrap_or(0));
    database
        .write(move |context| {
            Box::pin(async move {
                if !is_still_planned(context, &scheduled).await? {
                    return Ok(());
                }
                match failure {
                    Some(failure) => desk::fail_schedule(context, &scheduled, failure).await,
                    None => desk::put_off_schedule(context, &scheduled, until).await,
                }
            })
        })
        .await
}

async fn is_still_planned(context: &WriteContext, wanted: &Scheduled) -> Result<bool> {
    let planned = desk::list_schedule(&**context, wanted.content).await?;
    Ok(planned.iter().any(|own| {
        own.deed == wanted.deed
            && own.at == wanted.at
            && own.saved == wanted.saved
            && own.tries == wanted.tries
            && own.failure.is_none()
    }))
}

/// Does one deed, if whoever planned it may still do so.
async fn deed(
    context: &WriteContext,
    acting: Acting<'_>,
    planners: &dyn Planners,
    scheduled: &Scheduled,
) -> Result<()> {
    let head = desk::find_head(&**context, scheduled.content).await?;
    let head = head.ok_or(Problem::NotFound)?;
    let own = match scheduled.person {
        Some(person) => {
            let now = acting.author.now;
            Some(planners.publishes_for(context, person, now).await?)
        }
        // What the program planned was nobody's to decide.
        None => None,
    };
    let may = |owner| own.as_ref().is_none_or(|own| own.contains(&owner));
    if !may(head.organisation) {
        return Err(Problem::Forbidden);
    }
    if scheduled.deed == Deed::Unpublish {
        if head.published {
            unpublish(context, acting, &head, None).await?;
        }
        desk::delete_schedule(context, scheduled.content, Deed::Unpublish).await?;
        return Ok(());
    }
    if !head.has_draft() || head.revision == scheduled.revision {
        return match publish(context, acting, head, &may, Gate::Asked).await? {
            Published::Version(_) => Ok(()),
            Published::Conflict => Err(Problem::Conflict(Message::new("desk-conflicts-open"))),
        };
    }
    // Somebody wrote on: what was planned becomes public, what was written stays a draft.
    let saved = match scheduled.saved {
        Some(saved) => desk::find_version(&**context, saved).await?,
        None => None,
    };
    let (_, text) = saved.ok_or(Problem::NotFound)?;
    let before = store::find(&**context, scheduled.content).await?;
    let before = before.ok_or(Problem::NotFound)?;
    let text = if before.version == text.version {
        text
    } else {
        // What became public meanwhile goes into the draft first, as when it is published: the
        // draft goes on from what is public now.
        let by = service::By {
            person: acting.person(),
            name: "",
            now: acting.author.now,
        };
        let mut working = working_of(&**context, head).await?;
        service::rebase(context, by, acting.author.ids, &mut working).await?;
        merged(context, acting, &before, &text).await?
    };
    let errors = misplaced(context, acting.organisations, &before, &text).await?;
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    release(context, acting, &before, text, &may).await?;
    let public = store::find(&**context, scheduled.content).await?;
    desk::save_base(context, &public.ok_or(Problem::NotFound)?).await?;
    desk::delete_schedule(context, scheduled.content, Deed::Publish).await?;
    Ok(())
}

/// What was planned, with what became public since it was planned.
///
/// # Errors
/// [`Problem::Conflict`] when both changed the same part in their own ways, or when the log no longer
/// holds what they came from.
async fn merged(
    context: &WriteContext,
    acting: Acting<'_>,
    public: &Content,
    planned: &Content,
) -> Result<Content> {
    let both = || Problem::Conflict(Message::new("desk-changed-both"));
    let base = find_version_of(&**context, (planned.page, planned.id), planned.version).await?;
    let first = service::first(&base.ok_or_else(both)?);
    let mut draft = first.clone();
    for text in [planned, public] {
        let values: Vec<(&str, String)> = fields::FIELDS
            .iter()
            .map(|name| (*name, fields::value(text, name)))
            .collect();
        let named: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let id = RequestId::new(acting.author.ids, acting.author.now);
        let patch = patch_between(id, "schedule", &first, &text.document, &named);
        draft = torg_revision::apply(&draft, &patch).draft;
    }
    if !draft.conflicts.is_empty() {
        return Err(both());
    }
    let (after, errors) = fields::content_of(&draft, public);
    match errors.is_empty() {
        true => Ok(after),
        false => Err(Problem::Invalid(errors)),
    }
}

/// Looks every second until the node stops, and does what is due.
pub async fn run_schedule(
    database: Database,
    organisations: Arc<dyn Organisations>,
    planners: Arc<dyn Planners>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    mut stopping: watch::Receiver<bool>,
) {
    loop {
        match look(&database, &*organisations, &planners, &clock, &ids).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "what was planned could not be done"),
        }
        tokio::select! {
            () = tokio::time::sleep(LOOKS_EVERY) => {}
            _ = stopping.wait_for(|stop| *stop) => return,
        }
    }
}

/// Whether there was anything to do: one question that reads an index, when there is not.
async fn look(
    database: &Database,
    organisations: &dyn Organisations,
    planners: &Arc<dyn Planners>,
    clock: &Arc<dyn Clock>,
    ids: &Arc<dyn Ids>,
) -> Result<bool> {
    let due = desk::list_due(database.single(), clock.now(), 1).await?;
    if due.is_empty() {
        return Ok(false);
    }
    let snapshot = database.snapshot().await?;
    let organisations = organisations.list(&snapshot).await?;
    snapshot.end().await?;
    Ok(run_due(database, &organisations, planners, clock, ids).await? > 0)
}
