//! The map's pages.

mod admin;
mod area;
mod asked;
mod embed;
mod page;
mod tiles;

use std::sync::Arc;

use torg_geo::Point;
use torg_kernel::{Access, Locale, Permission, Result, Timestamp};
use torg_ui::{T, decimal};
use torg_web::{App, Context, PageRequest, Reading, Routes};

use crate::atlas::{Atlas, Sources, metres};
use crate::news::NewsOfAreas;
use crate::settings::MapSettings;

pub(crate) use asked::Asked;

/// The map with what it shows; wired by the binary.
pub struct MapRoom {
    /// What is shown.
    pub sources: Arc<Sources>,
    /// What other programs get beside that: the addresses, where the city's register is open.
    pub for_programs: Option<Arc<Sources>>,
    /// What the city has settled.
    pub settings: MapSettings,
    /// What has been written of districts.
    pub news: Arc<dyn NewsOfAreas>,
}

/// The largest file that is taken in through the browser.
const LARGEST_FORM: usize = 33 * 1024 * 1024;

const MAP_QUERY: &[&str] = &[
    "layers", "q", "events", "lat", "lon", "z", "at", "bbox", "page",
];
const PICTURE_QUERY: &[&str] = &["lat", "lon", "z", "w", "h", "dark", "mark"];

impl MapRoom {
    /// Makes what is kept follow the log.
    pub fn follow(&self, app: &Arc<App>) {
        for sources in std::iter::once(&self.sources).chain(&self.for_programs) {
            let sources = sources.clone();
            app.watch_tags(move |tag, position| sources.drop_tag(tag, position));
        }
    }

    pub(crate) async fn atlas(&self, reading: &Reading, now: Timestamp) -> Result<Atlas> {
        self.sources.atlas(reading, now).await
    }

    /// The same as a question asks for it, and where the calendar answers that as a list.
    pub(crate) async fn atlas_for(
        &self,
        request: &PageRequest,
        asked: &Asked,
        locale: Locale,
    ) -> Result<(Atlas, Option<String>)> {
        self.sources.narrowed(request, locale, &asked.events).await
    }

    /// The same for other programs.
    pub(crate) async fn atlas_of(&self, context: &Context) -> Result<Atlas> {
        let reading = context.app.reading();
        let mut atlas = self.sources.atlas(&reading, context.now).await;
        if let (Ok(all), Some(more)) = (&mut atlas, &self.for_programs) {
            match more.atlas(&reading, context.now).await {
                Ok(more) => all.0.extend(more.0),
                Err(problem) => atlas = Err(problem),
            }
        }
        reading.end().await?;
        atlas
    }

    /// The map's routes.
    #[must_use]
    pub fn routes(self: &Arc<Self>) -> Routes {
        let mut routes = Routes::new()
            .page("/karta/land.geojson", &[], |_| Box::pin(page::land()))
            .answer("/karta/bild.svg", PICTURE_QUERY, |request| {
                Box::pin(page::picture(request))
            })
            .answer("/karta/features.geojson", MAP_QUERY, {
                let room = self.clone();
                move |request| {
                    let room = room.clone();
                    Box::pin(async move { page::features(&room, request).await })
                }
            })
            .get("/karta/tiles/{file}", Access::Public, {
                let room = self.clone();
                move |context| tiles::get(room.clone(), context)
            });
        for locale in [Locale::SV, Locale::EN] {
            let (map, embedded, code, area) =
                (self.clone(), self.clone(), self.clone(), self.clone());
            routes = routes
                .answer(map_href(locale), MAP_QUERY, move |request| {
                    let room = map.clone();
                    Box::pin(async move { page::get(&room, request, locale).await })
                })
                .answer(embedded_href(locale), MAP_QUERY, move |request| {
                    let room = embedded.clone();
                    Box::pin(async move { embed::get(&room, request, locale).await })
                })
                .answer(embed_href(locale), MAP_QUERY, move |request| {
                    let room = code.clone();
                    Box::pin(async move { embed::code(&room, request, locale).await })
                })
                .answer(area_href(locale), &["q", "address", "at"], move |request| {
                    let room = area.clone();
                    Box::pin(async move { area::get(&room, request, locale).await })
                });
        }
        routes
            .and(self.staff_routes())
            .and(crate::ogc::routes(self))
    }

    fn staff_routes(self: &Arc<Self>) -> Routes {
        let needs = Access::Needs(Permission::UnitEdit);
        Routes::new()
            .get("/admin/map", needs, admin::list)
            .get("/admin/map/import", needs, admin::get)
            .upload("/admin/map/import", needs, LARGEST_FORM, admin::post)
            .post("/admin/map/layers/{key}/remove", needs, admin::remove)
    }
}

/// The map's page.
pub(crate) fn map_href(locale: Locale) -> &'static str {
    if locale == Locale::EN {
        "/en/map"
    } else {
        "/karta"
    }
}

fn embedded_href(locale: Locale) -> &'static str {
    if locale == Locale::EN {
        "/en/map/embedded"
    } else {
        "/karta/inbaddad"
    }
}

fn embed_href(locale: Locale) -> &'static str {
    if locale == Locale::EN {
        "/en/map/embed"
    } else {
        "/karta/badda-in"
    }
}

/// The page on what is near a place.
pub(crate) fn area_href(locale: Locale) -> &'static str {
    if locale == Locale::EN {
        "/en/my-area"
    } else {
        "/mitt-omrade"
    }
}

/// A picture of the map round a point with a mark on it, for other rooms' pages. Give both it and the
/// dark one in a `<picture>`; the size is in CSS pixels.
#[must_use]
pub fn picture_href(point: Point, zoom: u8, width: u32, height: u32, dark: bool) -> String {
    let dark = if dark { "&dark=1" } else { "" };
    format!(
        "/karta/bild.svg?lat={:.5}&lon={:.5}&z={zoom}&w={width}&h={height}&mark=1{dark}",
        point.lat, point.lon
    )
}

/// A distance as people say it: "350 m", "1,2 km", "12 km".
pub(crate) fn distance(t: T, distance: f64) -> String {
    let metres = i64::try_from(metres(distance)).unwrap_or(i64::MAX);
    if metres < 1_000 {
        format!("{}\u{a0}m", (metres + 5) / 10 * 10)
    } else if metres < 10_000 {
        format!("{}\u{a0}km", decimal(t, (metres + 50) / 100, 1))
    } else {
        format!("{}\u{a0}km", torg_ui::number(t, (metres + 500) / 1_000))
    }
}
