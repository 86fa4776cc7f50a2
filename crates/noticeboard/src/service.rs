//! Changes to the notice board: the row and its event, in one transaction. What stands on the board
//! follows from the clock; the events about its days follow the clock as soon as somebody looks.

use torg_db::WriteContext;
use torg_jobs::{Handlers, Rule, Schedule};
use torg_kernel::{Actor, AnnouncementId, FileId, Message, Problem, Result, Timestamp};
use torg_log::{Author, NewEvent, PayloadClass, append};

use crate::check::{check, check_change, check_reason};
use crate::deadline::NoticeSettings;
use crate::model::{Announcement, Attachment, NoticeState, Withdrawal};
use crate::store::{self, Told};

/// The tag of everything that lists announcements.
pub const ANNOUNCEMENTS_TAG: &str = "announcements";

/// The tag of everything that shows an announcement.
#[must_use]
pub fn announcement_tag(id: AnnouncementId) -> String {
    format!("announcement:{id}")
}

/// Announcements whose events are written in one transaction.
const BATCH: i64 = 100;

async fn record(
    context: &WriteContext,
    author: Author<'_>,
    kind: &'static str,
    before: Option<&Announcement>,
    after: &Announcement,
) -> Result<()> {
    append(
        context,
        author,
        NewEvent {
            kind,
            subject: after.subject(),
            organisation: Some(after.organisation),
            authority: after.authority,
            class: PayloadClass::Public,
            before: before.map(Announcement::canonical).transpose()?,
            after: Some(after.canonical()?),
            tags: vec![announcement_tag(after.id), ANNOUNCEMENTS_TAG.to_owned()],
        },
    )
    .await?;
    Ok(())
}

pub(crate) async fn create(
    context: &WriteContext,
    author: Author<'_>,
    announcement: &Announcement,
) -> Result<()> {
    if store::find_by_key(&**context, &announcement.key)
        .await?
        .is_some()
    {
        return Err(Problem::field(
            "key",
            Message::new("notice-error-key-taken"),
        ));
    }
    store::insert(&**context, announcement).await?;
    record(context, author, "announcement.created", None, announcement).await?;
    if announcement.state(author.now) == NoticeState::Removed {
        // Brought in when its days were over: it never stood on this board.
        return store::set_told(&**context, announcement.id, Told::Removed).await;
    }
    tell(context, author, announcement, Told::Nothing).await
}

/// Writes an announcement over the one before; nothing at all when they are alike.
pub(crate) async fn change(
    context: &WriteContext,
    author: Author<'_>,
    kind: &'static str,
    before: &Announcement,
    mut after: Announcement,
) -> Result<bool> {
    if before.canonical()? == after.canonical()? {
        return Ok(false);
    }
    after.version = before.version + 1;
    after.updated_at = author.now;
    store::update(&**context, &after).await?;
    record(context, author, kind, Some(before), &after).await?;
    // Of this one only: the days of the others are nothing that this person did.
    let told = store::find_told(&**context, after.id).await?;
    tell(context, author, &after, told).await?;
    Ok(true)
}

/// Writes the events about the days that have come.
async fn tell(
    context: &WriteContext,
    author: Author<'_>,
    announcement: &Announcement,
    told: Told,
) -> Result<()> {
    let state = announcement.state(author.now);
    let mut told = told;
    // What came and went while nobody looked was posted first.
    if told == Told::Nothing && announcement.was_posted(author.now) {
        told = Told::Posted;
        record_day(context, author, "announcement.posted", announcement).await?;
    }
    if state == NoticeState::Removed && told < Told::Removed {
        // What was taken away before its day never stood there.
        if told == Told::Posted {
            record_day(context, author, "announcement.removed", announcement).await?;
        }
        told = Told::Removed;
    }
    store::set_told(&**context, announcement.id, told).await
}

async fn record_day(
    context: &WriteContext,
    author: Author<'_>,
    kind: &'static str,
    announcement: &Announcement,
) -> Result<()> {
    record(context, author, kind, Some(announcement), announcement).await
}

/// Writes `announcement.posted` and `announcement.removed` for all whose day has come, at most
/// a hundred at a time. Returns how many were looked at; done twice it writes nothing the second time.
///
/// # Errors
/// When the database fails.
pub async fn write_due(
    context: &WriteContext,
    author: Author<'_>,
    now: Timestamp,
) -> Result<usize> {
    let due = store::list_untold(&**context, now, BATCH).await?;
    for (announcement, told) in &due {
        tell(context, author, announcement, *told).await?;
    }
    Ok(due.len())
}

/// The work that comes back: every minute the events of the days that have come. The pages do not wait
/// for it; search, feeds' readers and subscriptions do.
#[must_use]
pub fn jobs() -> Handlers {
    Handlers::new()
        .on("announce_days", |job| async move {
            loop {
                let (now, ids) = (job.clock.now(), job.ids.clone());
                // A transaction each time only when there is something to write.
                let snapshot = job.database.snapshot().await?;
                let due = store::list_untold(&*snapshot, now, 1).await?;
                snapshot.end().await?;
                if due.is_empty() {
                    return Ok(());
                }
                job.database
                    .write(move |context| {
                        Box::pin(async move {
                            let actor = Actor::system("job:announce_days");
                            let author = Author {
                                actor: &actor,
                                now,
                                ids: &*ids,
                            };
                            write_due(context, author, now).await
                        })
                    })
                    .await?;
            }
        })
        .schedule(Schedule::new("announce_days", Rule::Every { seconds: 60 }))
}

