//! The way of a text to the public and back. Each step is an event; steps that hand a text on keep
//! it as it was.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use torg_db::WriteContext;
use torg_kernel::{FieldError, Message, PersonId, Problem, Result, Timestamp};
use torg_log::{Author, NewEvent, PayloadClass, append};
use torg_web::OrganisationList;
use uuid::Uuid;

use super::model::{Deed, Head, Reason, Rest, Stage, Working};
use super::service::{self, By, working_of};
use super::{fields, store as desk};
use crate::care;
use crate::model::{Away, Content, PageKind};
use crate::service::{MayPublish, make_public};
use crate::store;

/// The longest word on the way, in characters.
const LONGEST_NOTE: usize = 1_000;

/// What came of publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Published {
    /// It is public in this version.
    Version(i64),
    /// Two texts for one part have to be settled first; the public one stands.
    Conflict,
}

/// Who acts, and for whom.
#[derive(Clone, Copy)]
pub(crate) struct Acting<'a> {
    pub author: Author<'a>,
    pub organisations: &'a OrganisationList,
}

impl Acting<'_> {
    /// The person, when it is no job.
    pub(crate) fn person(&self) -> Option<PersonId> {
        self.author.actor.person()
    }

    fn by(&self) -> By<'static> {
        By {
            person: self.author.actor.person(),
            name: "",
            now: self.author.now,
        }
    }

    /// Writes the event of a step. What it says has no `id`, since no row is as it tells.
    pub(crate) async fn tell(
        &self,
        context: &WriteContext,
        kind: &'static str,
        content: &Content,
        more: serde_json::Value,
    ) -> Result<i64> {
        let told = serde_json::json!({
            "content": content.id,
            "title": content.title,
            "address": content.address,
            "step": more,
        });
        append(
            context,
            self.author,
            NewEvent {
                kind,
                subject: content.subject(),
                organisation: Some(content.organisation),
                authority: self
                    .organisations
                    .find(content.organisation)
                    .and_then(|entry| entry.authority),
                class: PayloadClass::Internal,
                before: None,
                after: Some(told.to_string()),
                tags: vec![format!("desk:{}", content.id)],
            },
        )
        .await
    }

    /// Keeps a text as it is. Returns the name of what was kept.
    pub(crate) async fn keep(
        &self,
        context: &WriteContext,
        reason: Reason,
        name: &str,
        text: &Content,
    ) -> Result<Uuid> {
        self.keep_all(context, reason, name, (text, None)).await
    }

    /// The same of a draft, with what was written in it and no text holds.
    async fn keep_all(
        &self,
        context: &WriteContext,
        reason: Reason,
        name: &str,
        words: (&Content, Option<&Rest>),
    ) -> Result<Uuid> {
        let (now, person) = (self.author.now, self.person());
        let id = self.author.ids.uuid(now);
        desk::insert_version(context, id, (reason, name), words, person, now).await?;
        Ok(id)
    }
}

/// A note as somebody wrote it.
///
/// # Errors
/// [`Problem::Invalid`] when it is too long.
pub(crate) fn note(text: &str) -> Result<String> {
    let note = text.trim();
    if note.chars().count() > LONGEST_NOTE {
        return Err(Problem::field(
            "note",
            Message::new("edit-too-long").with("limit", LONGEST_NOTE),
        ));
    }
    Ok(note.to_owned())
}

/// A text as it is public with what it would be, when nothing in it is wrong.
///
/// # Errors
/// [`Problem::Invalid`] with the wrong fields.
pub(crate) async fn finished(
    context: &WriteContext,
    acting: Acting<'_>,
    working: &Working,
) -> Result<(Content, Content)> {
    let before = store::find(&**context, working.head.content).await?;
    let before = before.ok_or(Problem::NotFound)?;
    let (after, mut errors) = fields::content_of(&working.draft, &before);
    errors.extend(misplaced(context, acting.organisations, &before, &after).await?);
    if errors.is_empty() {
        Ok((before, after))
    } else {
        Err(Problem::Invalid(errors))
    }
}

