//! One organisation: renaming, moving, ending, and who has roles for it.

use std::sync::Arc;

use askama::Template;
use torg_kernel::{
    FieldError, Message, OrganisationId, Permission, Problem, Result, civil_date, sort_key,
};
use torg_ui::{DeskSection, date_time};
use torg_web::{Context, Form, Reply, desk};

use super::{ORGANISATIONS, PEOPLE, choices, crumb, history, said, time_of};
use crate::service::organisation_fingerprint;
use crate::views::{HolderRow, OrganisationFields, OrganisationPage};
use crate::web::AccountPages;
use crate::{Organisation, OrganisationChange, OrganisationKind, OrganisationTree};

fn sent(form: &Form) -> OrganisationFields {
    OrganisationFields {
        key: form.text("key"),
        kind: form.text("kind"),
        parent: form.text("parent"),
        name_sv: form.text("name_sv"),
        name_en: form.text("name_en"),
    }
}

fn stored(it: &Organisation) -> OrganisationFields {
    OrganisationFields {
        key: it.key.clone(),
        kind: it.kind.as_str().to_owned(),
        parent: it.parent.map(|id| id.to_string()).unwrap_or_default(),
        name_sv: it.name_sv.clone(),
        name_en: it.name_en.clone(),
    }
}

/// What the fields ask for. The city's form has neither kind nor parent.
fn wanted(fields: &OrganisationFields, city: Option<&Organisation>) -> Result<OrganisationChange> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, key: &'static str| {
        errors.push(FieldError {
            field: field.to_owned(),
            message: Message::new(key),
        });
    };
    let kind = match city {
        Some(_) => Some(OrganisationKind::City),
        None => OrganisationKind::parse(&fields.kind),
    };
    let parent = fields.parent.parse().ok().map(OrganisationId);
    if kind.is_none() {
        wrong("kind", "organisation-kind-missing");
    }
    if city.is_none() && parent.is_none() {
        wrong("parent", "organisation-above-missing");
    }
    match kind {
        Some(kind) if errors.is_empty() => Ok(OrganisationChange {
            kind,
            parent: parent.filter(|_| city.is_none()),
            name_sv: fields.name_sv.clone(),
            name_en: fields.name_en.clone(),
        }),
        _ => Err(Problem::Invalid(errors)),
    }
}

fn find<'a>(tree: &'a OrganisationTree, context: &Context) -> Result<&'a Organisation> {
    let id: OrganisationId = context.param("organisation")?;
    tree.find(id).ok_or(Problem::NotFound)
}

/// In words which authority an organisation is or belongs to.
fn authority(context: &Context, tree: &OrganisationTree, it: &Organisation) -> String {
    let t = context.t();
    match it.authority {
        None => t.get("organisation-authority-none").into_owned(),
        Some(authority) if authority.0 == it.id.0 => {
            t.get("organisation-authority-own").into_owned()
        }
        Some(authority) => tree
            .name(OrganisationId(authority.0), t.locale())
            .unwrap_or_default()
            .to_owned(),
    }
}

async fn holders(
    pages: &AccountPages,
    context: &Context,
    id: OrganisationId,
) -> Result<Vec<HolderRow>> {
    let (t, today) = (context.t(), civil_date(context.now));
    let links = context.caller()?.has(Permission::PersonManage);
    let mut rows = Vec::new();
    for entry in pages.accounts.list_people().await? {
        let here = entry.grants.iter().filter(|own| own.organisation.id == id);
        for own in here.filter(|own| own.grant.valid_to.is_none_or(|last| today <= last)) {
            rows.push(HolderRow {
                name: entry.person.name.clone(),
                href: links.then(|| format!("{PEOPLE}/{}", entry.person.id)),
                what: own.role.name(t.locale()).to_owned(),
                time: time_of(t, own.grant.valid_from, own.grant.valid_to),
            });
        }
    }
    rows.sort_by_cached_key(|row| sort_key(&row.name));
    Ok(rows)
}

