//! Changes to the calendar: the event, its occasions and the log, in one transaction.

use std::sync::Arc;

use torg_db::WriteContext;
use torg_jobs::{Handlers, Rule, Schedule};
use torg_kernel::{
    Actor, EventId, FieldError, Ids, Locale, Message, Permission, Problem, Result, Timestamp,
    slugify,
};
use torg_log::{Author, NewEvent, PayloadClass, append};

use crate::check::check;
use crate::expand::expand;
use crate::model::{Event, EventData, Place, Spot};
use crate::neighbours::Neighbours;
use crate::store;
use crate::vocabulary::State;

/// The tag of everything that lists events.
pub const EVENTS_TAG: &str = "events";

/// The tag of everything that shows an event.
#[must_use]
pub fn event_tag(id: EventId) -> String {
    format!("event:{id}")
}

/// What somebody must be allowed to, to change an event that stands so: what is public is changed in
/// front of everybody.
#[must_use]
pub const fn needed(state: State) -> Permission {
    match state {
        State::Draft | State::Waiting | State::Trash => Permission::EventEdit,
        State::Published => Permission::EventPublish,
    }
}

pub(crate) async fn record(
    context: &WriteContext,
    author: Author<'_>,
    kind: &'static str,
    before: Option<&Event>,
    after: &Event,
) -> Result<()> {
    let shown = after.is_public() || before.is_some_and(Event::is_public);
    let class = if shown {
        PayloadClass::Public
    } else {
        PayloadClass::Internal
    };
    let mut tags = vec![event_tag(after.id)];
    if shown {
        tags.push(EVENTS_TAG.to_owned());
    }
    append(
        context,
        author,
        NewEvent {
            kind,
            subject: after.subject(),
            organisation: Some(after.organisation),
            authority: after.authority,
            class,
            before: before.map(Event::canonical).transpose()?,
            after: Some(after.canonical()?),
            tags,
        },
    )
    .await?;
    Ok(())
}

/// Where an event is, by its unit or its own point.
async fn spot(
    context: &WriteContext,
    neighbours: &dyn Neighbours,
    data: &EventData,
) -> Result<Option<Spot>> {
    Ok(match &data.place {
        Some(Place::Unit { unit, .. }) => neighbours
            .known(context, &[*unit], Locale::SV)
            .await?
            .pop()
            .and_then(|place| place.spot),
        Some(Place::Free { spot, .. }) => *spot,
        Some(Place::Online { .. }) | None => None,
    })
}

/// Works out an event's occasions anew. True when they are others than before.
async fn settle(
    context: &WriteContext,
    neighbours: &dyn Neighbours,
    event: &Event,
    now: Timestamp,
    always: bool,
) -> Result<bool> {
    let spot = spot(context, neighbours, &event.data).await?;
    let area = match spot {
        Some(spot) => neighbours.area_at(context, spot).await?,
        None => None,
    };
    let mut rows = expand(event, now, spot, area.as_deref());
    crate::signup::count_places(context, event, &mut rows, now).await?;
    // What it is asked by may have changed where its days have not.
    let shown = rows.iter().cloned().map(store::OccasionRow::shown);
    if !always && shown.eq(store::list_occasions_of(&**context, event.id).await?) {
        return Ok(false);
    }
    store::replace_occasions(&**context, event, &rows).await?;
    Ok(true)
}

