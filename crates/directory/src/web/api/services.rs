//! `/api/v1/services`.

use serde::Serialize;
use torg_kernel::{Locale, Result, ServiceId};
use torg_web::{ORGANISATIONS_TAG, OrganisationList, Outcome, Page, PageRequest};

use super::question;
use crate::services::{Category, SERVICES_TAG, Service, ServiceData, service_tag};
use crate::web::Directory;

#[derive(Serialize)]
struct Item<'a> {
    id: ServiceId,
    key: &'a str,
    category: Category,
    organisation: Option<&'a str>,
    #[serde(flatten)]
    data: &'a ServiceData,
    updated_at: String,
    url: String,
}

fn item<'a>(service: &'a Service, organisations: &'a OrganisationList, base: &str) -> Item<'a> {
    Item {
        id: service.id,
        key: &service.key,
        category: service.category,
        organisation: organisations
            .find(service.organisation)
            .map(|entry| entry.key.as_str()),
        data: &service.data,
        updated_at: service.updated_at.rfc3339(),
        url: format!("{base}{}", service.href(Locale::SV)),
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    total: usize,
    services: Vec<Item<'a>>,
}

/// Services by name; at most `limit` (100, never more than 500) from `offset` on.
pub(in crate::web) async fn services(
    directory: &Directory,
    request: &PageRequest,
) -> Result<Outcome> {
    let asked = question::services(directory, request).await?;
    let base = &request.app.settings.base_url;
    let part = asked.found.iter().skip(asked.offset).take(asked.limit);
    let answer = Answer {
        total: asked.found.len(),
        services: part
            .map(|own| item(own, &asked.organisations, base))
            .collect(),
    };
    let tags = vec![
        crate::services::SERVICE_DETAILS_TAG.to_owned(),
        ORGANISATIONS_TAG.to_owned(),
    ];
    Ok(Outcome::Page(Page {
        content_type: "application/json",
        keep: request.query.is_empty(),
        fresh_until: Some(crate::hours::next_midnight(request.now)),
        ..Page::html(serde_json::to_string(&answer)?, tags)
    }))
}

/// One service by its id or key.
pub(in crate::web) async fn one(directory: &Directory, request: &PageRequest) -> Result<Outcome> {
    let all = directory.register.read(&request.reading).await?;
    let organisations = request.organisations().await?;
    let name = request.param("id");
    let id: Option<ServiceId> = name.parse().ok();
    let mut services = all.services.iter();
    let Some(service) = services.find(|own| Some(own.id) == id || own.key == name) else {
        return Ok(Outcome::NotFound);
    };
    let item = item(service, &organisations, &request.app.settings.base_url);
    let tags = [
        service_tag(service.id),
        SERVICES_TAG.to_owned(),
        ORGANISATIONS_TAG.to_owned(),
    ];
    Ok(Outcome::Page(Page {
        content_type: "application/json",
        ..Page::html(serde_json::to_string(&item)?, tags.to_vec())
    }))
}
