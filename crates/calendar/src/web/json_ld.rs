//! An event for search engines, as schema.org has it (<https://schema.org/Event>).

use serde_json::{Map, Value, json};
use torg_kernel::{Locale, Timestamp};
use torg_ui::ContactCard;

use crate::model::{Event, EventData, Organiser, Place, Price, Spot};
use crate::store::OccasionRow;
use crate::vocabulary::Status;

/// Occasions that are told one by one.
const MOST: usize = 30;

fn place(
    data: &EventData,
    card: Option<&ContactCard>,
    spot: Option<Spot>,
    base: &str,
) -> Option<Value> {
    let mut thing = Map::new();
    match data.place.as_ref()? {
        Place::Online { url } => {
            return Some(json!({"@type": "VirtualLocation", "url": url}));
        }
        Place::Unit { .. } => {
            let card = card?;
            thing.insert("name".to_owned(), json!(card.name));
            if let Some(href) = &card.href {
                thing.insert("url".to_owned(), json!(format!("{base}{href}")));
            }
            thing.insert("address".to_owned(), json!(card.address.join(", ")));
        }
        Place::Free {
            name,
            street,
            postcode,
            city,
            ..
        } => {
            thing.insert("name".to_owned(), json!(name.get(Locale::SV)));
            thing.insert(
                "address".to_owned(),
                json!({
                    "@type": "PostalAddress",
                    "streetAddress": street,
                    "postalCode": postcode,
                    "addressLocality": city,
                    "addressCountry": "SE",
                }),
            );
        }
    }
    if let Some(spot) = spot {
        thing.insert(
            "geo".to_owned(),
            json!({"@type": "GeoCoordinates", "latitude": spot.lat(), "longitude": spot.lon()}),
        );
    }
    thing.insert("@type".to_owned(), json!("Place"));
    Some(Value::Object(thing))
}

/// A start or end with its offset, or the day alone.
fn instant(row: &OccasionRow, at: Timestamp, day: jiff::civil::Date) -> Value {
    if row.all_day {
        json!(day.to_string())
    } else {
        json!(at.zoned().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
    }
}

/// How many people have room, and how many more.
fn capacity(thing: &mut Map<String, Value>, event: &Event, row: &OccasionRow) {
    if let (Some(rules), Some(left)) = (event.sign_up(), row.left) {
        thing.insert("maximumAttendeeCapacity".to_owned(), json!(rules.places));
        thing.insert("remainingAttendeeCapacity".to_owned(), json!(left));
    }
}

fn times(thing: &mut Map<String, Value>, row: &OccasionRow) {
    thing.insert(
        "startDate".to_owned(),
        instant(row, row.begins_at, row.start.date()),
    );
    if row.end > row.start {
        let last = super::draw::last_day(row);
        thing.insert("endDate".to_owned(), instant(row, row.ends_at, last));
    }
    thing.insert("eventStatus".to_owned(), json!(row.status.schema()));
    if row.status == Status::Moved {
        let before = json!(row.of.strftime("%Y-%m-%dT%H:%M").to_string());
        thing.insert("previousStartDate".to_owned(), before);
    }
}

/// The event with its next occasions.
#[must_use]
pub fn event_json_ld(
    event: &Event,
    rows: &[OccasionRow],
    now: Timestamp,
    base: &str,
    locale: Locale,
    card: Option<&ContactCard>,
    owner: Option<&str>,
) -> Value {
    let data = &event.data;
    let mut thing = Map::new();
    let mut put = |name: &str, value: Value| {
        thing.insert(name.to_owned(), value);
    };
    put("@context", json!("https://schema.org"));
    put("@type", json!(data.category.schema()));
    put("@id", json!(format!("{base}{}", event.href(locale))));
    put("url", json!(format!("{base}{}", event.href(locale))));
    put("name", json!(event.name(locale)));
    if !data.summary.is_empty() {
        put("description", json!(data.summary.get(locale)));
    }
    put("isAccessibleForFree", json!(data.price == Price::Free));
    let attendance = match data.place {
        Some(Place::Online { .. }) => "https://schema.org/OnlineEventAttendanceMode",
        _ => "https://schema.org/OfflineEventAttendanceMode",
    };
    put("eventAttendanceMode", json!(attendance));
    let from = match data.price {
        Price::Paid { from, .. } => Some(from),
        // What is free has an offer when its places can run out.
        Price::Free => event.sign_up().map(|_| 0),
    };
    let next = rows.iter().find(|row| row.ends_at > now);
    if let Some(from) = from {
        let own = data.registration.as_ref().map(|own| own.url.as_str());
        let own = own.filter(|url| !url.is_empty()).map(str::to_owned);
        let url = match event.sign_up() {
            Some(_) => Some(format!("{base}{}", event.href(locale))),
            None => own,
        };
        let full = next.is_some_and(|row| row.status == Status::SoldOut);
        put(
            "offers",
            json!({
                "@type": "Offer",
                "price": format!("{}.{:02}", from / 100, from % 100),
                "priceCurrency": "SEK",
                "url": url.unwrap_or_default(),
                "availability": if full || data.status == Status::SoldOut {
                    "https://schema.org/SoldOut"
                } else {
                    "https://schema.org/InStock"
                },
            }),
        );
    }
    let languages: Vec<String> = data.languages.iter().map(ToString::to_string).collect();
    if languages.is_empty() {
        put("inLanguage", json!("sv"));
    } else {
        put("inLanguage", json!(languages));
    }
    let organiser = match &data.organiser {
        Some(Organiser::Free { name, .. }) => Some(name.as_str()),
        _ => owner,
    };
    if let Some(name) = organiser {
        put("organizer", json!({"@type": "Organization", "name": name}));
    }
    if !data.ages.is_empty() {
        let end = |age: Option<u8>| age.map(|age| age.to_string()).unwrap_or_default();
        put(
            "typicalAgeRange",
            json!(format!("{}-{}", end(data.ages.from), end(data.ages.to))),
        );
    }
    let spot = rows.iter().find_map(|row| row.spot);
    if let Some(place) = place(data, card, spot, base) {
        put("location", place);
    }
    let coming: Vec<&OccasionRow> = rows.iter().filter(|row| row.ends_at > now).collect();
    if let Some(first) = coming.first().copied().or_else(|| rows.last()) {
        times(&mut thing, first);
        capacity(&mut thing, event, first);
    }
    if coming.len() > 1 {
        let others = coming.iter().take(MOST).map(|row| {
            let mut one = Map::new();
            one.insert("@type".to_owned(), json!("Event"));
            one.insert("name".to_owned(), json!(event.name(locale)));
            times(&mut one, row);
            capacity(&mut one, event, row);
            Value::Object(one)
        });
        thing.insert("subEvent".to_owned(), Value::Array(others.collect()));
    }
    Value::Object(thing)
}
