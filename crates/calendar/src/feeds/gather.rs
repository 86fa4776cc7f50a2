//! What feeds tell of events beside their own data: places, organisers, pictures, the city's addresses.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use torg_kernel::{EventId, Locale, PictureId, Result, Timestamp, UnitId, civil_date};
use torg_ui::{ContactCard, PictureView, T};
use torg_web::{OrganisationList, Page, PageRequest, Wanted};

use crate::filter::{begins, plus};
use crate::model::{Event, Organiser, Place, Spot};
use crate::neighbours::PlaceEntry;
use crate::store::{self, OccasionRow};
use crate::web::Calendar;

/// Events with what is told of them.
pub(super) struct Gathered {
    /// The words around what events say.
    pub t: T,
    /// The city's own address, without `/` at the end.
    pub base: String,
    /// The events by their ids.
    pub events: HashMap<EventId, Event>,
    /// The units that they point at.
    pub places: HashMap<UnitId, PlaceEntry>,
    /// The organisations that answer for them.
    pub organisations: Arc<OrganisationList>,
    pictures: HashMap<PictureId, PictureView>,
    tags: BTreeSet<String>,
    until: Timestamp,
}

impl Gathered {
    /// Reads the events of some occasions.
    pub async fn of_rows(
        calendar: &Calendar,
        request: &PageRequest,
        locale: Locale,
        rows: &[OccasionRow],
    ) -> Result<Self> {
        let ids: BTreeSet<EventId> = rows.iter().map(|row| row.event).collect();
        let ids: Vec<EventId> = ids.into_iter().collect();
        let snapshot = request.snapshot().await?;
        let events = store::list_by_id(&**snapshot, &ids).await?;
        Self::of(calendar, request, locale, events).await
    }

    /// The same of events that are read.
    pub async fn of(
        calendar: &Calendar,
        request: &PageRequest,
        locale: Locale,
        events: Vec<Event>,
    ) -> Result<Self> {
        let units: BTreeSet<UnitId> = events.iter().flat_map(|event| event.data.units()).collect();
        let units: Vec<UnitId> = units.into_iter().collect();
        let pictures: BTreeSet<PictureId> = events
            .iter()
            .filter_map(|event| event.data.picture)
            .collect();
        let organisations = request.organisations().await?;
        let mut tags: BTreeSet<String> = units.iter().map(|unit| format!("unit:{unit}")).collect();
        tags.extend(
            events
                .iter()
                .map(|event| format!("organisation:{}", event.organisation)),
        );
        let places = if units.is_empty() {
            Vec::new()
        } else {
            let snapshot = request.snapshot().await?;
            calendar.neighbours.known(snapshot, &units, locale).await?
        };
        let wanted = Wanted {
            pictures: pictures.into_iter().collect(),
            ..Wanted::default()
        };
        let facts = &request.app.facts;
        let resolved = facts
            .resolve(&request.reading, &wanted, locale, request.now)
            .await?;
        tags.extend(resolved.tags);
        let midnight = begins(plus(civil_date(request.now), 1));
        Ok(Self {
            t: T::of(locale),
            base: request.app.settings.base_url.clone(),
            events: events.into_iter().map(|event| (event.id, event)).collect(),
            places: places.into_iter().map(|place| (place.id, place)).collect(),
            organisations,
            pictures: resolved.pictures,
            tags,
            until: resolved
                .fresh_until
                .map_or(midnight, |until| until.min(midnight)),
        })
    }

    /// A path as a whole address.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The unit where an event is.
    pub fn unit(&self, event: &Event) -> Option<&PlaceEntry> {
        let unit = event.data.place.as_ref()?.unit()?;
        self.places.get(&unit)
    }

    /// Where an event is, in one line with its address.
    pub fn place(&self, event: &Event) -> String {
        let locale = self.t.locale();
        let parts: Vec<&str> = match &event.data.place {
            Some(Place::Unit { room, .. }) => {
                let unit = self.unit(event);
                let (name, address) =
                    unit.map_or(("", ""), |unit| (unit.name.as_str(), unit.address.as_str()));
                vec![room.get(locale), name, address]
            }
            Some(place @ Place::Free { .. }) => return free_place(place, locale),
            Some(Place::Online { url }) => return url.clone(),
            None => Vec::new(),
        };
        joined(&parts)
    }

    /// The point where an event is.
    pub fn spot(&self, event: &Event) -> Option<Spot> {
        match &event.data.place {
            Some(Place::Free { spot, .. }) => *spot,
            _ => self.unit(event)?.spot,
        }
    }

    /// Who arranges an event: the organiser, or the organisation that answers for it.
    pub fn organiser(&self, event: &Event) -> String {
        let named = match &event.data.organiser {
            Some(Organiser::Free { name, .. }) => Some(name.clone()),
            Some(Organiser::Unit { unit }) => self.places.get(unit).map(|unit| unit.name.clone()),
            None => None,
        };
        named.unwrap_or_else(|| self.owner(event).to_owned())
    }

    /// The organisation that answers for an event.
    pub fn owner(&self, event: &Event) -> &str {
        let own = self.organisations.find(event.organisation);
        own.map_or("", |own| own.name(self.t.locale()))
    }

    /// An event's picture as a whole address.
    pub fn picture(&self, event: &Event) -> Option<String> {
        let picture = self.pictures.get(&event.data.picture?)?;
        Some(if picture.src.starts_with('/') {
            self.url(&picture.src)
        } else {
            picture.src.clone()
        })
    }

    /// The unit where an event is, as schema.org wants to hear of it.
    pub fn card(&self, event: &Event) -> Option<ContactCard> {
        let unit = self.unit(event)?;
        Some(ContactCard {
            name: unit.name.clone(),
            address: vec![unit.address.clone()],
            ..ContactCard::default()
        })
    }

    /// A finished answer, kept until something in it changes and at most until midnight.
    pub fn page(
        &self,
        content_type: &'static str,
        body: String,
        more: &[String],
        keep: bool,
    ) -> Page {
        let mut tags = self.tags.clone();
        tags.extend(more.iter().cloned());
        Page {
            content_type,
            fresh_until: Some(self.until),
            keep,
            ..Page::html(body, tags.into_iter().collect())
        }
    }
}

/// A place that is no unit, in one line with its address; nothing for the others.
pub(crate) fn free_place(place: &Place, locale: Locale) -> String {
    let Place::Free {
        name,
        street,
        postcode,
        city,
        ..
    } = place
    else {
        return String::new();
    };
    let town = [postcode.as_str(), city].join(" ");
    joined(&[name.get(locale), street, town.trim()])
}

fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}
