//! The directory's pages.

mod admin;
mod almanac_page;
mod api;
mod care_admin;
mod changed;
mod compare;
mod details_admin;
mod find;
mod form;
mod hours;
mod import_admin;
mod json_ld;
mod lines;
mod page_admin;
mod page_form;
mod public;
mod service_admin;
mod service_form;
mod service_list;
mod service_page;
mod unit_more;
mod unit_new;
mod unit_page;
mod wrong;

use std::net::IpAddr;
use std::sync::Arc;

use async_trait::async_trait;
use futures::future::BoxFuture;
use torg_db::DatabaseTransaction;
use torg_kernel::{Access, Locale, PageId, Permission, PictureId, Result, Timestamp, UnitId};
use torg_web::{Outcome, PageRequest, Routes};

use crate::care::{CareRules, Shares, UnitPeople};
use crate::finding::{PARAMETERS, Surroundings};
use crate::register::Register;
use crate::service::UnitUse;
use crate::text::{PageAddress, UnitPlaces};

pub use hours::count_silent;
pub(crate) use unit_more::wrong_href;

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

    /// Public pictures that words fit, the newest first, or the newest of all.
    ///
    /// # Errors
    /// When the database fails.
    async fn pictures(
        &self,
        on: &DatabaseTransaction,
        words: &str,
        now: Timestamp,
        most: usize,
    ) -> Result<Vec<PictureId>>;
}

/// The directory's pages and what they need of other rooms; wired by the binary.
pub struct Directory {
    /// Knows where units are used.
    pub use_count: Arc<dyn UnitUse>,
    /// Knows what texts of units point at.
    pub around: Arc<dyn UnitNeighbours>,
    /// All units and services, in memory.
    pub register: Arc<Register>,
    /// Knows districts and addresses.
    pub surroundings: Arc<dyn Surroundings>,
    /// Knows who works with units.
    pub people: Arc<dyn UnitPeople>,
    /// What the city has settled about care of units.
    pub care: CareRules,
    pub(crate) sources: Shares<IpAddr>,
    pub(crate) reported: Shares<UnitId>,
}

/// What the directory needs of other rooms.
pub struct DirectoryParts {
    /// Knows where units are used.
    pub use_count: Arc<dyn UnitUse>,
    /// Knows what texts of units point at.
    pub around: Arc<dyn UnitNeighbours>,
    /// All units and services, in memory.
    pub register: Arc<Register>,
    /// Knows districts and addresses.
    pub surroundings: Arc<dyn Surroundings>,
    /// Knows who works with units.
    pub people: Arc<dyn UnitPeople>,
    /// What the city has settled about care of units.
    pub care: CareRules,
}

type Public = for<'a> fn(&'a Directory, &'a PageRequest, Locale) -> BoxFuture<'a, Result<Outcome>>;
type Program = for<'a> fn(&'a Directory, &'a PageRequest) -> BoxFuture<'a, Result<Outcome>>;

impl Directory {
    /// The directory with what it needs.
    #[must_use]
    pub fn new(parts: DirectoryParts) -> Self {
        Self {
            use_count: parts.use_count,
            around: parts.around,
            register: parts.register,
            surroundings: parts.surroundings,
            people: parts.people,
            care: parts.care,
            sources: Shares::default(),
            reported: Shares::default(),
        }
    }

    /// The directory's routes.
    #[must_use]
    pub fn routes(self: &Arc<Self>) -> Routes {
        self.api(self.desk(self.public(Routes::new())))
            .and(self.hours_routes())
    }

