//! A unit for search engines, as schema.org has it.

use serde_json::{Map, Value, json};
use torg_kernel::{Locale, Timestamp, civil_date};
use torg_ui::PictureView;

use crate::hours::{Plan, specification};
use crate::model::Unit;

/// The unit as schema.org has it.
pub(super) fn json_ld(
    unit: &Unit,
    locale: Locale,
    now: Timestamp,
    base_url: &str,
    picture: Option<&PictureView>,
    plan: Option<Plan<'_>>,
) -> Value {
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
    if let Some(picture) = picture {
        put("image", json!(format!("{base_url}{}", picture.src)));
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
    if let Some(plan) = plan {
        let (usual, special) = specification(plan, civil_date(now));
        put("openingHoursSpecification", Value::Array(usual));
        if !special.is_empty() {
            put("specialOpeningHoursSpecification", Value::Array(special));
        }
    }
    Value::Object(thing)
}
