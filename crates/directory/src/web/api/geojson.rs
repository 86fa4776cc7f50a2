//! `/api/v1/units.geojson`: units with a position as a FeatureCollection (RFC 7946).

use serde_json::{Map, Value, json};
use torg_kernel::{Locale, Result};
use torg_web::{Outcome, PageRequest};

use super::question;
use crate::register::Entry;
use crate::web::Directory;

/// The type of GeoJSON (RFC 7946, section 12).
const CONTENT_TYPE: &str = "application/geo+json";
/// Features in one answer at most: all units of a city.
const MOST: usize = 10_000;

/// The units that the question asks for; those without a position are left out.
pub(in crate::web) async fn units(directory: &Directory, request: &PageRequest) -> Result<Outcome> {
    let asked = question::units(directory, request, MOST).await?;
    let part = match request.query("limit") {
        // A map wants them all.
        None => &asked.found[asked.offset.min(asked.found.len())..],
        Some(_) => asked.part(),
    };
    let base = &request.app.settings.base_url;
    let organisation = |entry: &Entry| {
        let own = asked.organisations.find(entry.unit.organisation);
        own.map(|own| own.key.clone())
    };
    let features: Vec<Value> = part
        .iter()
        .take(MOST)
        .filter_map(|(entry, _)| feature(entry, base, organisation(entry)))
        .collect();
    let body = json!({"type": "FeatureCollection", "features": features}).to_string();
    Ok(asked.page(request, CONTENT_TYPE, body))
}

fn feature(entry: &Entry, base: &str, organisation: Option<String>) -> Option<Value> {
    let (unit, data) = (&entry.unit, &entry.unit.data);
    let at = data.position?;
    let mut properties = Map::new();
    let mut put = |name: &str, value: Value| {
        properties.insert(name.to_owned(), value);
    };
    put("key", json!(unit.key));
    put("name", json!(unit.name(Locale::SV)));
    put("name_en", json!(data.name.own(Locale::EN)));
    put("kind", json!(unit.kind));
    put("organisation", json!(organisation));
    put("address", json!(data.place()));
    put("phone", json!(data.phone));
    put("email", json!(data.email));
    put("features", json!(data.features));
    put("url", json!(format!("{base}{}", unit.href(Locale::SV))));
    put("updated_at", json!(unit.updated_at.rfc3339()));
    Some(json!({
        "type": "Feature",
        "id": unit.id,
        "geometry": {"type": "Point", "coordinates": [at.lon, at.lat]},
        "properties": properties,
    }))
}
