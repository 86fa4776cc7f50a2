//! What an actor may do, worked out from the rows: for a write inside the write itself, so that a
//! permission taken away a moment before does not slip through.

use std::collections::HashMap;

use jiff::civil::Date;
use torg_db::{ConnectionTrait, WriteContext};
use torg_kernel::{
    Actor, Message, OrganisationId, Permission, PersonId, Problem, Result, Timestamp, civil_date,
};
use torg_web::Scope;

use super::{Accounts, Pen};
use crate::effective::{self, Held, Lacking};
use crate::model::{Grant, Role};
use crate::organisation::{Organisation, OrganisationTree};
use crate::roles::ADMINISTRATOR;
use crate::store;

/// The actor with what the actor may do now.
pub(super) struct Rights {
    pub roles: Vec<Role>,
    pub tree: OrganisationTree,
    who: Who,
    day: Date,
}

enum Who {
    /// The program or its operator, who may do everything.
    Operator,
    Nobody,
    Person {
        own: Vec<Grant>,
        scopes: HashMap<Permission, Scope>,
        /// Whether the actor acts in a role that a colleague handed over.
        for_colleague: bool,
    },
}

/// A person's own grants and those handed to them, as they hold now.
async fn held_by<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
    day: Date,
) -> Result<(Vec<Grant>, Vec<Held>)> {
    let own = store::role::grants_of(on, person).await?;
    let mut held: Vec<Held> = own
        .iter()
        .map(|grant| Held {
            grant: grant.clone(),
            on_behalf_of: None,
        })
        .collect();
    held.extend(store::delegation::handed_to(on, person, day).await?);
    Ok((own, held))
}

/// All that somebody gets who gets hold of an account: its own grants and what is handed to it.
pub(super) async fn given_by_account<C: ConnectionTrait>(
    on: &C,
    person: PersonId,
    now: Timestamp,
) -> Result<Vec<Grant>> {
    let (_, held) = held_by(on, person, civil_date(now)).await?;
    Ok(held.into_iter().map(|it| it.grant).collect())
}

impl Accounts {
    /// Where each permission holds for somebody who is not there: by their own grants and by those
    /// that were handed to them. How they would log in is not asked, since nobody does. Nothing for
    /// an account that is closed or gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn scopes_of<C: ConnectionTrait>(
        &self,
        on: &C,
        person: PersonId,
        now: Timestamp,
    ) -> Result<HashMap<Permission, Scope>> {
        let stored = store::person::find(on, person).await?;
        if stored.is_none_or(|stored| stored.person.disabled_at.is_some()) {
            return Ok(HashMap::new());
        }
        let day = civil_date(now);
        let (_, held) = held_by(on, person, day).await?;
        let roles = store::role::list(on).await?;
        let tree = store::organisation::load_tree(on).await?;
        Ok(effective::scopes(&held, &roles, &tree, day))
    }
}

impl Rights {
    pub async fn load<C: ConnectionTrait>(on: &C, pen: &Pen) -> Result<Self> {
        let roles = store::role::list(on).await?;
        let tree = store::organisation::load_tree(on).await?;
        let day = civil_date(pen.now);
        let who = match &pen.actor {
            Actor::System { .. } => Who::Operator,
            Actor::Anonymous => Who::Nobody,
            Actor::Person {
                id, on_behalf_of, ..
            } => {
                let (own, held) = held_by(on, *id, day).await?;
                let (own, held) = match pen.accounts.1 {
                    Some(session) => {
                        let found = store::session::find(on, session).await?;
                        let session = found.filter(|session| session.person == *id);
                        let session = session.ok_or(Problem::LogInNeeded)?;
                        let accounts = &pen.accounts;
                        let holds = |grant: &Grant| accounts.holds_in(&session, grant, &roles);
                        (
                            own.into_iter().filter(|own| holds(own)).collect(),
                            held.into_iter().filter(|it| holds(&it.grant)).collect(),
                        )
                    }
                    None => (own, held),
                };
                Who::Person {
                    scopes: effective::scopes(&held, &roles, &tree, day),
                    own,
                    for_colleague: on_behalf_of.is_some(),
                }
            }
        };
        Ok(Self {
            roles,
            tree,
            who,
            day,
        })
    }

    /// Whether the actor has a permission for an organisation.
    pub fn may(&self, permission: Permission, organisation: OrganisationId) -> bool {
        match &self.who {
            Who::Operator => true,
            Who::Nobody => false,
            Who::Person { scopes, .. } => scopes
                .get(&permission)
                .is_some_and(|scope| scope.organisations.contains_key(&organisation)),
        }
    }

    /// # Errors
    /// [`Problem::Forbidden`] without the permission for the organisation.
    pub fn needs(&self, permission: Permission, organisation: OrganisationId) -> Result<()> {
        if self.may(permission, organisation) {
            Ok(())
        } else {
            Err(Problem::Forbidden)
        }
    }

