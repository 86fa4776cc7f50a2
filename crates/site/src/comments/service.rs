//! What can be done with comments: each in one transaction with its event. Names, mail addresses
//! and texts are about persons, so the events are internal.

use torg_db::WriteContext;
use torg_kernel::{Actor, ContentId, Message, Permission, Problem, RequestId, Result, hex};
use torg_log::{Author, NewEvent, PayloadClass, append, write_once};
use torg_web::{Caller, Context, OrganisationList};
use uuid::Uuid;

use super::model::{Comment, LONGEST_NOTE, Rule, State, Words};
use super::{CommentSettings, store, tag};
use crate::model::Content;

/// The most comments of one decision.
pub(super) const MOST_AT_ONCE: usize = 50;

/// What is stored of a writer's key: who reads the database cannot take back others' comments.
pub(super) fn key_digest(key: &str) -> String {
    use sha2::{Digest, Sha256};
    hex(&Sha256::digest(key.as_bytes()))
}

/// Writes an event about a comment. What readers see is made anew by the tag of its own page only,
/// and only where they see a difference.
pub(super) async fn record(
    context: &WriteContext,
    author: Author<'_>,
    organisations: &OrganisationList,
    kind: &'static str,
    before: Option<&Comment>,
    after: &Comment,
) -> Result<()> {
    let json = |comment: &Comment| serde_json::to_string(comment);
    let seen = |comment: &Comment| comment.shown_at.is_some();
    let changed = before.is_some_and(|before| {
        seen(before) != seen(after) || (seen(after) && before.state != after.state)
    });
    append(
        context,
        author,
        NewEvent {
            kind,
            subject: after.subject(),
            organisation: Some(after.organisation),
            authority: organisations
                .find(after.organisation)
                .and_then(|entry| entry.authority),
            class: PayloadClass::Internal,
            before: before.map(json).transpose()?,
            after: Some(json(after)?),
            tags: changed.then(|| tag(after.content)).into_iter().collect(),
        },
    )
    .await?;
    Ok(())
}

/// Whether a page takes one more.
async fn room(
    context: &WriteContext,
    settings: &CommentSettings,
    content: ContentId,
) -> Result<()> {
    if store::count(&**context, content, State::Waiting).await? >= settings.most_waiting {
        return Err(Problem::field(
            "form",
            Message::new("comment-error-waiting"),
        ));
    }
    if store::count(&**context, content, State::Approved).await? >= settings.most {
        return Err(Problem::field("form", Message::new("comment-error-full")));
    }
    Ok(())
}

/// What a form is known by: its id, its writer's key, and a digest of what was written.
pub(super) struct Sent {
    pub request: RequestId,
    pub key: String,
    pub digest: String,
}

/// Takes a comment in. It waits until somebody has read it.
pub(super) async fn submit(
    context: &Context,
    settings: CommentSettings,
    content: &Content,
    words: Words,
    sent: Sent,
) -> Result<()> {
    let organisations = organisations(context).await?;
    let (ids, now) = (context.app.ids.clone(), context.now);
    let comment = Comment {
        id: ids.uuid(now),
        page: content.page,
        content: content.id,
        organisation: content.organisation,
        locale: content.locale,
        state: State::Waiting,
        held: words.links > settings.links,
        name: words.name,
        email: words.email,
        text: words.text,
        created_at: now,
        shown_at: None,
        decided_at: None,
        rule: None,
        note: String::new(),
        reports: 0,
        report_rule: None,
        weeded: false,
    };
    let operation = format!("comment.write {}", sent.digest);
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let actor = Actor::Anonymous;
                let who = actor.clone();
                write_once(write, sent.request, &operation, &who, now, move || {
                    Box::pin(async move {
                        room(write, &settings, comment.content).await?;
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        store::insert(&**write, &comment, &key_digest(&sent.key)).await?;
                        let kind = "comment.received";
                        record(write, author, &organisations, kind, None, &comment).await?;
                        Ok(comment.id)
                    })
                })
                .await
            })
        })
        .await?;
    Ok(())
}

async fn organisations(context: &Context) -> Result<std::sync::Arc<OrganisationList>> {
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    Ok(organisations)
}

/// What somebody decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    Approve,
    Reject { rule: Rule, note: String },
}

impl Verdict {
    /// Reads a rejection: it needs one of the stated rules.
    pub(super) fn reject(rule: &str, note: &str) -> Result<Self> {
        let rule = Rule::parse(rule)
            .ok_or_else(|| Problem::field("rule", Message::new("comment-error-rule")))?;
        let note = torg_kernel::squeeze(note);
        if note.chars().count() > LONGEST_NOTE {
            let message = Message::new("comment-error-note").with("most", LONGEST_NOTE);
            return Err(Problem::field("note", message));
        }
        Ok(Self::Reject { rule, note })
    }

    const fn kind(&self) -> &'static str {
        match self {
            Self::Approve => "comment.approved",
            Self::Reject { .. } => "comment.rejected",
        }
    }

    /// The comment after it; `None` where it changes nothing, as when a colleague was quicker.
    fn on(&self, before: &Comment, now: torg_kernel::Timestamp) -> Option<Comment> {
        let mut after = before.clone();
        after.decided_at = Some(now);
        after.reports = 0;
        after.report_rule = None;
        match (self, before.state) {
            (Self::Approve, State::Approved) if before.reports > 0 => {}
            (Self::Approve, State::Waiting | State::Rejected) if !before.weeded => {
                after.state = State::Approved;
                after.shown_at = before.shown_at.or(Some(now));
            }
            (Self::Reject { rule, note }, State::Waiting | State::Approved) => {
                after.state = State::Rejected;
                after.rule = Some(*rule);
                after.note.clone_from(note);
            }
            _ => return None,
        }
        Some(after)
    }
}

