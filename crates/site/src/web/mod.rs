//! The site's pages.

pub(crate) mod languages;
mod log;
mod lookups;
mod page_calendar;
mod page_draft;
mod page_edit;
mod page_list;
mod page_new;
mod page_steps;
mod page_view;
mod page_words;
mod search;
mod search_admin;
mod search_api;
mod search_languages;

use std::sync::Arc;

use askama::Template;
use async_trait::async_trait;
use torg_db::Snapshot;
use torg_kernel::{Access, Locale, Permission, PersonId, Result};
use torg_search::Index;
use torg_ui::{Chrome, NavLink, Shell, T};
use torg_web::{Context, Draw, ErrorPages, Reply, Routes, language_cookie};

use crate::comments::Comments;
use crate::history::History;
use crate::import::ImportNames;
use crate::read;
use crate::searching::{Searching, filters};
use crate::views::{ErrorPage, KeptPage};
pub use lookups::{FactPlace, Lookups};

/// What the site needs of other rooms; wired by the binary.
#[async_trait]
pub trait Neighbours: Send + Sync {
    /// Keys of all units and facts, for texts that point at them.
    ///
    /// # Errors
    /// When the database fails.
    async fn names(&self, on: &Snapshot) -> Result<ImportNames>;
    /// What people are called, for the log.
    ///
    /// # Errors
    /// When the database fails.
    async fn people(&self, on: &Snapshot, ids: &[PersonId]) -> Result<Vec<(PersonId, String)>>;
}

/// The site's pages and what they stand on.
pub struct Site {
    /// The search index of this node.
    pub index: Arc<Index>,
    /// What is known of searches.
    pub searching: Arc<Searching>,
    /// Comments on pages.
    pub comments: Arc<Comments>,
    /// Versions, previews and the trash.
    pub history: Arc<History>,
    /// Other rooms.
    pub neighbours: Arc<dyn Neighbours>,
    /// What the block editor finds in other rooms.
    pub lookups: Arc<dyn Lookups>,
}

impl Site {
    /// The site's routes, and the page for every other address.
    #[must_use]
    pub fn routes(self: &Arc<Self>) -> Routes {
        let read_log = Access::Needs(Permission::LogRead);
        self.desk_routes()
            .answer("/sok", filters::SWEDISH, {
                let site = self.clone();
                move |request| Box::pin(search::page(site.clone(), request, Locale::SV))
            })
            .answer("/en/search", filters::ENGLISH, {
                let site = self.clone();
                move |request| Box::pin(search::page(site.clone(), request, Locale::EN))
            })
            .answer("/api/v1/search", search_api::ASKED, {
                let site = self.clone();
                move |request| Box::pin(search_api::api(site.clone(), request))
            })
            .page(languages::SWEDISH, &[], |request| {
                Box::pin(languages::page(request, Locale::SV))
            })
            .page(languages::ENGLISH, &[], |request| {
                Box::pin(languages::page(request, Locale::EN))
            })
            .post("/admin/language", Access::LoggedIn, language)
            .get("/admin/log", read_log, {
                let site = self.clone();
                move |context| log::latest(site.clone(), context)
            })
            .get("/admin/log/{kind}/{id}", read_log, {
                let site = self.clone();
                move |context| log::of_object(site.clone(), context)
            })
            .fallback(|request| Box::pin(read::page(request)))
            .with_query(|request| Box::pin(read::with_query(request)))
            .and(lookups::routes(self))
            .and(search_api::routes(self))
            .and(search_admin::routes(self))
            .and(self.comments.routes())
            .and(crate::history::routes(self))
            .and(crate::navigation::routes(self))
    }
}

impl Site {
    /// What is written before it is public.
    fn desk_routes(self: &Arc<Self>) -> Routes {
        let edit = Access::Needs(Permission::PageEdit);
        let read = Access::Needs(Permission::PageRead);
        let pages = Arc::new(page_edit::TextPages {
            site: self.clone(),
            names: page_words::KeptNames::default(),
        });
        let mut routes = Routes::new()
            .get("/admin/pages", read, page_list::get)
            .get("/admin/pages/calendar", read, page_calendar::get)
            .get("/admin/pages/new", edit, page_new::get)
            .post("/admin/pages/new", edit, page_new::post)
            .get("/admin/pages/{id}", edit, {
                let pages = pages.clone();
                move |context| page_edit::get(pages.clone(), context)
            })
            .post("/admin/pages/{id}", edit, {
                let pages = pages.clone();
                move |context| page_edit::post(pages.clone(), context)
            })
            .post("/admin/pages/{id}/draft", edit, {
                let pages = pages.clone();
                move |context| page_draft::post(pages.clone(), context)
            });
        for step in page_steps::Step::ALL {
            let path = format!("/admin/pages/{{id}}/{}", step.as_str());
            let pages = pages.clone();
            routes = routes.post(&path, Access::Needs(step.needs()), move |context| {
                page_steps::post(pages.clone(), context, step)
            });
        }
        routes
    }
}

