//! The calendar's pages.

mod admin;
mod choices;
mod copy;
pub(crate) mod draw;
mod edit;
mod edit_picture;
mod edit_view;
mod event;
mod form;
mod form_of;
mod import;
mod json_ld;
mod list;
mod month;
mod occasion;
mod pattern_form;
mod screen;
mod send;
mod signup;
mod signups;

use std::sync::Arc;

use torg_kernel::{Access, Locale, Permission};
use torg_web::Routes;

use crate::filter::FILTER_QUERY;
use crate::neighbours::Neighbours;
use crate::submission::{SendSettings, Sources};

pub use draw::{age_words, audience_words, drawing, hours, last_day, price_words};
pub use json_ld::event_json_ld;
pub use list::Asked;
pub(crate) use list::LOCALES;

/// The tag of everything that shows school breaks and holidays; the almanac drops it.
pub const ALMANAC_TAG: &str = "almanac";

/// The calendar's pages and what they need of other rooms; wired by the binary.
pub struct Calendar {
    /// Places, areas, days and the search.
    pub neighbours: Arc<dyn Neighbours>,
    /// Makes files of selections.
    pub printer: Arc<torg_document::Printer>,
    /// How much people outside may send in, and how they are answered.
    pub sending: SendSettings,
    /// What sources outside have sent within the hour.
    pub(crate) sources: Sources,
    /// What sources have signed up to within the hour.
    pub(crate) sign_up_sources: Sources,
}

const MONTH_QUERY: &[&str] = &[
    "age",
    "area",
    "audience",
    "category",
    "ease",
    "free",
    "language",
    "month",
    "organisation",
    "place",
    "q",
];

const SCREEN_QUERY: &[&str] = &[
    "age",
    "area",
    "audience",
    "category",
    "ease",
    "free",
    "from",
    "language",
    "near",
    "organisation",
    "page",
    "pause",
    "place",
    "q",
    "to",
    "when",
    "within",
];

struct Addresses {
    locale: Locale,
    list: &'static str,
    month: &'static str,
    screen: &'static str,
    send: &'static str,
    sent: &'static str,
    confirm: &'static str,
    one: &'static str,
}

const ADDRESSES: [Addresses; 2] = [
    Addresses {
        locale: Locale::SV,
        list: "/kalendarium",
        month: "/kalendarium/manad",
        screen: "/kalendarium/skarm",
        send: "/kalendarium/tipsa",
        sent: "/kalendarium/tipsa/tack",
        confirm: "/kalendarium/tipsa/bekrafta",
        one: "/kalendarium/{key}",
    },
    Addresses {
        locale: Locale::EN,
        list: "/en/events",
        month: "/en/events/month",
        screen: "/en/events/screen",
        send: "/en/events/submit",
        sent: "/en/events/submit/thanks",
        confirm: "/en/events/submit/confirm",
        one: "/en/events/{key}",
    },
];

impl Calendar {
    /// The calendar with what it needs.
    #[must_use]
    pub fn new(neighbours: Arc<dyn Neighbours>, sending: SendSettings) -> Self {
        Self {
            neighbours,
            printer: Arc::new(torg_document::Printer::new(
                "",
                torg_document::Limits::default(),
            )),
            sending,
            sources: Sources::default(),
            sign_up_sources: Sources::default(),
        }
    }

    /// The same with another printer than the one whose program lies beside the program that runs.
    #[must_use]
    pub fn printed_by(mut self, printer: Arc<torg_document::Printer>) -> Self {
        self.printer = printer;
        self
    }

    /// The calendar's routes.
    #[must_use]
    pub fn routes(self: &Arc<Self>) -> Routes {
        let mut routes = Routes::new();
        for at in ADDRESSES {
            let locale = at.locale;
            let with = || self.clone();
            let (list, month, screen, one) = (with(), with(), with(), with());
            routes = routes
                .page(at.list, FILTER_QUERY, move |request| {
                    let calendar = list.clone();
                    Box::pin(async move { list::list(&calendar, request, locale).await })
                })
                .page(at.month, MONTH_QUERY, move |request| {
                    let calendar = month.clone();
                    Box::pin(async move { month::month(&calendar, request, locale).await })
                })
                .page(at.screen, SCREEN_QUERY, move |request| {
                    let calendar = screen.clone();
                    Box::pin(async move { screen::screen(&calendar, request, locale).await })
                })
                .page(at.one, &[], move |request| {
                    let calendar = one.clone();
                    Box::pin(async move { event::one(&calendar, request, locale).await })
                });
            routes = routes
                .and(self.sending_routes(&at))
                .and(signup::routes(self, at.locale));
        }
        routes
            .and(crate::feeds::routes(self))
            .and(crate::print::routes(self))
            .and(self.staff_routes())
            .and(signups::routes(self))
    }

    /// Where people outside send events in.
    fn sending_routes(self: &Arc<Self>, at: &Addresses) -> Routes {
        let locale = at.locale;
        let with = || self.clone();
        Routes::new()
            .get(at.send, Access::Public, {
                let calendar = with();
                move |context| send::get(calendar.clone(), context, locale)
            })
            .post(at.send, Access::Public, {
                let calendar = with();
                move |context| send::post(calendar.clone(), context, locale)
            })
            .get(at.sent, Access::Public, move |context| {
                send::sent(context, locale)
            })
            .get(at.confirm, Access::Public, {
                let calendar = with();
                move |context| send::get_confirm(calendar.clone(), context, locale)
            })
            .post(at.confirm, Access::Public, {
                let calendar = with();
                move |context| send::post_confirm(calendar.clone(), context, locale)
            })
    }

    fn staff_routes(self: &Arc<Self>) -> Routes {
        let edit = Access::Needs(Permission::EventEdit);
        let with = || self.clone();
        Routes::new()
            .get("/admin/calendar", edit, {
                let calendar = with();
                move |context| admin::list(calendar.clone(), context)
            })
            .get("/admin/calendar/new", edit, {
                let calendar = with();
                move |context| edit::get_new(calendar.clone(), context)
            })
            .post("/admin/calendar/new", edit, {
                let calendar = with();
                move |context| edit::post_new(calendar.clone(), context)
            })
            .post("/admin/calendar/dates", edit, {
                let calendar = with();
                move |context| edit::post_dates(calendar.clone(), context)
            })
            .get("/admin/calendar/import", edit, import::get)
            .upload("/admin/calendar/import", edit, import::LARGEST, {
                let calendar = with();
                move |context| import::post(calendar.clone(), context)
            })
            .get("/admin/calendar/{id}", edit, {
                let calendar = with();
                move |context| edit::get(calendar.clone(), context)
            })
            .post("/admin/calendar/{id}", edit, {
                let calendar = with();
                move |context| edit::post(calendar.clone(), context)
            })
            .post("/admin/calendar/{id}/state", edit, {
                let calendar = with();
                move |context| admin::post_state(calendar.clone(), context)
            })
            .post("/admin/calendar/{id}/occasion", edit, {
                let calendar = with();
                move |context| occasion::post(calendar.clone(), context)
            })
            .get("/admin/calendar/{id}/copy", edit, {
                let calendar = with();
                move |context| copy::get(calendar.clone(), context)
            })
            .post("/admin/calendar/{id}/copy", edit, {
                let calendar = with();
                move |context| copy::post(calendar.clone(), context)
            })
    }
}
