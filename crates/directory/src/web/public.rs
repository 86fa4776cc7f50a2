//! What residents see.

use askama::Template;
use serde_json::{Map, Value, json};
use torg_kernel::{Locale, Result, Timestamp, civil_date, sort_key};
use torg_ui::{Alternate, NavLink, Shell, T};
use torg_web::{Outcome, Page, PageRequest};

use super::list_href;
use crate::hours::{deviations, open_status, specification, week};
use crate::model::{Colour, Offer, Unit, UnitKind};
use crate::resolver::contact_card;
use crate::service::{UNITS_TAG, unit_tag};
use crate::store;
use crate::views::{DayRow, Deviation, Point, UnitGroup, UnitItem, UnitListPage, UnitPage};

fn alternates(href: impl Fn(Locale) -> String) -> Vec<Alternate> {
    [Locale::SV, Locale::EN]
        .into_iter()
        .map(|locale| Alternate {
            locale,
            href: href(locale),
        })
        .collect()
}

/// All units by kind.
pub(super) async fn list(request: &PageRequest, locale: Locale) -> Result<Outcome> {
    let units = store::list(&**request.snapshot().await?).await?;
    let (chrome, mut tags) = request.chrome(locale).await?;
    let t = T::of(locale);
    let mut shell = Shell::new(chrome, t.get("units-title"), list_href(locale));
    shell.description = t.get("units-lede").into_owned();
    shell.alternates = alternates(|locale| list_href(locale).to_owned());
    let mut until: Option<Timestamp> = None;
    let mut groups = Vec::new();
    for kind in UnitKind::ALL {
        let mut own: Vec<&Unit> = units.iter().filter(|unit| unit.kind == *kind).collect();
        own.sort_by_cached_key(|unit| sort_key(unit.name(locale)));
        let items: Vec<UnitItem> = own
            .into_iter()
            .map(|unit| {
                let hours = unit.data.hours.as_ref();
                let said = hours.map(|hours| open_status(t, hours, request.now));
                if let Some(said) = &said {
                    until = Some(until.map_or(said.until, |until| until.min(said.until)));
                }
                UnitItem {
                    name: unit.name(locale).to_owned(),
                    href: unit.href(locale),
                    address: one_line(unit),
                    open: said.map(|said| said.status),
                }
            })
            .collect();
        if !items.is_empty() {
            groups.push(UnitGroup {
                kind: kind.as_str().to_owned(),
                units: items,
            });
        }
    }
    tags.push(UNITS_TAG.to_owned());
    let mut page = Page::html(UnitListPage { shell, groups }.render()?, tags);
    page.fresh_until = until;
    Ok(Outcome::Page(page))
}

/// Street and place.
fn one_line(unit: &Unit) -> String {
    unit.data
        .address
        .as_ref()
        .map(|address| {
            [address.street.as_str(), address.city.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", ")
        })
        .unwrap_or_default()
}

/// One unit.
pub(super) async fn unit(request: &PageRequest, locale: Locale) -> Result<Outcome> {
    let slug = request.param("slug");
    let Some(unit) = store::find_by_slug(&**request.snapshot().await?, slug).await? else {
        return Ok(Outcome::NotFound);
    };
    let organisations = request.organisations().await?;
    let (chrome, mut tags) = request.chrome(locale).await?;
    tags.push(unit_tag(unit.id));
    tags.push(format!("organisation:{}", unit.organisation));
    let owner = organisations
        .find(unit.organisation)
        .map(|entry| entry.name(locale).to_owned());
    let t = T::of(locale);
    let mut shell = Shell::new(chrome, unit.name(locale), unit.href(locale));
    shell.description = description(&unit, locale);
    shell.alternates = alternates(|locale| unit.href(locale));
    shell.crumbs = vec![NavLink::new(t.get("units-title"), list_href(locale))];
    shell.json_ld = Some(json_ld(&unit, locale, request.now, &shell.chrome.base_url).to_string());
    let (page, until) = view(&unit, locale, request.now, shell, owner);
    let mut page = Page::html(page.render()?, tags);
    page.fresh_until = until;
    Ok(Outcome::Page(page))
}

fn description(unit: &Unit, locale: Locale) -> String {
    let summary = unit.data.summary.get(locale);
    if summary.is_empty() {
        one_line(unit)
    } else {
        summary.to_owned()
    }
}

fn points(offers: &[Offer], locale: Locale) -> Vec<Point> {
    offers
        .iter()
        .map(|offer| Point {
            label: offer.label(locale).to_owned(),
            note: offer.note(locale).to_owned(),
        })
        .collect()
}

fn view(
    unit: &Unit,
    locale: Locale,
    now: Timestamp,
    shell: Shell,
    owner: Option<String>,
) -> (UnitPage, Option<Timestamp>) {
    let t = T::of(locale);
    let data = &unit.data;
    let (contact, until) = contact_card(unit, locale, now);
    let (heading, days) = data
        .hours
        .as_ref()
        .map(|hours| week(t, hours, now))
        .unwrap_or_default();
    let deviating = data
        .hours
        .as_ref()
        .map(|hours| deviations(t, hours, now))
        .unwrap_or_default();
    let page = UnitPage {
        shell,
        kind: unit.kind.as_str().to_owned(),
        colour: data.colour.map(Colour::as_str).map(str::to_owned),
        summary: data.summary.get(locale).to_owned(),
        open: contact.open.clone(),
        week: heading,
        days: days
            .into_iter()
            .map(|day| DayRow {
                day: day.name,
                spans: day.spans,
                today: day.today,
                note: day.note,
            })
            .collect(),
        deviations: deviating
            .into_iter()
            .map(|(when, hours)| Deviation { when, hours })
            .collect(),
        services: points(&data.services, locale),
        accessibility: points(&data.accessibility, locale),
        contact,
        confirmed: data.confirmed.map(|day| torg_ui::date(t, day)),
        owner,
    };
    (page, until)
}

/// The unit as schema.org has it.
fn json_ld(unit: &Unit, locale: Locale, now: Timestamp, base_url: &str) -> Value {
    let data = &unit.data;
    let mut thing = Map::new();
    let mut put = |name: &str, value: Value| {
        thing.insert(name.to_owned(), value);
    };
    put("@context", json!("https://schema.org"));
    put("@type", json!(unit.kind.schema()));
    put("name", json!(unit.name(locale)));
    put("url", json!(format!("{base_url}{}", unit.href(locale))));
    let summary = data.summary.get(locale);
    if !summary.is_empty() {
        put("description", json!(summary));
    }
    if let Some(phone) = &data.phone {
        put("telephone", json!(phone));
    }
    if let Some(email) = &data.email {
        put("email", json!(email));
    }
    if let Some(address) = &data.address {
        put(
            "address",
            json!({
                "@type": "PostalAddress",
                "streetAddress": address.street,
                "postalCode": address.postcode,
                "addressLocality": address.city,
                "addressCountry": "SE",
            }),
        );
    }
    if let Some(at) = data.position {
        put(
            "geo",
            json!({"@type": "GeoCoordinates", "latitude": at.lat, "longitude": at.lon}),
        );
    }
    if let Some(hours) = &data.hours {
        let (usual, special) = specification(hours, civil_date(now));
        put("openingHoursSpecification", Value::Array(usual));
        if !special.is_empty() {
            put("specialOpeningHoursSpecification", Value::Array(special));
        }
    }
    Value::Object(thing)
}
