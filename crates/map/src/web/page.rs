//! `/karta`: the map, and the list that says the same. Both come from one question.

use askama::Template;
use torg_geo::{Bounds, Point, Shape, read_point};
use torg_kernel::{Locale, Result};
use torg_ui::{Alternate, NavLink, Paging, Shell, T};
use torg_web::{Outcome, Page, PageRequest};

use super::{Asked, MapRoom, area_href, embed_href, map_href};
use crate::address::wanted;
use crate::atlas::{Ask, Atlas};
use crate::model::{Feature, Group};
use crate::picture::{Drawing, LAND, LAND_ATTRIBUTION, Look, Mark, Svg, draw};
use crate::store;
use crate::view::{Size, View};
use crate::views::{AddressLink, LayerChip, LayerGroup, MapData, MapItem, MapPage, ViewLink};

/// Features on one page of the list.
pub(super) const ROWS: usize = 50;
/// Small marks in a picture, and features in one answer to the browser.
const MOST_DOTS: usize = 2_000;
/// The picture in the page.
pub(super) const SIZE: Size = Size {
    width: 960,
    height: 640,
};
/// Addresses that are offered for a search.
const ADDRESSES: i64 = 6;

/// What a question found, for page and frame alike.
pub(super) struct Found<'a> {
    pub(super) keys: Vec<String>,
    pub(super) all: Vec<&'a Feature>,
    pub(super) view: View,
}

/// Answers a question: within what the map shows where that was said, everywhere otherwise, and then
/// the view is such that all of it is seen.
pub(super) fn find<'a>(room: &MapRoom, atlas: &'a Atlas, asked: &Asked) -> Found<'a> {
    let keys = asked.keys(atlas);
    let bounds = asked
        .bounds
        .or_else(|| asked.view.map(|view| view.bounds(SIZE)));
    let all = atlas.find(&Ask {
        layers: &keys,
        bounds,
        words: &asked.words,
        ..Ask::default()
    });
    let view = asked.view.unwrap_or_else(|| {
        let edges = all.iter().map(|own| own.shape.bounds());
        // Whoever chose something sees all of it; else the city has settled where one begins.
        let chosen = asked.layers.is_some() || !asked.words.is_empty() || !asked.events.is_empty();
        match edges.reduce(|all, one| all.with(&one)) {
            Some(bounds) if chosen => View::of(&bounds, SIZE),
            _ => room.settings.view,
        }
    });
    Found { keys, all, view }
}

impl Found<'_> {
    /// The rows of one page of the list.
    pub(super) fn items(
        &self,
        room: &PageRequest,
        atlas: &Atlas,
        asked: &Asked,
        locale: Locale,
    ) -> Vec<MapItem> {
        let t = T::of(locale);
        let from = (asked.page - 1) * ROWS;
        let rows = self.all.iter().enumerate().skip(from).take(ROWS);
        rows.map(|(at, own)| {
            let layer = atlas.layer(&own.layer);
            let centre = own.shape.centre();
            let now = own.now.as_ref().and_then(|live| live.status(t, room.now));
            MapItem {
                number: at + 1,
                title: own.title.get(locale).to_owned(),
                href: own.href.get(locale).to_owned(),
                layer: layer
                    .map(|own| own.name.get(locale).to_owned())
                    .unwrap_or_default(),
                line: own.line.get(locale).to_owned(),
                open: now.map(|(status, _)| status),
                point: centre.rounded(),
                show_href: asked.at(View { centre, zoom: 15.0 }).href(map_href(locale)),
            }
        })
        .collect()
    }

    /// The picture of it.
    pub(super) fn picture(&self, items: &[MapItem], label: &str) -> Svg {
        let shapes: Vec<&Shape> = self
            .all
            .iter()
            .filter(|own| own.shape.as_point().is_none())
            .take(MOST_DOTS)
            .map(|own| &own.shape)
            .collect();
        let dots: Vec<Point> = self
            .all
            .iter()
            .filter_map(|own| own.shape.as_point())
            .take(MOST_DOTS)
            .collect();
        let marks: Vec<Mark> = items
            .iter()
            .map(|own| Mark {
                point: own.point,
                label: own.number.to_string(),
            })
            .collect();
        draw(&Drawing {
            view: self.view,
            size: SIZE,
            shapes: &shapes,
            dots: &dots,
            marks: &marks,
            label,
            look: Look::Page,
        })
    }
}

