//! Where the staff change the hours of many units at once, and take that back.

use askama::Template;
use jiff::ToSpan as _;
use torg_kernel::{FieldError, Message, Permission, Problem, Result, civil_date};
use torg_log::write_once;
use torg_ui::{T, date_long};
use torg_web::{Context, Reply};
use uuid::Uuid;

use super::bulk_fields::Fields;
use super::bulk_read::{Read, read};
use crate::hours::change::Order;
use crate::hours::{Hours, capital, day_hours};
use crate::model::Unit;
use crate::service_hours::{Bulk, ToChange, change_many, find_change, take_back_many};
use crate::store;
use crate::views::{BulkUnit, HoursBulkPage};

/// Days of a unit that are shown one by one.
const SHOWN_DAYS: usize = 7;

/// The form.
pub(super) async fn get(context: Context) -> Result<Reply> {
    let read = read(&context).await?;
    let fields = Fields::asked(&context);
    let page = read.page(&context, &fields, Vec::new(), None)?;
    Ok(Reply::html(page.render()?))
}

/// What would become of each unit, and how many would stay as they are.
fn preview(
    t: T,
    read: &Read,
    fields: &Fields,
    order: &Order,
    checked: impl Fn(&Unit) -> bool,
) -> (Vec<BulkUnit>, usize) {
    let chosen = read.chosen(fields, order.first);
    let mut found = Vec::new();
    let all = chosen.len();
    let empty = Hours::default();
    for unit in chosen {
        let before = unit.data.hours.as_ref().unwrap_or(&empty);
        let Some((after, _)) = order.apply(before, &read.almanac, Uuid::nil()) else {
            continue;
        };
        let mut days = Vec::new();
        let mut date = order.first;
        while date <= order.last {
            let hours = |plan: &Hours| day_hours(t, &plan.with(&read.almanac).on(date).spans);
            let (one, other) = (hours(before), hours(&after));
            days.push((capital(&date_long(t, date)), one, other));
            let Ok(next) = date.checked_add(1.day()) else {
                break;
            };
            date = next;
        }
        let more = days.len().saturating_sub(SHOWN_DAYS);
        days.truncate(SHOWN_DAYS);
        found.push(BulkUnit {
            id: unit.id.to_string(),
            version: unit.version,
            name: unit.name(t.locale()).to_owned(),
            href: format!("/admin/units/{}/hours", unit.id),
            checked: checked(unit),
            days,
            more,
        });
    }
    let unchanged = all - found.len();
    (found, unchanged)
}

/// Shows what would become of each unit, or does it.
pub(super) async fn post(context: Context) -> Result<Reply> {
    let read = read(&context).await?;
    let form = context.form();
    let fields = Fields::sent(&form);
    let t = context.t();
    let again = |status, page: HoursBulkPage| -> Result<Reply> {
        Ok(Reply::new(
            status,
            "text/html; charset=utf-8",
            page.render()?,
        ))
    };
    let order = match fields.order() {
        Ok(order) => order,
        Err(errors) => return again(422, read.page(&context, &fields, errors, None)?),
    };
    if form.text("do") != "save" {
        let found = preview(t, &read, &fields, &order, |_| true);
        return again(200, read.page(&context, &fields, Vec::new(), Some(found))?);
    }
    let ticked = |unit: &Unit| form.has(&format!("unit_{}", unit.id));
    let (errors, status) = match save(&context, &read, &fields, order.clone()).await {
        Ok(_) => return Ok(Reply::see_other("/admin/hours?done=hours-bulk")),
        Err(Problem::Invalid(errors)) => (errors, 422),
        Err(Problem::Conflict(message)) => {
            let field = "units".to_owned();
            (vec![FieldError { field, message }], 409)
        }
        Err(other) => return Err(other),
    };
    let found = preview(t, &read, &fields, &order, ticked);
    again(status, read.page(&context, &fields, errors, Some(found))?)
}

async fn save(context: &Context, read: &Read, fields: &Fields, order: Order) -> Result<usize> {
    let form = context.form();
    let request = form.request_id()?;
    let caller = context.caller()?;
    let mut units = Vec::new();
    for unit in read.chosen(fields, order.first) {
        let sent = form.text(&format!("unit_{}", unit.id));
        if sent.is_empty() {
            continue;
        }
        let version = sent
            .parse()
            .map_err(|_| Problem::Conflict(Message::new("hours-bulk-version")))?;
        units.push(ToChange {
            unit: unit.id,
            version,
            actor: context.acting(Permission::UnitEdit, unit.organisation)?,
        });
    }
    let Some(who) = units.first().map(|own| own.actor.clone()) else {
        return Err(Problem::field("units", Message::new("hours-bulk-none")));
    };
    let bulk = Bulk {
        order,
        what: fields.what.trim().to_owned(),
        person: caller.name.clone(),
        units,
    };
    let (ids, now) = (context.app.ids.clone(), context.now);
    let operation = format!("hours.bulk {}", form.digest());
    let once = context
        .app
        .database
        .write(move |context| {
            Box::pin(async move {
                write_once(context, request, &operation, &who, now, move || {
                    Box::pin(async move { change_many(context, bulk, now, &*ids).await })
                })
                .await
            })
        })
        .await?;
    Ok(once.answer)
}

/// Takes a change back: whole when it has not begun, else from today on.
pub(super) async fn undo(context: Context) -> Result<Reply> {
    let id: Uuid = context.param("id")?;
    let request = context.form().request_id()?;
    let snapshot = context.app.database.snapshot().await?;
    let change = find_change(&*snapshot, id)
        .await?
        .ok_or(Problem::NotFound)?;
    let ids: Vec<_> = change.done.units.iter().map(|unit| unit.unit).collect();
    let units = store::list_by_id(&*snapshot, &ids).await?;
    snapshot.end().await?;
    // Nobody takes back for others what they may not change themselves.
    let actors = units
        .iter()
        .map(|unit| {
            Ok((
                unit.id,
                context.acting(Permission::UnitEdit, unit.organisation)?,
            ))
        })
        .collect::<Result<Vec<_>>>()?;
    let Some(who) = actors.first().map(|(_, actor)| actor.clone()) else {
        return Err(Problem::NotFound);
    };
    let today = civil_date(context.now);
    let from = today.max(change.done.first);
    let (ids, now) = (context.app.ids.clone(), context.now);
    let operation = format!("hours.bulk.undo {id}");
    context
        .app
        .database
        .write(move |context| {
            Box::pin(async move {
                write_once(context, request, &operation, &who, now, move || {
                    Box::pin(
                        async move { take_back_many(context, id, from, &actors, now, &*ids).await },
                    )
                })
                .await
            })
        })
        .await?;
    Ok(Reply::see_other("/admin/hours?done=hours-undone"))
}
