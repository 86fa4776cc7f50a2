//! The staff's list, and the way of an event from one state to another.

use std::sync::Arc;

use askama::Template;
use futures::future::BoxFuture;
use torg_kernel::{EventId, OrganisationId, Permission, Problem, Result, UnitId, sort_key};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, Field, FieldKind, Paging, T, date_long};
use torg_web::{Caller, Context, Reply, desk};

use super::Calendar;
use crate::model::{Place, calendar_href};
use crate::neighbours::PlaceEntry;
use crate::service::{self, needed};
use crate::store::{self, EventQuery, Listed};
use crate::views::{EventListPage, EventRow, StateChip};
use crate::vocabulary::{Category, State, Status};

pub(super) const HREF: &str = DeskSection::Calendar.href();
/// Events on one page of the list.
const ROWS: i64 = 50;

/// The organisations whose events a person may write.
pub(super) fn organisations(caller: &Caller) -> Vec<OrganisationId> {
    let mut found: Vec<OrganisationId> = [Permission::EventEdit, Permission::EventPublish]
        .iter()
        .filter_map(|permission| caller.scopes.get(permission))
        .flat_map(|scope| scope.organisations.keys().copied())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn query(context: &Context) -> Result<EventQuery> {
    let text = |name: &str| context.query(name).unwrap_or_default().trim();
    Ok(EventQuery {
        state: State::parse(text("state")),
        organisations: organisations(context.caller()?),
        category: Category::parse(text("category")),
        unit: text("place").parse::<UnitId>().ok(),
        past: text("past") == "1",
        words: text("q").chars().take(200).collect(),
    })
}

fn href(query: &EventQuery, page: Option<i64>) -> String {
    let mut parts = form_urlencoded::Serializer::new(String::new());
    if let Some(state) = query.state {
        parts.append_pair("state", state.as_str());
    }
    if let Some(category) = query.category {
        parts.append_pair("category", category.as_str());
    }
    if let Some(unit) = query.unit {
        parts.append_pair("place", &unit.to_string());
    }
    if query.past {
        parts.append_pair("past", "1");
    }
    if !query.words.is_empty() {
        parts.append_pair("q", &query.words);
    }
    if let Some(page) = page {
        parts.append_pair("page", &page.to_string());
    }
    let text = parts.finish();
    if text.is_empty() {
        HREF.to_owned()
    } else {
        format!("{HREF}?{text}")
    }
}

/// The events that the person may change.
pub(super) async fn list(calendar: Arc<Calendar>, context: Context) -> Result<Reply> {
    let t = context.t();
    let query = query(&context)?;
    let page = context.query("page").and_then(|page| page.parse().ok());
    let page: i64 = page.unwrap_or(1).clamp(1, 10_000);
    let snapshot = context.app.database.snapshot().await?;
    let (listed, total) =
        store::list(&*snapshot, &query, context.now, (page - 1) * ROWS, ROWS).await?;
    let counts = store::count_by_state(&*snapshot, &query.organisations).await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    let places = calendar.neighbours.places(&snapshot, t.locale()).await?;
    snapshot.end().await?;
    let pages = (total + ROWS - 1) / ROWS;
    let mut frame = desk(&context, DeskSection::Calendar, &t.get("desk-calendar"))?;
    frame.public_href = calendar_href(t.locale()).to_owned();
    let rows = listed
        .iter()
        .map(|own| {
            let owner = organisations.find(own.event.organisation);
            let owner = owner.map(|owner| owner.name(t.locale()).to_owned());
            row(t, own, &places, owner.unwrap_or_default())
        })
        .collect();
    let view = EventListPage {
        desk: frame,
        chips: chips(&counts, &query),
        fields: fields(t, &query, &places),
        carried: query
            .state
            .map(|state| ("state", state.as_str().to_owned()))
            .into_iter()
            .collect(),
        filtered: query.state.is_some()
            || query.category.is_some()
            || query.unit.is_some()
            || query.past
            || !query.words.is_empty(),
        total: usize::try_from(total).unwrap_or(0),
        rows,
        paging: Paging {
            page: usize::try_from(page)?,
            pages: usize::try_from(pages)?,
            previous_href: (page > 1).then(|| href(&query, Some(page - 1))),
            next_href: (page < pages).then(|| href(&query, Some(page + 1))),
        },
    };
    Ok(Reply::html(view.render()?))
}

fn chips(counts: &[(State, i64)], query: &EventQuery) -> Vec<StateChip> {
    let count = |state: State| {
        let found = counts.iter().find(|(own, _)| *own == state);
        found.map_or(0, |(_, number)| *number)
    };
    let chip = |key: String, state: Option<State>, past: bool, count: i64| {
        let narrowed = EventQuery {
            state,
            past,
            ..query.clone()
        };
        StateChip {
            key,
            count,
            href: href(&narrowed, None),
            current: query.state == state && query.past == past,
        }
    };
    let all = State::ALL.iter().filter(|state| **state != State::Trash);
    let mut chips = vec![chip(
        "events-all".to_owned(),
        None,
        false,
        all.map(|state| count(*state)).sum(),
    )];
    // What waits for somebody comes first.
    for state in [State::Waiting, State::Draft, State::Published, State::Trash] {
        chips.push(chip(state.key(), Some(state), false, count(state)));
    }
    chips
}

fn fields(t: T, query: &EventQuery, places: &[PlaceEntry]) -> Vec<Field> {
    let mut categories = vec![(String::new(), t.get("events-all-categories").into_owned())];
    categories.extend(category_choices(t));
    let mut units = vec![(String::new(), t.get("events-all-places").into_owned())];
    units.extend(places.iter().map(|it| (it.id.to_string(), it.name.clone())));
    let category = query.category.map(Category::as_str).unwrap_or_default();
    let unit = query.unit.map(|unit| unit.to_string()).unwrap_or_default();
    vec![
        Field::new("q", FieldKind::Text, t.get("events-filter"), &*query.words),
        Field::new(
            "category",
            FieldKind::Choice(categories),
            t.get("events-category"),
            category,
        ),
        Field::new(
            "place",
            FieldKind::Choice(units),
            t.get("events-place"),
            unit,
        ),
    ]
}

/// The sorts with their names, in the order of the names.
pub(super) fn category_choices(t: T) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Category::ALL
        .iter()
        .map(|it| (it.as_str().to_owned(), t.get(&it.key()).into_owned()))
        .collect();
    found.sort_by_cached_key(|(_, name)| sort_key(name));
    found
}

