//! Where the staff write services.

use askama::Template;
use torg_db::Snapshot;
use torg_kernel::{
    FieldError, Locale, Message, OrganisationId, Permission, Problem, Result, ServiceId, slugify,
};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, NavLink, T};
use torg_web::{Caller, Context, OrganisationList, Reply, desk};

use super::service_form::{Written, in_form, sets};
use super::service_list::HERE;
use crate::check::is_key;
use crate::services::{self, Service, ServiceData, check, create, order, save, tidy};
use crate::views::DeskForm;

async fn load(context: &Context, on: &Snapshot) -> Result<Service> {
    let id: ServiceId = context.param("id")?;
    let service = services::find(&**on, id).await?.ok_or(Problem::NotFound)?;
    context.acting(Permission::UnitEdit, service.organisation)?;
    Ok(service)
}

/// The organisations that the person may give a new service or unit to.
pub(super) fn owners(
    t: T,
    caller: &Caller,
    organisations: &OrganisationList,
) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = organisations
        .entries()
        .filter(|own| caller.may(Permission::UnitEdit, own.id) && !organisations.has_ended(own.id))
        .map(|own| (own.id.to_string(), own.name(t.locale()).to_owned()))
        .collect();
    all.sort_by_cached_key(|(_, name)| torg_kernel::sort_key(name));
    all
}

/// The form for a service that is there.
pub(super) async fn get(context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let service = load(&context, &snapshot).await?;
    snapshot.end().await?;
    let written = Written::of(&service);
    let view = view(&context, Some(&service), &[], &written, Vec::new())?;
    Ok(Reply::html(view.render()?))
}

/// The form for a new one.
pub(super) async fn get_new(context: Context) -> Result<Reply> {
    let owners = own_organisations(&context).await?;
    let view = view(&context, None, &owners, &Written::empty(), Vec::new())?;
    Ok(Reply::html(view.render()?))
}

pub(super) async fn own_organisations(context: &Context) -> Result<Vec<(String, String)>> {
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    snapshot.end().await?;
    Ok(owners(context.t(), context.caller()?, &organisations))
}

fn view(
    context: &Context,
    service: Option<&Service>,
    owners: &[(String, String)],
    written: &Written,
    errors: Vec<FieldError>,
) -> Result<DeskForm> {
    let t = context.t();
    let title = match service {
        Some(service) => service.name(t.locale()).to_owned(),
        None => t.get("service-new").into_owned(),
    };
    let mut frame = desk(context, DeskSection::Units, &title)?;
    frame.crumbs = vec![
        NavLink::new(t.get("desk-units"), DeskSection::Units.href()),
        NavLink::new(t.get("services-title"), HERE),
    ];
    let mut tools = Vec::new();
    if let Some(service) = service {
        frame.public_href = service.href(t.locale());
        tools.push((
            "eye",
            t.get("service-see").into_owned(),
            service.href(t.locale()),
        ));
        if context
            .caller()?
            .may(Permission::LogRead, service.organisation)
        {
            let href = format!("/admin/log/service/{}", service.id);
            tools.push(("scroll-text", t.get("desk-history").into_owned(), href));
        }
    }
    Ok(DeskForm {
        tools,
        intro: String::new(),
        action: match service {
            Some(service) => format!("{HERE}/{}", service.id),
            None => format!("{HERE}/new"),
        },
        hidden: vec![
            ("version", written.version.clone()),
            ("request_id", context.new_request_id()),
        ],
        sets: sets(t, service.is_none().then_some(owners), written, &errors),
        save: t.get("desk-save").into_owned(),
        cancel_href: HERE.to_owned(),
        errors,
        desk: frame,
    })
}

