//! Last term's series to new dates, in two clicks: one to come here, one to make it.

use std::sync::Arc;

use askama::Template;
use futures::future::BoxFuture;
use jiff::civil::Date;
use torg_kernel::{EventId, FieldError, Message, Permission, Problem, Result, civil_date};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, ErrorSummary, Field, FieldKind, NavLink};
use torg_web::{Context, Reply, desk};

use super::Calendar;
use super::admin::HREF;
use super::edit::{days_off, load};
use super::edit_view::{dates, day_and_hour};
use crate::copying::{DaysOff, moved, next_term, planned, without_days_off};
use crate::model::Event;
use crate::service::{self, needed};
use crate::views::{CopyPage, DateLine};
use crate::vocabulary::{State, Status};

/// The longest series in days.
const LONGEST: i32 = 731;

struct Wish {
    first: Date,
    last: Date,
    skip_breaks: bool,
    skip_holidays: bool,
}

impl Wish {
    fn off(&self, off: &DaysOff) -> DaysOff {
        DaysOff {
            breaks: if self.skip_breaks {
                off.breaks.clone()
            } else {
                Vec::new()
            },
            holidays: if self.skip_holidays {
                off.holidays.clone()
            } else {
                Vec::new()
            },
        }
    }

    /// The series as it would be.
    fn copy(&self, context: &Context, before: &Event, off: &DaysOff, state: State) -> Event {
        let mut data = before.data.clone();
        let pattern = moved(&data.pattern, self.first, self.last);
        data.pattern = without_days_off(pattern, &self.off(off));
        data.status = Status::Scheduled;
        data.status_note = crate::model::Words::default();
        data.full = Vec::new();
        if let Some(registration) = &mut data.registration {
            registration.until = None;
            if let Some(rules) = &mut registration.sign_up {
                rules.opens = None;
            }
        }
        Event {
            id: EventId::new(&*context.app.ids, context.now),
            key: "ny".to_owned(),
            organisation: before.organisation,
            authority: before.authority,
            state,
            data,
            version: 1,
            created_at: context.now,
            updated_at: context.now,
        }
    }
}

async fn view(
    calendar: &Calendar,
    context: &Context,
    before: &Event,
    wish: &Wish,
    errors: &[FieldError],
    status: u16,
) -> Result<Reply> {
    let t = context.t();
    let snapshot = context.app.database.snapshot().await?;
    let off = days_off(calendar, context, &snapshot).await?;
    let copy = wish.copy(context, before, &off, State::Draft);
    let left_out = planned(
        &moved(&before.data.pattern, wish.first, wish.last),
        &wish.off(&off),
    );
    let shown = errors.is_empty().then_some(&copy);
    let given = dates(t, &snapshot, shown, &off, &[], true, context.now).await?;
    snapshot.end().await?;
    let mut frame = desk(
        context,
        DeskSection::Calendar,
        &t.one("event-copy-title", "title", before.name(t.locale())),
    )?;
    let own = format!("{HREF}/{}", before.id);
    frame.crumbs = vec![
        NavLink::new(t.get("desk-calendar"), HREF),
        NavLink::new(before.name(t.locale()), &*own),
    ];
    let field = |name, key: &str, day: Date| {
        Field::new(name, FieldKind::Date, t.get(key), day.to_string()).errors(t, errors)
    };
    let fields = vec![
        field("first", "event-copy-first", wish.first),
        field("last", "event-copy-last", wish.last),
    ];
    let caller = context.caller()?;
    let page = CopyPage {
        desk: frame,
        action: format!("{own}/copy"),
        errors: ErrorSummary::of(t, &fields.iter().collect::<Vec<_>>(), errors),
        fields,
        skip_breaks: wish.skip_breaks,
        skip_holidays: wish.skip_holidays,
        dates: given,
        left_out: left_out
            .into_iter()
            .filter_map(|own| {
                Some(DateLine {
                    text: day_and_hour(t, own.start, before.data.pattern.all_day),
                    name: own.name?,
                })
            })
            .collect(),
        may_publish: caller.may(Permission::EventPublish, before.organisation),
        request_id: context.new_request_id(),
    };
    Ok(Reply::new(
        status,
        "text/html; charset=utf-8",
        page.render()?,
    ))
}

/// The dates as they would be, half a year on.
pub(super) async fn get(calendar: Arc<Calendar>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let before = load(&context, &snapshot).await?;
    snapshot.end().await?;
    let (first, last) = next_term(&before.data.pattern, civil_date(context.now));
    let wish = Wish {
        first,
        last,
        skip_breaks: true,
        skip_holidays: true,
    };
    view(&calendar, &context, &before, &wish, &[], 200).await
}

/// Makes it, or shows the dates again.
pub(super) async fn post(calendar: Arc<Calendar>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let before = load(&context, &snapshot).await?;
    let off = days_off(&calendar, &context, &snapshot).await?;
    snapshot.end().await?;
    let form = context.form();
    let (usual_first, usual_last) = next_term(&before.data.pattern, civil_date(context.now));
    let mut errors = Vec::new();
    let mut day = |name: &str, usual: Date| {
        form.text(name).trim().parse::<Date>().unwrap_or_else(|_| {
            errors.push(FieldError {
                field: name.to_owned(),
                message: Message::new("event-error-date"),
            });
            usual
        })
    };
    let wish = Wish {
        first: day("first", usual_first),
        last: day("last", usual_last),
        skip_breaks: form.has("skip_breaks"),
        skip_holidays: form.has("skip_holidays"),
    };
    if errors.is_empty() && wish.last < wish.first {
        errors.push(FieldError {
            field: "last".to_owned(),
            message: Message::new("event-error-until-before"),
        });
    }
    if errors.is_empty() && (wish.last - wish.first).get_days() > LONGEST {
        errors.push(FieldError {
            field: "last".to_owned(),
            message: Message::new("event-error-copy-long"),
        });
    }
    let button = form.text("do");
    if !errors.is_empty() || button == "dates" {
        let status = if errors.is_empty() { 200 } else { 422 };
        return view(&calendar, &context, &before, &wish, &errors, status).await;
    }
    let state = if button == "publish" {
        State::Published
    } else {
        State::Draft
    };
    let actor = context.acting(needed(state), before.organisation)?;
    let copy = wish.copy(&context, &before, &off, state);
    let request = form.request_id()?;
    let operation = format!("event.copy {} {}", before.id, form.digest());
    let (app, now, own) = (context.app.clone(), context.now, calendar.clone());
    let done = context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                let work = || -> BoxFuture<'_, Result<EventId>> {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*app.ids,
                        };
                        let mut copy = copy;
                        copy.key = service::free_key(write, &copy.data).await?;
                        service::create(write, author, &*own.neighbours, &copy).await?;
                        Ok(copy.id)
                    })
                };
                write_once(write, request, &operation, &who, now, work).await
            })
        })
        .await;
    match done {
        Ok(done) => Ok(Reply::see_other(&format!(
            "{HREF}/{}?done=event-copied",
            done.answer
        ))),
        Err(Problem::Invalid(errors)) => {
            view(&calendar, &context, &before, &wish, &errors, 422).await
        }
        Err(problem) => Err(problem),
    }
}
