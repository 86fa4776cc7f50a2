//! The form for one page's draft.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use serde::{Deserialize, Serialize};
use torg_db::Snapshot;
use torg_kernel::{ContentId, FieldError, Message, PageId, Permission, Problem, Result};
use torg_log::{Author, write_once};
use torg_revision::{Draft, PartResult};
use torg_web::{Context, Form, OrganisationList, Reply, StatusCode};

use super::Site;
use super::page_view::{self, Around, Written};
use super::page_words::{self, KeptNames, Places, Shown};
use crate::care;
use crate::desk::fields;
use crate::desk::model::{Head, Working};
use crate::desk::publish::{self, Acting, Gate, Published};
use crate::desk::service::{self, By, working_of};
use crate::desk::store as desk;
use crate::desk::sync::allowed;
use crate::import::ImportNames;
use crate::model::Content;
use crate::searching::must_find_affected;
use crate::store;
use crate::views::SEARCH_CONFIRMED;

/// Most searches that are told to be lost by one change.
const MOST_LOST: usize = 10;

/// What the pages for one text stand on.
pub(super) struct TextPages {
    pub site: Arc<Site>,
    pub names: KeptNames,
}

/// A text that somebody opened, with what public row it belongs to.
pub(super) struct Opened {
    pub content: Content,
    pub working: Working,
}

/// The text of an address, if the caller may write on it.
pub(super) async fn open(context: &Context, on: &Snapshot) -> Result<Opened> {
    let id: ContentId = context.param("id")?;
    let head = allowed(&**on, id, context.caller()?).await?;
    let content = store::find(&**on, id).await?.ok_or(Problem::NotFound)?;
    let working = if head.has_draft() {
        working_of(&**on, head).await?
    } else {
        Working {
            draft: service::first(&content),
            conflicts: Vec::new(),
            head,
        }
    };
    Ok(Opened { content, working })
}

pub(super) async fn get(pages: Arc<TextPages>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let opened = open(&context, &snapshot).await?;
    let page = draw(&pages, &context, &snapshot, opened, Vec::new()).await?;
    snapshot.end().await?;
    Ok(Reply::html(page))
}

/// The form with the draft as it stands.
pub(super) async fn draw(
    pages: &TextPages,
    context: &Context,
    on: &Snapshot,
    opened: Opened,
    errors: Vec<FieldError>,
) -> Result<String> {
    let draft = &opened.working.draft;
    let names = match page_words::needs_names(draft) {
        true => pages.names.get(&pages.site, on).await?,
        false => Arc::default(),
    };
    let text = page_words::markdown(&**on, &opened.content, &draft.document(), &names).await?;
    let around = around(context, on, &opened, names).await?;
    let values = around.shown(draft);
    let shown = Shown::of(draft, &text, &values);
    let written = Written {
        values,
        text,
        shown,
        errors,
    };
    Ok(page_view::view(context, &opened, &around, written)?.render()?)
}

async fn around(
    context: &Context,
    on: &Snapshot,
    opened: &Opened,
    names: Arc<ImportNames>,
) -> Result<Around> {
    let content = &opened.content;
    let parent = match opened.working.draft.field("parent").parse::<PageId>() {
        Ok(parent) => store::find_place(&**on, parent, content.locale).await?,
        Err(_) => None,
    };
    let (organisations, _) = context.app.organisations(on).await?;
    Ok(Around {
        present: desk::list_present(&**on, content.id, context.now).await?,
        plans: match opened.working.head.plans {
            0 => Vec::new(),
            _ => desk::list_schedule(&**on, content.id).await?,
        },
        parent,
        names,
        organisations,
    })
}

/// What came of saving a form; stored with the form's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Saved {
    conflict: bool,
}

