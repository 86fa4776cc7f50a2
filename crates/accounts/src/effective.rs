//! What somebody may do on a day: from the roles granted to them and from those that a colleague
//! has handed over while away. Pure.
//!
//! A grant reaches down within its authority and stops where another begins (a company that is
//! owned by a company). Only a grant for the city itself, which is one sender and no authority,
//! reaches all organisations; it gives no authority, so that nothing secret comes with it.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use torg_kernel::{OrganisationId, Permission, PersonId, RoleId};
use torg_web::Scope;

use crate::model::{Grant, Role};
use crate::organisation::{Organisation, OrganisationTree};

/// A grant as it works for somebody: their own, or a colleague's that was handed to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub grant: Grant,
    /// The colleague, for one that was handed over.
    pub on_behalf_of: Option<PersonId>,
}

/// The organisations in which a grant for this one works, itself first. Empty for an unknown one and
/// for one that has ended, in which a grant further up still works: somebody has to hand over what
/// it leaves.
pub(crate) fn reach(tree: &OrganisationTree, organisation: OrganisationId) -> Vec<OrganisationId> {
    let open = |top: &&Organisation| top.ended_at.is_none();
    let Some(top) = tree.find(organisation).filter(open) else {
        return Vec::new();
    };
    let mut found = vec![top.id];
    let mut next = 0;
    while let Some(id) = found.get(next).copied() {
        next += 1;
        found.extend(
            tree.children(Some(id))
                .filter(|child| top.authority.is_none() || child.authority == top.authority)
                .map(|child| child.id),
        );
    }
    found
}

/// Where each permission holds on a day. What somebody has by themselves goes before what a
/// colleague handed over, and the nearest grant before one further up, since it is written in the
/// log.
pub(crate) fn scopes(
    held: &[Held],
    roles: &[Role],
    tree: &OrganisationTree,
    day: Date,
) -> HashMap<Permission, Scope> {
    let roles: HashMap<RoleId, &Role> = roles.iter().map(|role| (role.id, role)).collect();
    let mut valid: Vec<&Held> = held.iter().filter(|it| it.grant.holds_on(day)).collect();
    valid.sort_by_key(|it| {
        let depth = tree.ancestors(it.grant.organisation).len();
        (it.on_behalf_of.is_some(), Reverse(depth))
    });
    let mut scopes: HashMap<Permission, Scope> = HashMap::new();
    for it in valid {
        let Some(role) = roles.get(&it.grant.role) else {
            continue;
        };
        let reach = reach(tree, it.grant.organisation);
        let authority = tree.authority_of(it.grant.organisation);
        for permission in &role.permissions {
            let scope = scopes.entry(*permission).or_default();
            for organisation in &reach {
                if let Entry::Vacant(free) = scope.organisations.entry(*organisation) {
                    free.insert(role.id);
                    if let Some(colleague) = it.on_behalf_of {
                        scope.on_behalf_of.insert(*organisation, colleague);
                    }
                }
            }
            scope.authorities.extend(authority);
        }
    }
    scopes
}

/// Why somebody may not give a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lacking {
    /// They may not give any role for the organisation, at least not by themselves.
    All,
    /// The role holds what they do not.
    Permissions,
    /// They hold all of it, but not for so long; the last day on which they do.
    Time(Date),
}

/// Whether somebody's own grants let them give a role for an organisation until a day: nobody gives
/// more than they have, nor for longer. What was handed over to them does not count.
///
/// # Errors
/// What they lack.
pub(crate) fn may_give(
    own: &[Grant],
    roles: &[Role],
    tree: &OrganisationTree,
    day: Date,
    wanted: (&Role, OrganisationId, Option<Date>),
) -> Result<(), Lacking> {
    let (role, organisation, until) = wanted;
    let holding: Vec<(&Grant, HashSet<Permission>)> = own
        .iter()
        .filter(|grant| grant.holds_on(day))
        .filter(|grant| reach(tree, grant.organisation).contains(&organisation))
        .filter_map(|grant| {
            let role = roles.iter().find(|role| role.id == grant.role)?;
            Some((grant, role.permissions.iter().copied().collect()))
        })
        .collect();
    // The last day on which they have it: nothing for ever, none for never.
    let last = |permission: Permission| -> Option<Option<Date>> {
        holding
            .iter()
            .filter(|(_, held)| held.contains(&permission))
            .map(|(grant, _)| grant.valid_to)
            .max_by_key(|last| last.unwrap_or(Date::MAX))
    };
    let Some(giving) = last(Permission::PersonManage) else {
        return Err(Lacking::All);
    };
    if role.permissions.iter().any(|it| last(*it).is_none()) {
        return Err(Lacking::Permissions);
    }
    let shortest = role
        .permissions
        .iter()
        .filter_map(|permission| last(*permission).flatten())
        .chain(giving)
        .min();
    match shortest {
        Some(last) if until.is_none_or(|until| until > last) => Err(Lacking::Time(last)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