/// What is wrong with where a text would lie and whose it would be.
pub(crate) async fn misplaced(
    context: &WriteContext,
    organisations: &OrganisationList,
    before: &Content,
    after: &Content,
) -> Result<Vec<FieldError>> {
    let wrong = |field: &str, key| FieldError {
        field: field.to_owned(),
        message: Message::new(key),
    };
    let mut errors = Vec::new();
    if after.organisation != before.organisation && organisations.find(after.organisation).is_none()
    {
        errors.push(wrong("organisation", "edit-organisation-wrong"));
    }
    if after.parent == before.parent {
        return Ok(errors);
    }
    let top = matches!(
        after.kind,
        PageKind::Start | PageKind::Theme | PageKind::Info
    );
    let mut above = after.parent;
    if above.is_none() && !top {
        errors.push(wrong("parent", "edit-parent-missing"));
    }
    // A page may not come to lie below itself; deeper than this no page of ours lies.
    for _ in 0..20 {
        let Some(page) = above else { break };
        if page == after.page {
            errors.push(wrong("parent", "edit-parent-below"));
            break;
        }
        match store::list_of_pages(&**context, &[page]).await?.first() {
            Some(found) => above = found.parent,
            None => {
                errors.push(wrong("parent", "edit-parent-wrong"));
                break;
            }
        }
    }
    Ok(errors)
}

/// Hands a text on to be looked at.
///
/// # Errors
/// [`Problem::Invalid`] with what is wrong in it; [`Problem::Conflict`] when there is nothing to
/// look at or conflicts are open.
pub(crate) async fn submit(
    context: &WriteContext,
    acting: Acting<'_>,
    head: Head,
    words: &str,
) -> Result<()> {
    let words = note(words)?;
    at_hand(&head)?;
    let mut working = written(context, head).await?;
    service::rebase(context, acting.by(), acting.author.ids, &mut working).await?;
    settled(&working)?;
    let (_, after) = finished(context, acting, &working).await?;
    let version = acting
        .keep(context, Reason::Submitted, &words, &after)
        .await?;
    let id = working.head.content;
    desk::save_stage(context, id, Stage::InReview, &words, None).await?;
    let more = serde_json::json!({"note": words, "version": version});
    acting.tell(context, "page.submitted", &after, more).await?;
    Ok(())
}

/// The draft of a head that has one.
async fn written(context: &WriteContext, head: Head) -> Result<Working> {
    if head.has_draft() {
        return working_of(&**context, head).await;
    }
    if head.away != Some(Away::New) {
        return Err(Problem::Conflict(Message::new("desk-nothing-written")));
    }
    // A new page is its own draft until somebody writes: now it gets one.
    let content = store::find(&**context, head.content).await?;
    let content = content.ok_or(Problem::NotFound)?;
    desk::begin(context, &head, &content, &service::first(&content)).await?;
    let head = desk::find_head(&**context, head.content).await?;
    working_of(&**context, head.ok_or(Problem::NotFound)?).await
}

/// A text in the archive stays as it is.
pub(crate) fn at_hand(head: &Head) -> Result<()> {
    if head.away == Some(Away::Archived) {
        return Err(Problem::Conflict(Message::new("desk-is-archived")));
    }
    Ok(())
}

fn settled(working: &Working) -> Result<()> {
    if working.conflicts.is_empty() && working.draft.conflicts.is_empty() {
        return Ok(());
    }
    Err(Problem::Conflict(Message::new("desk-conflicts-open")))
}

/// Gives a text back to those who write, with what is to be done.
///
/// # Errors
/// [`Problem::Invalid`] without a word on why; [`Problem::Conflict`] when nobody handed it on.
pub(crate) async fn give_back(
    context: &WriteContext,
    acting: Acting<'_>,
    head: Head,
    words: &str,
) -> Result<()> {
    let words = note(words)?;
    if words.is_empty() {
        return Err(Problem::field("note", Message::new("desk-note-missing")));
    }
    in_review(&head)?;
    let content = store::find(&**context, head.content).await?;
    let content = content.ok_or(Problem::NotFound)?;
    desk::save_stage(context, head.content, Stage::Writing, &words, None).await?;
    let more = serde_json::json!({"note": words});
    acting
        .tell(context, "page.returned", &content, more)
        .await?;
    Ok(())
}