/// Whose data is shown: the base map's and the layers'.
pub(super) fn attributions(room: &MapRoom, atlas: &Atlas, keys: &[String]) -> Vec<String> {
    let mut all = vec![LAND_ATTRIBUTION.to_owned()];
    all.extend(
        room.settings
            .tiles
            .iter()
            .map(|own| own.attribution.clone()),
    );
    let layers = atlas.layers();
    all.extend(
        layers
            .into_iter()
            .filter(|own| keys.contains(&own.key))
            .map(|own| own.attribution.clone()),
    );
    let mut seen = Vec::new();
    for text in all.into_iter().filter(|text| !text.is_empty()) {
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen
}

/// What the script needs to know.
pub(super) fn data(room: &MapRoom, asked: &Asked, found: &Found<'_>, locale: Locale) -> MapData {
    let tiles = room.settings.tiles.as_ref();
    MapData {
        lat: found.view.centre.lat,
        lon: found.view.centre.lon,
        zoom: found.view.zoom,
        layers: found.keys.join(","),
        words: asked.words.clone(),
        events: asked.events.clone(),
        path: map_href(locale).to_owned(),
        worker: torg_ui::asset_url("map-worker.js"),
        tiles: tiles.map(|own| {
            if own.is_file() {
                format!("/karta/tiles/{}", own.from)
            } else {
                own.from.clone()
            }
        }),
        is_file: tiles.is_some_and(crate::settings::Tiles::is_file),
        is_vector: tiles.is_some_and(|own| own.kind == crate::settings::TileKind::Vector),
    }
}

/// The places that a search means by itself: written positions, and addresses of the register.
async fn places(request: &PageRequest, asked: &Asked, locale: Locale) -> Result<Vec<AddressLink>> {
    if asked.words.is_empty() {
        return Ok(Vec::new());
    }
    let link = |label: String, point: Point| {
        let view = View {
            centre: point,
            zoom: 16.0,
        };
        let elsewhere = Asked {
            words: String::new(),
            ..asked.at(view)
        };
        AddressLink {
            label,
            href: elsewhere.href(map_href(locale)),
            area_href: format!("{}?at={:.5},{:.5}", area_href(locale), point.lat, point.lon),
        }
    };
    if let Ok(point) = read_point(&asked.words) {
        return Ok(vec![link(point.to_string(), point)]);
    }
    let snapshot = request.snapshot().await?;
    let wanted = wanted(&asked.words);
    // A word alone is rather the name of something than the beginning of every street.
    if wanted.number.is_none() && wanted.street.chars().count() < 4 {
        return Ok(Vec::new());
    }
    let found = store::find_addresses(&**snapshot, &wanted, ADDRESSES).await?;
    Ok(found
        .into_iter()
        .map(|(_, own)| link(own.whole(), own.point))
        .collect())
}

fn chips(atlas: &Atlas, asked: &Asked, keys: &[String], locale: Locale) -> Vec<LayerGroup> {
    let chip = |own: &&crate::model::LayerInfo| {
        let chosen = keys.contains(&own.key);
        let mut other: Vec<String> = keys
            .iter()
            .filter(|key| **key != own.key)
            .cloned()
            .collect();
        if !chosen {
            other.push(own.key.clone());
        }
        let toggled = Asked {
            layers: Some(other),
            page: 1,
            ..asked.clone()
        };
        LayerChip {
            key: own.key.clone(),
            label: own.name.get(locale).to_owned(),
            icon: own.icon,
            chosen,
            href: toggled.href(map_href(locale)),
        }
    };
    let layers = atlas.layers();
    Group::ALL
        .into_iter()
        .map(|group| LayerGroup {
            group,
            chips: layers
                .iter()
                .filter(|own| own.group == group)
                .map(chip)
                .collect(),
        })
        .filter(|own: &LayerGroup| !own.chips.is_empty())
        .collect()
}

/// The steps that move the picture for those who have no script.
fn steps(asked: &Asked, view: View, locale: Locale) -> Vec<ViewLink> {
    let bounds = view.bounds(SIZE);
    let (across, down) = (bounds.east - bounds.west, bounds.north - bounds.south);
    let moved = |east: f64, north: f64, zoom: f64| {
        let centre = Point::new(
            view.centre.lon + east * across / 2.0,
            view.centre.lat + north * down / 2.0,
        );
        let view = View {
            centre,
            zoom: view.zoom + zoom,
        };
        asked.at(view).href(map_href(locale))
    };
    let (nearer, farther) = Asked::can_zoom(&view);
    let step = |key, icon, there: bool, east, north, zoom| ViewLink {
        key,
        icon,
        href: there.then(|| moved(east, north, zoom)),
    };
    vec![
        step("map-nearer", "zoom-in", nearer, 0.0, 0.0, 1.0),
        step("map-farther", "zoom-out", farther, 0.0, 0.0, -1.0),
        step("map-north", "arrow-up", true, 0.0, 1.0, 0.0),
        step("map-south", "arrow-down", true, 0.0, -1.0, 0.0),
        step("map-west", "arrow-left", true, -1.0, 0.0, 0.0),
        step("map-east", "arrow-right", true, 1.0, 0.0, 0.0),
    ]
}

/// The map's page.
pub(super) async fn get(room: &MapRoom, request: &PageRequest, locale: Locale) -> Result<Outcome> {
    let asked = Asked::read(request);
    let (atlas, list_href) = room.atlas_for(request, &asked, locale).await?;
    let found = find(room, &atlas, &asked);
    let (chrome, tags) = request.chrome(locale).await?;
    let t = T::of(locale);
    let mut shell = Shell::new(chrome, t.get("map-title"), map_href(locale));
    shell.description = t.get("map-lede").into_owned();
    shell.noindex = !request.query.is_empty();
    shell.alternates = [Locale::SV, Locale::EN]
        .into_iter()
        .map(|locale| Alternate {
            locale,
            href: asked.href(map_href(locale)),
        })
        .collect();
    let total = found.all.len();
    let pages = total.div_ceil(ROWS).max(1);
    let asked = Asked {
        page: asked.page.min(pages),
        ..asked
    };
    let items = found.items(request, &atlas, &asked, locale);
    let label = t.one("map-picture", "count", i64::try_from(items.len())?);
    let to = |page| {
        Asked {
            page,
            ..asked.clone()
        }
        .href(map_href(locale))
    };
    let everything = Asked {
        words: String::new(),
        page: 1,
        ..asked.clone()
    };
    let page = MapPage {
        groups: chips(&atlas, &asked, &found.keys, locale),
        chosen: found.keys.len(),
        places: places(request, &asked, locale).await?,
        picture: found.picture(&items, &label),
        steps: steps(&asked, found.view, locale),
        attributions: attributions(room, &atlas, &found.keys),
        data: data(room, &asked, &found, locale),
        layers: asked.layers.as_ref().map(|own| own.join(",")),
        events: asked.events.clone(),
        selection: list_href.map(|list| {
            let all = Asked {
                events: String::new(),
                page: 1,
                ..asked.clone()
            };
            (list, all.href(map_href(locale)))
        }),
        view: asked.view,
        whole_href: Asked {
            view: None,
            bounds: None,
            ..asked.clone()
        }
        .href(map_href(locale)),
        clear_href: everything.href(map_href(locale)),
        embed_href: asked.href(embed_href(locale)),
        area: NavLink::new(t.get("area-title"), area_href(locale)),
        words: asked.words.clone(),
        total,
        items,
        paging: Paging {
            page: asked.page,
            pages,
            previous_href: (asked.page > 1).then(|| to(asked.page - 1)),
            next_href: (asked.page < pages).then(|| to(asked.page + 1)),
        },
        shell,
    };
    let mut answer = Page::html(page.render()?, tags);
    answer.keep = false;
    answer.elsewhere = Some(room.settings.elsewhere());
    Ok(Outcome::Page(answer))
}

/// The base map for the script.
pub(super) async fn land() -> Result<Outcome> {
    Ok(Outcome::Page(Page {
        content_type: "application/geo+json",
        ..Page::html(LAND.to_owned(), Vec::new())
    }))
}

/// Features for the script: what the list lists, with what a map draws.
pub(super) async fn features(room: &MapRoom, request: &PageRequest) -> Result<Outcome> {
    let asked = Asked::read(request);
    let (atlas, _) = room.atlas_for(request, &asked, Locale::SV).await?;
    let found = find(room, &atlas, &asked);
    // About a pixel of what is seen: nobody sees more detail, and it need not be sent.
    let wide = asked.bounds.map_or(0.6, |own: Bounds| own.east - own.west);
    let detail = wide / 2_000.0;
    let mut text = String::from("{\"type\":\"FeatureCollection\",\"features\":[");
    for (at, own) in found.all.iter().take(MOST_DOTS).enumerate() {
        if at > 0 {
            text.push(',');
        }
        let shape = match own.shape.as_point() {
            Some(_) => own.shape.rounded(),
            None => own.shape.simplified(detail).rounded(),
        };
        text.push_str("{\"type\":\"Feature\",\"properties\":");
        text.push_str(&serde_json::to_string(&serde_json::json!({
            "id": own.id, "layer": own.layer, "number": at + 1,
        }))?);
        text.push_str(",\"geometry\":");
        text.push_str(&shape.to_geojson());
        text.push('}');
    }
    text.push_str("]}");
    Ok(Outcome::Page(Page {
        content_type: "application/geo+json",
        keep: false,
        ..Page::html(text, Vec::new())
    }))
}

/// A picture by itself: `/karta/bild.svg?lat=…&lon=…&z=…&w=…&h=…`, with `mark=1` for a mark in the
/// middle and `dark=1` for a dark one.
pub(super) async fn picture(request: &PageRequest) -> Result<Outcome> {
    let number = |name: &str| -> Option<f64> { request.query(name)?.parse().ok() };
    let point = number("lat")
        .zip(number("lon"))
        .map(|(lat, lon)| Point::new(lon, lat));
    let Some(centre) = point.filter(|own| own.in_sweden()) else {
        return Ok(Outcome::NotFound);
    };
    let zoom = number("z").filter(|own| own.is_finite()).unwrap_or(14.0);
    let pixels = |name: &str, usual: u32| -> u32 {
        let given = request.query(name).and_then(|text| text.parse().ok());
        given.unwrap_or(usual).clamp(80, 1_600)
    };
    let marks = [Mark {
        point: centre,
        label: String::new(),
    }];
    let is_dark = request.query("dark").is_some_and(|own| own == "1");
    let svg = draw(&Drawing {
        view: View { centre, zoom }.kept(),
        size: Size {
            width: pixels("w", 480),
            height: pixels("h", 320),
        },
        shapes: &[],
        dots: &[],
        marks: if request.query("mark").is_some() {
            &marks
        } else {
            &[]
        },
        label: &centre.to_string(),
        look: if is_dark { Look::Dark } else { Look::Light },
    });
    Ok(Outcome::Page(Page {
        content_type: "image/svg+xml",
        keep: false,
        ..Page::html(svg.into_text(), Vec::new())
    }))
}
