//! The administrators' pages: people, organisations and roles; and one's own absence.

mod away;
mod history;
mod list;
mod organisation;
mod organisations;
mod person;
mod role;

use std::sync::Arc;

use jiff::civil::Date;
use torg_kernel::{
    Access, Actor, FieldError, Locale, Message, OrganisationId, Permission, Problem, Result,
    sort_key,
};
use torg_ui::{NavLink, T, date};
use torg_web::{Context, Routes};

use super::AccountPages;
use crate::{DelegationEntry, Grant, OrganisationTree};

const PEOPLE: &str = "/admin/people";
const ORGANISATIONS: &str = "/admin/organisations";
const ROLES: &str = "/admin/roles";
/// Where one hands over one's roles.
pub(super) const AWAY: &str = "/admin/account/away";

/// The routes of these pages. Each write is checked once more for the very organisation it is about.
pub(super) fn routes(pages: &Arc<AccountPages>) -> Routes {
    macro_rules! run {
        ($handler:path) => {{
            let pages = pages.clone();
            move |context| $handler(pages.clone(), context)
        }};
    }
    let people = Access::Needs(Permission::PersonManage);
    let tree = Access::Needs(Permission::OrganisationManage);
    let set = Access::Needs(Permission::SettingManage);
    let own = Access::LoggedIn;
    Routes::new()
        .get(PEOPLE, people, run!(list::get))
        .get("/admin/people/new", people, run!(list::get_new))
        .post("/admin/people/new", people, run!(list::post_new))
        .get("/admin/people/{person}", people, run!(person::get))
        .post("/admin/people/{person}", people, run!(person::post))
        .post("/admin/people/{person}/grants", people, run!(person::grant))
        .post(
            "/admin/people/{person}/grants/end",
            people,
            run!(person::end_grant),
        )
        .post(
            "/admin/people/{person}/delegations/end",
            people,
            run!(person::end_delegation),
        )
        .post(
            "/admin/people/{person}/password",
            people,
            run!(person::password),
        )
        .post("/admin/people/{person}/close", people, run!(person::close))
        .post("/admin/people/{person}/open", people, run!(person::open))
        .get(ORGANISATIONS, tree, run!(organisations::get))
        .get(
            "/admin/organisations/new",
            tree,
            run!(organisation::get_new),
        )
        .post(
            "/admin/organisations/new",
            tree,
            run!(organisation::post_new),
        )
        .get(
            "/admin/organisations/{organisation}",
            tree,
            run!(organisation::get),
        )
        .post(
            "/admin/organisations/{organisation}",
            tree,
            run!(organisation::post),
        )
        .post(
            "/admin/organisations/{organisation}/end",
            tree,
            run!(organisation::end),
        )
        .post(
            "/admin/organisations/{organisation}/reopen",
            tree,
            run!(organisation::reopen),
        )
        .get(ROLES, people, run!(role::list))
        .get("/admin/roles/new", set, run!(role::get_new))
        .post("/admin/roles/new", set, run!(role::post_new))
        .get("/admin/roles/{role}", people, run!(role::get))
        .post("/admin/roles/{role}", set, run!(role::post))
        .get(AWAY, own, run!(away::get))
        .post(AWAY, own, run!(away::post))
        .post("/admin/account/away/delegations/end", own, run!(away::end))
}

/// The actor for something that belongs to no organisation: in the widest place where the caller has
/// the permission by themselves, else for a colleague.
pub(super) fn acting_anywhere(
    context: &Context,
    tree: &OrganisationTree,
    permission: Permission,
) -> Result<Actor> {
    let caller = context.caller()?;
    let scope = caller.scopes.get(&permission).ok_or(Problem::Forbidden)?;
    let widest = scope
        .organisations
        .keys()
        .min_by_key(|id| {
            (
                scope.on_behalf_of.contains_key(*id),
                tree.ancestors(**id).len(),
                **id,
            )
        })
        .ok_or(Problem::Forbidden)?;
    caller.acting(permission, *widest)
}

/// Organisations to choose from, by name; those that have ended are left out but for one that is
/// chosen already.
fn choices(
    tree: &OrganisationTree,
    locale: Locale,
    chosen: &str,
    fits: impl Fn(OrganisationId) -> bool,
) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = tree
        .list()
        .into_iter()
        .filter(|it| fits(it.id))
        .map(|it| (it, it.id.to_string()))
        .filter(|(it, id)| it.ended_at.is_none() || id == chosen)
        .map(|(it, id)| (id, it.name(locale).to_owned()))
        .collect();
    found.sort_by_cached_key(|(_, name)| sort_key(name));
    found
}

/// "1 mars 2026 – tills vidare".
fn time_of(t: T, from: Date, to: Option<Date>) -> String {
    match to {
        Some(to) => t.two("grant-time-to", "from", date(t, from), "to", date(t, to)),
        None => t.one("grant-time-always", "from", date(t, from)),
    }
}

/// The key of what something is on a day.
fn state_of(from: Date, to: Option<Date>, today: Date) -> &'static str {
    if from > today {
        "coming"
    } else if to.is_some_and(|last| last < today) {
        "over"
    } else {
        "now"
    }
}

fn grant_state(grant: &Grant, today: Date) -> &'static str {
    state_of(grant.valid_from, grant.valid_to, today)
}

/// A day as a form sends it; nothing when it is left empty.
fn day(text: &str, field: &str, errors: &mut Vec<FieldError>) -> Option<Date> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let read = text.parse().ok();
    if read.is_none() {
        errors.push(FieldError {
            field: field.to_owned(),
            message: Message::new("grant-day-form"),
        });
    }
    read
}

fn crumb(t: T, key: &str, href: &str) -> NavLink {
    NavLink::new(t.get(key), href)
}

/// What a conflict says, as an error of no field.
fn said(message: Message) -> Vec<FieldError> {
    vec![FieldError {
        field: String::new(),
        message,
    }]
}

/// Delegations as rows; `may_end` says which of those still running the viewer may end.
fn handed_rows(
    t: T,
    entries: &[DelegationEntry],
    today: Date,
    may_end: impl Fn(&DelegationEntry) -> bool,
) -> Vec<crate::views::HandedRow> {
    entries
        .iter()
        .map(|entry| {
            let it = &entry.delegation;
            let over = it.is_over(today);
            crate::views::HandedRow {
                id: (!over && may_end(entry)).then(|| it.id.to_string()),
                what: t.two(
                    "away-what",
                    "giver",
                    &entry.giver.name,
                    "taker",
                    &entry.taker.name,
                ),
                time: t.two(
                    "grant-time-to",
                    "from",
                    date(t, it.valid_from),
                    "to",
                    date(t, it.valid_to),
                ),
                state: if it.ended_at.is_some() {
                    "ended"
                } else {
                    state_of(it.valid_from, Some(it.valid_to), today)
                },
                grants: entry
                    .grants
                    .iter()
                    .map(|own| grant_words(t, &own.role, own.organisation.name(t.locale())))
                    .collect(),
                whole: it.grants.is_none(),
            }
        })
        .collect()
}

/// "Redaktör, Kulturnämnden".
fn grant_words(t: T, role: &crate::Role, organisation: &str) -> String {
    format!("{}, {organisation}", role.name(t.locale()))
}
