//! `/api/v1/events`: occasions as the Linked Events API tells them. Each occasion of a series is an
//! event with the series as its `super_event`.

use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value, json};
use torg_kernel::{EventId, Locale, Result, Timestamp};
use torg_ui::T;
use torg_web::{Outcome, PageRequest};

use super::gather::Gathered;
use super::question::{self, Include, Question};
use crate::model::{Event, Place, Price, Spot, Words};
use crate::service::event_tag;
use crate::store::{self, OccasionRow};
use crate::vocabulary::Status;
use crate::web::{Calendar, price_words};

const CONTENT_TYPE: &str = "application/json";
/// Occasions that are named under their series.
const NAMED: usize = 200;

/// A page of occasions.
pub(super) async fn events(calendar: &Calendar, request: &PageRequest) -> Result<Outcome> {
    let Question {
        query,
        page,
        page_size,
        include,
        tags,
    } = question::read(calendar, request).await?;
    let snapshot = request.snapshot().await?;
    let rows =
        store::list_occasions(&**snapshot, &query, (page - 1) * page_size, page_size).await?;
    let count = store::count_occasions(&**snapshot, &query).await?;
    let gathered = Gathered::of_rows(calendar, request, Locale::SV, &rows).await?;
    let data: Vec<Value> = rows
        .iter()
        .filter_map(|row| {
            Some(occasion(
                &gathered,
                gathered.events.get(&row.event)?,
                row,
                include,
            ))
        })
        .collect();
    let at = |page: i64| {
        let mut pairs: Vec<(&str, String)> = request
            .query
            .iter()
            .filter(|(name, _)| name != "page")
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        pairs.push(("page", page.to_string()));
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        gathered.url(&format!("/api/v1/events?{query}"))
    };
    let body = json!({
        "meta": {
            "count": count,
            "next": (page * page_size < count).then(|| at(page + 1)),
            "previous": (page > 1).then(|| at(page - 1)),
        },
        "data": data,
    });
    // What is asked from now on is another answer each moment.
    let keep = request.query.is_empty();
    Ok(Outcome::Page(gathered.page(
        CONTENT_TYPE,
        body.to_string(),
        &tags,
        keep,
    )))
}

/// One event, or one occasion of it.
pub(super) async fn one(calendar: &Calendar, request: &PageRequest) -> Result<Outcome> {
    let include = question::include(request)?;
    let asked = request.param("id");
    let id = asked.get(..36).and_then(|id| id.parse::<EventId>().ok());
    let of = asked.get(36..).unwrap_or_default();
    let Some(id) = id else {
        return Ok(Outcome::NotFound);
    };
    let snapshot = request.snapshot().await?;
    let found = store::find(&**snapshot, id).await?;
    let Some(event) = found.filter(Event::is_public) else {
        return Ok(Outcome::NotFound);
    };
    let rows = store::list_occasions_of(&**snapshot, id).await?;
    let gathered = Gathered::of(calendar, request, Locale::SV, vec![event]).await?;
    let event = &gathered.events[&id];
    let told = if of.is_empty() {
        whole(&gathered, event, &rows, include, request.now)
    } else {
        let row = rows.iter().find(|row| *asked == name(event, row));
        match row {
            Some(row) => with_places(occasion(&gathered, event, row, include), row),
            None => return Ok(Outcome::NotFound),
        }
    };
    let keep = request.query.is_empty();
    Ok(Outcome::Page(gathered.page(
        CONTENT_TYPE,
        told.to_string(),
        &[event_tag(id)],
        keep,
    )))
}

/// The id of an occasion: the event's own where there is one only.
fn name(event: &Event, row: &OccasionRow) -> String {
    if event.data.pattern.repeats() {
        format!("{}-{}", event.id, row.of.strftime("%Y%m%dT%H%M"))
    } else {
        event.id.to_string()
    }
}

fn address(gathered: &Gathered, id: &str) -> String {
    gathered.url(&format!("/api/v1/events/{id}"))
}

