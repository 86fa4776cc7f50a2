//! What a text was and what becomes of it: its versions side by side and back into the draft, the
//! page as it stood on a day, previews by secret link, what reviewers say and suggest, the trash,
//! copies, many pages at once, and the languages of a page.
//!
//! **Versions** are what the log says of a text after each change, and what the desk kept of it
//! (handed on, named, planned, thrown away). No table of their own: what the log has weeded can be
//! compared no more. Restoring lays old words into the draft, never before readers.
//!
//! **Secrets.** A preview link is 128 random bits, of which only a digest is stored; it ends at a
//! time, can be ended before, is never kept by caches and tells search engines to stay away.
//!
//! **The trash** holds texts whose rows are gone, so that nothing else has to look past them. What
//! is brought back from there is not public.

mod align;
mod asof;
mod bulk;
mod compare;
mod copy;
pub(crate) mod migration;
mod preview;
mod review;
mod shown;
mod store;
mod suggestion;
mod translations;
mod trash;
mod versions;
mod views;

pub(crate) use store::find_version_of;

use std::sync::Arc;

use futures::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use torg_db::{Database, Snapshot, WriteContext};
use torg_jobs::{Handlers, Rule as When, Schedule};
use torg_kernel::{
    Access, Actor, ContentId, OrganisationId, Permission, PersonId, Problem, RequestId, Result,
    Timestamp,
};
use torg_log::{Author, write_once};
use torg_ui::{Desk, DeskSection, NavLink, T};
use torg_web::{Context, OrganisationList, Reply, Routes, desk};

use crate::desk::publish::Acting;
use crate::model::Content;
use crate::store as pages;
use crate::web::Site;

type Handler = fn(Arc<Site>, Context) -> BoxFuture<'static, Result<Reply>>;

macro_rules! handler {
    ($page:path) => {
        (|site, context| Box::pin($page(site, context))) as Handler
    };
}

/// What a city settles about history and trash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistorySettings {
    /// Days that a text lies in the trash before it is gone for good.
    pub trash_days: i64,
    /// The most days that a secret link to a draft lasts.
    pub preview_days: i64,
}

impl Default for HistorySettings {
    fn default() -> Self {
        Self {
            trash_days: 30,
            preview_days: 60,
        }
    }
}

/// History on this node.
#[derive(Debug, Default)]
pub struct History {
    /// What the city has settled.
    pub settings: HistorySettings,
}

impl History {
    /// History with the city's settings.
    #[must_use]
    pub const fn new(settings: HistorySettings) -> Self {
        Self { settings }
    }

    /// Takes away for good what lay in the trash for its days, with what was kept and said of it.
    ///
    /// # Errors
    /// When the database fails; what was taken away before that stays away.
    pub async fn empty_trash(&self, database: &Database, now: Timestamp) -> Result<()> {
        trash::weed(database, self.settings.trash_days, now).await
    }

    /// The nightly weeding of the trash.
    ///
    /// # Panics
    /// Never: the time of day is written here.
    #[must_use]
    pub fn jobs(self: &Arc<Self>) -> Handlers {
        let history = self.clone();
        let night = When::Daily {
            at: jiff::civil::time(2, 55, 0, 0),
        };
        Handlers::new()
            .on("empty_trash", move |job| {
                let history = history.clone();
                async move { history.empty_trash(&job.database, job.clock.now()).await }
            })
            .schedule(Schedule::new("empty_trash", night))
    }
}

/// The routes of this part of the workspace.
pub(crate) fn routes(site: &Arc<Site>) -> Routes {
    let read = Access::Needs(Permission::PageRead);
    let edit = Access::Needs(Permission::PageEdit);
    let get = |routes: Routes, path: &str, access, page: Handler| {
        let site = site.clone();
        routes.get(path, access, move |context| page(site.clone(), context))
    };
    let post = |routes: Routes, path: &str, access, page: Handler| {
        let site = site.clone();
        routes.post(path, access, move |context| page(site.clone(), context))
    };
    let mut routes = Routes::new();
    let of = |rest: &str| format!("/admin/pages/{{id}}/{rest}");
    for (path, access, page) in [
        (of("history"), read, handler!(versions::get)),
        (of("compare"), read, handler!(compare::get)),
        (of("as-of"), read, handler!(asof::get)),
        (of("as-of/page"), read, handler!(asof::page)),
        (of("preview"), read, handler!(preview::get)),
        (of("preview/page"), read, handler!(preview::own)),
        (of("review"), read, handler!(review::get)),
        (of("translation"), read, handler!(translations::beside)),
        (of("delete"), edit, handler!(trash::ask)),
        ("/admin/trash".to_owned(), edit, handler!(trash::list)),
        (
            "/admin/translations".to_owned(),
            read,
            handler!(translations::overview),
        ),
        (
            "/admin/preview/{secret}".to_owned(),
            Access::Public,
            handler!(preview::by_link),
        ),
    ] {
        routes = get(routes, &path, access, page);
    }
    for (path, access, page) in [
        (of("restore"), edit, handler!(compare::restore)),
        (of("preview"), edit, handler!(preview::make)),
        (of("preview/end"), edit, handler!(preview::end)),
        // Who reviews and who writes may say something; which of the two is asked in the service.
        (of("review"), read, handler!(review::post)),
        (of("translation"), edit, handler!(translations::settle)),
        (of("delete"), edit, handler!(trash::delete)),
        (of("copy"), edit, handler!(copy::post)),
        ("/admin/pages/bulk".to_owned(), read, handler!(bulk::post)),
        ("/admin/trash".to_owned(), edit, handler!(trash::restore)),
    ] {
        routes = post(routes, &path, access, page);
    }
    routes
}

