//! Where the staff change units.

use std::sync::Arc;

use askama::Template;
use torg_db::Snapshot;
use torg_kernel::{Actor, FieldError, Message, Permission, Problem, Result, UnitId, fold};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, NavLink, Paging};
use torg_web::{Context, OrganisationList, Reply, desk};

use super::Directory;
use super::form::{Fields, in_form};
use crate::model::{Unit, UnitData};
use crate::service::save_unit;
use crate::store;
use crate::views::{UnitEditPage, UnitRow, UnitsAdminListPage};

/// Units on one page of the list.
const ROWS: usize = 50;

/// The units that the person may change.
pub(super) async fn list(context: Context) -> Result<Reply> {
    let caller = context.caller()?;
    let snapshot = context.app.database.snapshot().await?;
    let mut units = store::list(&*snapshot).await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    let query = context.query("q").unwrap_or_default().trim().to_owned();
    let words = fold(&query);
    units.retain(|unit| {
        caller.may(Permission::UnitEdit, unit.organisation)
            && words
                .split_whitespace()
                .all(|word| looked_at(unit).contains(word))
    });
    let t = context.t();
    let page = context.query("page").and_then(|page| page.parse().ok());
    let pages = units.len().div_ceil(ROWS);
    let page: usize = page.unwrap_or(1).clamp(1, pages.max(1));
    let rows = units
        .iter()
        .skip((page - 1) * ROWS)
        .take(ROWS)
        .map(|unit| row(&context, unit, &organisations))
        .collect();
    let view = UnitsAdminListPage {
        desk: desk(&context, DeskSection::Units, &t.get("desk-units"))?,
        paging: Paging {
            page,
            pages,
            previous_href: (page > 1).then(|| page_href(&query, page - 1)),
            next_href: (page < pages).then(|| page_href(&query, page + 1)),
        },
        almanac_href: caller
            .has(Permission::AlmanacManage)
            .then(|| "/admin/almanac".to_owned()),
        query,
        total: units.len(),
        rows,
    };
    Ok(Reply::html(view.render()?))
}

/// The words by which the list is filtered: name, place and number.
fn looked_at(unit: &Unit) -> String {
    let mut text = unit.key.clone();
    for name in unit.data.name.0.values() {
        text.push(' ');
        text.push_str(name);
    }
    if let Some(address) = &unit.data.address {
        text.push(' ');
        text.push_str(&address.lines().join(" "));
    }
    if let Some(phone) = &unit.data.phone {
        text.push(' ');
        text.push_str(phone);
    }
    fold(&text)
}

fn row(context: &Context, unit: &Unit, organisations: &OrganisationList) -> UnitRow {
    let t = context.t();
    UnitRow {
        name: unit.name(t.locale()).to_owned(),
        edit_href: format!("/admin/units/{}", unit.id),
        kind: unit.kind.as_str().to_owned(),
        phone: unit.data.phone.clone().unwrap_or_default(),
        organisation: organisations
            .find(unit.organisation)
            .map(|entry| entry.name(t.locale()).to_owned())
            .unwrap_or_default(),
        confirmed: unit.data.confirmed.map(|day| torg_ui::date(t, day)),
    }
}

fn page_href(query: &str, page: usize) -> String {
    let mut parts = form_urlencoded::Serializer::new(String::new());
    if !query.is_empty() {
        parts.append_pair("q", query);
    }
    parts.append_pair("page", &page.to_string());
    format!("/admin/units?{}", parts.finish())
}

/// The unit, with the right to change it.
async fn load(context: &Context, on: &Snapshot) -> Result<(Unit, Actor)> {
    let id: UnitId = context.param("id")?;
    let unit = store::find(&**on, id).await?.ok_or(Problem::NotFound)?;
    let actor = context.acting(Permission::UnitEdit, unit.organisation)?;
    Ok((unit, actor))
}