/// Saves what a form says: a new announcement, or a change of the one that was opened at `version`. The
/// caller has checked that the author may. True when anything changed.
///
/// # Errors
/// [`Problem::Invalid`] with the names of the wrong fields; [`Problem::NotFound`];
/// [`Problem::Conflict`] when somebody else changed it in between.
pub async fn save(
    context: &WriteContext,
    author: Author<'_>,
    after: Announcement,
    opened_at: Option<i64>,
    settings: &NoticeSettings,
) -> Result<bool> {
    let before = match opened_at {
        None => None,
        Some(version) => {
            let before = store::find(&**context, after.id)
                .await?
                .ok_or(Problem::NotFound)?;
            if before.version != version {
                return Err(Problem::Conflict(Message::new("notice-error-version")));
            }
            Some(before)
        }
    };
    let mut errors = check(&after.notice, after.kind, settings);
    errors.extend(check_change(before.as_ref(), &after, author.now));
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    match before {
        None => create(context, author, &after).await.map(|()| true),
        Some(before) => change(context, author, "announcement.changed", &before, after).await,
    }
}

/// Takes an announcement down before its day, with a reason that is kept in the log. One whose day has
/// not come is never shown. The caller has checked that the author may.
///
/// # Errors
/// [`Problem::Invalid`] without a reason or when it is down already; [`Problem::NotFound`];
/// [`Problem::Conflict`] when somebody else changed it in between.
pub async fn withdraw(
    context: &WriteContext,
    author: Author<'_>,
    id: AnnouncementId,
    version: i64,
    reason: &str,
) -> Result<()> {
    let before = store::find(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    if let Some(error) = check_reason(reason) {
        return Err(Problem::Invalid(vec![error]));
    }
    if before.version != version {
        return Err(Problem::Conflict(Message::new("notice-error-version")));
    }
    if before.state(author.now) == NoticeState::Removed {
        return Err(Problem::field(
            "reason",
            Message::new("notice-error-is-removed"),
        ));
    }
    let mut after = before.clone();
    after.notice.withdrawn = Some(Withdrawal {
        at: author.now,
        reason: torg_kernel::squeeze(reason),
    });
    change(context, author, "announcement.withdrawn", &before, after).await?;
    Ok(())
}

/// The most files of an announcement.
const MOST_FILES: usize = 20;

/// Adds files to an announcement that is not down. The caller has checked that the author may.
///
/// # Errors
/// [`Problem::Invalid`] for the field `files`; [`Problem::NotFound`]; [`Problem::Conflict`] when
/// somebody else changed it in between.
pub(crate) async fn attach(
    context: &WriteContext,
    author: Author<'_>,
    id: AnnouncementId,
    version: i64,
    files: Vec<Attachment>,
) -> Result<()> {
    let before = store::find(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    if before.version != version {
        return Err(Problem::Conflict(Message::new("notice-error-version")));
    }
    let wrong = |message| Err(Problem::field("files", message));
    if before.state(author.now) == NoticeState::Removed {
        return wrong(Message::new("notice-error-is-removed"));
    }
    let mut after = before.clone();
    for file in files {
        let same = |known: &&Attachment| known.sha256 == file.sha256;
        if let Some(known) = after.notice.attachments.iter().find(same) {
            let message = Message::new("notice-error-file-twice");
            return wrong(message.with("title", &known.title));
        }
        after.notice.attachments.push(file);
    }
    if after.notice.attachments.len() > MOST_FILES {
        return wrong(Message::new("notice-error-files-many").with("most", MOST_FILES));
    }
    change(context, author, "announcement.changed", &before, after).await?;
    Ok(())
}

/// Takes a file away from an announcement that is not down; done twice it changes nothing more.
///
/// # Errors
/// [`Problem::Invalid`] for the field `files` when the announcement is down; [`Problem::NotFound`].
pub(crate) async fn detach(
    context: &WriteContext,
    author: Author<'_>,
    id: AnnouncementId,
    file: FileId,
) -> Result<()> {
    let before = store::find(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    if before.state(author.now) == NoticeState::Removed {
        let message = Message::new("notice-error-is-removed");
        return Err(Problem::field("files", message));
    }
    let mut after = before.clone();
    after.notice.attachments.retain(|known| known.file != file);
    change(context, author, "announcement.changed", &before, after).await?;
    Ok(())
}

/// A key for a new announcement that no other has: its heading, and a number when that is taken.
///
/// # Errors
/// When the database fails.
pub(crate) async fn free_key(
    context: &WriteContext,
    announcement: &Announcement,
) -> Result<String> {
    let mut base = torg_kernel::slugify(announcement.notice.title.get(torg_kernel::Locale::SV));
    base.truncate(60);
    let base = base.trim_matches('-');
    let base = if base.is_empty() { "anslag" } else { base };
    let base = format!("{base}-{}", announcement.notice.posted_on);
    let mut key = base.clone();
    let mut number = 2;
    while store::find_by_key(&**context, &key).await?.is_some() {
        key = format!("{base}-{number}");
        number += 1;
    }
    Ok(key)
}
