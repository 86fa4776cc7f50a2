//! Roles given to people and taken away.

use jiff::civil::Date;
use torg_db::{ConnectionTrait, DbErr, WriteContext};
use torg_kernel::{
    Actor, AuthorityId, GrantId, Message, OrganisationId, Problem, Result, civil_date,
};
use torg_log::NewEvent;

use super::people::{person_by_email, unknown};
use super::{Accounts, Pen, person_event};
use crate::model::{Grant, Person, Role};
use crate::organisation::{Organisation, OrganisationTree};
use crate::store;

/// A grant with the names that people know it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantEntry {
    /// The grant.
    pub grant: Grant,
    /// The role.
    pub role: Role,
    /// The organisation.
    pub organisation: Organisation,
}

/// Names for grants.
pub(super) struct GrantNames {
    roles: Vec<Role>,
    tree: OrganisationTree,
}

impl GrantNames {
    pub(super) async fn load<C: ConnectionTrait>(on: &C) -> Result<Self, DbErr> {
        Ok(Self {
            roles: store::role::list(on).await?,
            tree: store::organisation::load_tree(on).await?,
        })
    }

    pub(super) fn entries<'a>(&self, grants: impl Iterator<Item = &'a Grant>) -> Vec<GrantEntry> {
        grants
            .filter_map(|grant| {
                Some(GrantEntry {
                    role: self
                        .roles
                        .iter()
                        .find(|role| role.id == grant.role)?
                        .clone(),
                    organisation: self.tree.find(grant.organisation)?.clone(),
                    grant: grant.clone(),
                })
            })
            .collect()
    }
}

impl Accounts {
    /// Gives a person a role for an organisation and all under it, from today or a date on, until
    /// further notice or a last date. The same grant again changes nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] naming the field `email`, `role`, `organisation` or `valid_to`.
    pub async fn grant(
        &self,
        actor: &Actor,
        email: &str,
        role: &str,
        organisation: &str,
        valid_from: Option<Date>,
        valid_to: Option<Date>,
    ) -> Result<GrantId> {
        let pen = self.pen(actor);
        let valid_from = valid_from.unwrap_or_else(|| civil_date(pen.now));
        if valid_to.is_some_and(|last| last < valid_from) {
            return Err(Problem::field(
                "valid_to",
                Message::new("grant-ends-before"),
            ));
        }
        let names = [email, role, organisation].map(str::to_owned);
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let found = names_of(context, &names).await?;
                    let same = store::role::grants_of(&**context, found.person.id)
                        .await?
                        .into_iter()
                        .find(|grant| {
                            grant.role == found.role.id
                                && grant.organisation == found.organisation
                                && grant.valid_to == valid_to
                                && (grant.valid_from == valid_from
                                    || grant.valid_to.is_none() && grant.valid_from < valid_from)
                        });
                    if let Some(same) = same {
                        return Ok(same.id);
                    }
                    let grant = Grant {
                        id: GrantId::new(&*pen.ids, pen.now),
                        person: found.person.id,
                        role: found.role.id,
                        organisation: found.organisation,
                        valid_from,
                        valid_to,
                    };
                    store::role::insert_grant(&**context, &grant).await?;
                    let event = NewEvent {
                        organisation: Some(grant.organisation),
                        authority: found.authority,
                        after: Some(serde_json::to_string(&grant)?),
                        ..person_event("person.role_granted", grant.person)
                    };
                    pen.note(context, event).await?;
                    Ok(grant.id)
                })
            })
            .await
    }

    /// Takes a grant away. Works at once, also for log-ins that are open.
    ///
    /// # Errors
    /// [`Problem::NotFound`] when there is none.
    pub async fn revoke(&self, actor: &Actor, grant: GrantId) -> Result<()> {
        let pen = self.pen(actor);
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let found = store::role::find_grant(&**context, grant).await?;
                    let tree = store::organisation::load_tree(&**context).await?;
                    let found = found.ok_or(Problem::NotFound)?;
                    remove_grant(context, &pen, &found, tree.authority_of(found.organisation)).await
                })
            })
            .await
    }

    /// Takes away every grant of a role to a person for an organisation, whatever its dates.
    /// Returns how many.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for unknown names.
    pub async fn revoke_role(
        &self,
        actor: &Actor,
        email: &str,
        role: &str,
        organisation: &str,
    ) -> Result<usize> {
        let pen = self.pen(actor);
        let names = [email, role, organisation].map(str::to_owned);
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let found = names_of(context, &names).await?;
                    let mut taken = 0;
                    for grant in store::role::grants_of(&**context, found.person.id).await? {
                        if grant.role == found.role.id && grant.organisation == found.organisation {
                            remove_grant(context, &pen, &grant, found.authority).await?;
                            taken += 1;
                        }
                    }
                    Ok(taken)
                })
            })
            .await
    }
}

/// What three names stand for.
struct Named {
    person: Person,
    role: Role,
    organisation: OrganisationId,
    authority: Option<AuthorityId>,
}

async fn names_of(context: &WriteContext, names: &[String; 3]) -> Result<Named> {
    let [email, role, organisation] = names;
    let person = person_by_email(&**context, email).await?;
    let role = store::role::list(&**context)
        .await?
        .into_iter()
        .find(|found| found.key == *role)
        .ok_or_else(|| unknown("role", "role-unknown", role))?;
    let tree = store::organisation::load_tree(&**context).await?;
    let organisation = tree
        .find_by_key(organisation)
        .ok_or_else(|| unknown("organisation", "organisation-unknown", organisation))?;
    Ok(Named {
        person,
        role,
        organisation: organisation.id,
        authority: organisation.authority,
    })
}

async fn remove_grant(
    context: &WriteContext,
    pen: &Pen,
    grant: &Grant,
    authority: Option<AuthorityId>,
) -> Result<()> {
    store::role::delete_grant(&**context, grant.id).await?;
    let event = NewEvent {
        organisation: Some(grant.organisation),
        authority,
        before: Some(serde_json::to_string(grant)?),
        ..person_event("person.role_revoked", grant.person)
    };
    pen.note(context, event).await?;
    Ok(())
}
