//! One person: what they may do, and what is done about it.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use torg_kernel::{
    Actor, FieldError, GrantId, Message, OrganisationId, Permission, PersonId, Problem, Result,
    RoleId, civil_date, sort_key,
};
use torg_ui::{DeskSection, date_time};
use torg_web::{Context, Form, Reply, desk};

use super::{
    PEOPLE, acting_anywhere, choices, crumb, day, grant_state, handed_rows, history, said, time_of,
};
use crate::views::{HeldRow, NewGrantFields, PersonFields, PersonPage, RoleChoice};
use crate::web::AccountPages;
use crate::{NewGrants, NewPerson, OrganisationTree, PersonEntry, Role};

/// What the page shows beside what is stored.
#[derive(Default)]
struct Extra {
    /// The form that was sent, if it was one with faults.
    sent: Option<Form>,
    errors: Vec<FieldError>,
    password: Option<String>,
}

fn id_of(context: &Context) -> Result<PersonId> {
    context.param("person")
}

/// Whether the caller manages people in every organisation where a person has something.
fn looks_after(context: &Context, entry: &PersonEntry) -> Result<bool> {
    let (caller, today) = (context.caller()?, civil_date(context.now));
    Ok(entry
        .grants
        .iter()
        .filter(|own| own.grant.valid_to.is_none_or(|last| today <= last))
        .all(|own| caller.may(Permission::PersonManage, own.organisation.id)))
}

/// The actor for something about the whole account.
async fn actor(pages: &AccountPages, context: &Context) -> Result<Actor> {
    let tree = pages.accounts.organisations().await?;
    acting_anywhere(context, &tree, Permission::PersonManage)
}

pub(super) async fn get(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let html = draw(&pages, &context, Extra::default()).await?;
    Ok(Reply::html(html))
}

async fn draw(pages: &AccountPages, context: &Context, extra: Extra) -> Result<String> {
    let (id, t) = (id_of(context)?, context.t());
    let accounts = &pages.accounts;
    let entry = accounts.find_person(id).await?.ok_or(Problem::NotFound)?;
    let tree = accounts.organisations().await?;
    let roles = accounts.roles().await?;
    let looks_after = looks_after(context, &entry)?;
    let may_take_over = looks_after && {
        let actor = acting_anywhere(context, &tree, Permission::PersonManage)?;
        pages
            .for_caller(context)?
            .may_take_over(&actor, id)
            .await
            .is_ok()
    };
    let (held, past) = held(pages, context, id, &roles, &tree).await?;
    let delegations = accounts.list_delegations(id).await?;
    let today = civil_date(context.now);
    let told = accounts.history_of_person(id).await?;
    let mut frame = desk(context, DeskSection::People, &entry.person.name)?;
    frame.crumbs = vec![crumb(t, "desk-accounts", PEOPLE)];
    let root = tree.root().map(|root| root.id);
    let caller = context.caller()?;
    let sent = extra.sent.as_ref();
    let page = PersonPage {
        desk: frame,
        href: format!("{PEOPLE}/{id}"),
        log_href: root
            .filter(|root| caller.may(Permission::LogRead, *root))
            .map(|_| format!("/admin/log/person/{id}")),
        closed: entry.person.disabled_at.map(|at| date_time(t, at)),
        held,
        past,
        new: new_grant(context, &tree, &roles, sent)?,
        handed: handed_rows(t, &delegations, today, |it| {
            looks_after && it.giver.id == id
        }),
        person: match sent.filter(|form| form.has("email")) {
            Some(form) => PersonFields {
                name: form.text("name"),
                email: form.text("email"),
            },
            None => PersonFields {
                name: entry.person.name,
                email: entry.person.email,
            },
        },
        looks_after,
        may_take_over,
        linked: accounts.is_linked(id).await?,
        password: extra.password,
        history: history::rows(t, &told),
        errors: extra.errors,
    };
    Ok(page.render()?)
}