/// The page of an organisation that is there, or of a new one.
async fn draw(
    pages: &AccountPages,
    context: &Context,
    known: Option<&Organisation>,
    fields: OrganisationFields,
    errors: Vec<FieldError>,
) -> Result<String> {
    let (t, caller) = (context.t(), context.caller()?);
    let tree = pages.accounts.organisations().await?;
    let may = |id: OrganisationId| caller.may(Permission::OrganisationManage, id);
    let title = known.map_or_else(
        || t.get("organisations-new").into_owned(),
        |it| it.name(t.locale()).to_owned(),
    );
    let mut frame = desk(context, DeskSection::Organisations, &title)?;
    frame.crumbs = vec![crumb(t, "desk-organisations", ORGANISATIONS)];
    let below: Vec<OrganisationId> = known
        .map(|it| {
            tree.descendants(it.id)
                .iter()
                .map(|it| it.id)
                .chain([it.id])
                .collect()
        })
        .unwrap_or_default();
    let history = match known {
        Some(it) => history::rows(t, &pages.accounts.history_of_organisation(it.id).await?),
        None => Vec::new(),
    };
    let is_city = known.is_some_and(|it| it.kind == OrganisationKind::City);
    let page = OrganisationPage {
        desk: frame,
        action: known.map_or_else(
            || format!("{ORGANISATIONS}/new"),
            |it| format!("{ORGANISATIONS}/{}", it.id),
        ),
        is_new: known.is_none(),
        is_city,
        may_change: known.is_none_or(|it| may(it.id)),
        may_end: known.is_some_and(|it| may(it.id) && it.parent.is_some_and(may)),
        ended: known.and_then(|it| it.ended_at).map(|at| date_time(t, at)),
        authority: known
            .map(|it| authority(context, &tree, it))
            .unwrap_or_default(),
        kinds: OrganisationKind::ALL
            .iter()
            .filter(|kind| **kind != OrganisationKind::City)
            .map(|kind| kind.as_str())
            .collect(),
        parents: choices(&tree, t.locale(), &fields.parent, |id| {
            !below.contains(&id) && (may(id) || id.to_string() == fields.parent)
        }),
        children: known
            .into_iter()
            .flat_map(|it| tree.children(Some(it.id)))
            .filter(|it| it.ended_at.is_none())
            .map(|it| {
                (
                    format!("{ORGANISATIONS}/{}", it.id),
                    it.name(t.locale()).to_owned(),
                )
            })
            .collect(),
        add_href: known
            .filter(|it| may(it.id) && it.ended_at.is_none())
            .map(|it| format!("{ORGANISATIONS}/new?parent={}", it.id)),
        seen: known.map(organisation_fingerprint).unwrap_or_default(),
        request_id: context.new_request_id(),
        holders: match known {
            Some(it) => holders(pages, context, it.id).await?,
            None => Vec::new(),
        },
        history,
        fields,
        errors,
    };
    Ok(page.render()?)
}

pub(super) async fn get(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let tree = pages.accounts.organisations().await?;
    let it = find(&tree, &context)?;
    let html = draw(&pages, &context, Some(it), stored(it), Vec::new()).await?;
    Ok(Reply::html(html))
}

pub(super) async fn get_new(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let fields = OrganisationFields {
        kind: OrganisationKind::Unit.as_str().to_owned(),
        parent: context.query("parent").unwrap_or_default().to_owned(),
        ..OrganisationFields::default()
    };
    let html = draw(&pages, &context, None, fields, Vec::new()).await?;
    Ok(Reply::html(html))
}

pub(super) async fn post_new(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let form = context.form();
    let fields = sent(&form);
    let added = match (wanted(&fields, None), form.request_id()) {
        (Ok(wanted), Ok(request)) => {
            let above = wanted.parent.ok_or(Problem::NotFound)?;
            let actor = context.acting(Permission::OrganisationManage, above)?;
            pages
                .for_caller(&context)?
                .add_organisation(&actor, request, &fields.key, wanted)
                .await
        }
        (Err(problem), _) | (_, Err(problem)) => Err(problem),
    };
    match added {
        Ok(id) => Ok(Reply::see_other(&format!(
            "{ORGANISATIONS}/{id}?done=organisation-added"
        ))),
        Err(Problem::Invalid(errors)) => {
            let html = draw(&pages, &context, None, fields, errors).await?;
            Ok(Reply::form_again(html))
        }
        Err(problem) => Err(problem),
    }
}

/// Back to the page with what was done, or the page with what was wrong.
async fn answer(
    pages: &AccountPages,
    context: &Context,
    fields: Option<OrganisationFields>,
    done: Result<&'static str>,
) -> Result<Reply> {
    let tree = pages.accounts.organisations().await?;
    let it = find(&tree, context)?;
    let (errors, status) = match done {
        Ok(done) => {
            let to = format!("{ORGANISATIONS}/{}?done={done}", it.id);
            return Ok(Reply::see_other(&to));
        }
        Err(Problem::Invalid(errors)) => (errors, 422),
        Err(Problem::Conflict(message)) => (said(message), 409),
        Err(problem) => return Err(problem),
    };
    let fields = fields.unwrap_or_else(|| stored(it));
    let html = draw(pages, context, Some(it), fields, errors).await?;
    Ok(Reply::new(status, "text/html; charset=utf-8", html))
}

pub(super) async fn post(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let form = context.form();
    let tree = pages.accounts.organisations().await?;
    let it = find(&tree, &context)?;
    let actor = context.acting(Permission::OrganisationManage, it.id)?;
    let mut fields = sent(&form);
    fields.key.clone_from(&it.key);
    let city = (it.kind == OrganisationKind::City).then_some(it);
    let done = match wanted(&fields, city) {
        Ok(wanted) => {
            let seen = form.text("seen");
            pages
                .for_caller(&context)?
                .change_organisation(&actor, it.id, &seen, wanted)
                .await
        }
        Err(problem) => Err(problem),
    };
    let done = done.map(|()| "organisation-saved");
    answer(&pages, &context, Some(fields), done).await
}

pub(super) async fn end(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let tree = pages.accounts.organisations().await?;
    let id = find(&tree, &context)?.id;
    let actor = context.acting(Permission::OrganisationManage, id)?;
    let done = pages
        .for_caller(&context)?
        .end_organisation(&actor, id)
        .await;
    answer(&pages, &context, None, done.map(|()| "organisation-ended")).await
}

pub(super) async fn reopen(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let tree = pages.accounts.organisations().await?;
    let id = find(&tree, &context)?.id;
    let actor = context.acting(Permission::OrganisationManage, id)?;
    let done = pages
        .for_caller(&context)?
        .reopen_organisation(&actor, id)
        .await;
    answer(
        &pages,
        &context,
        None,
        done.map(|()| "organisation-reopened"),
    )
    .await
}