/// What only the database can tell is wrong: units that are not there, a larger event that is none.
async fn check_references(
    context: &WriteContext,
    neighbours: &dyn Neighbours,
    event: &Event,
) -> Result<Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, key| {
        errors.push(FieldError {
            field: field.to_owned(),
            message: Message::new(key),
        });
    };
    let units = event.data.units();
    if !units.is_empty() {
        let known = neighbours.known(context, &units, Locale::SV).await?;
        let there = |unit| known.iter().any(|place| place.id == unit);
        let place = event.data.place.as_ref().and_then(Place::unit);
        if place.is_some_and(|unit| !there(unit)) {
            wrong("place_unit", "event-error-unit");
        }
        if let Some(crate::model::Organiser::Unit { unit }) = event.data.organiser
            && !there(unit)
        {
            wrong("organiser_unit", "event-error-unit");
        }
    }
    if let Some(picture) = event.data.picture {
        let found = neighbours.picture(context, &picture.to_string()).await?;
        if found.is_none() {
            wrong("picture", "event-error-picture");
        }
    }
    if let Some(whole) = event.data.part_of {
        match store::find(&**context, whole).await? {
            // One level: a part of a part would be shown nowhere.
            Some(whole) if whole.data.part_of.is_none() => {}
            _ => wrong("part_of", "event-error-part-of"),
        }
    }
    Ok(errors)
}

async fn refuse_faults(
    context: &WriteContext,
    neighbours: &dyn Neighbours,
    event: &Event,
    now: Timestamp,
) -> Result<()> {
    let mut errors = check(event, now);
    if errors.is_empty() {
        errors = check_references(context, neighbours, event).await?;
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Problem::Invalid(errors))
    }
}

/// Makes an event. The caller has checked that the author may.
///
/// # Errors
/// [`Problem::Invalid`] with the names of the wrong fields.
pub async fn create(
    context: &WriteContext,
    author: Author<'_>,
    neighbours: &dyn Neighbours,
    event: &Event,
) -> Result<()> {
    refuse_faults(context, neighbours, event, author.now).await?;
    if store::find_by_key(&**context, &event.key).await?.is_some() {
        return Err(Problem::field("key", Message::new("event-error-key-taken")));
    }
    store::insert(&**context, event).await?;
    settle(context, neighbours, event, author.now, true).await?;
    record(context, author, "event.created", None, event).await
}

/// Writes an event over the one before; nothing at all when they are alike. The caller has checked that
/// the author may change the one and make the other.
///
/// # Errors
/// [`Problem::Invalid`] with the names of the wrong fields; [`Problem::Conflict`] when somebody else
/// changed it in between.
pub async fn change(
    context: &WriteContext,
    author: Author<'_>,
    neighbours: &dyn Neighbours,
    kind: &'static str,
    before: &Event,
    mut after: Event,
) -> Result<bool> {
    if before.canonical()? == after.canonical()? {
        return Ok(false);
    }
    refuse_faults(context, neighbours, &after, author.now).await?;
    after.version = before.version + 1;
    after.updated_at = author.now;
    store::update(&**context, &after).await?;
    settle(context, neighbours, &after, author.now, true).await?;
    record(context, author, kind, Some(before), &after).await?;
    Ok(true)
}

/// The event with an id as it was opened.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Conflict`] when somebody else changed it in between.
pub async fn opened(context: &WriteContext, id: EventId, version: i64) -> Result<Event> {
    let before = store::find(&**context, id)
        .await?
        .ok_or(Problem::NotFound)?;
    if before.version == version {
        Ok(before)
    } else {
        Err(Problem::Conflict(Message::new("event-error-version")))
    }
}

/// The log's word for a change of state.
#[must_use]
pub const fn kind_of(before: State, after: State) -> &'static str {
    match (before, after) {
        (State::Trash, State::Trash) => "event.changed",
        (State::Trash, _) => "event.restored",
        (_, State::Trash) => "event.trashed",
        (State::Published, State::Published) => "event.changed",
        (_, State::Published) => "event.published",
        (State::Published, _) => "event.unpublished",
        (State::Draft, State::Waiting) => "event.submitted",
        (State::Waiting, State::Draft) => "event.returned",
        _ => "event.changed",
    }
}

/// Moves an event from one state to another and changes nothing else. The caller has checked that the
/// author may.
///
/// # Errors
/// As [`change`].
pub async fn set_state(
    context: &WriteContext,
    author: Author<'_>,
    neighbours: &dyn Neighbours,
    before: &Event,
    state: State,
) -> Result<bool> {
    let mut after = before.clone();
    after.state = state;
    let kind = kind_of(before.state, state);
    change(context, author, neighbours, kind, before, after).await
}