/// What a person has and will have, and what is over.
async fn held(
    pages: &AccountPages,
    context: &Context,
    id: PersonId,
    roles: &[Role],
    tree: &OrganisationTree,
) -> Result<(Vec<HeldRow>, Vec<HeldRow>)> {
    let (t, today, caller) = (context.t(), civil_date(context.now), context.caller()?);
    let records = pages.accounts.records_of(id).await?;
    let from_groups = pages.accounts.grants_from_provider(id).await?;
    let mut people: Vec<PersonId> = records
        .iter()
        .flat_map(|record| [record.granted_by, record.ended_by])
        .flatten()
        .collect();
    people.sort_unstable();
    people.dedup();
    let snapshot = context.app.database.snapshot().await?;
    let names = pages.accounts.people_names(&snapshot, &people).await?;
    snapshot.end().await?;
    let names: HashMap<PersonId, String> = names.into_iter().collect();
    let by = |key_by: &str, key: &str, at, person: Option<PersonId>| match person {
        Some(person) => {
            let name = names.get(&person).map(String::as_str).unwrap_or_default();
            t.two(key_by, "name", name, "time", date_time(t, at))
        }
        None => t.one(key, "time", date_time(t, at)),
    };
    let (mut now, mut past) = (Vec::new(), Vec::new());
    for record in records {
        let grant = &record.grant;
        let role = roles.iter().find(|role| role.id == grant.role);
        let (Some(role), Some(organisation)) = (role, tree.find(grant.organisation)) else {
            continue;
        };
        let state = match record.ended_at {
            Some(_) => "ended",
            None => grant_state(grant, today),
        };
        let given = record
            .granted_at
            .map(|at| by("grant-given-by", "grant-given", at, record.granted_by));
        let ended = record
            .ended_at
            .map(|at| by("grant-ended-by", "grant-ended", at, record.ended_by));
        let running = matches!(state, "now" | "coming");
        let group = (running && from_groups.contains(&grant.id))
            .then(|| t.get("grant-from-group").into_owned());
        let may_end = running && caller.may(Permission::PersonManage, organisation.id);
        let row = HeldRow {
            id: may_end.then(|| grant.id.to_string()),
            role: role.name(t.locale()).to_owned(),
            organisation: organisation.name(t.locale()).to_owned(),
            time: time_of(t, grant.valid_from, grant.valid_to),
            state,
            about: given.into_iter().chain(ended).chain(group).collect(),
        };
        if running { &mut now } else { &mut past }.push(row);
    }
    past.reverse();
    Ok((now, past))
}

/// The form for more roles, with what was sent; nothing where the caller manages nobody.
fn new_grant(
    context: &Context,
    tree: &OrganisationTree,
    roles: &[Role],
    sent: Option<&Form>,
) -> Result<Option<NewGrantFields>> {
    let (t, caller) = (context.t(), context.caller()?);
    let sent = sent.filter(|form| form.has("organisation"));
    let field = |name: &str| sent.map(|form| form.text(name));
    let chosen = |id: &str| {
        sent.is_some_and(|form| {
            form.0
                .iter()
                .any(|(name, value)| name == "role" && value == id)
        })
    };
    let organisation = field("organisation").unwrap_or_default();
    let organisations = choices(tree, t.locale(), &organisation, |id| {
        caller.may(Permission::PersonManage, id)
    });
    if organisations.is_empty() {
        return Ok(None);
    }
    let mut choices: Vec<RoleChoice> = roles
        .iter()
        .map(|role| RoleChoice {
            id: role.id.to_string(),
            name: role.name(t.locale()).to_owned(),
            chosen: chosen(&role.id.to_string()),
        })
        .collect();
    choices.sort_by_cached_key(|role| sort_key(&role.name));
    Ok(Some(NewGrantFields {
        roles: choices,
        organisation,
        organisations,
        valid_from: field("valid_from").unwrap_or_else(|| civil_date(context.now).to_string()),
        valid_to: field("valid_to").unwrap_or_default(),
    }))
}

/// Back to the page with what was done, or the page with what was wrong.
async fn answer(
    pages: &AccountPages,
    context: &Context,
    done: Result<&'static str>,
) -> Result<Reply> {
    let (errors, status) = match done {
        Ok(done) => {
            let id = id_of(context)?;
            return Ok(Reply::see_other(&format!("{PEOPLE}/{id}?done={done}")));
        }
        Err(Problem::Invalid(errors)) => (errors, 422),
        Err(Problem::Conflict(message)) => (said(message), 409),
        Err(problem) => return Err(problem),
    };
    let extra = Extra {
        sent: Some(context.form()),
        errors,
        password: None,
    };
    let html = draw(pages, context, extra).await?;
    Ok(Reply::new(status, "text/html; charset=utf-8", html))
}

