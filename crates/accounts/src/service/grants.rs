//! Roles given to people and taken away.

use jiff::civil::Date;
use torg_db::{ConnectionTrait, DbErr, WriteContext};
use torg_kernel::{
    Actor, AuthorityId, FieldError, GrantId, Message, OrganisationId, PersonId, Problem, Result,
    RoleId, civil_date,
};
use torg_log::NewEvent;

use super::people::{person_by_email, unknown};
use super::rights::{Rights, keeping_an_administrator};
use super::{Accounts, Pen, person_event};
use crate::model::{Grant, Role};
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

/// Roles that are to be given to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGrants {
    /// To whom.
    pub person: PersonId,
    /// Which roles.
    pub roles: Vec<RoleId>,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// First day; today when left out.
    pub valid_from: Option<Date>,
    /// Last day; until further notice when left out.
    pub valid_to: Option<Date>,
}

/// Names for grants.
pub(super) struct GrantNames {
    pub(super) roles: Vec<Role>,
    pub(super) tree: OrganisationTree,
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
    /// Gives a person a role for an organisation and all under it within its authority, from today
    /// or a date on, until further notice or a last date. The same grant again changes nothing.
    ///
    /// # Errors
    /// [`Problem::Invalid`] naming the field `email`, `role`, `organisation` or `valid_to`;
    /// [`Problem::Forbidden`] when the actor may give no role there.
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
        let names = [email, role, organisation].map(str::to_owned);
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let wanted = names_of(context, &names).await?;
                    let wanted = NewGrants {
                        valid_from,
                        valid_to,
                        ..wanted
                    };
                    let granted = grant_roles(context, &pen, &wanted).await?;
                    granted.first().copied().ok_or(Problem::NotFound)
                })
            })
            .await
    }

    /// Gives a person several roles for an organisation, all or none. What the person has already is
    /// not given again. Nobody gives more than they have by themselves, nor for longer.
    ///
    /// # Errors
    /// [`Problem::Invalid`] naming the field `roles`, `organisation` or `valid_to`;
    /// [`Problem::Forbidden`] when the actor may give no role there.
    pub async fn grant_roles(&self, actor: &Actor, wanted: NewGrants) -> Result<Vec<GrantId>> {
        let pen = self.pen(actor);
        self.0
            .database
            .write(move |context| {
                Box::pin(async move { grant_roles(context, &pen, &wanted).await })
            })
            .await
    }

    /// Takes a grant away. Works at once, also for log-ins that are open.
    ///
    /// # Errors
    /// [`Problem::NotFound`] when there is none, [`Problem::Forbidden`] when the actor may not
    /// manage people for its organisation, [`Problem::Conflict`] when it is the city's last
    /// administrator.
    pub async fn revoke(&self, actor: &Actor, grant: GrantId) -> Result<()> {
        let pen = self.pen(actor);
        self.0
            .database
            .write(move |context| {
                Box::pin(async move {
                    let found = store::role::find_grant(&**context, grant).await?;
                    let found = found.ok_or(Problem::NotFound)?;
                    let rights = Rights::load(&**context, &pen).await?;
                    rights.manages_people_of(found.organisation)?;
                    let authority = rights.tree.authority_of(found.organisation);
                    keeping_an_administrator(
                        context,
                        &pen,
                        end_grant(context, &pen, &found, authority),
                    )
                    .await
                })
            })
            .await
    }

    /// Takes away every grant of a role to a person for an organisation, whatever its dates.
    /// Returns how many.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for unknown names, [`Problem::Conflict`] for the city's last
    /// administrator.
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
                    let named = names_of(context, &names).await?;
                    let rights = Rights::load(&**context, &pen).await?;
                    rights.manages_people_of(named.organisation)?;
                    let authority = rights.tree.authority_of(named.organisation);
                    let work = async {
                        let mut taken = 0;
                        for grant in store::role::grants_of(&**context, named.person).await? {
                            if named.roles.contains(&grant.role)
                                && grant.organisation == named.organisation
                            {
                                end_grant(context, &pen, &grant, authority).await?;
                                taken += 1;
                            }
                        }
                        Ok(taken)
                    };
                    keeping_an_administrator(context, &pen, work).await
                })
            })
            .await
    }
}

