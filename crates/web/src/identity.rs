//! Who is asking. The room `accounts` knows people; this is what every other room sees of them.

use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use torg_kernel::{
    Access, Actor, AuthorityId, OrganisationId, Permission, PersonId, Problem, Result, RoleId,
    SessionId,
};

/// Where one permission holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// The role that gives it, by organisation, those inherited from above included.
    pub organisations: HashMap<OrganisationId, RoleId>,
    /// Whose role it is, for the organisations in which it was only handed over for a time.
    pub on_behalf_of: HashMap<OrganisationId, PersonId>,
    /// The authorities within which it was granted: secrets stop at their border.
    pub authorities: HashSet<AuthorityId>,
}

/// A person who is logged in, with all that the person may do today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The person.
    pub person: PersonId,
    /// The name to show.
    pub name: String,
    /// The log-in itself.
    pub session: SessionId,
    /// Where each permission holds.
    pub scopes: HashMap<Permission, Scope>,
}

impl Caller {
    /// Whether the caller has the permission anywhere at all.
    #[must_use]
    pub fn has(&self, permission: Permission) -> bool {
        self.scopes.contains_key(&permission)
    }

    /// Whether the caller has the permission for an organisation.
    #[must_use]
    pub fn may(&self, permission: Permission, organisation: OrganisationId) -> bool {
        self.scopes
            .get(&permission)
            .is_some_and(|scope| scope.organisations.contains_key(&organisation))
    }

    /// Whether the caller has the permission from a grant within the authority itself: what
    /// secrets and personal records ask for.
    #[must_use]
    pub fn may_within(&self, permission: Permission, authority: AuthorityId) -> bool {
        self.scopes
            .get(&permission)
            .is_some_and(|scope| scope.authorities.contains(&authority))
    }

    /// The actor to write in the log, with the role that gave the permission.
    ///
    /// # Errors
    /// [`Problem::Forbidden`] when the caller lacks the permission for the organisation.
    pub fn acting(&self, permission: Permission, organisation: OrganisationId) -> Result<Actor> {
        let scope = self.scopes.get(&permission).ok_or(Problem::Forbidden)?;
        let role = scope
            .organisations
            .get(&organisation)
            .ok_or(Problem::Forbidden)?;
        Ok(Actor::Person {
            id: self.person,
            role: Some(*role),
            organisation: Some(organisation),
            on_behalf_of: scope.on_behalf_of.get(&organisation).copied(),
        })
    }
}

/// Decides whether somebody may come in at all.
///
/// # Errors
/// [`Problem::LogInNeeded`] or [`Problem::Forbidden`].
pub fn admit(access: Access, caller: Option<&Caller>) -> Result<()> {
    match (access, caller) {
        (Access::Public | Access::Operator, _) | (Access::LoggedIn, Some(_)) => Ok(()),
        (Access::Needs(permission), Some(caller)) if caller.has(permission) => Ok(()),
        (Access::Needs(_), Some(_)) => Err(Problem::Forbidden),
        (Access::LoggedIn | Access::Needs(_), None) => Err(Problem::LogInNeeded),
    }
}

/// Finds the person behind a session cookie. Owned here, answered by `accounts`.
#[async_trait]
pub trait Identity: Send + Sync {
    /// The caller of a session token, or `None` when it is unknown, ended or too old.
    ///
    /// # Errors
    /// When the database fails.
    async fn caller(&self, token: &str) -> Result<Option<Caller>>;
}
