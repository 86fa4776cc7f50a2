//! The form for an event.

use std::sync::Arc;

use askama::Template;
use futures::future::BoxFuture;
use jiff::civil::Date;
use torg_db::Snapshot;
use torg_kernel::{
    EventId, FieldError, OrganisationId, Permission, Problem, Result, UnitId, civil_date, sort_key,
};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, NavLink, T, date, date_time, time, weekday_name};
use torg_web::{Context, Reply, desk};

use super::Calendar;
use super::admin::{HREF, category_choices, organisations};
use super::draw::{age_words, audience_words, price_words};
use super::form::{AUDIENCES, EASES, Errors, Reading, empty, of, sent, wanted_state};
use super::pattern_form::{self, WEEKDAYS};
use crate::check::check;
use crate::copying::{DaysOff, planned};
use crate::doubles::find_doubles;
use crate::filter::plus;
use crate::model::{Event, EventData, calendar_href};
use crate::prose::passages;
use crate::service::{self, needed};
use crate::store;
use crate::views::{
    Check, DateLine, DatesView, EventEditPage, EventFields, Look, OccasionEdit, Prose, Seen,
};
use crate::vocabulary::{State, Status};

/// Dates that are shown one by one.
const SHOWN: usize = 60;
/// Occasions that can be chosen to be changed.
const CHANGED: usize = 200;

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

/// What the form shows beside its fields.
#[derive(Default)]
struct Extra {
    errors: Vec<FieldError>,
    conflict: Option<String>,
    /// What is written, where it could be read.
    written: Option<Event>,
    /// Whether to show how it would look.
    look: bool,
    /// Whether to look for doubles.
    doubles: bool,
}

/// The dates that a pattern gives, with what is wrong and what may be the same.
pub(super) async fn dates(
    t: T,
    on: &Snapshot,
    event: Option<&Event>,
    off: &DaysOff,
    errors: &[FieldError],
    with_doubles: bool,
    now: torg_kernel::Timestamp,
) -> Result<DatesView> {
    let mut doubles = Vec::new();
    if let Some(event) = event.filter(|_| with_doubles) {
        for double in find_doubles(&**on, event, now).await? {
            doubles.push(Seen {
                title: double.event.name(t.locale()).to_owned(),
                href: format!("{HREF}/{}", double.event.id),
                when: day_and_hour(t, double.start, double.event.data.pattern.all_day),
            });
        }
    }
    let pattern = event.map(|event| &event.data.pattern);
    let planned = pattern
        .map(|pattern| planned(pattern, off))
        .unwrap_or_default();
    Ok(DatesView {
        t,
        words: pattern
            .filter(|pattern| pattern.repeats())
            .map(|pattern| pattern.words(t))
            .unwrap_or_default(),
        count: planned.len(),
        dates: planned
            .into_iter()
            .take(SHOWN)
            .map(|own| DateLine {
                text: day_and_hour(t, own.start, pattern.is_some_and(|it| it.all_day)),
                name: own.name.unwrap_or_default(),
            })
            .collect(),
        errors: errors
            .iter()
            .map(|error| t.message(&error.message))
            .collect(),
        doubles,
    })
}

/// `torsdag 3 december 2026 kl. 18.00`.
pub(super) fn day_and_hour(t: T, at: jiff::civil::DateTime, all_day: bool) -> String {
    let day = format!(
        "{} {}",
        weekday_name(t, at.date().weekday()),
        date(t, at.date())
    );
    if all_day {
        day
    } else {
        format!("{day} {}", time(t, at.time()))
    }
}

