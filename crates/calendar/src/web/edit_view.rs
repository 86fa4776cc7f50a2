//! The form for an event as a page: what stands in its lists, and what is shown beside its fields.

use jiff::civil::Date;
use torg_db::Snapshot;
use torg_kernel::{FieldError, OrganisationId, Permission, Result, sort_key};
use torg_ui::{DeskSection, NavLink, T, date, date_time, time, weekday_name};
use torg_web::{Context, desk};

use super::Calendar;
use super::admin::{HREF, category_choices, organisations};
use super::draw::{age_words, audience_words, price_words};
use super::edit::days_off;
use super::edit_picture::picture;
use super::form::{AUDIENCES, EASES};
use super::pattern_form::{self, WEEKDAYS};
use crate::copying::{DaysOff, planned};
use crate::doubles::find_doubles;
use crate::model::{Event, calendar_href};
use crate::prose::passages;
use crate::service::needed;
use crate::store;
use crate::views::{
    Check, DateLine, DatesView, EventEditPage, EventFields, Look, OccasionEdit, Prose, Seen,
};
use crate::vocabulary::Status;

/// Dates that are shown one by one.
const SHOWN: usize = 60;
/// Occasions that can be chosen to be changed.
const CHANGED: usize = 200;

/// What the form shows beside its fields.
#[derive(Default)]
pub(super) struct Extra {
    pub errors: Vec<FieldError>,
    pub conflict: Option<String>,
    /// What is written, where it could be read.
    pub written: Option<Event>,
    /// Whether to show how it would look.
    pub look: bool,
    /// Whether to look for doubles.
    pub doubles: bool,
    /// Whether to show pictures to choose from.
    pub pictures: bool,
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

pub(super) async fn view(
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
    let action = own.clone().unwrap_or_else(|| format!("{HREF}/new"));
    let picture = picture(context, &fields, &action);
    let kept = saved
        .map(|saved| &saved.data.pattern)
        .filter(|pattern| pattern_form::repeat_of(pattern) == "kept");
    let start: Option<Date> = fields.get("start_date").parse().ok();
    let weekdays = WEEKDAYS
        .iter()
        .zip(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
    let weekdays = weekdays.map(|(name, day)| (format!("weekday-{day}"), *name));
    Ok(EventEditPage {
        action,
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
        sign_ups_href: saved.map(super::signups::list_href),
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
        picture,
        request_id: context.new_request_id(),
        errors: extra.errors,
        conflict: extra.conflict,
        fields,
        desk: frame,
    })
}
