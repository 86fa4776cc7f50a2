//! What a person may do today, and where.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use torg_kernel::{AuthorityId, OrganisationId, Permission, PersonId, RoleId};

use crate::model::{Grant, Role};
use crate::organisation::OrganisationTree;

/// Where one permission holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PermissionScope {
    /// The role that gives it, by organisation: the role granted nearest to it.
    pub organisations: HashMap<OrganisationId, RoleId>,
    /// The authorities within which it was granted. A grant for the city is inherited by all its
    /// organisations but gives no authority: secrets stop at the authority's border.
    pub authorities: HashSet<AuthorityId>,
}

/// A person with all that the person may do today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The person.
    pub person: PersonId,
    /// The name to show.
    pub name: String,
    /// Where each permission holds.
    pub scopes: HashMap<Permission, PermissionScope>,
}

impl Standing {
    pub(super) fn new(
        person: PersonId,
        name: String,
        grants: &[Grant],
        roles: &[Role],
        tree: &OrganisationTree,
        day: Date,
    ) -> Self {
        let roles: HashMap<RoleId, &Role> = roles.iter().map(|role| (role.id, role)).collect();
        let mut valid: Vec<&Grant> = grants.iter().filter(|grant| grant.holds_on(day)).collect();
        // The deepest grant first, so that the nearest role is the one that is written in the log.
        valid.sort_by_key(|grant| std::cmp::Reverse(tree.ancestors(grant.organisation).len()));
        let mut scopes: HashMap<Permission, PermissionScope> = HashMap::new();
        for grant in valid {
            let Some(role) = roles.get(&grant.role) else {
                continue;
            };
            let mut reach = vec![grant.organisation];
            reach.extend(
                tree.descendants(grant.organisation)
                    .iter()
                    .map(|below| below.id),
            );
            let authority = tree.authority_of(grant.organisation);
            for permission in &role.permissions {
                let scope = scopes.entry(*permission).or_default();
                for organisation in &reach {
                    scope.organisations.entry(*organisation).or_insert(role.id);
                }
                scope.authorities.extend(authority);
            }
        }
        Self {
            person,
            name,
            scopes,
        }
    }
}
