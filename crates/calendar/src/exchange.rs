//! Events as `events.json` of an export holds them, taken in again: all or nothing.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{EventId, FieldError, Message, Problem, Result, Timestamp, UnitId};
use torg_log::Author;
use torg_web::OrganisationList;

use crate::check::check;
use crate::model::{Event, EventData, Organiser, Place};
use crate::neighbours::Neighbours;
use crate::service;
use crate::store;
use crate::vocabulary::State;

/// The most events of one file.
const MOST: usize = 50_000;

/// An event in a file. Units go by their keys, since ids of another city mean nothing here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventInput {
    /// Its id; a new one when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<EventId>,
    /// Its key.
    pub key: String,
    /// Key of the organisation that answers for it.
    pub organisation: String,
    /// Where it stands on its way to the public.
    #[serde(default = "published")]
    pub state: State,
    /// Key of the unit where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Key of the unit that arranges it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Counted up by each change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
    /// What it says.
    pub data: EventData,
}

const fn published() -> State {
    State::Published
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportReport {
    /// Events that are new.
    pub created: usize,
    /// Events that were changed.
    pub changed: usize,
    /// Events that were so already.
    pub unchanged: usize,
}

fn fault(field: String, message: Message) -> FieldError {
    FieldError { field, message }
}

/// Reads a file of events.
///
/// # Errors
/// [`Problem::Invalid`] with the place of the fault.
pub fn parse_events(bytes: &[u8]) -> Result<Vec<EventInput>> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let inputs: Vec<EventInput> =
        serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let message = Message::new("import-unreadable").with("reason", error.inner());
            Problem::Invalid(vec![fault(error.path().to_string(), message)])
        })?;
    if inputs.len() > MOST {
        let message = Message::new("event-error-many").with("most", MOST);
        return Err(Problem::Invalid(vec![fault("events".to_owned(), message)]));
    }
    Ok(inputs)
}

/// Takes events in by their keys: what is there is changed, the rest is made.
///
/// # Errors
/// [`Problem::Invalid`] with a field for each fault; nothing is changed then.
pub async fn import_events(
    context: &WriteContext,
    author: Author<'_>,
    neighbours: &dyn Neighbours,
    inputs: Vec<EventInput>,
    organisations: &OrganisationList,
    units: &HashMap<String, UnitId>,
) -> Result<ImportReport> {
    let mut report = ImportReport::default();
    let mut errors: Vec<FieldError> = Vec::new();
    // The whole before its parts: a part may not point at what is not there.
    let (whole, parts): (Vec<_>, Vec<_>) = inputs
        .into_iter()
        .partition(|input| input.data.part_of.is_none());
    for input in whole.into_iter().chain(parts) {
        let key = input.key.clone();
        let at = |field: &str| format!("{key}.{field}");
        let event = match event(author, input, organisations, units) {
            Ok(event) => event,
            Err(faults) => {
                let faults = faults.into_iter();
                errors.extend(faults.map(|own| fault(at(&own.field), own.message)));
                continue;
            }
        };
        match put(context, author, neighbours, event).await {
            Ok(Put::Created) => report.created += 1,
            Ok(Put::Changed) => report.changed += 1,
            Ok(Put::Unchanged) => report.unchanged += 1,
            Err(Problem::Invalid(faults)) => {
                let faults = faults.into_iter();
                errors.extend(faults.map(|own| fault(at(&own.field), own.message)));
            }
            Err(problem) => return Err(problem),
        }
    }
    if errors.is_empty() {
        Ok(report)
    } else {
        Err(Problem::Invalid(errors))
    }
}

enum Put {
    Created,
    Changed,
    Unchanged,
}

fn event(
    author: Author<'_>,
    input: EventInput,
    organisations: &OrganisationList,
    units: &HashMap<String, UnitId>,
) -> Result<Event, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut unit = |key: &Option<String>, field: &str| {
        let key = key.as_ref()?;
        let found = units.get(key).copied();
        if found.is_none() {
            let message = Message::new("event-error-unit-key").with("key", key);
            errors.push(fault(field.to_owned(), message));
        }
        found
    };
    let (at, by) = (unit(&input.at, "at"), unit(&input.by, "by"));
    let owner = organisations.by_key(&input.organisation);
    if owner.is_none() {
        errors.push(fault(
            "organisation".to_owned(),
            Message::new("event-error-organisation"),
        ));
    }
    let mut data = input.data;
    if let Some(at) = at {
        let room = match data.place.take() {
            Some(Place::Unit { room, .. }) => room,
            _ => crate::model::Words::default(),
        };
        data.place = Some(Place::Unit { unit: at, room });
    }
    if let Some(by) = by {
        data.organiser = Some(Organiser::Unit { unit: by });
    }
    let event = Event {
        id: input
            .id
            .unwrap_or_else(|| EventId::new(author.ids, author.now)),
        key: input.key,
        organisation: owner.map_or(torg_kernel::OrganisationId(uuid::Uuid::nil()), |it| it.id),
        authority: owner.and_then(|owner| owner.authority),
        state: input.state,
        data,
        version: input.version.unwrap_or(1).max(1),
        created_at: input.created_at.unwrap_or(author.now),
        updated_at: input.updated_at.unwrap_or(author.now),
    };
    errors.extend(check(&event, author.now));
    if errors.is_empty() {
        Ok(event)
    } else {
        Err(errors)
    }
}

async fn put(
    context: &WriteContext,
    author: Author<'_>,
    neighbours: &dyn Neighbours,
    mut event: Event,
) -> Result<Put> {
    let by_key = store::find_by_key(&**context, &event.key).await?;
    let known = match by_key {
        Some(known) => Some(known),
        None => store::find(&**context, event.id).await?,
    };
    let Some(before) = known else {
        service::create(context, author, neighbours, &event).await?;
        return Ok(Put::Created);
    };
    event.id = before.id;
    event.version = before.version;
    event.created_at = before.created_at;
    event.updated_at = before.updated_at;
    let kind = service::kind_of(before.state, event.state);
    let changed = service::change(context, author, neighbours, kind, &before, event).await?;
    Ok(if changed {
        Put::Changed
    } else {
        Put::Unchanged
    })
}

/// All events as [`import_events`] takes them in. What people outside sent in goes along as the events
/// it became, without their mail addresses.
///
/// # Errors
/// When the database fails.
pub async fn export_events<C: ConnectionTrait>(
    on: &C,
    organisations: &OrganisationList,
    unit_key: &(dyn Fn(UnitId) -> Option<String> + Sync),
) -> Result<String> {
    let mut inputs: Vec<EventInput> = Vec::new();
    for event in store::list_all(on).await? {
        let at = event.data.place.as_ref().and_then(Place::unit);
        let by = match event.data.organiser {
            Some(Organiser::Unit { unit }) => Some(unit),
            _ => None,
        };
        inputs.push(EventInput {
            id: Some(event.id),
            organisation: organisations
                .find(event.organisation)
                .map(|owner| owner.key.clone())
                .unwrap_or_default(),
            key: event.key,
            state: event.state,
            at: at.and_then(unit_key),
            by: by.and_then(unit_key),
            version: Some(event.version),
            created_at: Some(event.created_at),
            updated_at: Some(event.updated_at),
            data: event.data,
        });
    }
    inputs.sort_by(|one, other| one.key.cmp(&other.key));
    let mut text = serde_json::to_string_pretty(&inputs)?;
    text.push('\n');
    Ok(text)
}