/// Name and address.
pub(super) async fn post(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let (id, form) = (id_of(&context)?, context.form());
    let new = NewPerson {
        email: form.text("email"),
        name: form.text("name"),
    };
    let actor = actor(&pages, &context).await?;
    let done = pages
        .for_caller(&context)?
        .change_person(&actor, id, &new)
        .await;
    answer(&pages, &context, done.map(|()| "person-saved")).await
}

/// More roles.
pub(super) async fn grant(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let form = context.form();
    let done = match wanted(&context, &form) {
        Ok(wanted) => {
            let actor = context.acting(Permission::PersonManage, wanted.organisation)?;
            pages
                .for_caller(&context)?
                .grant_roles(&actor, wanted)
                .await
                .map(drop)
        }
        Err(problem) => Err(problem),
    };
    answer(&pages, &context, done.map(|()| "grants-given")).await
}

fn wanted(context: &Context, form: &Form) -> Result<NewGrants> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, key: &'static str| {
        errors.push(FieldError {
            field: field.to_owned(),
            message: Message::new(key),
        });
    };
    let roles: Vec<RoleId> = form
        .0
        .iter()
        .filter(|(name, _)| name == "role")
        .filter_map(|(_, value)| value.parse().ok().map(RoleId))
        .collect();
    if roles.is_empty() {
        wrong("roles", "grant-role-missing");
    }
    let organisation = form.text("organisation").parse().ok().map(OrganisationId);
    if organisation.is_none() {
        wrong("organisation", "grant-organisation-missing");
    }
    let valid_from = day(&form.text("valid_from"), "valid_from", &mut errors);
    let valid_to = day(&form.text("valid_to"), "valid_to", &mut errors);
    match organisation {
        Some(organisation) if errors.is_empty() => Ok(NewGrants {
            person: id_of(context)?,
            roles,
            organisation,
            valid_from,
            valid_to,
        }),
        _ => Err(Problem::Invalid(errors)),
    }
}

/// One role less. One that is over already is no error: the page on the screen may be old.
pub(super) async fn end_grant(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let id = id_of(&context)?;
    let grant = context.form().text("grant").parse().map(GrantId);
    let grant = grant.map_err(|_| Problem::NotFound)?;
    let records = pages.accounts.records_of(id).await?;
    let record = records.into_iter().find(|record| record.grant.id == grant);
    let record = record.ok_or(Problem::NotFound)?;
    let actor = context.acting(Permission::PersonManage, record.grant.organisation)?;
    let done = match pages.for_caller(&context)?.revoke(&actor, grant).await {
        Ok(()) | Err(Problem::NotFound) => Ok("grant-ended"),
        Err(problem) => Err(problem),
    };
    answer(&pages, &context, done).await
}

/// Ends what the person has handed over, or been handed.
pub(super) async fn end_delegation(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let id = context.form().text("delegation").parse();
    let id = id.map_err(|_| Problem::NotFound)?;
    let actor = actor(&pages, &context).await?;
    let done = pages.for_caller(&context)?.end_delegation(&actor, id).await;
    answer(&pages, &context, done.map(|()| "delegation-ended")).await
}

/// A new password, shown once on the page that answers.
pub(super) async fn password(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let id = id_of(&context)?;
    let actor = actor(&pages, &context).await?;
    pages
        .for_caller(&context)?
        .may_take_over(&actor, id)
        .await?;
    let entry = pages.accounts.find_person(id).await?;
    let email = entry.ok_or(Problem::NotFound)?.person.email;
    let password = pages.accounts.generate_password();
    let set = pages
        .for_caller(&context)?
        .set_password(&actor, &email, &password)
        .await;
    if let Err(problem) = set {
        return answer(&pages, &context, Err(problem)).await;
    }
    let extra = Extra {
        password: Some(password),
        ..Extra::default()
    };
    Ok(Reply::html(draw(&pages, &context, extra).await?))
}

async fn set_closed(
    pages: &AccountPages,
    context: &Context,
    closed: bool,
    done: &'static str,
) -> Result<Reply> {
    let entry = pages.accounts.find_person(id_of(context)?).await?;
    let email = entry.ok_or(Problem::NotFound)?.person.email;
    let actor = actor(pages, context).await?;
    let set = pages
        .for_caller(context)?
        .set_disabled(&actor, &email, closed)
        .await;
    answer(pages, context, set.map(|()| done)).await
}

/// The person may no longer log in.
pub(super) async fn close(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    set_closed(&pages, &context, true, "person-closed").await
}

/// The person may log in again.
pub(super) async fn open(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    set_closed(&pages, &context, false, "person-opened").await
}