    /// A page in both languages.
    fn both(
        self: &Arc<Self>,
        routes: Routes,
        (swedish, english): (&str, &str),
        query: &'static [&'static str],
        run: Public,
    ) -> Routes {
        let (sv, en) = (self.clone(), self.clone());
        routes
            .page(swedish, query, move |request| {
                let directory = sv.clone();
                Box::pin(async move { run(&directory, request, Locale::SV).await })
            })
            .page(english, query, move |request| {
                let directory = en.clone();
                Box::pin(async move { run(&directory, request, Locale::EN).await })
            })
    }

    fn public(self: &Arc<Self>, routes: Routes) -> Routes {
        let pages: [(&str, &str, &'static [&'static str], Public); 6] = [
            ("/hitta", "/en/find", PARAMETERS, |d, r, l| {
                Box::pin(find::list(d, r, l))
            }),
            (
                "/hitta/andrat.atom",
                "/en/find/changed.atom",
                &[],
                |d, r, l| Box::pin(changed::atom(d, r, l)),
            ),
            (
                "/hitta/jamfor",
                "/en/find/compare",
                &["units"],
                |d, r, l| Box::pin(compare::get(d, r, l)),
            ),
            (
                "/hitta/tjanster",
                "/en/find/services",
                &["q", "category", "audience"],
                |d, r, l| Box::pin(service_page::list(d, r, l)),
            ),
            (
                "/hitta/tjanst/{slug}",
                "/en/find/service/{slug}",
                &[],
                |d, r, l| Box::pin(service_page::get(d, r, l)),
            ),
            ("/hitta/{slug}", "/en/find/{slug}", &[], |d, r, l| {
                Box::pin(unit_page::unit(d, r, l))
            }),
        ];
        let routes = pages
            .into_iter()
            .fold(routes, |routes, (sv, en, query, run)| {
                self.both(routes, (sv, en), query, run)
            });
        let forms = [
            ("/hitta/{slug}/stammer-inte", Locale::SV),
            ("/en/find/{slug}/wrong", Locale::EN),
        ];
        let routes = forms.into_iter().fold(routes, |routes, (path, locale)| {
            let directory = self.clone();
            routes
                .get(path, Access::Public, move |context| {
                    wrong::get(context, locale)
                })
                .post(path, Access::Public, move |context| {
                    wrong::post(directory.clone(), context, locale)
                })
        });
        routes.get("/units/accent/{file}", Access::Public, public::accent)
    }

    fn api(self: &Arc<Self>, routes: Routes) -> Routes {
        let answers: [(&str, &'static [&'static str], Program); 10] = [
            ("/api/v1/units", api::UNIT_QUERY, |d, r| {
                Box::pin(api::units(d, r))
            }),
            ("/api/v1/units.geojson", api::UNIT_QUERY, |d, r| {
                Box::pin(api::units_geojson(d, r))
            }),
            ("/api/v1/units.csv", api::UNIT_QUERY, |d, r| {
                Box::pin(api::units_csv(d, r))
            }),
            ("/api/v1/units/{id}", &[], |d, r| {
                Box::pin(api::one_unit(d, r))
            }),
            ("/api/v1/services", api::SERVICE_QUERY, |d, r| {
                Box::pin(api::services(d, r))
            }),
            ("/api/v1/services/{id}", &[], |d, r| {
                Box::pin(api::one_service(d, r))
            }),
            ("/api/hsds/v3/services", api::HSDS_QUERY, |d, r| {
                Box::pin(api::hsds_services(d, r))
            }),
            ("/api/hsds/v3/services/{id}", &[], |d, r| {
                Box::pin(api::service(d, r))
            }),
            ("/api/hsds/v3/organizations", api::HSDS_QUERY, |d, r| {
                Box::pin(api::organizations(d, r))
            }),
            ("/api/hsds/v3/organizations/{id}", &[], |d, r| {
                Box::pin(api::organization(d, r))
            }),
        ];
        let routes = answers
            .into_iter()
            .fold(routes, |routes, (path, query, run)| {
                let directory = self.clone();
                routes.page(path, query, move |request| {
                    let directory = directory.clone();
                    Box::pin(async move { run(&directory, request).await })
                })
            });
        let directory = self.clone();
        routes
            .also_as(
                "/api/v1/units",
                "application/geo+json",
                "/api/v1/units.geojson",
            )
            .page("/api/hsds/v3", &[], |request| Box::pin(api::root(request)))
            .page(
                "/api/hsds/v3/service_at_locations",
                api::HSDS_QUERY,
                move |request| {
                    let directory = directory.clone();
                    Box::pin(async move { api::service_at_locations(&directory, request).await })
                },
            )
    }

    fn desk(self: &Arc<Self>, routes: Routes) -> Routes {
        let edit = Access::Needs(Permission::UnitEdit);
        let [
            show,
            save,
            page,
            save_page,
            due,
            more,
            save_more,
            said,
            settled,
        ] = std::array::from_fn(|_| self.clone());
        routes
            .get("/admin/units", edit, admin::list)
            .get("/admin/units/new", edit, unit_new::get)
            .post("/admin/units/new", edit, unit_new::post)
            .get("/admin/units/import", edit, import_admin::get)
            .upload(
                "/admin/units/import",
                edit,
                import_admin::LARGEST,
                import_admin::post,
            )
            .get("/admin/units/due", edit, move |context| {
                care_admin::due(due.clone(), context)
            })
            .get("/admin/units/reports", edit, move |context| {
                care_admin::reports(said.clone(), context)
            })
            .post("/admin/units/reports/{id}", edit, move |context| {
                care_admin::settle(settled.clone(), context)
            })
            .get("/admin/units/{id}", edit, move |context| {
                admin::get(show.clone(), context)
            })
            .post("/admin/units/{id}", edit, move |context| {
                admin::post(save.clone(), context)
            })
            .post("/admin/units/{id}/confirm", edit, care_admin::confirm)
            .get("/admin/units/{id}/details", edit, move |context| {
                details_admin::get(more.clone(), context)
            })
            .post("/admin/units/{id}/details", edit, move |context| {
                details_admin::post(save_more.clone(), context)
            })
            .get("/admin/units/{id}/page", edit, move |context| {
                page_admin::get(page.clone(), context)
            })
            .post("/admin/units/{id}/page", edit, move |context| {
                page_admin::post(save_page.clone(), context)
            })
            .get("/admin/services", edit, service_list::list)
            .get("/admin/services/new", edit, service_admin::get_new)
            .post("/admin/services/new", edit, service_admin::post_new)
            .get("/admin/services/{id}", edit, service_admin::get)
            .post("/admin/services/{id}", edit, service_admin::post)
    }
}

/// The path of the list of units.
pub(crate) fn list_href(locale: Locale) -> &'static str {
    if locale == Locale::EN {
        "/en/find"
    } else {
        "/hitta"
    }
}
