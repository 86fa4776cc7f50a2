//! Roles: what each holds, and changing it.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;

use askama::Template;
use torg_kernel::{FieldError, Permission, Problem, Result, RoleId, civil_date, sort_key};
use torg_ui::{DeskSection, number};
use torg_web::{Context, Form, Reply, desk};

use super::history::permission_name;
use super::{PEOPLE, ROLES, acting_anywhere, crumb, history, said, time_of};
use crate::roles::ADMINISTRATOR;
use crate::service::role_fingerprint;
use crate::views::{HistoryRow, HolderRow, PermissionRow, RoleHead, RolePage, RolesPage};
use crate::web::AccountPages;
use crate::{Role, RoleChange};

/// The table of permissions and roles: the administrator first, the others by name.
pub(super) async fn list(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let (t, today) = (context.t(), civil_date(context.now));
    let mut roles = pages.accounts.roles().await?;
    roles.sort_by_cached_key(|role| {
        let name = sort_key(role.name(t.locale()));
        (role.key != ADMINISTRATOR, name)
    });
    let mut people: HashMap<RoleId, Vec<_>> = HashMap::new();
    for entry in pages.accounts.list_people().await? {
        for own in entry.grants.iter().filter(|own| own.grant.holds_on(today)) {
            people.entry(own.role.id).or_default().push(entry.person.id);
        }
    }
    let count = |role: &Role| {
        let mut having = people.get(&role.id).cloned().unwrap_or_default();
        having.dedup();
        i64::try_from(having.len()).unwrap_or(i64::MAX)
    };
    let page = RolesPage {
        desk: desk(&context, DeskSection::Roles, &t.get("desk-roles"))?,
        may_change: context.caller()?.has(Permission::SettingManage),
        roles: roles
            .iter()
            .map(|role| RoleHead {
                name: role.name(t.locale()).to_owned(),
                href: format!("{ROLES}/{}", role.id),
                people: number(t, count(role)),
            })
            .collect(),
        permissions: Permission::ALL
            .iter()
            .map(|permission| PermissionRow {
                key: permission.as_str(),
                name: permission_name(t, *permission),
                held: roles
                    .iter()
                    .map(|role| role.permissions.contains(permission))
                    .collect(),
            })
            .collect(),
    };
    Ok(Reply::html(page.render()?))
}

/// What a form wants.
fn sent(form: &Form) -> RoleChange {
    RoleChange {
        name_sv: form.text("name_sv"),
        name_en: form.text("name_en"),
        permissions: form
            .0
            .iter()
            .filter(|(name, _)| name == "permission")
            .filter_map(|(_, value)| Permission::from_str(value).ok())
            .collect(),
    }
}

/// What is known of a role that is there.
struct Known {
    role: Role,
    holders: Vec<HolderRow>,
    history: Vec<HistoryRow>,
}

async fn known(pages: &AccountPages, context: &Context) -> Result<Known> {
    let id: RoleId = context.param("role")?;
    let (t, today) = (context.t(), civil_date(context.now));
    let roles = pages.accounts.roles().await?;
    let role = roles.into_iter().find(|role| role.id == id);
    let role = role.ok_or(Problem::NotFound)?;
    let mut holders = Vec::new();
    for entry in pages.accounts.list_people().await? {
        if entry.person.disabled_at.is_some() {
            continue;
        }
        let having = entry.grants.iter().filter(|own| own.role.id == id);
        for own in having.filter(|own| own.grant.valid_to.is_none_or(|last| today <= last)) {
            holders.push(HolderRow {
                name: entry.person.name.clone(),
                href: Some(format!("{PEOPLE}/{}", entry.person.id)),
                what: own.organisation.name(t.locale()).to_owned(),
                time: time_of(t, own.grant.valid_from, own.grant.valid_to),
            });
        }
    }
    holders.sort_by_cached_key(|row| sort_key(&row.name));
    let told = pages.accounts.history_of_role(id).await?;
    Ok(Known {
        role,
        holders,
        history: history::rows(t, &told),
    })
}

