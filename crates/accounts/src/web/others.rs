//! What administrators do for other people's log-ins.

use std::sync::Arc;

use torg_kernel::{Actor, Permission, PersonId, Problem, Result};
use torg_web::{Context, Reply};

use super::AccountPages;
use crate::PersonEntry;

/// Whose account is meant, and in what capacity the caller may touch it: who logs in as somebody
/// can do all that they can, so it takes the permission for every organisation in which the person
/// has a role, and for the whole city when they have none.
async fn managed(pages: &AccountPages, context: &Context) -> Result<(PersonEntry, Actor)> {
    let person: PersonId = context.param("person")?;
    let entry = pages.accounts.find_person(person).await?;
    let entry = entry.ok_or(Problem::NotFound)?;
    let mut organisations: Vec<_> = entry
        .grants
        .iter()
        .map(|own| own.grant.organisation)
        .collect();
    if organisations.is_empty() {
        let tree = pages.accounts.organisations().await?;
        organisations.push(tree.root().ok_or(Problem::Forbidden)?.id);
    }
    let mut actor = Err(Problem::Forbidden);
    for organisation in organisations {
        actor = Ok(context.acting(Permission::PersonManage, organisation)?);
    }
    Ok((entry, actor?))
}

fn back(person: PersonId, done: &str) -> Reply {
    Reply::see_other(&format!("/admin/people/{person}?done={done}"))
}

pub(super) async fn end_sessions(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let (entry, actor) = managed(&pages, &context).await?;
    let person = entry.person.id;
    pages.accounts.end_sessions_of(&actor, person).await?;
    Ok(back(person, "sessions-ended"))
}

pub(super) async fn remove_factors(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let (entry, actor) = managed(&pages, &context).await?;
    let person = entry.person.id;
    pages.accounts.remove_factors(&actor, person).await?;
    Ok(back(person, "factors-removed"))
}
