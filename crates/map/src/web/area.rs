//! My area: what is near an address. The address stands in the address bar and nowhere else: nothing
//! of who asks, or for where, is stored or logged.

use askama::Template;
use torg_geo::{Point, PointFault, read_point};
use torg_kernel::{Locale, Result, Timestamp, civil_date, fold};
use torg_ui::{Alternate, Shell, T};
use torg_web::{Outcome, Page, PageRequest};

use super::{Asked, MapRoom, area_href, distance, map_href};
use crate::address::{Address, wanted};
use crate::atlas::{Ask, Atlas, Span};
use crate::model::{Feature, Group, LayerInfo};
use crate::news::AreaNews;
use crate::picture::{Drawing, Look, Mark, Svg, draw};
use crate::store;
use crate::view::{Size, View};
use crate::views::{AreaChoice, AreaDistrict, AreaEvent, AreaPage, AreaUnit};

/// Addresses that are offered when several fit.
const CHOICES: i64 = 20;
/// What happens nearby: this many are shown.
const EVENTS: usize = 6;
/// What has been written of the district: this much is shown.
const NEWS: usize = 4;
const SIZE: Size = Size {
    width: 640,
    height: 420,
};

/// What an address bar leads to.
enum Place {
    /// Nothing was asked.
    None,
    /// A place, with what to call it.
    Here(Point, String),
    /// Several addresses fit.
    Choose(Vec<(i64, Address)>),
    /// Nothing fits; with streets that are called almost so.
    Unknown(Vec<String>),
    /// A position that is none.
    Wrong(PointFault),
}

async fn place(request: &PageRequest) -> Result<Place> {
    if let Some(at) = request.query("at") {
        return Ok(match read_point(at) {
            Ok(point) => Place::Here(point, point.to_string()),
            Err(fault) => Place::Wrong(fault),
        });
    }
    let text = request
        .query("address")
        .or_else(|| request.query("q"))
        .unwrap_or_default()
        .trim();
    if text.is_empty() {
        return Ok(Place::None);
    }
    match read_point(text) {
        Ok(point) => return Ok(Place::Here(point, point.to_string())),
        Err(PointFault::Unreadable | PointFault::Empty) => {}
        // "Storgatan 157" is no position; two numbers and nothing else are.
        Err(fault)
            if !text
                .chars()
                .any(|sign| sign.is_alphabetic() && !"NESWnesw".contains(sign)) =>
        {
            return Ok(Place::Wrong(fault));
        }
        Err(_) => {}
    }
    let snapshot = request.snapshot().await?;
    let asked = wanted(text);
    let mut found = store::find_addresses(&**snapshot, &asked, CHOICES).await?;
    let whole = fold(text);
    if let Some(exact) = found.iter().find(|(_, own)| fold(&own.whole()) == whole) {
        found = vec![exact.clone()];
    }
    Ok(match found.len() {
        0 => {
            let streets = store::list_streets(&**snapshot).await?;
            let mut near: Vec<(f64, String)> = streets
                .into_iter()
                .map(|(key, name)| (strsim::jaro_winkler(&key, &asked.street), name))
                .filter(|(likeness, _)| *likeness > 0.86)
                .collect();
            near.sort_by(|a, b| b.0.total_cmp(&a.0));
            Place::Unknown(near.into_iter().take(5).map(|(_, name)| name).collect())
        }
        1 => {
            let (_, own) = found.remove(0);
            Place::Here(own.point, own.whole())
        }
        _ => Place::Choose(found),
    })
}

fn address_href(locale: Locale, address: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("address", address)
        .finish();
    format!("{}?{query}", area_href(locale))
}

