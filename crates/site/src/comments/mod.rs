//! Comments on dated pages: written by anybody, read by a person before they are shown.
//!
//! The page is cached and the same for everybody, so it holds a link to the form and not the form:
//! the form is made for one reader at a time and carries what must be that reader's alone, the id
//! that makes a resend happen once, the time at which it was made and the key by which the writer
//! finds the comment again. It costs the writer one more page, and the readers, who are many
//! more, nothing. No cookie and no script is needed for any of it.

mod desk;
mod exchange;
mod form;
mod limit;
mod model;
mod one;
mod public;
mod service;
mod store;
mod weed;

use std::sync::Arc;

use torg_jobs::{Handlers, Rule as When, Schedule};
use torg_kernel::{Access, ContentId, Locale, Permission};
use torg_web::Routes;

use crate::searching::Source;
pub use exchange::{
    comparable_comment, export_comments, import_comments, list_comparable_comments,
};
use limit::Shares;
pub(crate) use public::shown;
pub(crate) use store::hand_over;

/// Comments on pages of these organisations that nobody has read yet.
pub(crate) async fn waiting<C: torg_db::ConnectionTrait>(
    on: &C,
    own: &[torg_kernel::OrganisationId],
) -> Result<i64, torg_db::DbErr> {
    store::length(on, store::Queue::Waiting, own).await
}

/// Comments on pages of these organisations that are shown and have been reported.
pub(crate) async fn reported<C: torg_db::ConnectionTrait>(
    on: &C,
    own: &[torg_kernel::OrganisationId],
) -> Result<i64, torg_db::DbErr> {
    store::length(on, store::Queue::Reported, own).await
}

/// What a city settles about comments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentSettings {
    /// Seconds under which no person writes a comment: a form that comes back sooner was filled in
    /// by a program.
    pub least_seconds: i64,
    /// Comments and reports from one source within an hour.
    pub per_source: u32,
    /// Comments on one page within an hour.
    pub per_page: u32,
    /// Waiting comments on one page: no more are taken until somebody has read some.
    pub most_waiting: i64,
    /// Approved comments on a page, after which it takes no more.
    pub most: i64,
    /// More links than this, and the comment is held apart from the others that wait.
    pub links: i64,
    /// Days after which rejected and withdrawn comments are weeded.
    pub weeding_days: i64,
    /// The number of the decision to weed them (arkivlagen 1990:782, section 10). Nothing is
    /// weeded while it is empty.
    pub weeding_decision: String,
}

impl Default for CommentSettings {
    fn default() -> Self {
        Self {
            least_seconds: 3,
            per_source: 10,
            per_page: 60,
            most_waiting: 200,
            most: 500,
            links: 2,
            weeding_days: 30,
            weeding_decision: String::new(),
        }
    }
}

/// Comments on this node.
#[derive(Debug)]
pub struct Comments {
    /// What the city has settled.
    pub settings: CommentSettings,
    sources: Shares<Source>,
    pages: Shares<ContentId>,
}

/// A page about comments, whatever the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The form.
    Write,
    /// One's own comment, by its key: the thanks, and where it is taken back.
    Own,
    /// Where a reader says that a comment breaks the rules.
    Report,
}

impl Place {
    const fn path(self, locale: Locale) -> &'static str {
        match (self, matches!(locale, Locale::EN)) {
            (Self::Write, false) => "/kommentera",
            (Self::Write, true) => "/en/comment",
            (Self::Own, false) => "/kommentera/min",
            (Self::Own, true) => "/en/comment/mine",
            (Self::Report, false) => "/kommentera/anmal",
            (Self::Report, true) => "/en/comment/report",
        }
    }
}

/// What the address of the form calls the page.
fn page_parameter(locale: Locale) -> &'static str {
    if locale == Locale::EN { "page" } else { "sida" }
}

/// Where staff read comments.
const DESK: &str = "/admin/comments";

/// Names of the rules with the keys of their words.
pub(crate) fn rules() -> [(&'static str, &'static str); 6] {
    model::Rule::ALL.map(|rule| (rule.as_str(), rule.key()))
}

/// The tag of the one page that shows a content's comments.
fn tag(content: ContentId) -> String {
    format!("comments:{content}")
}

impl Comments {
    /// Comments with the city's settings. What sources have had is counted on each node and
    /// forgotten in a restart: it holds addresses of people's machines, which belong in no
    /// database.
    #[must_use]
    pub fn new(settings: CommentSettings) -> Self {
        Self {
            settings,
            sources: Shares::default(),
            pages: Shares::default(),
        }
    }

    /// The routes of both languages, and the staff's page.
    #[must_use]
    pub fn routes(self: &Arc<Self>) -> Routes {
        let mut routes = Routes::new();
        for locale in [Locale::SV, Locale::EN] {
            routes = routes.and(self.public(locale));
        }
        let moderate = Access::Needs(Permission::CommentModerate);
        let (get, post, undo) = (self.clone(), self.clone(), self.clone());
        routes
            .get(DESK, moderate, move |context| {
                desk::get(get.clone(), context)
            })
            .post(DESK, moderate, move |context| {
                desk::decide(post.clone(), context)
            })
            .post(&format!("{DESK}/undo"), moderate, move |context| {
                desk::undo(undo.clone(), context)
            })
    }

    fn public(self: &Arc<Self>, locale: Locale) -> Routes {
        let open = Access::Public;
        let [write, send, take_back, report, tell] = std::array::from_fn(|_| self.clone());
        Routes::new()
            .get(Place::Write.path(locale), open, move |context| {
                public::get(write.clone(), context, locale)
            })
            .post(Place::Write.path(locale), open, move |context| {
                public::post(send.clone(), context, locale)
            })
            .get(Place::Own.path(locale), open, move |context| {
                one::own(context, locale)
            })
            .post(Place::Own.path(locale), open, move |context| {
                one::take_back(take_back.clone(), context, locale)
            })
            .get(Place::Report.path(locale), open, move |context| {
                one::report_form(report.clone(), context, locale)
            })
            .post(Place::Report.path(locale), open, move |context| {
                one::report(tell.clone(), context, locale)
            })
    }

    /// The nightly weeding.
    ///
    /// # Panics
    /// Never: the time of day is written here.
    #[must_use]
    pub fn jobs(self: &Arc<Self>) -> Handlers {
        let comments = self.clone();
        let night = When::Daily {
            at: jiff::civil::time(2, 40, 0, 0),
        };
        Handlers::new()
            .on("weed_comments", move |job| {
                let comments = comments.clone();
                async move { comments.weed(&job.database, &job.clock, &job.ids).await }
            })
            .schedule(Schedule::new("weed_comments", night))
    }
}
