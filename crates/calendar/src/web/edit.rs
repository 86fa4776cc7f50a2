//! The form for an event.

use std::sync::Arc;

use askama::Template;
use futures::future::BoxFuture;
use torg_db::Snapshot;
use torg_kernel::{
    EventId, FieldError, OrganisationId, Permission, Problem, Result, UnitId, civil_date,
};
use torg_log::{Author, write_once};
use torg_web::{Context, Reply};

use super::Calendar;
use super::admin::{HREF, organisations};
use super::edit_picture;
use super::edit_view::{Extra, dates, view};
use super::form::{Errors, Reading, empty, sent, wanted_state};
use super::form_of::of;
use crate::check::check;
use crate::copying::DaysOff;
use crate::filter::plus;
use crate::model::{Event, EventData};
use crate::service::{self, needed};
use crate::store;
use crate::views::EventFields;
use crate::vocabulary::State;

/// An event with the right to see it in the workspace.
pub(super) async fn load(context: &Context, on: &Snapshot) -> Result<Event> {
    let id: EventId = context.param("id")?;
    let found = store::find(&**on, id).await?.ok_or(Problem::NotFound)?;
    context.acting(Permission::EventEdit, found.organisation)?;
    Ok(found)
}

/// School breaks and holidays of the two years from now.
pub(super) async fn days_off(
    calendar: &Calendar,
    context: &Context,
    on: &Snapshot,
) -> Result<DaysOff> {
    let (locale, today) = (context.locale(), civil_date(context.now));
    let until = plus(today, 800);
    Ok(DaysOff {
        breaks: calendar.neighbours.breaks(on, locale, today, until).await?,
        holidays: calendar
            .neighbours
            .holidays(on, locale, today, until)
            .await?,
    })
}

/// An empty form.
pub(super) async fn get_new(calendar: Arc<Calendar>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let mine = organisations(context.caller()?);
    let mut fields = empty(mine.first().copied(), context.now);
    // Where somebody is at home: the place that the list was narrowed to.
    if let Some(unit) = context
        .query("place")
        .and_then(|it| it.parse::<UnitId>().ok())
    {
        fields.set("place_unit", unit.to_string());
    }
    let extra = Extra::default();
    reply(&calendar, &context, snapshot, None, fields, extra, 200).await
}

/// The form of an event.
pub(super) async fn get(calendar: Arc<Calendar>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let saved = load(&context, &snapshot).await?;
    let extra = Extra {
        doubles: saved.state != State::Trash,
        ..Extra::default()
    };
    let (saved, fields) = (Some(&saved), of(&saved));
    reply(&calendar, &context, snapshot, saved, fields, extra, 200).await
}

/// Makes an event, or looks at it first.
pub(super) async fn post_new(calendar: Arc<Calendar>, context: Context) -> Result<Reply> {
    answer(&calendar, &context, None).await
}

/// Changes an event, or looks at it first.
pub(super) async fn post(calendar: Arc<Calendar>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let saved = load(&context, &snapshot).await?;
    snapshot.end().await?;
    answer(&calendar, &context, Some(&saved)).await
}

/// The event that somebody wrote, as it would be saved.
fn written(
    context: &Context,
    data: EventData,
    fields: &EventFields,
    saved: Option<&Event>,
    authority: impl Fn(OrganisationId) -> Option<Option<torg_kernel::AuthorityId>>,
) -> Result<Event, Vec<FieldError>> {
    let mut errors = Errors::default();
    let organisation: Option<OrganisationId> = fields.get("organisation").parse().ok();
    let Some((organisation, authority)) = organisation.and_then(|id| Some((id, authority(id)?)))
    else {
        errors.add("organisation", "event-error-organisation");
        return Err(errors.0);
    };
    let ids = &*context.app.ids;
    Ok(Event {
        id: saved.map_or_else(|| EventId::new(ids, context.now), |saved| saved.id),
        key: saved.map_or_else(|| "ny".to_owned(), |saved| saved.key.clone()),
        organisation,
        authority,
        state: wanted_state(&context.form().text("do"), saved.map(|saved| saved.state)),
        data,
        version: saved.map_or(1, |saved| saved.version),
        created_at: saved.map_or(context.now, |saved| saved.created_at),
        updated_at: context.now,
    })
}