fn units(atlas: &Atlas, here: Point, request: &PageRequest, locale: Locale) -> Vec<AreaUnit> {
    let t = T::of(locale);
    let layers = atlas.layers();
    let mut units = Vec::new();
    for layer in layers.into_iter().filter(|own| own.group == Group::Units) {
        let keys = [layer.key.clone()];
        let found = atlas.find(&Ask {
            layers: &keys,
            near: Some(here),
            ..Ask::default()
        });
        let Some(own) = found.first() else { continue };
        let point = own.shape.centre();
        let now = own
            .now
            .as_ref()
            .and_then(|live| live.status(t, request.now));
        units.push(AreaUnit {
            number: units.len() + 1,
            kind: layer.name.get(locale).to_owned(),
            icon: layer.icon,
            title: own.title.get(locale).to_owned(),
            href: own.href.get(locale).to_owned(),
            line: own.line.get(locale).to_owned(),
            distance: distance(t, point.distance(here)),
            open: now.map(|(status, _)| status),
            point,
        });
    }
    units
}

/// What happens in a district from now on, the soonest first; where there is no district, what
/// happens within three kilometres.
fn events(
    atlas: &Atlas,
    here: Point,
    district: Option<&Feature>,
    request: &PageRequest,
    locale: Locale,
) -> Vec<AreaEvent> {
    let keys: Vec<String> = atlas
        .layers()
        .into_iter()
        .filter(|own| own.group == Group::Events)
        .map(|own| own.key.clone())
        .collect();
    let mut found = atlas.find(&Ask {
        layers: &keys,
        during: Some(Span {
            from: Some(request.now),
            until: None,
        }),
        ..Ask::default()
    });
    found.retain(|own| {
        let point = own.shape.centre();
        match district {
            Some(area) => area.shape.holds(point),
            None => point.distance(here) < 3_000.0,
        }
    });
    found.sort_by_key(|own| own.during.map(|(from, _)| from));
    found
        .into_iter()
        .take(EVENTS)
        .map(|own| AreaEvent {
            title: own.title.get(locale).to_owned(),
            href: own.href.get(locale).to_owned(),
            line: when(own, request.now, locale),
        })
        .collect()
}

/// When something is; the last day of what has begun.
fn when(event: &Feature, now: Timestamp, locale: Locale) -> String {
    match event.during {
        Some((from, until)) if from < now => {
            let t = T::of(locale);
            // What ends at midnight has its last day before.
            let last = civil_date(until.plus_seconds(-1));
            t.one("area-until", "day", torg_ui::date(t, last))
        }
        _ => event.line.get(locale).to_owned(),
    }
}

/// What has been written of the districts that an address lies in: of the smallest first, then of the
/// larger ones while there is room; of each the newest first.
async fn news(
    room: &MapRoom,
    districts: &[&Feature],
    request: &PageRequest,
    locale: Locale,
) -> Result<Vec<AreaEvent>> {
    let mut found: Vec<AreaNews> = Vec::new();
    for area in districts {
        let left = NEWS - found.len();
        if left == 0 {
            break;
        }
        let name = area.title.get(locale);
        let of_it = room.news.find(name, locale, request.now, NEWS).await?;
        let new = |own: &AreaNews| found.iter().all(|told| told.href != own.href);
        let more: Vec<AreaNews> = of_it.into_iter().filter(new).take(left).collect();
        found.extend(more);
    }
    let t = T::of(locale);
    let day = |at| torg_ui::date(t, civil_date(at));
    Ok(found
        .into_iter()
        .map(|own| AreaEvent {
            title: own.title,
            href: own.href,
            line: own.published_at.map(day).unwrap_or_default(),
        })
        .collect())
}

fn districts(atlas: &Atlas, here: Point) -> Vec<(&LayerInfo, &Feature)> {
    atlas
        .layers()
        .into_iter()
        .filter(|own| own.districts)
        .flat_map(|own| {
            atlas
                .at(here, &own.key)
                .into_iter()
                .map(move |area| (own, area))
        })
        .collect()
}

