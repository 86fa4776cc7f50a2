//! Steps of a text on its way: each a small form of its own on the text's page.

use std::sync::Arc;

use futures::future::BoxFuture;
use torg_db::WriteContext;
use torg_kernel::{ContentId, Permission, Problem, Result};
use torg_log::{Author, write_once};
use torg_web::{Caller, Context, Form, Reply, StatusCode};

use super::page_edit::{TextPages, about_all, afresh};
use crate::care;
use crate::desk::model::Head;
use crate::desk::publish::{self, Acting, Gate, Published};
use crate::desk::schedule::{self, Times};
use crate::desk::store as desk;
use crate::model::Away;

/// What can be done with a text beside writing on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Submit,
    Return,
    Approve,
    Publish,
    Schedule,
    Unschedule,
    Unpublish,
    Archive,
    Unarchive,
    Discard,
    Name,
}

impl Step {
    pub(super) const ALL: [Self; 11] = [
        Self::Submit,
        Self::Return,
        Self::Approve,
        Self::Publish,
        Self::Schedule,
        Self::Unschedule,
        Self::Unpublish,
        Self::Archive,
        Self::Unarchive,
        Self::Discard,
        Self::Name,
    ];

    /// The last part of its address.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Return => "return",
            Self::Approve => "approve",
            Self::Publish => "publish",
            Self::Schedule => "schedule",
            Self::Unschedule => "unschedule",
            Self::Unpublish => "unpublish",
            Self::Archive => "archive",
            Self::Unarchive => "unarchive",
            Self::Discard => "discard",
            Self::Name => "name",
        }
    }

    /// What it needs for the text's organisation.
    pub(super) const fn needs(self) -> Permission {
        match self {
            Self::Submit | Self::Discard | Self::Name => Permission::PageEdit,
            Self::Return | Self::Approve => Permission::PageReview,
            Self::Publish
            | Self::Schedule
            | Self::Unschedule
            | Self::Unpublish
            | Self::Archive
            | Self::Unarchive => Permission::PagePublish,
        }
    }

    /// What is said when it is done: the end of the key of a sentence.
    const fn done(self) -> &'static str {
        match self {
            Self::Submit => "submitted",
            Self::Return => "returned",
            Self::Approve => "approved",
            Self::Publish => "saved",
            Self::Schedule => "scheduled",
            Self::Unschedule => "unscheduled",
            Self::Unpublish => "unpublished",
            Self::Archive => "archived",
            Self::Unarchive => "unarchived",
            Self::Discard => "discarded",
            Self::Name => "version-named",
        }
    }
}

pub(super) async fn post(pages: Arc<TextPages>, context: Context, step: Step) -> Result<Reply> {
    let id: ContentId = context.param("id")?;
    let (errors, status) = match take(&context, id, step).await {
        Ok(true) => {
            let done = step.done();
            return Ok(Reply::see_other(&format!("/admin/pages/{id}?done={done}")));
        }
        Ok(false) => (Vec::new(), StatusCode::CONFLICT),
        Err(Problem::Invalid(errors)) => (errors, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Problem::Conflict(message)) => (vec![about_all(message)], StatusCode::CONFLICT),
        Err(problem) => return Err(problem),
    };
    afresh(&pages, &context, errors, status).await
}

/// Takes a step. Returns whether it was taken; otherwise conflicts have to be settled first.
async fn take(context: &Context, id: ContentId, step: Step) -> Result<bool> {
    let form = context.form();
    let (app, now) = (context.app.clone(), context.now);
    let caller = context.caller()?.clone();
    let snapshot = app.database.snapshot().await?;
    let head = desk::find_head(&*snapshot, id)
        .await?
        .ok_or(Problem::NotFound)?;
    caller.acting(step.needs(), head.organisation)?;
    let (organisations, _) = app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let request = form.request_id()?;
    let operation = format!("page.{} {id} {}", step.as_str(), form.digest());
    let database = app.database.clone();
    let once = database
        .write(move |write| {
            Box::pin(async move {
                let head = desk::find_head(&**write, id).await?;
                let head = head.ok_or(Problem::NotFound)?;
                let actor = caller.acting(step.needs(), head.organisation)?;
                let acting = Acting {
                    author: Author {
                        actor: &actor,
                        now,
                        ids: &*app.ids,
                    },
                    organisations: &organisations,
                };
                let work = || -> BoxFuture<'_, Result<bool>> {
                    Box::pin(run(write, acting, head, step, &form, &caller))
                };
                write_once(write, request, &operation, &actor, now, work).await
            })
        })
        .await?;
    Ok(once.answer)
}

async fn run(
    write: &WriteContext,
    acting: Acting<'_>,
    head: Head,
    step: Step,
    form: &Form,
    caller: &Caller,
) -> Result<bool> {
    let note = form.text("note");
    let reason = form.text(care::REASON);
    let gate = Gate::Ask(&reason);
    match step {
        Step::Submit => publish::submit(write, acting, head, &note).await?,
        Step::Return => publish::give_back(write, acting, head, &note).await?,
        Step::Approve => {
            let seen = form.text("revision").parse().unwrap_or(0);
            publish::approve(write, acting, head, seen, &note).await?;
        }
        Step::Publish => {
            let may = |owner| caller.may(Permission::PagePublish, owner);
            let published = publish::publish(write, acting, head, &may, gate).await?;
            return Ok(published != Published::Conflict);
        }
        Step::Schedule => {
            let times = Times {
                publish: form.text("publish_at"),
                unpublish: form.text("unpublish_at"),
            };
            let may = |owner| caller.may(Permission::PagePublish, owner);
            schedule::plan(write, acting, head, &times, &may, gate).await?;
        }
        Step::Unschedule => schedule::forget(write, acting, &head, &note).await?,
        Step::Unpublish => publish::unpublish(write, acting, &head, None).await?,
        Step::Archive => publish::unpublish(write, acting, &head, Some(Away::Archived)).await?,
        Step::Unarchive => publish::bring_back(write, acting, &head).await?,
        Step::Discard => publish::discard(write, acting, head).await?,
        Step::Name => {
            publish::name_version(write, acting, head, &form.text("name")).await?;
        }
    }
    Ok(true)
}