pub(super) async fn post(pages: Arc<TextPages>, context: Context) -> Result<Reply> {
    let form = context.form();
    let then = form.text("then");
    let id: ContentId = context.param("id")?;
    let saved = match save(&pages, &context, id, &form).await {
        Ok(saved) => saved,
        Err(Problem::Invalid(errors)) => {
            return again(
                &pages,
                &context,
                &form,
                errors,
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await;
        }
        Err(Problem::Conflict(message)) => {
            let errors = vec![about_all(message)];
            return again(&pages, &context, &form, errors, StatusCode::CONFLICT).await;
        }
        Err(problem) => return Err(problem),
    };
    if saved.conflict {
        return afresh(&pages, &context, Vec::new(), StatusCode::CONFLICT).await;
    }
    let done = match then.as_str() {
        "publish" => publish(&pages, &context, id, &form).await,
        "submit" => submit(&context, id, &form.text("note")).await,
        _ => Ok("draft-saved"),
    };
    match done {
        Ok("conflict") => afresh(&pages, &context, Vec::new(), StatusCode::CONFLICT).await,
        Ok(done) => Ok(Reply::see_other(&format!("/admin/pages/{id}?done={done}"))),
        Err(Problem::Invalid(errors)) => {
            afresh(&pages, &context, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Problem::Conflict(message)) => {
            afresh(
                &pages,
                &context,
                vec![about_all(message)],
                StatusCode::CONFLICT,
            )
            .await
        }
        Err(problem) => Err(problem),
    }
}

/// A sentence that is about no field of its own.
pub(super) fn about_all(message: Message) -> FieldError {
    FieldError {
        field: String::new(),
        message,
    }
}

/// Lays what was written into the draft.
async fn save(pages: &TextPages, context: &Context, id: ContentId, form: &Form) -> Result<Saved> {
    let request = form.request_id()?;
    let caller = context.caller()?.clone();
    let (app, now) = (context.app.clone(), context.now);
    let snapshot = app.database.snapshot().await?;
    let opened = open(context, &snapshot).await?;
    let actor = caller.acting(Permission::PageEdit, opened.content.organisation)?;
    let places = places(pages, &snapshot).await?;
    snapshot.end().await?;
    let operation = format!("page.edit {id} {}", form.digest());
    let (sent, ids, draft) = (form.clone(), app.ids.clone(), opened.working.draft);
    // A long text takes longer to read and compare than others shall wait.
    let patch = tokio::task::spawn_blocking(move || {
        page_words::written(&sent, request, &draft, &places, &*ids, now)
    });
    let patch = patch.await??;
    let database = app.database.clone();
    let once = database
        .write(move |write| {
            Box::pin(async move {
                let head = allowed(&**write, id, &caller).await?;
                let work = || -> futures::future::BoxFuture<'_, Result<Saved>> {
                    Box::pin(async move {
                        if patch.is_empty() {
                            return Ok(Saved { conflict: false });
                        }
                        let by = By {
                            person: Some(caller.person),
                            name: &caller.name,
                            now,
                        };
                        let patches = std::slice::from_ref(&patch);
                        let (_, done) =
                            service::change(write, by, &*app.ids, head, patches).await?;
                        let conflict = done
                            .iter()
                            .flat_map(|done| done.parts.values())
                            .any(|result| *result == PartResult::Conflict);
                        Ok(Saved { conflict })
                    })
                };
                write_once(write, request, &operation, &actor, now, work).await
            })
        })
        .await?;
    Ok(once.answer)
}

async fn places(pages: &TextPages, on: &Snapshot) -> Result<Places> {
    let names = pages.names.get(&pages.site, on).await?;
    let known = store::list_known(&**on).await?;
    let pages = known
        .into_iter()
        .map(|known| (known.address, PageId(known.page_id)))
        .collect();
    Ok(Places { names, pages })
}

/// Makes the draft public, unless searches would lose the page and nobody said that this is meant.
async fn publish(
    pages: &TextPages,
    context: &Context,
    id: ContentId,
    form: &Form,
) -> Result<&'static str> {
    let (app, now) = (context.app.clone(), context.now);
    let caller = context.caller()?.clone();
    let snapshot = app.database.snapshot().await?;
    let opened = open(context, &snapshot).await?;
    caller.acting(Permission::PagePublish, opened.content.organisation)?;
    let (organisations, _) = app.organisations(&snapshot).await?;
    if !form.has(SEARCH_CONFIRMED) {
        let after = would_be(&opened.working.draft, &opened.content)?;
        let both = (&opened.content, &after);
        warn_of_search(&pages.site, &snapshot, &organisations, both, now).await?;
    }
    snapshot.end().await?;
    let reason = form.text(care::REASON);
    let database = app.database.clone();
    let published = database
        .write(move |write| {
            Box::pin(async move {
                let head = allowed(&**write, id, &caller).await?;
                let actor = caller.acting(Permission::PagePublish, head.organisation)?;
                let acting = Acting {
                    author: Author {
                        actor: &actor,
                        now,
                        ids: &*app.ids,
                    },
                    organisations: &organisations,
                };
                let may = |owner| caller.may(Permission::PagePublish, owner);
                publish::publish(write, acting, head, &may, Gate::Ask(&reason)).await
            })
        })
        .await?;
    Ok(match published {
        Published::Version(_) => "saved",
        Published::Conflict => "conflict",
    })
}