fn picture(here: Point, units: &[AreaUnit], district: Option<&Feature>, label: &str) -> Svg {
    // The nearest few: a map from end to end of the city shows nobody the way.
    let near: Vec<&AreaUnit> = units
        .iter()
        .filter(|own| own.point.distance(here) < 4_000.0)
        .collect();
    let mut marks: Vec<Mark> = vec![Mark {
        point: here,
        label: String::new(),
    }];
    marks.extend(near.iter().map(|own| Mark {
        point: own.point,
        label: own.number.to_string(),
    }));
    let bounds = torg_geo::Bounds::of(marks.iter().map(|own| own.point));
    let view = bounds.map_or(
        View {
            centre: here,
            zoom: 14.0,
        },
        |own| View::of(&own, SIZE),
    );
    let shapes: Vec<&torg_geo::Shape> = district.iter().map(|own| &own.shape).collect();
    draw(&Drawing {
        view,
        size: SIZE,
        shapes: &shapes,
        dots: &[],
        marks: &marks,
        label,
        look: Look::Page,
    })
}

/// The page.
pub(super) async fn get(room: &MapRoom, request: &PageRequest, locale: Locale) -> Result<Outcome> {
    let t = T::of(locale);
    let atlas = room.atlas(&request.reading, request.now).await?;
    let place = place(request).await?;
    let (chrome, tags) = request.chrome(locale).await?;
    let mut shell = Shell::new(chrome, t.get("area-title"), area_href(locale));
    shell.description = t.get("area-lede").into_owned();
    shell.noindex = !request.query.is_empty();
    let suffix = request.query.first().map(|(name, value)| {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair(name, value)
            .finish();
        format!("?{query}")
    });
    let suffix = suffix.unwrap_or_default();
    shell.alternates = [Locale::SV, Locale::EN]
        .into_iter()
        .map(|locale| Alternate {
            locale,
            href: format!("{}{suffix}", area_href(locale)),
        })
        .collect();
    let written = request
        .query("address")
        .or_else(|| request.query("q"))
        .unwrap_or_default();
    let mut page = AreaPage {
        written: written.to_owned(),
        has_register: store::find_register(&**request.snapshot().await?)
            .await?
            .is_some(),
        error: None,
        choices: Vec::new(),
        alike: Vec::new(),
        name: None,
        districts: Vec::new(),
        units: Vec::new(),
        events: Vec::new(),
        news: Vec::new(),
        picture: Svg::default(),
        map_href: map_href(locale).to_owned(),
        shell,
    };
    match place {
        Place::None => {}
        Place::Wrong(fault) => page.error = Some(t.message(&fault.message())),
        Place::Unknown(streets) => {
            page.error = Some(t.one("area-unknown", "text", written));
            page.alike = streets
                .into_iter()
                .map(|name| AreaChoice {
                    href: address_href(locale, &name),
                    label: name,
                })
                .collect();
        }
        Place::Choose(found) => {
            page.choices = found
                .into_iter()
                .map(|(_, own)| AreaChoice {
                    href: address_href(locale, &own.whole()),
                    label: own.whole(),
                })
                .collect();
        }
        Place::Here(here, name) => {
            let within = districts(&atlas, here);
            // The smallest is the one that people call theirs.
            let mut areas: Vec<&Feature> = within.iter().map(|(_, area)| *area).collect();
            let size = |area: &Feature| {
                let bounds = area.shape.bounds();
                (bounds.east - bounds.west) * (bounds.north - bounds.south)
            };
            areas.sort_by(|a, b| size(a).total_cmp(&size(b)));
            let own = areas.first().copied();
            page.units = units(&atlas, here, request, locale);
            page.events = events(&atlas, here, own, request, locale);
            page.news = news(room, &areas, request, locale).await?;
            let label = t.one("area-picture", "place", &name);
            page.picture = picture(here, &page.units, own, &label);
            page.districts = within
                .iter()
                .map(|(layer, area)| AreaDistrict {
                    layer: layer.name.get(locale).to_owned(),
                    title: area.title.get(locale).to_owned(),
                    href: area.href.get(locale).to_owned(),
                })
                .collect();
            let view = View {
                centre: here,
                zoom: 14.0,
            };
            page.map_href = Asked::default().at(view).href(map_href(locale));
            page.name = Some(name);
        }
    }
    let mut answer = Page::html(page.render()?, tags);
    answer.keep = false;
    Ok(Outcome::Page(answer))
}