fn words(words: &Words) -> Value {
    if words.is_empty() {
        Value::Null
    } else {
        json!(words)
    }
}

/// The same text in the languages of the interface.
fn both(make: impl Fn(T) -> String) -> Value {
    json!({"sv": make(T::SV), "en": make(T::EN)})
}

fn standing(status: Status) -> &'static str {
    status.schema().rsplit('/').next().unwrap_or_default()
}

/// An occasion.
fn occasion(gathered: &Gathered, event: &Event, row: &OccasionRow, include: Include) -> Value {
    let id = name(event, row);
    let mut told = common(gathered, event, include, &id);
    let mut put = |name: &str, value: Value| {
        told.insert(name.to_owned(), value);
    };
    let ends = row.end > row.start;
    put(
        "start_time",
        instant(row.all_day, row.begins_at, row.start.date()),
    );
    put("has_start_time", json!(!row.all_day));
    let end = if ends {
        instant(row.all_day, row.ends_at, last_day(row.end))
    } else {
        Value::Null
    };
    put("end_time", end);
    put("has_end_time", json!(ends && !row.all_day));
    put("event_status", json!(standing(row.status)));
    put("sold_out", json!(row.status == Status::SoldOut));
    put("status_note", json!(row.note));
    if row.status == Status::Moved {
        put("previous_start_time", json!(civil(row.of)));
    }
    if let Some(instead) = &row.instead {
        put("location", json!({"name": {"sv": instead}}));
    }
    put("division", json!(row.area));
    if event.data.pattern.repeats() {
        put(
            "super_event",
            json!({"@id": address(gathered, &event.id.to_string())}),
        );
    }
    Value::Object(told)
}

/// The same with the places that nobody has. Lists tell only whether it is full: they are kept until
/// that changes.
fn with_places(mut told: Value, row: &OccasionRow) -> Value {
    if let Some(left) = row.left {
        told["remaining_attendee_capacity"] = json!(left);
    }
    told
}

/// A whole event with its occasions.
fn whole(
    gathered: &Gathered,
    event: &Event,
    rows: &[OccasionRow],
    include: Include,
    now: Timestamp,
) -> Value {
    if !event.data.pattern.repeats()
        && let [row] = rows
    {
        return with_places(occasion(gathered, event, row, include), row);
    }
    let mut told = common(gathered, event, include, &event.id.to_string());
    let mut put = |name: &str, value: Value| {
        told.insert(name.to_owned(), value);
    };
    if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
        put(
            "start_time",
            instant(first.all_day, first.begins_at, first.start.date()),
        );
        put(
            "end_time",
            instant(last.all_day, last.ends_at, last_day(last.end)),
        );
    }
    put("event_status", json!(standing(event.data.status)));
    put("super_event_type", json!("recurring"));
    put("recurrence", both(|t| event.data.pattern.words(t)));
    let coming = rows.iter().filter(|row| row.ends_at > now).take(NAMED);
    let coming: Vec<Value> = coming
        .map(|row| json!({"@id": address(gathered, &name(event, row))}))
        .collect();
    put("sub_events", json!(coming));
    Value::Object(told)
}