fn in_review(head: &Head) -> Result<()> {
    if head.stage == Stage::InReview {
        return Ok(());
    }
    Err(Problem::Conflict(Message::new("desk-not-in-review")))
}

/// Says that the text as it is now is good. Whatever is written afterwards has to be looked at anew.
///
/// # Errors
/// [`Problem::Conflict`] when nobody handed it on, or when it was changed since it was looked at.
pub(crate) async fn approve(
    context: &WriteContext,
    acting: Acting<'_>,
    head: Head,
    seen: i64,
    words: &str,
) -> Result<()> {
    let words = note(words)?;
    in_review(&head)?;
    if head.revision != seen {
        return Err(Problem::Conflict(Message::new("desk-changed-since")));
    }
    let working = working_of(&**context, head).await?;
    settled(&working)?;
    let (_, after) = finished(context, acting, &working).await?;
    let version = acting
        .keep(context, Reason::Approved, &words, &after)
        .await?;
    let id = working.head.content;
    desk::save_stage(context, id, Stage::InReview, &words, Some(seen)).await?;
    let more = serde_json::json!({"note": words, "version": version});
    acting.tell(context, "page.approved", &after, more).await?;
    Ok(())
}

/// What somebody says to the rules that stop a text.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Gate<'a> {
    /// Why it is to be public all the same; empty for nothing.
    Ask(&'a str),
    /// The rules were asked when it was planned.
    Asked,
}

impl Gate<'_> {
    /// Lets a text through, or tells what stops it.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with what stops it, when no reason is given.
    pub(crate) async fn pass(
        self,
        context: &WriteContext,
        acting: Acting<'_>,
        text: &Content,
    ) -> Result<()> {
        let Self::Ask(reason) = self else {
            return Ok(());
        };
        let stops = care::gate(&**context, text).await?;
        if stops.is_empty() {
            return Ok(());
        }
        if reason.trim().is_empty() {
            return Err(care::refused(&stops));
        }
        let owner = acting.organisations.find(text.organisation);
        let authority = owner.and_then(|entry| entry.authority);
        care::publish_despite(context, acting.author, authority, text, &stops, reason).await
    }
}

/// Makes a draft public, or a text that was taken away. Conflicts with what became public in the
/// meantime are kept in the draft, and then nothing is published.
///
/// # Errors
/// [`Problem::Invalid`] with what is wrong in it; [`Problem::Forbidden`] when it would become
/// somebody else's.
pub(crate) async fn publish(
    context: &WriteContext,
    acting: Acting<'_>,
    head: Head,
    may_publish: MayPublish<'_>,
    gate: Gate<'_>,
) -> Result<Published> {
    at_hand(&head)?;
    let mut working = working_of(&**context, head).await?;
    if working.head.has_draft() {
        service::rebase(context, acting.by(), acting.author.ids, &mut working).await?;
    }
    if settled(&working).is_err() {
        return Ok(Published::Conflict);
    }
    let (before, after) = finished(context, acting, &working).await?;
    if !before.published || !after.says_the_same_as(&before) {
        gate.pass(context, acting, &after).await?;
    }
    let version = release(context, acting, &before, after, may_publish).await?;
    desk::close(context, before.id, acting.author.now).await?;
    desk::delete_schedule(context, before.id, Deed::Publish).await?;
    Ok(Published::Version(version))
}

/// Makes a text public in place of another, and keeps it.
pub(crate) async fn release(
    context: &WriteContext,
    acting: Acting<'_>,
    before: &Content,
    mut after: Content,
    may_publish: MayPublish<'_>,
) -> Result<i64> {
    after.published = true;
    after.away = None;
    if after.kind.is_dated() && after.details.published.is_none() {
        after.details.published = Some(minute(acting.author.now));
    }
    if after.says_the_same_as(before) {
        return Ok(before.version);
    }
    if after.organisation != before.organisation && !may_publish(after.organisation) {
        return Err(Problem::Forbidden);
    }
    let public = make_public(
        context,
        acting.author,
        acting.organisations,
        before,
        after,
        may_publish,
    )
    .await?;
    acting.keep(context, Reason::Published, "", &public).await?;
    Ok(public.version)
}

