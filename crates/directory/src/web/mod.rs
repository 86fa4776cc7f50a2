//! The directory's pages.

mod admin;
mod api;
mod form;
mod public;

use std::sync::Arc;

use torg_kernel::{Access, Locale, Permission};
use torg_web::Routes;

use crate::service::UnitUse;

/// The directory's pages and what they need of other rooms; wired by the binary.
pub struct Directory {
    /// Knows where units are used.
    pub use_count: Arc<dyn UnitUse>,
}

impl Directory {
    /// The directory's routes.
    #[must_use]
    pub fn routes(self: &Arc<Self>) -> Routes {
        let edit = Access::Needs(Permission::UnitEdit);
        Routes::new()
            .page("/hitta", &[], |request| {
                Box::pin(public::list(request, Locale::SV))
            })
            .page("/en/find", &[], |request| {
                Box::pin(public::list(request, Locale::EN))
            })
            .page("/hitta/{slug}", &[], |request| {
                Box::pin(public::unit(request, Locale::SV))
            })
            .page("/en/find/{slug}", &[], |request| {
                Box::pin(public::unit(request, Locale::EN))
            })
            .page("/api/v1/units", &["kind", "limit", "offset"], |request| {
                Box::pin(api::units(request))
            })
            .get("/admin/units", edit, admin::list)
            .get("/admin/units/{id}", edit, {
                let directory = self.clone();
                move |context| admin::get(directory.clone(), context)
            })
            .post("/admin/units/{id}", edit, {
                let directory = self.clone();
                move |context| admin::post(directory.clone(), context)
            })
    }
}

fn list_href(locale: Locale) -> &'static str {
    if locale == Locale::EN {
        "/en/find"
    } else {
        "/hitta"
    }
}
