//! The calendar for programs: iCalendar, Atom, schema.org and the API, with the same questions as the
//! page. All are kept like pages and dropped by the same tags.

mod api;
mod atom;
mod gather;
mod ics;
mod json;
mod question;

use std::sync::Arc;

use torg_kernel::Locale;
use torg_web::Routes;

use crate::filter::FILTER_QUERY;
use crate::web::Calendar;

pub(crate) use gather::free_place;
pub(crate) use ics::{described, framing, one as one_ics};

/// The feeds' routes. Those of single events are the event pages' own, with `.ics` at the end.
#[must_use]
pub fn routes(calendar: &Arc<Calendar>) -> Routes {
    let mut routes = Routes::new();
    for (locale, path) in [(Locale::SV, "/kalendarium"), (Locale::EN, "/en/events")] {
        let (ics, atom, json) = (calendar.clone(), calendar.clone(), calendar.clone());
        routes = routes
            .page(&format!("{path}.ics"), FILTER_QUERY, move |request| {
                let calendar = ics.clone();
                Box::pin(async move { ics::list(&calendar, request, locale).await })
            })
            .page(&format!("{path}.atom"), FILTER_QUERY, move |request| {
                let calendar = atom.clone();
                Box::pin(async move { atom::list(&calendar, request, locale).await })
            })
            .page(&format!("{path}.json"), FILTER_QUERY, move |request| {
                let calendar = json.clone();
                Box::pin(async move { json::list(&calendar, request, locale).await })
            });
    }
    let (events, one) = (calendar.clone(), calendar.clone());
    routes
        .page("/api/v1/events", question::EVENTS_QUERY, move |request| {
            let calendar = events.clone();
            Box::pin(async move { api::events(&calendar, request).await })
        })
        .page(
            "/api/v1/events/{id}",
            question::INCLUDE_QUERY,
            move |request| {
                let calendar = one.clone();
                Box::pin(async move { api::one(&calendar, request).await })
            },
        )
}
