//! Putting mail in and looking after it.

use torg_db::{ConnectionTrait, DbErr, WriteContext};
use torg_kernel::{Ids, Problem, Result, Subject, Timestamp};
use uuid::Uuid;

use crate::model::{MailContent, MailCounts, MailState, NewMail, OutboxMail, Rank, day_of};
use crate::store;

/// What wakes this node's sender when a write that put mail in is committed.
pub(crate) const MAIL_TAG: &str = "mail";

/// Stores what is to be written to one or many, under an id by which mails name it.
///
/// # Errors
/// When the database fails.
pub async fn put_content(
    context: &WriteContext,
    id: Uuid,
    now: Timestamp,
    content: &MailContent,
) -> Result<()> {
    Ok(store::insert_content(&**context, id, content, now).await?)
}

/// Puts mails in, within the caller's own write: they are sent if and only if that is committed.
/// Returns their ids, in order.
///
/// # Errors
/// When the database fails; the whole write must then fail.
pub async fn put_mails(
    context: &WriteContext,
    ids: &dyn Ids,
    now: Timestamp,
    mails: &[NewMail],
) -> Result<Vec<Uuid>> {
    let named: Vec<(Uuid, &NewMail)> = mails.iter().map(|mail| (ids.uuid(now), mail)).collect();
    store::insert_mails(&**context, &named, now).await?;
    // Position 0: no view becomes stale by a mail, only the sender is to wake. Where many come one
    // after another it looks by itself, so that it takes many at a time.
    if mails.iter().any(|mail| mail.rank != Rank::Bulk) {
        context.touch(0, MAIL_TAG);
    }
    Ok(named.into_iter().map(|(id, _)| id).collect())
}

/// How many mails stand where.
///
/// # Errors
/// When the database fails.
pub async fn count_mails<C: ConnectionTrait>(on: &C) -> Result<MailCounts, DbErr> {
    store::count(on).await
}

/// Mails that stand somewhere, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list_mails<C: ConnectionTrait>(
    on: &C,
    state: MailState,
    limit: u32,
) -> Result<Vec<OutboxMail>, DbErr> {
    store::list(on, state, i64::from(limit)).await
}

/// Where one mail stands, how often it was tried and why it failed last.
///
/// # Errors
/// When the database fails.
pub async fn find_mail<C: ConnectionTrait>(
    on: &C,
    id: Uuid,
) -> Result<Option<(MailState, i64, Option<String>)>, DbErr> {
    store::find_state(on, id).await
}

/// Lets a mail that was given up be tried anew.
///
/// # Errors
/// [`Problem::NotFound`] when there is no such mail that failed.
pub async fn retry_mail(context: &WriteContext, id: Uuid, now: Timestamp) -> Result<()> {
    context.touch(0, MAIL_TAG);
    if store::retry(&**context, Some(id), now).await? == 0 {
        return Err(Problem::NotFound);
    }
    Ok(())
}

/// Lets all mails that were given up be tried anew, after a fault of the mail server that outlasted
/// them. Returns how many.
///
/// # Errors
/// When the database fails.
pub async fn retry_all(context: &WriteContext, now: Timestamp) -> Result<u64> {
    context.touch(0, MAIL_TAG);
    Ok(store::retry(&**context, None, now).await?)
}

/// Takes away all mail about something, sent or not, with its bounces: what is left of a person
/// here when a subscription ends.
///
/// # Errors
/// When the database fails.
pub async fn forget_mail(context: &WriteContext, about: &Subject) -> Result<()> {
    store::forget_mails(&**context, about).await?;
    Ok(store::forget_bounces(&**context, about).await?)
}

/// Starts counting anew: the address has answered since.
///
/// # Errors
/// When the database fails.
pub async fn forget_bounces(context: &WriteContext, about: &Subject) -> Result<()> {
    Ok(store::forget_bounces(&**context, about).await?)
}

/// How long mail is kept, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeepDays {
    /// After it was sent: for as long as a bounce may come, which for most servers is five days.
    pub sent: i64,
    /// After it was given up.
    pub failed: i64,
    /// Bounces and the counts of days.
    pub bounces: i64,
}

impl Default for KeepDays {
    fn default() -> Self {
        Self {
            sent: 7,
            failed: 30,
            bounces: 90,
        }
    }
}

/// Takes away mail that is older than it may be. Returns how many mails.
///
/// # Errors
/// When the database fails.
pub async fn purge_mail(context: &WriteContext, keep: KeepDays, now: Timestamp) -> Result<u64> {
    let before = |days: i64| now.plus_seconds(-days * 86_400);
    Ok(store::purge(
        &**context,
        before(keep.sent),
        before(keep.failed),
        before(keep.bounces),
    )
    .await?)
}

/// Things of a kind whose mails bounced for good on at least so many days, with the time of the
/// last bounce. Only days that have been over for a whole day count, and none on which so much
/// bounced that the fault must have been the mail server's: 20 mails or more, and more than a
/// fifth of all.
///
/// # Errors
/// When the database fails.
pub async fn list_bouncing<C: ConnectionTrait>(
    on: &C,
    about_kind: &str,
    days: u32,
    now: Timestamp,
) -> Result<Vec<(Uuid, Timestamp)>, DbErr> {
    let today = day_of(now);
    let list = store::list_bouncing(
        on,
        about_kind,
        i64::from(days.max(1)),
        today - 90,
        today - 1,
    );
    Ok(list
        .await?
        .into_iter()
        .map(|(id, at)| (id, Timestamp::from_micros(at)))
        .collect())
}
