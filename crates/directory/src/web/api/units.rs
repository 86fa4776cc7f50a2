//! `/api/v1/units`.

use serde::Serialize;
use torg_kernel::{Locale, Result, Timestamp, UnitId, civil_date};
use torg_web::{OrganisationList, Outcome, PageRequest};

use super::question;
use crate::details::{Closure, Entrance, Feature, NamedPhone, Notice, WebLink};
use crate::finding::point;
use crate::hours::{Hours, osm};
use crate::model::{Offer, Position, PostalAddress, UnitKind, Words};
use crate::register::{Entry, Everything};
use crate::service::{STANDING_TAG, unit_tag};
use crate::services::SERVICES_TAG;
use crate::web::Directory;

/// Units in one answer at most.
const MOST: usize = 500;
/// What units are told with, beside themselves. Names, order and which there are stand in one of them.
const BESIDE: [&str; 4] = [
    SERVICES_TAG,
    STANDING_TAG,
    torg_almanac::ALMANAC_TAG,
    torg_web::ORGANISATIONS_TAG,
];

#[derive(Serialize)]
struct Grid {
    north: f64,
    east: f64,
}

/// A unit as programs get it. Fields are added in time and never taken away within `v1`.
#[derive(Serialize)]
pub(super) struct Item<'a> {
    id: UnitId,
    key: &'a str,
    name: &'a Words,
    summary: &'a Words,
    kind: UnitKind,
    organisation: Option<&'a str>,
    phone: Option<&'a str>,
    phones: &'a [NamedPhone],
    email: Option<&'a str>,
    web: &'a [WebLink],
    address: Option<&'a PostalAddress>,
    position: Option<Position>,
    /// North and east in SWEREF 99 TM (EPSG 3006), in metres.
    sweref99tm: Option<Grid>,
    entrances: &'a [Entrance],
    getting_there: &'a Words,
    hours: Option<&'a Hours>,
    /// The hours of a year ahead as OpenStreetMap writes them.
    opening_hours: Option<String>,
    offers: &'a [Offer],
    services: Vec<&'a str>,
    accessibility: &'a [Offer],
    features: &'a [Feature],
    related: Vec<&'a str>,
    keywords: &'a [String],
    notice: Option<&'a Notice>,
    closed: Option<&'a Closure>,
    confirmed: Option<jiff::civil::Date>,
    updated_at: String,
    url: String,
}

impl<'a> Item<'a> {
    pub(super) fn new(
        entry: &'a Entry,
        all: &'a Everything,
        organisations: &'a OrganisationList,
        base: &str,
        now: Timestamp,
    ) -> Self {
        let (unit, data) = (&entry.unit, &entry.unit.data);
        let today = civil_date(now);
        Self {
            id: unit.id,
            key: &unit.key,
            name: &data.name,
            summary: &data.summary,
            kind: unit.kind,
            organisation: organisations
                .find(unit.organisation)
                .map(|entry| entry.key.as_str()),
            phone: data.phone.as_deref(),
            phones: &data.phones,
            email: data.email.as_deref(),
            web: &data.web,
            address: data.address.as_ref(),
            position: data.position,
            sweref99tm: data.position.map(|at| {
                let grid = point(at).sweref();
                Grid {
                    north: grid.north.round(),
                    east: grid.east.round(),
                }
            }),
            entrances: &data.entrances,
            getting_there: &data.getting_there,
            hours: data.hours.as_ref(),
            opening_hours: data
                .hours
                .as_ref()
                .map(|hours| osm(hours.with(&all.almanac), today)),
            offers: &data.services,
            services: all
                .services_at(unit)
                .iter()
                .map(|own| own.key.as_str())
                .collect(),
            accessibility: &data.accessibility,
            features: &data.features,
            related: all
                .related(unit)
                .into_iter()
                .map(|own| own.unit.key.as_str())
                .collect(),
            keywords: &data.keywords,
            notice: data.notice.as_ref(),
            closed: data.closed.as_ref(),
            confirmed: data.confirmed,
            updated_at: unit.updated_at.rfc3339(),
            url: format!("{base}{}", unit.href(Locale::SV)),
        }
    }
}

/// Units by name, or by distance where `near` is given; at most `limit` (100, never more than 500)
/// from `offset` on.
pub(in crate::web) async fn units(directory: &Directory, request: &PageRequest) -> Result<Outcome> {
    let mut asked = question::units(directory, request, MOST).await?;
    if request.query.is_empty() {
        // The only one that is kept: it is dropped for what it shows, and for what comes and goes.
        let shown = asked.part().iter();
        let mut tags: Vec<String> = shown.map(|(entry, _)| unit_tag(entry.unit.id)).collect();
        tags.extend(BESIDE.map(str::to_owned));
        asked.tags = tags;
    }
    let base = &request.app.settings.base_url;
    let item = |(entry, metres): &(std::sync::Arc<Entry>, Option<f64>)| -> Result<_> {
        let mut value = serde_json::to_value(Item::new(
            entry,
            &asked.all,
            &asked.organisations,
            base,
            request.now,
        ))?;
        if let Some(metres) = metres {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a distance on earth is positive and fits"
            )]
            let metres = metres.round() as u64;
            value["distance"] = metres.into();
        }
        Ok(value)
    };
    let units: Vec<serde_json::Value> = asked.part().iter().map(item).collect::<Result<_>>()?;
    let answer = serde_json::json!({"total": asked.found.len(), "units": units});
    Ok(asked.page(request, "application/json", answer.to_string()))
}

/// One unit by its id or key.
pub(in crate::web) async fn one(directory: &Directory, request: &PageRequest) -> Result<Outcome> {
    let all = directory.register.read(&request.reading).await?;
    let organisations = request.organisations().await?;
    let name = request.param("id");
    let by_id = name.parse().ok().and_then(|id| all.unit(id));
    let Some(entry) = by_id.or_else(|| all.by_key(name)) else {
        return Ok(Outcome::NotFound);
    };
    let base = &request.app.settings.base_url;
    let item = Item::new(entry, &all, &organisations, base, request.now);
    let mut tags = vec![unit_tag(entry.unit.id)];
    tags.extend(BESIDE.map(str::to_owned));
    let body = serde_json::to_string(&item)?;
    Ok(Outcome::Page(torg_web::Page {
        content_type: "application/json",
        // The hours are written for a year from today.
        fresh_until: Some(crate::hours::next_midnight(request.now)),
        ..torg_web::Page::html(body, tags)
    }))
}
