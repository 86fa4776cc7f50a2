//! What shall happen at a time is planned.

use jiff::civil::DateTime;
use torg_db::WriteContext;
use torg_kernel::{Message, Problem, Result, Timestamp, zone};

use super::model::{Deed, Head, Reason, Scheduled};
use super::publish::{Acting, Gate, at_hand, finished, note};
use super::service::{self, working_of};
use super::{fields, store as desk};
use crate::service::{MayPublish, permitted};
use crate::store;

/// Times as somebody wrote them, by the city's clock; empty for none.
#[derive(Debug, Clone)]
pub(crate) struct Times {
    pub publish: String,
    pub unpublish: String,
}

/// An instant that is still to come; a time that summer time leaves out is the one after the gap.
fn to_come(field: &str, text: &str, now: Timestamp) -> Result<Option<(DateTime, Timestamp)>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || Problem::field(field, Message::new("edit-time-wrong"));
    let local: DateTime = text.parse().map_err(|_| wrong())?;
    let zoned = local.to_zoned(zone()).map_err(|_| wrong())?;
    let at = Timestamp::from_micros(zoned.timestamp().as_microsecond());
    if at <= now {
        return Err(Problem::field(field, Message::new("desk-time-past")));
    }
    Ok(Some((local, at)))
}

/// Plans when a text becomes public and when it goes. What is planned is the text as it is now; what
/// is written afterwards does not come along.
///
/// # Errors
/// [`Problem::Invalid`] for times that are none, past or the wrong way round, and with what is wrong
/// in the text; [`Problem::Conflict`] when there is nothing to plan or conflicts are open;
/// [`Problem::Forbidden`] when it would become somebody else's.
pub(crate) async fn plan(
    context: &WriteContext,
    acting: Acting<'_>,
    head: Head,
    times: &Times,
    may_publish: MayPublish<'_>,
    gate: Gate<'_>,
) -> Result<()> {
    at_hand(&head)?;
    let now = acting.author.now;
    let starts = to_come("publish_at", &times.publish, now)?;
    let ends = to_come("unpublish_at", &times.unpublish, now)?;
    if starts.is_none() && ends.is_none() {
        return Err(Problem::field(
            "publish_at",
            Message::new("desk-time-missing"),
        ));
    }
    if let (Some((_, starts)), Some((_, ends))) = (starts, ends)
        && ends <= starts
    {
        return Err(Problem::field(
            "unpublish_at",
            Message::new("desk-time-order"),
        ));
    }
    let id = head.content;
    if starts.is_none() && !head.published && head.publish_at.is_none() {
        return Err(Problem::field(
            "publish_at",
            Message::new("desk-time-missing"),
        ));
    }
    let before = store::find(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    let mut shown = before.clone();
    if let Some((local, at)) = starts {
        let mut working = working_of(&**context, head).await?;
        if working.head.has_draft() {
            let by = service::By {
                person: acting.person(),
                name: "",
                now,
            };
            service::rebase(context, by, acting.author.ids, &mut working).await?;
        } else if before.published {
            return Err(Problem::Conflict(Message::new("desk-nothing-written")));
        }
        if !working.draft.conflicts.is_empty() {
            return Err(Problem::Conflict(Message::new("desk-conflicts-open")));
        }
        let (before, after) = finished(context, acting, &working).await?;
        permitted(context, &before, &after, may_publish).await?;
        gate.pass(context, acting, &after).await?;
        shown = after;
        let saved = acting.keep(context, Reason::Scheduled, "", &shown).await?;
        let scheduled = Scheduled {
            content: id,
            deed: Deed::Publish,
            at,
            local: fields::civil(local),
            saved: Some(saved),
            revision: working.draft.revision,
            person: acting.person(),
            failure: None,
            tries: 0,
        };
        desk::save_schedule(context, &scheduled).await?;
    }
    if let Some((local, at)) = ends {
        let scheduled = Scheduled {
            content: id,
            deed: Deed::Unpublish,
            at,
            local: fields::civil(local),
            saved: None,
            revision: 0,
            person: acting.person(),
            failure: None,
            tries: 0,
        };
        desk::save_schedule(context, &scheduled).await?;
    }
    let more = serde_json::json!({
        "publish": starts.map(|(local, _)| fields::civil(local)),
        "unpublish": ends.map(|(local, _)| fields::civil(local)),
    });
    acting.tell(context, "page.scheduled", &shown, more).await?;
    Ok(())
}

/// Forgets what was planned for a text.
///
/// # Errors
/// When the database fails.
pub(crate) async fn forget(
    context: &WriteContext,
    acting: Acting<'_>,
    head: &Head,
    words: &str,
) -> Result<()> {
    let words = note(words)?;
    let mut any = false;
    for deed in [Deed::Publish, Deed::Unpublish] {
        any |= desk::delete_schedule(context, head.content, deed).await?;
    }
    if any {
        let content = store::find(&**context, head.content).await?;
        let content = content.ok_or(Problem::NotFound)?;
        let more = serde_json::json!({"note": words});
        acting
            .tell(context, "page.unscheduled", &content, more)
            .await?;
    }
    Ok(())
}