/// A key for a new event that no other has: its name and its day, and a number when that is taken.
///
/// # Errors
/// When the database fails.
pub async fn free_key(context: &WriteContext, data: &EventData) -> Result<String> {
    let mut base = slugify(data.name.get(Locale::SV));
    base.truncate(60);
    let base = base.trim_matches('-');
    let base = if base.is_empty() { "handelse" } else { base };
    let base = format!("{base}-{}", data.pattern.start.date());
    let mut key = base.clone();
    let mut number = 2;
    while store::find_by_key(&**context, &key).await?.is_some() {
        key = format!("{base}-{number}");
        number += 1;
    }
    Ok(key)
}

/// Events whose occasions are worked out in one transaction.
const BATCH: i64 = 100;
/// Days after which what nobody confirmed is forgotten, and after which everything about who sent
/// something in is.
const FORGOTTEN: (i64, i64) = (7, 400);

/// Whether the last occasion of a public event ended within the last day: those who follow the log (the
/// search) let it go then.
async fn just_ended(context: &WriteContext, event: &Event, now: Timestamp) -> Result<bool> {
    if !event.is_public() {
        return Ok(false);
    }
    let rows = store::list_occasions_of(&**context, event.id).await?;
    let last = rows.iter().map(|row| row.ends_at).max();
    Ok(last.is_some_and(|last| last <= now && last > now.plus_seconds(-86_400)))
}

/// Works out the occasions of the next events after one, and says which was the last. Writes
/// `event.ended` for those that are over since a day.
///
/// # Errors
/// When the database fails.
pub async fn expand_after(
    context: &WriteContext,
    neighbours: &dyn Neighbours,
    ids: &dyn Ids,
    after: Option<EventId>,
    now: Timestamp,
) -> Result<Option<EventId>> {
    let events = store::list_after(&**context, after, BATCH).await?;
    for event in &events {
        settle(context, neighbours, event, now, false).await?;
        if just_ended(context, event, now).await? {
            let actor = Actor::system("job:expand_events");
            let author = Author {
                actor: &actor,
                now,
                ids,
            };
            record(context, author, "event.ended", Some(event), event).await?;
        }
    }
    Ok(events.last().map(|event| event.id))
}

/// The work that comes back: each night the occasions of the days that came into sight, and what is to
/// be forgotten.
///
/// # Panics
/// Never: the times of day are written here.
#[must_use]
pub fn jobs(neighbours: Arc<dyn Neighbours>) -> Handlers {
    Handlers::new()
        .on("expand_events", move |job| {
            let neighbours = neighbours.clone();
            async move {
                let now = job.clock.now();
                let mut after = None;
                loop {
                    let (neighbours, ids) = (neighbours.clone(), job.ids.clone());
                    let last = job
                        .database
                        .write(move |context| {
                            Box::pin(async move {
                                expand_after(context, &*neighbours, &*ids, after, now).await
                            })
                        })
                        .await?;
                    if last.is_none() {
                        return Ok(());
                    }
                    after = last;
                }
            }
        })
        .on("forget_submissions", |job| async move {
            let now = job.clock.now();
            job.database
                .write(move |context| {
                    Box::pin(async move {
                        let ago = |days: i64| now.plus_seconds(-days * 86_400);
                        let (unconfirmed, all) = (ago(FORGOTTEN.0), ago(FORGOTTEN.1));
                        store::delete_old_submissions(&**context, unconfirmed, all).await
                    })
                })
                .await?;
            Ok(())
        })
        .schedule(Schedule::new("expand_events", nightly(0, 20)))
        .schedule(Schedule::new("forget_submissions", nightly(3, 40)))
}

fn nightly(hour: i8, minute: i8) -> Rule {
    Rule::Daily {
        at: jiff::civil::Time::constant(hour, minute, 0, 0),
    }
}