/// Saves the form of a service that is there.
pub(super) async fn post(context: Context) -> Result<Reply> {
    let snapshot = context.app.database.snapshot().await?;
    let service = load(&context, &snapshot).await?;
    snapshot.end().await?;
    let mut written = Written::sent(&context.form());
    let (errors, status) = match change(&context, &service, &written).await {
        Ok(()) => {
            let to = format!("{HERE}/{}?done=service-saved", service.id);
            return Ok(Reply::see_other(&to));
        }
        Err(Problem::Invalid(errors)) => (in_form(errors), 422),
        Err(Problem::Conflict(message)) => {
            let snapshot = context.app.database.snapshot().await?;
            written.version = load(&context, &snapshot).await?.version.to_string();
            snapshot.end().await?;
            let field = "version".to_owned();
            (vec![FieldError { field, message }], 409)
        }
        Err(other) => return Err(other),
    };
    let view = view(&context, Some(&service), &[], &written, errors)?;
    Ok(Reply::new(
        status,
        "text/html; charset=utf-8",
        view.render()?,
    ))
}

async fn change(context: &Context, service: &Service, written: &Written) -> Result<()> {
    let form = context.form();
    let request = form.request_id()?;
    let actor = context.acting(Permission::UnitEdit, service.organisation)?;
    let (category, data) = written.apply(&service.data).map_err(Problem::Invalid)?;
    let conflict = |_| Problem::Conflict(Message::new("service-error-version"));
    let version: i64 = written.version.parse().map_err(conflict)?;
    let (ids, now, id) = (context.app.ids.clone(), context.now, service.id);
    let operation = format!("service.save {id} {}", form.digest());
    context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                write_once(write, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        save(write, author, order(id, version, category, data)).await
                    })
                })
                .await
            })
        })
        .await?;
    Ok(())
}

/// Makes a new service.
pub(super) async fn post_new(context: Context) -> Result<Reply> {
    let written = Written::sent(&context.form());
    match begin(&context, &written).await {
        Ok(id) => Ok(Reply::see_other(&format!("{HERE}/{id}?done=service-saved"))),
        Err(Problem::Invalid(errors)) => {
            let owners = own_organisations(&context).await?;
            let view = view(&context, None, &owners, &written, in_form(errors))?;
            Ok(Reply::new(422, "text/html; charset=utf-8", view.render()?))
        }
        Err(other) => Err(other),
    }
}

async fn begin(context: &Context, written: &Written) -> Result<ServiceId> {
    let form = context.form();
    let request = form.request_id()?;
    let (category, data) = written
        .apply(&ServiceData::default())
        .map_err(Problem::Invalid)?;
    let data = tidy(data);
    let mut errors = check(&data);
    let owner: Option<OrganisationId> = written.get("organisation").parse().ok();
    let actor = owner.and_then(|owner| context.acting(Permission::UnitEdit, owner).ok());
    let key = match written.get("key") {
        "" => slugify(data.name.get(Locale::SV)),
        key => key.to_owned(),
    };
    let mut wrong = |field: &str, key| {
        errors.push(FieldError {
            field: field.to_owned(),
            message: Message::new(key),
        });
    };
    if !is_key(&key) {
        wrong("key", "csv-error-key");
    }
    if actor.is_none() {
        wrong("organisation", "error-required");
    }
    let (Some(actor), Some(owner), true) = (actor, owner, errors.is_empty()) else {
        return Err(Problem::Invalid(errors));
    };
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    let taken = services::list(&*snapshot).await?;
    snapshot.end().await?;
    if taken.iter().any(|own| own.key == key || own.slug == key) {
        return Err(Problem::field("key", Message::new("unit-error-key-taken")));
    }
    let service = Service {
        id: ServiceId::new(&*context.app.ids, context.now),
        slug: key.clone(),
        key,
        category,
        organisation: owner,
        authority: organisations.find(owner).and_then(|own| own.authority),
        data,
        version: 1,
        updated_at: context.now,
    };
    let (ids, now) = (context.app.ids.clone(), context.now);
    let operation = format!("service.create {}", form.digest());
    let once = context
        .app
        .database
        .write(move |write| {
            Box::pin(async move {
                let who = actor.clone();
                write_once(write, request, &operation, &who, now, move || {
                    Box::pin(async move {
                        let author = Author {
                            actor: &actor,
                            now,
                            ids: &*ids,
                        };
                        create(write, author, &service, &|_| false).await?;
                        Ok(service.id)
                    })
                })
                .await
            })
        })
        .await?;
    Ok(once.answer)
}