fn row(t: T, own: &Listed, places: &[PlaceEntry], organisation: String) -> EventRow {
    let event = &own.event;
    let place = match &event.data.place {
        Some(Place::Unit { unit, .. }) => places
            .iter()
            .find(|it| it.id == *unit)
            .map(|it| it.name.clone())
            .unwrap_or_default(),
        Some(Place::Free { name, .. }) => name.get(t.locale()).to_owned(),
        Some(Place::Online { .. }) => t.get("event-online").into_owned(),
        None => String::new(),
    };
    let status = event.data.status;
    EventRow {
        title: event.name(t.locale()).to_owned(),
        edit_href: format!("{HREF}/{}", event.id),
        state: event.state.as_str(),
        flag: if status == Status::Scheduled {
            String::new()
        } else {
            t.get(&status.key()).into_owned()
        },
        category: t.get(&event.data.category.key()).into_owned(),
        next: match own.next {
            Some(at) if event.data.pattern.all_day => date_long(t, torg_kernel::civil_date(at)),
            Some(at) => torg_ui::date_time(t, at),
            None => date_long(t, event.data.pattern.start.date()),
        },
        left: own.left,
        place,
        organisation,
    }
}

/// Moves an event to another state: approves, returns, takes away, brings back.
pub(super) async fn post_state(calendar: Arc<Calendar>, context: Context) -> Result<Reply> {
    let id: EventId = context.param("id")?;
    let form = context.form();
    let to = State::parse(&form.text("to")).ok_or(Problem::NotFound)?;
    let snapshot = context.app.database.snapshot().await?;
    let event = store::find(&*snapshot, id)
        .await?
        .ok_or(Problem::NotFound)?;
    snapshot.end().await?;
    // Both what it was and what it becomes: taking away what is public is as much as making it so.
    let permission = needed(to).max(needed(event.state));
    let actor = context.acting(permission, event.organisation)?;
    let request = form.request_id()?;
    let version: i64 = form.text("version").parse().unwrap_or(0);
    let operation = format!("event.state {id} {}", form.digest());
    let (app, now) = (context.app.clone(), context.now);
    let done = context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                let work = || -> BoxFuture<'_, Result<String>> {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*app.ids,
                        };
                        let before = service::opened(write, id, version).await?;
                        let neighbours = &*calendar.neighbours;
                        service::set_state(write, author, neighbours, &before, to).await?;
                        calendar.answer_sender(write, author, &before, to).await?;
                        Ok(to.as_str().to_owned())
                    })
                };
                write_once(write, request, &operation, &who, now, work).await
            })
        })
        .await;
    match done {
        Ok(_) => Ok(Reply::see_other(&format!(
            "{HREF}/{id}?done=event-{}",
            to.as_str()
        ))),
        // What keeps it from being public stands in its form.
        Err(Problem::Invalid(_)) => {
            Ok(Reply::see_other(&format!("{HREF}/{id}?done=event-not-yet")))
        }
        Err(Problem::Conflict(_)) => Ok(Reply::see_other(&format!(
            "{HREF}/{id}?done=event-changed-meanwhile"
        ))),
        Err(problem) => Err(problem),
    }
}