/// Draws error pages in the site's frame.
pub struct SiteErrors {
    /// The sender's name, for when the database cannot give a frame.
    pub city: String,
}

impl SiteErrors {
    /// A frame that needs nothing: the site stands even when its database is gone.
    fn bare(&self, locale: Locale) -> Arc<Chrome> {
        let english = locale == Locale::EN;
        Arc::new(Chrome {
            locale,
            city: self.city.clone(),
            base_url: String::new(),
            home_href: if english { "/en" } else { "/" }.to_owned(),
            themes: Vec::new(),
            all_themes: Vec::new(),
            quick: Vec::new(),
            find: Vec::new(),
            search_href: if english { "/en/search" } else { "/sok" }.to_owned(),
            languages: Vec::new(),
            phone: None,
            phone_hours: None,
            accessibility_href: "/tillganglighet".to_owned(),
            privacy_href: "/personuppgifter".to_owned(),
            demo: false,
        })
    }
}

impl SiteErrors {
    fn shell(&self, draw: &Draw, title: impl Into<String>) -> Shell {
        let chrome = draw
            .chrome
            .clone()
            .unwrap_or_else(|| self.bare(draw.locale));
        let mut shell = Shell::new(chrome, title, "");
        shell.noindex = true;
        shell
    }
}

impl ErrorPages for SiteErrors {
    fn draw(&self, draw: Draw) -> String {
        let t = T::of(draw.locale);
        let workspace = draw.path == "/admin" || draw.path.starts_with("/admin/");
        let page = ErrorPage {
            shell: self.shell(&draw, ErrorPage::title(t, draw.status)),
            status: draw.status,
            detail: None,
            request_id: (draw.status >= 500).then_some(draw.request_id),
            log_in_href: (workspace && draw.status == 403).then(|| "/admin/log-in".to_owned()),
        };
        page.render().unwrap_or_default()
    }

    fn kept(&self, draw: Draw, fields: Vec<(String, String)>) -> String {
        let t = T::of(draw.locale);
        // Long texts are shown, so that they can be copied whatever happens next.
        // What was shown before, which some forms send back to compare with, was not written now.
        let (written, hidden) = fields.into_iter().partition(|(name, value)| {
            (value.len() > 80 || value.contains('\n')) && !name.starts_with("base_")
        });
        let heading = if draw.status == 401 {
            "logged-out-heading"
        } else {
            "not-saved-heading"
        };
        let page = KeptPage {
            shell: self.shell(&draw, t.get(heading)),
            logged_out: draw.status == 401,
            action: draw.path.clone(),
            hidden,
            written,
        };
        page.render().unwrap_or_default()
    }
}

/// A link to a page of a list, or none.
pub(crate) fn paging(path: &str, query: &str, page: usize, pages: usize) -> torg_ui::Paging {
    let href = |page: usize| {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        if !query.is_empty() {
            pairs.append_pair("q", query);
        }
        if page > 1 {
            pairs.append_pair("page", &page.to_string());
        }
        let pairs = pairs.finish();
        if pairs.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{pairs}")
        }
    };
    torg_ui::Paging {
        page,
        pages,
        previous_href: (page > 1).then(|| href(page - 1)),
        next_href: (page < pages).then(|| href(page + 1)),
    }
}

/// The number of a page in a list, from 1.
pub(crate) fn page_number(text: Option<&str>) -> usize {
    text.and_then(|text| text.parse().ok())
        .filter(|page| (1..=1_000).contains(page))
        .unwrap_or(1)
}

/// Shows the workspace in another language from now on, beginning with the page one was on.
async fn language(context: Context) -> Result<Reply> {
    let to = match context.form().text("to").as_str() {
        "en" => Locale::EN,
        _ => Locale::SV,
    };
    // Only the path counts, and only within the workspace: a referrer can say anything.
    let from = context
        .headers
        .get("referer")
        .and_then(|value| value.to_str().ok());
    let path = from
        .and_then(|from| from.split_once("://"))
        .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]))
        .map(|path| path.split(['?', '#']).next().unwrap_or_default())
        .filter(|path| path.starts_with("/admin/"))
        .unwrap_or("/admin");
    let cookie = language_cookie(to, context.app.settings.is_https());
    Ok(Reply::see_other(path).with_cookie(&cookie))
}

/// A link of the workspace with its words.
fn crumb(t: T, key: &str, href: &str) -> NavLink {
    NavLink::new(t.get(key), href)
}