async fn answer(
    calendar: &Arc<Calendar>,
    context: &Context,
    saved: Option<&Event>,
) -> Result<Reply> {
    let form = context.form();
    let mut fields = sent(&form);
    let button = edit_picture::press(&mut fields, &form.text("do"));
    let snapshot = context.app.database.snapshot().await?;
    let off = days_off(calendar, context, &snapshot).await?;
    let (all, _) = context.app.organisations(&snapshot).await?;
    let picture = edit_picture::named(calendar, &snapshot, &fields).await?;
    snapshot.end().await?;
    if matches!(button.as_str(), "pictures" | "taken") {
        let extra = Extra {
            pictures: button == "pictures",
            ..Extra::default()
        };
        return again(calendar, context, saved, fields, extra, 200).await;
    }
    let reading = Reading {
        before: saved,
        off: &off,
        picture: picture.map(|own| own.id),
    };
    let event = reading.data(&fields).and_then(|data| {
        written(context, data, &fields, saved, |id| {
            all.find(id)
                .filter(|_| !all.has_ended(id))
                .map(|entry| entry.authority)
        })
    });
    if matches!(button.as_str(), "dates" | "look") {
        let mut extra = Extra {
            look: button == "look",
            doubles: true,
            ..Extra::default()
        };
        match event {
            Ok(event) => {
                extra.errors = check(&event, context.now);
                extra.written = Some(event);
            }
            Err(errors) => {
                extra.written = half_written(&reading, &fields, context);
                extra.errors = errors;
            }
        }
        if button == "dates" {
            // Only what concerns the dates: the rest is not written yet.
            let about = [
                "start_date",
                "start_time",
                "end_date",
                "end_time",
                "until",
                "dates",
                "except",
                "repeat",
            ];
            extra
                .errors
                .retain(|error| about.contains(&error.field.as_str()));
        }
        return again(calendar, context, saved, fields, extra, 200).await;
    }
    let done = match event {
        Ok(event) => save(calendar, context, saved, event, &fields).await,
        Err(errors) => Err(Problem::Invalid(errors)),
    };
    match done {
        Ok((id, state)) => {
            let key = if state == State::Published {
                "event-published"
            } else if state == State::Waiting {
                "event-waiting"
            } else {
                "event-saved"
            };
            Ok(Reply::see_other(&format!("{HREF}/{id}?done={key}")))
        }
        Err(Problem::Invalid(errors)) => {
            let extra = Extra {
                errors,
                ..Extra::default()
            };
            again(calendar, context, saved, fields, extra, 422).await
        }
        Err(Problem::Conflict(message)) => {
            let extra = Extra {
                conflict: Some(context.t().message(&message)),
                ..Extra::default()
            };
            again(calendar, context, saved, fields, extra, 409).await
        }
        Err(problem) => Err(problem),
    }
}

/// What can be read of the times, when the rest cannot.
fn half_written(reading: &Reading<'_>, fields: &EventFields, context: &Context) -> Option<Event> {
    let mut errors = Errors::default();
    let pattern = reading.pattern(&mut errors, fields)?;
    let name = crate::model::Words::swedish(fields.get("name_sv"));
    let nobody = OrganisationId(uuid::Uuid::nil());
    let ids = &*context.app.ids;
    Some(Event {
        id: reading
            .before
            .map_or_else(|| EventId::new(ids, context.now), |before| before.id),
        key: "ny".to_owned(),
        organisation: nobody,
        authority: None,
        state: State::Draft,
        data: EventData::new(name, crate::vocabulary::Category::Meet, pattern),
        version: 1,
        created_at: context.now,
        updated_at: context.now,
    })
}