fn moderator(caller: &Caller) -> Actor {
    Actor::Person {
        id: caller.person,
        role: None,
        organisation: None,
        on_behalf_of: None,
    }
}

/// Decides about comments, all of them or none. Each needs the permission for its own organisation.
/// Returns the decision's number and how many it changed.
pub(super) async fn decide(
    context: &Context,
    comments: Vec<Uuid>,
    verdict: Verdict,
    request: RequestId,
    digest: String,
) -> Result<(Uuid, usize)> {
    let organisations = organisations(context).await?;
    let caller = context.caller()?.clone();
    let (ids, now) = (context.app.ids.clone(), context.now);
    let operation = format!("comment.decide {digest}");
    let once = context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = moderator(&caller);
                write_once(write, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let mut changed = 0;
                        for id in comments {
                            let before = store::find(&**write, id).await?;
                            let before = before.ok_or(Problem::NotFound)?;
                            let actor =
                                caller.acting(Permission::CommentModerate, before.organisation)?;
                            let Some(after) = verdict.on(&before, now) else {
                                continue;
                            };
                            let author = Author {
                                actor: &actor,
                                now,
                                ids: &*ids,
                            };
                            store::settle(&**write, &before, &after, Some(request.0)).await?;
                            let kind = verdict.kind();
                            record(write, author, &organisations, kind, Some(&before), &after)
                                .await?;
                            changed += 1;
                        }
                        Ok(changed)
                    })
                })
                .await
            })
        })
        .await?;
    Ok((request.0, once.answer))
}

/// Takes a decision back: each of its comments is as it was, unless something was decided about it
/// since, or its writer took it back. Done twice it changes nothing more.
pub(super) async fn undo(context: &Context, decision: Uuid) -> Result<usize> {
    let organisations = organisations(context).await?;
    let caller = context.caller()?.clone();
    let (ids, now) = (context.app.ids.clone(), context.now);
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let mut changed = 0;
                for (before, state, reports) in store::list_decided(&**write, decision).await? {
                    let actor = caller.acting(Permission::CommentModerate, before.organisation)?;
                    let mut after = before.clone();
                    // What was shown for a moment by mistake leaves no gap.
                    if before.shown_at == before.decided_at && state == State::Waiting {
                        after.shown_at = None;
                    }
                    if state != State::Rejected {
                        after.rule = None;
                        after.note = String::new();
                    }
                    (after.state, after.reports) = (state, reports);
                    after.decided_at = match state {
                        State::Rejected => Some(now),
                        _ => after.shown_at,
                    };
                    let author = Author {
                        actor: &actor,
                        now,
                        ids: &*ids,
                    };
                    store::settle(&**write, &before, &after, None).await?;
                    let kind = "comment.undone";
                    record(write, author, &organisations, kind, Some(&before), &after).await?;
                    changed += 1;
                }
                Ok(changed)
            })
        })
        .await
}

/// A reader says that a comment breaks a rule. Only the first since somebody looked is an event:
/// the others are a number.
pub(super) async fn report(
    context: &Context,
    comment: Uuid,
    rule: Rule,
    request: RequestId,
) -> Result<()> {
    let organisations = organisations(context).await?;
    let (ids, now) = (context.app.ids.clone(), context.now);
    let operation = format!("comment.report {comment} {}", rule.as_str());
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let actor = Actor::Anonymous;
                let who = actor.clone();
                write_once(write, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let before = store::find(&**write, comment).await?;
                        let before = before.filter(|found| found.state == State::Approved);
                        let before = before.ok_or(Problem::NotFound)?;
                        store::count_report(&**write, comment, rule).await?;
                        if before.reports == 0 {
                            let mut after = before.clone();
                            (after.reports, after.report_rule) = (1, Some(rule));
                            let author = Author {
                                actor: &actor,
                                now,
                                ids: &*ids,
                            };
                            let kind = "comment.reported";
                            record(write, author, &organisations, kind, Some(&before), &after)
                                .await?;
                        }
                        Ok(())
                    })
                })
                .await
            })
        })
        .await?;
    Ok(())
}

/// Whoever wrote a comment takes it back. Done twice it changes nothing more.
pub(super) async fn take_back(context: &Context, key: &str) -> Result<()> {
    let organisations = organisations(context).await?;
    let (ids, now, key) = (context.app.ids.clone(), context.now, key_digest(key));
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let before = store::find_by_key(&**write, &key).await?;
                let before = before.ok_or(Problem::NotFound)?;
                if !matches!(before.state, State::Waiting | State::Approved) {
                    return Ok(());
                }
                let mut after = before.clone();
                after.state = State::Withdrawn;
                after.decided_at = Some(now);
                (after.reports, after.report_rule) = (0, None);
                let author = Author {
                    actor: &Actor::Anonymous,
                    now,
                    ids: &*ids,
                };
                store::settle(&**write, &before, &after, None).await?;
                let kind = "comment.withdrawn";
                record(write, author, &organisations, kind, Some(&before), &after).await
            })
        })
        .await
}
