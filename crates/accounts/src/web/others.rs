//! What administrators do for other people's log-ins.

use std::sync::Arc;

use torg_kernel::{Actor, Permission, PersonId, Result};
use torg_web::{Context, Reply};

use super::AccountPages;
use super::people::acting_anywhere;

async fn actor(pages: &AccountPages, context: &Context) -> Result<Actor> {
    let tree = pages.accounts.organisations().await?;
    acting_anywhere(context, &tree, Permission::PersonManage)
}

fn back(person: PersonId, done: &str) -> Reply {
    Reply::see_other(&format!("/admin/people/{person}?done={done}"))
}

pub(super) async fn end_sessions(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let person: PersonId = context.param("person")?;
    let actor = actor(&pages, &context).await?;
    pages
        .for_caller(&context)?
        .end_sessions_of(&actor, person)
        .await?;
    Ok(back(person, "sessions-ended"))
}

pub(super) async fn remove_factors(pages: Arc<AccountPages>, context: Context) -> Result<Reply> {
    let person: PersonId = context.param("person")?;
    let actor = actor(&pages, &context).await?;
    pages
        .for_caller(&context)?
        .remove_factors(&actor, person)
        .await?;
    Ok(back(person, "factors-removed"))
}
