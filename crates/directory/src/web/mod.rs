//! The directory's pages.

mod admin;
mod api;
mod form;
mod json_ld;
mod page_admin;
mod page_form;
mod public;
mod unit_page;

use std::sync::Arc;

use async_trait::async_trait;
use torg_db::DatabaseTransaction;
use torg_kernel::{Access, Locale, PageId, Permission, Result};
use torg_web::Routes;

use crate::service::UnitUse;
use crate::text::{PageAddress, UnitPlaces};

/// Knows what the texts of units point at. Owned here, answered by the rooms that have it.
#[async_trait]
pub trait UnitNeighbours: Send + Sync {
    /// Keys of all units, facts, pictures and files, and the public pages at these addresses.
    ///
    /// # Errors
    /// When the database fails.
    async fn places(&self, on: &DatabaseTransaction, addresses: &[String]) -> Result<UnitPlaces>;

    /// Where these pages are now, in each language that they are public in.
    ///
    /// # Errors
    /// When the database fails.
    async fn addresses(
        &self,
        on: &DatabaseTransaction,
        pages: &[PageId],
    ) -> Result<Vec<PageAddress>>;
}

/// The directory's pages and what they need of other rooms; wired by the binary.
pub struct Directory {
    /// Knows where units are used.
    pub use_count: Arc<dyn UnitUse>,
    /// Knows what texts of units point at.
    pub around: Arc<dyn UnitNeighbours>,
}

impl Directory {
    /// The directory's routes.
    #[must_use]
    pub fn routes(self: &Arc<Self>) -> Routes {
        let edit = Access::Needs(Permission::UnitEdit);
        let (swedish, english) = (self.clone(), self.clone());
        Routes::new()
            .page("/hitta", &[], |request| {
                Box::pin(public::list(request, Locale::SV))
            })
            .page("/en/find", &[], |request| {
                Box::pin(public::list(request, Locale::EN))
            })
            .page("/hitta/{slug}", &[], move |request| {
                let directory = swedish.clone();
                Box::pin(async move { unit_page::unit(&directory, request, Locale::SV).await })
            })
            .page("/en/find/{slug}", &[], move |request| {
                let directory = english.clone();
                Box::pin(async move { unit_page::unit(&directory, request, Locale::EN).await })
            })
            .get("/units/accent/{file}", Access::Public, public::accent)
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
            .get("/admin/units/{id}/page", edit, {
                let directory = self.clone();
                move |context| page_admin::get(directory.clone(), context)
            })
            .post("/admin/units/{id}/page", edit, {
                let directory = self.clone();
                move |context| page_admin::post(directory.clone(), context)
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
