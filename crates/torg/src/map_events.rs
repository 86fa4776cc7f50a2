//! What happens, on the map: each event once, at its next occasion that has a place.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use async_trait::async_trait;
use jiff::ToSpan;
use torg_calendar::{
    EVENTS_TAG, Event, Filter, Neighbours, OccasionQuery, OccasionRow, Spot, calendar_href,
    list_by_id, list_occasions,
};
use torg_db::Snapshot;
use torg_geo::{Point, Shape};
use torg_kernel::{EventId, Locale, Result, Timestamp, civil_date};
use torg_map::{Feature, Group, LayerInfo, Layers, Loaded, Narrowed, Words};
use torg_ui::{T, date_time};
use torg_web::PageRequest;

/// The key of the layer.
const LAYER: &str = "events";
/// Occasions that are looked through: those of some months in a large city.
const MOST: i64 = 20_000;
/// The most events that words may find.
const FOUND: usize = 1_000;

/// The calendar's events.
pub(crate) struct EventLayers {
    /// What the calendar's own questions need beside its table: breaks, and the site's search.
    pub(crate) neighbours: Arc<dyn Neighbours>,
}

/// The first occasion of each event that has a place, in order of time.
fn first_of_each(occasions: Vec<OccasionRow>) -> Vec<OccasionRow> {
    let mut seen: HashSet<EventId> = HashSet::new();
    let placed = occasions.into_iter().filter(|own| own.spot.is_some());
    placed.filter(|own| seen.insert(own.event)).collect()
}

fn feature(event: &Event, own: &OccasionRow, spot: Spot) -> Feature {
    let when = |t| match own.all_day {
        true => torg_ui::date_long(t, own.start.date()),
        false => date_time(t, own.begins_at),
    };
    Feature {
        id: event.id.to_string(),
        layer: LAYER.to_owned(),
        title: Words::new(event.name(Locale::SV), event.name(Locale::EN)),
        href: Words::new(&event.href(Locale::SV), &event.href(Locale::EN)),
        line: Words::new(&when(T::SV), &when(T::EN)),
        words: String::new(),
        shape: Shape::point(Point::new(spot.lon as f64 / 1e6, spot.lat as f64 / 1e6)),
        during: Some((own.begins_at, own.ends_at)),
        properties: serde_json::Map::new(),
        now: None,
    }
}

/// The events of a question, each at the first occasion that answers it.
async fn gather(on: &Snapshot, query: &OccasionQuery) -> Result<Loaded> {
    let occasions = first_of_each(list_occasions(&**on, query, 0, MOST).await?);
    let ids: Vec<EventId> = occasions.iter().map(|own| own.event).collect();
    let mut events = HashMap::new();
    for some in ids.chunks(500) {
        for event in list_by_id(&**on, some).await? {
            events.insert(event.id, event);
        }
    }
    // The next occasion takes the place of one that is over.
    let fresh_until = occasions.iter().map(|own| own.ends_at).min();
    let features = occasions.iter().filter_map(|own| {
        let event = events.get(&own.event)?;
        Some(feature(event, own, own.spot?))
    });
    Ok(Loaded {
        layers: vec![LayerInfo {
            key: LAYER.to_owned(),
            name: Words::new(&T::SV.get("calendar-title"), &T::EN.get("calendar-title")),
            about: Words::default(),
            group: Group::Events,
            icon: "calendar-days",
            attribution: String::new(),
            shown: false,
            districts: false,
        }],
        features: features.collect(),
        tags: vec![EVENTS_TAG.to_owned()],
        fresh_until,
    })
}

#[async_trait]
impl Layers for EventLayers {
    async fn load(&self, on: &Snapshot, now: Timestamp) -> Result<Loaded> {
        let query = OccasionQuery {
            from: now,
            ..OccasionQuery::default()
        };
        gather(on, &query).await
    }

    async fn narrowed(
        &self,
        request: &PageRequest,
        locale: Locale,
        question: &[(String, String)],
    ) -> Result<Option<Narrowed>> {
        let said = |name: &str| {
            let found = question.iter().find(|(own, _)| own == name);
            found.map(|(_, value)| value.as_str())
        };
        let filter = Filter::read(said);
        if filter.is_empty() {
            return Ok(None);
        }
        let snapshot = request.snapshot().await?;
        let today = civil_date(request.now);
        let last = today.checked_add(400.days()).unwrap_or(today);
        let near = &self.neighbours;
        let breaks = near.breaks(snapshot, locale, today, last).await?;
        let mut query = filter.asked(request.now, &breaks);
        if let Some(key) = &filter.organisation {
            let organisations = request.organisations().await?;
            let found = organisations.by_key(key).map(|entry| entry.id);
            query.organisations = Some(found.into_iter().collect());
        }
        if !filter.words.is_empty() {
            let found = near.find_events(&filter.words, locale, FOUND).await?;
            query.events = Some(found);
        }
        Ok(Some(Narrowed {
            loaded: gather(snapshot, &query).await?,
            list_href: filter.href(calendar_href(locale)),
        }))
    }
}
