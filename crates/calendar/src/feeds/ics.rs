//! iCalendar: what anybody's own calendar subscribes to.
//!
//! An event by a rule goes out as the rule, so that a calendar knows that it is one series. When the
//! question is about certain days, or the event is a list of single days (which some calendars do not
//! understand), each occasion goes out by itself. UIDs never change: the event's id, with the
//! occasion's start by its rule where it goes by itself.

use std::collections::HashSet;
use std::fmt::Write as _;

use torg_kernel::{EventId, Locale, Result};
use torg_recurrence::Pattern;
use torg_recurrence::ical::{self, Entry, Status as Stands};
use torg_ui::T;
use torg_web::{Outcome, PageRequest};

use super::gather::Gathered;
use crate::filter::When;
use crate::model::{Event, Spot, calendar_href};
use crate::service::event_tag;
use crate::store::{self, OccasionRow};
use crate::vocabulary::Status;
use crate::web::{Asked, Calendar, price_words};

/// The type of calendars (RFC 5545, section 8.1).
pub const CONTENT_TYPE: &str = "text/calendar; charset=utf-8";

/// Occasions that are looked through for one calendar.
const MOST: i64 = 5_000;
/// How often those who subscribe may ask again, in minutes.
const REFRESH: u32 = 60;

/// The events that a question finds, as a calendar.
pub(super) async fn list(
    calendar: &Calendar,
    request: &PageRequest,
    locale: Locale,
) -> Result<Outcome> {
    let asked = Asked::read(calendar, request, locale).await?;
    let snapshot = request.snapshot().await?;
    let rows = store::list_occasions(&**snapshot, &asked.query, 0, MOST).await?;
    let gathered = Gathered::of_rows(calendar, request, locale, &rows).await?;
    let all_days = asked.filter.when == When::Coming;
    let entries = entries(&gathered, &rows, all_days);
    let t = gathered.t;
    let text = ical::write(&ical::Calendar {
        name: title(&gathered, &request.app.settings.city),
        description: t.get("calendar-lede").into_owned(),
        url: gathered.url(&asked.filter.href(calendar_href(locale))),
        refresh_minutes: REFRESH,
        entries,
    });
    Ok(Outcome::Page(gathered.page(
        CONTENT_TYPE,
        text,
        &asked.tags,
        asked.keep,
    )))
}

fn title(gathered: &Gathered, city: &str) -> String {
    let own = gathered.t.get("calendar-title");
    if city.is_empty() {
        own.into_owned()
    } else {
        format!("{own} – {city}")
    }
}

/// One event with all its occasions.
pub(crate) async fn one(
    calendar: &Calendar,
    request: &PageRequest,
    locale: Locale,
    key: &str,
) -> Result<Outcome> {
    let snapshot = request.snapshot().await?;
    let found = store::find_by_key(&**snapshot, key).await?;
    let Some(event) = found.filter(Event::is_public) else {
        return Ok(Outcome::NotFound);
    };
    let id = event.id;
    let listed = event.data.pattern.rules.is_empty() && event.data.pattern.repeats();
    let rows = if listed {
        store::list_occasions_of(&**snapshot, id).await?
    } else {
        Vec::new()
    };
    let gathered = Gathered::of(calendar, request, locale, vec![event]).await?;
    let event = &gathered.events[&id];
    let entries = if listed {
        rows.iter()
            .map(|row| single(&gathered, event, row))
            .collect()
    } else {
        vec![series(&gathered, event)]
    };
    let text = ical::write(&ical::Calendar {
        name: event.name(locale).to_owned(),
        url: gathered.url(&event.href(locale)),
        refresh_minutes: REFRESH,
        entries,
        ..ical::Calendar::default()
    });
    Ok(Outcome::Page(gathered.page(
        CONTENT_TYPE,
        text,
        &[event_tag(id)],
        true,
    )))
}

/// Occasions as entries: a series once, the others one by one.
fn entries(gathered: &Gathered, rows: &[OccasionRow], all_days: bool) -> Vec<Entry> {
    let mut told: HashSet<EventId> = HashSet::new();
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(event) = gathered.events.get(&row.event) else {
            continue;
        };
        let pattern = &event.data.pattern;
        let whole = if pattern.repeats() {
            all_days && !pattern.rules.is_empty()
        } else {
            true
        };
        if !whole {
            entries.push(single(gathered, event, row));
        } else if told.insert(event.id) {
            entries.push(series(gathered, event));
        }
    }
    entries
}