/// The form.
pub(super) async fn get(directory: Arc<Directory>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let (unit, _) = load(&context, &snapshot).await?;
    let used_on = directory.use_count.pages_using(&snapshot, unit.id).await?;
    snapshot.end().await?;
    let fields = Fields::of(&unit);
    let view = view(&context, &unit, used_on, fields, Vec::new())?;
    Ok(Reply::html(view.render()?))
}

fn view(
    context: &Context,
    unit: &Unit,
    used_on: i64,
    fields: Fields,
    errors: Vec<FieldError>,
) -> Result<UnitEditPage> {
    let t = context.t();
    let mut frame = desk(context, DeskSection::Units, unit.name(t.locale()))?;
    frame.crumbs = vec![NavLink::new(t.get("desk-units"), DeskSection::Units.href())];
    frame.public_href = unit.href(t.locale());
    let may_read_log = context
        .caller()?
        .may(Permission::LogRead, unit.organisation);
    Ok(UnitEditPage {
        desk: frame,
        action: format!("/admin/units/{}", unit.id),
        page_href: format!("/admin/units/{}/page", unit.id),
        hours_href: format!("/admin/units/{}/hours", unit.id),
        confirm_id: context.new_request_id(),
        cancel_href: DeskSection::Units.href().to_owned(),
        log_href: may_read_log.then(|| format!("/admin/log/unit/{}", unit.id)),
        used_on: usize::try_from(used_on).unwrap_or_default(),
        name_sv: fields.name_sv,
        name_en: fields.name_en,
        phone: fields.phone,
        email: fields.email,
        street: fields.street,
        postcode: fields.postcode,
        city: fields.city,
        version: fields.version,
        request_id: context.new_request_id(),
        errors,
    })
}

/// Saves the form.
pub(super) async fn post(directory: Arc<Directory>, context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let (unit, actor) = load(&context, &snapshot).await?;
    let used_on = directory.use_count.pages_using(&snapshot, unit.id).await?;
    snapshot.end().await?;
    let fields = Fields::sent(&context.form());
    let (errors, status) = match save(&context, &unit, actor, &fields).await {
        Ok(()) => {
            let to = format!("/admin/units/{}?done=unit-saved", unit.id);
            return Ok(Reply::see_other(&to));
        }
        Err(Problem::Invalid(errors)) => (in_form(errors), 422),
        Err(Problem::Conflict(message)) => {
            let field = "version".to_owned();
            (vec![FieldError { field, message }], 409)
        }
        Err(other) => return Err(other),
    };
    // What was written stays in the form. Who saves it again has seen that the unit was changed,
    // so the form goes on from the version that is there now.
    let snapshot = context.app.database.snapshot().await?;
    let (unit, _) = load(&context, &snapshot).await?;
    snapshot.end().await?;
    let version = if status == 409 {
        unit.version.to_string()
    } else {
        fields.version.clone()
    };
    let fields = Fields { version, ..fields };
    let view = view(&context, &unit, used_on, fields, errors)?;
    let body = view.render()?;
    Ok(Reply::new(status, "text/html; charset=utf-8", body))
}

async fn save(context: &Context, unit: &Unit, actor: Actor, fields: &Fields) -> Result<()> {
    let request = context.form().request_id()?;
    let data = fields.apply(&unit.data);
    let version: i64 = fields
        .version
        .parse()
        .map_err(|_| Problem::Conflict(Message::new("unit-error-version")))?;
    let order = Order {
        id: unit.id,
        version,
        data,
    };
    let (ids, now) = (context.app.ids.clone(), context.now);
    let operation = format!("unit.save {} {}", unit.id, context.form().digest());
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
                        save_unit(context, author, order.id, order.version, order.data).await
                    })
                })
                .await
            })
        })
        .await?;
    Ok(())
}

/// A change as the writer takes it along.
struct Order {
    id: UnitId,
    version: i64,
    data: UnitData,
}
