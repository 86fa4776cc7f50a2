//! The objects of HSDS, made from what the directory holds. What is not known is left out: the
//! specification has no empty values.

use std::sync::Arc;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use torg_kernel::{Locale, Timestamp, civil_date};
use torg_ui::T;
use torg_web::{OrganisationEntry, OrganisationList};
use uuid::Uuid;

use crate::hours::{Hours, osm, short_lines};
use crate::model::Unit;
use crate::register::Everything;
use crate::services::{LinkKind, Service};

/// The id of a part of something: always the same for the same part (version 8 of RFC 9562: made by
/// a rule of our own, here SHA-256).
pub(super) fn part_id(of: Uuid, part: &str) -> Uuid {
    let mut hasher = Sha256::new();
    hasher.update(of.as_bytes());
    hasher.update(part.as_bytes());
    let digest = hasher.finalize();
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// What the objects are made from.
pub(super) struct Parts {
    pub all: Arc<Everything>,
    pub organisations: Arc<OrganisationList>,
    pub base: String,
    pub now: Timestamp,
}

/// Puts a text in, unless it is empty.
fn put(object: &mut Map<String, Value>, name: &str, text: &str) {
    if !text.is_empty() {
        object.insert(name.to_owned(), json!(text));
    }
}

impl Parts {
    fn whole(&self, url: &str) -> String {
        match url.starts_with('/') {
            true => format!("{}{url}", self.base),
            false => url.to_owned(),
        }
    }

    pub(super) fn organization(&self, entry: &OrganisationEntry) -> Value {
        let mut object = Map::new();
        object.insert("id".to_owned(), json!(entry.id));
        put(&mut object, "name", entry.name(Locale::SV));
        put(&mut object, "alternate_name", &entry.name_en);
        // Required by the specification.
        put(&mut object, "description", entry.name(Locale::SV));
        if let Some(parent) = entry.parent {
            object.insert("parent_organization_id".to_owned(), json!(parent));
        }
        Value::Object(object)
    }

    /// A service; `full` with the places where it is given.
    pub(super) fn service(&self, service: &Service, full: bool) -> Value {
        let data = &service.data;
        let sv = Locale::SV;
        let mut object = Map::new();
        object.insert("id".to_owned(), json!(service.id));
        object.insert("organization_id".to_owned(), json!(service.organisation));
        put(&mut object, "name", service.name(sv));
        put(
            &mut object,
            "alternate_name",
            data.name.own(Locale::EN).unwrap_or_default(),
        );
        put(&mut object, "description", data.summary.get(sv));
        put(&mut object, "url", &self.whole(&service.href(sv)));
        put(
            &mut object,
            "email",
            data.email.as_deref().unwrap_or_default(),
        );
        let closed = service.is_closed_on(civil_date(self.now));
        put(
            &mut object,
            "status",
            if closed { "defunct" } else { "active" },
        );
        put(&mut object, "application_process", data.how.get(sv));
        put(&mut object, "fees_description", data.fees.get(sv));
        put(
            &mut object,
            "eligibility_description",
            data.eligibility.get(sv),
        );
        if let Some(day) = data.confirmed {
            put(&mut object, "assured_date", &day.to_string());
        }
        put(&mut object, "last_modified", &service.updated_at.rfc3339());
        if let Some(phone) = &data.phone {
            let id = part_id(service.id.0, "phone");
            object.insert(
                "phones".to_owned(),
                json!([{"id": id, "number": phone, "type": "voice"}]),
            );
        }
        if let Some(entry) = self.organisations.find(service.organisation) {
            object.insert("organization".to_owned(), self.organization(entry));
        }
        object.insert("attributes".to_owned(), json!([self.category(service)]));
        if full {
            let places = data.units.iter().filter_map(|key| self.all.by_key(key));
            let places = places.map(|entry| {
                json!({
                    "id": part_id(service.id.0, &format!("at {}", entry.unit.id)),
                    "service_id": service.id,
                    "location_id": entry.unit.id,
                    "location": self.location(&entry.unit),
                })
            });
            object.insert("service_at_locations".to_owned(), places.collect());
            let forms = data.links.iter().filter(|link| link.kind == LinkKind::Form);
            let forms: Vec<Value> = forms
                .map(|link| {
                    let id = part_id(service.id.0, &format!("form {}", link.url));
                    json!({"id": id, "service_id": service.id, "document": link.name.get(sv), "uri": self.whole(&link.url)})
                })
                .collect();
            if !forms.is_empty() {
                object.insert("required_documents".to_owned(), json!(forms));
            }
        }
        Value::Object(object)
    }

    /// What a service is about, as a term of the directory's own list.
    fn category(&self, service: &Service) -> Value {
        let code = service.category.as_str();
        let name = T::SV.get(&format!("service-category-{code}")).into_owned();
        let term = part_id(Uuid::nil(), &format!("category {code}"));
        json!({
            "id": part_id(service.id.0, "category"),
            "link_id": service.id,
            "link_entity": "service",
            "taxonomy_term_id": term,
            "taxonomy_term": {"id": term, "code": code, "name": name, "description": name, "language": "sv"},
        })
    }

    /// A unit as a location.
    pub(super) fn location(&self, unit: &Unit) -> Value {
        let (data, sv) = (&unit.data, Locale::SV);
        let mut object = Map::new();
        object.insert("id".to_owned(), json!(unit.id));
        put(&mut object, "location_type", "physical");
        put(&mut object, "url", &self.whole(&unit.href(sv)));
        object.insert("organization_id".to_owned(), json!(unit.organisation));
        put(&mut object, "name", unit.name(sv));
        put(
            &mut object,
            "alternate_name",
            data.name.own(Locale::EN).unwrap_or_default(),
        );
        put(&mut object, "description", data.summary.get(sv));
        put(&mut object, "transportation", data.getting_there.get(sv));
        put(&mut object, "external_identifier", &unit.key);
        if let Some(at) = data.position {
            object.insert("latitude".to_owned(), json!(at.lat));
            object.insert("longitude".to_owned(), json!(at.lon));
        }
        if let Some(address) = data.address.as_ref().filter(|own| !own.street.is_empty()) {
            let id = part_id(unit.id.0, "address");
            object.insert(
                "addresses".to_owned(),
                json!([{
                    "id": id,
                    "location_id": unit.id,
                    "address_1": address.street,
                    "city": address.city,
                    "state_province": "Västra Götaland",
                    "postal_code": address.postcode,
                    "country": "SE",
                    "address_type": "physical",
                }]),
            );
        }
        let first = data
            .phone
            .iter()
            .map(|number| (String::new(), number.clone()));
        let more = data.phones.iter();
        let more = more.map(|own| (own.name.get(sv).to_owned(), own.number.clone()));
        let phones: Vec<Value> = first
            .chain(more)
            .map(|(name, number)| {
                let mut phone = Map::new();
                let id = part_id(unit.id.0, &format!("phone {number} {name}"));
                phone.insert("id".to_owned(), json!(id));
                put(&mut phone, "number", &number);
                put(&mut phone, "type", "voice");
                put(&mut phone, "description", &name);
                Value::Object(phone)
            })
            .collect();
        if !phones.is_empty() {
            object.insert("phones".to_owned(), json!(phones));
        }
        let facts = data.features.iter();
        let facts = facts.map(|own| {
            T::SV
                .get(&format!("unit-feature-{}", own.as_str()))
                .into_owned()
        });
        let words = data.accessibility.iter().map(|own| own.sv.clone());
        let access: Vec<Value> = facts
            .chain(words)
            .map(|text| json!({"id": part_id(unit.id.0, &text), "location_id": unit.id, "description": text}))
            .collect();
        if !access.is_empty() {
            object.insert("accessibility".to_owned(), json!(access));
        }
        if let Some(hours) = &data.hours {
            object.insert("schedules".to_owned(), json!(self.schedules(unit, hours)));
        }
        Value::Object(object)
    }

    /// Each span of the ordinary week with its days, and the whole in words and as OpenStreetMap
    /// writes it, which can say what a week cannot.
    fn schedules(&self, unit: &Unit, hours: &Hours) -> Vec<Value> {
        const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        let plan = hours.with(&self.all.almanac);
        let words = short_lines(T::SV, plan, self.now).join("; ");
        let exact = osm(plan, civil_date(self.now));
        let offset = self.now.zoned().offset().seconds() / 3_600;
        let mut spans: Vec<(crate::hours::Span, Vec<&str>)> = Vec::new();
        for (day, own) in DAYS.iter().zip(hours.weekly.days()) {
            for span in own {
                match spans.iter_mut().find(|(other, _)| other == span) {
                    Some((_, days)) => days.push(day),
                    None => spans.push((*span, vec![day])),
                }
            }
        }
        spans
            .into_iter()
            .map(|(span, days)| {
                let (from, to) = span.clock();
                let clock = |at: jiff::civil::Time| {
                    format!("{:02}:{:02}{offset:+03}:00", at.hour(), at.minute())
                };
                json!({
                    "id": part_id(unit.id.0, &format!("schedule {span} {}", days.join(","))),
                    "location_id": unit.id,
                    "freq": "WEEKLY",
                    "interval": 1,
                    "wkst": "MO",
                    "byday": days.join(","),
                    "opens_at": clock(from),
                    "closes_at": clock(to),
                    "timezone": offset,
                    "description": words,
                    "notes": exact,
                    "schedule_link": self.whole(&unit.href(Locale::SV)),
                })
            })
            .collect()
    }
}