/// What three names stand for.
async fn names_of(context: &WriteContext, names: &[String; 3]) -> Result<NewGrants> {
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
    Ok(NewGrants {
        person: person.id,
        roles: vec![role.id],
        organisation: organisation.id,
        valid_from: None,
        valid_to: None,
    })
}

async fn grant_roles(
    context: &WriteContext,
    pen: &Pen,
    wanted: &NewGrants,
) -> Result<Vec<GrantId>> {
    let valid_from = wanted.valid_from.unwrap_or_else(|| civil_date(pen.now));
    if wanted.valid_to.is_some_and(|last| last < valid_from) {
        return Err(Problem::field(
            "valid_to",
            Message::new("grant-ends-before"),
        ));
    }
    let person = store::person::find(&**context, wanted.person).await?;
    let person = person.ok_or(Problem::NotFound)?.person.id;
    let rights = Rights::load(&**context, pen).await?;
    let organisation = rights.tree.find(wanted.organisation).ok_or_else(|| {
        Problem::field("organisation", Message::new("grant-organisation-missing"))
    })?;
    if organisation.ended_at.is_some() {
        let message = Message::new("organisation-has-ended").with("name", &organisation.name_sv);
        return Err(Problem::field("organisation", message));
    }
    let has = store::role::grants_of(&**context, person).await?;
    let mut ids = Vec::new();
    let mut errors = Vec::new();
    for role in &wanted.roles {
        let role = rights.roles.iter().find(|found| found.id == *role);
        let Some(role) = role else {
            return Err(Problem::field("roles", Message::new("grant-role-missing")));
        };
        if let Err(problem) = rights.may_give(role, organisation, wanted.valid_to) {
            match problem {
                Problem::Invalid(more) => errors.extend(more),
                other => return Err(other),
            }
            continue;
        }
        let grant = Grant {
            id: GrantId::new(&*pen.ids, pen.now),
            person,
            role: role.id,
            organisation: organisation.id,
            valid_from,
            valid_to: wanted.valid_to,
        };
        match has.iter().find(|own| covers(own, &grant)) {
            Some(same) => ids.push(same.id),
            None => {
                ids.push(grant.id);
                give_grant(context, pen, &grant, organisation.authority).await?;
            }
        }
    }
    if !errors.is_empty() {
        return Err(Problem::Invalid(without_repetition(errors)));
    }
    if ids.is_empty() {
        return Err(Problem::field("roles", Message::new("grant-role-missing")));
    }
    Ok(ids)
}

/// Two roles may lack the same: it is said once for each field and sentence.
fn without_repetition(errors: Vec<FieldError>) -> Vec<FieldError> {
    let mut said: Vec<FieldError> = Vec::new();
    for error in errors {
        if !said.contains(&error) {
            said.push(error);
        }
    }
    said
}

/// Whether somebody who has the one has the other too.
fn covers(own: &Grant, new: &Grant) -> bool {
    own.role == new.role
        && own.organisation == new.organisation
        && own.valid_to == new.valid_to
        && (own.valid_from == new.valid_from
            || own.valid_to.is_none() && own.valid_from < new.valid_from)
}

/// Writes a grant and tells the log. Whether the actor may is for the caller to have decided.
pub(super) async fn give_grant(
    context: &WriteContext,
    pen: &Pen,
    grant: &Grant,
    authority: Option<AuthorityId>,
) -> Result<()> {
    store::role::insert_grant(&**context, grant, pen.now, pen.actor.person()).await?;
    let event = NewEvent {
        organisation: Some(grant.organisation),
        authority,
        after: Some(serde_json::to_string(grant)?),
        ..person_event("person.role_granted", grant.person)
    };
    pen.note(context, event).await?;
    Ok(())
}

/// Ends a grant and tells the log. Whether the actor may, and whether an administrator is left, is
/// for the caller to have decided.
pub(super) async fn end_grant(
    context: &WriteContext,
    pen: &Pen,
    grant: &Grant,
    authority: Option<AuthorityId>,
) -> Result<()> {
    store::role::end_grant(&**context, grant.id, pen.now, pen.actor.person()).await?;
    let event = NewEvent {
        organisation: Some(grant.organisation),
        authority,
        before: Some(serde_json::to_string(grant)?),
        ..person_event("person.role_revoked", grant.person)
    };
    pen.note(context, event).await?;
    Ok(())
}