fn draw(
    context: &Context,
    known: Option<Known>,
    shown: RoleChange,
    key: String,
    seen: String,
    errors: Vec<FieldError>,
) -> Result<String> {
    let t = context.t();
    let title = known.as_ref().map_or_else(
        || t.get("roles-new").into_owned(),
        |known| known.role.name(t.locale()).to_owned(),
    );
    let mut frame = desk(context, DeskSection::Roles, &title)?;
    frame.crumbs = vec![crumb(t, "desk-roles", ROLES)];
    let is_new = known.is_none();
    let is_whole = key == ADMINISTRATOR;
    let action = known.as_ref().map_or_else(
        || format!("{ROLES}/new"),
        |known| format!("{ROLES}/{}", known.role.id),
    );
    let (holders, history) = known
        .map(|known| (known.holders, known.history))
        .unwrap_or_default();
    let page = RolePage {
        desk: frame,
        action,
        key,
        is_new,
        permissions: Permission::ALL
            .iter()
            .map(|permission| PermissionRow {
                key: permission.as_str(),
                name: permission_name(t, *permission),
                held: vec![is_whole || shown.permissions.contains(permission)],
            })
            .collect(),
        name_sv: shown.name_sv,
        name_en: shown.name_en,
        is_whole,
        may_change: context.caller()?.has(Permission::SettingManage),
        seen,
        request_id: context.new_request_id(),
        holders,
        history,
        errors,
    };
    Ok(page.render()?)
}

fn stored(role: &Role) -> RoleChange {
    RoleChange {
        name_sv: role.name_sv.clone(),
        name_en: role.name_en.clone(),
        permissions: role.permissions.clone(),
    }
}

pub(super) async fn get(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let known = known(&pages, &context).await?;
    let (shown, key) = (stored(&known.role), known.role.key.clone());
    let seen = role_fingerprint(&known.role);
    let html = draw(&context, Some(known), shown, key, seen, Vec::new())?;
    Ok(Reply::html(html))
}

pub(super) async fn get_new(_: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let empty = sent(&Form::default());
    let html = draw(
        &context,
        None,
        empty,
        String::new(),
        String::new(),
        Vec::new(),
    )?;
    Ok(Reply::html(html))
}

pub(super) async fn post_new(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let form = context.form();
    let tree = pages.accounts.organisations().await?;
    let actor = acting_anywhere(&context, &tree, Permission::SettingManage)?;
    let (key, wanted) = (form.text("key"), sent(&form));
    let added = match form.request_id() {
        Ok(request) => {
            let wanted = wanted.clone();
            pages
                .for_caller(&context)?
                .add_role(&actor, request, &key, wanted)
                .await
        }
        Err(problem) => Err(problem),
    };
    match added {
        Ok(id) => Ok(Reply::see_other(&format!("{ROLES}/{id}?done=role-added"))),
        Err(Problem::Invalid(errors)) => {
            let html = draw(&context, None, wanted, key, String::new(), errors)?;
            Ok(Reply::form_again(html))
        }
        Err(problem) => Err(problem),
    }
}

pub(super) async fn post(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let form = context.form();
    let known = known(&pages, &context).await?;
    let tree = pages.accounts.organisations().await?;
    let actor = acting_anywhere(&context, &tree, Permission::SettingManage)?;
    let mut wanted = sent(&form);
    if known.role.key == ADMINISTRATOR {
        // Its boxes cannot be ticked, so none is sent.
        wanted.permissions = Permission::ALL.to_vec();
    }
    let (id, seen) = (known.role.id, form.text("seen"));
    let saved = pages
        .for_caller(&context)?
        .change_role(&actor, id, &seen, wanted.clone())
        .await;
    let (errors, status) = match saved {
        Ok(()) => return Ok(Reply::see_other(&format!("{ROLES}/{id}?done=role-saved"))),
        Err(Problem::Invalid(errors)) => (errors, 422),
        Err(Problem::Conflict(message)) => (said(message), 409),
        Err(problem) => return Err(problem),
    };
    // Whoever saves once more has seen what somebody else saved: it stands in the history below.
    let seen = role_fingerprint(&known.role);
    let key = known.role.key.clone();
    let html = draw(&context, Some(known), wanted, key, seen, errors)?;
    Ok(Reply::new(status, "text/html; charset=utf-8", html))
}
