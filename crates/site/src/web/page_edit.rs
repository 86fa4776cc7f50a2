//! The form for one page.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use torg_db::Snapshot;
use torg_kernel::{
    ContentId, FieldError, LinkTarget, Message, PageId, Permission, Problem, Result,
};
use torg_log::{Author, PayloadClass, history, write_once};
use torg_markup::{Goal, NoteKind, Resolver, body_to_markdown, parse_markdown_body};
use torg_ui::{DeskSection, date_time};
use torg_web::{Context, Form, OrganisationList, Reply, StatusCode, desk};

use super::{Site, crumb};
use crate::export::FormNames;
use crate::import::{ImportNames, media};
use crate::model::Content;
use crate::searching::must_find_affected;
use crate::service::{Edit, edit_content};
use crate::store;
use crate::views::{Conflict, PageEditPage, SEARCH_CONFIRMED};

/// Most searches that are told to be lost by one change.
const MOST_LOST: usize = 10;

/// What stands in the fields.
struct Fields {
    title: String,
    description: String,
    reviewed: String,
    address: String,
    text: String,
    version: String,
}

pub(super) async fn get(site: Arc<Site>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot).await?;
    let names = site.neighbours.names(&snapshot).await?;
    let text = markdown(&snapshot, &content, &names).await?;
    snapshot.end().await?;
    let fields = Fields {
        title: content.title.clone(),
        description: content.description.clone(),
        reviewed: content.reviewed.clone().unwrap_or_default(),
        address: content.address.to_string(),
        text,
        version: content.version.to_string(),
    };
    let page = view(&context, &content, fields, Vec::new(), None)?;
    Ok(Reply::html(page.render()?))
}

/// The content, if the caller may change it.
async fn load(context: &Context, on: &Snapshot) -> Result<Content> {
    let id: ContentId = context.param("id")?;
    let content = store::find(&**on, id).await?.ok_or(Problem::NotFound)?;
    context.acting(Permission::PageEdit, content.organisation)?;
    Ok(content)
}

async fn markdown(on: &Snapshot, content: &Content, names: &ImportNames) -> Result<String> {
    let mut pages: Vec<_> = content
        .document
        .links()
        .into_iter()
        .filter_map(|link| match link {
            LinkTarget::Page { id, .. } => Some(id.0),
            _ => None,
        })
        .collect();
    pages.push(content.page.0);
    pages.sort_unstable();
    pages.dedup();
    let mut pages = store::list_elsewhere(&**on, &pages).await?;
    // The content's own language first: that is the address a link is written with.
    pages.sort_by_key(|page| page.locale != content.locale.as_str());
    let form = FormNames {
        pages,
        units: names
            .units
            .iter()
            .map(|(key, id)| (*id, key.clone()))
            .collect(),
        facts: names
            .facts
            .iter()
            .map(|(key, id)| (*id, key.clone()))
            .collect(),
        pictures: names
            .pictures
            .iter()
            .map(|(key, id)| (*id, key.clone()))
            .collect(),
        files: names
            .files
            .iter()
            .map(|(key, id)| (*id, key.clone()))
            .collect(),
    };
    Ok(body_to_markdown(&content.document, &form))
}

fn view(
    context: &Context,
    content: &Content,
    fields: Fields,
    errors: Vec<FieldError>,
    conflict: Option<Conflict>,
) -> Result<PageEditPage> {
    let t = context.t();
    let mut frame = desk(context, DeskSection::Pages, &content.title)?;
    frame.crumbs = vec![crumb(t, "desk-pages", DeskSection::Pages.href())];
    frame.public_href = content.address.to_string();
    let may_read_log = context.caller()?.has(Permission::LogRead);
    Ok(PageEditPage {
        desk: frame,
        action: format!("/admin/pages/{}", content.id),
        cancel_href: DeskSection::Pages.href().to_owned(),
        log_href: may_read_log.then(|| format!("/admin/log/page/{}", content.page)),
        locale: content.locale,
        title: fields.title,
        description: fields.description,
        reviewed: fields.reviewed,
        address: fields.address,
        text: fields.text,
        version: fields.version,
        request_id: context.new_request_id(),
        errors,
        conflict,
    })
}

pub(super) async fn post(site: Arc<Site>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let content = load(&context, &snapshot).await?;
    let names = site.neighbours.names(&snapshot).await?;
    let known = store::list_known(&*snapshot).await?;
    snapshot.end().await?;
    let form = context.form();
    let pages = known
        .into_iter()
        .map(|known| (known.address, PageId(known.page_id)))
        .collect();
    match save(&site, &context, &content, &form, &names, pages).await {
        Ok(()) => Ok(Reply::see_other(&format!(
            "/admin/pages/{}?done=saved",
            content.id
        ))),
        Err(Problem::Invalid(errors)) => {
            again(&site, &context, &content, &form, errors, false).await
        }
        Err(Problem::Conflict(_)) => {
            again(&site, &context, &content, &form, Vec::new(), true).await
        }
        Err(problem) => Err(problem),
    }
}