/// Where one goes from the editor: icon, address, words.
pub(crate) fn links(t: T, content: &Content) -> Vec<(&'static str, String, String)> {
    let mut links = vec![
        ("scroll-text", "history", "history-heading"),
        ("message-square", "review", "review-heading"),
        ("eye", "preview", "preview-heading"),
    ];
    if content.has_source() {
        links.push(("languages", "translation", "translation-heading"));
    }
    links
        .into_iter()
        .map(|(icon, page, words)| {
            let href = format!("/admin/pages/{}/{page}", content.id);
            (icon, href, t.get(words).into_owned())
        })
        .collect()
}

/// The text of the address, if the caller may do this with it.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Forbidden`].
async fn load(context: &Context, on: &Snapshot, permission: Permission) -> Result<Content> {
    let id: ContentId = context.param("id")?;
    let content = pages::find(&**on, id).await?.ok_or(Problem::NotFound)?;
    context.acting(permission, content.organisation)?;
    Ok(content)
}

/// The same in a snapshot of its own, for what is written afterwards.
async fn loaded(context: &Context, permission: Permission) -> Result<Content> {
    let snapshot = context.app.database.snapshot().await?;
    let content = load(context, &snapshot, permission).await?;
    snapshot.end().await?;
    Ok(content)
}

/// Does something once for a form, however often it is sent. Says whether it had been done before.
pub(crate) async fn once<A, F>(
    context: &Context,
    actor: Actor,
    operation: String,
    request: RequestId,
    work: F,
) -> Result<torg_log::Once<A>>
where
    A: Serialize + DeserializeOwned + Send + 'static,
    F: for<'a> FnOnce(&'a WriteContext, Acting<'a>) -> BoxFuture<'a, Result<A>> + Send + 'static,
{
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let (ids, now) = (context.app.ids.clone(), context.now);
    let database = context.app.database.clone();
    database
        .write(move |write| {
            Box::pin(async move {
                let author = Author {
                    actor: &actor,
                    now,
                    ids: &*ids,
                };
                let acting = Acting {
                    author,
                    organisations: &organisations,
                };
                write_once(write, request, &operation, &actor, now, || {
                    work(write, acting)
                })
                .await
            })
        })
        .await
}

/// The frame of a page about a text: under the list of pages and the text itself.
fn frame(context: &Context, content: &Content, title: &str) -> Result<Desk> {
    let t = context.t();
    let mut frame = desk(context, DeskSection::Pages, title)?;
    frame.crumbs = vec![
        NavLink::new(t.get("desk-pages"), DeskSection::Pages.href()),
        NavLink::new(&*content.title, format!("/admin/pages/{}", content.id)),
    ];
    frame.public_href = content.address.to_string();
    Ok(frame)
}

/// What people are called; somebody who is gone has no name.
pub(crate) async fn names(
    site: &Site,
    on: &Snapshot,
    people: impl IntoIterator<Item = Option<PersonId>>,
) -> Result<People> {
    let mut ids: Vec<PersonId> = people.into_iter().flatten().collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(People(site.neighbours.people(on, &ids).await?))
}

/// Names of people by their ids.
pub(crate) struct People(Vec<(PersonId, String)>);

impl People {
    pub(crate) fn name(&self, t: T, id: Option<PersonId>) -> String {
        let Some(id) = id else { return String::new() };
        let found = self.0.iter().find(|(known, _)| *known == id);
        found.map_or_else(
            || t.get("log-actor-gone").into_owned(),
            |(_, name)| name.clone(),
        )
    }
}

/// The organisations for which the caller has a permission, in a settled order.
fn own(context: &Context, permission: Permission) -> Result<Vec<OrganisationId>> {
    let scopes = &context.caller()?.scopes;
    let mut own: Vec<OrganisationId> = scopes
        .get(&permission)
        .map(|scope| scope.organisations.keys().copied().collect())
        .unwrap_or_default();
    own.sort_unstable();
    Ok(own)
}

/// The name of an organisation.
fn owner(organisations: &OrganisationList, id: OrganisationId, t: T) -> String {
    organisations
        .find(id)
        .map(|entry| entry.name(t.locale()).to_owned())
        .unwrap_or_default()
}
