//! What a person may do today and where, answered to the way in.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::civil::Date;
use torg_db::Snapshot;
use torg_kernel::{Permission, Result, RoleId};
use torg_web::{Caller, Identity, OrganisationEntry, OrganisationList, Organisations, Scope};

use super::Accounts;
use crate::model::{Grant, Person, Role, Session};
use crate::organisation::OrganisationTree;
use crate::store;

/// Puts together what the grants that hold on a day give. A grant reaches down the whole tree, but
/// gives only the authority in which it was made: one for the city gives none, since secrets stop
/// at an authority's border.
pub(super) fn caller(
    session: &Session,
    person: Person,
    grants: &[Grant],
    roles: &[Role],
    tree: &OrganisationTree,
    day: Date,
) -> Caller {
    let roles: HashMap<RoleId, &Role> = roles.iter().map(|role| (role.id, role)).collect();
    let mut valid: Vec<&Grant> = grants.iter().filter(|grant| grant.holds_on(day)).collect();
    // The deepest grant first, so that the nearest role is the one that is written in the log.
    valid.sort_by_key(|grant| std::cmp::Reverse(tree.ancestors(grant.organisation).len()));
    let mut scopes: HashMap<Permission, Scope> = HashMap::new();
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
    Caller {
        person: person.id,
        name: person.name,
        session: session.id,
        scopes,
    }
}

#[async_trait]
impl Identity for Accounts {
    async fn caller(&self, token: &str) -> Result<Option<Caller>> {
        let caller = self.find_caller(token).await?;
        Ok(caller.map(|caller| (*caller).clone()))
    }
}

#[async_trait]
impl Organisations for Accounts {
    async fn list(&self, on: &Snapshot) -> Result<Arc<OrganisationList>> {
        let tree = store::organisation::load_tree(&**on).await?;
        let entry = |organisation: &crate::Organisation| OrganisationEntry {
            id: organisation.id,
            key: organisation.key.clone(),
            parent: organisation.parent,
            authority: organisation.authority,
            name_sv: organisation.name_sv.clone(),
            name_en: organisation.name_en.clone(),
        };
        let entries = tree.list().into_iter().map(entry).collect();
        Ok(Arc::new(OrganisationList::new(entries)))
    }
}
