//! Where the staff change the hours of one unit.

use std::sync::Arc;

use askama::Template;
use jiff::ToSpan as _;
use torg_almanac::Almanac;
use torg_db::Snapshot;
use torg_kernel::{Actor, FieldError, Message, Permission, Problem, Result, UnitId, civil_date};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, NavLink, T, date_long};
use torg_web::{Context, Reply, desk};

use super::form::HoursForm;
use super::rows::Draw;
use crate::hours::{Hours, Plan, clock_words, coming, day_hours, day_name, is_silent, plan_words};
use crate::model::{Unit, UnitData};
use crate::service::save_unit;
use crate::store;
use crate::views::{HoursEditPage, HoursPreview};
use crate::web::Directory;

/// How many days ahead a preview tells day by day.
const PREVIEW_DAYS: i64 = 21;
/// How many days ahead holidays that nothing is said of are told.
pub(super) const SILENT_DAYS: i32 = 60;

/// The unit, with the right to change it.
async fn load(context: &Context, on: &Snapshot) -> Result<(Unit, Actor)> {
    let id: UnitId = context.param("id")?;
    let unit = store::find(&**on, id).await?.ok_or(Problem::NotFound)?;
    let actor = context.acting(Permission::UnitEdit, unit.organisation)?;
    Ok((unit, actor))
}

/// What the form is drawn from.
struct Desk<'a> {
    context: &'a Context,
    unit: &'a Unit,
    almanac: &'a Almanac,
    used_on: i64,
}

/// The form.
pub(super) async fn get(directory: Arc<Directory>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let (unit, _) = load(&context, &snapshot).await?;
    let used_on = directory.use_count.pages_using(&snapshot, unit.id).await?;
    let almanac = torg_almanac::load(&*snapshot).await?;
    snapshot.end().await?;
    let hours = unit.data.hours.clone().unwrap_or_default();
    let form = HoursForm::of(context.t(), &hours, unit.version);
    let desk = Desk {
        context: &context,
        unit: &unit,
        almanac: &almanac,
        used_on,
    };
    Ok(Reply::html(desk.page(&form, Vec::new(), None)?.render()?))
}

/// Presses one of the form's buttons.
pub(super) async fn post(directory: Arc<Directory>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let (unit, actor) = load(&context, &snapshot).await?;
    let used_on = directory.use_count.pages_using(&snapshot, unit.id).await?;
    let almanac = torg_almanac::load(&*snapshot).await?;
    snapshot.end().await?;
    let desk = Desk {
        context: &context,
        unit: &unit,
        almanac: &almanac,
        used_on,
    };
    let mut form = HoursForm::sent(&context.form());
    let button = context.form().text("do");
    if form.press(&button) {
        return Ok(Reply::html(desk.page(&form, Vec::new(), None)?.render()?));
    }
    let before = unit.data.hours.clone().unwrap_or_default();
    let read = form.read(&before);
    let outcome = match read {
        Err(errors) => Err(Problem::Invalid(errors)),
        Ok(hours) if button == "preview" => {
            let preview = preview(context.t(), hours.with(&almanac), context.now);
            let page = desk.page(&form, Vec::new(), Some(preview))?;
            return Ok(Reply::html(page.render()?));
        }
        Ok(hours) => save(&context, &unit, actor, &form, hours).await,
    };
    let (errors, status) = match outcome {
        Ok(()) => {
            let to = format!("/admin/units/{}/hours?done=hours-saved", unit.id);
            return Ok(Reply::see_other(&to));
        }
        Err(Problem::Invalid(errors)) => (errors, 422),
        Err(Problem::Conflict(message)) => {
            let field = "version".to_owned();
            (vec![FieldError { field, message }], 409)
        }
        Err(other) => return Err(other),
    };
    if status == 409 {
        // Whoever saves again has seen that somebody else did; what was written stays.
        form.version = unit.version.to_string();
    }
    let body = desk.page(&form, errors, None)?.render()?;
    Ok(Reply::new(status, "text/html; charset=utf-8", body))
}