/// An event with its pattern.
fn series(gathered: &Gathered, event: &Event) -> Entry {
    let pattern = event.data.pattern.clone();
    let entry = entry(
        gathered,
        event,
        event.id.to_string(),
        pattern,
        event.data.status,
    );
    Entry {
        location: gathered.place(event),
        position: gathered.spot(event).map(degrees),
        ..entry
    }
}

/// One occasion by itself.
fn single(gathered: &Gathered, event: &Event, row: &OccasionRow) -> Entry {
    let minutes = row.end.duration_since(row.start).as_mins();
    let pattern = Pattern {
        zone: event.data.pattern.zone.clone(),
        all_day: row.all_day,
        ..Pattern::once(row.start, u32::try_from(minutes).unwrap_or(0))
    };
    let uid = format!("{}-{}", event.id, row.of.strftime("%Y%m%dT%H%M%S"));
    let mut entry = entry(gathered, event, uid, pattern, row.status);
    if !row.note.is_empty() {
        entry.description = format!("{}\n\n{}", row.note, entry.description);
    }
    match &row.instead {
        Some(instead) => entry.location.clone_from(instead),
        None => {
            entry.location = gathered.place(event);
            entry.position = row.spot.map(degrees);
        }
    }
    entry
}

fn degrees(spot: Spot) -> (f64, f64) {
    (spot.lat(), spot.lon())
}

fn entry(
    gathered: &Gathered,
    event: &Event,
    uid: String,
    pattern: Pattern,
    status: Status,
) -> Entry {
    let (t, data) = (gathered.t, &event.data);
    let locale = t.locale();
    let name = event.name(locale);
    // Many calendars show no status, so the name says it too.
    let summary = match status {
        Status::Cancelled | Status::Postponed | Status::SoldOut => t.two(
            "event-ics-status",
            "status",
            t.get(&status.key()).into_owned(),
            "name",
            name,
        ),
        Status::Scheduled | Status::Moved => name.to_owned(),
    };
    Entry {
        sequence: event.version,
        status: if status.is_off() {
            Stands::Cancelled
        } else {
            Stands::Confirmed
        },
        description: described(t, event),
        url: gathered.url(&event.href(locale)),
        categories: vec![t.get(&data.category.key()).into_owned()],
        organiser: Some(gathered.organiser(event)).filter(|name| !name.is_empty()),
        image: gathered.picture(event),
        created_at: Some(event.created_at),
        changed_at: event.updated_at,
        ..Entry::new(uid, summary, pattern)
    }
}

/// What stands before and after the text of an event in its description: what it is in one line, what it
/// costs, where there is more.
pub(crate) fn framing(t: T, event: &Event) -> (Vec<String>, Vec<String>) {
    let (data, locale) = (&event.data, t.locale());
    let mut before = vec![data.status_note.get(locale).to_owned()];
    let (summary, words) = (data.summary.get(locale), data.text.get(locale));
    // Many texts begin with the sentence that lists show.
    if !words.starts_with(summary) {
        before.push(summary.to_owned());
    }
    let mut price = price_words(t, data.price);
    let note = data.price_note.get(locale);
    if !note.is_empty() {
        // Writing into a string cannot fail.
        let _ = write!(price, ". {note}");
    }
    let mut after = vec![price];
    if let Some(registration) = data.registration.as_ref().filter(|own| !own.url.is_empty()) {
        after.push(t.one("event-ics-register", "url", registration.url.clone()));
    }
    before.retain(|part| !part.is_empty());
    after.retain(|part| !part.is_empty());
    (before, after)
}

/// What it is, what it costs and where there is more.
pub(crate) fn described(t: T, event: &Event) -> String {
    let (mut parts, after) = framing(t, event);
    let words = event.data.text.get(t.locale());
    if !words.is_empty() {
        parts.push(words.to_owned());
    }
    parts.extend(after);
    parts.join("\n\n")
}