/// What all occasions of an event have alike.
fn common(gathered: &Gathered, event: &Event, include: Include, id: &str) -> Map<String, Value> {
    let data = &event.data;
    let mut told = Map::new();
    let mut put = |name: &str, value: Value| {
        told.insert(name.to_owned(), value);
    };
    put("@context", json!("https://schema.org"));
    put("@type", json!("Event/LinkedEvent"));
    put("@id", json!(address(gathered, id)));
    put("id", json!(id));
    put("name", words(&data.name));
    put("short_description", words(&data.summary));
    put("description", words(&data.text));
    put("keywords", keywords(gathered, event, include));
    put(
        "audience",
        json!(
            data.audiences
                .iter()
                .map(|it| it.as_str())
                .collect::<Vec<_>>()
        ),
    );
    put("audience_min_age", json!(data.ages.from));
    put("audience_max_age", json!(data.ages.to));
    put("location", location(gathered, event, include));
    put("location_extra_info", room(event));
    let info = json!({
        "sv": gathered.url(&event.href(Locale::SV)),
        "en": gathered.url(&event.href(Locale::EN)),
    });
    put("info_url", info);
    put("offers", offers(event));
    put(
        "maximum_attendee_capacity",
        json!(event.sign_up().map(|rules| rules.places)),
    );
    put(
        "images",
        json!(
            gathered
                .picture(event)
                .into_iter()
                .map(|url| json!({"url": url}))
                .collect::<Vec<_>>()
        ),
    );
    let languages: Vec<String> = if data.languages.is_empty() {
        vec!["sv".to_owned()]
    } else {
        data.languages.iter().map(ToString::to_string).collect()
    };
    put("in_language", json!(languages));
    put(
        "accessibility",
        json!(data.ease.iter().map(|it| it.as_str()).collect::<Vec<_>>()),
    );
    put("provider", json!({"sv": gathered.organiser(event)}));
    let owner = gathered.organisations.find(event.organisation);
    put("publisher", json!(owner.map(|own| own.key.clone())));
    put("created_time", json!(event.created_at.rfc3339()));
    put("last_modified_time", json!(event.updated_at.rfc3339()));
    put(
        "super_event",
        data.part_of.map_or(
            Value::Null,
            |id| json!({"@id": address(gathered, &id.to_string())}),
        ),
    );
    told
}

fn keywords(gathered: &Gathered, event: &Event, include: Include) -> Value {
    let category = event.data.category;
    let id = gathered.url(&format!("/api/v1/events?keyword={}", category.as_str()));
    let mut told = json!({"@id": id, "id": category.as_str()});
    if include.keywords {
        told["name"] = both(|t| t.get(&category.key()).into_owned());
    }
    json!([told])
}

fn point(spot: Option<Spot>) -> Value {
    spot.map_or(
        Value::Null,
        |spot| json!({"type": "Point", "coordinates": [spot.lon(), spot.lat()]}),
    )
}

fn location(gathered: &Gathered, event: &Event, include: Include) -> Value {
    match &event.data.place {
        Some(Place::Unit { .. }) => {
            let Some(unit) = gathered.unit(event) else {
                return Value::Null;
            };
            let mut told = json!({"@id": gathered.url(&format!("/api/v1/units/{}", unit.key)), "id": unit.key});
            if include.location {
                told["name"] = json!({"sv": unit.name});
                told["street_address"] = json!({"sv": unit.address});
                told["position"] = point(unit.spot);
            }
            told
        }
        Some(Place::Free {
            name,
            street,
            postcode,
            city,
            spot,
        }) => json!({
            "name": words(name),
            "street_address": {"sv": street},
            "postal_code": postcode,
            "address_locality": {"sv": city},
            "position": point(*spot),
        }),
        Some(Place::Online { url }) => {
            json!({"name": both(|t| t.get("event-online").into_owned()), "info_url": url})
        }
        None => Value::Null,
    }
}

fn room(event: &Event) -> Value {
    match &event.data.place {
        Some(Place::Unit { room, .. }) => words(room),
        _ => Value::Null,
    }
}

fn offers(event: &Event) -> Value {
    let data = &event.data;
    let registration = data.registration.as_ref();
    json!([{
        "is_free": data.price == Price::Free,
        "price": both(|t| price_words(t, data.price)),
        "description": words(&data.price_note),
        "info_url": registration.map(|own| own.url.clone()).filter(|url| !url.is_empty()),
        "enrolment_end": registration.and_then(|own| own.until).map(|day| day.to_string()),
    }])
}

fn instant(all_day: bool, at: Timestamp, day: Date) -> Value {
    if all_day {
        json!(day.to_string())
    } else {
        json!(at.rfc3339())
    }
}

fn civil(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// The last day of what ends at a midnight is the day before.
fn last_day(end: DateTime) -> Date {
    if end.time() == jiff::civil::Time::midnight() {
        end.date().yesterday().unwrap_or_else(|_| end.date())
    } else {
        end.date()
    }
}