async fn save(
    context: &Context,
    unit: &Unit,
    actor: Actor,
    form: &HoursForm,
    hours: Hours,
) -> Result<()> {
    let request = context.form().request_id()?;
    let version: i64 = form
        .version
        .parse()
        .map_err(|_| Problem::Conflict(Message::new("unit-error-version")))?;
    // Hours that were not known do not become known by leaving all fields empty.
    let known = unit.data.hours.is_some() || hours != Hours::default();
    let data = UnitData {
        hours: known.then_some(hours),
        ..unit.data.clone()
    };
    let (ids, now, id) = (context.app.ids.clone(), context.now, unit.id);
    let operation = format!("unit.hours {} {}", unit.id, context.form().digest());
    context
        .app
        .database
        .write(move |context| {
            Box::pin(async move {
                let who = actor.clone();
                write_once(context, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        save_unit(context, author, id, version, data).await
                    })
                })
                .await
            })
        })
        .await?;
    Ok(())
}

fn preview(t: T, plan: Plan<'_>, now: torg_kernel::Timestamp) -> HoursPreview {
    let today = civil_date(now);
    let day = |ahead: i64| {
        let date = today.checked_add(ahead.days()).ok()?;
        let chosen = plan.on(date);
        let name = plan
            .almanac
            .named(date)
            .first()
            .map(|name| day_name(t, name));
        Some((date_long(t, date), day_hours(t, &chosen.spans), name))
    };
    HoursPreview {
        plan: plan_words(t, plan, now),
        clocks: clock_words(t, plan, now),
        days: (0..PREVIEW_DAYS).filter_map(day).collect(),
    }
}

/// Coming holidays and eves that a plan says nothing of, in words.
fn silent(t: T, plan: Plan<'_>, now: torg_kernel::Timestamp) -> Vec<String> {
    let today = civil_date(now);
    coming(plan.almanac, today, SILENT_DAYS)
        .into_iter()
        .filter(|day| is_silent(plan, day.date))
        .map(|day| {
            let (date, name) = (date_long(t, day.date), day_name(t, &day.name));
            let hours = day_hours(t, &plan.on(day.date).spans);
            format!("{date}, {name}: {}", hours.to_lowercase())
        })
        .collect()
}

impl Desk<'_> {
    fn page(
        &self,
        form: &HoursForm,
        errors: Vec<FieldError>,
        preview: Option<HoursPreview>,
    ) -> Result<HoursEditPage> {
        let (context, unit) = (self.context, self.unit);
        let t = context.t();
        let title = t.one("hours-edit-title", "name", unit.name(t.locale()));
        let mut frame = desk(context, DeskSection::Units, &title)?;
        let edit_href = format!("/admin/units/{}", unit.id);
        frame.crumbs = vec![
            NavLink::new(t.get("desk-units"), DeskSection::Units.href()),
            NavLink::new(unit.name(t.locale()), edit_href.clone()),
        ];
        frame.public_href = unit.href(t.locale());
        let may_read_log = context
            .caller()?
            .may(Permission::LogRead, unit.organisation);
        let hours = unit.data.hours.as_ref();
        let action = format!("/admin/units/{}/hours", unit.id);
        let draw = Draw {
            t,
            almanac: self.almanac,
            errors: &errors,
            action: &action,
        };
        let saved = |words: fn(T, Plan<'_>, torg_kernel::Timestamp) -> Vec<String>| {
            hours
                .map(|hours| words(t, hours.with(self.almanac), context.now))
                .unwrap_or_default()
        };
        // What was asked to be shown counts before what is saved.
        let clocks = match &preview {
            Some(preview) => preview.clocks.clone(),
            None => saved(clock_words),
        };
        Ok(HoursEditPage {
            desk: frame,
            edit_href,
            log_href: may_read_log.then(|| format!("/admin/log/unit/{}", unit.id)),
            week: draw.week("hours", &form.week),
            groups: vec![
                draw.exceptions(&form.exceptions),
                draw.rules(&form.rules),
                draw.periods(&form.periods),
                draw.turns(&form.turns),
            ],
            notes: draw.notes("note", &form.note),
            silent: saved(silent),
            clocks,
            used_on: usize::try_from(self.used_on).unwrap_or_default(),
            version: form.version.clone(),
            request_id: context.new_request_id(),
            preview,
            action,
            errors,
        })
    }
}
