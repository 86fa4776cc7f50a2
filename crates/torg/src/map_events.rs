//! What happens, on the map: each event once, at its next occasion that has a place.

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use torg_calendar::{EVENTS_TAG, OccasionQuery, OccasionRow, list_by_id, list_occasions};
use torg_db::Snapshot;
use torg_geo::{Point, Shape};
use torg_kernel::{EventId, Locale, Result, Timestamp};
use torg_map::{Feature, Group, LayerInfo, Layers, Loaded, Words};
use torg_ui::{T, date_time};

/// The key of the layer.
const LAYER: &str = "events";
/// Occasions that are looked through: those of some months in a large city.
const MOST: i64 = 20_000;

/// The calendar's events.
pub(crate) struct EventLayers;

/// The first occasion of each event that has a place, in order of time.
fn first_of_each(occasions: Vec<OccasionRow>) -> Vec<OccasionRow> {
    let mut seen: HashSet<EventId> = HashSet::new();
    let placed = occasions.into_iter().filter(|own| own.spot.is_some());
    placed.filter(|own| seen.insert(own.event)).collect()
}

#[async_trait]
impl Layers for EventLayers {
    async fn load(&self, on: &Snapshot, now: Timestamp) -> Result<Loaded> {
        let query = OccasionQuery {
            from: now,
            ..OccasionQuery::default()
        };
        let occasions = first_of_each(list_occasions(&**on, &query, 0, MOST).await?);
        let ids: Vec<EventId> = occasions.iter().map(|own| own.event).collect();
        let mut events = HashMap::new();
        for some in ids.chunks(500) {
            for event in list_by_id(&**on, some).await? {
                events.insert(event.id, event);
            }
        }
        // The next occasion takes the place of one that is over.
        let fresh_until = occasions.iter().map(|own| own.ends_at).min();
        let mut features = Vec::new();
        for own in occasions {
            let (Some(event), Some(spot)) = (events.get(&own.event), own.spot) else {
                continue;
            };
            let when = |t| match own.all_day {
                true => torg_ui::date_long(t, own.start.date()),
                false => date_time(t, own.begins_at),
            };
            features.push(Feature {
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
            });
        }
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
            features,
            tags: vec![EVENTS_TAG.to_owned()],
            fresh_until,
        })
    }
}