fn checks(
    t: T,
    fields: &EventFields,
    boxes: impl Iterator<Item = (String, &'static str)>,
) -> Vec<Check> {
    boxes
        .map(|(key, name)| Check {
            label: t.get(&key).into_owned(),
            on: fields.on(name),
            name: name.to_owned(),
        })
        .collect()
}

fn look(t: T, event: &Event) -> Look {
    let data = &event.data;
    let lines = [
        data.summary.get(t.locale()).to_owned(),
        data.pattern.words(t),
        price_words(t, data.price),
        audience_words(t, data),
        age_words(t, data.ages),
    ];
    Look {
        title: event.name(t.locale()).to_owned(),
        lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
        prose: Prose {
            passages: passages(data.text.get(t.locale())),
        },
    }
}

async fn occasions(
    t: T,
    on: &Snapshot,
    event: &Event,
    context: &Context,
) -> Result<Vec<OccasionEdit>> {
    let rows = store::list_occasions_of(&**on, event.id).await?;
    let coming = rows.iter().filter(|row| row.ends_at > context.now);
    Ok(coming
        .take(CHANGED)
        .map(|row| OccasionEdit {
            of: row.of.strftime("%Y-%m-%dT%H:%M").to_string(),
            text: day_and_hour(t, row.start, row.all_day),
            flag: super::draw::flag(t, row).unwrap_or_default(),
            off: row.status.is_off(),
        })
        .collect())
}

struct Lists {
    organisations: Vec<(String, String)>,
    places: Vec<(String, String)>,
    organisers: Vec<(String, String)>,
}

async fn lists(calendar: &Calendar, context: &Context, on: &Snapshot) -> Result<Lists> {
    let t = context.t();
    let (all, _) = context.app.organisations(on).await?;
    let units = calendar.neighbours.places(on, t.locale()).await?;
    let mut own: Vec<(String, String)> = organisations(context.caller()?)
        .into_iter()
        .filter(|id| !all.has_ended(*id))
        .filter_map(|id| all.find(id))
        .map(|entry| (entry.id.to_string(), entry.name(t.locale()).to_owned()))
        .collect();
    own.sort_by_cached_key(|(_, name)| sort_key(name));
    let units = || {
        units.iter().map(|unit| {
            let label = if unit.address.is_empty() {
                unit.name.clone()
            } else {
                format!("{} ({})", unit.name, unit.address)
            };
            (unit.id.to_string(), label)
        })
    };
    let first = |value: &str, key: &str| (value.to_owned(), t.get(key).into_owned());
    let mut places = vec![
        first("", "event-edit-no-place"),
        first("free", "event-edit-place-free"),
        first("online", "event-edit-place-online"),
    ];
    places.extend(units());
    let mut organisers = vec![
        first("", "event-edit-organiser-own"),
        first("free", "event-edit-organiser-free"),
    ];
    organisers.extend(units());
    Ok(Lists {
        organisations: own,
        places,
        organisers,
    })
}

/// Who sent it in, in words.
async fn sender(t: T, on: &Snapshot, event: &Event) -> Result<String> {
    let found = store::find_submission_of(&**on, event.id).await?;
    Ok(found.map_or_else(String::new, |own| {
        t.with(
            "event-edit-sent-in",
            &[
                ("who", own.sender.into()),
                ("email", own.email.into()),
                ("time", date_time(t, own.created_at).into()),
            ],
        )
    }))
}

async fn view(
    calendar: &Calendar,
    context: &Context,
    on: &Snapshot,
    saved: Option<&Event>,
    fields: EventFields,
    extra: Extra,
) -> Result<EventEditPage> {
    let t = context.t();
    let caller = context.caller()?;
    let lists = lists(calendar, context, on).await?;
    let title = saved.map_or_else(
        || t.get("event-edit-new").into_owned(),
        |saved| saved.name(t.locale()).to_owned(),
    );
    let mut frame = desk(context, DeskSection::Calendar, &title)?;
    frame.crumbs = vec![NavLink::new(t.get("desk-calendar"), HREF)];
    let public_href = saved
        .filter(|it| it.is_public())
        .map(|it| it.href(t.locale()));
    frame.public_href = public_href
        .clone()
        .unwrap_or_else(|| calendar_href(t.locale()).to_owned());
    let off = days_off(calendar, context, on).await?;
    let shown = extra.written.as_ref().or(saved);
    let dates = dates(t, on, shown, &off, &[], extra.doubles, context.now).await?;
    let occasions = match saved {
        Some(saved) => occasions(t, on, saved, context).await?,
        None => Vec::new(),
    };
    let chosen: Option<OrganisationId> = fields.get("organisation").parse().ok();
    let owner = saved.map(|saved| saved.organisation).or(chosen);
    let may = |permission| owner.is_some_and(|owner| caller.may(permission, owner));
    let may_publish = may(Permission::EventPublish);
    let may_change = saved.is_none_or(|saved| may(needed(saved.state)));
    let own = saved.map(|saved| format!("{HREF}/{}", saved.id));
    let kept = saved
        .map(|saved| &saved.data.pattern)
        .filter(|pattern| pattern_form::repeat_of(pattern) == "kept");
    let start: Option<Date> = fields.get("start_date").parse().ok();
    let weekdays = WEEKDAYS
        .iter()
        .zip(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
    let weekdays = weekdays.map(|(name, day)| (format!("weekday-{day}"), *name));
    Ok(EventEditPage {
        action: own.clone().unwrap_or_else(|| format!("{HREF}/new")),
        state: saved.map_or("", |saved| saved.state.as_str()),
        may_publish,
        may_change,
        public_href,
        log_href: saved
            .filter(|saved| caller.may(Permission::LogRead, saved.organisation))
            .map(|saved| format!("/admin/log/event/{}", saved.id)),
        copy_href: own.as_ref().map(|own| format!("{own}/copy")),
        state_href: own
            .as_ref()
            .filter(|_| may_change)
            .map(|own| format!("{own}/state")),
        occasion_href: own.map(|own| format!("{own}/occasion")),
        sender: match saved {
            Some(saved) => sender(t, on, saved).await?,
            None => String::new(),
        },
        organisations: lists.organisations,
        categories: category_choices(t),
        places: lists.places,
        organisers: lists.organisers,
        repeats: pattern_form::choices(t, start, kept),
        statuses: Status::ALL
            .iter()
            .map(|it| (it.as_str().to_owned(), t.get(&it.key()).into_owned()))
            .collect(),
        weekdays: checks(t, &fields, weekdays),
        audiences: checks(
            t,
            &fields,
            AUDIENCES.iter().map(|(it, name)| (it.key(), *name)),
        ),
        eases: checks(t, &fields, EASES.iter().map(|(it, name)| (it.key(), *name))),
        dates,
        look: extra
            .written
            .as_ref()
            .filter(|_| extra.look)
            .map(|it| look(t, it)),
        occasions,
        request_id: context.new_request_id(),
        errors: extra.errors,
        conflict: extra.conflict,
        fields,
        desk: frame,
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
    let page = view(
        &calendar,
        &context,
        &snapshot,
        None,
        fields,
        Extra::default(),
    )
    .await?;
    snapshot.end().await?;
    Ok(Reply::html(page.render()?))
}

/// The form of an event.
pub(super) async fn get(calendar: Arc<Calendar>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let saved = load(&context, &snapshot).await?;
    let extra = Extra {
        doubles: saved.state != State::Trash,
        ..Extra::default()
    };
    let page = view(
        &calendar,
        &context,
        &snapshot,
        Some(&saved),
        of(&saved),
        extra,
    )
    .await?;
    snapshot.end().await?;
    Ok(Reply::html(page.render()?))
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
    let fields = sent(&form);
    let snapshot = context.app.database.snapshot().await?;
    let off = days_off(calendar, context, &snapshot).await?;
    let (all, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let reading = Reading {
        before: saved,
        off: &off,
    };
    let event = reading.data(&fields).and_then(|data| {
        written(context, data, &fields, saved, |id| {
            all.find(id)
                .filter(|_| !all.has_ended(id))
                .map(|entry| entry.authority)
        })
    });
    let button = form.text("do");
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
    let page = view(calendar, context, &snapshot, fresh.as_ref(), fields, extra).await?;
    snapshot.end().await?;
    Ok(Reply::new(
        status,
        "text/html; charset=utf-8",
        page.render()?,
    ))
}

/// The dates of a form that is being written, as a piece of HTML; nothing is kept.
pub(super) async fn post_dates(calendar: Arc<Calendar>, context: Context) -> Result<Reply> {
    let fields = sent(&context.form());
    let snapshot = context.app.database.snapshot().await?;
    let off = days_off(&calendar, &context, &snapshot).await?;
    let reading = Reading {
        before: None,
        off: &off,
    };
    let mut errors = Errors::default();
    let pattern = reading.pattern(&mut errors, &fields);
    let mut event = half_written(&reading, &fields, &context);
    let mut faults = errors.0;
    if let (Some(event), Some(_)) = (&mut event, pattern) {
        faults.extend(crate::check::times(&event.data.pattern, context.now));
        let mut unread = Errors::default();
        event.data.place = super::form::place(&mut unread, &fields);
        if let Some(id) = fields.get("own").parse().ok() {
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