async fn save(
    site: &Site,
    context: &Context,
    content: &Content,
    form: &Form,
    names: &ImportNames,
    pages: HashMap<String, PageId>,
) -> Result<()> {
    let actor = context.acting(Permission::PageEdit, content.organisation)?;
    let address = if form.has("address") {
        form.text("address")
    } else {
        content.address.to_string()
    };
    if address.trim() != content.address.as_str() {
        context.acting(Permission::PagePublish, content.organisation)?;
    }
    let caller = context.caller()?.clone();
    let request = form.request_id()?;
    let (app, now) = (context.app.clone(), context.now);
    let (blocks, _) = parse_markdown_body(&form.text("text"))
        .map_err(|error| Problem::field("text", error.message()))?;
    let resolver = FormResolver {
        pages: &pages,
        names,
    };
    let (document, notes) = torg_markup::resolve("", &blocks, &resolver, &*app.ids, now);
    let unknown: Vec<FieldError> = notes
        .iter()
        .filter(|note| leads_nowhere(&note.kind, content))
        .map(|note| FieldError {
            field: "text".to_owned(),
            message: note.kind.message(),
        })
        .collect();
    if !unknown.is_empty() {
        return Err(Problem::Invalid(unknown));
    }
    let edit = Edit {
        id: content.id,
        version: form.text("version").parse().unwrap_or(0),
        title: form.text("title"),
        description: form.text("description"),
        reviewed: form.text("reviewed"),
        address,
        document,
    };
    let operation = format!("page.edit {} {}", content.id, form.digest());
    let database = app.database.clone();
    let snapshot = database.snapshot().await?;
    let (organisations, _) = app.organisations(&snapshot).await?;
    // Whoever opened the form on an older text is told of that first.
    if !form.has(SEARCH_CONFIRMED) && edit.version == content.version {
        let after = edit.preview(content)?;
        warn_of_search(site, &snapshot, &organisations, (content, &after), now).await?;
    }
    snapshot.end().await?;
    database
        .write(move |write| {
            Box::pin(async move {
                let author = Author {
                    actor: &actor,
                    now,
                    ids: &*app.ids,
                };
                let work = || -> futures::future::BoxFuture<'_, Result<i64>> {
                    let may = |owner| caller.may(Permission::PagePublish, owner);
                    Box::pin(async move {
                        edit_content(write, author, &organisations, edit, &may).await
                    })
                };
                write_once(write, request, &operation, &actor, now, work).await
            })
        })
        .await?;
    Ok(())
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

/// Whether a remark says that the writer pointed at something that is not there. A link that was
/// broken before may stay: it is not this writer's fault, and the text must still be savable.
fn leads_nowhere(kind: &NoteKind, before: &Content) -> bool {
    match kind {
        NoteKind::UnitUnknown { .. } | NoteKind::FactUnknown { .. } => true,
        NoteKind::LinkMissing { href } => !before
            .document
            .links()
            .into_iter()
            .any(|link| matches!(link, LinkTarget::Missing { original } if original == href)),
        _ => false,
    }
}

/// The form once more, with what was written and what is wrong with it.
async fn again(
    site: &Site,
    context: &Context,
    before: &Content,
    form: &Form,
    errors: Vec<FieldError>,
    conflicting: bool,
) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let now = store::find(&*snapshot, before.id)
        .await?
        .ok_or(Problem::NotFound)?;
    let names = site.neighbours.names(&snapshot).await?;
    let mut fields = Fields {
        title: form.text("title"),
        description: form.text("description"),
        reviewed: form.text("reviewed"),
        address: form.text("address"),
        text: form.text("text"),
        version: form.text("version"),
    };
    let mut conflict = None;
    if conflicting {
        // Whoever saves now has seen both texts.
        fields.version = now.version.to_string();
        let text = markdown(&snapshot, &now, &names).await?;
        conflict = Some(conflict_with(site, context, &snapshot, now, text).await?);
    }
    snapshot.end().await?;
    let page = view(context, before, fields, errors, conflict)?;
    let mut reply = Reply::form_again(page.render()?);
    if conflicting {
        reply.status = StatusCode::CONFLICT;
    }
    Ok(reply)
}

async fn conflict_with(
    site: &Site,
    context: &Context,
    on: &Snapshot,
    saved: Content,
    text: String,
) -> Result<Conflict> {
    let events = history(&**on, &saved.subject(), &[PayloadClass::Public], 1).await?;
    let person = events.first().and_then(|event| event.actor.person());
    let people = site.neighbours.people(on, person.as_slice()).await?;
    Ok(Conflict {
        person: people
            .into_iter()
            .next()
            .map(|(_, name)| name)
            .unwrap_or_default(),
        time: date_time(context.t(), saved.updated_at),
        title: saved.title,
        description: saved.description,
        text,
    })
}

struct FormResolver<'a> {
    pages: &'a HashMap<String, PageId>,
    names: &'a ImportNames,
}

impl Resolver for FormResolver<'_> {
    fn link(&self, goal: Goal<'_>) -> Option<LinkTarget> {
        let address = match goal {
            Goal::Address(address) => address.to_owned(),
            Goal::File(path) => format!("/{path}"),
            Goal::Url(_) | Goal::Key(_) => return None,
        };
        let address = if address.len() > 1 {
            address.trim_end_matches('/')
        } else {
            &address
        };
        self.pages.get(address).map(|id| LinkTarget::Page {
            id: *id,
            fragment: None,
        })
    }
    fn unit(&self, key: &str) -> Option<torg_kernel::UnitId> {
        self.names
            .units
            .get(key)
            .copied()
            .or_else(|| key.parse().ok())
    }
    fn picture(&self, goal: Goal<'_>) -> Option<torg_kernel::PictureId> {
        media(goal, &self.names.pictures)
    }
    fn file(&self, goal: Goal<'_>) -> Option<torg_kernel::FileId> {
        media(goal, &self.names.files)
    }
    fn fact(&self, key: &str) -> Option<torg_kernel::FactId> {
        self.names
            .facts
            .get(key)
            .copied()
            .or_else(|| key.parse().ok())
    }
}