/// What would be public.
fn would_be(draft: &Draft, before: &Content) -> Result<Content> {
    let (mut after, errors) = fields::content_of(draft, before);
    after.published = true;
    if errors.is_empty() {
        Ok(after)
    } else {
        Err(Problem::Invalid(errors))
    }
}

async fn submit(context: &Context, id: ContentId, note: &str) -> Result<&'static str> {
    let (app, now, note) = (context.app.clone(), context.now, note.to_owned());
    let caller = context.caller()?.clone();
    let snapshot = app.database.snapshot().await?;
    let (organisations, _) = app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let database = app.database.clone();
    database
        .write(move |write| {
            Box::pin(async move {
                let head: Head = allowed(&**write, id, &caller).await?;
                let actor = caller.acting(Permission::PageEdit, head.organisation)?;
                let acting = Acting {
                    author: Author {
                        actor: &actor,
                        now,
                        ids: &*app.ids,
                    },
                    organisations: &organisations,
                };
                publish::submit(write, acting, head, &note).await
            })
        })
        .await?;
    Ok("submitted")
}

/// Tells which searches would no longer find what they must, if the editor has not said that this
/// is meant.
async fn warn_of_search(
    site: &Site,
    on: &Snapshot,
    organisations: &OrganisationList,
    (before, after): (&Content, &Content),
    now: torg_kernel::Timestamp,
) -> Result<()> {
    let lost = must_find_affected(on, &site.index, organisations, before, after, now).await?;
    if lost.is_empty() {
        return Ok(());
    }
    let told = lost.into_iter().take(MOST_LOST).map(|failure| FieldError {
        field: SEARCH_CONFIRMED.to_owned(),
        message: Message::new("searching-lost")
            .with("query", failure.query)
            .with("address", failure.address)
            .with("within", failure.within),
    });
    Err(Problem::Invalid(told.collect()))
}

/// The form with the draft as it stands, after a step that could not be taken.
pub(super) async fn afresh(
    pages: &TextPages,
    context: &Context,
    errors: Vec<FieldError>,
    status: StatusCode,
) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let opened = open(context, &snapshot).await?;
    let page = draw(pages, context, &snapshot, opened, errors).await?;
    snapshot.end().await?;
    let mut reply = Reply::form_again(page);
    reply.status = status;
    Ok(reply)
}

/// The form once more, with what was written, which is not in the draft yet.
async fn again(
    pages: &TextPages,
    context: &Context,
    form: &Form,
    errors: Vec<FieldError>,
    status: StatusCode,
) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let opened = open(context, &snapshot).await?;
    let names = pages.names.get(&pages.site, &snapshot).await?;
    let around = around(context, &snapshot, &opened, names).await?;
    snapshot.end().await?;
    let mut values: BTreeMap<String, String> = around.shown(&opened.working.draft);
    for (name, value) in &mut values {
        if form.has(name) {
            *value = form.text(name);
        }
    }
    let written = Written {
        values,
        text: form.text("text"),
        shown: Shown::told(form),
        errors,
    };
    let page = page_view::view(context, &opened, &around, written)?;
    let mut reply = Reply::form_again(page.render()?);
    reply.status = status;
    Ok(reply)
}