    /// # Errors
    /// [`Problem::Forbidden`] for whoever may not manage people for the organisation.
    pub fn manages_people_of(&self, organisation: OrganisationId) -> Result<()> {
        self.needs(Permission::PersonManage, organisation)
    }

    /// # Errors
    /// [`Problem::Forbidden`] without the permission for the whole city.
    pub fn needs_for_city(&self, permission: Permission) -> Result<()> {
        match (&self.who, self.tree.root()) {
            (Who::Operator, _) => Ok(()),
            (_, Some(root)) => self.needs(permission, root.id),
            (_, None) => Err(Problem::Forbidden),
        }
    }

    /// Whether the actor has a permission for the whole city by themselves, not for a colleague.
    pub fn has_for_city(&self, permission: Permission) -> bool {
        let (Who::Person { scopes, .. }, Some(root)) = (&self.who, self.tree.root()) else {
            return matches!(self.who, Who::Operator);
        };
        scopes.get(&permission).is_some_and(|scope| {
            scope.organisations.contains_key(&root.id) && !scope.on_behalf_of.contains_key(&root.id)
        })
    }

    /// Whether the actor manages people for every organisation in which somebody has something. An
    /// account without anything can be looked after by whoever manages people anywhere.
    ///
    /// # Errors
    /// [`Problem::Forbidden`] otherwise.
    pub fn looks_after(&self, grants: &[Grant]) -> Result<()> {
        let anywhere = match &self.who {
            Who::Operator => return Ok(()),
            Who::Nobody => false,
            Who::Person { scopes, .. } => scopes.contains_key(&Permission::PersonManage),
        };
        if !anywhere {
            return Err(Problem::Forbidden);
        }
        grants
            .iter()
            .filter(|grant| grant.valid_to.is_none_or(|last| self.day <= last))
            .try_for_each(|grant| self.manages_people_of(grant.organisation))
    }

    /// Whether the actor looks after an account and has by themselves all that it gives: whoever
    /// takes over somebody's log-in gets what the person has.
    ///
    /// # Errors
    /// [`Problem::Forbidden`] otherwise.
    pub fn could_be(&self, grants: &[Grant]) -> Result<()> {
        self.looks_after(grants)?;
        for grant in grants {
            if grant.valid_to.is_some_and(|last| last < self.day) {
                continue;
            }
            let role = self.roles.iter().find(|role| role.id == grant.role);
            let organisation = self.tree.find(grant.organisation);
            if let (Some(role), Some(organisation)) = (role, organisation) {
                self.may_give(role, organisation, grant.valid_to)
                    .map_err(|_| Problem::Forbidden)?;
            }
        }
        Ok(())
    }

    /// Whether the actor may give a role for an organisation until a day.
    ///
    /// # Errors
    /// [`Problem::Invalid`] naming `roles` or `valid_to` when the actor has less than the role;
    /// [`Problem::Forbidden`] when the actor may give nothing there.
    pub fn may_give(
        &self,
        role: &Role,
        organisation: &Organisation,
        until: Option<Date>,
    ) -> Result<()> {
        let (own, for_colleague) = match &self.who {
            Who::Operator => return Ok(()),
            Who::Nobody => return Err(Problem::Forbidden),
            Who::Person {
                own, for_colleague, ..
            } => (own, *for_colleague),
        };
        let wanted = (role, organisation.id, until);
        let lacking = match effective::may_give(own, &self.roles, &self.tree, self.day, wanted) {
            Ok(()) if !for_colleague => return Ok(()),
            Ok(()) => Lacking::All,
            Err(lacking) => lacking,
        };
        Err(match lacking {
            // Said in words, since the page let them in.
            Lacking::All if self.may(Permission::PersonManage, organisation.id) => {
                Problem::field("roles", Message::new("grant-handed-over"))
            }
            Lacking::All => Problem::Forbidden,
            Lacking::Permissions => Problem::field(
                "roles",
                Message::new("grant-more-than-own")
                    .with("role_sv", &role.name_sv)
                    .with("role_en", &role.name_en),
            ),
            Lacking::Time(last) => Problem::field(
                "valid_to",
                Message::new("grant-longer-than-own").with("last", last),
            ),
        })
    }
}

/// Does something unless it leaves a city that has an administrator without one. One counts who has
/// the role for the whole city until further notice and an open account.
///
/// # Errors
/// What the work answers, or [`Problem::Conflict`] when no administrator would be left.
pub(super) async fn keeping_an_administrator<T>(
    context: &WriteContext,
    pen: &Pen,
    work: impl Future<Output = Result<T>> + Send,
) -> Result<T> {
    let day = civil_date(pen.now);
    let before = store::role::count_administrators(&**context, ADMINISTRATOR, day).await?;
    let done = work.await?;
    let after = store::role::count_administrators(&**context, ADMINISTRATOR, day).await?;
    if before > 0 && after == 0 {
        return Err(Problem::Conflict(Message::new("administrator-last")));
    }
    Ok(done)
}
