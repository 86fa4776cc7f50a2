//! The directory as the Human Services Data Specification 3.0 of Open Referral has it, for those who
//! gather services from many places: `/api/hsds/v3`, with the paths and fields of its API
//! specification. Swedish is the language of all of it.

use std::sync::Arc;

use serde_json::{Value, json};
use torg_kernel::{Locale, OrganisationId, Result, ServiceId, civil_date, fold};
use torg_web::{ORGANISATIONS_TAG, OrganisationEntry, Outcome, Page, PageRequest};

use super::hsds_parts::{Parts, part_id};
use super::question::{Reader, moment};
use crate::register::Everything;
use crate::service::{UNIT_DETAILS_TAG, UNITS_TAG};
use crate::services::{SERVICE_DETAILS_TAG, SERVICES_TAG, Service};
use crate::web::Directory;

/// The version of the specification that is followed.
const VERSION: &str = "3.0";
/// Things on one page at most.
const MOST: usize = 500;

/// What an answer that tells of services is made from.
const OF_SERVICES: &[&str] = &[SERVICES_TAG, SERVICE_DETAILS_TAG, ORGANISATIONS_TAG];
/// What one that tells of organisations is made from.
const OF_ORGANISATIONS: &[&str] = &[
    UNITS_TAG,
    SERVICES_TAG,
    SERVICE_DETAILS_TAG,
    ORGANISATIONS_TAG,
];
/// What one that tells of locations too is made from.
const OF_PLACES: &[&str] = &[
    UNIT_DETAILS_TAG,
    UNITS_TAG,
    SERVICES_TAG,
    SERVICE_DETAILS_TAG,
    ORGANISATIONS_TAG,
    torg_almanac::ALMANAC_TAG,
];

fn answer(request: &PageRequest, tags: &[&str], body: &Value) -> Outcome {
    let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    Outcome::Page(Page {
        content_type: "application/json",
        keep: request.query.is_empty(),
        fresh_until: Some(crate::hours::next_midnight(request.now)),
        ..Page::html(body.to_string(), tags)
    })
}

/// What this API is.
pub(in crate::web) async fn root(request: &PageRequest) -> Result<Outcome> {
    let base = &request.app.settings.base_url;
    let body = json!({
        "version": VERSION,
        "profile": "https://docs.openreferral.org/en/v3.0/hsds/overview.html",
        "openapi_url": format!("{base}/api/openapi.json"),
    });
    Ok(answer(request, &[], &body))
}

/// A page of a list, as the specification's `Page` has it.
fn paged(mut reader: Reader<'_>, all: Vec<Value>) -> Result<Value> {
    let size = reader.number("per_page", 50, 1, MOST);
    let number = reader.number("page", 1, 1, 1_000_000);
    reader.end()?;
    let total = all.len();
    let pages = total.div_ceil(size).max(1);
    let contents: Vec<Value> = all
        .into_iter()
        .skip((number - 1) * size)
        .take(size)
        .collect();
    Ok(json!({
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": contents.len(),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": contents.is_empty(),
        "contents": contents,
    }))
}

async fn parts(directory: &Directory, request: &PageRequest) -> Result<Parts> {
    Ok(Parts {
        all: directory.register.read(&request.reading).await?,
        organisations: request.organisations().await?,
        base: request.app.settings.base_url.clone(),
        now: request.now,
    })
}

fn in_use(all: &Everything, request: &PageRequest) -> Vec<Arc<Service>> {
    let today = civil_date(request.now);
    let services = all.services.iter();
    services
        .filter(|own| !own.is_closed_on(today))
        .cloned()
        .collect()
}

/// Services, each with its organisation.
pub(in crate::web) async fn services(
    directory: &Directory,
    request: &PageRequest,
) -> Result<Outcome> {
    let parts = parts(directory, request).await?;
    let mut reader = Reader::new(request);
    let words = fold(reader.text("search").unwrap_or_default());
    let since = reader.read("modified_after", "api-error-moment", moment);
    let owner: Option<OrganisationId> =
        reader.read("organization_id", "api-error-organisation", |id| {
            id.parse().ok()
        });
    let found = in_use(&parts.all, request).into_iter().filter(|own| {
        let text = crate::web::service_page::words(own);
        words.split_whitespace().all(|word| text.contains(word))
            && since.is_none_or(|since| own.updated_at >= since)
            && owner.is_none_or(|owner| own.organisation == owner)
    });
    let all = found.map(|own| parts.service(&own, false)).collect();
    Ok(answer(request, OF_SERVICES, &paged(reader, all)?))
}

/// One service, whole.
pub(in crate::web) async fn service(
    directory: &Directory,
    request: &PageRequest,
) -> Result<Outcome> {
    let parts = parts(directory, request).await?;
    let id: Option<ServiceId> = request.param("id").parse().ok();
    let found = parts.all.services.iter().find(|own| Some(own.id) == id);
    Ok(match found {
        Some(own) => answer(request, OF_PLACES, &parts.service(own, true)),
        None => Outcome::NotFound,
    })
}

/// Organisations that answer for a unit or a service.
pub(in crate::web) async fn organizations(
    directory: &Directory,
    request: &PageRequest,
) -> Result<Outcome> {
    let parts = parts(directory, request).await?;
    let mut owners: Vec<&OrganisationEntry> = parts
        .organisations
        .entries()
        .filter(|entry| {
            let units = parts
                .all
                .units
                .iter()
                .any(|own| own.unit.organisation == entry.id);
            units
                || parts
                    .all
                    .services
                    .iter()
                    .any(|own| own.organisation == entry.id)
        })
        .collect();
    owners.sort_by_key(|entry| torg_kernel::sort_key(entry.name(Locale::SV)));
    let all = owners
        .into_iter()
        .map(|own| parts.organization(own))
        .collect();
    let reader = Reader::new(request);
    Ok(answer(request, OF_ORGANISATIONS, &paged(reader, all)?))
}

/// One organisation with its locations.
pub(in crate::web) async fn organization(
    directory: &Directory,
    request: &PageRequest,
) -> Result<Outcome> {
    let parts = parts(directory, request).await?;
    let id: Option<OrganisationId> = request.param("id").parse().ok();
    let Some(entry) = id.and_then(|id| parts.organisations.find(id)) else {
        return Ok(Outcome::NotFound);
    };
    let mut body = parts.organization(entry);
    let today = civil_date(request.now);
    let units = parts
        .all
        .units
        .iter()
        .filter(|own| own.unit.organisation == entry.id && !own.unit.is_closed_on(today));
    body["locations"] = units.map(|own| parts.location(&own.unit)).collect();
    Ok(answer(request, OF_PLACES, &body))
}

/// Where each service is given.
pub(in crate::web) async fn service_at_locations(
    directory: &Directory,
    request: &PageRequest,
) -> Result<Outcome> {
    let parts = parts(directory, request).await?;
    let mut all = Vec::new();
    for service in in_use(&parts.all, request) {
        for entry in service
            .data
            .units
            .iter()
            .filter_map(|key| parts.all.by_key(key))
        {
            all.push(json!({
                "id": part_id(service.id.0, &format!("at {}", entry.unit.id)),
                "service_id": service.id,
                "location_id": entry.unit.id,
                "location": parts.location(&entry.unit),
            }));
        }
    }
    Ok(answer(
        request,
        OF_PLACES,
        &paged(Reader::new(request), all)?,
    ))
}
