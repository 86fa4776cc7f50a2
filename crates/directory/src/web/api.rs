//! The directory for other programs: `/api/v1/units`.

use serde::Serialize;
use torg_kernel::{Locale, Message, Problem, Result, UnitId};
use torg_web::{ORGANISATIONS_TAG, Outcome, Page, PageRequest};

use crate::hours::Hours;
use crate::model::{Position, PostalAddress, Unit, UnitKind, Words};
use crate::service::UNIT_DETAILS_TAG;
use crate::store;

#[derive(Serialize)]
struct Answer<'a> {
    total: usize,
    units: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: UnitId,
    key: &'a str,
    name: &'a Words,
    kind: UnitKind,
    organisation: Option<&'a str>,
    phone: Option<&'a str>,
    email: Option<&'a str>,
    address: Option<&'a PostalAddress>,
    position: Option<Position>,
    hours: Option<&'a Hours>,
    url: String,
}

/// A whole number of the query within bounds.
fn number(request: &PageRequest, name: &str, usual: usize, most: usize) -> Result<usize> {
    match request.query(name) {
        None => Ok(usual),
        Some(text) => text
            .parse()
            .ok()
            .filter(|number| *number <= most)
            .ok_or_else(|| Problem::field(name, Message::new("unit-error-limit"))),
    }
}

/// Units by name; at most `limit` (100, never more than 500) from `offset` on, of one `kind`.
pub(super) async fn units(request: &PageRequest) -> Result<Outcome> {
    let limit = number(request, "limit", 100, 500)?;
    let offset = number(request, "offset", 0, usize::MAX)?;
    let mut units = store::list(&**request.snapshot().await?).await?;
    if let Some(kind) = request.query("kind") {
        units.retain(|unit| unit.kind.as_str() == kind);
    }
    let organisations = request.organisations().await?;
    let base_url = &request.app.settings.base_url;
    let item = |unit: &Unit| format!("{base_url}{}", unit.href(Locale::SV));
    let answer = Answer {
        total: units.len(),
        units: units
            .iter()
            .skip(offset)
            .take(limit)
            .map(|unit| Item {
                id: unit.id,
                key: &unit.key,
                name: &unit.data.name,
                kind: unit.kind,
                organisation: organisations
                    .find(unit.organisation)
                    .map(|entry| entry.key.as_str()),
                phone: unit.data.phone.as_deref(),
                email: unit.data.email.as_deref(),
                address: unit.data.address.as_ref(),
                position: unit.data.position,
                hours: unit.data.hours.as_ref(),
                url: item(unit),
            })
            .collect(),
    };
    let tags = vec![UNIT_DETAILS_TAG.to_owned(), ORGANISATIONS_TAG.to_owned()];
    Ok(Outcome::Page(Page {
        content_type: "application/json",
        // There are too many parts to keep them all.
        keep: request.query.is_empty(),
        ..Page::html(serde_json::to_string(&answer)?, tags)
    }))
}
