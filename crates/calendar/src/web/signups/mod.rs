//! The staff's pages for sign-ups: places and questions, and who comes.

mod deeds;
mod files;
mod list;
mod rules;
mod rules_form;

use std::sync::Arc;

use torg_kernel::{Access, Permission};
use torg_web::Routes;

use super::Calendar;
use super::admin::HREF;
use crate::model::Event;

/// Who comes to an event.
pub(super) fn list_href(event: &Event) -> String {
    format!("{HREF}/{}/signups", event.id)
}

/// Where its places and questions are set.
fn rules_href(event: &Event) -> String {
    format!("{HREF}/{}/sign-up", event.id)
}

/// The routes.
pub(super) fn routes(calendar: &Arc<Calendar>) -> Routes {
    let edit = Access::Needs(Permission::EventEdit);
    let with = || calendar.clone();
    Routes::new()
        .get("/admin/calendar/{id}/sign-up", edit, rules::get)
        .post("/admin/calendar/{id}/sign-up", edit, {
            let calendar = with();
            move |context| rules::post(calendar.clone(), context)
        })
        .get("/admin/calendar/{id}/signups", edit, list::get)
        .post("/admin/calendar/{id}/signups", edit, {
            let calendar = with();
            move |context| deeds::post(calendar.clone(), context)
        })
        .get("/admin/calendar/{id}/signups.csv", edit, files::csv)
        .get("/admin/calendar/{id}/signups.xlsx", edit, {
            let calendar = with();
            move |context| files::excel(calendar.clone(), context)
        })
        .get("/admin/calendar/{id}/signups/print", edit, list::print)
}
