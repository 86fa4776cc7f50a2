//! A new unit: its name, kind and organisation; all else is written in its own forms.

use askama::Template;
use torg_kernel::{
    FieldError, Locale, Message, OrganisationId, Permission, Problem, Result, UnitId, slugify,
};
use torg_log::{Author, write_once};
use torg_ui::{DeskSection, Field, FieldKind, NavLink};
use torg_web::{Context, Form, Reply, desk};

use super::service_admin::own_organisations;
use crate::check::{check, is_key, tidy};
use crate::model::{Unit, UnitData, UnitKind};
use crate::views::{DeskForm, FieldSet};
use crate::{service, store};

const NAMES: [&str; 5] = ["name_sv", "name_en", "kind", "organisation", "key"];

type Written = [(&'static str, String); 5];

fn get_text<'a>(written: &'a Written, name: &str) -> &'a str {
    let own = written.iter().find(|(own, _)| *own == name);
    own.map(|(_, text)| text.as_str()).unwrap_or_default()
}

/// The form.
pub(super) async fn get(context: Context) -> Result<Reply> {
    let written = NAMES.map(|name| (name, String::new()));
    let view = view(&context, &written, Vec::new()).await?;
    Ok(Reply::html(view.render()?))
}

async fn view(context: &Context, written: &Written, errors: Vec<FieldError>) -> Result<DeskForm> {
    let t = context.t();
    let owners = own_organisations(context).await?;
    let mut frame = desk(context, DeskSection::Units, &t.get("unit-new"))?;
    frame.crumbs = vec![NavLink::new(t.get("desk-units"), DeskSection::Units.href())];
    let kinds = UnitKind::ALL.iter().map(|own| {
        let label = t.get(&format!("unit-kind-{}", own.as_str()));
        (own.as_str().to_owned(), label.into_owned())
    });
    let field = |name: &'static str, kind, key: &str| {
        Field::new(name, kind, t.get(key), get_text(written, name)).errors(t, &errors)
    };
    let fields = vec![
        field("name_sv", FieldKind::Text, "unit-edit-name-sv").lang(Locale::SV),
        field("name_en", FieldKind::Text, "unit-edit-name-en")
            .lang(Locale::EN)
            .optional(),
        field("kind", FieldKind::Choice(kinds.collect()), "units-kind"),
        field(
            "organisation",
            FieldKind::Choice(owners),
            "units-organisation",
        ),
        field("key", FieldKind::Text, "unit-new-key")
            .hint(t.get("unit-new-key-hint"))
            .optional(),
    ];
    Ok(DeskForm {
        desk: frame,
        tools: Vec::new(),
        intro: t.get("unit-new-intro").into_owned(),
        action: "/admin/units/new".to_owned(),
        hidden: vec![("request_id", context.new_request_id())],
        sets: vec![FieldSet {
            legend: None,
            hint: None,
            fields,
            ticks: Vec::new(),
            error: None,
        }],
        save: t.get("unit-new-do").into_owned(),
        cancel_href: DeskSection::Units.href().to_owned(),
        errors,
    })
}

/// Makes the unit.
pub(super) async fn post(context: Context) -> Result<Reply> {
    let form = context.form();
    let written = NAMES.map(|name| (name, form.text(name).trim().to_owned()));
    match begin(&context, &form, &written).await {
        Ok(id) => Ok(Reply::see_other(&format!(
            "/admin/units/{id}?done=unit-created"
        ))),
        Err(Problem::Invalid(errors)) => {
            let errors = errors
                .into_iter()
                .map(|error| FieldError {
                    field: error.field.replace('.', "_"),
                    ..error
                })
                .collect();
            let view = view(&context, &written, errors).await?;
            Ok(Reply::new(422, "text/html; charset=utf-8", view.render()?))
        }
        Err(other) => Err(other),
    }
}

async fn begin(context: &Context, form: &Form, written: &Written) -> Result<UnitId> {
    let request = form.request_id()?;
    let mut data = UnitData::default();
    data.name.set(Locale::SV, get_text(written, "name_sv"));
    data.name.set(Locale::EN, get_text(written, "name_en"));
    let data = tidy(data);
    let mut errors = check(&data);
    let mut wrong = |field: &str, key| {
        errors.push(FieldError {
            field: field.to_owned(),
            message: Message::new(key),
        });
    };
    let kind = UnitKind::parse(get_text(written, "kind"));
    if kind.is_none() {
        wrong("kind", "error-required");
    }
    let owner: Option<OrganisationId> = get_text(written, "organisation").parse().ok();
    let actor = owner.and_then(|owner| context.acting(Permission::UnitEdit, owner).ok());
    if actor.is_none() {
        wrong("organisation", "error-required");
    }
    let key = match get_text(written, "key") {
        "" => slugify(data.name.get(Locale::SV)),
        key => key.to_owned(),
    };
    if !is_key(&key) || crate::import::is_taken(&key) {
        wrong("key", "csv-error-key");
    }
    let (Some(actor), Some(owner), Some(kind), true) = (actor, owner, kind, errors.is_empty())
    else {
        return Err(Problem::Invalid(errors));
    };
    let snapshot = context.app.database.snapshot().await?;
    let (organisations, _) = context.app.organisations(&snapshot).await?;
    let by_key = store::find_by_key(&*snapshot, &key).await?;
    let by_slug = store::find_by_slug(&*snapshot, &key).await?;
    snapshot.end().await?;
    if by_key.or(by_slug).is_some() {
        return Err(Problem::field("key", Message::new("unit-error-key-taken")));
    }
    let unit = Unit {
        id: UnitId::new(&*context.app.ids, context.now),
        slug: key.clone(),
        key,
        kind,
        organisation: owner,
        authority: organisations.find(owner).and_then(|own| own.authority),
        data,
        version: 1,
        updated_at: context.now,
    };
    let (ids, now) = (context.app.ids.clone(), context.now);
    let operation = format!("unit.create {}", form.digest());
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
                        service::create(write, author, &unit).await?;
                        Ok(unit.id)
                    })
                })
                .await
            })
        })
        .await?;
    Ok(once.answer)
}