async fn save(
    calendar: &Arc<Calendar>,
    context: &Context,
    saved: Option<&Event>,
    wanted: Event,
    fields: &EventFields,
) -> Result<(EventId, State)> {
    // Where it was and where it goes, as it stood and as it will stand.
    let mut actor = context.acting(needed(wanted.state), wanted.organisation)?;
    if let Some(saved) = saved {
        actor = context.acting(
            needed(saved.state).max(needed(wanted.state)),
            saved.organisation,
        )?;
    }
    let form = context.form();
    let request = form.request_id()?;
    let opened_at: Option<i64> = saved.map(|_| fields.get("version").parse().unwrap_or(0));
    let operation = match saved {
        None => format!("event.new {}", form.digest()),
        Some(saved) => format!("event.save {} {}", saved.id, form.digest()),
    };
    let (app, now, calendar) = (context.app.clone(), context.now, calendar.clone());
    let done = context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                let work = || -> BoxFuture<'_, Result<(EventId, String)>> {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*app.ids,
                        };
                        let neighbours = &*calendar.neighbours;
                        let mut wanted = wanted;
                        let (id, state) = (wanted.id, wanted.state);
                        match opened_at {
                            None => {
                                wanted.key = service::free_key(write, &wanted.data).await?;
                                service::create(write, author, neighbours, &wanted).await?;
                            }
                            Some(version) => {
                                let before = service::opened(write, id, version).await?;
                                let kind = service::kind_of(before.state, state);
                                service::change(write, author, neighbours, kind, &before, wanted)
                                    .await?;
                                calendar
                                    .answer_sender(write, author, &before, state)
                                    .await?;
                            }
                        }
                        Ok((id, state.as_str().to_owned()))
                    })
                };
                write_once(write, request, &operation, &who, now, work).await
            })
        })
        .await?;
    let (id, state) = done.answer;
    Ok((id, State::parse(&state).unwrap_or(State::Draft)))
}

/// The form as a page.
async fn reply(
    calendar: &Calendar,
    context: &Context,
    snapshot: Snapshot,
    saved: Option<&Event>,
    mut fields: EventFields,
    extra: Extra,
    status: u16,
) -> Result<Reply> {
    let asked = extra.pictures;
    let offered = edit_picture::offered(calendar, context, &snapshot, &mut fields, asked).await?;
    let mut page = view(calendar, context, &snapshot, saved, fields, extra).await?;
    snapshot.end().await?;
    // Pictures are drawn by whoever keeps them, on a reading of their own.
    edit_picture::draw(context, offered, &mut page.picture).await?;
    let body = page.render()?;
    Ok(Reply::new(status, "text/html; charset=utf-8", body))
}

async fn again(
    calendar: &Calendar,
    context: &Context,
    saved: Option<&Event>,
    fields: EventFields,
    extra: Extra,
    status: u16,
) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    // As it is now: somebody else may have changed it.
    let fresh = match saved {
        Some(saved) => store::find(&*snapshot, saved.id).await?,
        None => None,
    };
    let fresh = fresh.as_ref();
    reply(calendar, context, snapshot, fresh, fields, extra, status).await
}

/// The dates of a form that is being written, as a piece of HTML; nothing is kept.
pub(super) async fn post_dates(calendar: Arc<Calendar>, context: Context) -> Result<Reply> {
    let fields = sent(&context.form());
    let snapshot = context.app.database.snapshot().await?;
    let off = days_off(&calendar, &context, &snapshot).await?;
    let reading = Reading {
        before: None,
        off: &off,
        picture: None,
    };
    let mut errors = Errors::default();
    let pattern = reading.pattern(&mut errors, &fields);
    let mut event = half_written(&reading, &fields, &context);
    let mut faults = errors.0;
    if let (Some(event), Some(_)) = (&mut event, pattern) {
        faults.extend(crate::check::times(&event.data.pattern, context.now));
        let mut unread = Errors::default();
        event.data.place = super::form::place(&mut unread, &fields);
        if let Ok(id) = fields.get("own").parse() {
            event.id = id;
        }
    }
    let t = context.t();
    // What is not written yet is no fault.
    faults.retain(|fault| !fields.get(&fault.field).is_empty() || fault.field == "repeat");
    let view = dates(
        t,
        &snapshot,
        event.as_ref(),
        &off,
        &faults,
        true,
        context.now,
    )
    .await?;
    snapshot.end().await?;
    Ok(Reply::html(view.render()?))
}