/// The minute of an instant by the city's clock.
fn minute(now: Timestamp) -> DateTime {
    let now = now.zoned().datetime();
    now.date().at(now.hour(), now.minute(), 0, 0)
}

/// Takes a text away from the public; a plan to do so later is done with.
///
/// # Errors
/// [`Problem::Conflict`] when the public does not see it.
pub(crate) async fn unpublish(
    context: &WriteContext,
    acting: Acting<'_>,
    head: &Head,
    away: Option<Away>,
) -> Result<()> {
    let before = store::find(&**context, head.content).await?;
    let before = before.ok_or(Problem::NotFound)?;
    let never = before.away == Some(Away::New);
    let is_so = !before.published && before.away == away;
    if is_so || never || (!before.published && away.is_none()) {
        return Err(Problem::Conflict(Message::new("desk-not-public")));
    }
    let after = Content {
        published: false,
        away,
        ..before.clone()
    }
    .next_after(&before, acting.author.now);
    let kind = match away {
        Some(_) => "page.archived",
        None => "page.unpublished",
    };
    crate::service::put(
        context,
        acting.author,
        acting.organisations,
        kind,
        Some(&before),
        &after,
    )
    .await?;
    acting
        .keep(context, Reason::Unpublished, "", &before)
        .await?;
    if away.is_some() {
        discard(context, acting, head.clone()).await?;
        desk::delete_schedule(context, head.content, Deed::Publish).await?;
    }
    desk::delete_schedule(context, head.content, Deed::Unpublish).await?;
    Ok(())
}

/// Takes a text out of the archive: it can be written on and published again.
///
/// # Errors
/// [`Problem::Conflict`] when it is not there.
pub(crate) async fn bring_back(
    context: &WriteContext,
    acting: Acting<'_>,
    head: &Head,
) -> Result<()> {
    let before = store::find(&**context, head.content).await?;
    let before = before.ok_or(Problem::NotFound)?;
    if before.away != Some(Away::Archived) {
        return Err(Problem::Conflict(Message::new("desk-not-archived")));
    }
    let after = Content {
        away: None,
        ..before.clone()
    }
    .next_after(&before, acting.author.now);
    crate::service::put(
        context,
        acting.author,
        acting.organisations,
        "page.brought_back",
        Some(&before),
        &after,
    )
    .await?;
    Ok(())
}

/// Throws a draft away. What it said is kept, finished or not, so that it can be brought back.
///
/// # Errors
/// When the database fails.
pub(crate) async fn discard(context: &WriteContext, acting: Acting<'_>, head: Head) -> Result<()> {
    if !head.has_draft() {
        return Ok(());
    }
    let working = working_of(&**context, head).await?;
    let before = store::find(&**context, working.head.content).await?;
    let before = before.ok_or(Problem::NotFound)?;
    let (after, errors) = fields::content_of(&working.draft, &before);
    let rest = Rest::of(&working, &errors);
    let version = acting
        .keep_all(context, Reason::Discarded, "", (&after, rest.as_ref()))
        .await?;
    desk::close(context, before.id, acting.author.now).await?;
    desk::delete_schedule(context, before.id, Deed::Publish).await?;
    let more = serde_json::json!({"version": version});
    acting
        .tell(context, "page.discarded", &before, more)
        .await?;
    Ok(())
}

/// Keeps the text as it is now under a name.
///
/// # Errors
/// [`Problem::Invalid`] without a name.
pub(crate) async fn name_version(
    context: &WriteContext,
    acting: Acting<'_>,
    head: Head,
    name: &str,
) -> Result<Uuid> {
    let name = note(name)?;
    if name.is_empty() {
        return Err(Problem::field("name", Message::new("desk-name-missing")));
    }
    let id = head.content;
    let working = working_of(&**context, head).await?;
    let before = store::find(&**context, id).await?;
    let before = before.ok_or(Problem::NotFound)?;
    let (after, errors) = fields::content_of(&working.draft, &before);
    let rest = Rest::of(&working, &errors);
    let version = acting
        .keep_all(context, Reason::Named, &name, (&after, rest.as_ref()))
        .await?;
    let more = serde_json::json!({"name": name, "version": version});
    acting.tell(context, "page.named", &after, more).await?;
    Ok(version)
}
